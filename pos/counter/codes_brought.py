"""Next-visit codes at the counter: told from barcodes and coupons, and what is said about them."""

from __future__ import annotations

from pos.counter.states import Say, Tone, say
from pos.domain.menu.next_visit import is_code
from pos.domain.money import ZERO
from pos.domain.pricing.price import NEXT_VISIT
from pos.register import View


def is_brought(view: View, typed: str) -> bool:
    """Whether what was typed or scanned is a next-visit code, mistyped or not: so many digits, and nothing else has
    them."""
    menu = view.menu
    coupons = (incentive.code for incentive in menu.incentives.values())
    return is_code(typed) and menu.coded(typed) is None and typed not in coupons


def told(view: View) -> Say | None:
    """What the order's next-visit offer has done, or that it waits; nothing for an order without one."""
    offer = view.order.next_visit
    if offer is None:
        return None
    if view.next_visit_line is None:
        return say("next-visit-waits", name=offer.name)
    off = next((entry.amount for entry in view.priced.discounts if entry.id == NEXT_VISIT), ZERO)
    return say("next-visit-taken", Tone.GOOD, name=offer.name, off=off)
