"""A pair of items that are often bought together, with how often, and how sure that is."""

from __future__ import annotations

from math import sqrt

from pos.domain.value import value

SHRINK = 10.0
"""This many orders, distributed by chance, are added to every pair, so that the lift of few orders stays near one."""

FEWEST_TOGETHER = 10
LEAST_LIFT = 1.2
"""A pair is proposed if, 95 % sure, it occurs at least this many times as often as by chance."""

NORMAL_95 = 1.96


@value
class Proposal:
    """*Who takes the trigger takes the offered*: of `orders`, `triggers` contained the one, `offereds` the other and
    `together` both."""

    trigger: str
    offered: str
    orders: int
    triggers: int
    offereds: int
    together: int

    @property
    def support(self) -> float:
        """The share of all orders with both."""
        return self.together / self.orders

    @property
    def confidence(self) -> float:
        """The share of the orders with the trigger that also have the offered."""
        return self.together / self.triggers

    @property
    def expected(self) -> float:
        """How many orders would have both by chance."""
        return self.triggers * self.offereds / self.orders

    @property
    def raw_lift(self) -> float:
        """How many times as often as by chance, as counted."""
        return self.together / self.expected

    @property
    def lift(self) -> float:
        """How many times as often as by chance, shrunk towards one."""
        return (self.together + SHRINK) / (self.expected + SHRINK)

    @property
    def lift_interval(self) -> tuple[float, float]:
        """The 95 % interval of the lift (Gamma posterior, Wilson and Hilferty's approximation)."""
        shape = self.together + SHRINK
        low, high = (
            shape * (1 - 1 / (9 * shape) + z / (3 * sqrt(shape))) ** 3 / (self.expected + SHRINK)
            for z in (-NORMAL_95, NORMAL_95)
        )
        return low, high

    @property
    def interest(self) -> float:
        """The lower end of the interval of the lift."""
        return self.lift_interval[0]

    @property
    def score(self) -> float:
        """The chance that a customer with the trigger takes the offered: its share of all orders times the shrunk
        lift."""
        return min(1.0, self.lift * self.offereds / self.orders)

    @property
    def is_sure(self) -> bool:
        """Whether it is more than chance and more than popularity."""
        return self.together >= FEWEST_TOGETHER and self.interest > LEAST_LIFT
