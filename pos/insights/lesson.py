"""The orders that one run learns from, and what is counted in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pos.insights.baskets import Basket
from pos.insights.together import Together, Weigh, fading

HALF_LIFE_DAYS = 365.0
"""Where tastes may move an order of a year ago counts half; one setting for every history."""


@dataclass
class Lesson:
    """Orders over so many items, numbered by what sells most; with NumPy or without."""

    baskets: Sequence[Basket]
    size: int
    numeric: bool

    @cached_property
    def together(self) -> Together:
        """What was bought together in all orders, each counting as one."""
        return Together(self.baskets, self.size)

    @cached_property
    def several(self) -> list[Basket]:
        """The orders of two different things or more: only they tell what goes with what."""
        return [basket for basket in self.baskets if len(basket.items) > 1]

    @cached_property
    def weigh(self) -> Weigh:
        """How much an order counts, the older the less."""
        return fading(max((basket.minute for basket in self.baskets), default=0), HALF_LIFE_DAYS)

    @cached_property
    def lately(self) -> Together:
        """What was bought together in orders of several things, the older the less."""
        return Together(self.several, self.size, self.weigh)
