"""Simple, well known ways of guessing what else belongs to an order, to compare ours with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log, sqrt
from typing import TypeAlias

from pos.insights.ease import ease_rows
from pos.insights.lesson import Lesson
from pos.insights.rows import Guesser, Vector, summed
from pos.insights.together import Together, by_size

BM25_B = 0.75
BM25_K1 = 1.2
NAIVE_BAYES_WEIGHT = 5.0
PMI_SHRINK = 5.0


class BestConfidence:
    """Of all things in the order the one of which most buyers took the item."""

    def __init__(self, lesson: Lesson) -> None:
        together = lesson.together
        self._rows = [
            [both / (count or 1.0) for both in row] for count, row in zip(together.items, together.pairs, strict=True)
        ]
        self._none = [0.0] * together.size

    def scores(self, rest: Sequence[int], hour: int) -> Vector:
        """The highest confidence of any rule that ends in the item."""
        return [max(column) for column in zip(self._none, *[self._rows[item] for item in rest], strict=True)]


class NumericBestConfidence:
    """The same by NumPy."""

    def __init__(self, lesson: Lesson) -> None:
        import numpy as np

        counts = np.array(lesson.together.items)
        self._rows = (np.array(lesson.together.pairs) / np.where(counts, counts, 1.0)[:, None]).astype(np.float32)
        self._none = np.zeros(lesson.size, dtype=np.float32)

    def scores(self, rest: Sequence[int], hour: int) -> Vector:
        """The highest confidence of any rule that ends in the item."""
        return self._rows[list(rest)].max(axis=0) if rest else self._none


def popularity(lesson: Lesson) -> Guesser:
    """What sells most, whatever is in the order."""
    return summed([], lesson.together.items, lesson.numeric)


def best_confidence(lesson: Lesson) -> Guesser:
    """The best single rule."""
    return NumericBestConfidence(lesson) if lesson.numeric else BestConfidence(lesson)


def alike(together: Together) -> list[list[float]]:
    """The cosine of each two items: how alike are the sets of orders that hold them."""
    roots = [sqrt(count) or 1.0 for count in together.items]
    return [
        [both / (root * other) for both, other in zip(row, roots, strict=True)]
        for root, row in zip(roots, together.pairs, strict=True)
    ]


def cosine(lesson: Lesson) -> Guesser:
    """Item-kNN by cosine."""
    return summed(alike(lesson.together), [0.0] * lesson.size, lesson.numeric)


def bm25(lesson: Lesson) -> Guesser:
    """Item-kNN with BM25: items are documents, orders their terms."""
    together = lesson.together
    mean = (sum(together.items) / together.size) or 1.0
    lengths = [(1 - BM25_B) + BM25_B * count / mean for count in together.items]
    weights = [(BM25_K1 + 1) / (BM25_K1 * length + 1) for length in lengths]
    weighted = Together(lesson.baskets, lesson.size, by_size(lesson.size))
    rows = [
        [both * weight * other for both, other in zip(row, weights, strict=True)]
        for weight, row in zip(weights, weighted.pairs, strict=True)
    ]
    return summed(rows, [0.0] * lesson.size, lesson.numeric)


def naive_bayes(lesson: Lesson) -> Guesser:
    """The chance of the item, times the chances of the things in the order given the item."""
    together, weight = lesson.together, NAIVE_BAYES_WEIGHT
    counts = together.items
    rows = [
        [
            log((both + weight * (count + 1e-9) / together.orders) / (other + weight))
            for both, other in zip(row, counts, strict=True)
        ]
        for count, row in zip(counts, together.pairs, strict=True)
    ]
    return summed(rows, [log(count + 1) for count in counts], lesson.numeric)


def pmi_with_hour(lesson: Lesson) -> Guesser:
    """How often it sells, times how many times chance it goes with each thing, times what the hour makes of it."""
    together = lesson.together
    start = [log(count + 1) for count in together.items]
    return summed(together.log_lifts(PMI_SHRINK), start, lesson.numeric, together.log_hours())


def ease(lesson: Lesson) -> Guesser:
    """EASE: of many items without NumPy only the most sold."""
    return summed(ease_rows(lesson.together, lesson.numeric), [0.0] * lesson.size, lesson.numeric)


Learn: TypeAlias = Callable[[Lesson], Guesser]
"""Learns from orders how to guess."""

PEERS: dict[str, Learn] = {
    "popularity": popularity,
    "confidence": best_confidence,
    "item-knn-cosine": cosine,
    "item-knn-bm25": bm25,
    "naive-bayes": naive_bayes,
    "pmi-hour": pmi_with_hour,
    "ease": ease,
}
"""By name."""
