"""Tills that sell, and a kitchen on the same file."""

from __future__ import annotations

from pathlib import Path

from pos.country import norway
from pos.kitchen.desk import KitchenDesk
from pos.register import ShopGate
from pos.store import Store, open_store
from tests.register.every_act import CountedClock, Till


def a_till(folder: Path, name: str = "1", clock: CountedClock | None = None) -> Till:
    """A till of the shop."""
    return Till(folder, till=name, clock=clock)


def a_kitchen(till: Till, language: str = "nb") -> KitchenDesk:
    """A kitchen on the till's file, with the same clock, as in another process."""
    store = open_store(till.register.store.path, wait=0.2)
    return KitchenDesk(ShopGate(store, norway(), till.clock), language)


def rows(store: Store) -> int:
    """The number of rows of the journal."""
    return store.journal.last_seq()
