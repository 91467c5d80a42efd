"""Practice without a screen: customers from a scenario and a seed, the log of a round, and its score."""

from pos.training.customer.customers import (
    Customer,
    Meaning,
    Reply,
    answer,
    answer_question,
    answer_unfit,
    opening,
    proof_of_age,
    topic,
)
from pos.training.customer.fit import Choice, Survey, fit, laid_out, survey
from pos.training.customer.generating import generate
from pos.training.customer.paying import Pays
from pos.training.customer.queries import answer_to_question, answers_for, is_right, right_answer
from pos.training.customer.scenarios import (
    LEVELS,
    LateWish,
    Mood,
    Payment,
    Query,
    QueryKind,
    Scenario,
    Taste,
    Utterance,
    Wanted,
    kind_of_order,
    lost_names,
    wanted_line,
    wanted_order,
)
from pos.training.rounds import Did, PracticeWay, Round, RoundStep, Tick, begin, paid_order
from pos.training.scoring.rubric import ScorePart
from pos.training.scoring.score import Pace, Score, ScoreLine
from pos.training.scoring.scoring import pace, score, skills_shown
from pos.training.skills import Grade, Skill

__all__ = [
    "LEVELS",
    "Choice",
    "Customer",
    "Did",
    "Grade",
    "LateWish",
    "Meaning",
    "Mood",
    "Pace",
    "Payment",
    "Pays",
    "PracticeWay",
    "Query",
    "QueryKind",
    "Reply",
    "Round",
    "RoundStep",
    "Scenario",
    "Score",
    "ScoreLine",
    "ScorePart",
    "Skill",
    "Survey",
    "Taste",
    "Tick",
    "Utterance",
    "Wanted",
    "answer",
    "answer_question",
    "answer_to_question",
    "answer_unfit",
    "answers_for",
    "begin",
    "fit",
    "generate",
    "is_right",
    "kind_of_order",
    "laid_out",
    "lost_names",
    "opening",
    "pace",
    "paid_order",
    "proof_of_age",
    "right_answer",
    "score",
    "skills_shown",
    "survey",
    "topic",
    "wanted_line",
    "wanted_order",
]
