"""Margins: the price without tax, less the cost, of an item or an order."""

from __future__ import annotations

from collections.abc import Mapping

from pos.domain.menu.items import ITEM_VAT_CLASSES, ServingMode, Sku, VatClass
from pos.domain.menu.menu import Menu
from pos.domain.money import Money
from pos.domain.pricing.price import Priced
from pos.domain.pricing.taxes import Taxes, TaxRules, tax_in


class Margins(dict[Sku, int]):
    """The margin of each item in øre, in a serving mode with some taxes; computed when first looked up."""

    def __init__(self, menu: Menu, mode: ServingMode | None, taxes: Mapping[VatClass, Taxes]) -> None:
        super().__init__()
        self._menu = menu
        self._mode = mode
        self._taxes = taxes

    def __missing__(self, sku: Sku) -> int:
        item = self._menu.items[sku]
        price = item.price_in(self._mode)
        self[sku] = margin = (price - tax_in(price, self._taxes[item.vat]) - item.cost).minor
        return margin


def margins_of(menu: Menu, mode: ServingMode | None, rules: TaxRules) -> Mapping[Sku, int]:
    """The margins on a menu, cached with it: a hundred are compared for each question."""
    by_class = [rules(vat, mode) for vat in ITEM_VAT_CLASSES]
    key = (mode, *by_class)
    found = menu.margins.get(key)
    if found is None:
        menu.margins[key] = found = Margins(menu, mode, dict(zip(ITEM_VAT_CLASSES, by_class, strict=True)))
    return found


def margin_left(priced: Priced, menu: Menu) -> Money:
    """The margin of a priced order: its goods without tax, less the costs of its items and modifiers."""
    cost = 0
    for line in (entry.line for entry in priced.lines):
        extra = sum(menu.modifiers[modifier].cost.minor for modifier in line.modifiers)
        cost += (menu.items[line.sku].cost.minor + extra) * line.quantity
    if priced.deposits:
        cost += sum([entry.deposit.net.minor for entry in priced.lines if entry.deposit is not None])
    return Money(priced.total.minor - priced.tax.minor - cost)
