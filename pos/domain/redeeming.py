"""Redeeming a next-visit offer: which line of an order it fits, and the order once a line has taken it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pos.domain.moment import Moment
from pos.domain.next_visit import NextVisit
from pos.domain.order import LineItem, Order, change_some
from pos.domain.paths import Rung, Step, UpgradePath
from pos.domain.taken_offer import has_target, taken_by
from pos.domain.upgrades import raise_some, rungs_above, stepped_up
from pos.domain.upsells import why_no_step


def redeemed(order: Order, moment: Moment, lines: Iterable[LineItem] | None = None) -> Order:
    """The order with its next-visit offer taken by one of a line that fits, looked for among all lines or some.

    A line that is the target already goes first: nobody pays for a step that was not needed. The other one is raised,
    and its size counts as said. Nothing fits, or a line has taken it already: the order as it is, and the code waits.
    """
    offer = order.next_visit
    if offer is None or taken_by(order, moment.menu) is not None:
        return order
    asked = order.lines if lines is None else tuple(lines)
    line = next((entry for entry in asked if has_target(entry, offer)), None)
    taken = None
    if line is not None:
        taken = change_some(_unmarked(order), line, 1, lambda row: _marked(row, offer))
    else:
        line = next((entry for entry in asked if _can_step(entry, offer, order, moment)), None)
        if line is not None:
            taken = _raised(_unmarked(order), line, offer, moment)
    return order if taken is None else _measured(order, taken, offer, moment)


def _can_step(line: LineItem, offer: NextVisit, order: Order, moment: Moment) -> bool:
    """Whether a line may go up to what the offer leads to: the one it was declined for, or any on such a path.

    A size that was said does not stand against it: the customer has come back for this one.
    """
    rung = next((entry for entry in rungs_above(moment.menu, line) if _leads_there(entry.step, offer)), None)
    if rung is None and line.sku == offer.below:
        step = Step(sku=offer.sku, modifier=offer.modifier)
        rung = Rung(UpgradePath("", (Step(sku=offer.below), step)), 1)
    if rung is None or not _is_known(offer, moment):
        return False
    return why_no_step(replace(line, size_said=False), rung, order, moment) is None


def _leads_there(step: Step, offer: NextVisit) -> bool:
    return step.sku == offer.sku if offer.sku is not None else step.modifier == offer.modifier


def _is_known(offer: NextVisit, moment: Moment) -> bool:
    """Whether the menu still has what the offer leads to."""
    return (offer.sku or "") in moment.menu.items or (offer.modifier or "") in moment.menu.modifiers


def _marked(line: LineItem, offer: NextVisit) -> LineItem:
    return replace(line, takes_next_visit=True, size_said=line.size_said or offer.sku is not None)


def _unmarked(order: Order) -> Order:
    """Without the mark of a line that had taken it and has stepped down again."""
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
    """The order with what taking the offer has added to it: below zero where the better thing was in it already."""
    gain = moment.price(after).total - moment.price(before).total
    return replace(after, next_visit=replace(offer, gain=gain))
