"""Checks write-offs and discards, each against its act."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from pos.domain.sale.write_offs import WriteOff
from pos.store.file.codec import NEVER, Json, instant_of
from pos.store.selling.write_offs import write_off_lines, write_off_values
from pos.store.verifying.facts import ActTold, text_of
from pos.store.verifying.findings import FindingKind, found
from pos.store.verifying.numbers import Numbers
from pos.store.verifying.papers import OF_WRITE_OFFS, Papers
from pos.store.verifying.rows import LEAST, Made, Name, Values, check, check_beyond, compare, paired

WRITE_OFFS = """
    SELECT
        write_off.id, order_id, write_off.till_id, till, series, number, write_off.call_number, purpose, at_us,
        offset_s, business_day, COALESCE(person.name, ''), serving_mode, worth_minor, cost_minor, note, body
    FROM write_off LEFT JOIN orders USING (order_key) LEFT JOIN person ON person.id = write_off.person
    WHERE write_off.id > :after ORDER BY write_off.id LIMIT :most
"""
IS_WRITE_OFF = "SELECT 1 FROM orders JOIN write_off USING (order_key) WHERE order_id = :order_id"
LINES = """
    SELECT write_off_id, number, sku, name, details, note, quantity, worth_minor, cost_minor
    FROM write_off_line WHERE write_off_id > :after AND write_off_id <= :upto
"""
BEYOND_WRITE_OFFS = (
    ("write_off", "SELECT MAX(id) FROM write_off"),
    ("write_off_line", "SELECT MAX(write_off_id) FROM write_off_line"),
    ("write_off_paper", "SELECT MAX(write_off_id) FROM write_off_paper"),
)
DISCARDS = """
    SELECT
        discard.id, order_id, discard.till_id, COALESCE(person.name, ''), reason, at_us, offset_s, units, total_minor,
        business_day
    FROM discard LEFT JOIN orders USING (order_key) LEFT JOIN person ON person.id = discard.person
    WHERE discard.id > :after ORDER BY discard.id LIMIT :most
"""
IS_DISCARD = "SELECT 1 FROM orders JOIN discard USING (order_key) WHERE order_id = :order_id"
RECALLED = "SELECT recalled_us, recalled_offset_s FROM discard WHERE id = :id"
BEYOND_DISCARDS = (("discard", "SELECT MAX(id) FROM discard"),)

WRITE_OFF = Json(WriteOff)


@dataclass(slots=True)
class WriteOffs:
    """The write-offs that were checked, up to `last`."""

    papers: Papers
    numbers: Numbers
    last: int = 0

    def settle(self, conn: sqlite3.Connection, made: list[Made]) -> None:
        """Compare the next write-offs with their acts. Raises `Mismatch`."""
        if not made:
            return
        names: dict[object, Name] = {}
        lines: list[Values] = []
        after = self.last or LEAST
        rows = [(row[0], row[1:]) for row in conn.execute(WRITE_OFFS, {"after": after, "most": len(made)})]
        for entry, number, values in paired(conn, "write_off", made, rows, IS_WRITE_OFF, self.last):
            text = text_of(entry.told.written_off)
            done = WRITE_OFF.read(text)
            name = names[number] = (f"{done.series}-{done.number}", entry.seq)
            *columns, _ = write_off_values(done, entry.till).values()
            check(values == (*columns, text), "write_off", *name)
            self.numbers.count(done.series, done.number, "write_off", entry.seq)
            lines.extend(tuple(row.values()) for row in write_off_lines(number, done))
            self.papers.owe(entry, number, of_sale=False, has_slip=done.kitchen_slip)
            self.last = number
        between = {"after": after, "upto": self.last}
        compare("write_off_line", 2, lines, conn.execute(LINES, between), lambda key: names.get(key[0], ("", None)))
        self.papers.check_owed(conn, OF_WRITE_OFFS, after, self.last)

    def end(self, conn: sqlite3.Connection) -> None:
        """Check that there is nothing more. Raises `Mismatch`."""
        check_beyond(conn, self.last, BEYOND_WRITE_OFFS)


@dataclass(slots=True)
class Discards:
    """The discards that were checked, up to `last`."""

    started_at: int
    """The journal's last row when the verification began. Tills may have written later rows meanwhile."""
    last: int = 0
    waiting: dict[str, tuple[int, tuple[int, int] | None, int]] = field(default_factory=dict)
    """By order, a discard that is not yet recalled as the acts say: its number, the time of its recall, the last act's
    row."""

    def settle(self, conn: sqlite3.Connection, made: list[Made]) -> None:
        """Compare the next discards with their acts. Raises `Mismatch`."""
        if not made:
            return
        found_there = conn.execute(DISCARDS, {"after": self.last or LEAST, "most": len(made)})
        rows = [(row[0], row[1:]) for row in found_there]
        for entry, number, values in paired(conn, "discard", made, rows, IS_DISCARD, self.last):
            told, act = entry.told.discarded, entry.told.act or ActTold()
            if told is None:
                continue
            columns = (told.order_id, entry.till, told.cashier, told.reason, *entry.at, told.units, told.total.minor)
            check(values == (*columns, told.day or act.day), "discard", told.order_id, entry.seq)
            recalled_at = None if told.recalled_at is None else instant_of(told.recalled_at)
            self.waiting[told.order_id] = (number, recalled_at, entry.seq)
            self.last = number

    def change(self, made: Made) -> None:
        """Apply that an order was brought back. Raises `Mismatch` if the file still has the state before this act."""
        if made.told.brought_back is None:
            return
        order_id = made.told.brought_back.order_id
        if order_id in self.waiting:
            self.waiting[order_id] = (self.waiting[order_id][0], made.at, made.seq)
        elif made.seq <= self.started_at:
            raise found(FindingKind.CHANGED, "discard", order_id, made.seq)

    def look(self, conn: sqlite3.Connection, *, at_the_end: bool = False) -> None:
        """Stop waiting for what the file has as the acts say. At the end, raises `Mismatch` for the rest."""
        for order_id, (number, recalled_at, seq) in [*self.waiting.items()]:
            if conn.execute(RECALLED, {"id": number}).fetchone() == (recalled_at or NEVER):
                del self.waiting[order_id]
            elif at_the_end:
                raise found(FindingKind.CHANGED, "discard", order_id, seq)

    def end(self, conn: sqlite3.Connection) -> None:
        """Check that there is nothing more. Raises `Mismatch`."""
        self.look(conn, at_the_end=True)
        check_beyond(conn, self.last, BEYOND_DISCARDS)
