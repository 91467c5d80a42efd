"""The parts of an order in the kitchen: what it was sent at one time, with its id in the file."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from pos.domain.sale.tickets import Ticket
from pos.domain.value import value

WAITS = timedelta(hours=2)
"""An order that is not marked as done disappears after this time, when its call number is free again."""


class PartKind(StrEnum):
    """How a part of an order was sent to the kitchen."""

    SALE = "sale"
    WRITE_OFF = "write_off"
    TICKET = "ticket"


@value
class PartRef:
    """A part of an order: its kind, and its id in the file."""

    kind: PartKind
    id: int


@value
class KitchenPart:
    """A part of an order with its ticket."""

    ref: PartRef
    ticket: Ticket
