"""The menu in the file: replaced as a whole, loaded as a whole; pairings are fetched for what is rung."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from typing import TypeAlias

from pos.domain.business_day import DAY_ENDS
from pos.domain.menu.items import MenuItem, Sku
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Pairing
from pos.domain.money import Money
from pos.domain.text import LocalText
from pos.domain.value import replace, value
from pos.store.acts import Act
from pos.store.file.codec import TEXT, instant_columns, to_clock, to_json
from pos.store.file.connection import StoreFile, Unreadable
from pos.store.menu import rows, sql
from pos.store.menu.kept import keep_menu, kept_body, kept_menu
from pos.store.menu.merge import left_out, retired_groups, retired_items
from pos.store.menu.pairings import ADD as ADD_PAIRING
from pos.store.menu.pairings import all_pairings, best_pairings, pairing_rows
from pos.store.menu.pairings_beside import FEW, PairingRow, PairingsBeside, clear
from pos.store.menu.reading import read_menu

VERSION = "SELECT menu_version FROM shop"
DAY_ENDS_AT = "SELECT day_ends FROM shop"
SENTENCES = "SELECT say FROM words ORDER BY id"
PUT_SHOP = """
    INSERT INTO shop (
        id, name, address, post_code, city, org_no, phone, menu_version, loaded_us, loaded_offset_s,
        next_visit_days, next_visit_off, refusals, day_ends, kitchen_slip, scanner, scanner_prefix, lock_after,
        most_discount, accounts, most_tip_minor
    ) VALUES (
        1, :name, :address, :post_code, :city, :org_no, :phone, 1, :at_us, :offset_s, :next_visit_days,
        :next_visit_off, :refusals, :day_ends, :kitchen_slip, :scanner, :scanner_prefix, :lock_after, :most_discount,
        :accounts, :most_tip_minor
    )
    ON CONFLICT (id) DO UPDATE SET
        name = excluded.name, address = excluded.address, post_code = excluded.post_code, city = excluded.city,
        org_no = excluded.org_no, phone = excluded.phone, menu_version = menu_version + 1,
        loaded_us = excluded.loaded_us, loaded_offset_s = excluded.loaded_offset_s,
        next_visit_days = excluded.next_visit_days,
        next_visit_off = excluded.next_visit_off, refusals = excluded.refusals,
        day_ends = excluded.day_ends, kitchen_slip = excluded.kitchen_slip, scanner = excluded.scanner,
        scanner_prefix = excluded.scanner_prefix, lock_after = excluded.lock_after,
        most_discount = excluded.most_discount, accounts = excluded.accounts,
        most_tip_minor = excluded.most_tip_minor
"""
RETIRE_CATEGORIES = "UPDATE category SET retired = 1"

FIRST_PAIRINGS = "SELECT 1 FROM pairing LIMIT :most"
NO_PAIRINGS = "DELETE FROM pairing"
EMPTY = (
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
"""Rows that refer to others come before these. Items and categories are not deleted but overwritten."""


Writes: TypeAlias = Sequence[tuple[str, Sequence[rows.Row]]]
"""Statements, each with its rows."""


class MenuStore:
    """The menu of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def version(self) -> int:
        """0 without a menu; each menu loaded adds one."""
        with self._file.reading() as conn:
            row = conn.execute(VERSION).fetchone()
        return 0 if row is None else int(row[0])

    def day_ends(self) -> time:
        """The end of the shop's business day; the default in a file without a menu."""
        with self._file.reading() as conn:
            row = conn.execute(DAY_ENDS_AT).fetchone()
        with self._file.errors():
            return DAY_ENDS if row is None else to_clock(row[0])

    def is_empty(self) -> bool:
        """Whether no menu was ever loaded."""
        return self.version() == 0

    def load(self, *, retired: bool = True) -> Menu:
        """The menu, in its file's order; with `retired` also the items no longer sold, at the end.

        Raises `StoreError` `database-damaged` when there is none: ask `is_empty` first.
        """
        return self._at_one_version(retired=retired)[1]

    def current(self) -> tuple[int, Menu]:
        """The menu with its retired items, and its version. Raises as `load`."""
        version, menu = self._at_one_version(retired=True)
        with self._file.errors():
            if not version:
                raise Unreadable("the menu's version")
        return version, menu

    def _at_one_version(self, *, retired: bool) -> tuple[int, Menu]:
        """A menu and its version (0 for none), read statement by statement, because a snapshot would block commits for
        as long as it takes. Read again if another menu was loaded meanwhile."""
        while True:
            version = self.version()
            try:
                with self._file.reading() as conn:
                    menu = read_menu(conn, retired)
            except Exception:  # halves of two menus can raise anything
                if self.version() == version:
                    raise
                continue
            if self.version() == version:
                return version, menu

    def kept(self, version: int) -> Menu | None:
        """The replaced menu of a version; None if it was not kept."""
        with self._file.reading() as conn:
            return kept_menu(conn, version)

    def sentences(self) -> tuple[LocalText, ...]:
        """Every sentence that cashiers say on this menu, once: of steps and of pairings, learned ones too."""
        with self._file.reading() as conn:
            return tuple(TEXT.read(say) for (say,) in conn.execute(SENTENCES).fetchall())

    def pairings(self) -> tuple[Pairing, ...]:
        """Every pairing, in the order of the file, for the export."""
        with self._file.reading() as conn:
            return all_pairings(conn)

    def pairings_for(self, items: Iterable[MenuItem]) -> dict[Sku, tuple[Pairing, ...]]:
        """The pairings of each item, the best first: at most eight each for its SKU, its category and anything.

        Retired items are not offered. This is an indexed lookup, however many pairings there are.
        """
        with self._file.reading() as conn:
            return best_pairings(conn, items)

    @contextmanager
    def prepared(self, menu: Menu, pairings: Sequence[Pairing], at: datetime) -> Iterator[PreparedMenu]:
        """A checked menu, prepared to replace the current one: publish it inside the context.

        Items that the new menu lacks are kept as retired, so that open and held orders can be priced and paid. Many
        pairings are written to a table of their own, outside the lock. Raises `KeyError` for a pairing that offers what
        the menu does not have, `OvertakenError` if somebody else begins to load a menu.
        """
        clear(self._file)
        version, old = self._at_one_version(retired=True) if not self.is_empty() else (0, None)
        made = _prepared(old, menu, pairings, at)
        if len(made.pairings) <= FEW and self._are_few():
            yield PreparedMenu(version, made)
            return
        with self._file.unchecked():
            beside = PairingsBeside(self._file)
            beside.write(made.pairings)
            yield PreparedMenu(version, made, beside)
            clear(self._file)

    def draft(self, menu: Menu, pairings: Sequence[Pairing], at: datetime) -> PreparedMenu:
        """The same inside the open transaction: slower for the tills, but nobody comes in between."""
        with self._file.reading() as conn:
            version = _version(conn)
            old = read_menu(conn, retired=True) if version else None
        return PreparedMenu(version, _prepared(old, menu, pairings, at))

    def _are_few(self) -> bool:
        """Whether the stored pairings are few enough to be deleted at once."""
        with self._file.reading() as conn:
            return len(conn.execute(FIRST_PAIRINGS, {"most": FEW + 1}).fetchall()) <= FEW


def _version(conn: sqlite3.Connection) -> int:
    row = conn.execute(VERSION).fetchone()
    return 0 if row is None else int(row[0])


@value
class Prepared:
    """A menu as it is written: the one before as it is kept, if there is one; the rows of the new one in the order in
    which they can refer to each other; its pairings."""

    kept: bytes | None
    writes: Writes
    pairings: Sequence[PairingRow]


@value
class PreparedMenu:
    """A menu prepared to replace version `version`; many pairings wait in a table of their own."""

    version: int
    prepared: Prepared
    beside: PairingsBeside | None = None


@value
class Published:
    """A menu replaces the current one. `digest` is the SHA-256 of its file, if it comes from one. Writing it raises
    `OvertakenError` if somebody else has begun to load a menu."""

    draft: PreparedMenu
    items: int
    digest: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        _put(conn, self.draft.version, self.draft.prepared, self.draft.beside)

    def told(self) -> object:
        """Version, sizes and the file's digest only: replaced menus are kept whole."""
        pairings = len(self.draft.prepared.pairings)
        told = {"version": self.draft.version + 1, "items": self.items, "pairings": pairings, "sha256": self.digest}
        return {"menu": told}


@value
class PriceSet:
    """A price was changed at the till. The menu that is published in the same act has it."""

    sku: Sku
    before: Money
    now: Money

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Writes nothing: the menu is written already."""

    def told(self) -> object:
        return {"price_set": self}


def _put(conn: sqlite3.Connection, version: int, new: Prepared, beside: PairingsBeside | None = None) -> None:
    """Replace the menu of a version by a prepared one, inside the open transaction. Its pairings may be stored
    already."""
    if new.kept is not None:
        keep_menu(conn, version, new.kept)
    if beside is None:
        conn.execute(NO_PAIRINGS)
    else:
        beside.switch(conn)
    for statement in (*EMPTY, RETIRE_CATEGORIES):
        conn.execute(statement)
    for statement, values in new.writes:
        conn.executemany(statement, values)
    if beside is None:
        conn.executemany(ADD_PAIRING, new.pairings)


def _prepared(old: Menu | None, new: Menu, pairings: Sequence[Pairing], at: datetime) -> Prepared:
    """A menu with all that follows from the one before.

    Raises `KeyError` for a pairing that offers what the menu does not have.
    """
    before = old or Menu(new.shop, {})
    items = {**new.items, **retired_items(before, new)}
    words = rows.WordRows()
    steps = list(rows.step_rows(new.paths.values(), words))
    for pairing in pairings:
        words.id_of(pairing.words)
    writes: Writes = [
        (sql.CATEGORY, [*rows.category_rows(new.categories.values())]),
        (sql.ITEM, [*rows.item_rows(items.values())]),
        (sql.PRICE_CHANGE, [*rows.price_change_rows(before.items, new.items, at)]),
        *_parts(before, new),
        (sql.INCENTIVE, [*rows.incentive_rows(new.incentives.values())]),
        (sql.WORDS, [*words.rows()]),
        (sql.UPGRADE_PATH, [*rows.path_rows(new.paths.values())]),
        (sql.UPGRADE_STEP, steps),
        (PUT_SHOP, [_shop_values(new, at)]),
    ]
    return Prepared(None if old is None else kept_body(old), writes, [*pairing_rows(pairings, items, words)])


def _parts(old: Menu, new: Menu) -> Iterator[tuple[str, Sequence[rows.Row]]]:
    """Dayparts, channels, machines, modifiers and slots."""
    groups, slots = retired_groups(old, new), left_out(old.slots, new.slots)
    channels = {key: replace(entry, retired=True) for key, entry in left_out(old.channels, new.channels).items()}
    yield sql.DAYPART, [*rows.daypart_rows(new.dayparts, left_out(old.dayparts, new.dayparts))]
    yield sql.CHANNEL, [*rows.channel_rows([*new.channels.values(), *channels.values()])]
    yield sql.TENDER_KIND, [*rows.tender_kind_rows(new.channels.values())]
    yield sql.MACHINE, [*rows.machine_rows(new.machines.values())]
    yield sql.MODIFIER_GROUP, [*rows.group_rows(new.groups, groups)]
    yield sql.MODIFIER, [*rows.modifier_rows((*new.groups.values(), *groups.values()))]
    yield sql.SLOT, [*rows.slot_rows(new.slots, slots)]
    yield sql.SLOT_CHOICE, [*rows.choice_rows((*new.slots.values(), *slots.values()))]


def _shop_values(menu: Menu, at: datetime) -> dict[str, str | int | None]:
    shop, rules = menu.shop, menu.next_visit
    return {
        "name": shop.name,
        "address": shop.address,
        "post_code": shop.post_code,
        "city": shop.city,
        "org_no": shop.org_no,
        "phone": shop.phone,
        **instant_columns(at),
        "next_visit_days": None if rules is None else rules.days,
        "next_visit_off": None if rules is None else rules.off,
        "refusals": menu.refusals,
        "day_ends": f"{menu.day_ends:%H:%M}",
        "kitchen_slip": int(menu.kitchen_slip),
        "scanner": menu.scanner.mode,
        "scanner_prefix": menu.scanner.prefix,
        "lock_after": menu.lock_after,
        "most_discount": menu.most_discount,
        "accounts": to_json(menu.accounts),
        "most_tip_minor": menu.most_tip.minor,
    }
