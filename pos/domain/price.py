"""What an order costs: the one way to price it, for the screen, the question, the sale and the receipt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from pos.domain.cover import Deal, Unit, cheapest_cover
from pos.domain.incentives import Bundle, Incentive, Part, Threshold
from pos.domain.items import MenuItem, ServingMode, VatClass
from pos.domain.menu import Menu
from pos.domain.money import ZERO, Money, half_up, share_out, total
from pos.domain.order import LineItem, Order
from pos.domain.text import LocalText

BASIS_POINTS = 10_000

VatRates: TypeAlias = Callable[[VatClass, ServingMode | None], int]
"""The rate in basis points (1500 is 15 %) for a class and a serving mode, on the day of the sale."""


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its money: `unit_price` with modifiers and supplements, `gross` before and `total` after
    discounts, `vat` the part of the total that is tax at `rate` basis points."""

    line: LineItem
    unit_price: Money
    gross: Money
    discount: Money
    rate: int
    vat: Money

    @property
    def total(self) -> Money:
        """What the line costs the customer."""
        return self.gross - self.discount


@dataclass(frozen=True, slots=True)
class Discount:
    """What a bundle or threshold took off, with the name that the receipt shows."""

    id: str
    name: LocalText
    amount: Money
    is_threshold: bool = False


@dataclass(frozen=True, slots=True)
class VatRow:
    """One row of the tax summary; `gross` is net and tax together."""

    rate: int
    gross: Money
    vat: Money

    @property
    def net(self) -> Money:
        """What is left without the tax."""
        return self.gross - self.vat


@dataclass(frozen=True, slots=True)
class Priced:
    """An order with its money."""

    lines: tuple[PricedLine, ...]
    discounts: tuple[Discount, ...]
    total: Money
    vat: Money

    def line(self, line_id: int) -> PricedLine:
        """The priced line of that id; `KeyError` for a line that is not there."""
        for priced in self.lines:
            if priced.line.id == line_id:
                return priced
        raise KeyError(line_id)

    @property
    def vat_rows(self) -> tuple[VatRow, ...]:
        """One row a rate, the highest first; they add up to the lines."""
        rates = sorted({line.rate for line in self.lines}, reverse=True)
        return tuple(
            VatRow(
                rate,
                total(line.total for line in self.lines if line.rate == rate),
                total(line.vat for line in self.lines if line.rate == rate),
            )
            for rate in rates
        )

    @property
    def threshold(self) -> Discount | None:
        """The threshold that the order reached, if any."""
        return next((discount for discount in self.discounts if discount.is_threshold), None)

    @property
    def saved(self) -> Money:
        """What all discounts take off."""
        return total(discount.amount for discount in self.discounts)


def vat_in(gross: Money, rate: int) -> Money:
    """The tax inside an amount, half up, at a rate in basis points."""
    return Money(half_up(gross.minor * rate, BASIS_POINTS + rate))


def unit_price(menu: Menu, line: LineItem, mode: ServingMode | None) -> Money:
    """One of a line: the item, its paid modifiers, the supplements of its slots."""
    item = menu.items[line.sku]
    return item.price_in(mode) + extras(menu, line, item)


def extras(menu: Menu, line: LineItem, item: MenuItem) -> Money:
    """What modifiers and supplements add to one of a line."""
    minor = 0
    for modifier in line.modifiers:
        minor += menu.modifiers[modifier].price.minor
    if item.meal is not None:
        for slot in menu.meal_slots(item):
            filling = line.filling(slot.id)
            choice = slot.choice(filling) if filling is not None else None
            minor += choice.supplement.minor if choice is not None else 0
    return Money(minor)


def price(order: Order, menu: Menu, rates: VatRates) -> Priced:
    """Price an order: lines, then the cheapest cover by bundles, then at most one threshold, then VAT per line.

    Discounts are shared out over the lines that earned them, so that lines, totals and VAT rows agree to the øre.
    """
    mode = order.serving_mode
    lines = []
    for line in order.lines:
        each = unit_price(menu, line, mode)
        rate = rates(menu.items[line.sku].vat, mode)
        lines.append(PricedLine(line, each, each * line.quantity, ZERO, rate, ZERO))
    lines, discounts = _with_bundles(lines, order, menu)
    lines, reward = _with_threshold(lines, order, menu)
    taxed = tuple(replace(line, vat=vat_in(line.total, line.rate)) for line in lines)
    return Priced(
        taxed,
        (*discounts, *reward),
        total(line.total for line in taxed),
        total(line.vat for line in taxed),
    )


def _holds(incentive: Incentive, order: Order) -> bool:
    return incentive.code is None or incentive.code in order.codes


def _with_bundles(lines: list[PricedLine], order: Order, menu: Menu) -> tuple[list[PricedLine], list[Discount]]:
    loose = [line for line in lines if menu.items[line.line.sku].meal is None]
    deals = deals_for({line.line.sku for line in loose}, order, menu) if len(loose) > 0 else ()
    if not deals:
        return lines, []
    mode = order.serving_mode
    units: list[Unit] = []
    for line in loose:
        units += [(line.line.sku, menu.items[line.line.sku].price_in(mode).minor)] * line.line.quantity
    uses = cheapest_cover(units, deals)
    names = {deal.id: _deal_name(menu, deal.id) for deal in deals}
    amounts: dict[str, int] = {}
    off: dict[str, int] = {}
    for use in uses:
        amounts[use.deal] = amounts.get(use.deal, 0) + use.saving
        shares = share_out(Money(use.saving), [worth for _, worth in use.units])
        for (sku, _), share in zip(use.units, shares, strict=True):
            off[sku] = off.get(sku, 0) + share.minor
    discounts = [Discount(deal, names[deal], Money(amount)) for deal, amount in amounts.items()]
    return _taken_off(lines, off), discounts


def _taken_off(lines: list[PricedLine], off: dict[str, int]) -> list[PricedLine]:
    """Give each SKU's discount to its lines, in proportion to how many each holds."""
    shares: dict[int, Money] = {}
    for sku, amount in off.items():
        rows = [line for line in lines if line.line.sku == sku]
        parts = share_out(Money(amount), [row.line.quantity for row in rows])
        shares.update({row.line.id: part for row, part in zip(rows, parts, strict=True)})
    return [
        replace(line, discount=line.discount + shares[line.line.id]) if line.line.id in shares else line
        for line in lines
    ]


def deals_for(skus: set[str], order: Order, menu: Menu) -> tuple[Deal, ...]:
    """The bundles, written and implied by meals, of which every part can be filled from those items."""
    mode = order.serving_mode
    deals = []
    for incentive in menu.incentives.values():
        if isinstance(incentive, Bundle) and _holds(incentive, order):
            parts = [_part_choices(part, skus, menu) for part in incentive.parts for _ in range(part.quantity)]
            if all(parts):
                fixed = None if incentive.price is None else incentive.price.minor
                deals.append(Deal(incentive.id, tuple(parts), fixed, (incentive.off or ZERO).minor))
    for main in skus:
        for item in menu.meals_of.get(main, ()):
            choices = [
                tuple((choice.sku, choice.supplement.minor) for choice in slot.choices if choice.sku in skus)
                for slot in menu.meal_slots(item)
            ]
            if choices and all(choices):
                deals.append(Deal(item.sku, (((main, 0),), *choices), item.price_in(mode).minor, 0))
    return tuple(deals)


def _part_choices(part: Part, skus: Iterable[str], menu: Menu) -> tuple[tuple[str, int], ...]:
    return tuple((sku, 0) for sku in sorted(skus) if sku in part.skus or menu.items[sku].category == part.category)


def _deal_name(menu: Menu, deal: str) -> LocalText:
    return menu.incentives[deal].name if deal in menu.incentives else menu.items[deal].name


def _with_threshold(lines: list[PricedLine], order: Order, menu: Menu) -> tuple[list[PricedLine], list[Discount]]:
    """Take the reward that is worth most, measured on what the order comes to without it."""
    reached = total(line.total for line in lines)
    best: tuple[Money, Threshold, list[Money]] | None = None
    for incentive in menu.incentives.values():
        if isinstance(incentive, Threshold) and incentive.at_least <= reached and _holds(incentive, order):
            shares = _reward(incentive, lines)
            worth = total(shares)
            if worth and (best is None or worth > best[0]):
                best = (worth, incentive, shares)
    if best is None:
        return lines, []
    worth, threshold, shares = best
    rewarded = [
        replace(line, discount=line.discount + share) if share else line
        for line, share in zip(lines, shares, strict=True)
    ]
    return rewarded, [Discount(threshold.id, threshold.name, worth, is_threshold=True)]


def _reward(threshold: Threshold, lines: Sequence[PricedLine]) -> list[Money]:
    """What a threshold takes off each line: one of the free item at what it costs, or a share of the amount."""
    if threshold.off is not None:
        left = [line.total.minor for line in lines]
        return share_out(Money(min(threshold.off.minor, sum(left))), left)
    shares = [ZERO for _ in lines]
    free = [
        (line.total.minor // line.line.quantity, place)
        for place, line in enumerate(lines)
        if line.line.sku == threshold.free
    ]
    if free:
        worth, place = max(free)
        shares[place] = Money(worth)
    return shares
