"""How often items were bought, alone and together: the counts that every guess starts from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import log

from pos.insights.pairing.baskets import MINUTES_A_DAY, Basket
from pos.insights.pairing.matrix import Rows

HOUR_SHRINK = 50.0

Weigh = Callable[[Basket], float]
"""How much an order counts."""


def all_alike(_: Basket) -> float:
    """Every order counts as one."""
    return 1.0


def fading(baskets: Sequence[Basket], half_life_days: float) -> Weigh:
    """An order counts half for every half-life between it and the latest order: menus and tastes change."""
    last = max((basket.minute for basket in baskets), default=0)
    minutes = half_life_days * MINUTES_A_DAY
    return lambda basket: 0.5 ** ((last - basket.minute) / minutes)


class CoOccurrence:
    """Weighted counts of orders by item, by pair of items (nothing on the diagonal), and by hour and item."""

    def __init__(self, baskets: Iterable[Basket], size: int, weigh: Weigh = all_alike) -> None:
        self.size = size
        self.orders = 0.0
        self.items = [0.0] * size
        self.pairs = [[0.0] * size for _ in range(size)]
        self.hours = [[0.0] * size for _ in range(24)]
        for basket in baskets:
            self._add(basket, weigh(basket))

    def _add(self, basket: Basket, weight: float) -> None:
        hour = self.hours[basket.hour]
        self.orders += weight
        for item in basket.items:
            self.items[item] += weight
            hour[item] += weight
            row = self.pairs[item]
            for other in basket.items:
                row[other] += weight
            row[item] -= weight

    def confidences(self) -> Rows:
        """For each item the share of its orders that hold each other item."""
        return [[both / (count or 1.0) for both in row] for count, row in zip(self.items, self.pairs, strict=True)]

    def log_lifts(self, shrink: float) -> Rows:
        """For each pair, the logarithm of its lift. `shrink` orders are added to both the counted and the expected
        orders first: a pair of three lucky orders is no rule."""
        shares = [count / (self.orders or 1.0) for count in self.items]
        return [
            [log((both + shrink) / (count * share + shrink)) for both, share in zip(row, shares, strict=True)]
            for count, row in zip(self.items, self.pairs, strict=True)
        ]

    def log_hours(self) -> Rows:
        """For each hour and item, the logarithm of the item's share at that hour over its share of the whole,
        shrunk."""
        return [log_shares(row, self.items, HOUR_SHRINK) for row in self.hours]


def item_counts(baskets: Iterable[Basket], size: int, weigh: Weigh) -> list[float]:
    """Weighted counts of orders by item."""
    counts = [0.0] * size
    for basket in baskets:
        weight = weigh(basket)
        for item in basket.items:
            counts[item] += weight
    return counts


def log_shares(counts: Sequence[float], usual: Sequence[float], shrink: float) -> list[float]:
    """For each item, the logarithm of its share of some sales over its usual share. `shrink` sales in the usual shares
    are added first, so that a few sales change little."""
    whole = sum(usual) or 1.0
    shares = [(count + 1e-9) / whole for count in usual]
    sold = sum(counts) + shrink
    return [log((count + shrink * share) / (sold * share)) for count, share in zip(counts, shares, strict=True)]
