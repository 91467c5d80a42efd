"""What the kitchen was told of an order at one time, by its number in the file."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from pos.domain.sale.tickets import Ticket
from pos.domain.value import value

WAITS = timedelta(hours=2)
"""What nobody said is done goes off by itself after so long, as its call number is free again then."""


class PartKind(StrEnum):
    """What told the kitchen of a part of an order."""

    SALE = "sale"
    WRITE_OFF = "write_off"
    TICKET = "ticket"


@value
class PartRef:
    """A part of an order: which kind, and its number in the file."""

    kind: PartKind
    id: int


@value
class KitchenPart:
    """What the kitchen was told of an order at one time."""

    ref: PartRef
    ticket: Ticket
