"""One verb's rows: the order after it, where the order stands, and what it meant for the offers."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from pos.domain.business_day import business_day
from pos.domain.errors import Refused
from pos.domain.ledger import OfferEvent
from pos.domain.order import Order
from pos.domain.value import value
from pos.store.acts import OrderState
from pos.store.call_numbers import give_number, waits_from
from pos.store.codec import to_json, to_text
from pos.store.next_visits import claim
from pos.store.tenders import keep_tenders

ADD_TO_LOG = """
    INSERT INTO order_log (order_id, till_id, verb, at, cashier, parent, body)
    VALUES (:order_id, :till_id, :verb, :at, :cashier, :parent, '')
"""
ADD_BODY = "INSERT INTO order_body (seq, body) VALUES (:seq, :body)"
BEGIN_ORDER = """
    INSERT INTO orders (order_id, till_id, call_number, state, opened_at)
    VALUES (:order_id, :till_id, 0, 'open', :opened_at)
    ON CONFLICT (order_id) DO NOTHING
"""
COUNT_ORDER = "UPDATE till SET orders_begun = orders_begun + 1 WHERE id = :till_id RETURNING orders_begun"
MOVE_ORDER = """
    UPDATE orders SET state = :state, call_number = :call_number, held_at = :held_at, head_seq = :seq
    WHERE order_id = :order_id AND till_id = :till_id AND state = 'open'
"""
ADD_EVENT = """
    INSERT INTO offer_event (order_id, seq, number, name, kind, offer_id, at, outcome, reason, count, units)
    VALUES (:order_id, :seq, :number, :name, :kind, :offer_id, :at, :outcome, :reason, :count, :units)
"""


@value
class Saved:
    """A row of the log: the order after a verb, and in `parent` the row that taking the verb back leads to."""

    seq: int
    order: Order
    parent: int | None
    verb: str


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
    gets_number: bool = False
    """Whether the order has a call number from now on although nobody has paid anything: it was made for nothing."""


def add_entry(conn: sqlite3.Connection, entry: Entry) -> Saved:
    """Write a verb inside the open transaction, and return its row: the order has got the numbers due to it by then.

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
    day = entry.day or business_day(entry.at)
    claim(conn, entry.order, day)
    order = _numbered(conn, entry)
    if order is not entry.order:
        values = _values(replace(entry, order=order))
    seq = conn.execute(ADD_TO_LOG, values).lastrowid or 0
    values["seq"] = seq
    conn.execute(ADD_BODY, values)
    if not conn.execute(MOVE_ORDER, values).rowcount:
        raise Refused("order-not-open")
    if entry.events:
        add_events(conn, order.id, seq, entry.events)
    if order.tenders:
        keep_tenders(conn, order, entry.till_id, entry.cashier, entry.at, day)
    return Saved(seq, order, entry.parent, entry.verb)


def _numbered(conn: sqlite3.Connection, entry: Entry) -> Order:
    """The order with its place among the till's orders from its first verb on, and its call number from the first
    tender on. Orders from before the till counted them have their call number to be told apart by."""
    order = entry.order
    if not order.ordinal and not order.call_number:
        ((ordinal,),) = conn.execute(COUNT_ORDER, {"till_id": entry.till_id}).fetchall()
        order = replace(order, ordinal=ordinal)
    if (order.tenders or entry.gets_number) and not order.call_number:
        order = replace(order, call_number=give_number(conn, order.id, entry.at))
    elif entry.state is OrderState.PAID or entry.gets_number:
        waits_from(conn, order.call_number, order.id, entry.at)
    return order


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
