"""Which pairs of things go together so often that a manager should hear of it, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import sqrt

from pos.domain.value import value

SHRINK = 10.0
"""So many orders as chance gives are added to every pair: a lift of few orders stays near one."""

FEWEST_TOGETHER = 10
LEAST_LIFT = 1.2
"""A pair is proposed when, 95 % sure, it comes at least this many times as often as by chance."""

MOST_OF_A_TRIGGER = 3
MOST_PROPOSED = 100
NORMAL_95 = 1.96

NO_GUESS: Mapping[tuple[str, str], float] = {}


@value
class Proposal:
    """*Who takes the trigger takes the offered*: of `orders`, `triggers` held the one, `offereds` the other and
    `together` both."""

    trigger: str
    offered: str
    orders: int
    triggers: int
    offereds: int
    together: int

    @property
    def support(self) -> float:
        """The share of all orders that hold both."""
        return self.together / self.orders

    @property
    def confidence(self) -> float:
        """The share of the orders with the trigger that hold the offered, too."""
        return self.together / self.triggers

    @property
    def expected(self) -> float:
        """How many orders would hold both by chance."""
        return self.triggers * self.offereds / self.orders

    @property
    def raw_lift(self) -> float:
        """How many times chance it is, as counted."""
        return self.together / self.expected

    @property
    def lift(self) -> float:
        """How many times chance it is, shrunk towards one."""
        return (self.together + SHRINK) / (self.expected + SHRINK)

    @property
    def lift_interval(self) -> tuple[float, float]:
        """Where the lift lies, 95 % sure (Gamma posterior, Wilson and Hilferty's approximation)."""
        shape = self.together + SHRINK
        low, high = (
            shape * (1 - 1 / (9 * shape) + z / (3 * sqrt(shape))) ** 3 / (self.expected + SHRINK)
            for z in (-NORMAL_95, NORMAL_95)
        )
        return low, high

    @property
    def score(self) -> float:
        """How likely a customer with the trigger takes the offered: its share of all orders times the shrunk lift."""
        return min(1.0, self.lift * self.offereds / self.orders)

    @property
    def is_sure(self) -> bool:
        """Whether it is more than luck and more than popularity."""
        return self.together >= FEWEST_TOGETHER and self.lift_interval[0] > LEAST_LIFT


def proposals(orders: int, kins: Mapping[int, tuple[str, int]], pairs: Mapping[tuple[int, int], int]) -> list[Proposal]:
    """Every sure pair, in both directions; `kins` gives names and orders by number, `pairs` the orders with both."""
    found = []
    for (one, other), together in pairs.items():
        if together >= FEWEST_TOGETHER:
            for trigger, offered in ((kins[one], kins[other]), (kins[other], kins[one])):
                proposal = Proposal(trigger[0], offered[0], orders, trigger[1], offered[1], together)
                if proposal.is_sure:
                    found.append(proposal)
    return found


def best_of(found: Iterable[Proposal], guessed: Mapping[tuple[str, str], float] = NO_GUESS) -> list[Proposal]:
    """The few likeliest of each trigger, those that concern most orders beyond chance first. How likely the offered
    thing is beside the trigger tells our guess; the score where it was not asked."""
    by_trigger: dict[str, list[Proposal]] = {}
    ranked = sorted(found, key=lambda one: (-guessed.get((one.trigger, one.offered), one.score), one.offered))
    for proposal in ranked:
        kept = by_trigger.setdefault(proposal.trigger, [])
        if len(kept) < MOST_OF_A_TRIGGER:
            kept.append(proposal)
    together = [proposal for kept in by_trigger.values() for proposal in kept]
    together.sort(key=lambda one: (one.expected - one.together, one.trigger, one.offered))
    return together[:MOST_PROPOSED]


def share_interval(hits: int, of: int, normal: float = NORMAL_95) -> tuple[float, float]:
    """Wilson's interval of a share; 95 % sure unless another number of standard deviations is given."""
    if not of:
        return 0.0, 1.0
    share, square = hits / of, normal**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    wide = normal * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return middle - wide, middle + wide
