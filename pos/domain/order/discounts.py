"""A discount that somebody gives by hand: so many percent off the whole order, for a reason."""

from __future__ import annotations

from enum import StrEnum

from pos.domain.text import LocalText
from pos.domain.value import value

MANUAL_DISCOUNT = "manual_discount"
"""The id of its row among the discounts of a sale; no name in a menu file has such a line."""

MANUAL_DISCOUNT_NAME = LocalText("Rabatt", "Discount")


class DiscountReason(StrEnum):
    """Why somebody gives one: a closed list."""

    WAITED = "waited"
    COMPLAINT = "complaint"
    DAMAGED = "damaged"
    LAST_TODAY = "last_today"
    AGREED = "agreed"


@value
class ManualDiscount:
    """`share` is in basis points: 1000 is 10 %."""

    share: int
    reason: DiscountReason
