"""What happened besides the sales: refunds, payments without a sale, and discarded orders."""

from __future__ import annotations

from pos.domain.order.discards import DiscardReason
from pos.domain.value import value


@value
class DiscardedFor:
    """The orders discarded for a reason, and their total in øre."""

    reason: DiscardReason
    count: int
    minor: int


@value
class OffSales:
    """Of some days: payments given back; payments on orders that are still not paid whole; payments of which nobody
    knows what the terminal answered; orders discarded, less those that were brought back. Sums are in øre."""

    given_back: int = 0
    given_back_minor: int = 0
    on_no_sale: int = 0
    on_no_sale_minor: int = 0
    unsettled: int = 0
    unsettled_minor: int = 0
    discarded: int = 0
    discarded_minor: int = 0
