"""Reading the acts of the journal: those of one order, or all since a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from pos.domain.order.order import Order
from pos.domain.value import value
from pos.store.file.codec import Json, from_instant, to_instant
from pos.store.file.connection import StoreFile
from pos.store.file.packing import Bodies

SLICE = 500
"""Rows read at a time. No till can commit while a slice is being read."""

FAR = 20_000
"""Rows searched at a time for those of one order."""

COLUMNS = """
    SELECT
        journal.seq, journal.at_us, journal.offset_s, COALESCE(till.name, '') AS till,
        COALESCE(person.name, '') AS person, COALESCE(approver.name, '') AS approver, journal.verb, orders.order_id,
        journal.parent, journal.reason, journal.digest IS NOT NULL AS has_body, own.body, own.facts
    FROM journal
    LEFT JOIN order_body AS own ON own.seq = journal.seq
    LEFT JOIN orders ON orders.order_key = journal.order_key
    LEFT JOIN till ON till.id = journal.till
    LEFT JOIN person ON person.id = journal.person
    LEFT JOIN person AS approver ON approver.id = journal.approver
"""
AFTER = COLUMNS + "WHERE journal.seq > :after ORDER BY journal.seq LIMIT :most"
OF_ORDER = COLUMNS + (
    "WHERE journal.seq > :after AND journal.seq <= :upto AND orders.order_id = :order_id ORDER BY journal.seq"
)
LAST = "SELECT COALESCE(MAX(seq), 0) FROM journal"
SINCE = "SELECT MAX(seq) FROM journal WHERE seq > :after AND seq <= :upto AND at_us < :at_us"
PEOPLE = "SELECT id, name FROM person"
HEAD = "SELECT head_seq, opened_us FROM orders WHERE order_id = :order_id"
BY_RECEIPT = """
    SELECT order_id FROM sale JOIN orders USING (order_key) WHERE series = :series AND receipt_number = :number
    UNION ALL
    SELECT order_id FROM write_off JOIN orders USING (order_key) WHERE series = :series AND number = :number
"""
BY_CALL_NUMBER = """
    SELECT order_id FROM call_number JOIN orders USING (order_key) WHERE number = :number AND since_unix >= :since
"""
BY_ID = "SELECT order_id FROM orders WHERE order_id >= :least AND order_id < :beyond ORDER BY order_id LIMIT 2"
RECEIPT_OF = """
    SELECT series, receipt_number FROM orders JOIN sale USING (order_key) WHERE order_id = :order_id
    UNION ALL
    SELECT series, number FROM orders JOIN write_off USING (order_key) WHERE order_id = :order_id
"""

ORDER = Json(Order)
FACTS = Json(list[dict[str, object]])


@value
class ActRow:
    """A row of the journal with names in place of ids. `order` is the order after the act, None if the act moved none;
    `facts` are keyed by their names."""

    seq: int
    at: datetime
    till: str
    person: str
    approver: str
    verb: str
    order_id: str | None
    parent: int | None
    reason: str
    order: Order | None
    facts: Mapping[str, object]


class ActLog:
    """The acts of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def find(self, name: str, today: datetime) -> str | None:
        """The id of an order. `name` is the number of its receipt (`K1-12`), its call number (given since `today`), or
        the beginning of its id. None if no order matches, or more than one."""
        series, _, number = name.rpartition("-")
        with self._file.reading() as conn:
            if series and number.isdecimal():
                rows = conn.execute(BY_RECEIPT, {"series": series.upper(), "number": int(number[:15])}).fetchall()
            elif name.isdecimal() and len(name) <= 2:
                since = int(today.timestamp())
                rows = conn.execute(BY_CALL_NUMBER, {"number": int(name), "since": since}).fetchall()
            else:
                rows = conn.execute(BY_ID, {"least": name, "beyond": f"{name}\U0010ffff"}).fetchall()
        return str(rows[0][0]) if len(rows) == 1 else None

    def people(self) -> dict[int, str]:
        """The names of people, by id."""
        with self._file.reading() as conn:
            return {int(number): str(name) for number, name in conn.execute(PEOPLE).fetchall()}

    def receipt_of(self, order_id: str) -> str:
        """The number of an order's receipt or write-off, as in `K1-12`; '' if it has none."""
        with self._file.reading() as conn:
            row = conn.execute(RECEIPT_OF, {"order_id": order_id}).fetchone()
        return "" if row is None else f"{row[0]}-{row[1]}"

    def of_order(self, order_id: str) -> list[ActRow]:
        """The acts that moved an order or are about it, the first one first."""
        with self._file.reading() as conn:
            last = int(conn.execute(LAST).fetchone()[0])
            row = conn.execute(HEAD, {"order_id": order_id}).fetchone()
        opened = 0 if row is None else int(row[1])
        found: list[ActRow] = []
        upto = last
        while upto > 0:
            after = max(0, upto - FAR)
            values: dict[str, str | int] = {"after": after, "upto": upto, "order_id": order_id}
            found[:0] = self._rows(OF_ORDER, values)
            if self._began_before(after, upto, opened):
                break
            upto = after
        return found

    def _began_before(self, after: int, upto: int, opened_us: int) -> bool:
        """Whether these rows reach back to before an order was opened, with an hour to spare for a clock that was set
        back."""
        with self._file.reading() as conn:
            values = {"after": after, "upto": upto, "at_us": opened_us - 3_600_000_000}
            return conn.execute(SINCE, values).fetchone()[0] is not None

    def since(self, start: datetime) -> Iterator[ActRow]:
        """All acts since a time, the first one first, read in slices."""
        with self._file.reading() as conn:
            upto = int(conn.execute(LAST).fetchone()[0])
            after, at_us = upto, to_instant(start)[0]
            while after > 0:
                begin = max(0, after - FAR)
                (before,) = conn.execute(SINCE, {"after": begin, "upto": after, "at_us": at_us}).fetchone()
                if before is not None:
                    after = int(before)
                    break
                after = begin
        while rows := self._rows(AFTER, {"after": after, "most": SLICE}):
            yield from rows
            after = rows[-1].seq

    def order_at(self, seq: int) -> Order | None:
        """The order after an act; None if the act moved none."""
        rows = self._rows(AFTER, {"after": seq - 1, "most": 1})
        return rows[0].order if rows and rows[0].seq == seq else None

    def _rows(self, sql: str, values: Mapping[str, str | int]) -> list[ActRow]:
        with self._file.snapshot() as conn:
            bodies = Bodies(conn)
            cursor = conn.cursor()
            cursor.row_factory = sqlite3.Row
            return [_row(row, bodies) for row in cursor.execute(sql, values).fetchall()]


def _row(row: sqlite3.Row, bodies: Bodies) -> ActRow:
    facts: Sequence[Mapping[str, object]] = FACTS.read(bodies.facts(row["seq"], row["facts"]))
    return ActRow(
        row["seq"],
        from_instant(row["at_us"], row["offset_s"]),
        row["till"],
        row["person"],
        row["approver"],
        row["verb"],
        row["order_id"],
        row["parent"],
        row["reason"],
        ORDER.read(bodies.of(row["seq"], row["body"] or "")) if row["has_body"] else None,
        {tag: told for fact in facts for tag, told in fact.items()},
    )
