"""Past orders as sets of numbered items, and the split in time that a fair test of guessing needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pos.domain.value import value

MINUTES_A_DAY = 24 * 60


@value
class Basket:
    """The different items of one order, as numbers, and when it was: minutes since 1970 on the shop's own clock."""

    minute: int
    items: tuple[int, ...]

    @property
    def day(self) -> int:
        """The day, counted from 1970."""
        return self.minute // MINUTES_A_DAY

    @property
    def hour(self) -> int:
        """The hour of the day, 0 to 23."""
        return self.minute // 60 % 24


@value
class HeldOut:
    """One item of a test order to be guessed from the others; `order` tells which guesses belong together."""

    order: int
    hour: int
    rest: tuple[int, ...]
    item: int


def split_in_time(baskets: Iterable[Basket], share: float = 0.8) -> tuple[list[Basket], list[Basket]]:
    """The orders of the first `share` of the days that had orders, and the orders of the other days, both by time. With
    orders of one day only, there are no others."""
    ordered = sorted(baskets, key=lambda basket: basket.minute)
    days = sorted({basket.day for basket in ordered})
    if len(days) < 2:
        return ordered, []
    first_of_rest = days[max(1, int(len(days) * share))]
    learn = [basket for basket in ordered if basket.day < first_of_rest]
    return learn, ordered[len(learn) :]


def held_out(baskets: Sequence[Basket], most: int) -> list[HeldOut]:
    """Every item of every order with at least two different items, to be guessed from the rest of the order.

    When that is more than `most`, only every second order counts, or every third, and so on.
    """
    asked = [basket for basket in baskets if len(basket.items) > 1]
    step = 1 + sum(len(basket.items) for basket in asked) // most
    return [
        HeldOut(number, basket.hour, tuple(entry for entry in basket.items if entry != item), item)
        for number, basket in enumerate(asked[::step])
        for item in basket.items
    ]


def most_sold(baskets: Iterable[Basket], most: int) -> dict[int, int]:
    """The most sold items, numbered anew from 0, the most sold first; of two sold equally often, the lower number
    first."""
    counts = Counter(item for basket in baskets for item in basket.items)
    ranked = sorted(counts, key=lambda item: (-counts[item], item))
    return {item: place for place, item in enumerate(ranked[:most])}


def renumbered(baskets: Iterable[Basket], numbers: dict[int, int]) -> list[Basket]:
    """The orders with renumbered items. Items that have no new number are left out."""
    return [
        Basket(basket.minute, tuple(sorted([numbers[item] for item in basket.items if item in numbers])))
        for basket in baskets
    ]
