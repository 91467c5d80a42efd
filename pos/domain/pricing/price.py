"""The price of an order: computed in one way for the screen, the question, the sale and the receipt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from pos.domain.menu.incentives import Bundle, BundlePart, Incentive, Threshold
from pos.domain.menu.items import MenuItem, ServingMode, Sku, VatClass
from pos.domain.menu.menu import Menu
from pos.domain.money import ZERO, Money, half_up, share_out, total
from pos.domain.order.discounts import MANUAL_DISCOUNT, MANUAL_DISCOUNT_NAME
from pos.domain.order.order import LineItem, Order
from pos.domain.order.taken_offer import off_each_line
from pos.domain.pricing.cover import Deal, cheapest_cover
from pos.domain.pricing.deposits import deposit_of_one
from pos.domain.text import LocalText
from pos.domain.value import value

BASIS_POINTS = 10_000
NEXT_VISIT = "next_visit"
"""The id of a next-visit offer's discount; no name in a menu file has an underscore."""

NEXT_VISIT_NAME = LocalText("Tilbud fra sist", "Offer from last time")

VatRates: TypeAlias = Callable[[VatClass, ServingMode | None], int]
"""The rate in basis points (1500 is 15 %) of a tax class in a serving mode, on the day of the sale."""


@value
class VatRow:
    """An amount at one rate; `gross` is net and tax together."""

    rate: int
    gross: Money
    vat: Money

    @property
    def net(self) -> Money:
        """The amount without tax."""
        return self.gross - self.vat


@value
class PricedLine:
    """A line with its money: `unit_price` with modifiers and supplements, `gross` before and `total` after discounts,
    `vat` the tax in the total.

    `rate`, in basis points, is that of the whole line. A meal whose parts have several rates has them in `taxes`, the
    largest amount first, and `rate` is the first of them. `worth` is the line's menu price in an order that is no sale.
    `deposit` is in none of the other amounts.
    """

    line: LineItem
    unit_price: Money
    gross: Money
    discount: Money
    rate: int
    vat: Money
    taxes: tuple[VatRow, ...] = ()
    worth: Money = ZERO
    deposit: VatRow | None = None

    @property
    def total(self) -> Money:
        """The price of the line's goods."""
        return self.gross - self.discount

    @property
    def due(self) -> Money:
        """The price of the line's goods, with its deposit."""
        return self.total if self.deposit is None else self.total + self.deposit.gross


@value
class Discount:
    """The amount of a bundle, a next-visit offer, a threshold or a discount by hand, with its name on the receipt."""

    id: str
    name: LocalText
    amount: Money
    is_threshold: bool = False


@value
class Priced:
    """An order with its money: `total` is the amount to pay for goods and deposits, `deposits` is for those alone."""

    lines: tuple[PricedLine, ...]
    discounts: tuple[Discount, ...]
    total: Money
    vat: Money
    deposits: Money = ZERO

    @property
    def goods(self) -> Money:
        """The price of the goods, on which offers, thresholds and reports are based."""
        return self.total - self.deposits

    def line(self, line_id: int) -> PricedLine:
        """The priced line with an id. Raises `KeyError` if there is none."""
        for priced in self.lines:
            if priced.line.id == line_id:
                return priced
        raise KeyError(line_id)

    @property
    def vat_rows(self) -> tuple[VatRow, ...]:
        """A row for each rate, the highest first; they add up to the lines."""
        sums: dict[int, tuple[int, int]] = {}
        for line in self.lines:
            goods = line.taxes or (VatRow(line.rate, line.total, line.vat),)
            for row in goods if line.deposit is None else (*goods, line.deposit):
                gross, vat = sums.get(row.rate, (0, 0))
                sums[row.rate] = gross + row.gross.minor, vat + row.vat.minor
        return tuple(
            VatRow(rate, Money(gross), Money(vat)) for rate, (gross, vat) in sorted(sums.items(), reverse=True)
        )

    @property
    def threshold(self) -> Discount | None:
        """The threshold that the order reached, if any."""
        return next((discount for discount in self.discounts if discount.is_threshold), None)

    @property
    def saved(self) -> Money:
        """The sum of all discounts."""
        return total(discount.amount for discount in self.discounts)


def vat_in(gross: Money, rate: int) -> Money:
    """The tax in an amount, at a rate in basis points, rounded half up."""
    return Money(half_up(gross.minor * rate, BASIS_POINTS + rate))


def unit_price(menu: Menu, line: LineItem, mode: ServingMode | None) -> Money:
    """One of a line: the item, its paid modifiers, the supplements of its slots."""
    minor = menu.prices[mode][line.sku]
    if line.modifiers or line.fillings:
        minor += extras(menu, line, menu.items[line.sku]).minor
    return Money(minor)


def extras(menu: Menu, line: LineItem, item: MenuItem) -> Money:
    """What modifiers and supplements add to one of a line."""
    minor = modifiers_price(menu, line)
    for slot in menu.meal_slots(item):
        filling = line.filling(slot.id)
        choice = slot.choice(filling) if filling is not None else None
        minor += choice.supplement.minor if choice is not None else 0
    return Money(minor)


def modifiers_price(menu: Menu, line: LineItem) -> int:
    """What the modifiers add to one of a line, in øre."""
    minor = 0
    for modifier in line.modifiers:
        minor += menu.modifiers[modifier].price.minor
    return minor


def price(order: Order, menu: Menu, rates: VatRates) -> Priced:
    """Price an order: lines, then the cheapest cover by bundles, then the next-visit offer that the order carries, then
    at most one threshold, then the discount by hand, then deposits, then VAT per rate.

    Discounts and VAT are divided over the lines by largest remainder, so that lines, totals and VAT rows agree to the
    øre. VAT is computed from the order's sum at each rate, so it does not depend on how goods are distributed over
    lines. An order that is no sale costs nothing.
    """
    if not order.is_sale:
        return _for_nothing(order, menu)
    mode = order.serving_mode
    units = [unit_price(menu, line, mode) for line in order.lines]
    gross = [unit.minor * line.quantity for unit, line in zip(units, order.lines, strict=True)]
    off, discounts = _bundled(order, menu)
    if order.next_visit is not None:
        share = off_each_line(order, menu, _less(gross, off))
        if any(share):
            discounts.append(Discount(NEXT_VISIT, NEXT_VISIT_NAME, Money(sum(share))))
            off = [less + more for less, more in zip(off, share, strict=True)]
    parts = _taxed_parts(order, menu, rates, units, _less(gross, off))
    for discount, shares in _off_all(order, menu, rates, units, parts):
        discounts.append(discount)
        for part, share_of_it in zip(parts, shares, strict=True):
            part.left -= share_of_it
            off[part.place] += share_of_it
    deposits = _deposits(order, menu, rates) if menu.deposits else []
    _tax([*parts, *deposits])
    rows = [[part] for part in parts]
    if len(rows) > len(units):
        rows = [[part for part in parts if part.place == place] for place in range(len(units))]
    lines = [
        PricedLine(line, units[place], Money(gross[place]), Money(off[place]), *_taxes_of(rows[place]))
        for place, line in enumerate(order.lines)
    ]
    for part in deposits:
        lines[part.place] = replace(lines[part.place], deposit=VatRow(part.rate, Money(part.left), Money(part.vat)))
    on_top = sum([part.left for part in deposits])
    vat = sum([part.vat for part in (*parts, *deposits)])
    return Priced(tuple(lines), tuple(discounts), Money(sum(gross) - sum(off) + on_top), Money(vat), Money(on_top))


def _for_nothing(order: Order, menu: Menu) -> Priced:
    """A staff meal, a remake or waste: every line at nothing, with its menu price as `worth`; no discounts, deposits
    and tax. Source: rule 13."""
    lines = [
        PricedLine(
            line,
            unit_price=ZERO,
            gross=ZERO,
            discount=ZERO,
            rate=0,
            vat=ZERO,
            worth=Money(unit_price(menu, line, order.serving_mode).minor * line.quantity),
        )
        for line in order.lines
    ]
    return Priced(tuple(lines), (), ZERO, ZERO)


class _Part:
    """The part of a line that is taxed at one rate: what is left after discounts, and its tax, in øre."""

    __slots__ = ("left", "place", "rate", "vat")

    def __init__(self, place: int, rate: int, left: int) -> None:
        self.place, self.rate, self.left, self.vat = place, rate, left, 0


def _taxed_parts(order: Order, menu: Menu, rates: VatRates, units: list[Money], left: list[int]) -> list[_Part]:
    """The parts of all lines, in order: one for each line, or one for each rate of a meal with several."""
    mode = order.serving_mode
    parts: list[_Part] = []
    for place, line in enumerate(order.lines):
        item = menu.items[line.sku]
        if item.meal is None and not line.modifiers:
            parts.append(_Part(place, rates(item.vat, mode), left[place]))
            continue
        by_rate = _by_rate(menu, line, rates, mode, units[place].minor)
        if len(by_rate) == 1:
            parts.append(_Part(place, next(iter(by_rate)), left[place]))
            continue
        whole = [share * line.quantity for share in by_rate.values()]
        taken = share_out(Money(sum(whole) - left[place]), whole)
        rows = [
            _Part(place, rate, amount - less.minor) for rate, amount, less in zip(by_rate, whole, taken, strict=True)
        ]
        parts += sorted(rows, key=lambda row: (-row.left, row.rate))
    return parts


def _deposits(order: Order, menu: Menu, rates: VatRates) -> list[_Part]:
    """The deposits of those lines that have any."""
    rate = rates(VatClass.DEPOSIT, order.serving_mode)
    each = [deposit_of_one(menu, line).minor * line.quantity for line in order.lines]
    return [_Part(place, rate, minor) for place, minor in enumerate(each) if minor]


def _by_rate(menu: Menu, line: LineItem, rates: VatRates, mode: ServingMode | None, unit: int) -> dict[int, int]:
    """What one of a line costs at each rate, in øre."""
    item = menu.items[line.sku]
    by_rate: dict[int, int] = {}
    rest = unit
    for sku, share in _shares(menu, line, mode):
        rate = rates(menu.items[sku].vat, mode)
        by_rate[rate] = by_rate.get(rate, 0) + share
        rest -= share
    for known in (menu.modifiers[modifier] for modifier in line.modifiers):
        if known.vat is not None and known.price:
            rate = rates(known.vat, mode)
            by_rate[rate] = by_rate.get(rate, 0) + known.price.minor
            rest -= known.price.minor
    # A meal's modifiers belong to its main item.
    main = rates((item if item.meal is None else menu.items[item.meal.main]).vat, mode)
    by_rate[main] = by_rate.get(main, 0) + rest
    return by_rate


def _modifiers_at(menu: Menu, line: LineItem, rates: VatRates, mode: ServingMode | None, rate: int) -> int:
    """What the modifiers add to one of a line at a rate that the item itself has, in øre."""
    known = [menu.modifiers[modifier] for modifier in line.modifiers]
    return sum([entry.price.minor for entry in known if entry.vat is None or rates(entry.vat, mode) == rate])


def _shares(menu: Menu, line: LineItem, mode: ServingMode | None) -> tuple[tuple[Sku, int], ...]:
    return () if menu.items[line.sku].meal is None else meal_shares(menu, line, mode)


def meal_shares(menu: Menu, line: LineItem, mode: ServingMode | None) -> tuple[tuple[Sku, int], ...]:
    """The price of each item in one meal, in øre: the meal's price with supplements, divided in proportion to their own
    prices.

    It is divided as a bundle's saving is over loose items: in the order of their SKUs, by largest remainder.
    """
    key = (mode, line.sku, line.fillings)
    found = menu.meal_shares.get(key)
    if found is None:
        found = menu.meal_shares[key] = _meal_shares(menu, line, mode)
    return found


def _meal_shares(menu: Menu, line: LineItem, mode: ServingMode | None) -> tuple[tuple[Sku, int], ...]:
    item, prices = menu.items[line.sku], menu.prices[mode]
    assert item.meal is not None
    slots = {slot.id: slot for slot in menu.meal_slots(item)}
    skus = sorted([item.meal.main, *(sku for name, sku in line.fillings if name in slots)])
    whole = extras(menu, replace(line, modifiers=()), item).minor + prices[item.sku]
    worth = [prices[sku] for sku in skus]
    if not any(worth):
        return ((item.meal.main, whole),)
    savings = share_out(Money(sum(worth) - whole), worth)
    return tuple([(sku, price - saved.minor) for sku, price, saved in zip(skus, worth, savings, strict=True)])


def _tax(parts: list[_Part]) -> None:
    """Compute the tax of each rate, half up of its sum, and divide it over the parts by largest remainder."""
    for rate in {part.rate for part in parts}:
        rows = [part for part in parts if part.rate == rate]
        whole = BASIS_POINTS + rate
        over = half_up(sum([row.left for row in rows]) * rate, whole)
        for row in rows:
            row.vat = row.left * rate // whole
            over -= row.vat
        if over:
            for row in sorted(rows, key=lambda row: -(row.left * rate % whole))[:over]:
                row.vat += 1


def _taxes_of(rows: list[_Part]) -> tuple[int, Money, tuple[VatRow, ...]]:
    """The rate of a line, its tax, and the amounts of the several rates if it has more than one."""
    if len(rows) == 1:
        return rows[0].rate, Money(rows[0].vat), ()
    taxes = tuple([VatRow(row.rate, Money(row.left), Money(row.vat)) for row in rows])
    return rows[0].rate, Money(sum([row.vat for row in rows])), taxes


def _less(gross: list[int], off: list[int]) -> list[int]:
    return [whole - less for whole, less in zip(gross, off, strict=True)]


def _holds(incentive: Incentive, order: Order) -> bool:
    return incentive.code is None or incentive.code in order.codes


def _bundled(order: Order, menu: Menu) -> tuple[list[int], list[Discount]]:
    """What the cheapest cover takes off each line, in øre, and its bundles."""
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
    """Divide each SKU's discount over its lines, in proportion to quantity."""
    shares = [0] * len(order.lines)
    for sku, amount in off.items():
        places = [place for place, line in enumerate(order.lines) if line.sku == sku]
        parts = share_out(Money(amount), [order.lines[place].quantity for place in places])
        for place, part in zip(places, parts, strict=True):
            shares[place] = part.minor
    return shares


def deals_for(skus: set[Sku], order: Order, menu: Menu) -> tuple[Deal, ...]:
    """The bundles, written and implied by meals, every part of which can be filled from those items."""
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


def _part_choices(part: BundlePart, skus: set[Sku], menu: Menu) -> tuple[tuple[Sku, int], ...]:
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


def as_meals(order: Order, menu: Menu, mains: set[Sku]) -> Money:
    """The menu price of an order, with loose items counted as the meals around `mains` that they make up; without
    bundles, thresholds and next-visit offers."""
    mode = order.serving_mode
    prices = menu.prices[mode]
    loose: dict[Sku, int] = {}
    whole = 0
    for line in order.lines:
        whole += unit_price(menu, line, mode).minor * line.quantity
        if menu.items[line.sku].meal is None:
            loose[line.sku] = loose.get(line.sku, 0) + line.quantity
    there = set(loose)
    deals = [
        _meal_deal(main, item, there, order, menu) for main in mains & there for item in menu.meals_of.get(main, ())
    ]
    units = [(sku, prices[sku]) for sku, count in loose.items() for _ in range(count)]
    uses = cheapest_cover(units, [deal for deal in deals if deal is not None])
    return Money(whole - sum([use.saving for use in uses]))


def _deal_name(menu: Menu, deal: str) -> LocalText:
    return menu.incentives[deal].name if deal in menu.incentives else menu.items[deal].name


def _off_all(
    order: Order, menu: Menu, rates: VatRates, units: list[Money], parts: list[_Part]
) -> Iterator[tuple[Discount, list[int]]]:
    """The discounts on the whole order, and the share of each part, in øre: a threshold, then the discount by hand,
    each based on what the one before has left."""
    if menu.thresholds:
        reward = _rewarded(order, menu, rates, units, parts)
        if reward is not None:
            yield reward
    if order.discount is not None:
        off = Money(half_up(sum([part.left for part in parts]) * order.discount.share, BASIS_POINTS))
        yield Discount(MANUAL_DISCOUNT, MANUAL_DISCOUNT_NAME, off), _share_by_rate(off, parts)


def _rewarded(
    order: Order, menu: Menu, rates: VatRates, units: list[Money], parts: list[_Part]
) -> tuple[Discount, list[int]] | None:
    """The threshold with the most valuable reward, and what it takes off each part; None if none is reached.

    A threshold is measured on the order without its reward: a coffee does not pay for itself.
    """
    reached = sum([part.left for part in parts])
    best: Discount | None = None
    best_shares: list[int] = []
    for threshold in menu.thresholds:
        if threshold.at_least.minor > reached or not _holds(threshold, order):
            continue
        if threshold.off is not None:
            shares = _share_by_rate(threshold.off, parts)
        else:
            shares = _free_one(threshold, order, menu, rates, units, parts)
        worth = sum(shares)
        counted = reached if threshold.off is not None else reached - worth
        if counted >= threshold.at_least.minor and worth > (0 if best is None else best.amount.minor):
            best, best_shares = Discount(threshold.id, threshold.name, Money(worth), is_threshold=True), shares
    return None if best is None else (best, best_shares)


def _share_by_rate(off: Money, parts: list[_Part]) -> list[int]:
    """An amount off the order, divided over the rates and then over the parts of each, in øre."""
    whole = [part.left for part in parts]
    off = min(off, Money(sum(whole)))
    rates = sorted({part.rate for part in parts})
    if len(rates) == 1:
        return [share.minor for share in share_out(off, whole)]
    shares = [0] * len(parts)
    each = share_out(off, [sum([part.left for part in parts if part.rate == rate]) for rate in rates])
    for rate, amount in zip(rates, each, strict=True):
        places = [place for place, part in enumerate(parts) if part.rate == rate]
        for place, share in zip(places, share_out(amount, [whole[place] for place in places]), strict=True):
            shares[place] = share.minor
    return shares


def _free_one(
    threshold: Threshold, order: Order, menu: Menu, rates: VatRates, units: list[Money], parts: list[_Part]
) -> list[int]:
    """What the free item takes off each part: one of it at its price here, loose or in a meal.

    A discount by a bundle or meal on some of several equal items counts for all of them, as on one line.
    """
    shares = [0] * len(parts)
    sku, mode = threshold.free or "", order.serving_mode
    if sku not in menu.items:
        return shares
    rate = rates(menu.items[sku].vat, mode)
    rewarded: list[tuple[int, int, int]] = []
    count = cost = 0
    for place, part in enumerate(parts):
        line = order.lines[part.place]
        if part.rate != rate:
            continue
        if line.sku == sku:
            extra = _modifiers_at(menu, line, rates, mode, rate)
            each, ones = part.left - extra * line.quantity, 1
        else:
            inside = [share for name, share in _shares(menu, line, mode) if name == sku]
            if not inside:
                continue
            main = menu.items[line.sku].meal
            extra = _modifiers_at(menu, line, rates, mode, rate) if main is not None and main.main == sku else 0
            each, ones = sum(inside) * line.quantity, len(inside)
        count, cost = count + ones * line.quantity, cost + each
        rewarded.append((extra, each // line.quantity // ones, place))
    if rewarded:
        extra, _, place = max(rewarded)
        shares[place] = max(0, min(parts[place].left, -(-cost // count) + extra))
    return shares
