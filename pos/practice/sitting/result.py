"""The result of a finished round, in both languages, as it is shown and stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos.domain.text import LocalText
from pos.store.file.codec import Json
from pos.training import Grade, Score, ScoreLine, ScorePart, Skill
from pos.training.customer.speaking import both
from pos.wording import Wording


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One line of the explanation: `earned` of `worth` points, and why."""

    part: ScorePart
    message_id: str
    words: LocalText
    earned: float
    worth: float
    skill: Skill | None

    @property
    def lost(self) -> float:
        """The points that were not earned, or were deducted."""
        return self.worth - self.earned


@dataclass(frozen=True, slots=True)
class Result:
    """A round's score with its lines, the grade of every skill shown, and advice."""

    total: int
    lines: tuple[ResultLine, ...]
    grades: Mapping[Skill, Grade]
    advice: LocalText


LINES = Json(tuple[ResultLine, ...])

ADVICE: Mapping[str, str] = {
    "fault-allergy-not-noted": "practice-try-allergen",
    "fault-allergy-offered": "practice-try-allergen",
    "fault-allergy-sold": "practice-try-allergen",
    "fault-allergy-told": "practice-try-look-up",
    "fault-charged": "practice-try-listen",
    "fault-age-not-asked": "practice-try-age",
    "fault-age-sold": "practice-try-age",
    "fault-change": "practice-try-payment",
    "fault-unpaid": "practice-try-payment",
    "score-passed-over": "practice-try-say-first",
    "score-too-fast": "practice-try-say-first",
    "score-not-asked": "practice-try-ask-both",
    "score-avoided": "practice-try-ask-both",
    "score-rested-wrongly": "practice-try-ask-both",
    "score-asked-late": "practice-try-in-time",
    "score-asked-anyway": "practice-try-leave-alone",
    "score-rested-otherwise": "practice-try-leave-alone",
    "score-asked-unfit": "practice-try-fit",
    "score-asked-weak": "practice-try-fit",
    "score-asked-nothing": "practice-try-fit",
    "score-pressed": "practice-try-take-no",
    "score-keyed-wrong": "practice-try-listen",
    "score-no-answer": "practice-try-listen",
    "score-answer-void": "practice-try-listen",
    "score-size-unmarked": "practice-try-size",
    "score-size-marked": "practice-try-size",
    "score-allergen-missing": "practice-try-allergen",
    "score-told-wrong": "practice-try-look-up",
    "score-told-nothing": "practice-try-look-up",
    "score-paid-wrong": "practice-try-payment",
    "score-pace-items": "practice-try-pace",
    "score-pace-questions": "practice-try-pace",
    "score-pace-items-partly": "practice-try-pace",
    "score-pace-questions-partly": "practice-try-pace",
}
"""By what cost most; for all else the advice is to read the order back."""


def result_of(scored: Score, grades: Mapping[Skill, Grade]) -> Result:
    """The score in words."""
    parts = list(ScorePart)
    lines = sorted(map(_line, scored.lines), key=lambda line: parts.index(line.part))
    return Result(scored.total, tuple(lines), grades, advice_for(scored))


def advice_for(scored: Score) -> LocalText:
    """One thing to improve with the next customer. Speed is advised only if all else was right."""
    lost = [line for line in scored.lines if line.lost > 0]
    wrong = [line for line in lost if line.part is not ScorePart.PACE]
    worst = next(iter(scored.faults), None) or max(wrong or lost, key=lambda line: line.lost, default=None)
    if worst is None:
        return both(lambda words: words.text("practice-try-nothing"))
    message_id = ADVICE.get(worst.message_id, "practice-try-read-back")
    return both(lambda words: words.text(message_id))


def _line(line: ScoreLine) -> ResultLine:
    said = both(lambda words: words.text(line.message_id, **_figures(line, words)))
    return ResultLine(line.part, line.message_id, said, line.earned, line.worth, line.skill)


def _figures(line: ScoreLine, words: Wording) -> dict[str, object]:
    """The values for the sentence; fractions in the language's notation."""
    return {
        name: words.decimal(given, ".2g") if isinstance(given, float) else given for name, given in line.values.items()
    }
