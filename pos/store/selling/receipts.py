"""Receipts: their state, and the one copy of each."""

from __future__ import annotations

from pos.domain.sale.sale import ReceiptState, Sale
from pos.store.file.connection import StoreFile
from pos.store.file.packing import Bodies
from pos.store.offers.next_visits import with_its_code
from pos.store.selling.sales import stored_sale

OWED = """
    SELECT receipt.next_visit_code, sale.body, orders.head_seq, own.facts
    FROM receipt
    JOIN sale ON sale.id = receipt.sale_id
    JOIN orders ON orders.order_key = sale.order_key
    LEFT JOIN order_body AS own ON own.seq = orders.head_seq
    WHERE receipt.till_id = :till_id AND receipt.state <> 'printed'
    ORDER BY receipt.sale_id
"""
STATE = """
    SELECT receipt.state FROM receipt
    JOIN sale ON sale.id = receipt.sale_id
    JOIN orders ON orders.order_key = sale.order_key
    WHERE orders.order_id = :order_id
"""
ATTEMPTS = """
    SELECT receipt.attempts, receipt.problem FROM receipt
    JOIN sale ON sale.id = receipt.sale_id
    JOIN orders ON orders.order_key = sale.order_key
    WHERE orders.order_id = :order_id
"""
COPIES = """
    SELECT COUNT(*) FROM receipt_copy
    JOIN sale ON sale.id = receipt_copy.sale_id
    JOIN orders ON orders.order_key = sale.order_key
    WHERE orders.order_id = :order_id
"""


class ReceiptStore:
    """The receipts of one file. Methods that take an order raise `KeyError` for one that is no sale."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def owed(self, till_id: int) -> tuple[Sale, ...]:
        """The till's sales whose receipt is not known to be printed, the oldest first."""
        with self._file.reading() as conn:
            rows, bodies = conn.execute(OWED, {"till_id": till_id}).fetchall(), Bodies(conn)
            return tuple(with_its_code(stored_sale(bodies, *stored), code) for code, *stored in rows)

    def state(self, order_id: str) -> ReceiptState:
        """The state of a sale's receipt."""
        with self._file.reading() as conn:
            row = conn.execute(STATE, {"order_id": order_id}).fetchone()
        if row is None:
            raise KeyError(order_id)
        return ReceiptState(row[0])

    def attempts(self, order_id: str) -> tuple[int, str]:
        """How often printing was begun, and the last problem ('' for none)."""
        with self._file.reading() as conn:
            row = conn.execute(ATTEMPTS, {"order_id": order_id}).fetchone()
        if row is None:
            raise KeyError(order_id)
        return int(row[0]), str(row[1])

    def copies(self, order_id: str) -> int:
        """The number of copies of a sale's receipt: 0 or 1."""
        with self._file.reading() as conn:
            (count,) = conn.execute(COPIES, {"order_id": order_id}).fetchone()
        return int(count)
