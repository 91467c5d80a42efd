"""Discarded orders: recorded with their reason, recallable until the business day ends, and counted."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime

from pos.domain.money import Money
from pos.domain.order.discards import DiscardReason
from pos.domain.order.order import Order
from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import Json, from_instant, instant_columns
from pos.store.file.connection import Unreadable
from pos.store.file.packing import Bodies

ORDER = Json(Order)

ADD = """
    INSERT INTO discard (order_key, till_id, person, reason, at_us, offset_s, business_day, units, total_minor)
    VALUES (
        (SELECT order_key FROM orders WHERE order_id = :order_id), :till_id,
        (SELECT id FROM person WHERE name = :cashier), :reason, :at_us, :offset_s, :business_day, :units,
        :total_minor
    )
"""
OF_DAY = """
    SELECT
        orders.order_id, discard.reason, till.name, discard.total_minor, log.seq, COALESCE(own.body, ''),
        discard.at_us, discard.offset_s
    FROM discard
    JOIN orders ON orders.order_key = discard.order_key
    JOIN journal AS log ON log.seq = orders.head_seq
    LEFT JOIN order_body AS own ON own.seq = log.seq
    JOIN till ON till.id = discard.till_id
    WHERE discard.business_day = :day AND discard.recalled_us IS NULL AND orders.state = 'abandoned'
    ORDER BY discard.id DESC
"""
BRING_BACK = """
    UPDATE discard SET recalled_us = :at_us, recalled_offset_s = :offset_s
    WHERE order_key = (SELECT order_key FROM orders WHERE order_id = :order_id)
        AND business_day = :day AND recalled_us IS NULL
"""
LAST = "SELECT COALESCE(MAX(id), 0) FROM discard"
SINCE = """
    SELECT COUNT(*), TOTAL(total_minor) FROM discard
    WHERE id > :after AND till_id = :till_id AND recalled_us IS NULL
        AND person IS (SELECT id FROM person WHERE name = :cashier)
"""


@value
class Discarding:
    """An order is discarded, for a reason: its units, and their total."""

    order_id: str
    reason: DiscardReason
    units: int
    total: Money
    cashier: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        values = {
            "order_id": self.order_id,
            "till_id": act.till,
            "cashier": self.cashier,
            "reason": self.reason,
            **instant_columns(act.at),
            "business_day": act.day.isoformat(),
            "units": self.units,
            "total_minor": self.total.minor,
        }
        conn.execute(ADD, values)

    def told(self) -> object:
        return {"discarded": self}


@value
class BroughtBack:
    """A discarded order is recalled, before its business day ends."""

    order_id: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Raises `Unreadable` for an order that was not discarded on this day, or is recalled already."""
        values = {"order_id": self.order_id, **instant_columns(act.at), "day": act.day.isoformat()}
        if not conn.execute(BRING_BACK, values).rowcount:
            raise Unreadable(f"the discard of order {self.order_id}")

    def told(self) -> object:
        return {"brought_back": self}


@value
class Discarded:
    """An order that was discarded on this business day, and the till that did it."""

    order_id: str
    reason: DiscardReason
    at: datetime
    till_name: str
    total: Money
    order: Order


def discarded_on(conn: sqlite3.Connection, day: date) -> tuple[Discarded, ...]:
    """The orders of a business day that were discarded and not recalled, the latest first."""
    bodies = Bodies(conn)
    return tuple(
        Discarded(
            order_id, DiscardReason(reason), from_instant(*at), till, Money(total), ORDER.read(bodies.of(seq, body))
        )
        for order_id, reason, till, total, seq, body, *at in conn.execute(OF_DAY, {"day": day.isoformat()}).fetchall()
    )


def last_discard(conn: sqlite3.Connection) -> int:
    """The number of the last discard at any till; 0 for none."""
    return int(conn.execute(LAST).fetchone()[0])


def discarded_after(conn: sqlite3.Connection, after: int, till_id: int, cashier: str) -> tuple[int, Money]:
    """How many orders a cashier discarded at a till after a number, and their total."""
    values = {"after": after, "till_id": till_id, "cashier": cashier}
    count, minor = conn.execute(SINCE, values).fetchone()
    return int(count), Money(int(minor))
