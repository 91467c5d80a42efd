"""Margins: the price without VAT, less the cost, of an item or an order."""

from __future__ import annotations

from collections.abc import Mapping

from pos.domain.menu.items import ITEM_VAT_CLASSES, ServingMode, Sku, VatClass
from pos.domain.menu.menu import Menu
from pos.domain.money import Money
from pos.domain.pricing.price import Priced, VatRates, vat_in


class Margins(dict[Sku, int]):
    """The margin of each item in øre, in a serving mode at some rates; computed when first looked up."""

    def __init__(self, menu: Menu, mode: ServingMode | None, rates: Mapping[VatClass, int]) -> None:
        super().__init__()
        self._menu = menu
        self._mode = mode
        self._rates = rates

    def __missing__(self, sku: Sku) -> int:
        item = self._menu.items[sku]
        gross = item.price_in(self._mode)
        self[sku] = margin = (gross - vat_in(gross, self._rates[item.vat]) - item.cost).minor
        return margin


def margins_of(menu: Menu, mode: ServingMode | None, rates: VatRates) -> Mapping[Sku, int]:
    """The margins on a menu, cached with it: a hundred are compared for each question."""
    by_class = [rates(vat, mode) for vat in ITEM_VAT_CLASSES]
    key = (mode, *by_class)
    found = menu.margins.get(key)
    if found is None:
        menu.margins[key] = found = Margins(menu, mode, dict(zip(ITEM_VAT_CLASSES, by_class, strict=True)))
    return found


def margin_left(priced: Priced, menu: Menu) -> Money:
    """The margin of a priced order: its goods without VAT, less the costs of its items and modifiers."""
    cost = 0
    for line in (entry.line for entry in priced.lines):
        extra = sum(menu.modifiers[modifier].cost.minor for modifier in line.modifiers)
        cost += (menu.items[line.sku].cost.minor + extra) * line.quantity
    if priced.deposits:
        cost += sum([entry.deposit.net.minor for entry in priced.lines if entry.deposit is not None])
    return Money(priced.total.minor - priced.vat.minor - cost)
