"""The verb of prices: a new one from now on, at the counter."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.errors import Refused
from pos.domain.menu.items import MenuItem, ServingMode, Sku
from pos.domain.money import ZERO, Money
from pos.domain.people import Right
from pos.register.gate import Change, given
from pos.register.needs import allowed, nothing
from pos.register.scene import Scene
from pos.store.menu.menu import PriceSet, Published

LARGEST_PRICE = Money(10_000_000)
"""As in a menu file."""


@given(allowed(Right.CHANGE_PRICE, nothing))
def change_price(scene: Scene, _: None, sku: Sku, price: Money) -> Change[MenuItem]:
    """An item costs something else from now on, at every till; the item as it was before.

    Where it has a price of its own to take away, the one that the open order is served at changes. An open order
    follows at once, as it follows a menu that is loaded. The menu file knows nothing of it: `pos menu export` does.
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
