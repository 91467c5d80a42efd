"""X and Z reports, each stored whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date

from pos.domain.refunds.refund import Refund
from pos.domain.sale.sale import Sale
from pos.domain.shift.report import ShiftReport
from pos.domain.shift.shift import Shift
from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import Json, to_instant, to_json
from pos.store.file.connection import StoreFile
from pos.store.file.packing import Bodies
from pos.store.refunds.refunds import REFUND
from pos.store.selling.rates import upgraded
from pos.store.selling.sales import stored_sale

REPORT = Json(ShiftReport, upgraded)

SALES = """
    SELECT sale.body, orders.head_seq, own.facts
    FROM sale
    JOIN orders ON orders.order_key = sale.order_key
    LEFT JOIN order_body AS own ON own.seq = orders.head_seq
    WHERE sale.series = (SELECT series FROM till WHERE id = :till_id) AND sale.receipt_number > :after
    ORDER BY sale.receipt_number
"""
REFUNDS = """
    SELECT body FROM refund
    WHERE series = (SELECT refund_series FROM till WHERE id = :till_id) AND number > :after ORDER BY number
"""
NEXT_NUMBER = "SELECT z_number + 1 FROM till WHERE id = :till_id"
GIVE_NUMBER = "UPDATE till SET z_number = :number WHERE id = :till_id AND z_number = :number - 1"
BY_NUMBER = "SELECT body FROM shift_report WHERE till_id = :till_id AND kind = 'z' AND number = :number"
OF_DAY = "SELECT body FROM shift_report WHERE till_id = :till_id AND kind = 'z' AND business_day = :day ORDER BY number"
LATEST = "SELECT body FROM shift_report WHERE till_id = :till_id AND kind = 'z' ORDER BY number DESC LIMIT :most"
ADD = """
    INSERT INTO shift_report (shift_id, till_id, kind, number, business_day, at_us, offset_s, body)
    VALUES (:shift_id, :till_id, :kind, :number, :day, :at_us, :offset_s, :body)
"""


class ReportStore:
    """The reports of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def sales_of(self, shift: Shift) -> list[Sale]:
        """The till's sales since its shift began, by receipt number."""
        with self._file.reading() as conn:
            bodies = Bodies(conn)
            rows = conn.execute(SALES, {"till_id": shift.till_id, "after": shift.after_receipt}).fetchall()
            return [stored_sale(bodies, *row) for row in rows]

    def refunds_of(self, shift: Shift) -> list[Refund]:
        """The till's refunds since its shift began, by refund number."""
        with self._file.reading() as conn:
            rows = conn.execute(REFUNDS, {"till_id": shift.till_id, "after": shift.after_refund}).fetchall()
            return [REFUND.read(body) for (body,) in rows]

    def next_number(self, till_id: int) -> int:
        """The number of a till's next Z."""
        with self._file.reading() as conn:
            return int(conn.execute(NEXT_NUMBER, {"till_id": till_id}).fetchone()[0])

    def by_number(self, till_id: int, number: int) -> ShiftReport | None:
        """The till's Z with this number, or None."""
        return next(iter(self._read(BY_NUMBER, {"till_id": till_id, "number": number})), None)

    def of_day(self, till_id: int, day: date) -> tuple[ShiftReport, ...]:
        """The till's Z reports of a business day, by number."""
        return self._read(OF_DAY, {"till_id": till_id, "day": day.isoformat()})

    def latest(self, till_id: int, most: int = 1) -> tuple[ShiftReport, ...]:
        """The till's last Z reports, the latest first."""
        return self._read(LATEST, {"till_id": till_id, "most": most})

    def _read(self, sql: str, values: Mapping[str, str | int]) -> tuple[ShiftReport, ...]:
        with self._file.reading() as conn:
            return tuple(REPORT.read(body) for (body,) in conn.execute(sql, values))


@value
class ReportMade:
    """An X was read, or a Z closed a shift."""

    shift_id: int
    report: ShiftReport

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Store the report. A unique index refuses a second Z of a shift, or of a number."""
        at_us, offset_s = to_instant(act.at)
        report = self.report
        values = {
            "shift_id": self.shift_id,
            "till_id": report.till_id,
            "kind": report.kind,
            "number": report.number,
            "day": report.day.isoformat(),
            "at_us": at_us,
            "offset_s": offset_s,
            "body": to_json(report),
        }
        conn.execute(ADD, values)
        if report.number:
            conn.execute(GIVE_NUMBER, values)

    def told(self) -> object:
        return {"report": self}


@value
class DrawerFailed:
    """The drawer reported an error, or did not answer."""

    problem: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Writes no table: the journal alone records it."""

    def told(self) -> object:
        return {"drawer_failed": self.problem}
