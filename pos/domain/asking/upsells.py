"""Question 1: the next step up of each line, which of them may be offered, and why the others may not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pos.domain.asking.differences import MOST_COUNTS, is_fair_in_every_count, lures
from pos.domain.asking.ranking import Eligible
from pos.domain.asking.upgrades import (
    accept,
    can_be_safe,
    comes_without_supplement,
    is_size_step,
    keeps_all,
    raise_some,
    rungs_above,
    stepped_up,
)
from pos.domain.asking.wordings import wording_for
from pos.domain.menu.items import MenuItem
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Rung
from pos.domain.moment import Moment
from pos.domain.money import Money
from pos.domain.order.order import LineItem, Order, add_modifier, everything_in, goods_in, noted_on
from pos.domain.order.questions import Offer, OfferKind, Reason
from pos.domain.pricing.taxes import tax_in
from pos.domain.value import replace


def upsells(order: Order, moment: Moment) -> Eligible:
    """Every up-sell that may be offered, one for all lines that can take the same step."""
    offers: dict[str, Offer] = {}
    reasons: set[Reason] = set()
    for line in order.lines:
        if line.offered is not None:
            continue  # a line from an accepted offer is not asked about again
        rungs = list(rungs_above(moment.menu, line))
        if not rungs and line.sku in moment.menu.ladders:
            reasons.add(Reason.TOP_STEP)
        for lowest in (*rungs, *_rungs_of_covers(line, rungs, order, moment)):
            rung, reason = _worth_asking(line, lowest, order, moment)
            if reason is None:
                reason = _why_not_again(rung, order, moment)
            if reason is None:
                offer = _offer(line, rung, order, moment)
                offers[offer.id] = _joined(offers[offer.id], offer) if offer.id in offers else offer
            else:
                reasons.add(reason)
    return Eligible(tuple(_proper(offers.values(), order, moment)), frozenset(reasons))


def _proper(found: Iterable[Offer], order: Order, moment: Moment) -> list[Offer]:
    """The offers that ask for no more than the list difference, and earn the order nothing that not everybody may
    buy."""
    offers = list(found)
    if moment.menu.lures:
        offers = [offer for offer in offers if not _lures(order, offer, moment)]
    if offers and (before := moment.price(order)).saved:
        offers = [offer for offer in offers if is_fair_in_every_count(order, offer, moment, before)]
    return offers


def _lures(order: Order, offer: Offer, moment: Moment) -> bool:
    """Whether a yes to some or all earns the order what not everybody may buy."""
    counts = {*range(1, min(offer.units, MOST_COUNTS) + 1), offer.units}
    return any(lures(order, accept(order, offer, count, moment), moment) for count in counts)


def _why_not_again(rung: Rung, order: Order, moment: Moment) -> Reason | None:
    """Why a possible step is not offered: the shop excludes it, or it was refused earlier today."""
    if rung.offer_id in moment.never:
        return Reason.NOTHING_TO_OFFER
    refused = order.next_visit.refused if order.next_visit is not None else ()
    return Reason.REFUSED_BEFORE if (rung.step.sku or rung.step.modifier) in refused else None


def why_not_up(offer: Offer, order: Order, moment: Moment) -> Reason:
    """Why an offer that was shown may no longer be made to the first of its lines that is still there."""
    lines = [line for line_id in offer.lines if (line := order.line(line_id)) is not None]
    for line in lines:
        for lowest in rungs_above(moment.menu, line):
            rung, reason = _worth_asking(line, lowest, order, moment)
            if rung.offer_id == offer.id:
                return reason or _why_not_again(rung, order, moment) or Reason.NOTHING_TO_OFFER
        if line.sku == offer.sku or offer.modifier in line.modifiers:
            return Reason.ALREADY_IN_ORDER
    return Reason.NOTHING_TO_OFFER


def _worth_asking(line: LineItem, rung: Rung, order: Order, moment: Moment) -> tuple[Rung, Reason | None]:
    """The step to offer, and the reason against it. Loose items that make up the medium meal are priced as one already,
    so their step is the large meal, unless their sizes were said."""
    reason = why_no_step(line, rung, order, moment)
    if reason is not None or not _may_take_up(line, rung, order, moment.menu):
        return rung, reason
    medium = _taken_up(line, rung, order, moment)
    if goods_in(moment.menu, medium) != goods_in(moment.menu, order):
        return rung, None
    above = rung.above
    if above is None or above.step.sku is None:
        return rung, Reason.ALREADY_IN_ORDER
    reason = why_no_step(line, above, order, moment)
    if reason is None and _taken_up(line, above, order, moment).units != medium.units:
        reason = Reason.SIZE_STATED
    return above, reason


def _rungs_of_covers(line: LineItem, own: list[Rung], order: Order, moment: Moment) -> Iterator[Rung]:
    """The steps up from the meals that a line makes up with other loose items, if its own paths do not lead there: an
    offer that would break such a cover is made on the cover. Source: rule 7."""
    menu = moment.menu
    led_to = {rung.step.sku for rung in own}
    for meal in menu.meals_of.get(line.sku, ()):
        if meal.sku in led_to or meal.sku not in menu.ladders or not _has_units_for(line, meal, order):
            continue
        whole = raise_some(order, line, meal, line.quantity, moment)
        if goods_in(menu, whole) != goods_in(menu, order):
            continue
        for rung in rungs_above(menu, replace(line, sku=meal.sku)):
            if rung.step.sku is not None and _taken_up(line, rung, order, moment).units == whole.units:
                yield rung


def why_no_step(line: LineItem, rung: Rung, order: Order, moment: Moment) -> Reason | None:
    """Why a step up may not be offered for a line by itself; None if it may."""
    menu, step = moment.menu, rung.step
    if step.sku is not None:
        reason = _why_not_item(line, menu.items[step.sku], rung, moment)
        if reason is not None:
            return reason
    else:
        reason = _why_not_modifier(line, step.modifier or "", moment)
        if reason is not None:
            return reason
    return _why_not_after(line, rung, order, moment)


def _why_not_after(line: LineItem, rung: Rung, order: Order, moment: Moment) -> Reason | None:
    """Why a step may not be offered because of what it would make of the line."""
    menu, step = moment.menu, rung.step
    after = stepped_up(line, step.sku, step.modifier, moment)
    lost = _kin_inside(line, menu) - _kin_inside(after, menu)
    if lost:
        return Reason.SOLD_OUT if _takes_but_is_out(after, lost, moment) else Reason.NOTHING_TO_OFFER
    if after.fillings != line.fillings and not comes_without_supplement(after, moment):
        return Reason.SOLD_OUT
    made, noted = (after, *_meals_made(line, rung, order, moment)), noted_on(order, line)
    if any(menu.has_age_limit(item) for row in made for item in everything_in(menu, row)):
        return Reason.NOTHING_TO_OFFER
    return None if not noted or all(can_be_safe(row, noted, moment) for row in made) else Reason.ALLERGEN


def _meals_made(line: LineItem, rung: Rung, order: Order, moment: Moment) -> list[LineItem]:
    """The meals that a step makes of a line, with the loose items that they take up; none if it takes up none."""
    sku = rung.step.sku
    if sku is None or line.fillings or len(order.lines) == 1 or moment.menu.items[sku].meal is None:
        return []
    return [row for row in _taken_up(line, rung, order, moment).lines if row not in order.lines and row.fillings]


def _takes_but_is_out(after: LineItem, lost: frozenset[str], moment: Moment) -> bool:
    """Whether a slot of the target would take what is lost, if it were available."""
    menu = moment.menu
    slots = menu.meal_slots(menu.items[after.sku])
    gone = [choice.sku for slot in slots for choice in slot.choices if choice.sku in moment.unavailable]
    return any(menu.items[sku].kin in lost for sku in gone)


def _why_not_item(line: LineItem, target: MenuItem, rung: Rung, moment: Moment) -> Reason | None:
    if line.size_said and is_size_step(moment.menu, line, rung):
        return Reason.SIZE_STATED
    reason = moment.why_not(target)
    return reason or (None if keeps_all(moment.menu, line, target) else Reason.NOTHING_TO_OFFER)


def _why_not_modifier(line: LineItem, modifier: str, moment: Moment) -> Reason | None:
    if modifier in moment.modifiers_unavailable:
        return Reason.SOLD_OUT
    takes = _takes(line, modifier, moment.menu) and not moment.menu.modifiers[modifier].is_restricted
    return None if takes else Reason.NOTHING_TO_OFFER


def _takes(line: LineItem, modifier: str, menu: Menu) -> bool:
    """Whether the line's item has a group for the modifier, with room for one more."""
    for group in menu.item_groups(menu.items[line.sku]):
        if any(entry.id == modifier for entry in group.modifiers):
            return add_modifier(menu, line, group, modifier) is not None
    return False


def _kin_inside(line: LineItem, menu: Menu) -> frozenset[str]:
    """The kins of a line's fillings."""
    return frozenset([menu.items[sku].kin for _, sku in line.fillings])


def _may_take_up(line: LineItem, rung: Rung, order: Order, menu: Menu) -> bool:
    """Whether a step leads to a meal whose parts might all be on other lines."""
    target = menu.items[rung.step.sku] if rung.step.sku is not None else None
    return target is not None and _has_units_for(line, target, order)


def _has_units_for(line: LineItem, target: MenuItem, order: Order) -> bool:
    """Whether the order has enough loose items to fill every slot of the meals that a line could become."""
    if target.meal is None or line.fillings:
        return False
    return order.units >= line.quantity * (1 + len(target.meal.slots))


def _taken_up(line: LineItem, rung: Rung, order: Order, moment: Moment) -> Order:
    return raise_some(order, line, moment.menu.items[rung.step.sku or ""], line.quantity, moment)


def _offer(line: LineItem, rung: Rung, order: Order, moment: Moment) -> Offer:
    step = rung.step
    assert step.words is not None
    return Offer(
        OfferKind.UPSELL,
        rung.offer_id,
        (line.id,),
        wording_for(order, rung.offer_id, step.words, moment.day_of),
        sku=step.sku,
        modifier=step.modifier,
        units=line.quantity,
        priority=rung.path.priority,
        margin=_margin(line, rung, order, moment) * line.quantity,
    )


def _margin(line: LineItem, rung: Rung, order: Order, moment: Moment) -> Money:
    """What the step adds to one of the line, before tax and less its cost."""
    menu, step, mode = moment.menu, rung.step, order.serving_mode
    if step.modifier is not None:
        modifier = menu.modifiers[step.modifier]
        taxes = moment.taxes(modifier.vat or menu.items[line.sku].vat, mode)
        return modifier.price - tax_in(modifier.price, taxes) - modifier.cost
    assert step.sku is not None
    return moment.margin(menu.items[step.sku], mode) - moment.margin(menu.items[line.sku], mode)


def _joined(first: Offer, second: Offer) -> Offer:
    """One offer for all lines that can take the same step."""
    return replace(
        first,
        lines=(*first.lines, *second.lines),
        units=first.units + second.units,
        margin=first.margin + second.margin,
    )
