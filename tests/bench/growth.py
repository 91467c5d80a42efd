"""Times a verb and finishing a sale with a million past orders in the file, against the same with none."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from pos.register import Register
from pos.register.verbs import ringing
from tests.bench.finishing import TABLES, a_paid_order, finisher
from tests.bench.sampling import in_turn, shown

ORDERS = int(os.environ.get("BENCH_ORDERS", "1000000"))
SLICE = 20_000
PACKED = 1040
"""The bytes of an order's packed bodies, from random orders of four lines on the shipped menu, ten rows each."""

ADD_PACKS = "INSERT INTO body_pack (last_seq, first_seq, bodies) SELECT n, n, zeroblob(:bytes) FROM number"
OF_SIGNATURE = """
    (t.series, t.number) = (
        SELECT series, receipt_number FROM sale JOIN orders USING (order_key) WHERE order_id = :order_id
    )
"""
NAMES = ("order_id", "order_key", "id", "sale_id", "seq", "head_seq", "receipt_number", "parent")


def fill(path: Path, order_id: str, orders: int = ORDERS) -> None:
    """Add `orders` copies of a paid order, each with names and numbers of its own."""
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA synchronous = OFF")
    conn.execute("PRAGMA foreign_keys = OFF")
    conn.execute("CREATE TEMP TABLE number (n INTEGER PRIMARY KEY)")
    ((first,),) = conn.execute("SELECT MAX(seq) + 1 FROM journal").fetchall()
    for start in range(first, first + orders, SLICE):
        conn.execute("BEGIN")
        conn.execute("DELETE FROM number")
        conn.executemany("INSERT INTO number VALUES (?)", ((start + n,) for n in range(min(SLICE, orders))))
        for table in TABLES:
            conn.execute(_copies(conn, table), {"order_id": order_id})
        conn.execute(ADD_PACKS, {"bytes": PACKED})
        conn.execute("COMMIT")
    conn.execute("UPDATE till SET receipt_number = 10000000")
    conn.close()


def _copies(conn: sqlite3.Connection, table: str) -> str:
    """Returns the statement that copies the order's rows of a table once for each number."""
    columns = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
    values = [_value(table, name) for name in columns]
    of_order = (
        OF_SIGNATURE
        if table == "signature"
        else (
            "t.order_key = (SELECT order_key FROM orders WHERE order_id = :order_id)"
            if "order_key" in columns
            else "t.sale_id = (SELECT id FROM sale JOIN orders USING (order_key) WHERE order_id = :order_id)"
        )
    )
    last = " AND t.seq = (SELECT head_seq FROM orders WHERE order_id = :order_id)" if table == "journal" else ""
    return f"INSERT INTO {table} SELECT {', '.join(values)} FROM {table} AS t, number WHERE {of_order}{last}"


def _value(table: str, name: str) -> str:
    if name == "order_id":
        return "printf('%012x', number.n)"
    if name == "parent":
        return "NULL"
    if (table, name) == ("signature", "number"):
        return "number.n"
    return "number.n" if name in NAMES and (table, name) != ("journal", "id") else f"t.{name}"


def report(folder: Path, runs: int = 400) -> list[str]:
    """The rows of the report: ours is the full file, the floor the empty one."""
    finishers, writers = [], []
    for name in ("none", "many"):
        (folder / name).mkdir()
        register, order, sale = a_paid_order(folder / name)
        if name == "many":
            fill(folder / name / "shop.db", sale.order_id)
        finishers.append(finisher(register, order, sale))
        writers.append(register)
    finish = in_turn(finishers[0], finishers[1], runs)
    few, many = (_verb(register) for register in writers)
    verb = in_turn(few, many, runs)
    size = (folder / "many" / "shop.db").stat().st_size / 1e9
    return [
        shown(f"finishing a sale, {ORDERS:,} before it", finish[1], finish[0], f"at most 1.1 ×, file {size:.1f} GB"),
        shown(f"a verb, {ORDERS:,} orders before it", verb[1], verb[0], "at most 1.1 ×"),
    ]


def _verb(register: Register) -> Callable[[], None]:
    """Rings one item. Returns a function that adds one more of it."""
    line = register.do(ringing.ring, "cheeseburger").result

    def one_more() -> None:
        register.do(ringing.change_quantity, line, 1 if register.view.order.lines[0].quantity < 100 else -90)

    return one_more
