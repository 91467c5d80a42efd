"""A score: 0 to 100, made of lines that each say what was earned, of how much, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pos.training.scoring.rubric import ScorePart
from pos.training.skills import Skill


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One line of the explanation. `earned` of `worth` points, of 100 in all; a line that only takes points has `worth`
    0.

    `message_id` and `values` make its sentence. `skill` is the skill of the trainee that the line shows.
    """

    part: ScorePart
    message_id: str
    earned: float
    worth: float
    skill: Skill | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def lost(self) -> float:
        """What was not earned, or was taken."""
        return self.worth - self.earned


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds per item and per question; None where there was nothing to measure."""

    item: float | None = None
    question: float | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The result of a round, line by line."""

    lines: tuple[ScoreLine, ...]
    pace: Pace

    @property
    def total(self) -> int:
        """Out of 100: the points of all lines added up."""
        return round(sum(line.earned for line in self.lines))

    @property
    def faults(self) -> tuple[ScoreLine, ...]:
        """The critical faults, for which the round is worth nothing."""
        return tuple(line for line in self.lines if line.part is ScorePart.CRITICAL)

    def of(self, part: ScorePart) -> tuple[float, float]:
        """What a part earned, and of how much."""
        lines = [line for line in self.lines if line.part is part]
        return sum(line.earned for line in lines), sum(line.worth for line in lines)

    @property
    def parts(self) -> Mapping[ScorePart, tuple[float, float]]:
        """What each part earned, and of how much; parts without a line are left out."""
        return {part: self.of(part) for part in ScorePart if any(line.part is part for line in self.lines)}
