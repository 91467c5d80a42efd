"""What was bought together, in dense rows: the counts that all ways of guessing start from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import log, log1p

from pos.insights.baskets import MINUTES_A_DAY, Basket

Weigh = Callable[[Basket], float]
"""How much an order counts."""


def all_alike(_: Basket) -> float:
    """Every order counts as one."""
    return 1.0


def fading(last_minute: int, half_life_days: float) -> Weigh:
    """An order counts half as much for every half-life that lies between it and the last one: menus and tastes move."""
    minutes = half_life_days * MINUTES_A_DAY
    return lambda basket: 0.5 ** ((last_minute - basket.minute) / minutes)


def by_size(items: int) -> Weigh:
    """A small order tells more about its pairs than a large one: the square of BM25's weight of a document term."""
    return lambda basket: max(0.0, log(items) - log1p(len(basket.items))) ** 2


class Together:
    """Weighted counts of items, of pairs (a row for each item, nothing on the diagonal) and of items by hour."""

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

    def log_lifts(self, shrink: float) -> list[list[float]]:
        """For each pair the logarithm of how many times more often than by chance it came, shrunk: so many orders as
        chance would give are added to both sides, so that three lucky orders are no rule."""
        shares = [count / (self.orders or 1.0) for count in self.items]
        return [
            [log((both + shrink) / (count * share + shrink)) for both, share in zip(row, shares, strict=True)]
            for count, row in zip(self.items, self.pairs, strict=True)
        ]

    def log_hours(self, shrink: float = 50.0) -> list[list[float]]:
        """For each hour and item the logarithm of how many times its usual share it has then, shrunk alike."""
        total = sum(self.items) or 1.0
        shares = [(count + 1e-9) / total for count in self.items]
        found = []
        for row in self.hours:
            sold = sum(row) + shrink
            pairs = zip(row, shares, strict=True)
            found.append([log((count + shrink * share) / (sold * share)) for count, share in pairs])
        return found
