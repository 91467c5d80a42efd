"""Asking something else than the best known now and then, so that the till learns who says yes to what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from math import erf, sqrt
from typing import TypeAlias

Draws: TypeAlias = Callable[[], float]
"""A source of numbers from 0 to 1; injected, so that a seed repeats a choice."""

Worth: TypeAlias = tuple[float, float]
"""What asking for an offer is expected to add, and the standard deviation of what is known of that, in øre."""

BOLDNESS = 0.5
"""What is known counts as twice as sure when it is drawn by: Thompson's draw learns more than it can use before tastes
move on (posterior reshaping: Chapelle and Li 2011)."""


def drawn(worths: Sequence[Worth], exploration: float, draws: Draws, boldness: float = BOLDNESS) -> tuple[int, float]:
    """The place of the one to ask for, and how likely that choice was.

    In `exploration` of the questions the choice is Thompson's: each as often as it is likely to be the best by what is
    known. These chances are worked out first and then one number is drawn, so that how likely it was is exact.
    """
    means = [mean for mean, _ in worths]
    best = means.index(max(means))
    if len(worths) == 1 or not exploration:
        return best, 1.0
    likely = [exploration * share for share in best_shares(worths, boldness)]
    likely[best] += 1 - exploration
    dice = draws()
    place = next((place for place, to in enumerate(accumulate(likely)) if dice < to), best)
    return place, likely[place]


def best_shares(worths: Sequence[Worth], boldness: float = 1.0) -> list[float]:
    """For each of several normal quantities how likely it is the largest; they add up to 1.

    For two it is exact. Of more each one's chances against the others one by one are multiplied, as if they had nothing
    to do with one another: the ones ahead come out somewhat likelier than they are. Of equals without any doubt the
    first is the largest.
    """
    shares = [1.0] * len(worths)
    for place, (mean, spread) in enumerate(worths):
        for other in range(place):
            rival, width = worths[other]
            apart = boldness * sqrt(2 * (spread * spread + width * width))
            above = 0.5 + 0.5 * erf((mean - rival) / apart) if apart else float(mean > rival)
            shares[place] *= above
            shares[other] *= 1 - above
    whole = sum(shares)
    return [share / whole for share in shares]
