"""A discount given by hand: a percentage of the whole order, for a reason."""

from __future__ import annotations

from enum import StrEnum

from pos.domain.text import LocalText
from pos.domain.value import value

MANUAL_DISCOUNT = "manual_discount"
"""Its id among the discounts of a sale; no name in a menu file has an underscore."""

MANUAL_DISCOUNT_NAME = LocalText("Rabatt", "Discount")


class DiscountReason(StrEnum):
    """Why it was given. The list is closed."""

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
