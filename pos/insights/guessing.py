"""How well ways of guessing do on orders that came after those they learned from, ours beside its peers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from pos.insights.baskets import Basket, HeldOut, held_out, most_sold, renumbered, split_in_time
from pos.insights.blend import learn_blend
from pos.insights.ease import has_numeric
from pos.insights.lesson import Lesson
from pos.insights.peers import PEERS
from pos.insights.rows import Guesser, place

MOST_ITEMS = 1000
"""The most sold are guessed; an item beyond them is a miss for everybody."""

MOST_GUESSES, MOST_WITHOUT_NUMPY = 25_000, 8_000
NORMAL_95 = 1.96


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean in percent, and its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Score:
    """How often the item held out was the first guess, or among the first three, and the mean of 1/place."""

    hit1: Estimate
    hit3: Estimate
    mrr: Estimate


@dataclass(frozen=True, slots=True)
class Contest:
    """What a test came to: `learned` and `tested` are orders, `guesses` items held out."""

    ours: Score
    peers: dict[str, Score]
    learned: int
    tested: int
    guesses: int
    numeric: bool


def contest(
    baskets: Sequence[Basket], tell: Callable[[int, int], None] = lambda done, of: None, numeric: bool | None = None
) -> Contest | None:
    """Learn from the first 80 % of the days, guess in the rest; None when there is nothing to learn or to guess.

    `tell` is called with how many of how many steps are done; `numeric` says whether to use NumPy, None: where it is.
    """
    numeric = has_numeric() if numeric is None else numeric
    learn, test = split_in_time(baskets)
    cases = held_out(test, MOST_GUESSES if numeric else MOST_WITHOUT_NUMPY)
    numbers = most_sold(learn, MOST_ITEMS)
    if len(numbers) < 2 or not cases:
        return None
    lesson = Lesson(renumbered(learn, numbers), len(numbers), numeric)
    cases = [_renumbered(case, numbers) for case in cases]
    ways = {"ours": learn_blend, **PEERS}
    found = {}
    for done, (name, way) in enumerate(ways.items()):
        tell(done, len(ways))
        found[name] = _score(way(lesson), cases, lesson.size)
    tested = len({case.order for case in cases})
    return Contest(found.pop("ours"), found, len(learn), tested, len(cases), numeric)


def _renumbered(case: HeldOut, numbers: dict[int, int]) -> HeldOut:
    """In new numbers; an item that has none is one beyond the last."""
    rest = tuple(numbers[item] for item in case.rest if item in numbers)
    return HeldOut(case.order, case.hour, rest, numbers.get(case.item, len(numbers)))


def _score(guesser: Guesser, cases: Sequence[HeldOut], beyond: int) -> Score:
    places = [
        0 if case.item == beyond else place(guesser.scores(case.rest, case.hour), case.item, case.rest)
        for case in cases
    ]
    orders = [case.order for case in cases]
    return Score(
        _estimate([float(place == 1) for place in places], orders),
        _estimate([float(1 <= place <= 3) for place in places], orders),
        _estimate([1 / place if place else 0.0 for place in places], orders),
    )


def _estimate(values: Sequence[float], orders: Sequence[int]) -> Estimate:
    """The mean in percent; guesses of one order hang together, so the interval is over orders, not over guesses."""
    mean = sum(values) / len(values)
    apart: dict[int, float] = {}
    for value, order in zip(values, orders, strict=True):
        apart[order] = apart.get(order, 0.0) + value - mean
    wide = NORMAL_95 * sqrt(sum(entry**2 for entry in apart.values())) / len(values)
    return Estimate(100 * mean, 100 * max(0.0, mean - wide), 100 * min(1.0, mean + wide))
