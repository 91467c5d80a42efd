"""Redeeming a next-visit offer: which line of an order it fits, and the order afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pos.domain.asking.upgrades import raise_some, rungs_above, stepped_up
from pos.domain.asking.upsells import why_no_step
from pos.domain.menu.next_visit import NextVisit
from pos.domain.menu.paths import Rung, Step, UpgradePath
from pos.domain.moment import Moment
from pos.domain.order.order import LineItem, Order, change_some
from pos.domain.order.taken_offer import has_target, taken_by
from pos.domain.value import replace


def redeemed(order: Order, moment: Moment, lines: Iterable[LineItem] | None = None) -> Order:
    """The order with its next-visit offer used by one unit of a fitting line, among all lines or `lines`.

    A line that is the target already comes first: nobody pays for a step that was not needed. Another line is raised,
    and its size counts as said. If nothing fits, or a line uses it already, the order is unchanged and the code waits.
    """
    offer = order.next_visit
    if offer is None or taken_by(order, moment.menu) is not None:
        return order
    taken = _taken(order.lines if lines is None else tuple(lines), offer, order, moment)
    return order if taken is None else _measured(order, taken, offer, moment)


def _taken(lines: Sequence[LineItem], offer: NextVisit, order: Order, moment: Moment) -> Order | None:
    """The order once one of these lines has taken the offer; None if none fits."""
    there = next((line for line in lines if has_target(line, offer)), None)
    if there is not None:
        return change_some(_unmarked(order), there, 1, lambda row: _marked(row, offer))
    below = _stepping(lines, offer, order, moment)
    return None if below is None else _raised(_unmarked(order), below, offer, moment)


def _stepping(lines: Sequence[LineItem], offer: NextVisit, order: Order, moment: Moment) -> LineItem | None:
    """The line to raise: one for which the target is the next step, else one like the declined one. A size that was
    said is no obstacle: the customer has come back for this one."""
    menu = moment.menu
    if (offer.sku or "") not in menu.items and (offer.modifier or "") not in menu.modifiers:
        return None
    found = [(line, _rung(line, offer, moment)) for line in lines]
    found += [(line, _declined_rung(offer)) for line in lines if line.sku == offer.below]
    for line, rung in found:
        if rung is not None and why_no_step(replace(line, size_said=False), rung, order, moment) is None:
            return line
    return None


def _rung(line: LineItem, offer: NextVisit, moment: Moment) -> Rung | None:
    """The next step of a line that leads to what the offer is for, whatever path it is on now."""
    return next((rung for rung in rungs_above(moment.menu, line) if _leads_there(rung.step, offer)), None)


def _declined_rung(offer: NextVisit) -> Rung:
    """The declined step, whether or not the menu still has its path, and over however many rungs."""
    step = Step(sku=offer.sku, modifier=offer.modifier)
    return Rung(UpgradePath("", (Step(sku=offer.below), step)), 1)


def _leads_there(step: Step, offer: NextVisit) -> bool:
    return step.sku == offer.sku if offer.sku is not None else step.modifier == offer.modifier


def _marked(line: LineItem, offer: NextVisit) -> LineItem:
    return replace(line, takes_next_visit=True, size_said=line.size_said or offer.sku is not None)


def _unmarked(order: Order) -> Order:
    """The order without the mark of a line that used the offer and has stepped down again."""
    return replace(order, lines=tuple(replace(line, takes_next_visit=False) for line in order.lines))


def _raised(order: Order, line: LineItem, offer: NextVisit, moment: Moment) -> Order:
    line = replace(line, takes_next_visit=False)
    if offer.sku is None:
        return change_some(order, line, 1, lambda row: _marked(stepped_up(row, None, offer.modifier, moment), offer))
    order = change_some(order, line, 1, lambda row: _marked(row, offer))
    one = order.line(line.id if line.quantity == 1 else order.next_line - 1)
    assert one is not None
    return raise_some(order, one, moment.menu.items[offer.sku], 1, moment)


def _measured(before: Order, after: Order, offer: NextVisit, moment: Moment) -> Order:
    """The order with the gain of redeeming: below zero if the better item was in it already."""
    gain = moment.price(after).goods - moment.price(before).goods
    return replace(after, next_visit=replace(offer, gain=gain))
