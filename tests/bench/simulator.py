"""Plays orders under several ways of choosing the offer, and counts what each one leaves on the counter."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from math import sqrt
from typing import Protocol

from pos.domain.value import value
from pos.insights.intervals import Interval, PairSums, ratio_of


@value
class Option:
    """An offer of a thing that may be made in a visit: what a yes leaves before VAT and adds to the total (øre), and
    how likely one is, which only the oracle may look at. `popularity` is how often the thing is bought, `confidence`
    how often with what is in the order; `prior` is the chance that is taken before anybody was asked; `second` says
    that the order has one of its sort already; `kind` is the question that it is made in."""

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
        """What asking is expected to leave."""
        return self.chance * self.margin


@value
class Visit:
    """A customer: the part of the day, what the order comes to unasked (øre), and for each question what may be
    asked, in the manager's order."""

    context: str
    total: int
    questions: tuple[tuple[Option, ...], ...]


class Policy(Protocol):
    """A way of choosing."""

    def choose(self, context: str, options: Sequence[Option]) -> int | None:
        """The place of the option to ask for; None to ask nothing."""
        ...

    def learn(self, context: str, option: Option, yes: bool) -> None:
        """What became of it."""
        ...


@value
class Played:
    """What a policy came to: øre of margin and of regret an order, and the uplift, over so many orders."""

    orders: int
    margin: float
    regret: float
    uplift: float


Change = Callable[[Option, str], Option]
"""The option as customers take it once their tastes have changed, in a context."""


def play(visits: Sequence[Visit], policy: Policy, orders: int, seed: int, change: Change | None = None) -> Played:
    """Let so many customers come, drawn from the visits. The same seed brings the same customers to every policy, in
    the same mood; with a change their tastes are others from halfway on."""
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
        """Nothing."""
        return None

    def learn(self, context: str, option: Option, yes: bool) -> None:
        """There is nothing to learn."""


class Ranked(Silent):
    """Asks for what a fixed figure puts first; of equals the manager's order decides."""

    def __init__(self, figure: Callable[[Option], float]) -> None:
        self._figure = figure

    def choose(self, context: str, options: Sequence[Option]) -> int | None:
        """The one with the highest figure."""
        return max(range(len(options)), key=lambda place: (self._figure(options[place]), -place))


class AtRandom(Silent):
    """Asks for any that may be asked."""

    def __init__(self, seed: int) -> None:
        self._draws = random.Random(seed)

    def choose(self, context: str, options: Sequence[Option]) -> int | None:
        """Any of them."""
        return self._draws.randrange(len(options))


FIXED: dict[str, Callable[[int], Policy]] = {
    "no asking": lambda seed: Silent(),
    "always the first": lambda seed: Ranked(lambda option: 0.0),
    "random eligible": AtRandom,
    "popularity": lambda seed: Ranked(lambda option: option.popularity),
    "confidence × margin": lambda seed: Ranked(lambda option: option.confidence * option.margin),
    "oracle": lambda seed: Ranked(lambda option: option.worth),
}
"""The ways of choosing that learn nothing, by name; each is made with a seed."""


def mean_over_runs(values: Iterable[float]) -> Interval:
    """The mean over runs with different seeds, with Student's 95 % interval."""
    found = list(values)
    mean = sum(found) / len(found)
    if len(found) < 2:
        return Interval(mean, mean, mean, len(found))
    spread = sqrt(sum((value - mean) ** 2 for value in found) / (len(found) - 1))
    wide = STUDENT_95.get(len(found) - 1, 1.96) * spread / sqrt(len(found))
    return Interval(mean, mean - wide, mean + wide, len(found))


def ratio_over_runs(ours: Sequence[float], theirs: Sequence[float]) -> Interval | None:
    """How our figure stands to theirs, run by run on the same customers; None where theirs is nothing."""
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
"""By degrees of freedom."""
