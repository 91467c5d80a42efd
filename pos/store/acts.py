"""What one act is, and what it changes: the values that a gate hands to the store."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from pos.domain.order.order import Order
from pos.domain.sale.ledger import OfferEvent
from pos.domain.value import value


class OrderState(StrEnum):
    """The state of an order. Only an open one changes. A written-off order is *abandoned*, too: it is no sale."""

    OPEN = "open"
    HELD = "held"
    PAID = "paid"
    ABANDONED = "abandoned"


@value
class Act:
    """Who did what, where and when: one row of the journal.

    `id` is 16 random bytes, by which the act is looked up after a COMMIT that raised. `seed` makes its random draws
    repeatable. `day` is the business day of `at`. `till`, `person`, `approver` and `shift` are ids, or None. `order_id`
    is the order that an act without a move is about; if it is None, the journal takes the `order_id` of one of the
    facts.
    """

    id: bytes
    verb: str
    at: datetime
    day: date
    seed: int = 0
    till: int | None = None
    person: int | None = None
    approver: int | None = None
    shift: int | None = None
    reason: str = ""
    order_id: str | None = None


class Fact(Protocol):
    """Something that an act makes true, besides moving orders. The module of its noun owns it, with its SQL."""

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Write the fact to its tables, inside the act's transaction."""

    def told(self) -> object:
        """The fact as the journal keeps it: JSON, from which the tables can be made again."""


@value
class Move:
    """An order after an act. `head` is the row of the journal at which the order was read (None: a new order); the act
    is refused if the order has moved on since. Undoing the act goes to row `back`. `restores`: the order stood so
    before, and nothing in it is new."""

    order: Order
    head: int | None
    back: int | None
    state: OrderState = OrderState.OPEN
    events: tuple[OfferEvent, ...] = ()
    restores: bool = False


@value
class Saved:
    """A row of the journal, with the order after its act. Undoing the act goes to row `parent`."""

    seq: int
    order: Order
    parent: int | None
    verb: str
