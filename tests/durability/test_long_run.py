"""A hundred thousand sales in one run: memory stays flat, and the last sale is as fast as the first."""

from __future__ import annotations

import gc
import time
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
"""Blocks after which caches are full."""

COMPARED = 10
"""Blocks whose median is compared, at either end."""

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
    """The memory of this process, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def sell(cashier: Cashier, keys: tuple[str, ...]) -> None:
    """One sale, its paper, and what waits for a quiet moment."""
    cashier.press(*keys)
    assert cashier.counter.paid is not None, cashier.counter.state
    print_owed(cashier.register)
    cashier.register.tidy()
    cashier.press("enter")


@pytest.mark.soak
def test_the_last_of_a_hundred_thousand_sales_is_as_fast_as_the_first_in_the_same_memory(tmp_path: Path) -> None:
    clock = Clock()
    cashier = Cashier(a_register(tmp_path, clock=clock, printer=NoPrinter()), clock)
    orders, seconds, memory = cycle(ORDERS), [], []
    for block in range(SALES // BLOCK):
        begun = time.process_time()
        for _ in range(BLOCK):
            sell(cashier, next(orders))
        seconds.append(time.process_time() - begun)
        gc.collect()
        memory.append(resident())
        if block % 10 == 9:
            print(f"{(block + 1) * BLOCK} sales, {seconds[-1]:.2f} ms a sale, {memory[-1]:.0f} MB", flush=True)
    store = cashier.register.store
    first = median(seconds[WARM : WARM + COMPARED])
    slower = median(seconds[-COMPARED:]) / first
    grown = memory[-1] - memory[WARM]
    size = store.path.stat().st_size / 1e6
    print(f"last / first {slower:.2f}, {first:.2f} ms a sale; {grown:+.1f} MB of memory; file {size:.0f} MB")
    assert store.sales.count() == SALES
    assert_sound(store.file.conn)
    assert verify(store.file).finding is None
    store.close()
    assert slower < MOST_SLOWER
    assert grown < MOST_GROWN
