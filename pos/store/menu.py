"""The menu in the file: replaced as a whole, loaded as a whole, its pairings fetched for what is rung."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from pos.domain.business_day import DAY_ENDS
from pos.domain.items import MenuItem, Sku
from pos.domain.menu import Menu
from pos.domain.paths import Pairing
from pos.domain.text import LocalText
from pos.store import menu_rows as rows
from pos.store.codec import to_clock
from pos.store.file import StoreFile
from pos.store.menu_kept import keep_menu, kept_menu
from pos.store.menu_merge import left_out, retired_groups, retired_items
from pos.store.menu_read import read_menu
from pos.store.pairings import add_pairings, all_pairings, best_pairings

if TYPE_CHECKING:
    from sqlite_utils import Database

VERSION = "SELECT menu_version FROM shop"
DAY_ENDS_AT = "SELECT day_ends FROM shop"
SENTENCES = "SELECT say_nb, say_en FROM words ORDER BY id"
PUT_SHOP = """
    INSERT INTO shop (
        id, name, address, post_code, city, org_no, phone, menu_version, loaded_at,
        next_visit_days, next_visit_off, refusals, day_ends, kitchen_slip, scanner, scanner_prefix
    ) VALUES (
        1, :name, :address, :post_code, :city, :org_no, :phone, 1, :at, :next_visit_days, :next_visit_off, :refusals,
        :day_ends, :kitchen_slip, :scanner, :scanner_prefix
    )
    ON CONFLICT (id) DO UPDATE SET
        name = excluded.name, address = excluded.address, post_code = excluded.post_code, city = excluded.city,
        org_no = excluded.org_no, phone = excluded.phone, menu_version = menu_version + 1,
        loaded_at = excluded.loaded_at, next_visit_days = excluded.next_visit_days,
        next_visit_off = excluded.next_visit_off, refusals = excluded.refusals,
        day_ends = excluded.day_ends, kitchen_slip = excluded.kitchen_slip, scanner = excluded.scanner,
        scanner_prefix = excluded.scanner_prefix
"""
RETIRE_CATEGORIES = "UPDATE category SET retired = 1"

EMPTY = (
    "DELETE FROM pairing",
    "DELETE FROM upgrade_step",
    "DELETE FROM upgrade_path",
    "DELETE FROM words",
    "DELETE FROM incentive",
    "DELETE FROM slot_choice",
    "DELETE FROM slot",
    "DELETE FROM modifier",
    "DELETE FROM modifier_group",
    "DELETE FROM daypart",
    "DELETE FROM machine",
    "DELETE FROM channel",
)
"""What refers comes before what is referred to. Items and categories stay: they are written over."""


class MenuStore:
    """The menu of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def version(self) -> int:
        """0 for no menu, and one more with every menu loaded."""
        with self._file.reading() as conn:
            row = conn.execute(VERSION).fetchone()
        return 0 if row is None else int(row[0])

    def day_ends(self) -> time:
        """When the shop's business day ends; as it is unless set where no menu was ever loaded."""
        with self._file.reading() as conn:
            row = conn.execute(DAY_ENDS_AT).fetchone()
        with self._file.errors():
            return DAY_ENDS if row is None else to_clock(row[0])

    def is_empty(self) -> bool:
        """Whether no menu was ever loaded."""
        return self.version() == 0

    def load(self, *, retired: bool = True) -> Menu:
        """The menu, in the order of its file; with `retired` also what is not sold any more, at the end.

        Raises `StoreError` `database-damaged` when there is none: ask `is_empty` first.
        """
        with self._file.snapshot() as conn:
            return read_menu(conn, retired)

    def current(self) -> tuple[int, Menu]:
        """The menu with what is not sold any more, and its version. Raises as `load`."""
        with self._file.snapshot() as conn:
            menu = read_menu(conn, retired=True)
            return int(conn.execute(VERSION).fetchone()[0]), menu

    def kept(self, version: int) -> Menu | None:
        """A menu that was replaced since, for the orders that were priced by it; None where it was not kept."""
        with self._file.reading() as conn:
            return kept_menu(conn, version)

    def sentences(self) -> tuple[LocalText, ...]:
        """What cashiers say on this menu, each sentence once: of steps up and of pairings, learned ones too."""
        with self._file.reading() as conn:
            return tuple(LocalText(nb, en) for nb, en in conn.execute(SENTENCES).fetchall())

    def pairings(self) -> tuple[Pairing, ...]:
        """Every pairing, in the order of the file: for export, not for the counter."""
        with self._file.reading() as conn:
            return all_pairings(conn)

    def pairings_for(self, items: Iterable[MenuItem]) -> dict[Sku, tuple[Pairing, ...]]:
        """What goes with each item, the best first: at most eight for its SKU, its category and anything each.

        None offers what is not sold any more. An indexed lookup, however many pairings there are.
        """
        with self._file.reading() as conn:
            return best_pairings(conn, items)

    def replace(self, menu: Menu, pairings: Sequence[Pairing], at: datetime) -> None:
        """Put a checked menu in the place of the one before, all of it or nothing.

        What the new one does not have any more is kept as retired, so that open and held orders can be priced and paid.
        Raises `KeyError` for a pairing that offers what the menu does not have.
        """
        with self._file.writing() as conn:
            row = conn.execute(VERSION).fetchone()
            old = None if row is None else read_menu(conn, retired=True)
            if old is not None:
                keep_menu(conn, int(row[0]), old)
            _write(conn, old or Menu(menu.shop, {}), menu, pairings, at.isoformat())


def _write(conn: sqlite3.Connection, old: Menu, new: Menu, pairings: Sequence[Pairing], at: str) -> None:
    from sqlite_utils import Database

    db = Database(conn, recursive_triggers=False, execute_plugins=False)
    for statement in (*EMPTY, RETIRE_CATEGORIES):
        conn.execute(statement)
    items = {**new.items, **retired_items(old, new)}
    words = rows.WordRows()
    _write_items(db, new, items)
    db.table("price_change").insert_all(rows.price_change_rows(old.items, new.items, at))
    _write_parts(db, old, new)
    db.table("incentive").insert_all(rows.incentive_rows(new.incentives.values()))
    steps = list(rows.step_rows(new.paths.values(), words))
    ranked = list(pairings)
    for pairing in ranked:
        words.id_of(pairing.words)
    db.table("words").insert_all(words.rows())
    db.table("upgrade_path").insert_all(rows.path_rows(new.paths.values()))
    db.table("upgrade_step").insert_all(steps)
    add_pairings(conn, ranked, items, words)
    conn.execute(PUT_SHOP, _shop_values(new, at))


def _write_items(db: Database, new: Menu, items: dict[Sku, MenuItem]) -> None:
    db.table("category").upsert_all(rows.category_rows(new.categories.values()), pk="id")
    db.table("item").upsert_all(rows.item_rows(items.values()), pk="sku")


def _write_parts(db: Database, old: Menu, new: Menu) -> None:
    groups, slots = retired_groups(old, new), left_out(old.slots, new.slots)
    db.table("daypart").insert_all(rows.daypart_rows(new.dayparts, left_out(old.dayparts, new.dayparts)))
    channels = {key: replace(entry, retired=True) for key, entry in left_out(old.channels, new.channels).items()}
    db.table("channel").insert_all(rows.channel_rows([*new.channels.values(), *channels.values()]))
    db.table("tender_kind").upsert_all(rows.tender_kind_rows(new.channels.values()), pk="id")
    db.table("machine").insert_all(rows.machine_rows(new.machines.values()))
    db.table("modifier_group").insert_all(rows.group_rows(new.groups, groups))
    db.table("modifier").insert_all(rows.modifier_rows((*new.groups.values(), *groups.values())))
    db.table("slot").insert_all(rows.slot_rows(new.slots, slots))
    db.table("slot_choice").insert_all(rows.choice_rows((*new.slots.values(), *slots.values())))


def _shop_values(menu: Menu, at: str) -> dict[str, str | int | None]:
    shop, rules = menu.shop, menu.next_visit
    return {
        "name": shop.name,
        "address": shop.address,
        "post_code": shop.post_code,
        "city": shop.city,
        "org_no": shop.org_no,
        "phone": shop.phone,
        "at": at,
        "next_visit_days": None if rules is None else rules.days,
        "next_visit_off": None if rules is None else rules.off,
        "refusals": menu.refusals,
        "day_ends": f"{menu.day_ends:%H:%M}",
        "kitchen_slip": int(menu.kitchen_slip),
        "scanner": menu.scanner.mode,
        "scanner_prefix": menu.scanner.prefix,
    }
