"""A drill: ten customers against the clock. The customer's words are shown only while they speak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos.domain.text import LocalText
from pos.practice.customer.visit import Visit
from pos.training import Did, Grade, Skill
from pos.training.scoring.rubric import AGAIN_SECONDS, WORDS_A_SECOND

CUSTOMERS = 10
AFTERGLOW = 1.5
"""Seconds for which words stay on the screen after they were spoken."""


@dataclass(frozen=True, slots=True)
class Served:
    """One customer of a drill: their title, the points, and the seconds, including the cost of asking again."""

    title: LocalText
    points: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Drill:
    """The state of a drill: the customers served so far in their order, and the grades of their skills."""

    customers: tuple[Served, ...] = ()
    grades: tuple[tuple[Skill, Grade], ...] = ()

    @property
    def served(self) -> int:
        """The number of customers served."""
        return len(self.customers)

    @property
    def seconds(self) -> float:
        """The seconds for all of them."""
        return sum(entry.seconds for entry in self.customers)

    @property
    def average(self) -> int:
        """The average points per customer, of 100."""
        return round(sum(entry.points for entry in self.customers) / self.served) if self.customers else 0

    @property
    def skills(self) -> tuple[tuple[Skill, float], ...]:
        """Every skill that was needed and its grade from 0 to 1, the best first."""
        shown: dict[Skill, list[Grade]] = {}
        for skill, grade in self.grades:
            shown.setdefault(skill, []).append(grade)
        sat = ((skill, share_of(sum(found) / len(found))) for skill, found in shown.items())
        return tuple(sorted(sat, key=lambda entry: -entry[1]))

    @property
    def is_over(self) -> bool:
        """Whether all ten have been served."""
        return self.served >= CUSTOMERS

    def after(self, visit: Visit, points: int, grades: Mapping[Skill, Grade]) -> Drill:
        """The drill after one more customer was served; asking again costs time."""
        served = Served(visit.scenario.title, points, seconds_of(visit))
        return Drill((*self.customers, served), (*self.grades, *grades.items()))

    def skipped(self, visit: Visit) -> Drill:
        """The drill after one more customer was left: no points, and the seconds until then."""
        return Drill((*self.customers, Served(visit.scenario.title, 0, visit.at + again_seconds(visit))), self.grades)

    def shown(self, at: float) -> dict[str, object]:
        """The values for the clock on the screen: the number of the customer, and the time so far."""
        return {"place": min(self.served + 1, CUSTOMERS), "of": CUSTOMERS, "time": clock_time(self.seconds + at)}


def share_of(grade: float) -> float:
    """A grade from 0 (again) to 1 (easy)."""
    return (grade - Grade.AGAIN) / (Grade.EASY - Grade.AGAIN)


def clock_time(seconds: float) -> str:
    """Minutes and seconds, as a clock shows them."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


def seconds_of(visit: Visit) -> float:
    """The seconds for a customer, including the cost of asking again."""
    last = max((step.at for step in visit.round.steps), default=0.0)
    return last + again_seconds(visit)


def again_seconds(visit: Visit) -> float:
    """The cost of asking again, in seconds."""
    return visit.times_again * AGAIN_SECONDS


def faded(visit: Visit, language: str) -> bool:
    """Whether the last words were spoken and are no longer shown. *Say again?* shows them for the same time again."""
    spoken = list(visit.spoken())
    if not spoken:
        return True
    at, words = spoken[-1]
    again = max((step.at for step in visit.round.every(Did.ASKED_AGAIN)), default=0.0)
    speaking = len(words.in_language(language).split()) / WORDS_A_SECOND
    return visit.at > max(at, again) + speaking + AFTERGLOW
