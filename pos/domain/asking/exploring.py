"""Sometimes asks for another offer than the best known, so that the till learns who says yes to what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from math import erf, sqrt
from typing import TypeAlias

Draws: TypeAlias = Callable[[], float]
"""A source of numbers from 0 to 1. It is injected, so that a seed repeats a choice."""

Worth: TypeAlias = tuple[float, float]
"""The expected gain of asking for an offer, and its standard deviation, in øre."""

BOLDNESS = 0.5
"""For drawing, estimates count as twice as certain: plain Thompson sampling learns more than it can use before tastes
change (posterior reshaping: Chapelle and Li 2011)."""


def drawn(worths: Sequence[Worth], exploration: float, draws: Draws, boldness: float = BOLDNESS) -> tuple[int, float]:
    """The place of the offer to ask for, and the probability with which it was chosen.

    In the share `exploration` of questions Thompson sampling chooses: each offer as often as it is likely to be the
    best. The probabilities are computed first and one number is drawn, so that the propensity is exact.
    """
    means = [mean for mean, _ in worths]
    best = means.index(max(means))
    if len(worths) == 1 or not exploration:
        return best, 1.0
    likely = [exploration * share for share in best_shares(worths, boldness)]
    likely[best] += 1 - exploration
    dice = draws()
    place = bisect_right([*accumulate(likely)], dice)
    if place == len(likely):  # they add up to 1, except for rounding
        place = best
    return place, likely[place]


def best_shares(worths: Sequence[Worth], boldness: float = 1.0) -> list[float]:
    """For each of several normal variables the probability of being the largest; they add up to 1.

    Exact for two. For more, the pairwise probabilities are multiplied as if independent, so that the leaders come out
    somewhat too likely. Among equals without variance the first is the largest.
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
