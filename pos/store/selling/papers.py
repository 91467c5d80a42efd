"""The papers of finished orders: receipts, their one copy, kitchen slips, and the papers of write-offs."""

from __future__ import annotations

import sqlite3

from pos.domain.sale.finished import Paper
from pos.domain.sale.sale import PaperKind, ReceiptState, Sale
from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import instant_columns
from pos.store.file.connection import StoreFile, Unreadable

RECEIPT_STATE = """
    SELECT receipt.state FROM receipt
    JOIN sale ON sale.id = receipt.sale_id
    JOIN orders ON orders.order_key = sale.order_key
    WHERE orders.order_id = :order_id
"""
SLIP_STATE = """
    SELECT slip.state FROM kitchen_slip AS slip
    JOIN sale ON sale.id = slip.sale_id
    JOIN orders ON orders.order_key = sale.order_key
    WHERE orders.order_id = :order_id
"""
WRITE_OFF_STATE = """
    SELECT paper.state FROM write_off_paper AS paper
    JOIN write_off AS w ON w.id = paper.write_off_id
    JOIN orders ON orders.order_key = w.order_key
    WHERE orders.order_id = :order_id AND paper.kind = :kind
"""
MARK_RECEIPT = """
    UPDATE receipt
    SET state = :state, problem = :problem, at_us = :at_us, offset_s = :offset_s,
        attempts = attempts + (:state = 'printing'),
        next_visit_code = CASE WHEN :state = 'printed' THEN '' ELSE next_visit_code END
    WHERE sale_id = (SELECT id FROM orders JOIN sale USING (order_key) WHERE order_id = :order_id)
"""
MARK_SLIP = """
    UPDATE kitchen_slip
    SET state = :state, problem = :problem, at_us = :at_us, offset_s = :offset_s,
        attempts = attempts + (:state = 'printing')
    WHERE sale_id = (SELECT id FROM orders JOIN sale USING (order_key) WHERE order_id = :order_id)
"""
MARK_WRITE_OFF = """
    UPDATE write_off_paper
    SET state = :state, problem = :problem, at_us = :at_us, offset_s = :offset_s,
        attempts = attempts + (:state = 'printing')
    WHERE kind = :kind
        AND write_off_id = (SELECT id FROM orders JOIN write_off USING (order_key) WHERE order_id = :order_id)
"""
ADD_COPY = """
    INSERT INTO receipt_copy (sale_id, at_us, offset_s)
    SELECT id, :at_us, :offset_s FROM orders JOIN sale USING (order_key) WHERE order_id = :order_id
"""
DROP_COPY = """
    DELETE FROM receipt_copy
    WHERE sale_id = (SELECT id FROM orders JOIN sale USING (order_key) WHERE order_id = :order_id)
"""


class PaperStore:
    """The states of the papers of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def state(self, paper: Paper) -> ReceiptState | None:
        """The state of a paper; None if the order has none of that kind."""
        values = {"order_id": paper.sale.order_id, "kind": paper.kind}
        with self._file.reading() as conn:
            row = conn.execute(_of(paper, RECEIPT_STATE, SLIP_STATE, WRITE_OFF_STATE), values).fetchone()
        return None if row is None else ReceiptState(row[0])


@value
class PaperMarked:
    """The state of a paper changed. *Printing* counts as an attempt; `problem` is what the printer said."""

    paper: Paper
    state: ReceiptState
    problem: str = ""

    @property
    def order_id(self) -> str:
        """The order of the paper."""
        return self.paper.sale.order_id

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Raises `Unreadable` for a paper that the order does not have."""
        values = {"order_id": self.paper.sale.order_id, "kind": self.paper.kind, "state": self.state}
        marks = _of(self.paper, MARK_RECEIPT, MARK_SLIP, MARK_WRITE_OFF)
        if not conn.execute(marks, {**values, **instant_columns(act.at), "problem": self.problem}).rowcount:
            raise Unreadable(f"the {self.paper.kind} of order {self.paper.sale.order_id}")

    def told(self) -> object:
        paper, sale = self.paper, self.paper.sale
        marked = {"order": sale.order_id, "kind": paper.kind, "of_sale": isinstance(sale, Sale)}
        return {"paper": {**marked, "state": self.state, "problem": self.problem}}


def _of(paper: Paper, receipt: str, slip: str, write_off: str) -> str:
    """The statement for a kind of paper."""
    if not isinstance(paper.sale, Sale):
        return write_off
    return receipt if paper.kind is PaperKind.RECEIPT else slip


@value
class CopyReserved:
    """A sale's one copy is being printed (kassasystemforskrifta § 2-6)."""

    order_id: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Reserve the copy: the primary key allows no second. Raises `Unreadable` for an order that is no sale."""
        if not conn.execute(ADD_COPY, {"order_id": self.order_id, **instant_columns(act.at)}).rowcount:
            raise Unreadable(f"the sale of order {self.order_id}")

    def told(self) -> object:
        return {"copy_reserved": self}


@value
class CopyRefused:
    """A second copy of a sale was refused."""

    order_id: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Writes no table: the journal alone records it."""

    def told(self) -> object:
        return {"copy_refused": self}


@value
class CopyReleased:
    """The printer took nothing of a copy: it may be asked for again."""

    order_id: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Release the copy. Raises `Unreadable` if there is none."""
        if not conn.execute(DROP_COPY, {"order_id": self.order_id}).rowcount:
            raise Unreadable(f"the copy of order {self.order_id}")

    def told(self) -> object:
        return {"copy_released": self}
