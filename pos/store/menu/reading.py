"""Reading the menu: rows into the values of the domain."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import time
from functools import cache, lru_cache

from pos.domain.menu.accounts import NO_ACCOUNTS, Accounts
from pos.domain.menu.allergens import AllergenCard
from pos.domain.menu.channels import Channel, PaidWhere
from pos.domain.menu.incentives import Bundle, BundlePart, Incentive, Threshold
from pos.domain.menu.items import (
    ArticleGroup,
    Category,
    Daypart,
    Machine,
    Meal,
    MenuItem,
    Modifier,
    ModifierGroup,
    ServingMode,
    Sku,
    Slot,
    SlotChoice,
    VatClass,
)
from pos.domain.menu.menu import Menu, Shop
from pos.domain.menu.next_visit import NextVisitRules, Refusals
from pos.domain.menu.paths import Step, UpgradePath, Words
from pos.domain.menu.scanning import ScannerMode, ScannerSetup
from pos.domain.money import Money
from pos.domain.text import LocalText
from pos.store.file.codec import TEXT, Json, to_clock
from pos.store.file.connection import Unreadable, named_rows

SHOP = "SELECT name, address, post_code, city, org_no, phone FROM shop"
ASKING = """
    SELECT next_visit_days, next_visit_off, refusals, day_ends, kitchen_slip, scanner, scanner_prefix, lock_after,
        most_discount, accounts, most_tip_minor
    FROM shop
"""
DAYPARTS = "SELECT id, name, start_at, end_at FROM daypart WHERE retired <= :retired ORDER BY place"
CATEGORIES = "SELECT id, name, article_group FROM category WHERE NOT retired ORDER BY place"
MACHINES = "SELECT id, name FROM machine ORDER BY place"
CHANNELS = """
    SELECT id, name, paid, markup, prices, serving_mode, deals, retired
    FROM channel WHERE retired <= :retired ORDER BY place
"""
ITEMS = """
    SELECT
        sku, name, category, price_minor, price_take_away_minor, cost_minor, vat, plu, barcode, made_on,
        family, size, tile, age_limit, allergens, dayparts, modifier_groups, meal, retired,
        deposit_minor, article_group
    FROM item WHERE retired <= :retired ORDER BY place
"""
GROUPS = """
    SELECT id, name, minimum, maximum FROM modifier_group WHERE retired <= :retired ORDER BY place
"""
MODIFIERS = """
    SELECT group_id, id, name, price_minor, cost_minor, adds, removes, age_limit, maximum, vat,
        leaves_out
    FROM modifier ORDER BY place
"""
SLOTS = "SELECT id, name, default_sku, ask FROM slot WHERE retired <= :retired ORDER BY place"
CHOICES = "SELECT slot_id, sku, supplement_minor FROM slot_choice ORDER BY place"
PATHS = "SELECT id, priority, next_visit FROM upgrade_path ORDER BY place"
STEPS = """
    SELECT
        step.path_id, step.sku, step.category, step.modifier,
        words.say, words.many, words.rush,
        words.after_no, words.also
    FROM upgrade_step AS step LEFT JOIN words ON words.id = step.words_id
    ORDER BY step.place
"""
INCENTIVES = """
    SELECT id, kind, name, code, parts, price_minor, off_minor, at_least_minor, free_sku
    FROM incentive ORDER BY place
"""

ACCOUNTS = Json(Accounts)
CARD = Json(AllergenCard)
NAMES = Json(tuple[str, ...])
ALLERGENS = Json(frozenset[str])
MEAL = Json(Meal)
PARTS = Json(tuple[BundlePart, ...])
ALSO = Json(tuple[Words, ...])
PRICES: Json[tuple[tuple[Sku, Money], ...]] = Json(tuple[tuple[Sku, Money], ...])


def read_menu(conn: sqlite3.Connection, retired: bool) -> Menu:
    """The menu, with the items that are no longer on it if `retired`. Raises `Unreadable` for rows that no menu has."""
    try:
        menu = _read_menu(conn, retired)
    except (ValueError, LookupError) as error:
        raise Unreadable("the menu") from error
    if any(item.category not in menu.categories for item in menu.items.values() if not item.retired):
        raise Unreadable("a category")
    return menu


def _read_menu(conn: sqlite3.Connection, retired: bool) -> Menu:
    shop = conn.execute(SHOP).fetchone()
    if shop is None:
        raise Unreadable("no shop")
    only = {"retired": int(retired)}
    row = conn.execute(ASKING).fetchone()
    days, off, refusals, day_ends, kitchen_slip, scanner, prefix, lock_after, most_discount, accounts, most_tip = row
    return Menu(
        Shop(*shop),
        {row["sku"]: item for row, item in _items(conn, only)},
        {row[0]: Category(row[0], TEXT.read(row[1]), group_or_none(row[2])) for row in conn.execute(CATEGORIES)},
        _dayparts(conn, only),
        _groups(conn, only),
        _slots(conn, only),
        _paths(conn),
        {row["id"]: _incentive(row) for row in named_rows(conn, INCENTIVES)},
        {row[0]: Machine(row[0], TEXT.read(row[1])) for row in conn.execute(MACHINES)},
        NextVisitRules(days, off) if days is not None and off is not None else None,
        Refusals(refusals),
        to_clock(day_ends),
        kitchen_slip=bool(kitchen_slip),
        scanner=ScannerSetup(ScannerMode(scanner), prefix),
        lock_after=lock_after,
        most_discount=most_discount,
        accounts=NO_ACCOUNTS if accounts is None else ACCOUNTS.read(accounts),
        most_tip=Money(most_tip),
        channels=_channels(conn, only),
    )


def _channels(conn: sqlite3.Connection, only: dict[str, int]) -> dict[str, Channel]:
    return {
        row["id"]: Channel(
            row["id"],
            TEXT.read(row["name"]),
            PaidWhere(row["paid"]),
            row["markup"],
            PRICES.read(row["prices"]),
            None if row["serving_mode"] is None else ServingMode(row["serving_mode"]),
            row["deals"] == 1,
            row["retired"] == 1,
        )
        for row in named_rows(conn, CHANNELS, only)
    }


def _items(conn: sqlite3.Connection, only: dict[str, int]) -> list[tuple[sqlite3.Row, MenuItem]]:
    """Most items share their lists with others: each text is read once."""
    card, names = cache(CARD.read), cache(NAMES.read)
    return [(row, _item(row, card, names)) for row in named_rows(conn, ITEMS, only)]


def _item(
    row: sqlite3.Row,
    card: Callable[[str], AllergenCard],
    names: Callable[[str], tuple[str, ...]],
) -> MenuItem:
    return MenuItem(
        row["sku"],
        TEXT.read(row["name"]),
        row["category"],
        Money(row["price_minor"]),
        Money(row["cost_minor"]),
        VatClass(row["vat"]),
        card(row["allergens"]),
        money_or_none(row["price_take_away_minor"]),
        row["plu"],
        row["barcode"],
        row["made_on"],
        names(row["dayparts"]),
        row["family"],
        text_or_none(row["size"]),
        names(row["modifier_groups"]),
        row["tile"] == 1,
        row["age_limit"],
        None if row["meal"] is None else MEAL.read(row["meal"]),
        row["retired"] == 1,
        Money(row["deposit_minor"]),
        group_or_none(row["article_group"]),
    )


def _dayparts(conn: sqlite3.Connection, only: dict[str, int]) -> dict[str, Daypart]:
    return {
        key: Daypart(key, TEXT.read(name), time.fromisoformat(start), time.fromisoformat(end))
        for key, name, start, end in conn.execute(DAYPARTS, only)
    }


def _groups(conn: sqlite3.Connection, only: dict[str, int]) -> dict[str, ModifierGroup]:
    modifiers: dict[str, list[Modifier]] = {}
    for group, key, name, price, cost, adds, removes, age_limit, most, vat, leaves_out in conn.execute(MODIFIERS):
        modifiers.setdefault(group, []).append(
            Modifier(
                key,
                TEXT.read(name),
                Money(price),
                Money(cost),
                ALLERGENS.read(adds),
                ALLERGENS.read(removes),
                age_limit,
                most,
                None if vat is None else VatClass(vat),
                bool(leaves_out),
            )
        )
    return {
        key: ModifierGroup(key, TEXT.read(name), minimum, maximum, tuple(modifiers.get(key, ())))
        for key, name, minimum, maximum in conn.execute(GROUPS, only)
    }


def _slots(conn: sqlite3.Connection, only: dict[str, int]) -> dict[str, Slot]:
    choices: dict[str, list[SlotChoice]] = {}
    for slot, sku, supplement in conn.execute(CHOICES):
        choices.setdefault(slot, []).append(SlotChoice(sku, Money(supplement)))
    return {
        key: Slot(key, TEXT.read(name), tuple(choices.get(key, ())), default, ask == 1)
        for key, name, default, ask in conn.execute(SLOTS, only)
    }


def _paths(conn: sqlite3.Connection) -> dict[str, UpgradePath]:
    steps: dict[str, list[Step]] = {}
    for path, sku, category, modifier, *words in conn.execute(STEPS):
        steps.setdefault(path, []).append(Step(sku, category, modifier, read_words(*words) if words[0] else None))
    return {
        key: UpgradePath(key, tuple(steps.get(key, ())), priority, next_visit == 1)
        for key, priority, next_visit in conn.execute(PATHS)
    }


def _incentive(row: sqlite3.Row) -> Incentive:
    name = TEXT.read(row["name"])
    off = money_or_none(row["off_minor"])
    if row["kind"] == "bundle":
        parts = PARTS.read(row["parts"])
        return Bundle(row["id"], name, parts, money_or_none(row["price_minor"]), off, row["code"])
    return Threshold(row["id"], name, Money(row["at_least_minor"]), row["free_sku"], off, row["code"])


@lru_cache(maxsize=4096)
def read_words(*columns: str | None) -> Words:
    """Words from their columns: say, many, rush and after_no, then the other wordings.

    Cached by their texts: making them again would take most of the time of fetching a pairing.
    """
    *texts, also = columns
    say, many, rush, after_no = map(text_or_none, texts)
    if say is None:
        raise Unreadable("words")
    return Words(say, many, rush, after_no, () if also is None else ALSO.read(also))


def text_or_none(text: str | None) -> LocalText | None:
    """A text, where there is one."""
    return None if text is None else TEXT.read(text)


def group_or_none(name: str | None) -> ArticleGroup | None:
    """An article group, where the menu says one."""
    return None if name is None else ArticleGroup(name)


def money_or_none(minor: int | None) -> Money | None:
    """An amount, where there is one."""
    return None if minor is None else Money(minor)
