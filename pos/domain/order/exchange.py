"""What an order in an exchange knows of the sale whose goods are returned."""

from __future__ import annotations

import re
from enum import StrEnum

from pos.domain.money import Money
from pos.domain.text import LocalText
from pos.domain.value import value

EXCHANGE = "exchange"
"""The kind of the tender by which returned goods pay for others."""

EXCHANGE_NAME = LocalText("Bytte", "Exchange")

_NUMBER = re.compile(r"(?P<series>[A-Z][A-Z0-9]*)-(?P<number>[0-9]{1,9})", re.ASCII)


class RefundReason(StrEnum):
    """Why money goes back. The list is closed."""

    MADE_WRONG = "made_wrong"
    NOT_GOOD = "not_good"
    MISSING = "missing"
    RUNG_WRONG = "rung_wrong"
    TOO_SLOW = "too_slow"
    CHANGED_MIND = "changed_mind"


@value
class SaleNumber:
    """The number of a sale's receipt: its till's series and the number in it."""

    series: str
    number: int

    @property
    def name(self) -> str:
        """As printed: `K1-17`."""
        return f"{self.series}-{self.number}"

    @classmethod
    def parse(cls, text: str) -> SaleNumber | None:
        """The number in a typed or scanned text; None if it has another form."""
        match = _NUMBER.fullmatch(text.strip().upper())
        return None if match is None else cls(match["series"], int(match["number"]))


@value
class Way:
    """An amount by the way it came in: the kind of tender, and the name of its channel."""

    kind: str
    amount: Money
    name: LocalText | None = None


@value
class Exchange:
    """The goods that are returned for an order: which lines and quantities of a sale, why, and the credit for them.
    `refund` is the id of the refund that it becomes at payment, `asked` what a terminal is asked to pay back of the
    difference."""

    refund: str
    of: SaleNumber
    counts: tuple[tuple[int, int], ...]
    reason: RefundReason
    credit: Money
    asked: Way | None = None

    def going_back(self, price: Money) -> Money:
        """What a terminal is asked to pay back, of goods that pay `price`."""
        return self.credit - price if self.asked is None else self.asked.amount
