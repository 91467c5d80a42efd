"""Checks shifts, their tallies, drawer counts and reports, each against its act, and the totals of the reports against
the sales themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import msgspec
from msgspec.structs import asdict

from pos.store.file.codec import Json
from pos.store.shift import reports, shifts
from pos.store.verifying.facts import ActTold, MoneyTold, ReportTold, TallyTold, ToldFact, text_of
from pos.store.verifying.findings import FindingKind, found
from pos.store.verifying.numbers import Numbers
from pos.store.verifying.rows import LEAST, Made, Values, check

Columns: TypeAlias = Mapping[str, str | int | None]

TABLES: Mapping[str, str] = {
    shifts.BEGIN: "shift",
    shifts.TALLY: "shift_tally",
    shifts.ADD_COUNT: "shift_count",
    shifts.EXPLAIN: "shift_count_reason",
    reports.ADD: "shift_report",
}
"""The table of each insert statement."""

ROWS: Mapping[str, str] = {
    "shift": """
        SELECT
            id, id, till_id, number, at_us, offset_s, after_receipt, after_refund, sales_before_minor,
            returns_before_minor
        FROM shift WHERE id > :after ORDER BY id LIMIT :most
    """,
    "shift_tally": """
        SELECT id, shift_id, what, reason, person, count, amount_minor, business_day, at_us, offset_s
        FROM shift_tally WHERE id > :after ORDER BY id LIMIT :most
    """,
    "shift_count": """
        SELECT id, shift_id, person, cash_minor, expected_minor, pieces, terminals, at_us, offset_s
        FROM shift_count WHERE id > :after ORDER BY id LIMIT :most
    """,
    "shift_count_reason": """
        SELECT count_id, count_id, reason, person, at_us, offset_s
        FROM shift_count_reason WHERE count_id > :after ORDER BY count_id LIMIT :most
    """,
    "shift_report": """
        SELECT id, shift_id, till_id, kind, number, business_day, at_us, offset_s, body
        FROM shift_report WHERE id > :after ORDER BY id LIMIT :most
    """,
}
"""By table, the rows after one: the number first, then the columns in the order in which they are inserted."""

BEYOND: Mapping[str, str] = {
    "shift": "SELECT id FROM shift WHERE id > :after",
    "shift_tally": "SELECT id FROM shift_tally WHERE id > :after",
    "shift_count": "SELECT id FROM shift_count WHERE id > :after",
    "shift_count_reason": "SELECT count_id FROM shift_count_reason WHERE count_id > :after",
    "shift_report": "SELECT id FROM shift_report WHERE id > :after",
}


class TenderPaid(msgspec.Struct):
    """What a payment covers, and what was handed over for it."""

    amount: MoneyTold
    handed: MoneyTold
    rounding: MoneyTold
    change: MoneyTold

    @property
    def tip(self) -> int:
        """What it leaves beyond what it covers, in øre."""
        return self.handed.minor - self.change.minor - self.amount.minor - self.rounding.minor


class AmountTold(msgspec.Struct):
    """The total of a sale or a refund, and what paid for it."""

    total: MoneyTold
    tenders: list[TenderPaid]

    @property
    def tips(self) -> list[int]:
        """The tips that were left, in øre."""
        return [tender.tip for tender in self.tenders if tender.tip]


class SumTold(msgspec.Struct):
    """A sum of a report."""

    count: int
    amount: MoneyTold


class FiguresTold(msgspec.Struct):
    """The figures of a report that are compared with the sales."""

    sales: SumTold
    returns: SumTold
    tips: SumTold


class ReportHead(msgspec.Struct):
    """The fields of a report that are columns, and its totals."""

    kind: str
    number: int
    till_id: int
    day: str
    figures: FiguresTold
    sales_ever: MoneyTold
    returns_ever: MoneyTold


SUM = Json(AmountTold)
HEAD = Json(ReportHead)


def shift_rows(made: Made) -> Iterator[tuple[str, Columns]]:
    """The rows that an act added to the tables of shifts: the insert statement and its values."""
    step, told = made.step, made.told
    at: dict[str, str | int | None] = {"at_us": step.at_us, "offset_s": step.offset_s}
    if told.report is not None:
        yield reports.ADD, report_columns(told.report) | at
    if told.shift is not None:
        shift = told.shift
        yield shifts.BEGIN, asdict(shift) | at
    for shift_id, sign, row in _tallied(told):
        amounts = {"count": sign * row.count, "amount": sign * row.amount.minor}
        by: Columns = {"shift_id": shift_id, "person": step.person, "day": (told.act or ActTold()).day}
        yield shifts.TALLY, {**asdict(row), **amounts, **by, **at}
    if told.counted is not None:
        count = told.counted
        yield (
            shifts.ADD_COUNT,
            {
                "shift_id": count.shift_id,
                "person": step.person,
                "cash": count.cash.minor,
                "expected": count.expected.minor,
                "pieces": text_of(count.pieces),
                "terminals": text_of(count.terminals),
                **at,
            },
        )
    if told.count_explained is not None:
        yield shifts.EXPLAIN, asdict(told.count_explained) | {"person": step.person, **at}


def _tallied(told: ToldFact) -> Iterator[tuple[int, int, TallyTold]]:
    """What shifts count of an act: the shift, 1 or -1, and what; each row once more in the other shift where money is
    moved between two tills."""
    if told.tallied is not None:
        for row in told.tallied.rows:
            yield told.tallied.shift_id, 1, row
    if told.money_moved is not None:
        for sign, shift_id in ((1, told.money_moved.taken), (-1, told.money_moved.other)):
            if shift_id is not None:
                yield from ((shift_id, sign, row) for row in told.money_moved.rows)


def report_columns(told: ReportTold) -> dict[str, str | int | None]:
    """The columns of a report, without its time."""
    text = text_of(told.report)
    head = HEAD.read(text)
    return {
        "shift_id": told.shift_id,
        "till_id": head.till_id,
        "kind": head.kind,
        "number": head.number,
        "day": head.day,
        "body": text,
    }


COLUMNS: Mapping[str, tuple[str, ...]] = {
    "shift": (
        *("id", "till_id", "number", "at_us", "offset_s", "after_receipt", "after_refund"),
        *("sales_before", "returns_before"),
    ),
    "shift_tally": ("shift_id", "what", "reason", "person", "count", "amount", "day", "at_us", "offset_s"),
    "shift_count": ("shift_id", "person", "cash", "expected", "pieces", "terminals", "at_us", "offset_s"),
    "shift_count_reason": ("count_id", "reason", "person", "at_us", "offset_s"),
    "shift_report": ("shift_id", "till_id", "kind", "number", "day", "at_us", "offset_s", "body"),
}
"""The names of a row's values, in the order of `ROWS`."""


@dataclass(slots=True)
class TillTotals:
    """What a till has sold and refunded so far, and up to the beginning of its shift, in øre; the tips of the shift."""

    sold: int = 0
    returned: int = 0
    sold_before: int = 0
    returned_before: int = 0
    tips: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Shifts:
    """What was checked of the shifts: the last row of each table, and the totals of each till."""

    numbers: Numbers
    last: dict[str, int] = field(default_factory=dict)
    tills: dict[int, TillTotals] = field(default_factory=dict)

    def settle(self, conn: sqlite3.Connection, made: list[Made]) -> None:
        """Compare the next rows with their acts, and the reports with the sales. Raises `Mismatch`."""
        told: dict[str, list[tuple[int, Values]]] = {}
        for entry in made:
            self._count(entry)
            for sql, values in shift_rows(entry):
                table = TABLES[sql]
                told.setdefault(table, []).append((entry.seq, tuple(values[name] for name in COLUMNS[table])))
        for table, rows in told.items():
            self._compare(conn, table, rows)

    def _compare(self, conn: sqlite3.Connection, table: str, told: list[tuple[int, Values]]) -> None:
        stored = conn.execute(ROWS[table], {"after": self.last.get(table, LEAST), "most": len(told)}).fetchall()
        for place, (seq, values) in enumerate(told):
            if place == len(stored):
                raise found(FindingKind.LOST, table, seq, seq)
            number, *columns = stored[place]
            check(tuple(columns) == values, table, str(number), seq)
            self.last[table] = int(number)

    def _count(self, entry: Made) -> None:
        """Add a sale or a refund to the totals, and compare a report or a new shift with them. Raises `Mismatch`."""
        told = entry.told
        if entry.till is not None:
            if told.sold is not None:
                sale, totals = SUM.read(told.sold.sale), self._till(entry.till)
                totals.sold += sale.total.minor
                totals.tips += sale.tips
            if len(told.refunded):
                self._till(entry.till).returned += SUM.read(told.refunded).total.minor
        if told.report is not None:
            self._check_report(HEAD.read(told.report.report), entry.seq)
        if told.shift is not None:
            totals = self._till(told.shift.till_id)
            totals.sold_before, totals.returned_before, totals.tips = totals.sold, totals.returned, []
            before = (told.shift.sales_before, told.shift.returns_before)
            check(before == (totals.sold, totals.returned), "shift", str(told.shift.id), entry.seq)
            self.numbers.count(f"S{told.shift.till_id}", told.shift.number, "shift", entry.seq)

    def _check_report(self, head: ReportHead, seq: int) -> None:
        totals = self._till(head.till_id)
        ever = (head.sales_ever.minor, head.returns_ever.minor)
        is_so = ever == (totals.sold, totals.returned)
        in_shift = (head.figures.sales.amount.minor, head.figures.returns.amount.minor)
        is_so &= in_shift == (totals.sold - totals.sold_before, totals.returned - totals.returned_before)
        tips = head.figures.tips
        is_so &= (tips.count, tips.amount.minor) == (len(totals.tips), sum(totals.tips))
        check(is_so, "shift_report", str(head.number), seq)
        if head.kind == "z":
            self.numbers.count(f"Z{head.till_id}", head.number, "shift_report", seq)

    def _till(self, till_id: int) -> TillTotals:
        return self.tills.setdefault(till_id, TillTotals())

    def end(self, conn: sqlite3.Connection) -> None:
        """Check that there is nothing more. Raises `Mismatch`."""
        for table, sql in BEYOND.items():
            row = conn.execute(sql, {"after": self.last.get(table, LEAST)}).fetchone()
            if row is not None:
                raise found(FindingKind.INSERTED, table, str(row[0]))
