"""Asking something else than the best known now and then, so that the till learns who says yes to what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate
from math import erf, pi, sqrt
from typing import TypeAlias

from pos.domain.moment import Chances
from pos.domain.questions import Offer
from pos.domain.ranking import priority_of

Draws: TypeAlias = Callable[[], float]
"""A source of numbers from 0 to 1; injected, so that a seed repeats a choice."""

NODES = (
    (0.0, 0.9453087205),
    (1.3556261800, 0.3936193232),
    (-1.3556261800, 0.3936193232),
    (2.8569700139, 0.0199532421),
    (-2.8569700139, 0.0199532421),
)
"""Gauss-Hermite's five points and weights: the chance of being the best comes out right to about a hundredth, and what
is drawn by is what is kept."""

BOLDNESS = 0.5
"""What is known counts as twice as sure when it is drawn by: Thompson's draw learns more than it can use before tastes
move on (posterior reshaping: Chapelle and Li 2011)."""

REACH = 2.5
"""Standard deviations above its mean beyond which an offer is not looked for."""

ROOT_2, ROOT_PI = sqrt(2), sqrt(pi)


def led(ranked: list[Offer], chances: Chances, exploration: float, draws: Draws) -> list[Offer]:
    """The ranked offers with the one first that is to be asked, and on it how likely that choice was.

    In `exploration` of the questions the choice is Thompson's: each offer as often as it is likely to be the best by
    what is known. These chances are worked out first and then one number is drawn, so that `propensity` is exact. Only
    offers of the same priority as the first compete with it.
    """
    priorities = [priority_of(offer, chances) for offer in ranked]
    rivals = [offer for offer, priority in zip(ranked, priorities, strict=True) if priority == priorities[0]]
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

    Each one's density times the others' distributions, by quadrature; normalised, so that they add up to 1.
    """
    bar = max([mean - REACH * spread for mean, spread in worths])
    found = []
    for place, (mean, spread) in enumerate(worths):
        rivals = [rival for other, rival in enumerate(worths) if other != place]
        if mean + REACH * spread <= bar and (spread > 0 or mean < bar):
            found.append(0.0)
        elif spread <= 0:
            found.append(_certain(mean, worths, place))
        else:
            found.append(_share(mean, spread, rivals))
    whole = sum(found)
    return [share / whole for share in found] if whole else [1.0, *[0.0] * (len(worths) - 1)]


def _share(mean: float, spread: float, rivals: Sequence[tuple[float, float]]) -> float:
    """How likely a quantity lies above all its rivals."""
    known = max([other for other, width in rivals if width <= 0], default=None)
    drawn = [(other, 1 / (width * ROOT_2)) for other, width in rivals if width > 0]
    found = 0.0
    for node, weight in NODES:
        value = mean + node * spread
        if known is not None and value < known:
            continue
        for other, scale in drawn:
            weight *= 0.5 + 0.5 * erf((value - other) * scale)  # noqa: PLW2901 - a product, term by term
        found += weight
    return found / ROOT_PI


def _certain(mean: float, worths: Sequence[tuple[float, float]], place: int) -> float:
    """The same for what is known for certain; of equals the earlier goes first."""
    below = 1.0
    for other, (rival, width) in enumerate(worths):
        if other == place:
            continue
        if width > 0:
            below *= 0.5 + 0.5 * erf((mean - rival) / width / ROOT_2)
        elif rival > mean or (rival == mean and other < place):
            return 0.0
    return below


def _worth(offer: Offer, chances: Chances) -> tuple[float, float]:
    """What asking is expected to add, and how well that is known, in øre."""
    chance = chances.get(offer.id)
    if chance is None:
        return float(offer.margin.minor), 0.0
    each = offer.margin.minor * chance.left(offer.second)
    return chance.yes * each, BOLDNESS * chance.spread * abs(each)
