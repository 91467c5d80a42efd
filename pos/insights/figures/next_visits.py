"""The results of next-visit offers: how many were given and used, what they brought and gave away."""

from __future__ import annotations

from pos.domain.value import value
from pos.insights.intervals import Interval, share_of


@value
class NextVisitSums:
    """The next-visit offers on some days' receipts. `used` of them were used, `still_open` can still be used, and the
    others have ended.

    `gain_minor` is what using them added to those sales, after the `off_minor` that they took off.
    """

    given: int = 0
    used: int = 0
    still_open: int = 0
    gain_minor: int = 0
    off_minor: int = 0

    @property
    def used_share(self) -> Interval | None:
        """The share of the given offers that were used. Those still open are counted among the given; None if none were
        given."""
        return share_of(self.used, self.given)
