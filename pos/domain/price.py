"""What an order costs: the one way to price it, for the screen, the question, the sale and the receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from pos.domain.cover import Deal, cheapest_cover
from pos.domain.incentives import Bundle, Incentive, Part, Threshold
from pos.domain.items import MenuItem, ServingMode, Sku, VatClass
from pos.domain.menu import Menu
from pos.domain.money import ZERO, Money, half_up, share_out, total
from pos.domain.order import LineItem, Order
from pos.domain.taken_offer import off_each_line
from pos.domain.text import LocalText
from pos.domain.value import value

BASIS_POINTS = 10_000
NEXT_VISIT = "next_visit"
"""The id of a next-visit offer's discount; no name in a menu file has such a line."""

NEXT_VISIT_NAME = LocalText("Tilbud fra sist", "Offer from last time")

VatRates: TypeAlias = Callable[[VatClass, ServingMode | None], int]
"""The rate in basis points (1500 is 15 %) for a class and a serving mode, on the day of the sale."""


@value
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


@value
class Discount:
    """What a bundle, a next-visit offer or a threshold took off, with the name that the receipt shows."""

    id: str
    name: LocalText
    amount: Money
    is_threshold: bool = False


@value
class VatRow:
    """One row of the tax summary; `gross` is net and tax together."""

    rate: int
    gross: Money
    vat: Money

    @property
    def net(self) -> Money:
        """What is left without the tax."""
        return self.gross - self.vat


@value
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
    minor = menu.prices[mode][line.sku]
    if line.modifiers or line.fillings:
        minor += extras(menu, line, menu.items[line.sku]).minor
    return Money(minor)


def extras(menu: Menu, line: LineItem, item: MenuItem) -> Money:
    """What modifiers and supplements add to one of a line."""
    minor = 0
    for modifier in line.modifiers:
        minor += menu.modifiers[modifier].price.minor
    for slot in menu.meal_slots(item):
        filling = line.filling(slot.id)
        choice = slot.choice(filling) if filling is not None else None
        minor += choice.supplement.minor if choice is not None else 0
    return Money(minor)


def price(order: Order, menu: Menu, rates: VatRates) -> Priced:
    """Price an order: lines, then the cheapest cover by bundles, then the next-visit offer that the order carries, then
    at most one threshold, then VAT per line.

    Discounts are shared out over the lines that earned them, so that lines, totals and VAT rows agree to the øre.
    """
    mode = order.serving_mode
    units = [unit_price(menu, line, mode) for line in order.lines]
    gross = [unit.minor * line.quantity for unit, line in zip(units, order.lines, strict=True)]
    off, discounts = _bundled(order, menu)
    if order.next_visit is not None:
        share = off_each_line(order, menu, _less(gross, off))
        if any(share):
            discounts.append(Discount(NEXT_VISIT, NEXT_VISIT_NAME, Money(sum(share))))
            off = [less + more for less, more in zip(off, share, strict=True)]
    reward, share = _rewarded(order, menu, _less(gross, off))
    if reward is not None:
        discounts.append(reward)
        off = [less + more for less, more in zip(off, share, strict=True)]
    lines = []
    for line, unit, whole, less in zip(order.lines, units, gross, off, strict=True):
        rate = rates(menu.items[line.sku].vat, mode)
        vat = vat_in(Money(whole - less), rate)
        lines.append(PricedLine(line, unit, Money(whole), Money(less), rate, vat))
    return Priced(tuple(lines), tuple(discounts), Money(sum(gross) - sum(off)), total([line.vat for line in lines]))


def _less(gross: list[int], off: list[int]) -> list[int]:
    return [whole - less for whole, less in zip(gross, off, strict=True)]


def _holds(incentive: Incentive, order: Order) -> bool:
    return incentive.code is None or incentive.code in order.codes


def _bundled(order: Order, menu: Menu) -> tuple[list[int], list[Discount]]:
    """What the cheapest cover takes off each line, in øre, and the bundles that it is made of."""
    none = [0] * len(order.lines)
    loose: dict[Sku, int] = {}
    for line in order.lines:
        if menu.items[line.sku].meal is None:
            loose[line.sku] = loose.get(line.sku, 0) + line.quantity
    deals = deals_for(set(loose), order, menu)
    if not deals:
        return none, []
    prices = menu.prices[order.serving_mode]
    uses = cheapest_cover([(sku, prices[sku]) for sku, count in loose.items() for _ in range(count)], deals)
    amounts: dict[str, int] = {}
    off: dict[Sku, int] = {}
    for use in uses:
        amounts[use.deal] = amounts.get(use.deal, 0) + use.saving
        shares = share_out(Money(use.saving), [worth for _, worth in use.units])
        for (sku, _), share in zip(use.units, shares, strict=True):
            off[sku] = off.get(sku, 0) + share.minor
    return _by_line(order, off), [
        Discount(deal, _deal_name(menu, deal), Money(minor)) for deal, minor in amounts.items()
    ]


def _by_line(order: Order, off: Mapping[Sku, int]) -> list[int]:
    """Give each SKU's discount to its lines, in proportion to how many each holds."""
    shares = [0] * len(order.lines)
    for sku, amount in off.items():
        places = [place for place, line in enumerate(order.lines) if line.sku == sku]
        parts = share_out(Money(amount), [order.lines[place].quantity for place in places])
        for place, part in zip(places, parts, strict=True):
            shares[place] = part.minor
    return shares


def deals_for(skus: set[Sku], order: Order, menu: Menu) -> tuple[Deal, ...]:
    """The bundles, written and implied by meals, of which every part can be filled from those items."""
    written = [bundle for bundle in menu.bundles if _holds(bundle, order)]
    deals = [_written_deal(bundle, skus, menu) for bundle in written]
    for main in skus:
        deals += [_meal_deal(main, item, skus, order, menu) for item in menu.meals_of.get(main, ())]
    return tuple([deal for deal in deals if deal is not None])


def _written_deal(bundle: Bundle, skus: set[Sku], menu: Menu) -> Deal | None:
    parts: list[tuple[tuple[Sku, int], ...]] = []
    for part in bundle.parts:
        choices = _part_choices(part, skus, menu)
        if not choices:
            return None
        parts += [choices] * part.quantity
    return Deal(
        bundle.id, tuple(parts), None if bundle.price is None else bundle.price.minor, (bundle.off or ZERO).minor
    )


def _part_choices(part: Part, skus: set[Sku], menu: Menu) -> tuple[tuple[Sku, int], ...]:
    named = [sku for sku in part.skus if sku in skus]
    if part.category is not None:
        named += [sku for sku in skus if menu.items[sku].category == part.category and sku not in named]
    return tuple([(sku, 0) for sku in sorted(named)])


def _meal_deal(main: Sku, item: MenuItem, skus: set[Sku], order: Order, menu: Menu) -> Deal | None:
    parts: list[tuple[tuple[Sku, int], ...]] = [((main, 0),)]
    for slot in menu.meal_slots(item):
        choices = tuple([(choice.sku, choice.supplement.minor) for choice in slot.choices if choice.sku in skus])
        if not choices:
            return None
        parts.append(choices)
    return Deal(item.sku, tuple(parts), menu.prices[order.serving_mode][item.sku], 0) if len(parts) > 1 else None


def _deal_name(menu: Menu, deal: str) -> LocalText:
    return menu.incentives[deal].name if deal in menu.incentives else menu.items[deal].name


def _rewarded(order: Order, menu: Menu, left: list[int]) -> tuple[Discount | None, list[int]]:
    """The threshold whose reward is worth most, measured on what the order comes to without it, and what it takes
    off each line."""
    reached = Money(sum(left))
    best: Discount | None = None
    best_shares: list[int] = []
    for threshold in menu.thresholds:
        if threshold.at_least <= reached and _holds(threshold, order):
            shares = _reward(threshold, order, left)
            worth = Money(sum(shares))
            if worth > (ZERO if best is None else best.amount):
                best, best_shares = Discount(threshold.id, threshold.name, worth, is_threshold=True), shares
    return best, best_shares


def _reward(threshold: Threshold, order: Order, left: list[int]) -> list[int]:
    """What a threshold takes off each line: one of the free item at what it costs, or a share of the amount."""
    if threshold.off is not None:
        return [share.minor for share in share_out(Money(min(threshold.off.minor, sum(left))), left)]
    shares = [0] * len(left)
    free = [
        (-(-left[place] // line.quantity), place)
        for place, line in enumerate(order.lines)
        if line.sku == threshold.free
    ]
    if free:
        worth, place = max(free)
        shares[place] = worth
    return shares
