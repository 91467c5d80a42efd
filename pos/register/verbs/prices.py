"""The verb that changes a price at the counter."""

from __future__ import annotations

from pos.domain.errors import Refused
from pos.domain.menu.items import MenuItem, ServingMode, Sku
from pos.domain.money import ZERO, Money
from pos.domain.people import Right
from pos.domain.value import replace
from pos.register.gate import Change, given
from pos.register.needs import allowed, nothing
from pos.register.scene import Scene
from pos.store.menu.menu import PriceSet, Published

LARGEST_PRICE = Money(10_000_000)
"""The same as in a menu file."""


@given(allowed(Right.CHANGE_PRICE, nothing))
def change_price(scene: Scene, _: None, sku: Sku, price: Money) -> Change[MenuItem]:
    """Change the price of an item at every till. Returns the item as it was before.

    If the item has a price of its own for take-away, the price of the open order's serving mode changes. The open order
    follows at once, as it follows a new menu. The menu file is not changed: `pos menu export` writes the new price.
    Refused: `item-gone`, `price-impossible`.
    """
    menu = scene.store.menu.load(retired=False)
    item = menu.items.get(sku)
    if item is None:
        raise Refused("item-gone")
    check_price(price)
    mode = scene.order.serving_mode
    if price == item.price_in(mode):
        return Change(item)
    changed = _priced(item, mode, price)
    menu = replace(menu, items={**menu.items, sku: changed})
    draft = scene.store.menu.draft(menu, scene.store.menu.pairings(), scene.now)
    facts = (Published(draft, len(menu.items), ""), PriceSet(sku, item.price_in(mode), price))
    return Change(item, facts=facts, concerns_all=True)


def check_price(price: Money) -> None:
    """Raises `Refused` `price-impossible` for what no item can cost."""
    if not ZERO < price <= LARGEST_PRICE:
        raise Refused("price-impossible", most=LARGEST_PRICE)


def _priced(item: MenuItem, mode: ServingMode | None, price: Money) -> MenuItem:
    if mode is ServingMode.TAKE_AWAY and item.price_take_away is not None:
        return replace(item, price_take_away=price)
    return replace(item, price=price)
