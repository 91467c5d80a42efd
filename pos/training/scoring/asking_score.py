"""Scores the two questions: asked when they should be, said aloud, and keyed as they were answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pos.domain.menu.menu import Menu
from pos.domain.order.questions import OfferKind, Outcome, Question, Reason
from pos.training.customer.customers import Meaning, Reply
from pos.training.rounds import Did, PracticeWay, Round, RoundStep
from pos.training.scoring import rubric
from pos.training.scoring.faults import last_reply, standing_answer
from pos.training.scoring.rubric import ScorePart
from pos.training.scoring.score import ScoreLine
from pos.training.scoring.telling import answers_told
from pos.training.skills import Skill


@dataclass(frozen=True, slots=True)
class AskedInRound:
    """What became of one question in a round, read off its steps."""

    kind: OfferKind
    skill: Skill
    best: float
    rests: Reason | None
    by_hand: bool
    steps: tuple[RoundStep, ...]
    in_time: bool
    in_sequence: bool
    question: Question | None

    @property
    def said(self) -> tuple[RoundStep, ...]:
        """The offers that the trainee said aloud, slowly enough to have done so."""
        return tuple(step for step in self.steps if step.did is Did.SAID and not self.too_fast(step))

    @property
    def last_keyed(self) -> RoundStep | None:
        """The answer that stood in the end."""
        return standing_answer(self.steps)

    @property
    def reply(self) -> Reply | None:
        """The last thing that the customer answered."""
        return last_reply(self.steps)

    def too_fast(self, step: RoundStep) -> bool:
        """Whether words were *said* in less than half the time that saying them takes."""
        since = [shown.at for shown in self.steps if shown.did is Did.SHOWN and shown.at <= step.at]
        return step.at - max(since, default=0.0) < step.words / rubric.WORDS_A_SECOND / 2


def asking_lines(played: Round, skill: Skill, menu: Menu, *, is_rung_right: bool) -> list[ScoreLine]:
    """The lines of both questions: whether each was rightly asked or left out, how well, and what was keyed.

    A question that never came costs nothing where the order is rung right.
    """
    lines: list[ScoreLine] = []
    for kind in OfferKind:
        asked = _read(played, kind, skill)
        if asked is None:
            lines += [] if is_rung_right else _avoided(played, kind, skill)
            continue
        lines += _question(asked)
        lines += _pressed(asked)
        if asked.best and asked.rests is None:
            lines.append(_answer(asked, menu))
    return lines


def _read(played: Round, kind: OfferKind, skill: Skill) -> AskedInRound | None:
    """One question of a round. Returns None for a question without steps, and where nothing could be asked. Only a
    trainee on their own is scored there, and only if the scenario does not make the question due."""
    steps = played.of(kind)
    best = max((step.best for step in steps if step.did in (Did.DUE, Did.SHOWN)), default=0.0)
    by_hand = played.way is PracticeWay.ON_YOUR_OWN
    if not steps or (not best and (not by_hand or kind in played.owed)):
        return None
    tendered = played.first(Did.TENDERED)
    first = next((step for step in steps if step.did is Did.SAID), None)
    in_time = first is None or tendered is None or first.at <= tendered.at
    in_sequence = first is None or kind is OfferKind.CROSS_SELL or not _said_before(played, first)
    question = played.order.question(kind)
    return AskedInRound(kind, skill, best, played.rests, by_hand, steps, in_time, in_sequence, question)


def _avoided(played: Round, kind: OfferKind, skill: Skill) -> Iterator[ScoreLine]:
    """The lines of a question that was due and never came, because something was marked or rung that nobody said.
    Question 2 may fall away after a yes to question 1."""
    grown = any(step.outcome is Outcome.ACCEPTED for step in played.of(OfferKind.UPSELL))
    if kind not in played.owed or played.rests is not None or (kind is OfferKind.CROSS_SELL and grown):
        return
    values: dict[str, object] = {"number": kind.number}
    yield ScoreLine(ScorePart.ASKING, "score-avoided", 0.0, rubric.QUESTION, skill, values)
    yield ScoreLine(ScorePart.ANSWERS, "score-no-answer", 0.0, rubric.ANSWER, Skill.HEARING_RIGHT, values)


def _said_before(played: Round, first: RoundStep) -> bool:
    """Whether question 2 was said first, although question 1 was due by then."""
    due = min(step.at for step in played.of(OfferKind.UPSELL))
    return any(step.did is Did.SAID and due <= step.at < first.at for step in played.of(OfferKind.CROSS_SELL))


def _line(asked: AskedInRound, message_id: str, earned: float, **values: object) -> ScoreLine:
    values["number"] = asked.kind.number
    skill = asked.skill if asked.rests is None else Skill.NOT_FOR_CUSTOMER
    return ScoreLine(ScorePart.ASKING, message_id, earned, rubric.QUESTION, skill, values)


def _question(asked: AskedInRound) -> Iterator[ScoreLine]:
    """The line of one question, and one more where it was asked out of sequence."""
    if asked.rests is not None:
        yield _left_alone(asked, asked.rests)
    elif not asked.best:
        yield _nothing_to_ask(asked)
    elif asked.said:
        yield from _was_asked(asked, asked.said)
    else:
        yield _was_not_asked(asked)


def _left_alone(asked: AskedInRound, reason: Reason) -> ScoreLine:
    keyed = asked.last_keyed
    if any(step.did is Did.SAID for step in asked.steps):
        return _line(asked, "score-asked-anyway", rubric.ASKED_WRONGLY, reason=reason)
    if keyed is None or keyed.outcome is Outcome.NOT_ASKED:
        return _line(asked, "score-rested-otherwise", rubric.RIGHTLY_LEFT_BY_OTHER_KEY, reason=reason)
    if keyed.outcome is not Outcome.NOT_APPLICABLE:
        return _line(asked, "score-passed-over", rubric.PASSED_OVER)
    if keyed.reason in (reason, None):
        return _line(asked, "score-rested-right", rubric.QUESTION, reason=reason)
    points = rubric.RIGHTLY_LEFT_WITH_OTHER_REASON
    return _line(asked, "score-rested-reason", points, reason=reason, keyed=keyed.reason)


def _nothing_to_ask(asked: AskedInRound) -> ScoreLine:
    keyed = asked.last_keyed
    if any(step.did is Did.SAID for step in asked.steps):
        return _line(asked, "score-asked-nothing", rubric.ASKED_WRONGLY)
    if keyed is not None and keyed.outcome is Outcome.NOT_APPLICABLE:
        return _line(asked, "score-nothing-right", rubric.QUESTION)
    if keyed is None or keyed.outcome is Outcome.NOT_ASKED:
        return _line(asked, "score-nothing-otherwise", rubric.RIGHTLY_LEFT_BY_OTHER_KEY)
    return _line(asked, "score-passed-over", rubric.PASSED_OVER)


def _was_asked(asked: AskedInRound, said: tuple[RoundStep, ...]) -> Iterator[ScoreLine]:
    first = said[0]
    if not asked.in_time:
        yield _line(asked, "score-asked-late", 0.0)
        return
    if first.why_not is not None:
        yield _line(asked, "score-asked-unfit", rubric.ASKED_WRONGLY, reason=first.why_not)
        return
    # The fit when it was asked counts: a yes to question 1 may have changed what question 2 can be about.
    share = min(1.0, first.fit / (first.best or asked.best))
    if share >= rubric.GOOD_FIT:
        yield _line(asked, "score-asked-well", rubric.QUESTION)
    else:
        asked_only = rubric.QUESTION - rubric.OF_WHICH_FIT
        yield _line(asked, "score-asked-weak", asked_only + rubric.OF_WHICH_FIT * share)
    if not asked.in_sequence:
        yield ScoreLine(ScorePart.ASKING, "score-wrong-sequence", rubric.WRONG_SEQUENCE, 0.0, asked.skill)


def _was_not_asked(asked: AskedInRound) -> ScoreLine:
    keyed = asked.last_keyed
    if any(step.did is Did.SAID for step in asked.steps):
        return _line(asked, "score-too-fast", rubric.TOO_FAST)
    if keyed is None or keyed.outcome is Outcome.NOT_ASKED:
        return _line(asked, "score-not-asked", rubric.HONEST_NOT_ASKED)
    if keyed.outcome is Outcome.NOT_APPLICABLE:
        return _line(asked, "score-rested-wrongly", rubric.RESTED_WRONGLY)
    return _line(asked, "score-passed-over", rubric.PASSED_OVER)


def _answer(asked: AskedInRound, menu: Menu) -> ScoreLine:
    """Whether what was keyed in the end is what the customer said; nothing to earn without an answer."""
    reply, keyed = asked.reply, asked.last_keyed
    values: dict[str, object] = {"number": asked.kind.number}
    worth = rubric.ANSWER
    if reply is None or keyed is None:
        return ScoreLine(ScorePart.ANSWERS, "score-no-answer", 0.0, worth, Skill.HEARING_RIGHT, values)
    if not asked.said or asked.said[0].why_not is not None:
        return ScoreLine(ScorePart.ANSWERS, "score-answer-void", 0.0, worth, Skill.HEARING_RIGHT, values)
    if not is_what_was_said(keyed, reply):
        values["keyed"], values["said"] = answers_told(keyed, reply, asked.question, menu)
        return ScoreLine(ScorePart.ANSWERS, "score-keyed-wrong", 0.0, worth, Skill.HEARING_RIGHT, values)
    if any(step.did is Did.TAKEN_BACK for step in asked.steps):
        return ScoreLine(ScorePart.ANSWERS, "score-put-right", rubric.PUT_RIGHT, worth, Skill.PUTTING_RIGHT, values)
    return ScoreLine(ScorePart.ANSWERS, "score-keyed-right", worth, worth, Skill.HEARING_RIGHT, values)


def is_what_was_said(keyed: RoundStep, reply: Reply) -> bool:
    """Whether an answer that was keyed is what the customer said: yes or no, the flavour, how many, which offer."""
    if reply.means is Meaning.NO:
        return keyed.outcome is Outcome.DECLINED
    if reply.means is Meaning.ANOTHER:
        return keyed.outcome is Outcome.ACCEPTED and keyed.offer == reply.offer
    in_choice = reply.choice is None or keyed.choice == reply.choice
    return keyed.outcome is Outcome.ACCEPTED and in_choice and keyed.count in (0, reply.count)


def _pressed(asked: AskedInRound) -> Iterator[ScoreLine]:
    """The line for a trainee who went on asking in a question to which the customer had said no."""
    refused = False
    for step in asked.steps:
        if step.did is Did.REPLIED and step.reply is not None:
            refused = refused or step.reply.means is Meaning.NO
        elif step.did is Did.SAID and refused:
            values: dict[str, object] = {"number": asked.kind.number}
            yield ScoreLine(ScorePart.ANSWERS, "score-pressed", rubric.PRESSED, 0.0, Skill.TAKING_NO, values)
            return
