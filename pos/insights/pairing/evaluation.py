"""How well a guess does on the orders that came after those it learned from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Protocol, TypeAlias

from pos.insights.intervals import NORMAL_95
from pos.insights.pairing.baskets import Basket, HeldOut, held_out, most_sold, renumbered, split_in_time
from pos.insights.pairing.co_occurrence import CoOccurrence
from pos.insights.pairing.guess import MOST_ITEMS, Guess
from pos.insights.pairing.matrix import has_numpy

MOST_GUESSES = 25_000


class Guesser(Protocol):
    """Scores every item from what is in an order and from the hour. A higher score means likelier."""

    def scores(self, rest: Sequence[int], hour: int) -> Sequence[float]:
        """One score for each item, on any scale. The scores of items in the order are ignored."""
        ...


Learn: TypeAlias = Callable[[Sequence[Basket], int, bool], Guesser]
"""Builds a guesser from orders and the number of items, which are numbered by sales. The last argument says whether to
use NumPy."""


class Popularity:
    """What sells most, whatever is in the order."""

    def __init__(self, baskets: Sequence[Basket], size: int, numpy: bool) -> None:
        self._scores = CoOccurrence(baskets, size).items

    def scores(self, rest: Sequence[int], hour: int) -> Sequence[float]:
        """In how many orders each item was."""
        return self._scores


class BestConfidence:
    """What most buyers of one of the order's items took: the best single rule."""

    def __init__(self, baskets: Sequence[Basket], size: int, numpy: bool) -> None:
        self._rows = CoOccurrence(baskets, size).confidences()
        self._none = [0.0] * size

    def scores(self, rest: Sequence[int], hour: int) -> Sequence[float]:
        """The highest confidence of any rule that ends in the item."""
        return [max(column) for column in zip(self._none, *[self._rows[item] for item in rest], strict=True)]


PLAIN_RULES: Mapping[str, Learn] = {"popularity": Popularity, "confidence": BestConfidence}
"""What a manager would go by without a guess, by name."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean in percent, and its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GuessScore:
    """How often the item held out was the first guess, or among the first three, and the mean of 1/place."""

    hit1: Estimate
    hit3: Estimate
    mrr: Estimate


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a test found: `learned` and `tested` are orders, `guesses` items held out. `numpy` says whether our guess
    used NumPy."""

    ours: GuessScore
    peers: dict[str, GuessScore]
    learned: int
    tested: int
    guesses: int
    numpy: bool


def evaluate_guess(
    baskets: Sequence[Basket],
    tell: Callable[[int, int], None] = lambda done, of: None,
    numpy: bool | None = None,
    peers: Mapping[str, Learn] = PLAIN_RULES,
) -> Evaluation | None:
    """Learn from the first 80 % of the days, guess in the rest. Returns None when there is nothing to learn or to
    guess.

    `tell` is called with the number of steps done and the number of all steps. `numpy` says whether to use NumPy; None
    uses it where it is installed.
    """
    numpy = has_numpy() if numpy is None else numpy
    learn, test = split_in_time(baskets)
    cases = held_out(test, MOST_GUESSES)
    numbers = most_sold(learn, MOST_ITEMS)
    if len(numbers) < 2 or not cases:
        return None
    known = renumbered(learn, numbers)
    cases = [_renumbered(case, numbers) for case in cases]
    ways: Mapping[str, Learn] = {"ours": Guess, **peers}
    scores = {}
    for done, (name, way) in enumerate(ways.items()):
        tell(done, len(ways))
        scores[name] = _score(way(known, len(numbers), numpy), cases, len(numbers))
    tested = len({case.order for case in cases})
    return Evaluation(scores.pop("ours"), scores, len(learn), tested, len(cases), numpy)


def _renumbered(case: HeldOut, numbers: Mapping[int, int]) -> HeldOut:
    """The case in new numbers. An item to be guessed that has none gets the number after the last; in `rest` it is left
    out."""
    rest = tuple(numbers[item] for item in case.rest if item in numbers)
    return HeldOut(case.order, case.hour, rest, numbers.get(case.item, len(numbers)))


def _score(guesser: Guesser, cases: Sequence[HeldOut], beyond: int) -> GuessScore:
    places = [
        0 if case.item == beyond else _place(guesser.scores(case.rest, case.hour), case.item, case.rest)
        for case in cases
    ]
    orders = [case.order for case in cases]
    return GuessScore(
        _estimate([float(place == 1) for place in places], orders),
        _estimate([float(1 <= place <= 3) for place in places], orders),
        _estimate([1 / place if place else 0.0 for place in places], orders),
    )


def _place(scores: Sequence[float], item: int, rest: Sequence[int]) -> int:
    """The place of an item, from 1, among all that are not in the order. Of equal scores the better seller, which has
    the lower number, goes first."""
    mine = scores[item]
    ahead = sum([score > mine for score in scores]) + scores[:item].count(mine)
    return 1 + ahead - sum([scores[other] > mine or (scores[other] == mine and other < item) for other in rest])


def _estimate(values: Sequence[float], orders: Sequence[int]) -> Estimate:
    """The mean in percent. Guesses of one order are not independent, so the interval is over orders."""
    mean = sum(values) / len(values)
    apart: dict[int, float] = {}
    for value, order in zip(values, orders, strict=True):
        apart[order] = apart.get(order, 0.0) + value - mean
    wide = NORMAL_95 * sqrt(sum(entry**2 for entry in apart.values())) / len(values)
    return Estimate(100 * mean, 100 * max(0.0, mean - wide), 100 * min(1.0, mean + wide))
