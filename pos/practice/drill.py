"""A drill: ten customers against the clock; a customer's words are there while they speak, and no longer."""

from __future__ import annotations

from dataclasses import dataclass

from pos.practice.visit import Visit
from pos.training import Did
from pos.training.rubric import AGAIN_SECONDS, WORDS_A_SECOND

CUSTOMERS = 10
AFTERGLOW = 1.5
"""Seconds that words stay after they have been spoken."""


@dataclass(frozen=True, slots=True)
class Drill:
    """How far a drill has come: customers served, the seconds they took, and the points they brought."""

    served: int = 0
    seconds: float = 0.0
    points: int = 0

    @property
    def is_over(self) -> bool:
        """Whether all ten have been served."""
        return self.served >= CUSTOMERS

    def after(self, visit: Visit, points: int) -> Drill:
        """One more customer served; *say again?* has its price."""
        seconds = self.seconds + seconds_of(visit)
        return Drill(self.served + 1, seconds, self.points + points)

    def shown(self, at: float) -> dict[str, object]:
        """For the clock on the screen: which customer, and how long it has been."""
        minutes, seconds = divmod(int(self.seconds + at), 60)
        return {"place": min(self.served + 1, CUSTOMERS), "of": CUSTOMERS, "time": f"{minutes}:{seconds:02}"}


def seconds_of(visit: Visit) -> float:
    """How long a customer took, with what asking again costs."""
    again = sum(1 for _ in visit.round.every(Did.ASKED_AGAIN))
    last = max((step.at for step in visit.round.steps), default=0.0)
    return last + again * AGAIN_SECONDS


def faded(visit: Visit, language: str) -> bool:
    """Whether the last words have been spoken and are gone; *say again?* brings them back for as long again."""
    spoken = list(visit.spoken())
    if not spoken:
        return True
    at, words = spoken[-1]
    again = max((step.at for step in visit.round.every(Did.ASKED_AGAIN)), default=0.0)
    speaking = len(words.in_language(language).split()) / WORDS_A_SECOND
    return visit.at > max(at, again) + speaking + AFTERGLOW
