"""Receipts: which are owed, how far each has come, and the one copy that a sale may have."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from pos.domain.errors import Refused
from pos.domain.sale import ReceiptState, Sale
from pos.store.file import StoreFile
from pos.store.next_visits import with_its_code
from pos.store.sales import SALE

OWED = """
    SELECT sale.body, receipt.next_visit_code FROM receipt JOIN sale ON sale.id = receipt.sale_id
    WHERE receipt.till_id = :till_id AND receipt.state <> 'printed'
    ORDER BY receipt.sale_id
"""
STATE = """
    SELECT receipt.state FROM receipt JOIN sale ON sale.id = receipt.sale_id WHERE sale.order_id = :order_id
"""
ATTEMPTS = """
    SELECT receipt.attempts, receipt.problem
    FROM receipt JOIN sale ON sale.id = receipt.sale_id WHERE sale.order_id = :order_id
"""
MARK = """
    UPDATE receipt
    SET state = :state, problem = :problem, changed_at = :at, attempts = attempts + (:state = 'printing'),
        next_visit_code = CASE WHEN :state = 'printed' THEN '' ELSE next_visit_code END
    WHERE sale_id = (SELECT id FROM sale WHERE order_id = :order_id)
"""
COPIES = """
    SELECT COUNT(*) FROM receipt_copy JOIN sale ON sale.id = receipt_copy.sale_id WHERE sale.order_id = :order_id
"""
ADD_COPY = "INSERT INTO receipt_copy (sale_id, at) SELECT id, :at FROM sale WHERE order_id = :order_id"


class ReceiptStore:
    """The receipts of one file. What asks for a sale raises `KeyError` for an order that is none."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def owed(self, till_id: int) -> tuple[Sale, ...]:
        """The till's sales whose receipt is not known to be on paper, the oldest first."""
        with self._file.reading() as conn:
            rows = conn.execute(OWED, {"till_id": till_id}).fetchall()
        return tuple(with_its_code(SALE.read(body), code) for body, code in rows)

    def state(self, order_id: str) -> ReceiptState:
        """How far a sale's receipt has come."""
        with self._file.reading() as conn:
            row = conn.execute(STATE, {"order_id": order_id}).fetchone()
        if row is None:
            raise KeyError(order_id)
        return ReceiptState(row[0])

    def attempts(self, order_id: str) -> tuple[int, str]:
        """How often printing was begun, and what the last problem was (nothing when there is none)."""
        with self._file.reading() as conn:
            row = conn.execute(ATTEMPTS, {"order_id": order_id}).fetchone()
        if row is None:
            raise KeyError(order_id)
        return int(row[0]), str(row[1])

    def mark(self, order_id: str, state: ReceiptState, at: datetime, problem: str = "") -> None:
        """Write how far a receipt has come, before and after the printer is asked. *Printing* counts as an attempt."""
        values = {"order_id": order_id, "state": state, "at": at.isoformat(), "problem": problem}
        with self._file.writing() as conn:
            marked = conn.execute(MARK, values).rowcount
        if not marked:
            raise KeyError(order_id)

    def copies(self, order_id: str) -> int:
        """How many copies of a sale's receipt there are: none or one."""
        with self._file.reading() as conn:
            (count,) = conn.execute(COPIES, {"order_id": order_id}).fetchone()
        return int(count)

    def add_copy(self, order_id: str, at: datetime) -> None:
        """Take the sale's one copy. Raises `Refused` `one-copy-only` for a second (kassasystemforskrifta § 2-6)."""
        with self._file.writing() as conn:
            try:
                added = conn.execute(ADD_COPY, {"order_id": order_id, "at": at.isoformat()}).rowcount
            except sqlite3.IntegrityError as error:
                raise Refused("one-copy-only") from error
        if not added:
            raise KeyError(order_id)
