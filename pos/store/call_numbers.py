"""Call numbers: 1 to 99 and round, one series for the shop, none that somebody still waits with."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from pos.store.codec import to_seconds

LARGEST = 99
WAITS = 2 * 60 * 60
"""Seconds that a number is taken to be waited with after it was given or paid, as long as no kitchen says that it is
ready."""

GIVEN = "SELECT number, since_unix, turn FROM call_number ORDER BY turn"
UNPAID = """
    SELECT call_number FROM orders WHERE state = 'open' UNION ALL SELECT call_number FROM orders WHERE state = 'held'
"""
GIVE = """
    INSERT INTO call_number (number, turn, order_id, since_unix) VALUES (:number, :turn, :order_id, :since)
    ON CONFLICT (number)
    DO UPDATE SET turn = excluded.turn, order_id = excluded.order_id, since_unix = excluded.since_unix
"""
PAID = "UPDATE call_number SET since_unix = :since WHERE number = :number AND order_id = :order_id"
HAS = "SELECT 1 FROM call_number WHERE number = :number AND order_id = :order_id"


def give_number(conn: sqlite3.Connection, order_id: str, at: datetime) -> int:
    """The next call number, given to an order inside the open transaction.

    The next after the last one given that nobody waits with: not given or paid in the last two hours, and of no order
    that is unpaid. If all are waited with, the one given longest ago.
    """
    given, now = conn.execute(GIVEN).fetchall(), to_seconds(at)
    last, _, turn = given[-1] if given else (0, 0, 0)
    # A clock that was set back frees none: what was given later than now is waited with.
    waited_with = {number for number, since, _ in given if now - since < WAITS}
    waited_with.update(number for (number,) in conn.execute(UNPAID))
    following = ((last + step) % LARGEST + 1 for step in range(LARGEST))
    number = next((number for number in following if number not in waited_with), None)
    if number is None:
        number = given[0][0]
    conn.execute(GIVE, {"number": number, "turn": turn + 1, "order_id": order_id, "since": now})
    return int(number)


def waits_from(conn: sqlite3.Connection, number: int, order_id: str, at: datetime) -> None:
    """The order was paid now: from now on its customer waits with the number."""
    conn.execute(PAID, {"number": number, "order_id": order_id, "since": to_seconds(at)})


def still_has(conn: sqlite3.Connection, number: int, order_id: str) -> bool:
    """Whether the number has not been given to another order since."""
    return number > LARGEST or conn.execute(HAS, {"number": number, "order_id": order_id}).fetchone() is not None


RECENT_SALES = """
    SELECT call_number, order_id, paid_unix FROM sale
    WHERE id > (SELECT MAX(id) FROM sale) - 2000 AND call_number BETWEEN 1 AND 99 ORDER BY paid_unix, id
"""
UNPAID_BEFORE = """
    SELECT call_number, order_id, opened_at FROM orders
    WHERE state IN ('open', 'held') AND call_number BETWEEN 1 AND 99 ORDER BY opened_at
"""


def fill_call_numbers(conn: sqlite3.Connection) -> None:
    """Take the numbers that orders have already into the series: those of sales, then those of unpaid orders."""
    given: dict[int, tuple[str, int]] = {}
    for number, order_id, paid in conn.execute(RECENT_SALES).fetchall():
        given.pop(number, None)
        given[number] = (order_id, paid)
    for number, order_id, opened_at in conn.execute(UNPAID_BEFORE).fetchall():
        given.pop(number, None)
        given[number] = (order_id, to_seconds(datetime.fromisoformat(opened_at)))
    for turn, (number, (order_id, since)) in enumerate(given.items(), start=1):
        conn.execute(GIVE, {"number": number, "turn": turn, "order_id": order_id, "since": since})
