"""Next-visit codes at the counter: recognising them, and the messages about them."""

from __future__ import annotations

from pos.counter.states import Say, Tone, say
from pos.domain.menu.next_visit import is_code
from pos.domain.money import ZERO
from pos.domain.pricing.price import NEXT_VISIT
from pos.register import View


def is_next_visit_code(view: View, typed: str) -> bool:
    """Whether a typed or scanned text has the form of a next-visit code, mistyped or not: the number of digits decides,
    unless the menu has it as a barcode or coupon."""
    menu = view.menu
    coupons = (incentive.code for incentive in menu.incentives.values())
    return is_code(typed) and menu.coded(typed) is None and typed not in coupons


def code_message(view: View) -> Say | None:
    """The message about the order's next-visit offer: its discount, or that it waits; None without one."""
    offer = view.order.next_visit
    if offer is None:
        return None
    if view.next_visit_line is None:
        return say("next-visit-waits", name=offer.name)
    off = next((entry.amount for entry in view.priced.discounts if entry.id == NEXT_VISIT), ZERO)
    return say("next-visit-taken", Tone.GOOD, name=offer.name, off=off)
