"""A till's shift: from the act that began it to its Z, bound by the journal's sequence and never by time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from pos.domain.money import ZERO, Money
from pos.domain.value import value

GRACE = timedelta(hours=1)
"""So long a shift may sell after its business day has ended: whoever stands at the counter then is served."""


class Tallied(StrEnum):
    """What a shift counts besides its sales: each an amount, a number, or both."""

    FLOAT = "float"
    PAY_IN = "pay_in"
    PAY_OUT = "pay_out"
    DROP = "drop"
    DRAWER = "drawer"
    """The drawer was opened."""
    COPY = "copy"
    CORRECTION = "correction"
    """A line was taken out, or there is less of it: so many units."""
    DISCARD = "discard"
    WRITE_OFF = "write_off"
    PRACTICE = "practice"
    """Training receipts."""
    DISPUTED = "disputed"
    """A payment that counts though nobody knows what the terminal answered."""


class MoneyReason(StrEnum):
    """Why money goes into the drawer or out of it without a sale: a closed list."""

    CHANGE = "change"
    OWED_BACK = "owed_back"
    FOUND = "found"
    GOODS = "goods"
    CUSTOMER = "customer"
    ADVANCE = "advance"
    SAFE = "safe"
    BANK = "bank"


MONEY_REASONS: Mapping[Tallied, tuple[MoneyReason, ...]] = {
    Tallied.PAY_IN: (MoneyReason.CHANGE, MoneyReason.OWED_BACK, MoneyReason.FOUND),
    Tallied.PAY_OUT: (MoneyReason.GOODS, MoneyReason.CUSTOMER, MoneyReason.ADVANCE, MoneyReason.CHANGE),
    Tallied.DROP: (MoneyReason.SAFE, MoneyReason.BANK),
}
"""The reasons that each way of moving money has."""


class DrawerReason(StrEnum):
    """Why the drawer is opened without a sale: a closed list."""

    GIVE_CHANGE = "give_change"
    CHANGE_FORGOTTEN = "change_forgotten"
    LOOK = "look"
    TEST = "test"


WITH_SALE = "sale"
"""What stands in the place of a reason where a sale opens the drawer."""


class CountReason(StrEnum):
    """What a difference between counted and expected is put down to: a closed list."""

    WRONG_CHANGE = "wrong_change"
    WRONG_KEY = "wrong_key"
    NOT_ENTERED = "not_entered"
    MISSING = "missing"
    NOT_FOUND = "not_found"


class CorrectionKind(StrEnum):
    """How lines came to be fewer."""

    REMOVED = "removed"
    LOWERED = "lowered"
    TAKEN_BACK = "taken_back"


@value
class Shift:
    """A till's shift that runs. `number` is its place among the till's shifts, from 1.

    `after_receipt` and `after_refund` are the numbers of the last receipt and the last refund before it. `float` is
    what lay in the drawer at first and `day` the business day on which that was entered; both None until then, and
    nothing is sold before it. `sales_before` and `returns_before` are the till's grand totals when it began.
    """

    id: int
    till_id: int
    number: int
    after_receipt: int
    after_refund: int = 0
    sales_before: Money = ZERO
    returns_before: Money = ZERO
    float: Money | None = None
    day: date | None = None


@value
class ShiftTally:
    """One thing that a shift has counted. `reason` is an id of a closed list, or empty."""

    what: Tallied
    count: int
    amount: Money = ZERO
    reason: str = ""
    person: int | None = None
    name: str = ""
    """The person's."""


@value
class TerminalSum:
    """What a terminal's own total is for a kind of tender, and what the till has."""

    kind: str
    counted: Money
    expected: Money

    @property
    def difference(self) -> Money:
        """What the terminal has more than the till."""
        return self.counted - self.expected


@value
class DrawerCount:
    """A count of the drawer: `pieces` are notes and coins, each its worth in øre and how many; none where only the
    total was counted. `reason` explains the difference, empty while nobody has."""

    id: int
    at: datetime
    cash: Money
    expected: Money
    pieces: tuple[tuple[int, int], ...] = ()
    terminals: tuple[TerminalSum, ...] = ()
    reason: str = ""

    @property
    def difference(self) -> Money:
        """What was counted more than was expected."""
        return self.cash - self.expected

    @property
    def is_explained(self) -> bool:
        """Whether nothing is left to explain."""
        return bool(self.reason) or not (self.difference or any(total.difference for total in self.terminals))


MOST_COUNTS = 2
"""A count and one recount."""
