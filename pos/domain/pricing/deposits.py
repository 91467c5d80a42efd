"""Deposits on bottles and cans: paid on top of the goods, and given back.

A deposit is no price. It is part of the amount due, but of no discount, threshold, bundle, gain or margin: those are
computed from the goods before deposits are added. Its tax is the country's rule.
"""

from __future__ import annotations

from pos.domain.menu.items import MenuItem, ServingMode
from pos.domain.menu.menu import Menu
from pos.domain.money import Money
from pos.domain.order.order import LineItem, everything_in, new_line
from pos.domain.text import LocalText

DEPOSIT_NAME = LocalText("Pant", "Deposit")


def deposit_of_one(menu: Menu, line: LineItem) -> Money:
    """The deposits in one unit of a line, with those of a meal's fillings."""
    if not menu.deposits:
        return Money()
    return Money(sum([menu.deposits.get(item.sku, 0) for item in everything_in(menu, line)]))


def displayed_price(menu: Menu, item: MenuItem, mode: ServingMode | None) -> Money:
    """The price of one as a tile rings it, with its deposit: a displayed price must include everything to pay. Source:
    prisopplysningsforskriften § 3."""
    return item.price_in(mode) + (deposit_of_one(menu, new_line(menu, item)) if menu.deposits else Money())
