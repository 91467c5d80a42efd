"""Call numbers: 1 to 99 and round, one series for the shop, none that a customer still waits with."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import to_seconds
from pos.store.file.connection import StoreFile

LARGEST = 99
WAITS = 2 * 60 * 60
"""Seconds for which a customer is taken to wait after the number was given or the order paid, unless the kitchen marks
the order as done."""

GIVEN = "SELECT number, since_unix, turn FROM call_number ORDER BY turn"
UNPAID = """
    SELECT call_number FROM orders WHERE state = 'open' UNION ALL SELECT call_number FROM orders WHERE state = 'held'
"""
GIVE = """
    INSERT INTO call_number (number, turn, order_key, since_unix)
    VALUES (:number, :turn, (SELECT order_key FROM orders WHERE order_id = :order_id), :since)
    ON CONFLICT (number)
    DO UPDATE SET turn = excluded.turn, order_key = excluded.order_key, since_unix = excluded.since_unix
"""
PAID = """
    UPDATE call_number SET since_unix = :since
    WHERE number = :number AND order_key = (SELECT order_key FROM orders WHERE order_id = :order_id)
"""
HAS = "SELECT 1 FROM call_number JOIN orders USING (order_key) WHERE number = :number AND order_id = :order_id"


class CallNumberStore:
    """The call numbers of one shop."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def next(self, at: datetime) -> tuple[int, int]:
        """The next call number, and its turn.

        It is the next one that nobody waits with: not given or paid in the last two hours, and not of an unpaid order.
        If customers wait with all, it is the one given longest ago to a paid order.
        """
        with self._file.reading() as conn:
            given, now = conn.execute(GIVEN).fetchall(), to_seconds(at)
            last, _, turn = given[-1] if given else (0, 0, 0)
            # A number given later than now, before the clock was set back, still counts as waited with.
            unpaid = {number for (number,) in conn.execute(UNPAID)}
            waited_with = unpaid | {number for number, since, _ in given if now - since < WAITS}
        following = ((last + step) % LARGEST + 1 for step in range(LARGEST))
        number = next((number for number in following if number not in waited_with), None)
        if number is None:
            number = next((number for number, _, _ in given if number not in unpaid), given[0][0])
        return int(number), turn + 1

    def still_has(self, number: int, order_id: str) -> bool:
        """Whether the number was not given to another order since."""
        values = {"number": number, "order_id": order_id}
        with self._file.reading() as conn:
            return number > LARGEST or conn.execute(HAS, values).fetchone() is not None


@value
class CallNumberGiven:
    """An order gets a call number. `turn` counts the numbers given."""

    number: int
    turn: int
    order_id: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        since = to_seconds(act.at)
        conn.execute(GIVE, {"number": self.number, "turn": self.turn, "order_id": self.order_id, "since": since})

    def told(self) -> object:
        return {"call_number": self}


def waits_from(conn: sqlite3.Connection, number: int, order_id: str, at: datetime) -> None:
    """The order was paid now: the customer waits from now on."""
    conn.execute(PAID, {"number": number, "order_id": order_id, "since": to_seconds(at)})
