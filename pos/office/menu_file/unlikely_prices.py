"""Prices that are mistakes unless the file says that they are meant: a step up to a lower price, a useless bundle.

The counter may set such a price (a large portion for less, this evening), so an export has to be able to say it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pos.domain.menu.incentives import Bundle, BundlePart
from pos.domain.menu.items import MenuItem, ServingMode, Sku
from pos.domain.menu.paths import Step, UpgradePath
from pos.domain.money import Money, total
from pos.domain.value import value

MAY_FALL = "may_fall"
"""The key of a step whose price may be lower than that of the step before."""
MAY_SAVE_NOTHING = "may_save_nothing"
"""The key of a bundle whose price may be higher than that of its parts."""


@value
class PriceFall:
    """A step of a path (by its index) that costs less than an item on the step before, in one serving mode."""

    step: int
    item: MenuItem
    other: MenuItem
    dear: Money
    cheap: Money


def price_falls(
    path: UpgradePath, items: Mapping[Sku, MenuItem], members: Mapping[str, Sequence[MenuItem]]
) -> Iterator[PriceFall]:
    """Every fall of the price along a path. `members` are the items of each category. Modifiers, and steps that refer
    to nothing, are passed over."""
    before: Sequence[MenuItem] = ()
    for index, step in enumerate(path.steps):
        here = _on_step(step, items, members)
        if here and index:
            for lower in before:
                for mode in (ServingMode.EAT_IN, ServingMode.TAKE_AWAY):
                    dear, cheap = lower.price_in(mode), here[0].price_in(mode)
                    if dear > cheap:
                        yield PriceFall(index, lower, here[0], dear, cheap)
        before = here or before


def _on_step(
    step: Step, items: Mapping[Sku, MenuItem], members: Mapping[str, Sequence[MenuItem]]
) -> Sequence[MenuItem]:
    if step.category is not None:
        return members.get(step.category, ())
    item = items.get(step.sku or "")
    return () if item is None else (item,)


def by_category(items: Iterable[MenuItem], categories: Iterable[str]) -> dict[str, list[MenuItem]]:
    """The items of each category."""
    members: dict[str, list[MenuItem]] = {category: [] for category in categories}
    for item in items:
        members.setdefault(item.category, []).append(item)
    return members


def bundle_candidates(
    part: BundlePart, items: Mapping[Sku, MenuItem], members: Mapping[str, Sequence[MenuItem]]
) -> list[MenuItem]:
    """The items that may fill a part: only items outside of meals."""
    if part.category is not None:
        found: Iterable[MenuItem] = members.get(part.category, ())
    else:
        found = (items[sku] for sku in part.skus if sku in items)
    return [item for item in found if item.meal is None]


def cheapest_parts(bundle: Bundle, candidates: Sequence[Sequence[MenuItem]]) -> Money | None:
    """What the parts of a bundle cost at least one by one; None if nothing fills one of them."""
    if not all(candidates):
        return None
    parts = zip(bundle.parts, candidates, strict=True)
    return total(min(item.price for item in items) * part.quantity for part, items in parts)
