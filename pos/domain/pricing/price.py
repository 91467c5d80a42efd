"""The price of an order: computed in one way for the screen, the question, the sale and the receipt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pos.domain.menu.incentives import Bundle, BundlePart, Incentive, Threshold
from pos.domain.menu.items import MenuItem, ServingMode, Sku, VatClass
from pos.domain.menu.menu import Menu
from pos.domain.money import ZERO, Money, half_up, share_out, total
from pos.domain.order.discounts import MANUAL_DISCOUNT, MANUAL_DISCOUNT_NAME
from pos.domain.order.order import LineItem, Order
from pos.domain.order.taken_offer import off_each_line
from pos.domain.pricing.cover import Deal, cheapest_cover
from pos.domain.pricing.deposits import deposit_of_one
from pos.domain.pricing.taxes import Tax, TaxAmount, Taxed, Taxes, TaxRow, TaxRules, on_top, tax_rows, whole_of
from pos.domain.text import LocalText
from pos.domain.value import replace, value

BASIS_POINTS = 10_000
NEXT_VISIT = "next_visit"
"""The id of a next-visit offer's discount; no name in a menu file has an underscore."""

NEXT_VISIT_NAME = LocalText("Tilbud fra sist", "Offer from last time")


@value
class PricedLine:
    """A line with its money: `unit_price` with modifiers and supplements, `gross` before and `total` after discounts,
    as the menu says them.

    `parts` are the total by taxes: one, or several of a meal whose parts are taxed differently, the largest first.
    Goods that cost nothing because they are no sale have none; `worth` is then the line's menu price. `deposit` is in
    none of the other amounts.
    """

    line: LineItem
    unit_price: Money
    gross: Money
    discount: Money
    parts: tuple[Taxed, ...] = ()
    worth: Money = ZERO
    deposit: Taxed | None = None

    @property
    def total(self) -> Money:
        """The price of the line's goods."""
        return self.gross - self.discount

    @property
    def tax(self) -> Money:
        """The taxes on the line's goods."""
        return total(part.tax for part in self.parts)

    @property
    def everything(self) -> tuple[Taxed, ...]:
        """The parts, with the deposit."""
        return self.parts if self.deposit is None else (*self.parts, self.deposit)

    @property
    def due(self) -> Money:
        """What has to be paid for the line, with its deposit and the taxes on top."""
        return total(part.due for part in self.everything)


@value
class Discount:
    """The amount of a bundle, a next-visit offer, a threshold or a discount by hand, with its name on the receipt."""

    id: str
    name: LocalText
    amount: Money
    is_threshold: bool = False


@value
class Priced:
    """An order with its money: `total` is what has to be paid for goods, deposits, and the taxes that come on top of
    both (`on_top`). `tax` is all taxes, those in the prices included."""

    lines: tuple[PricedLine, ...]
    discounts: tuple[Discount, ...]
    total: Money
    tax: Money
    deposits: Money = ZERO
    on_top: Money = ZERO

    @property
    def menu_total(self) -> Money:
        """What the menu says for goods and deposits."""
        return self.total - self.on_top

    @property
    def goods(self) -> Money:
        """What the menu says for the goods, on which offers, thresholds and reports are based."""
        return self.menu_total - self.deposits

    def line(self, line_id: int) -> PricedLine:
        """The priced line with an id. Raises `KeyError` if there is none."""
        for priced in self.lines:
            if priced.line.id == line_id:
                return priced
        raise KeyError(line_id)

    @property
    def tax_rows(self) -> tuple[TaxRow, ...]:
        """A row for each tax, the highest rate first; they add up to the lines."""
        return tax_rows(part for line in self.lines for part in line.everything)

    @property
    def on_top_rows(self) -> list[TaxRow]:
        """Those of the taxes that come on top."""
        return on_top(self.tax_rows) if self.on_top else []

    @property
    def threshold(self) -> Discount | None:
        """The threshold that the order reached, if any."""
        return next((discount for discount in self.discounts if discount.is_threshold), None)

    @property
    def saved(self) -> Money:
        """The sum of all discounts."""
        return total(discount.amount for discount in self.discounts)


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


def price(order: Order, menu: Menu, rules: TaxRules) -> Priced:
    """Price an order: lines, then the cheapest cover by bundles, then the next-visit offer that the order carries, then
    at most one threshold, then the discount by hand, then deposits, then taxes.

    Discounts and taxes are divided over the lines by largest remainder, so that lines, totals and tax rows agree to the
    øre. A tax is computed from the order's sum, so it does not depend on how goods are distributed over lines. An order
    that is no sale costs nothing.
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
    parts = _taxed_parts(order, menu, rules, units, _less(gross, off))
    for discount, shares in _off_all(order, menu, rules, units, parts):
        discounts.append(discount)
        for part, share_of_it in zip(parts, shares, strict=True):
            part.left -= share_of_it
            off[part.place] += share_of_it
    deposits = _deposits(order, menu, rules) if menu.deposits else []
    tax, above = _tax([*parts, *deposits])
    of_line: list[list[Taxed]] = [[] for _ in order.lines]
    for part in parts:
        of_line[part.place].append(part.done)
    lines = [
        PricedLine(line, units[place], Money(gross[place]), Money(off[place]), tuple(of_line[place]))
        for place, line in enumerate(order.lines)
    ]
    for part in deposits:
        lines[part.place] = replace(lines[part.place], deposit=part.done)
    on_deposit = sum([part.left for part in deposits])
    due = sum(gross) - sum(off) + on_deposit + above
    return Priced(tuple(lines), tuple(discounts), Money(due), Money(tax), Money(on_deposit), Money(above))


def _for_nothing(order: Order, menu: Menu) -> Priced:
    """A staff meal, a remake or waste: every line at nothing, with its menu price as `worth`; no discounts, deposits
    and tax. Source: rule 13."""
    lines = [
        PricedLine(
            line,
            unit_price=ZERO,
            gross=ZERO,
            discount=ZERO,
            worth=Money(unit_price(menu, line, order.serving_mode).minor * line.quantity),
        )
        for line in order.lines
    ]
    return Priced(tuple(lines), (), ZERO, ZERO)


class _Part:
    """The part of a line that has the same taxes: what is left after discounts, and what each tax takes, in øre."""

    __slots__ = ("amounts", "left", "place", "taxes")

    def __init__(self, place: int, taxes: Taxes, left: int) -> None:
        self.place, self.taxes, self.left = place, taxes, left
        self.amounts: dict[Tax, int] = {}

    @property
    def done(self) -> Taxed:
        amounts = tuple([TaxAmount(tax, Money(self.amounts[tax])) for tax in self.taxes])
        return Taxed(Money(self.left), amounts)


def _taxed_parts(order: Order, menu: Menu, rules: TaxRules, units: list[Money], left: list[int]) -> list[_Part]:
    """The parts of all lines, in order: one for each line, or several of a meal whose parts are taxed differently."""
    mode = order.serving_mode
    parts: list[_Part] = []
    for place, line in enumerate(order.lines):
        item = menu.items[line.sku]
        if item.meal is None and not line.modifiers:
            parts.append(_Part(place, rules(item.vat, mode), left[place]))
            continue
        by_taxes = _by_taxes(menu, line, rules, mode, units[place].minor)
        if len(by_taxes) == 1:
            parts.append(_Part(place, next(iter(by_taxes)), left[place]))
            continue
        whole = [share * line.quantity for share in by_taxes.values()]
        taken = share_out(Money(sum(whole) - left[place]), whole)
        rows = [
            _Part(place, taxes, amount - less.minor) for taxes, amount, less in zip(by_taxes, whole, taken, strict=True)
        ]
        parts += sorted(rows, key=lambda row: (-row.left, row.taxes))
    return parts


def _deposits(order: Order, menu: Menu, rules: TaxRules) -> list[_Part]:
    """The deposits of those lines that have any."""
    taxes = rules(VatClass.DEPOSIT, order.serving_mode)
    each = [deposit_of_one(menu, line).minor * line.quantity for line in order.lines]
    return [_Part(place, taxes, minor) for place, minor in enumerate(each) if minor]


def _by_taxes(menu: Menu, line: LineItem, rules: TaxRules, mode: ServingMode | None, unit: int) -> dict[Taxes, int]:
    """What one of a line costs by taxes, in øre."""
    item = menu.items[line.sku]
    by_taxes: dict[Taxes, int] = {}
    rest = unit
    for sku, share in _shares(menu, line, mode):
        taxes = rules(menu.items[sku].vat, mode)
        by_taxes[taxes] = by_taxes.get(taxes, 0) + share
        rest -= share
    for known in (menu.modifiers[modifier] for modifier in line.modifiers):
        if known.vat is not None and known.price:
            taxes = rules(known.vat, mode)
            by_taxes[taxes] = by_taxes.get(taxes, 0) + known.price.minor
            rest -= known.price.minor
    # A meal's modifiers belong to its main item.
    main = rules((item if item.meal is None else menu.items[item.meal.main]).vat, mode)
    by_taxes[main] = by_taxes.get(main, 0) + rest
    return by_taxes


def _modifiers_with(menu: Menu, line: LineItem, rules: TaxRules, mode: ServingMode | None, taxes: Taxes) -> int:
    """What the modifiers with the item's own taxes add to one of a line, in øre."""
    known = [menu.modifiers[modifier] for modifier in line.modifiers]
    return sum([entry.price.minor for entry in known if entry.vat is None or rules(entry.vat, mode) == taxes])


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


def _tax(parts: list[_Part]) -> tuple[int, int]:
    """Compute each tax, half up of the sum that it is on, and divide it over the parts by largest remainder. Returns
    the sum of all taxes, and of those that come on top."""
    alike: dict[Taxes, list[_Part]] = {}
    for part in parts:
        alike.setdefault(part.taxes, []).append(part)
    taxed: dict[tuple[Tax, int], list[_Part]] = {}
    for taxes, rows in alike.items():
        for tax in taxes:
            taxed.setdefault((tax, whole_of(taxes)), []).extend(rows)
    every = above = 0
    for (tax, whole), rows in taxed.items():
        ppm = tax.ppm
        amount = over = half_up(sum([row.left for row in rows]) * ppm, whole)
        for row in rows:
            row.amounts[tax] = share = row.left * ppm // whole
            over -= share
        if over:
            for row in sorted(rows, key=lambda row: -(row.left * ppm % whole))[:over]:
                row.amounts[tax] += 1
        every += amount
        above += amount if tax.on_top else 0
    return every, above


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
    order: Order, menu: Menu, rules: TaxRules, units: list[Money], parts: list[_Part]
) -> Iterator[tuple[Discount, list[int]]]:
    """The discounts on the whole order, and the share of each part, in øre: a threshold, then the discount by hand,
    each based on what the one before has left."""
    if menu.thresholds:
        reward = _rewarded(order, menu, rules, units, parts)
        if reward is not None:
            yield reward
    if order.discount is not None:
        off = Money(half_up(sum([part.left for part in parts]) * order.discount.share, BASIS_POINTS))
        yield Discount(MANUAL_DISCOUNT, MANUAL_DISCOUNT_NAME, off), _share_by_taxes(off, parts)


def _rewarded(
    order: Order, menu: Menu, rules: TaxRules, units: list[Money], parts: list[_Part]
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
            shares = _share_by_taxes(threshold.off, parts)
        else:
            shares = _free_one(threshold, order, menu, rules, units, parts)
        worth = sum(shares)
        counted = reached if threshold.off is not None else reached - worth
        if counted >= threshold.at_least.minor and worth > (0 if best is None else best.amount.minor):
            best, best_shares = Discount(threshold.id, threshold.name, Money(worth), is_threshold=True), shares
    return None if best is None else (best, best_shares)


def _share_by_taxes(off: Money, parts: list[_Part]) -> list[int]:
    """An amount off the order, divided over the kinds of taxed goods and then over the parts of each, in øre."""
    whole = [part.left for part in parts]
    off = min(off, Money(sum(whole)))
    kinds = sorted({part.taxes for part in parts}, key=lambda taxes: ([tax.ppm for tax in taxes], taxes))
    if len(kinds) == 1:
        return [share.minor for share in share_out(off, whole)]
    shares = [0] * len(parts)
    each = share_out(off, [sum([part.left for part in parts if part.taxes == taxes]) for taxes in kinds])
    for taxes, amount in zip(kinds, each, strict=True):
        places = [place for place, part in enumerate(parts) if part.taxes == taxes]
        for place, share in zip(places, share_out(amount, [whole[place] for place in places]), strict=True):
            shares[place] = share.minor
    return shares


def _free_one(
    threshold: Threshold, order: Order, menu: Menu, rules: TaxRules, units: list[Money], parts: list[_Part]
) -> list[int]:
    """What the free item takes off each part: one of it at its price here, loose or in a meal.

    A discount by a bundle or meal on some of several equal items counts for all of them, as on one line.
    """
    shares = [0] * len(parts)
    sku, mode = threshold.free or "", order.serving_mode
    if sku not in menu.items:
        return shares
    taxes = rules(menu.items[sku].vat, mode)
    rewarded: list[tuple[int, int, int]] = []
    count = cost = 0
    for place, part in enumerate(parts):
        line = order.lines[part.place]
        if part.taxes != taxes:
            continue
        if line.sku == sku:
            extra = _modifiers_with(menu, line, rules, mode, taxes)
            each, ones = part.left - extra * line.quantity, 1
        else:
            inside = [share for name, share in _shares(menu, line, mode) if name == sku]
            if not inside:
                continue
            main = menu.items[line.sku].meal
            extra = _modifiers_with(menu, line, rules, mode, taxes) if main is not None and main.main == sku else 0
            each, ones = sum(inside) * line.quantity, len(inside)
        count, cost = count + ones * line.quantity, cost + each
        rewarded.append((extra, each // line.quantity // ones, place))
    if rewarded:
        extra, _, place = max(rewarded)
        shares[place] = max(0, min(parts[place].left, -(-cost // count) + extra))
    return shares
