"""How far customers' tastes have drifted: whether recent answers confirm those of some time ago."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt
from typing import TypeAlias

from pos.insights.choosing.chances import NONE, Answers

AGES_DAYS = (7, 28, 112)
"""Answers are compared by age: of the last week, of the three before it, of the quarter before these, and older."""

AGES = len(AGES_DAYS) + 1

BY_CHANCE = 2.0
"""Only a change beyond this many standard deviations counts as drift."""

ByAge: TypeAlias = Sequence[Answers]
"""What was said to one offer in one part of the day, the youngest answers first."""


def age_of(days_ago: float) -> int:
    """The age group of an answer some days old."""
    return sum(days_ago >= days for days in AGES_DAYS)


def drift_since(things: Iterable[Iterable[ByAge]]) -> list[float]:
    """By age, how far the affinity of an item has drifted since then, as the variance of its logarithm.

    Each age is compared with all that is younger, offer by offer and part by part, so that a question made more often
    does not look like drift. The score of an item is its yeses beyond those expected; what the squared scores of all
    items have beyond their own variances estimates the variance of the drift (a score test).
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
    """An item's yeses since an age beyond those that the rate of both ages gives, and the variance of that."""
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
    """What an answer of some age counts when so many yeses have that age and the affinity has drifted since: together
    they know no more than the drift leaves."""
    return 1 / (1 + yes * drift)
