"""Asking something else than the best known now and then, so that the till learns who says yes to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from math import erf, exp, sqrt

from pos.domain.moment import Chances
from pos.domain.questions import Offer
from pos.domain.ranking import Draws, priority_of

STEPS = 24
"""Points at which the chance of being the best is summed up: at 24 it is right to about a thousandth."""

REACH = 3.5
"""Standard deviations on either side of an offer's worth that are looked at."""

ROOT_2 = sqrt(2)


def led(ranked: list[Offer], chances: Chances, exploration: float, draws: Draws) -> list[Offer]:
    """The ranked offers with the one first that is to be asked, and on it how likely that choice was.

    In `exploration` of the questions the choice is Thompson's: each offer as often as it is likely to be the best by
    what is known. These chances are worked out first and then one number is drawn, so that `propensity` is exact. Only
    offers of the same priority as the first compete with it.
    """
    top = priority_of(ranked[0], chances)
    rivals = [offer for offer in ranked if priority_of(offer, chances) == top]
    if len(rivals) == 1 or not exploration:
        return [replace(ranked[0], propensity=1.0), *ranked[1:]]
    worths = [_worth(offer, chances) for offer in rivals]
    likely = [exploration * share for share in best_shares(worths)]
    likely[0] += 1 - exploration
    dice = draws()
    place = next((place for place, to in enumerate(accumulate(likely)) if dice < to), 0)
    chosen = replace(rivals[place], propensity=likely[place])
    return [chosen, *(offer for offer in ranked if offer.id != chosen.id)]


def best_shares(worths: Sequence[tuple[float, float]]) -> list[float]:
    """For each of several normal quantities, as (mean, standard deviation), the chance that it is the largest.

    The midpoint sum of each one's density times the others' distributions; normalised, so that they add up to 1.
    """
    bar = max(mean - REACH * spread for mean, spread in worths)
    found = []
    for place, (mean, spread) in enumerate(worths):
        if mean + REACH * spread <= bar:
            found.append(0.0)
            continue
        if spread <= 0:
            found.append(_all_below(mean, worths, place))
            continue
        step = 2 * REACH / STEPS
        points = [(index + 0.5) * step - REACH for index in range(STEPS)]
        found.append(
            sum(exp(-z * z / 2) * _all_below(mean + z * spread, worths, place) for z in points) * step / 2.5066
        )
    whole = sum(found)
    return [share / whole for share in found] if whole else [1.0, *[0.0] * (len(worths) - 1)]


def _all_below(value: float, worths: Sequence[tuple[float, float]], but: int) -> float:
    """How likely all of them but one lie below a value; of certain equals the earlier goes first."""
    below = 1.0
    for place, (mean, spread) in enumerate(worths):
        if place == but:
            continue
        if spread > 0:
            below *= 0.5 * (1 + erf((value - mean) / spread / ROOT_2))
        elif mean > value or (mean == value and place < but):
            return 0.0
    return below


def _worth(offer: Offer, chances: Chances) -> tuple[float, float]:
    """What asking is expected to add, and how well that is known, in øre."""
    chance = chances.get(offer.id)
    if chance is None:
        return float(offer.margin.minor), 0.0
    each = chance.margin.minor * offer.units
    return chance.yes * each, chance.spread * abs(each)
