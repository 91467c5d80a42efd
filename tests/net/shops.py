"""The shops whose days are recorded: the small menu of `tests.builders` with several settings, and the shipped menu."""

from __future__ import annotations

import lzma
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from pos.domain.menu.channels import Channel, PaidWhere
from pos.domain.menu.items import ServingMode
from pos.domain.menu.menu import Menu
from pos.domain.menu.next_visit import NextVisitRules, Refusals
from pos.domain.menu.scanning import ScannerMode, ScannerSetup
from pos.office.offers import set_learning
from pos.register import CONTROL_SHARE
from pos.store import Store, open_store
from tests.builders import MENU, NOW, PAIRINGS, kr, text
from tests.office_acts import gate, put_menu, set_shop
from tests.register.shops import new_folder
from tests.templates import SHIPPED, begin_file

FOODORA = Channel(
    "foodora", text("Foodora"), PaidWhere.PLATFORM, 1000, (("cheeseburger", kr(129)),), ServingMode.TAKE_AWAY
)
WOLT = Channel("wolt", text("Wolt"), PaidWhere.PLATFORM, 1575)
PHONE = Channel("phone", text("Telefon", "Phone"), PaidWhere.HERE, deals=True)
CHANNELS = {entry.id: entry for entry in (FOODORA, WOLT, PHONE)}
BEFORE = Path(__file__).parent / "before"
"""Files made by earlier programs."""

GIVING = NextVisitRules(14, 50)
ASKED = {name: replace(slot, ask=name.startswith("drink")) for name, slot in MENU.slots.items()}


def _as_it_is(store: Store) -> None:
    """Changes no setting."""


def _learns(store: Store) -> None:
    gate(store).do(set_learning, True)


def _is_control(store: Store) -> None:
    set_shop(store, CONTROL_SHARE, "10000")


SHOPS: dict[str, tuple[Menu, Callable[[Store], None]]] = {
    "small": (MENU, _as_it_is),
    "giving": (replace(MENU, next_visit=GIVING, kitchen_slip=True), _as_it_is),
    "all day": (replace(MENU, next_visit=GIVING, refusals=Refusals.DAY, channels=CHANNELS), _as_it_is),
    "channels": (replace(MENU, channels=CHANNELS, kitchen_slip=True, slots=ASKED), _as_it_is),
    "everything": (replace(MENU, next_visit=GIVING, kitchen_slip=True, channels=CHANNELS), _as_it_is),
    "learning": (MENU, _learns),
    "control": (MENU, _is_control),
    "prefix": (replace(MENU, scanner=ScannerSetup(prefix="~"), slots=ASKED), _as_it_is),
    "no scanner": (replace(MENU, scanner=ScannerSetup(ScannerMode.NONE), kitchen_slip=True), _as_it_is),
}


@cache
def _file_of(shop: str) -> bytes:
    """Returns the shop's file before its first order. Every day of a shop begins with the same bytes."""
    folder = new_folder()
    path = folder / "shop.db"
    try:
        if shop == SHIPPED:
            path.unlink()
            begin_file(path, SHIPPED)
        else:
            menu, set_up = SHOPS[shop]
            store = open_store(path)
            if menu is not MENU:
                put_menu(store, menu, PAIRINGS, NOW)
            set_up(store)
            store.close()
        return path.read_bytes()
    finally:
        shutil.rmtree(folder)


def open_shop(shop: str) -> Path:
    """Returns a new folder with a shop's file: before its first order, or made by an earlier program and migrated."""
    folder = new_folder()
    made_before = (BEFORE / f"{shop}.db.xz").exists()
    (folder / "shop.db").write_bytes(file_from_before(shop) if made_before else _file_of(shop))
    return folder


@cache
def file_from_before(name: str) -> bytes:
    """Returns a file of an earlier program, migrated to this version. It is migrated once for all tests."""
    folder = new_folder()
    path = folder / "shop.db"
    try:
        path.write_bytes(lzma.decompress((BEFORE / f"{name}.db.xz").read_bytes()))
        open_store(path).close()
        return path.read_bytes()
    finally:
        shutil.rmtree(folder)
