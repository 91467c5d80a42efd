"""A till's shift: from the act that began it to its Z. Its bounds are rows of the journal, not times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from pos.domain.menu.menu import Menu
from pos.domain.money import ZERO, Money
from pos.domain.value import value

GRACE = timedelta(hours=1)
"""How long a shift may go on selling after its business day ended, to serve the customers who are waiting."""


class Tallied(StrEnum):
    """What a shift tallies besides its sales: an amount, a count, or both."""

    FLOAT = "float"
    PAY_IN = "pay_in"
    PAY_OUT = "pay_out"
    DROP = "drop"
    DRAWER = "drawer"
    """The drawer was opened."""
    COPY = "copy"
    CORRECTION = "correction"
    """A line was removed, or its quantity reduced: the count is in units."""
    DISCARD = "discard"
    WRITE_OFF = "write_off"
    PRACTICE = "practice"
    """Training receipts."""
    OTHER_TILL = "other_till"
    """Taken here for an order that another till has now; below zero for one that is here, and was paid there."""
    DISPUTED = "disputed"
    """A payment that counts although its outcome is unknown."""


class MoneyReason(StrEnum):
    """Why money is put into the drawer or taken out without a sale. The list is closed."""

    CHANGE = "change"
    OWED_BACK = "owed_back"
    FOUND = "found"
    GOODS = "goods"
    CUSTOMER = "customer"
    ADVANCE = "advance"
    SAFE = "safe"
    BANK = "bank"
    TIPS = "tips"
    """What customers left, to those who work there."""
    EMPTIES = "empties"
    """The deposits of bottles and cans that somebody brings back."""


MONEY_REASONS: Mapping[Tallied, tuple[MoneyReason, ...]] = {
    Tallied.PAY_IN: (MoneyReason.CHANGE, MoneyReason.OWED_BACK, MoneyReason.FOUND),
    Tallied.PAY_OUT: (
        *(MoneyReason.GOODS, MoneyReason.CUSTOMER, MoneyReason.ADVANCE, MoneyReason.CHANGE),
        *(MoneyReason.EMPTIES, MoneyReason.TIPS),
    ),
    Tallied.DROP: (MoneyReason.SAFE, MoneyReason.BANK),
}
"""The reasons that each way of moving money has."""


def money_reasons(what: Tallied, menu: Menu) -> tuple[MoneyReason, ...]:
    """The reasons that a way of moving money has in a shop: no tips go out where none are taken, and nothing for
    empties where nothing has a deposit."""
    has_use = {MoneyReason.TIPS: bool(menu.most_tip), MoneyReason.EMPTIES: bool(menu.deposits)}
    return tuple(reason for reason in MONEY_REASONS[what] if has_use.get(reason, True))


class DrawerReason(StrEnum):
    """Why the drawer is opened without a sale. The list is closed."""

    GIVE_CHANGE = "give_change"
    CHANGE_FORGOTTEN = "change_forgotten"
    LOOK = "look"
    TEST = "test"


WITH_SALE = "sale"
"""In place of a reason, if a sale opens the drawer."""


class CountReason(StrEnum):
    """The reason for the difference of a count. The list is closed."""

    WRONG_CHANGE = "wrong_change"
    WRONG_KEY = "wrong_key"
    NOT_ENTERED = "not_entered"
    MISSING = "missing"
    NOT_FOUND = "not_found"


class CorrectionKind(StrEnum):
    """How units were removed from an order."""

    REMOVED = "removed"
    LOWERED = "lowered"
    TAKEN_BACK = "taken_back"


@value
class Shift:
    """A till's current shift. `number` is its place among the till's shifts, from 1.

    `after_receipt` and `after_refund` are the numbers of the last receipt and the last refund before it. `float` is the
    cash at its beginning, and `day` the business day on which that was entered; both are None until then, and nothing
    is sold before. `sales_before` and `returns_before` are the till's grand totals at its beginning.
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
    """A tally of a shift. `reason` is an id of a closed list, or empty."""

    what: Tallied
    count: int
    amount: Money = ZERO
    reason: str = ""
    person: int | None = None
    name: str = ""
    """The person's name."""


@value
class TerminalSum:
    """For a kind of tender, the total that the terminal printed (`counted`) and the till's own (`expected`)."""

    kind: str
    counted: Money
    expected: Money

    @property
    def difference(self) -> Money:
        """Counted less expected."""
        return self.counted - self.expected


@value
class DrawerCount:
    """A count of the drawer. `pieces` are the worth of each note or coin in øre, and how many; empty if only the total
    was counted. `reason` explains the difference; empty until somebody gave one."""

    id: int
    at: datetime
    cash: Money
    expected: Money
    pieces: tuple[tuple[int, int], ...] = ()
    terminals: tuple[TerminalSum, ...] = ()
    reason: str = ""

    @property
    def difference(self) -> Money:
        """Counted less expected."""
        return self.cash - self.expected

    @property
    def is_explained(self) -> bool:
        """Whether there is no difference, or a reason for it."""
        return bool(self.reason) or not (self.difference or any(total.difference for total in self.terminals))


MOST_COUNTS = 2
"""A count and one recount."""
