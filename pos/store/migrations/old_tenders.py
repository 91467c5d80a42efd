"""Fills the table of tenders in files from before it existed, from the old log."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from pos.domain.business_day import business_day
from pos.domain.order.order import Order, Tender
from pos.store.file.codec import Json, to_time
from pos.store.file.connection import Unreadable
from pos.store.file.packing import Bodies

ORDER = Json(Order)

KEEP = """
    INSERT INTO tender (
        order_id, number, till_id, cashier, kind, state, amount_minor, handed_minor, rounding_minor, change_minor, at,
        changed_at, business_day
    ) VALUES (
        :order_id, :number, :till_id, :cashier, :kind, :state, :amount_minor, :handed_minor, :rounding_minor,
        :change_minor, :at, :changed_at, :business_day
    )
    ON CONFLICT (order_id, number) DO UPDATE SET
        state = excluded.state, amount_minor = excluded.amount_minor, handed_minor = excluded.handed_minor,
        rounding_minor = excluded.rounding_minor, change_minor = excluded.change_minor,
        changed_at = excluded.changed_at, business_day = excluded.business_day
    WHERE state <> excluded.state
"""

# Orders with tenders in the old log; the approved tenders of sales are in the table of sales.
ORDERS_BEFORE = """
    SELECT order_id FROM order_log WHERE verb IN ('terminal_declined', 'give_back')
    UNION
    SELECT log.order_id FROM order_log AS log JOIN orders ON orders.order_id = log.order_id
    WHERE orders.state <> 'paid' AND log.verb IN ('pay_cash', 'ask_card', 'ask_mobile')
"""
HEAD_BEFORE = """
    SELECT log.seq, COALESCE(own.body, log.body)
    FROM orders
    JOIN order_log AS log ON log.seq = orders.head_seq
    LEFT JOIN order_body AS own ON own.seq = log.seq
    WHERE orders.order_id = :order_id
"""
ACTS_BEFORE = """
    SELECT order_id, verb, at, till_id, cashier FROM order_log
    WHERE verb IN (
        'pay_cash', 'ask_card', 'ask_mobile', 'terminal_approved', 'terminal_declined', 'terminal_unknown', 'give_back',
        'paid'
    )
    ORDER BY seq
"""


@dataclass(slots=True)
class TenderHistory:
    """When, where and by whom a tender was tried, and when it came to its state."""

    at: str
    till_id: int
    cashier: str
    counts: bool


def fill_tenders(conn: sqlite3.Connection) -> None:
    """Insert the tenders that no sale has: declined, given back, or on an order that was never paid.

    An order whose body cannot be read keeps the tenders of its sale.
    """
    orders = {order_id for (order_id,) in conn.execute(ORDERS_BEFORE).fetchall()}
    acts: dict[str, list[tuple[str, str, int, str]]] = {}
    if orders:
        for order_id, *act in conn.execute(ACTS_BEFORE):
            if order_id in orders:
                acts.setdefault(order_id, []).append((act[0], act[1], act[2], act[3]))
    bodies = Bodies(conn)
    for order_id, done in acts.items():
        with suppress(Unreadable):
            seq, body = conn.execute(HEAD_BEFORE, {"order_id": order_id}).fetchone()
            tenders = ORDER.read(bodies.of(seq, body)).tenders
            conn.execute("DELETE FROM tender WHERE order_id = :order_id", {"order_id": order_id})
            for tender, taken in zip(tenders, _taken(done, len(tenders)), strict=True):
                changed = to_time(taken.at)
                row = _row(order_id, tender, taken.till_id, taken.cashier, changed, business_day(changed))
                conn.execute(KEEP, row)


def _taken(acts: list[tuple[str, str, int, str]], count: int) -> list[TenderHistory]:
    """For each of an order's tenders, when, where and by whom it was tried, out of the acts of the log."""
    found: list[TenderHistory] = []
    for verb, at, till_id, cashier in acts:
        if verb in ("pay_cash", "ask_card", "ask_mobile") or (verb == "paid" and len(found) < count):
            found.append(TenderHistory(at, till_id, cashier, counts=verb in ("pay_cash", "paid")))
        elif verb == "give_back":
            last = next((taken for taken in reversed(found) if taken.counts), None)
            if last is not None:
                last.at, last.counts = at, False
        elif found:
            found[-1].at, found[-1].counts = at, verb in ("terminal_approved", "paid")
    while len(found) < count:
        found.append(TenderHistory(acts[-1][1], acts[-1][2], acts[-1][3], counts=False))
    return found[:count]


def _row(
    order_id: str, tender: Tender, till_id: int, cashier: str, changed_at: datetime, day: date
) -> dict[str, str | int]:
    return {
        "order_id": order_id,
        "number": tender.id,
        "till_id": till_id,
        "cashier": cashier,
        "kind": tender.kind,
        "state": tender.state,
        "amount_minor": tender.amount.minor,
        "handed_minor": tender.handed.minor,
        "rounding_minor": tender.rounding.minor,
        "change_minor": tender.change.minor,
        "at": tender.at.isoformat(),
        "changed_at": changed_at.isoformat(),
        "business_day": day.isoformat(),
    }
