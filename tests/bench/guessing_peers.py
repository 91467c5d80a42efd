"""Well-known methods to guess the missing item of an order, as peers of ours. Their settings are fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log, log1p, sqrt

from pos.insights.pairing.baskets import Basket
from pos.insights.pairing.co_occurrence import CoOccurrence
from pos.insights.pairing.evaluation import PLAIN_RULES, Guesser, Learn
from pos.insights.pairing.matrix import Rows, inverse, inverse_by_numpy

BM25_B = 0.75
BM25_K1 = 1.2
NAIVE_BAYES_WEIGHT = 5.0
PMI_SHRINK = 5.0
EASE_RIDGE = 100.0


class Summed:
    """A guesser that adds a start score of each item, a row for each item of the order, and a row for the hour."""

    def __init__(self, rows: Rows, start: Sequence[float], hours: Rows | None = None) -> None:
        self._rows, self._start, self._hours = rows, start, hours

    def scores(self, rest: Sequence[int], hour: int) -> list[float]:
        """Returns the sum for each item."""
        rows = [self._rows[item] for item in rest]
        if self._hours is not None:
            rows.append(self._hours[hour])
        return list(map(sum, zip(self._start, *rows, strict=True)))


def cosine(baskets: Sequence[Basket], size: int, numpy: bool) -> Guesser:
    """Item-kNN: two items are as similar as the cosine between the sets of orders that hold them."""
    counts = CoOccurrence(baskets, size)
    roots = [sqrt(count) or 1.0 for count in counts.items]
    rows = [
        [both / (root * other) for both, other in zip(row, roots, strict=True)]
        for root, row in zip(roots, counts.pairs, strict=True)
    ]
    return Summed(rows, [0.0] * size)


def bm25(baskets: Sequence[Basket], size: int, numpy: bool) -> Guesser:
    """Item-kNN with BM25: items are documents, orders their terms, and a term's weight falls with the order's size."""
    counts = CoOccurrence(baskets, size)
    mean = (sum(counts.items) / size) or 1.0
    lengths = [(1 - BM25_B) + BM25_B * count / mean for count in counts.items]
    weights = [(BM25_K1 + 1) / (BM25_K1 * length + 1) for length in lengths]
    weighted = CoOccurrence(baskets, size, lambda basket: max(0.0, log(size) - log1p(len(basket.items))) ** 2)
    rows = [
        [both * weight * other for both, other in zip(row, weights, strict=True)]
        for weight, row in zip(weights, weighted.pairs, strict=True)
    ]
    return Summed(rows, [0.0] * size)


def naive_bayes(baskets: Sequence[Basket], size: int, numpy: bool) -> Guesser:
    """Naive Bayes: the chance of the item, times the chance of each of the order's items given it."""
    counts, weight = CoOccurrence(baskets, size), NAIVE_BAYES_WEIGHT
    rows = [
        [
            log((both + weight * (count + 1e-9) / counts.orders) / (other + weight))
            for both, other in zip(row, counts.items, strict=True)
        ]
        for count, row in zip(counts.items, counts.pairs, strict=True)
    ]
    return Summed(rows, [log(count + 1) for count in counts.items])


def pmi_with_hour(baskets: Sequence[Basket], size: int, numpy: bool) -> Guesser:
    """How often the item sells, times its lift with each item of the order, times its lift at the hour."""
    counts = CoOccurrence(baskets, size)
    return Summed(counts.log_lifts(PMI_SHRINK), [log(count + 1) for count in counts.items], counts.log_hours())


def ease(baskets: Sequence[Basket], size: int, numpy: bool) -> Guesser:
    """EASE (Steck 2019) alone, with the same weight for all orders."""
    counts = CoOccurrence(baskets, size)
    gram = [list(row) for row in counts.pairs]
    for place, row in enumerate(gram):
        row[place] = counts.items[place] + EASE_RIDGE
    inverted = (inverse_by_numpy if numpy else inverse)(gram)
    diagonal = [row[place] for place, row in enumerate(inverted)]
    rows = [
        [0.0 if other == place else -entry / diagonal[other] for other, entry in enumerate(row)]
        for place, row in enumerate(inverted)
    ]
    return Summed(rows, [0.0] * size)


PEERS: Mapping[str, Learn] = {
    **PLAIN_RULES,
    "item-knn-cosine": cosine,
    "item-knn-bm25": bm25,
    "naive-bayes": naive_bayes,
    "pmi-hour": pmi_with_hour,
    "ease": ease,
}
"""The peers by name."""
