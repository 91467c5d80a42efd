"""What an order that takes another's place knows of the sale whose goods go back for it."""

from __future__ import annotations

import re
from enum import StrEnum

from pos.domain.money import Money
from pos.domain.text import LocalText
from pos.domain.value import value

EXCHANGE = "exchange"
"""The kind of the tender by which goods that go back pay for others."""

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
    """A sale by the number of its receipt: the series of its till and the number in it."""

    series: str
    number: int

    @property
    def name(self) -> str:
        """As the receipt has it: `K1-17`."""
        return f"{self.series}-{self.number}"

    @classmethod
    def parse(cls, text: str) -> SaleNumber | None:
        """The number in a text, as typed or scanned; None where it has not that form."""
        match = _NUMBER.fullmatch(text.strip().upper())
        return None if match is None else cls(match["series"], int(match["number"]))


@value
class Way:
    """Money by the way it came in: its kind as a tender has it, and what its channel was called."""

    kind: str
    amount: Money
    name: LocalText | None = None


@value
class Exchange:
    """What goes back for an order: so many of which lines of a sale, why, and what they pay for. `refund` is the id of
    the refund that it becomes when the order is paid."""

    refund: str
    of: SaleNumber
    counts: tuple[tuple[int, int], ...]
    reason: RefundReason
    credit: Money
