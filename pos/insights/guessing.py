"""How well ways of guessing do on orders that came after those they learned from, ours beside its peers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from pos.insights.baskets import Basket, HeldOut, held_out, most_sold, renumbered, split_in_time
from pos.insights.ease import has_numeric
from pos.insights.peers import PEERS, Guesser, counted, pmi_with_ease
from pos.insights.together import fading

HALF_LIFE_DAYS = 365.0
"""One setting for every history: an order of a year ago counts half."""

MOST_ITEMS = 1000
"""The most sold are guessed; an item beyond them is a miss for everybody."""

MOST_GUESSES = 25_000
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


def learn_ours(baskets: Sequence[Basket], size: int) -> Guesser:
    """Our way of guessing: learned where the numeric extra is there, else counted; recent orders count for more."""
    last = max((basket.minute for basket in baskets), default=0)
    weigh = fading(last, HALF_LIFE_DAYS)
    if not has_numeric():
        return pmi_with_ease(counted(baskets, size, weigh))
    from pos.insights.softmax import learn_guess

    return learn_guess(baskets, size, weigh)


def contest(baskets: Sequence[Basket], tell: Callable[[str], None] = lambda _: None) -> Contest | None:
    """Learn from the first 80 % of the days, guess in the rest; None when there is nothing to learn or to guess.

    `tell` is called with the name of each way of guessing as its turn comes.
    """
    learn, test = split_in_time(baskets)
    cases = held_out(test, MOST_GUESSES)
    numbers = most_sold(learn, MOST_ITEMS)
    if len(numbers) < 2 or not cases:
        return None
    known = renumbered(learn, numbers)
    beyond = len(numbers)
    cases = [
        HeldOut(
            case.order,
            case.hour,
            tuple(numbers[item] for item in case.rest if item in numbers),
            numbers.get(case.item, beyond),
        )
        for case in cases
    ]
    found = {}
    for name, way in {"ours": learn_ours, **PEERS}.items():
        tell(name)
        found[name] = _score(way(known, len(numbers)), cases, beyond)
    tested = len({case.order for case in cases})
    return Contest(found.pop("ours"), found, len(known), tested, len(cases), has_numeric())


def _score(guesser: Guesser, cases: Sequence[HeldOut], beyond: int) -> Score:
    places = [0 if case.item == beyond else _place(guesser, case) for case in cases]
    orders = [case.order for case in cases]
    return Score(
        _estimate([float(place == 1) for place in places], orders),
        _estimate([float(1 <= place <= 3) for place in places], orders),
        _estimate([1 / place if place else 0.0 for place in places], orders),
    )


def _place(guesser: Guesser, case: HeldOut) -> int:
    """The place of the item held out among all that are not in the order; of equals the more popular goes first."""
    scores = guesser.scores(case.rest, case.hour)
    mine = scores[case.item]
    ahead = sum([score > mine for score in scores]) + sum([score == mine for score in scores[: case.item]])
    ahead -= sum(scores[item] > mine or (scores[item] == mine and item < case.item) for item in case.rest)
    return 1 + ahead


def _estimate(values: Sequence[float], orders: Sequence[int]) -> Estimate:
    """The mean in percent; guesses of one order hang together, so the interval is over orders, not over guesses."""
    mean = sum(values) / len(values)
    apart: dict[int, float] = {}
    for value, order in zip(values, orders, strict=True):
        apart[order] = apart.get(order, 0.0) + value - mean
    wide = NORMAL_95 * sqrt(sum(entry**2 for entry in apart.values())) / len(values)
    return Estimate(100 * mean, 100 * max(0.0, mean - wide), 100 * min(1.0, mean + wide))
