"""Fills the table of call numbers in files from before the shop had one series of them."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from pos.store.file.codec import to_seconds

GIVE = """
    INSERT INTO call_number (number, turn, order_id, since_unix) VALUES (:number, :turn, :order_id, :since)
    ON CONFLICT (number)
    DO UPDATE SET turn = excluded.turn, order_id = excluded.order_id, since_unix = excluded.since_unix
"""
RECENT_SALES = """
    SELECT call_number, order_id, paid_unix FROM sale
    WHERE id > (SELECT MAX(id) FROM sale) - 2000 AND call_number BETWEEN 1 AND 99 ORDER BY paid_unix, id
"""
UNPAID_BEFORE = """
    SELECT call_number, order_id, opened_at FROM orders
    WHERE state IN ('open', 'held') AND call_number BETWEEN 1 AND 99 ORDER BY opened_at
"""


def fill_call_numbers(conn: sqlite3.Connection) -> None:
    """Insert the call numbers that orders already have: those of sales, then those of unpaid orders."""
    given: dict[int, tuple[str, int]] = {}
    for number, order_id, paid in conn.execute(RECENT_SALES).fetchall():
        given.pop(number, None)
        given[number] = (order_id, paid)
    for number, order_id, opened_at in conn.execute(UNPAID_BEFORE).fetchall():
        given.pop(number, None)
        given[number] = (order_id, to_seconds(datetime.fromisoformat(opened_at)))
    for turn, (number, (order_id, since)) in enumerate(given.items(), start=1):
        conn.execute(GIVE, {"number": number, "turn": turn, "order_id": order_id, "since": since})
