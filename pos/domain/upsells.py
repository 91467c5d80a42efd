"""Question 1: the next step up of each line, which of them may be offered, and why the rest may not."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.items import MenuItem
from pos.domain.menu import Menu
from pos.domain.moment import Moment
from pos.domain.money import Money
from pos.domain.order import LineItem, Order, everything_in, goods_in, line_allergens
from pos.domain.paths import Rung
from pos.domain.price import vat_in
from pos.domain.questions import Offer, OfferKind, Reason
from pos.domain.ranking import Eligible
from pos.domain.upgrades import is_size_step, keeps_all, raise_some, rungs_above, stepped_up


def upsells(order: Order, moment: Moment) -> Eligible:
    """Every step up that may be offered: one offer for all lines that can take the same step."""
    offers: dict[str, Offer] = {}
    reasons: set[Reason] = set()
    for line in order.lines:
        if line.offered is not None:
            continue  # what a question has sold is not asked about again
        rungs = list(rungs_above(moment.menu, line))
        if not rungs and line.sku in moment.menu.ladders:
            reasons.add(Reason.TOP_STEP)
        for rung in rungs:
            reason = why_no_step(line, rung, order, moment)
            if reason is None:
                offer = _offer(line, rung, order, moment)
                offers[offer.id] = _joined(offers[offer.id], offer) if offer.id in offers else offer
            else:
                reasons.add(reason)
    return Eligible(tuple(offers.values()), frozenset(reasons))


def why_not_up(offer: Offer, order: Order, moment: Moment) -> Reason:
    """Why an offer that was shown may not be made any more to the first of its lines that is still there."""
    lines = [line for line_id in offer.lines if (line := order.line(line_id)) is not None]
    for line in lines:
        for rung in rungs_above(moment.menu, line):
            if rung.offer_id == offer.id:
                return why_no_step(line, rung, order, moment) or Reason.NOTHING_TO_OFFER
        if line.sku == offer.sku or offer.modifier in line.modifiers:
            return Reason.ALREADY_IN_ORDER
    return Reason.NOTHING_TO_OFFER


def why_no_step(line: LineItem, rung: Rung, order: Order, moment: Moment) -> Reason | None:
    """Why a step up may not be offered for a line, or None."""
    menu, step = moment.menu, rung.step
    if step.sku is not None:
        reason = _why_not_item(line, menu.items[step.sku], rung, moment)
        if reason is not None:
            return reason
    elif not _takes(line, step.modifier or "", menu):
        return Reason.NOTHING_TO_OFFER
    after = stepped_up(line, step.sku, step.modifier, moment)
    lost = kin_inside(line, menu) - kin_inside(after, menu)
    if lost:
        return Reason.SOLD_OUT if moment.sold_out else Reason.NOTHING_TO_OFFER
    if any(item.age_limit is not None for item in everything_in(menu, after)):
        return Reason.NOTHING_TO_OFFER
    if order.allergens and not line_allergens(menu, after).is_safe_for(order.allergens):
        return Reason.ALLERGEN
    if step.sku is not None and _adds_nothing(line, menu.items[step.sku], order, moment):
        return Reason.ALREADY_IN_ORDER
    return None


def kin_inside(line: LineItem, menu: Menu) -> frozenset[str]:
    """What fills a line's slots, whatever its size."""
    return frozenset([menu.items[sku].kin for _, sku in line.fillings])


def _why_not_item(line: LineItem, target: MenuItem, rung: Rung, moment: Moment) -> Reason | None:
    if line.size_said and is_size_step(moment.menu, line, rung):
        return Reason.SIZE_STATED
    reason = moment.why_not(target)
    return reason or (None if keeps_all(moment.menu, line, target) else Reason.NOTHING_TO_OFFER)


def _takes(line: LineItem, modifier: str, menu: Menu) -> bool:
    """Whether the line's item has a group for the modifier, with room for one more."""
    for group in menu.item_groups(menu.items[line.sku]):
        ids = [entry.id for entry in group.modifiers]
        if modifier in ids:
            return sum(entry in ids for entry in line.modifiers) < group.maximum
    return False


def _adds_nothing(line: LineItem, target: MenuItem, order: Order, moment: Moment) -> bool:
    """Whether loose lines already hold all that the meal would be made of (and the till prices them as one)."""
    if target.meal is None or line.fillings or len(order.lines) <= len(target.meal.slots):
        return False
    after = raise_some(order, line, target, line.quantity, moment)
    return goods_in(moment.menu, after) == goods_in(moment.menu, order)


def _offer(line: LineItem, rung: Rung, order: Order, moment: Moment) -> Offer:
    step = rung.step
    assert step.words is not None
    return Offer(
        OfferKind.UPSELL,
        rung.offer_id,
        (line.id,),
        step.words,
        sku=step.sku,
        modifier=step.modifier,
        units=line.quantity,
        priority=rung.path.priority,
        margin=_margin(line, rung, order, moment) * line.quantity,
    )


def _margin(line: LineItem, rung: Rung, order: Order, moment: Moment) -> Money:
    """What the step adds to one of the line, before VAT and less its cost."""
    menu, step, mode = moment.menu, rung.step, order.serving_mode
    if step.modifier is not None:
        modifier = menu.modifiers[step.modifier]
        rate = moment.rates(menu.items[line.sku].vat, mode)
        return modifier.price - vat_in(modifier.price, rate) - modifier.cost
    assert step.sku is not None
    return moment.margin(menu.items[step.sku], mode) - moment.margin(menu.items[line.sku], mode)


def _joined(first: Offer, second: Offer) -> Offer:
    """One question covers all lines that can take the same step."""
    return replace(
        first,
        lines=(*first.lines, *second.lines),
        units=first.units + second.units,
        margin=first.margin + second.margin,
    )
