"""In a run of a hundred thousand sales memory stays flat, and the last sale is as fast as the first."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from statistics import median

import pytest

from pos.counter.printing import print_owed
from pos.devices import NoPrinter
from pos.store.verifying import verify
from tests.durability.killing import assert_sound
from tests.rig import Cashier, Clock, a_register

SALES = 100_000
BLOCK = 1_000
WARM = 5
"""The number of blocks after which caches are full."""

PAIRS = 12
SOLD = 25
"""Sales timed in turn on the long file and on a fresh one, so that other load on the machine slows both."""

MOST_SLOWER = 1.15
MOST_GROWN = 16
"""Megabytes."""

ORDERS = (
    ("b", "enter", "2", "n", "n", "a"),
    ("b", "enter", "2", "j", "1", "d"),
    ("b", "enter", "1", "n", "n", "k", "+"),
)
"""Cash, both questions accepted, and a card."""


def resident() -> float:
    """Returns the resident memory of this process, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def sell(cashier: Cashier, keys: tuple[str, ...]) -> None:
    """Make one sale, print its papers and tidy the register."""
    cashier.press(*keys)
    assert cashier.counter.paid is not None, cashier.counter.state
    print_owed(cashier.register)
    cashier.register.tidy()
    cashier.press("enter")


def a_shop(folder: Path) -> Cashier:
    """Returns a cashier at a till without a printer, so that no receipts are kept."""
    clock = Clock()
    return Cashier(a_register(folder, clock=clock, printer=NoPrinter()), clock)


def milliseconds(cashier: Cashier, orders: Iterator[tuple[str, ...]], times: int) -> float:
    """Returns the mean processor time of a sale, in milliseconds."""
    begun = time.process_time()
    for _ in range(times):
        sell(cashier, next(orders))
    return (time.process_time() - begun) / times * 1000


@pytest.mark.soak
def test_the_last_of_a_hundred_thousand_sales_is_as_fast_as_the_first_in_the_same_memory(tmp_path: Path) -> None:
    cashier, orders, memory = a_shop(tmp_path / "long"), cycle(ORDERS), []
    for block in range(1, SALES // BLOCK + 1):
        took = milliseconds(cashier, orders, BLOCK)
        gc.collect()
        memory.append(resident())
        if block % 10 == 0:
            print(f"{block * BLOCK} sales, {took:.2f} ms a sale, {memory[-1]:.0f} MB", flush=True)
    fresh = a_shop(tmp_path / "fresh")
    milliseconds(fresh, orders, 2 * SOLD)
    pairs = [(milliseconds(fresh, orders, SOLD), milliseconds(cashier, orders, SOLD)) for _ in range(PAIRS)]
    slower, grown = median(last / first for first, last in pairs), memory[-1] - memory[WARM]
    store = cashier.register.store
    size = store.path.stat().st_size / 1e6
    print(f"last / first {slower:.2f}; {grown:+.1f} MB of memory; file {size:.0f} MB")
    assert store.sales.count() == SALES + PAIRS * SOLD
    assert_sound(store.file.conn)
    assert verify(store.file).finding is None
    store.close()
    fresh.register.store.close()
    assert slower < MOST_SLOWER
    assert grown < MOST_GROWN
