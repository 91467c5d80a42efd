"""How far customers' tastes have drifted: whether recent answers confirm those of some time ago."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt
from typing import TypeAlias

from pos.insights.choosing.chances import NONE, Answers

AGES_DAYS = (7, 28, 112)
"""The age groups of answers: of the last week, of the three weeks before it, of the quarter before these, and older."""

AGES = len(AGES_DAYS) + 1

BY_CHANCE = 2.0
"""Only a change beyond this many standard deviations counts as drift."""

ByAge: TypeAlias = Sequence[Answers]
"""The answers to one offer in one part of the day, by age, the youngest first."""


def age_of(days_ago: float) -> int:
    """The age group of an answer some days old."""
    return sum(days_ago >= days for days in AGES_DAYS)


def drift_since(things: Iterable[Iterable[ByAge]]) -> list[float]:
    """By age, how far the affinity of an item has drifted since then, as the variance of its logarithm.

    Each age is compared with all that is younger, offer by offer and part by part, so that a question asked more often
    does not look like drift. The score of an item is its yeses less those expected. The squared scores of all items,
    less their variances, estimate the variance of the drift (a score test).
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
    """The score of an item at an age, and its variance. The score is the younger yeses less those expected at the rate
    of old and young answers together."""
    score = variance = 0.0
    for by_age in thing:
        old, young = by_age[age], sum(by_age[:age], NONE)
        both = old + young
        if old.said and young.said:
            rate = both.yes / both.said
            score += young.yes - young.said * rate
            variance += young.said * rate * (1 - rate) * old.said / both.said
    return score, variance


def weight_after(yes: float, drift: float) -> float:
    """The weight of each answer in an age group that has `yes` yeses, when the affinity has drifted by `drift` since
    then. Together these answers are no more certain than the drift allows."""
    return 1 / (1 + yes * drift)
