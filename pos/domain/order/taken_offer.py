"""The line that uses the order's next-visit offer, and what the offer takes off."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.menu.menu import Menu
from pos.domain.menu.next_visit import NextVisit
from pos.domain.order.order import LineItem, Order


def has_target(line: LineItem, offer: NextVisit) -> bool:
    """Whether a line is what the offer leads to."""
    return offer.modifier in line.modifiers if offer.sku is None else line.sku == offer.sku


def keeps(line: LineItem, offer: NextVisit, menu: Menu) -> bool:
    """Whether a line still is what the offer led to, or has gone further up from there."""
    if has_target(line, offer):
        return True
    places = menu.ladders.get(line.sku, ()) if offer.sku is not None else ()
    return any(step.sku == offer.sku for path, index in places for step in path.steps[:index])


def taken_by(order: Order, menu: Menu) -> LineItem | None:
    """The line that uses the order's next-visit offer; None while it waits for one, or without an offer."""
    offer = order.next_visit
    if offer is None:
        return None
    return next((line for line in order.lines if line.takes_next_visit and keeps(line, offer, menu)), None)


def off_each_line(order: Order, menu: Menu, left: Sequence[int]) -> list[int]:
    """What the offer takes off each line after bundles, in øre: never more than one unit costs."""
    shares = [0] * len(left)
    line = taken_by(order, menu)
    if line is not None and order.next_visit is not None:
        place = order.lines.index(line)
        one = -(-left[place] // line.quantity)
        shares[place] = max(0, min(order.next_visit.off.minor, one))
    return shares
