"""A pair of things that a manager should hear of: how often they go together, and how sure that is."""

from __future__ import annotations

from math import sqrt

from pos.domain.value import value

SHRINK = 10.0
"""This many orders, spread as by chance, are added to every pair, so that a lift of few orders stays near one."""

FEWEST_TOGETHER = 10
LEAST_LIFT = 1.2
"""A pair is proposed when, 95 % sure, it comes at least this many times as often as by chance."""

NORMAL_95 = 1.96


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
    def interest(self) -> float:
        """How many times chance it surely is: the lower end of the interval of the lift."""
        return self.lift_interval[0]

    @property
    def score(self) -> float:
        """How likely a customer with the trigger takes the offered: its share of all orders times the shrunk lift."""
        return min(1.0, self.lift * self.offereds / self.orders)

    @property
    def is_sure(self) -> bool:
        """Whether it is more than luck and more than popularity."""
        return self.together >= FEWEST_TOGETHER and self.interest > LEAST_LIFT
