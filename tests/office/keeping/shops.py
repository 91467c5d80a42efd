"""Shops for tests of backups: some sales, a backup, and a file that went on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

from pos.counter.printing import print_owed
from pos.office.keeping.backup import MadeBackup, make_backup
from pos.store import Store, open_store
from tests.office_acts import gate
from tests.rig import Cashier, a_cashier
from tests.templates import fill_folder

SALE = ("b", "enter", "2", "n", "n", "a")


def sell(cashier: Cashier, times: int = 1) -> None:
    """Make sales with their receipts."""
    for _ in range(times):
        cashier.press(*SALE)
        assert cashier.counter.paid is not None, cashier.said
        print_owed(cashier.register)
        cashier.press("enter")


def a_shop(folder: Path, sales: int = 3) -> Path:
    """The path of a file with some sales; no till has it open. The file is the same each time for the same number."""
    fill_folder(folder, _sold(sales))
    return folder / "shop.db"


@cache
def _sold(sales: int) -> Callable[[Path], None]:
    def sell_some(folder: Path) -> None:
        cashier = a_cashier(folder)
        sell(cashier, sales)
        cashier.register.store.close()

    return sell_some


def sold_on(path: Path, sales: int = 1) -> str:
    """Open a till on a file, sell, close it. Returns the number of the last receipt."""
    cashier = a_cashier(path.parent)
    cashier.register.store.witness.check()
    sell(cashier, sales)
    sale = cashier.register.store.sales.last(cashier.register.till.id)
    cashier.register.store.close()
    assert sale is not None
    return f"{sale.series}-{sale.receipt_number}"


def nothing(done: int, of: int) -> None:
    """Ignore the progress."""


def back_up(store: Store, target: Path) -> MadeBackup:
    """Make a backup."""
    return make_backup(gate(store), target, nothing, nothing)


def backed_up(path: Path, target: Path) -> MadeBackup:
    """Back up a file that no till has open."""
    with closing(open_store(path)) as store:
        return back_up(store, target)
