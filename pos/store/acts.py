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
    """Where an order stands; only an open one changes. One that was written off is *abandoned*, too: it is no sale."""

    OPEN = "open"
    HELD = "held"
    PAID = "paid"
    ABANDONED = "abandoned"


@value
class Act:
    """Who did what, where and when: one row of the journal.

    `id` is 16 random bytes by which the act is found again after a COMMIT that raised; `seed` makes its draws
    repeatable; `day` is the business day of `at`. `till`, `person`, `approver` and `shift` are ids, None where there is
    none. `order_id` is the order that an act without a move is about, if any: else the journal takes the
    one that a fact names as its `order_id`.
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
    """Something that becomes true by an act, besides the moves of orders. Its noun's module owns it, with its SQL."""

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Make it so, inside the act's transaction."""

    def told(self) -> object:
        """The fact as JSON: what the journal keeps, enough to make it true again."""


@value
class Move:
    """An order after an act. `head` is the journal's row at which the order stood when it was looked at (None: a new
    order); it must still stand there. `back` is the row that taking the act back leads to."""

    order: Order
    head: int | None
    back: int | None
    state: OrderState = OrderState.OPEN
    events: tuple[OfferEvent, ...] = ()


@value
class Saved:
    """A row of the journal: the order after an act, and in `parent` the row that taking the act back leads to."""

    seq: int
    order: Order
    parent: int | None
    verb: str
