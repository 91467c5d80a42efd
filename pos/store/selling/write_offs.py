"""Write-offs: finished in one transaction, numbered in a series of their own, and counted by purpose."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from pos.domain.order.order import Purpose
from pos.domain.sale.sale import PaperKind, ReceiptState
from pos.domain.sale.write_offs import WriteOff, WriteOffLine, WriteOffSum
from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import Json, instant_columns, to_json
from pos.store.file.connection import StoreFile, Unreadable
from pos.store.selling.call_numbers import waits_from
from pos.store.selling.tills import next_number

WRITE_OFF = Json(WriteOff)

OF_ORDER = "SELECT body FROM orders JOIN write_off USING (order_key) WHERE order_id = :order_id"
BY_NUMBER = "SELECT body FROM write_off WHERE series = :series AND number = :number"
LATER_THAN_SALES = """
    SELECT latest.body
    FROM (SELECT order_key, body FROM write_off WHERE till_id = :till_id ORDER BY number DESC LIMIT 1) AS latest
    JOIN orders ON orders.order_key = latest.order_key
    WHERE orders.head_seq > COALESCE((
        SELECT sold.head_seq FROM sale JOIN orders AS sold ON sold.order_key = sale.order_key
        WHERE sale.series = (SELECT series FROM till WHERE id = :till_id)
        ORDER BY sale.receipt_number DESC LIMIT 1
    ), 0)
"""
NUMBER = "SELECT write_off_series, write_off_number FROM till WHERE id = :till_id"
GIVE_NUMBER = "UPDATE till SET write_off_number = :number WHERE id = :till_id AND write_off_number = :number - 1"
ADD = """
    INSERT INTO write_off (
        order_key, till_id, till, series, number, call_number, purpose, at_us, offset_s, business_day, person,
        serving_mode, worth_minor, cost_minor, note, body
    ) VALUES (
        (SELECT order_key FROM orders WHERE order_id = :order_id), :till_id, :till, :series, :number, :call_number,
        :purpose, :at_us, :offset_s, :business_day, (SELECT id FROM person WHERE name = :cashier), :serving_mode,
        :worth_minor, :cost_minor, :note, :body
    )
"""
ADD_LINE = """
    INSERT INTO write_off_line (
        write_off_id, number, sku, name, details, note, quantity, worth_minor, cost_minor
    ) VALUES (
        :write_off_id, :number, :sku, :name, :details, :note, :quantity, :worth_minor, :cost_minor
    )
"""
OWE = """
    INSERT INTO write_off_paper (write_off_id, kind, till_id, state, at_us, offset_s)
    VALUES (:write_off_id, :kind, :till_id, 'owed', :at_us, :offset_s)
"""
OWED = """
    SELECT w.body FROM write_off_paper AS paper JOIN write_off AS w ON w.id = paper.write_off_id
    WHERE paper.till_id = :till_id AND paper.kind = :kind AND paper.state <> 'printed'
    ORDER BY paper.write_off_id
"""
STATE = """
    SELECT paper.state FROM write_off_paper AS paper
    JOIN write_off AS w ON w.id = paper.write_off_id
    JOIN orders ON orders.order_key = w.order_key
    WHERE orders.order_id = :order_id AND paper.kind = :kind
"""
SUMS = """
    SELECT purpose, COUNT(*), TOTAL(worth_minor), TOTAL(cost_minor) FROM write_off
    WHERE business_day BETWEEN :since AND :until GROUP BY purpose
"""


class WriteOffStore:
    """The write-offs of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def next_number(self, till_id: int) -> tuple[str, int]:
        """The series of a till's write-offs, and the number of its next one."""
        return next_number(self._file, NUMBER, till_id)

    def of_order(self, order_id: str) -> WriteOff | None:
        """The write-off that an order became."""
        return self._one(OF_ORDER, {"order_id": order_id})

    def by_number(self, series: str, number: int) -> WriteOff | None:
        """The write-off with that number in a series."""
        return self._one(BY_NUMBER, {"series": series, "number": number})

    def last(self, till_id: int) -> WriteOff | None:
        """The till's latest write-off, if it has sold nothing since."""
        return self._one(LATER_THAN_SALES, {"till_id": till_id})

    def sums(self, since: str, until: str) -> tuple[WriteOffSum, ...]:
        """A sum for each purpose that occurred on some business days, both included."""
        with self._file.reading() as conn:
            rows = conn.execute(SUMS, {"since": since, "until": until}).fetchall()
        sums = (WriteOffSum(Purpose(purpose), count, int(worth), int(cost)) for purpose, count, worth, cost in rows)
        return tuple(sorted(sums, key=lambda entry: list(Purpose).index(entry.purpose)))

    # papers

    def owed(self, till_id: int, kind: PaperKind) -> tuple[WriteOff, ...]:
        """The till's write-offs whose paper of a kind is not known to be printed, the oldest first."""
        with self._file.reading() as conn:
            rows = conn.execute(OWED, {"till_id": till_id, "kind": kind}).fetchall()
        return tuple(WRITE_OFF.read(body) for (body,) in rows)

    def state(self, order_id: str, kind: PaperKind) -> ReceiptState | None:
        """The state of a paper; None if there is none of that kind."""
        with self._file.reading() as conn:
            row = conn.execute(STATE, {"order_id": order_id, "kind": kind}).fetchone()
        return None if row is None else ReceiptState(row[0])

    def _one(self, sql: str, values: Mapping[str, str | int]) -> WriteOff | None:
        with self._file.reading() as conn:
            return _one(conn, sql, values)


@value
class WrittenOff:
    """An order is written off, with the next number of its till's series; its papers are owed."""

    done: WriteOff

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        done, till_id = self.done, act.till
        if not conn.execute(GIVE_NUMBER, {"till_id": till_id, "number": done.number}).rowcount:
            raise Unreadable("the number of a write-off")
        write_off_id = conn.execute(ADD, write_off_values(done, till_id)).lastrowid or 0
        conn.executemany(ADD_LINE, write_off_lines(write_off_id, done))
        owed = {"write_off_id": write_off_id, "till_id": till_id, **instant_columns(act.at)}
        conn.execute(OWE, {**owed, "kind": PaperKind.RECEIPT})
        if done.kitchen_slip:
            conn.execute(OWE, {**owed, "kind": PaperKind.KITCHEN_SLIP})
        if done.call_number:
            waits_from(conn, done.call_number, done.order_id, act.at)

    def told(self) -> object:
        return {"written_off": self.done}


def _one(conn: sqlite3.Connection, sql: str, values: Mapping[str, str | int]) -> WriteOff | None:
    row = conn.execute(sql, values).fetchone()
    return None if row is None else WRITE_OFF.read(row[0])


def write_off_values(done: WriteOff, till_id: int | None) -> dict[str, str | int | None]:
    """The row of a write-off."""
    return {
        "order_id": done.order_id,
        "till_id": till_id,
        "till": done.till,
        "series": done.series,
        "number": done.number,
        "call_number": done.call_number,
        "purpose": done.purpose,
        **instant_columns(done.at),
        "business_day": done.business_day.isoformat(),
        "cashier": done.cashier,
        "serving_mode": done.serving_mode,
        "worth_minor": done.worth.minor,
        "cost_minor": None if done.cost is None else done.cost.minor,
        "note": done.note,
        "body": to_json(done),
    }


def write_off_lines(write_off_id: int, done: WriteOff) -> list[dict[str, str | int | None]]:
    """The rows of the lines of a write-off."""
    return [_line(write_off_id, place, line) for place, line in enumerate(done.lines, 1)]


def _line(write_off_id: int, number: int, line: WriteOffLine) -> dict[str, str | int | None]:
    return {
        "write_off_id": write_off_id,
        "number": number,
        "sku": line.sku,
        "name": to_json(line.name),
        "details": to_json(line.details),
        "note": line.note,
        "quantity": line.quantity,
        "worth_minor": line.worth.minor,
        "cost_minor": None if line.cost is None else line.cost.minor,
    }
