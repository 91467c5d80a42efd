"""Whether customers' tastes have turned: how far the answers of some time ago are borne out by those since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt
from typing import TypeAlias

from pos.insights.chances import NONE, Answers

AGES_DAYS = (7, 28, 112)
"""Answers are compared by age: of the last week, of the three before it, of the quarter before these, and older."""

AGES = len(AGES_DAYS) + 1

BY_CHANCE = 2.0
"""Tastes are taken to have moved only as far as is beyond so many standard deviations of what chance gives."""

ByAge: TypeAlias = Sequence[Answers]
"""What was said to one offer in one part of the day, the youngest answers first."""


def age_of(days_ago: float) -> int:
    """Which age an answer of so many days ago is of."""
    return sum(days_ago >= days for days in AGES_DAYS)


def moved(things: Iterable[Iterable[ByAge]]) -> list[float]:
    """By age, how far the liking of a thing has moved since then, as the variance of its logarithm.

    Each age is compared with all that is younger, offer by offer and part by part, so that a question made more often
    does not look like a taste that moved. Of a thing the score is yeses beyond those expected; what its square has
    beyond its own variance, over all things, is the variance of the movement (a score test for it).
    """
    cells = [list(thing) for thing in things]
    found, so_far = [0.0], 0.0
    for age in range(1, AGES):
        excess = squares = 0.0
        for thing in cells:
            score, variance = _compared(thing, age)
            excess += score * score - variance
            squares += variance * variance
        if squares > 0:
            so_far += max(0.0, (excess - BY_CHANCE * sqrt(2 * squares)) / squares)
        found.append(so_far)
    return found


def _compared(thing: Iterable[ByAge], age: int) -> tuple[float, float]:
    """A thing's yeses since an age beyond those expected of both together, and the variance of that."""
    score = variance = 0.0
    for by_age in thing:
        old, young = by_age[age], sum(by_age[:age], NONE)
        both = old + young
        if old.said and young.said:
            rate = both.yes / both.said
            score += young.yes - young.said * rate
            variance += young.said * rate * (1 - rate) * old.said / both.said
    return score, variance


def borne_out(yes: float, variance: float) -> float:
    """What an old answer counts when the liking has moved since: so many yeses of that age know no more than the
    movement leaves."""
    return 1 / (1 + yes * variance)
