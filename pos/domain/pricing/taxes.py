"""Taxes: what they are called, their rates, and what each takes of an amount."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from pos.domain.menu.items import ServingMode, VatClass
from pos.domain.money import Money, half_up, total
from pos.domain.value import value

MILLION = 1_000_000


class Tax(NamedTuple):
    """A tax: its id, and its rate in parts per million (150,000 is 15 %). The menu's prices have it in them, unless it
    comes `on_top`. Another rate is another tax, with an id of its own."""

    id: str
    ppm: int
    on_top: bool = False


Taxes: TypeAlias = tuple[Tax, ...]
"""The taxes on goods of one kind, by id. Each is reckoned on the price without any tax."""

TaxRules: TypeAlias = Callable[[VatClass, ServingMode | None], Taxes]
"""The taxes on a class of goods in a serving mode, on the day of the sale."""


@value
class TaxAmount:
    """What a tax takes."""

    tax: Tax
    amount: Money


@value
class Taxed:
    """Goods with the same taxes: what the menu says for them (`price`), and what each tax takes."""

    price: Money
    taxes: tuple[TaxAmount, ...] = ()

    @property
    def tax(self) -> Money:
        """All taxes together."""
        return total(entry.amount for entry in self.taxes)

    @property
    def on_top(self) -> Money:
        """The taxes that come on top of the price."""
        return total(entry.amount for entry in self.taxes if entry.tax.on_top)

    @property
    def due(self) -> Money:
        """What has to be paid."""
        return self.price + self.on_top

    @property
    def net(self) -> Money:
        """The price without tax."""
        return self.due - self.tax

    @property
    def levied(self) -> Taxes:
        """The taxes without their amounts."""
        return tuple([entry.tax for entry in self.taxes])


@value
class TaxRow:
    """What one tax takes of a whole: `net` is the amount without any tax on which it is reckoned."""

    tax: Tax
    net: Money
    amount: Money

    @property
    def gross(self) -> Money:
        """The amount with this tax."""
        return self.net + self.amount

    def __neg__(self) -> TaxRow:
        return TaxRow(self.tax, -self.net, -self.amount)


def tax_rows(parts: Iterable[Taxed]) -> tuple[TaxRow, ...]:
    """A row for each tax, the highest rate first."""
    sums: dict[Tax, tuple[int, int]] = {}
    for part in parts:
        net = part.price.minor - sum([entry.amount.minor for entry in part.taxes if not entry.tax.on_top])
        for entry in part.taxes:
            before, amount = sums.get(entry.tax, (0, 0))
            sums[entry.tax] = before + net, amount + entry.amount.minor
    rates = sorted(sums, key=lambda tax: (-tax.ppm, tax.id))
    return tuple([TaxRow(tax, Money(sums[tax][0]), Money(sums[tax][1])) for tax in rates])


def on_top(rows: Iterable[TaxRow]) -> list[TaxRow]:
    """Those of the taxes that come on top of the menu's prices."""
    return [row for row in rows if row.tax.on_top]


def whole_of(taxes: Taxes) -> int:
    """How many millionths of the price without tax the menu's price is."""
    return MILLION + sum([tax.ppm for tax in taxes if not tax.on_top])


def tax_in(price: Money, taxes: Taxes) -> Money:
    """The taxes that are in a price, each rounded half up."""
    whole = whole_of(taxes)
    return Money(sum([half_up(price.minor * tax.ppm, whole) for tax in taxes if not tax.on_top]))
