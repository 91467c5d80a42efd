"""Deposits: what the bottles and cans in an order cost on top of its goods, and give back.

A deposit is no price. It is in what is due and in no discount, threshold, bundle, gain or margin: all of these are
worked out of the goods before the deposits are added. What tax lies in it is the country's to say.
"""

from __future__ import annotations

from pos.domain.menu.items import MenuItem, ServingMode
from pos.domain.menu.menu import Menu
from pos.domain.money import Money
from pos.domain.order.order import LineItem, everything_in, new_line
from pos.domain.text import LocalText

DEPOSIT_NAME = LocalText("Pant", "Deposit")


def deposit_of_one(menu: Menu, line: LineItem) -> Money:
    """The deposits of all that is in one of a line, those of a meal's fillings included."""
    if not menu.deposits:
        return Money()
    return Money(sum([menu.deposits.get(item.sku, 0) for item in everything_in(menu, line)]))


def displayed_price(menu: Menu, item: MenuItem, mode: ServingMode | None) -> Money:
    """What one of an item costs as a tile rings it, its deposit included: whatever has to be paid is in a price that is
    shown. Source: prisopplysningsforskriften § 3."""
    return item.price_in(mode) + (deposit_of_one(menu, new_line(menu, item)) if menu.deposits else Money())
