"""What one of each item leaves: its price without VAT, less its cost."""

from __future__ import annotations

from collections.abc import Mapping

from pos.domain.items import ServingMode, Sku, VatClass
from pos.domain.menu import Menu
from pos.domain.price import VatRates, vat_in


class Margins(dict[Sku, int]):
    """The margin of each item in øre, in one serving mode at one set of rates; worked out when first looked up."""

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
    """The margins on a menu, kept with it: a hundred of them are compared for each question."""
    by_class = {vat: rates(vat, mode) for vat in VatClass}
    key = (mode, *by_class.values())
    if key not in menu.margins:
        menu.margins[key] = Margins(menu, mode, by_class)
    return menu.margins[key]
