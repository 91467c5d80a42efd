"""The rows of the journal in a period, with their facts as stored. Exports are made from them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pos.domain.value import value
from pos.store.file.codec import from_instant, to_instant
from pos.store.file.connection import StoreFile
from pos.store.file.packing import Bodies

FAR = 5_000
"""Rows searched at a time. No till can commit while they are being read."""

LAST = "SELECT COALESCE(MAX(seq), 0) FROM journal"
BETWEEN = """
    SELECT
        journal.seq, journal.at_us, journal.offset_s, journal.till, journal.person, journal.verb, orders.order_id,
        own.facts
    FROM journal
    LEFT JOIN order_body AS own ON own.seq = journal.seq
    LEFT JOIN orders ON orders.order_key = journal.order_key
    WHERE journal.seq > :after AND journal.seq <= :upto AND journal.at_us >= :since AND journal.at_us < :until
    ORDER BY journal.seq
"""


@value
class ToldRow:
    """A row of the journal. `till` and `person` are ids; `facts` is the stored text, a JSON list."""

    seq: int
    at: datetime
    till: int | None
    person: int | None
    verb: str
    order_id: str | None
    facts: str


def last_row(file: StoreFile) -> int:
    """The number of the last row; 0 before the first."""
    with file.reading() as conn:
        return int(conn.execute(LAST).fetchone()[0])


def rows_between(file: StoreFile, since: datetime, until: datetime, upto: int) -> Iterator[ToldRow]:
    """The rows from `since` to before `until`, up to row `upto`, the first one first. They are read in short slices, so
    that tills can sell meanwhile."""
    times = {"since": to_instant(since)[0], "until": to_instant(until)[0]}
    for after in range(0, upto, FAR):
        with file.snapshot() as conn:
            bodies = Bodies(conn)
            found = conn.execute(BETWEEN, {**times, "after": after, "upto": min(after + FAR, upto)}).fetchall()
            rows = [
                ToldRow(seq, from_instant(at_us, offset_s), till, person, verb, order, bodies.facts(seq, facts))
                for seq, at_us, offset_s, till, person, verb, order, facts in found
            ]
        yield from rows
