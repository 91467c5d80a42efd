"""Times finishing a sale durably, against writing the same rows by sqlite3 alone in one transaction."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from secrets import token_bytes

from pos.country import Signable
from pos.domain.order.order import Order
from pos.domain.sale.sale import Sale
from pos.register import Register
from pos.register.verbs.signing import signatures_of
from pos.store import Act, Move, OrderState, Sold
from tests.bench.sampling import in_turn, shown
from tests.builders import NOW
from tests.rig import Cashier, Clock, a_register

SALE_TABLES = ("signature", "sale", "sale_line", "sale_basket", "sale_discount", "sale_tax", "decision", "receipt")
TABLES = ("orders", "journal", "tender", *SALE_TABLES)
OF_ORDER = "order_key = (SELECT order_key FROM orders WHERE order_id = ?)"
OF_SALE = "sale_id = (SELECT id FROM sale JOIN orders USING (order_key) WHERE order_id = ?)"
OF_SIGNATURE = """
    (series, number) = (
        SELECT series, receipt_number FROM sale JOIN orders USING (order_key) WHERE order_id = ?
    )
"""
OF_HEAD = "seq = (SELECT head_seq FROM orders WHERE order_id = ?)"


def a_paid_order(folder: Path) -> tuple[Register, Order, Sale]:
    """Sell the canonical order once through the counter. Returns the register, the order as stored, and the sale."""
    clock = Clock()
    register = a_register(folder, clock=clock)
    cashier = Cashier(register, clock)
    cashier.press("b", "enter", "2", "j", "1", "d")
    sale = register.view.finished
    assert isinstance(sale, Sale)
    return register, register.store.orders.standing(sale.order_id).order, sale


class Floor:
    """Writes the rows of one sale again and again by plain SQL."""

    def __init__(self, path: Path, order_id: str) -> None:
        self.conn = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode = DELETE", "synchronous = EXTRA", "foreign_keys = ON"):
            self.conn.execute(f"PRAGMA {pragma}")
        self.rows = {table: self._rows(table, order_id) for table in (*TABLES, "order_body")}
        ((self.next,),) = self.conn.execute("SELECT MAX(seq) FROM journal").fetchall()

    def _rows(self, table: str, order_id: str) -> list[dict[str, object]]:
        columns = [row[1] for row in self.conn.execute(f"PRAGMA table_info({table})")]
        where = OF_ORDER if "order_key" in columns else OF_SALE if "sale_id" in columns else OF_HEAD
        where = OF_SIGNATURE if table == "signature" else where
        last = " ORDER BY seq DESC LIMIT 1" if table == "journal" else ""
        found = self.conn.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE {where}{last}", (order_id,)
        ).fetchall()
        return [dict(zip(columns, row, strict=True)) for row in found]

    def write(self) -> None:
        """Write one sale in one transaction."""
        self.next += 1
        name = uuid.uuid4().hex
        fresh: dict[str, object] = {"order_id": name, "parent": None, "head_seq": None}
        fresh |= dict.fromkeys(("id", "sale_id", "seq", "order_key", "receipt_number"), self.next)
        self.conn.execute("BEGIN IMMEDIATE")
        self.conn.execute("UPDATE till SET receipt_number = receipt_number + 1 WHERE id = 1")
        for table, rows in self.rows.items():
            for row in rows:
                numbered = fresh | {"number": self.next} if table == "signature" else fresh
                values = [value if isinstance(value, bytes) else numbered.get(key, value) for key, value in row.items()]
                marks = ", ".join("?" * len(values))
                self.conn.execute(f"INSERT INTO {table} VALUES ({marks})", values)
        self.conn.execute("UPDATE orders SET head_seq = ? WHERE order_id = ?", (self.next, name))
        self.conn.execute("COMMIT")


def report(folder: Path, runs: int = 400) -> list[str]:
    """The rows of the report."""
    (folder / "floor").mkdir()
    (folder / "ours").mkdir()
    floor_register, floor_order, _ = a_paid_order(folder / "floor")
    floor_register.store.close()
    floor = Floor(folder / "floor" / "shop.db", floor_order.id)
    register, order, sale = a_paid_order(folder / "ours")
    write = finisher(register, order, sale)
    floor_sample, ours = in_turn(floor.write, write, runs)
    return [shown("finishing a sale durably", ours, floor_sample, "at most 1.3 ×")]


def finisher(register: Register, order: Order, sale: Sale) -> Callable[[], None]:
    """Returns a function that finishes the same order as a new sale, by the act of an order's last payment."""
    store, signer = register.store, register.signer
    assert signer is not None
    person = store.people.enter(sale.cashier)

    def finish() -> None:
        name = uuid.uuid4().hex
        act = Act(token_bytes(16), "pay_cash", NOW, sale.day, till=1, person=person)
        paid = replace(order, id=name)
        with store.file.writing():
            series, number = store.sales.next_number(1)
            one_more = replace(sale, order_id=name, series=series, receipt_number=number)
            what = Signable(sale.paid_at, f"{series}-{number}", sale.total, sale.total - sale.tax)
            signature = signatures_of(signer, store, 1, what)
            store.journal.add(act, [Move(paid, None, None, OrderState.PAID)], [*signature, Sold(one_more, paid, "")])
        store.witness.bear()

    return finish
