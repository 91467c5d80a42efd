"""The kitchen's slips of sales, and their state."""

from __future__ import annotations

from pos.domain.sale.sale import ReceiptState, Sale
from pos.store.file.connection import StoreFile
from pos.store.file.packing import Bodies
from pos.store.selling.sales import stored_sale

OWED = """
    SELECT sale.body, orders.head_seq, own.facts
    FROM kitchen_slip AS slip
    JOIN sale ON sale.id = slip.sale_id
    JOIN orders ON orders.order_key = sale.order_key
    LEFT JOIN order_body AS own ON own.seq = orders.head_seq
    WHERE slip.till_id = :till_id AND slip.state <> 'printed'
    ORDER BY slip.sale_id
"""
STATE = """
    SELECT slip.state FROM kitchen_slip AS slip
    JOIN sale ON sale.id = slip.sale_id
    JOIN orders ON orders.order_key = sale.order_key
    WHERE orders.order_id = :order_id
"""


class KitchenSlipStore:
    """The slips of one file. A sale has one if the shop printed slips when it was paid."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def owed(self, till_id: int) -> tuple[Sale, ...]:
        """The till's sales whose slip is not known to be printed, the oldest first."""
        with self._file.reading() as conn:
            rows, bodies = conn.execute(OWED, {"till_id": till_id}).fetchall(), Bodies(conn)
            return tuple(stored_sale(bodies, *stored) for stored in rows)

    def state(self, order_id: str) -> ReceiptState | None:
        """The state of a sale's slip; None for a sale without one."""
        with self._file.reading() as conn:
            row = conn.execute(STATE, {"order_id": order_id}).fetchone()
        return None if row is None else ReceiptState(row[0])
