"""Plays orders under several policies that choose the offer, and adds up the margin that each one earns."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from math import sqrt
from typing import Protocol

from pos.domain.value import value
from pos.insights.intervals import Interval, PairSums, ratio_of


@value
class Option:
    """An offer that may be made in a visit. A yes earns `margin` before VAT and adds `gain` to the total, both in øre.
    `chance` is the chance of a yes; only the oracle may use it. `popularity` is how often the thing is bought,
    `confidence` how often with a thing in the order. `prior` is the chance assumed before anybody was asked. `second`
    says that the order already has an item of its category. `kind` is the question in which the offer is made."""

    id: str
    thing: str
    margin: int
    gain: int
    chance: float
    popularity: float = 0.0
    confidence: float = 0.0
    prior: float = 0.17
    second: bool = False
    kind: str = "cross_sell"

    @property
    def worth(self) -> float:
        """The margin expected of asking."""
        return self.chance * self.margin


@value
class Visit:
    """A customer's visit: the part of the day, the order's total without any offer (øre), and for each question the
    eligible offers, in the manager's order."""

    context: str
    total: int
    questions: tuple[tuple[Option, ...], ...]


class Policy(Protocol):
    """A way of choosing the offer."""

    def choose(self, context: str, options: Sequence[Option]) -> int | None:
        """Returns the place of the option to ask for, or None to ask nothing."""
        ...

    def learn(self, context: str, option: Option, yes: bool) -> None:
        """Learn the answer to an option that was asked."""
        ...


@value
class Played:
    """The result of a policy: its margin and regret in øre an order, and its uplift, over so many orders."""

    orders: int
    margin: float
    regret: float
    uplift: float


Change = Callable[[Option, str], Option]
"""Returns an option as it is in a context after the customers' tastes have changed."""


def play(visits: Sequence[Visit], policy: Policy, orders: int, seed: int, change: Change | None = None) -> Played:
    """Play that many orders, drawn from the visits. The same seed brings the same customers in the same moods to every
    policy. With a change, their tastes change halfway."""
    draws = random.Random(seed)
    margin = regret = gain = total = 0.0
    for number in range(orders):
        visit = visits[draws.randrange(len(visits))]
        total += visit.total
        turned = change if 2 * number >= orders else None
        for asked in visit.questions:
            mood = draws.random()
            if not asked:
                continue
            options = asked if turned is None else tuple([turned(option, visit.context) for option in asked])
            place = policy.choose(visit.context, options)
            best = max([option.worth for option in options])
            if place is None:
                regret += max(0.0, best)
                continue
            option = options[place]
            regret += best - option.worth
            yes = mood < option.chance
            policy.learn(visit.context, option, yes)
            if yes:
                margin += option.margin
                gain += option.gain
    return Played(orders, margin / orders, regret / orders, gain / total if total else 0.0)


class Silent:
    """Asks nothing."""

    def choose(self, context: str, options: Sequence[Option]) -> int | None:
        """Returns None: it asks nothing."""
        return None

    def learn(self, context: str, option: Option, yes: bool) -> None:
        """Learns nothing."""


class Ranked(Silent):
    """Asks for the option with the highest figure. Between equals the manager's order decides."""

    def __init__(self, figure: Callable[[Option], float]) -> None:
        self._figure = figure

    def choose(self, context: str, options: Sequence[Option]) -> int | None:
        """Returns the place of the option with the highest figure."""
        return max(range(len(options)), key=lambda place: (self._figure(options[place]), -place))


class AtRandom(Silent):
    """Asks for a random eligible offer."""

    def __init__(self, seed: int) -> None:
        self._draws = random.Random(seed)

    def choose(self, context: str, options: Sequence[Option]) -> int | None:
        """Returns a random place."""
        return self._draws.randrange(len(options))


FIXED: dict[str, Callable[[int], Policy]] = {
    "no asking": lambda seed: Silent(),
    "always the first": lambda seed: Ranked(lambda option: 0.0),
    "random eligible": AtRandom,
    "popularity": lambda seed: Ranked(lambda option: option.popularity),
    "confidence × margin": lambda seed: Ranked(lambda option: option.confidence * option.margin),
    "oracle": lambda seed: Ranked(lambda option: option.worth),
}
"""The policies that learn nothing, by name. Each is made with a seed."""


def mean_over_runs(values: Iterable[float]) -> Interval:
    """Returns the mean over runs with different seeds, with Student's 95 % interval."""
    found = list(values)
    mean = sum(found) / len(found)
    if len(found) < 2:
        return Interval(mean, mean, mean, len(found))
    spread = sqrt(sum((value - mean) ** 2 for value in found) / (len(found) - 1))
    wide = STUDENT_95.get(len(found) - 1, 1.96) * spread / sqrt(len(found))
    return Interval(mean, mean - wide, mean + wide, len(found))


def ratio_over_runs(ours: Sequence[float], theirs: Sequence[float]) -> Interval | None:
    """Returns the ratio of our figure to theirs, paired by run on the same customers. None where theirs is zero."""
    return ratio_of(
        PairSums(
            len(ours),
            sum(ours),
            sum(theirs),
            sum(value * value for value in ours),
            sum(value * value for value in theirs),
            sum(a * b for a, b in zip(ours, theirs, strict=True)),
        )
    )


STUDENT_95 = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262}
"""Student's factor for a 95 % interval, by degrees of freedom."""
