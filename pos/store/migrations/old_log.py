"""Turns the log of orders, in files from before the journal, into the journal's first rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from pos.store.acts import OrderState
from pos.store.file.codec import to_instant, to_json, to_time
from pos.store.file.connection import Unreadable
from pos.store.file.packing import Bodies, packed_facts
from pos.store.journal.journal import COLUMNS, FORMAT, NO_FACTS, JournalRow, beginning, chained, digest_of
from pos.store.offers.ledger import EVENT_COLUMNS
from pos.store.people import person_id
from pos.store.tenders import told_tender

SLICE = 2000
"""Rows read at a time."""

MIGRATED = "migrated"
"""The verb of the row after those that came from the log."""

CASHIERS = (
    "SELECT cashier FROM order_log GROUP BY cashier ORDER BY MIN(seq)",
    "SELECT DISTINCT cashier FROM tender ORDER BY cashier",
    "SELECT DISTINCT cashier FROM sale ORDER BY cashier",
    "SELECT DISTINCT cashier FROM write_off ORDER BY cashier",
    "SELECT DISTINCT cashier FROM discard ORDER BY cashier",
)
ROWS = """
    SELECT
        log.seq, log.order_id, log.till_id, log.verb, log.at, log.cashier, log.parent, COALESCE(own.body, '') AS body,
        orders.state
    FROM order_log AS log
    LEFT JOIN order_body AS own ON own.seq = log.seq
    LEFT JOIN orders ON orders.order_id = log.order_id AND orders.head_seq = log.seq
    WHERE log.seq > :after ORDER BY log.seq LIMIT :most
"""
EVENTS = """
    SELECT name, kind, offer_id, at, outcome, reason, count, units
    FROM offer_event WHERE order_id = :order_id AND seq = :seq ORDER BY number
"""
SALE = """
    SELECT sale.body, COALESCE(next_visit.code, '')
    FROM sale LEFT JOIN next_visit ON next_visit.sale_id = sale.id WHERE sale.order_id = :order_id
"""
WRITE_OFF = "SELECT body FROM write_off WHERE order_id = :order_id"
TENDERS = "SELECT * FROM tender WHERE order_id = :order_id ORDER BY number"
PAPERS_OF_SALE = """
    SELECT 'receipt' AS kind, paper.state, paper.attempts, paper.problem, paper.changed_at
    FROM sale JOIN receipt AS paper ON paper.sale_id = sale.id WHERE sale.order_id = :order_id
    UNION ALL
    SELECT 'kitchen_slip', paper.state, paper.attempts, paper.problem, paper.changed_at
    FROM sale JOIN kitchen_slip AS paper ON paper.sale_id = sale.id WHERE sale.order_id = :order_id
"""
COPY = "SELECT at FROM receipt_copy WHERE sale_id = (SELECT id FROM sale WHERE order_id = :order_id)"
PAPERS_OF_WRITE_OFF = """
    SELECT kind, state, attempts, problem, changed_at FROM write_off_paper
    WHERE write_off_id = (SELECT id FROM write_off WHERE order_id = :order_id) ORDER BY kind
"""
DISCARDS = """
    SELECT order_id, at, reason, business_day, units, total_minor, cashier, recalled_at FROM discard ORDER BY id
"""
DISCARDED = ("order_id", "reason", "day", "units", "total", "cashier", "recalled_at")
PACKS = "SELECT first_seq, last_seq FROM body_pack ORDER BY last_seq DESC"
SET_PACKED = "UPDATE body_pack SET facts = :facts WHERE last_seq = :last"
SET_OWN = "UPDATE order_body SET facts = :facts WHERE seq = :seq"
ADD = """
    INSERT INTO journal (
        seq, format, id, at_us, offset_s, till, person, approver, shift, verb, order_id, parent, reason, digest, hash
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
ADD_OWN = "INSERT INTO order_body (seq, body, facts) VALUES (:seq, '', :facts)"


class OldLog:
    """Converts the rows of a log into journal rows, inside the migration's transaction."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._named = conn.cursor()
        self._named.row_factory = sqlite3.Row
        self._bodies = Bodies(conn)
        self._people: dict[str, int | None] = {}
        self._discards: dict[tuple[str, str], list[dict[str, object]]] = {}
        self._at = datetime(1970, 1, 1, tzinfo=UTC)
        self._unreadable: list[int] = []
        self._packs = [(int(first), int(last)) for first, last in conn.execute(PACKS)]
        """First and last row of each pack, the first pack at the end of the list."""
        self._packed: list[tuple[int, str]] = []

    def chain(self) -> None:
        """Write a journal row for each row of the log, with the same number, and one more that says so."""
        conn = self._conn
        for sql in CASHIERS:
            for (name,) in conn.execute(sql).fetchall():
                self._people[name] = person_id(conn, name)
        for order_id, at, *columns in conn.execute(DISCARDS):
            told = dict(zip(DISCARDED, (order_id, *columns), strict=True))
            told["total"] = {"minor": told["total"]}
            self._discards.setdefault((order_id, at), []).append(told)
        head = beginning(conn)
        seq, previous = head.seq, head.hash
        for old in self._rows():
            row = self._row(old)
            self._keep(row.seq, row.facts)
            seq, previous = row.seq, self._append(row, previous)
        self._end_packs(seq)
        if seq:
            self._add_mark(seq, previous)

    def _append(self, row: JournalRow, previous: bytes) -> bytes:
        made = chained(previous, row)
        self._conn.execute(ADD, (*COLUMNS(row), made))
        return made

    def _rows(self) -> Iterator[sqlite3.Row]:
        after = 0
        while True:
            rows = self._named.execute(ROWS, {"after": after, "most": SLICE}).fetchall()
            if not rows:
                return
            yield from rows
            after = rows[-1]["seq"]

    def _row(self, old: sqlite3.Row) -> JournalRow:
        try:
            at = to_time(old["at"])
            self._at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
        except Unreadable:
            pass  # the time cannot be read: the previous row's is kept
        at_us, offset_s = to_instant(self._at)
        return JournalRow(
            seq=old["seq"],
            format=FORMAT,
            id=int(old["seq"]).to_bytes(16, "big"),
            at_us=at_us,
            offset_s=offset_s,
            till=old["till_id"],
            person=self._people[old["cashier"]],
            approver=None,
            shift=None,
            verb=old["verb"],
            order_id=old["order_id"],
            parent=old["parent"],
            reason="",
            digest=self._digest(old["seq"], old["body"]),
            facts=to_json(self._facts(old)),
        )

    def _digest(self, seq: int, body: str) -> bytes | None:
        try:
            return digest_of(self._bodies.of(seq, body))
        except Unreadable:
            self._unreadable.append(seq)
            return None

    def _facts(self, old: sqlite3.Row) -> list[object]:
        """The facts of an act, read from the tables: its offer events, how it ended the order, and at the order's last
        act the tenders."""
        conn, order = self._conn, {"order_id": old["order_id"]}
        facts: list[object] = []
        if old["state"] not in (None, OrderState.OPEN):
            facts.append({"act": {"state": old["state"]}})
        events = conn.execute(EVENTS, {**order, "seq": old["seq"]}).fetchall()
        if events:
            facts.append({"asked": [dict(zip(EVENT_COLUMNS, event, strict=True)) for event in events]})
        if old["state"] is not None:
            rows = self._named.execute(TENDERS, order).fetchall()
            if rows:
                facts.append(
                    {"tendered": [told_tender({**dict(row), "person": self._people[row["cashier"]]}) for row in rows]}
                )
        return [*facts, *self._ended(old, order)]

    def _ended(self, old: sqlite3.Row, order: dict[str, str]) -> list[object]:
        """The fact that an act ended its order: a sale, a write-off or a discard."""
        conn, facts = self._conn, list[object]()
        if old["verb"] == "paid":
            for body, code in conn.execute(SALE, order).fetchall():
                facts.append({"sold": {"sale": msgspec.Raw(body.encode()), "code": code}})
            facts.extend(self._papers(order, PAPERS_OF_SALE, COPY))
        elif old["verb"] == "write_off":
            facts.extend({"written_off": msgspec.Raw(body.encode())} for (body,) in conn.execute(WRITE_OFF, order))
            facts.extend(self._papers(order, PAPERS_OF_WRITE_OFF))
        elif old["verb"] == "abandon":
            facts.extend({"discarded": row} for row in self._discards.get((old["order_id"], old["at"]), ()))
        return facts

    def _papers(self, order: dict[str, str], papers: str, copy: str | None = None) -> list[object]:
        """The state of the papers of a sale or write-off, and the time of its copy."""
        rows = [dict(row) for row in self._named.execute(papers, order).fetchall()]
        copied = [] if copy is None else self._conn.execute(copy, order).fetchall()
        return [{"papers": rows}, *({"copied": at} for (at,) in copied)]

    def _keep(self, seq: int, facts: str) -> None:
        """Store the facts of a row beside its body; those of a packed row go into the pack."""
        self._end_packs(seq - 1)
        if facts == NO_FACTS:
            return
        is_packed = bool(self._packs) and self._packs[-1][0] <= seq
        if is_packed:
            self._packed.append((seq, facts))
        values = {"seq": seq, "facts": facts}
        if not self._conn.execute(SET_OWN, values).rowcount and not is_packed:
            self._conn.execute(ADD_OWN, values)

    def _end_packs(self, seq: int) -> None:
        """Write the facts of the packs that end at this row or before it."""
        while self._packs and self._packs[-1][1] <= seq:
            _, last = self._packs.pop()
            if self._packed:
                self._conn.execute(SET_PACKED, {"last": last, "facts": packed_facts(self._packed)})
                self._packed = []

    def _add_mark(self, seq: int, previous: bytes) -> None:
        told = {"migrated": {"rows": seq, "unreadable": self._unreadable}}
        at_us, offset_s = to_instant(self._at)
        number = seq + 1
        row = JournalRow(
            seq=number,
            format=FORMAT,
            id=number.to_bytes(16, "big"),
            at_us=at_us,
            offset_s=offset_s,
            till=None,
            person=None,
            approver=None,
            shift=None,
            verb=MIGRATED,
            order_id=None,
            parent=None,
            reason="",
            digest=None,
            facts=to_json([told]),
        )
        self._append(row, previous)
        self._conn.execute(ADD_OWN, {"seq": number, "facts": row.facts})
