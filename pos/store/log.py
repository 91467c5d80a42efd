"""One verb's rows: the order after it, where the order stands, and what it meant for the offers."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from pos.domain.errors import Refused
from pos.domain.ledger import OfferEvent
from pos.domain.order import Order
from pos.domain.value import value
from pos.store.codec import to_json, to_text
from pos.store.next_visits import claim

ADD_TO_LOG = """
    INSERT INTO order_log (order_id, till_id, verb, at, cashier, parent, body)
    VALUES (:order_id, :till_id, :verb, :at, :cashier, :parent, '')
"""
ADD_BODY = "INSERT INTO order_body (seq, body) VALUES (:seq, :body)"
BEGIN_ORDER = """
    INSERT INTO orders (order_id, till_id, call_number, state, opened_at)
    VALUES (:order_id, :till_id, :call_number, 'open', :opened_at)
    ON CONFLICT (order_id) DO NOTHING
"""
MOVE_ORDER = """
    UPDATE orders SET state = :state, held_at = :held_at, head_seq = :seq
    WHERE order_id = :order_id AND till_id = :till_id AND state = 'open'
"""
ADD_EVENT = """
    INSERT INTO offer_event (order_id, seq, number, name, kind, offer_id, at, outcome, reason, count, units)
    VALUES (:order_id, :seq, :number, :name, :kind, :offer_id, :at, :outcome, :reason, :count, :units)
"""


class OrderState(StrEnum):
    """Where an order stands; only an open one changes."""

    OPEN = "open"
    HELD = "held"
    PAID = "paid"
    ABANDONED = "abandoned"


@value
class Entry:
    """What one verb writes: the order after it, `parent` for taking it back, and the events of offers."""

    till_id: int
    verb: str
    order: Order
    parent: int | None
    at: datetime
    events: Sequence[OfferEvent] = ()
    cashier: str = ""
    state: OrderState = OrderState.OPEN
    day: date | None = None
    """The business day of `at`; the calendar's where nobody says."""


def add_entry(conn: sqlite3.Connection, entry: Entry) -> int:
    """Write a verb inside the open transaction and give its row's number.

    Raises `Refused`: `order-not-open` for an order that is not open at this till (any more), `order-already-open` for a
    second one beside the till's open order, and what `claim` raises for a next-visit code that another order carries.
    """
    values = _values(entry)
    try:
        conn.execute(BEGIN_ORDER, values)
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_UNIQUE:
            raise Refused("order-already-open") from error
        raise
    claim(conn, entry.order, entry.day or entry.at.date())
    seq = conn.execute(ADD_TO_LOG, values).lastrowid or 0
    values["seq"] = seq
    conn.execute(ADD_BODY, values)
    if not conn.execute(MOVE_ORDER, values).rowcount:
        raise Refused("order-not-open")
    if entry.events:
        add_events(conn, entry.order.id, seq, entry.events)
    return seq


def _values(entry: Entry) -> dict[str, str | int | None]:
    order, at = entry.order, entry.at.isoformat()
    return {
        "order_id": order.id,
        "till_id": entry.till_id,
        "verb": entry.verb,
        "at": at,
        "cashier": entry.cashier,
        "parent": entry.parent,
        "body": to_json(order),
        "call_number": order.call_number,
        "state": entry.state,
        "opened_at": order.opened_at.isoformat(),
        "held_at": at if entry.state is OrderState.HELD else None,
    }


def add_events(conn: sqlite3.Connection, order_id: str, seq: int, events: Sequence[OfferEvent]) -> None:
    """Write the events that a verb brought."""
    rows = [
        {
            "order_id": order_id,
            "seq": seq,
            "number": number,
            "name": event.name,
            "kind": event.kind,
            "offer_id": event.offer_id,
            "at": to_text(event.at),
            "outcome": event.outcome,
            "reason": event.reason,
            "count": event.count,
            "units": event.units,
        }
        for number, event in enumerate(events)
    ]
    conn.executemany(ADD_EVENT, rows)
