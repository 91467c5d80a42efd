"""Simple, well known ways of guessing what else belongs to an order, to compare ours with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log, sqrt
from typing import Protocol, TypeAlias

from pos.insights.baskets import Basket
from pos.insights.ease import ease_rows, has_numeric
from pos.insights.together import Together, Weigh, all_alike, by_size, summed

BM25_B = 0.75
BM25_K1 = 1.2
NAIVE_BAYES_WEIGHT = 5.0
PMI_SHRINK = 5.0
EASE_SHARE = 15.0
"""What EASE's weight, mostly between 0 and 0.3, counts for beside the logarithms of the counted guess."""


class Guesser(Protocol):
    """Gives every item a score, the higher the likelier, from what is in an order and the hour."""

    def scores(self, rest: Sequence[int], hour: int) -> Sequence[float]:
        """One score for each item, whatever the scale; what is in the order already is not looked at."""
        ...


class Popularity:
    """What sells most, whatever is in the order."""

    def __init__(self, together: Together) -> None:
        self._scores = together.items

    def scores(self, rest: Sequence[int], hour: int) -> Sequence[float]:
        """How often each item was sold."""
        return self._scores


class BestConfidence:
    """Of all things in the order the one of which most buyers took the item."""

    def __init__(self, together: Together) -> None:
        self._rows = [
            [both / (count or 1.0) for both in row] for count, row in zip(together.items, together.pairs, strict=True)
        ]
        self._none = [0.0] * together.size

    def scores(self, rest: Sequence[int], hour: int) -> Sequence[float]:
        """The highest confidence of any rule that ends in the item."""
        return [max(column) for column in zip(self._none, *[self._rows[item] for item in rest], strict=True)]


class SummedRows:
    """A start for each item, and a row for each thing in the order, added up; with an hour's row where there is one."""

    def __init__(self, rows: list[list[float]], start: list[float], hours: list[list[float]] | None = None) -> None:
        self._rows = rows
        self._start = start
        self._hours = hours

    def scores(self, rest: Sequence[int], hour: int) -> Sequence[float]:
        """The sum for each item."""
        rows = [self._rows[item] for item in rest]
        if self._hours is not None:
            rows.append(self._hours[hour])
        return summed(rows, self._start)


def cosine(together: Together) -> SummedRows:
    """Item-kNN: how alike are the sets of orders that hold two items."""
    roots = [sqrt(count) or 1.0 for count in together.items]
    rows = [
        [both / (root * other) for both, other in zip(row, roots, strict=True)]
        for root, row in zip(roots, together.pairs, strict=True)
    ]
    return SummedRows(rows, [0.0] * together.size)


def bm25(baskets: Sequence[Basket], together: Together) -> SummedRows:
    """Item-kNN with BM25: items are documents, orders their terms."""
    mean = (sum(together.items) / together.size) or 1.0
    lengths = [(1 - BM25_B) + BM25_B * count / mean for count in together.items]
    weights = [(BM25_K1 + 1) / (BM25_K1 * length + 1) for length in lengths]
    weighted = Together(baskets, together.size, by_size(together.size))
    rows = [
        [both * weight * other for both, other in zip(row, weights, strict=True)]
        for weight, row in zip(weights, weighted.pairs, strict=True)
    ]
    return SummedRows(rows, [0.0] * together.size)


def naive_bayes(together: Together) -> SummedRows:
    """The chance of the item, times the chances of the things in the order given the item."""
    counts, weight = together.items, NAIVE_BAYES_WEIGHT
    rows = [
        [
            log((both + weight * (count + 1e-9) / together.orders) / (other + weight))
            for both, other in zip(row, counts, strict=True)
        ]
        for count, row in zip(counts, together.pairs, strict=True)
    ]
    return SummedRows(rows, [log(count + 1) for count in counts])


def pmi_with_hour(together: Together) -> SummedRows:
    """How often it sells, times how many times chance it goes with each thing, times what the hour makes of it."""
    start = [log(count + 1) for count in together.items]
    return SummedRows(together.log_lifts(PMI_SHRINK), start, together.log_hours())


def ease(together: Together) -> SummedRows:
    """EASE: of many items without NumPy only the most sold."""
    return SummedRows(ease_rows(together, has_numeric()), [0.0] * together.size)


def pmi_with_ease(together: Together) -> SummedRows:
    """The counted guess and EASE's opinion, added: our way where nothing but the standard library is there."""
    start = [log(count + 1) for count in together.items]
    rows = [
        [lift + EASE_SHARE * weight for lift, weight in zip(lifts, weights, strict=True)]
        for lifts, weights in zip(together.log_lifts(PMI_SHRINK), ease_rows(together, has_numeric()), strict=True)
    ]
    return SummedRows(rows, start, together.log_hours())


Learn: TypeAlias = Callable[[Sequence[Basket], int], Guesser]
"""Learns a guesser from orders over so many items."""


def counted(baskets: Sequence[Basket], size: int, weigh: Weigh = all_alike) -> Together:
    """The counts of some orders."""
    return Together(baskets, size, weigh)


PEERS: dict[str, Learn] = {
    "popularity": lambda baskets, size: Popularity(counted(baskets, size)),
    "confidence": lambda baskets, size: BestConfidence(counted(baskets, size)),
    "item-knn-cosine": lambda baskets, size: cosine(counted(baskets, size)),
    "item-knn-bm25": lambda baskets, size: bm25(baskets, counted(baskets, size)),
    "naive-bayes": lambda baskets, size: naive_bayes(counted(baskets, size)),
    "pmi-hour": lambda baskets, size: pmi_with_hour(counted(baskets, size)),
    "ease": lambda baskets, size: ease(counted(baskets, size)),
}
"""By name."""
