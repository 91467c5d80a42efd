"""The discarded orders: written down with their reason, found again until the business day ends, and counted."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime

from pos.domain.discards import DiscardReason
from pos.domain.errors import Refused
from pos.domain.money import Money
from pos.domain.order import Order
from pos.domain.value import value
from pos.store.codec import Json, to_time
from pos.store.packing import Bodies

ORDER = Json(Order)

ADD = """
    INSERT INTO discard (order_id, till_id, cashier, reason, at, business_day, units, total_minor)
    VALUES (:order_id, :till_id, :cashier, :reason, :at, :business_day, :units, :total_minor)
"""
OF_DAY = """
    SELECT discard.order_id, discard.reason, discard.at, till.name, discard.total_minor, log.seq,
        COALESCE(own.body, '')
    FROM discard
    JOIN orders ON orders.order_id = discard.order_id
    JOIN journal AS log ON log.seq = orders.head_seq
    LEFT JOIN order_body AS own ON own.seq = log.seq
    JOIN till ON till.id = discard.till_id
    WHERE discard.business_day = :day AND discard.recalled_at IS NULL AND orders.state = 'abandoned'
    ORDER BY discard.id DESC
"""
BRING_BACK = """
    UPDATE discard SET recalled_at = :at
    WHERE order_id = :order_id AND business_day = :day AND recalled_at IS NULL
"""
LAST = "SELECT COALESCE(MAX(id), 0) FROM discard"
SINCE = """
    SELECT COUNT(*), TOTAL(total_minor) FROM discard
    WHERE id > :after AND till_id = :till_id AND cashier = :cashier AND recalled_at IS NULL
"""


@value
class Discard:
    """What is written down of an order that is given up."""

    reason: DiscardReason
    day: date
    total: Money


@value
class Discarded:
    """An order that was discarded on this business day, and the till that did it."""

    order_id: str
    reason: DiscardReason
    at: datetime
    till_name: str
    total: Money
    order: Order


def add_discard(
    conn: sqlite3.Connection, order: Order, till_id: int, cashier: str, at: datetime, discard: Discard
) -> None:
    """Write down that an order was given up, inside the open transaction."""
    values = {
        "order_id": order.id,
        "till_id": till_id,
        "cashier": cashier,
        "reason": discard.reason,
        "at": at.isoformat(),
        "business_day": discard.day.isoformat(),
        "units": sum(line.quantity for line in order.lines),
        "total_minor": discard.total.minor,
    }
    conn.execute(ADD, values)


def discarded_on(conn: sqlite3.Connection, day: date) -> tuple[Discarded, ...]:
    """The orders of a business day that were discarded and stayed so, the latest first."""
    bodies = Bodies(conn)
    return tuple(
        Discarded(order_id, DiscardReason(reason), to_time(at), till, Money(total), ORDER.read(bodies.of(seq, body)))
        for order_id, reason, at, till, total, seq, body in conn.execute(OF_DAY, {"day": day.isoformat()}).fetchall()
    )


def last_discard(conn: sqlite3.Connection) -> int:
    """The number of the last discard at any till; 0 for none."""
    return int(conn.execute(LAST).fetchone()[0])


def discarded_after(conn: sqlite3.Connection, after: int, till_id: int, cashier: str) -> tuple[int, Money]:
    """How many orders somebody discarded at a till after that number, and what they came to."""
    values = {"after": after, "till_id": till_id, "cashier": cashier}
    count, minor = conn.execute(SINCE, values).fetchone()
    return int(count), Money(int(minor))


def bring_back(conn: sqlite3.Connection, order_id: str, at: datetime, day: date) -> None:
    """Note that a discarded order is brought back. Raises `Refused` `order-already-recalled` when somebody was faster,
    or when its business day is over."""
    values = {"order_id": order_id, "at": at.isoformat(), "day": day.isoformat()}
    if not conn.execute(BRING_BACK, values).rowcount:
        raise Refused("order-already-recalled")
