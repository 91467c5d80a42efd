"""Measures how much a sale of four lines adds to the file: rung, asked, paid and packed at the counter."""

from __future__ import annotations

import os
from pathlib import Path

from pos.register.verbs import ringing
from pos.store import Store
from tests.rig import Cashier, Clock, a_register
from tests.templates import SHIPPED, begin_file

SALES = int(os.environ.get("BENCH_SALES", "1000"))
BEFORE = 60
"""Sales before the measurement. After them the file packs with each sale."""

LINES = ("cheeseburger", "fries-m", "cola-m", "chicken-burger")
ANSWERS = {"serving": "2", "question": "n", "choice": "1", "payment": "a"}
"""Every offer is declined, so that the receipt carries one for the next visit."""


def report(folder: Path) -> list[str]:
    """The row of the report."""
    begin_file(folder / "shop.db", SHIPPED)
    clock = Clock()
    cashier = Cashier(a_register(folder, clock=clock), clock)
    store = cashier.register.store
    store.file.conn.execute("PRAGMA synchronous = OFF")
    for _ in range(BEFORE):
        _sell(cashier)
    before = _bytes(store)
    for _ in range(SALES):
        _sell(cashier)
    a_sale = (_bytes(store) - before) / SALES
    return [f"{'a sale of four lines in the file':44} {a_sale / 1000:8.2f} kB   n={SALES}   at most 5 kB"]


def _sell(cashier: Cashier) -> None:
    register = cashier.register
    for sku in LINES:
        register.do(ringing.ring, sku)
    cashier.press("enter")
    while cashier.counter.paid is None:
        cashier.press(ANSWERS[cashier.counter.state.value])
    cashier.press("enter")
    while register.store.orders.pack():
        pass


def _bytes(store: Store) -> int:
    """Returns the size of the file in bytes, without free pages."""
    ((pages, free, size),) = store.file.conn.execute(
        "SELECT page_count, freelist_count, page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size"
    ).fetchall()
    return int((pages - free) * size)
