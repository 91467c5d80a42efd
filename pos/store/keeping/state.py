"""The state of a file, for `pos doctor`: its version, its tills, and what waits to be finished."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from pos.domain.value import value
from pos.store.file.codec import from_instant, to_instant
from pos.store.file.connection import APPLICATION_ID, StoreFile
from pos.store.journal.journal import last

RECENT = 20_000
"""How many of the journal's last rows are searched for the latest act of each till."""

SQLITE = sqlite3.sqlite_version
VERSION = "PRAGMA user_version"
APPLICATION = "PRAGMA application_id"
IS_PRACTICE = "SELECT COUNT(*) FROM practice_file"
LAST_AT = "SELECT at_us, offset_s FROM journal ORDER BY seq DESC LIMIT 1"
TILLS = """
    SELECT till.name, recent.at_us, recent.offset_s
    FROM till LEFT JOIN (
        SELECT till, MAX(seq), at_us, offset_s FROM journal WHERE seq > :after AND till IS NOT NULL GROUP BY till
    ) AS recent ON recent.till = till.id
    ORDER BY till.id
"""
OPEN = """
    SELECT COUNT(*), COALESCE(SUM(journal.at_us < :since), 0)
    FROM orders JOIN journal ON journal.seq = orders.head_seq WHERE orders.state = 'open'
"""
HELD = """
    SELECT COUNT(*), COALESCE(SUM(journal.at_us < :since), 0)
    FROM orders JOIN journal ON journal.seq = orders.head_seq WHERE orders.state = 'held'
"""
UNKNOWN = """
    SELECT COUNT(*), COALESCE(SUM(amount_minor), 0) FROM tender WHERE state <> 'approved' AND state = 'unknown'
"""
OWED = """
    SELECT
        (SELECT COUNT(*) FROM receipt WHERE state <> 'printed')
        + (SELECT COUNT(*) FROM kitchen_slip WHERE state <> 'printed')
        + (SELECT COUNT(*) FROM write_off_paper WHERE state <> 'printed')
        + (SELECT COUNT(*) FROM refund_paper WHERE state <> 'printed')
"""


@value
class TillSeen:
    """A till and the time of its latest act; None if it is not in the last `RECENT` rows."""

    name: str
    at: datetime | None


@value
class Waiting:
    """Unfinished work: open and held orders, how many of them are `old`, payments with an unknown outcome and their sum
    in øre, and papers that were not printed."""

    opened: int
    held: int
    old: int
    unknown: int
    unknown_minor: int
    owed: int


class StateStore:
    """The state of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def version(self) -> int | None:
        """The number of the file's last migration; None for a file of another program."""
        with self._file.reading() as conn:
            is_ours = conn.execute(APPLICATION).fetchone() == (APPLICATION_ID,)
            return int(conn.execute(VERSION).fetchone()[0]) if is_ours else None

    def is_of_practice(self) -> bool:
        """Whether the file is a practice file."""
        with self._file.reading() as conn:
            return bool(conn.execute(IS_PRACTICE).fetchone()[0])

    def last_at(self) -> datetime | None:
        """The time of the last act; None before the first."""
        with self._file.reading() as conn:
            return _time(conn.execute(LAST_AT).fetchone())

    def tills(self) -> tuple[TillSeen, ...]:
        """The tills, by id."""
        with self._file.snapshot() as conn:
            after = last(conn).seq - RECENT
            rows = conn.execute(TILLS, {"after": after}).fetchall()
        return tuple(
            TillSeen(name, None if at_us is None else from_instant(at_us, offset)) for name, at_us, offset in rows
        )

    def waiting(self, since: datetime) -> Waiting:
        """The unfinished work. An order is old if it has not moved since `since`."""
        values = {"since": to_instant(since)[0]}
        with self._file.snapshot() as conn:
            opened, old = conn.execute(OPEN, values).fetchone()
            held, old_held = conn.execute(HELD, values).fetchone()
            unknown, minor = conn.execute(UNKNOWN).fetchone()
            (owed,) = conn.execute(OWED).fetchone()
        return Waiting(opened, held, old + old_held, unknown, minor, owed)


def _time(row: sqlite3.Row | tuple[int, int] | None) -> datetime | None:
    return None if row is None else from_instant(row[0], row[1])
