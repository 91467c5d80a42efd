"""Times a sale with the kitchen's screen and the customer's display on the same file, against a sale without them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from functools import partial
from itertools import cycle
from pathlib import Path

from pos.country import norway
from pos.display.display import CustomerDisplay
from pos.kitchen.desk import KitchenDesk
from pos.register import ShopGate
from pos.store import open_store, open_to_read
from pos.ui.display.app import DisplayApp
from pos.ui.display.painting import picture
from pos.ui.kitchen.app import KitchenApp
from pos.ui.kitchen.cards import page
from tests.bench.sampling import in_turn, shown
from tests.forks import fork
from tests.rig import Cashier, Clock, a_register

SALE = ("b", "enter", "2", "j", "1", "d", "enter")


def kitchen(path: Path, clock: Clock) -> None:
    """Run the kitchen's screen without a terminal, as its process does."""
    desk = KitchenDesk(ShopGate(open_store(path, wait=1.0), norway(), clock), "nb")
    while True:
        if desk.follow():
            page(desk, 80, 24)
            for order in desk.orders[:-5]:
                desk.done(order)
        time.sleep(KitchenApp.FOLLOWS)


def display(path: Path, clock: Clock) -> None:
    """Run the customer's display without a terminal, as its process does."""
    follower = CustomerDisplay(open_to_read(path, wait=0.3), norway(), clock, "1", "nb")
    while True:
        if follower.follow():
            picture(follower, 80, 24)
        time.sleep(DisplayApp.FOLLOWS)


def a_seller(folder: Path) -> tuple[Callable[[], object], Path, Clock]:
    """Returns a function that presses the next key of a sale at a new till, the path of its file, and its clock."""
    folder.mkdir()
    clock = Clock()
    cashier = Cashier(a_register(folder, clock=clock), clock)
    keys = cycle(SALE)
    return lambda: cashier.press(next(keys)), cashier.register.store.path, clock


def report(folder: Path, runs: int = 700) -> list[str]:
    """The rows of the report: keys of sales, in turn at a till without and at a till with both screens."""
    alone, _, _ = a_seller(folder / "alone")
    beside, path, clock = a_seller(folder / "beside")
    for _ in SALE:
        beside()
    screens = [
        fork(partial(kitchen, path, clock), folder / "kitchen"),
        fork(partial(display, path, clock), folder / "display"),
    ]
    try:
        floor, ours = in_turn(alone, beside, runs)
        for screen in screens:
            assert not screen.is_over(), screen.errors.read_text()
    finally:
        for screen in screens:
            os.kill(screen.pid, signal.SIGKILL)
    return [shown("a key of a sale with kitchen and display", ours, floor, "1.0 ×")]
