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
from pos.store.file.codec import Json, to_clock
from pos.store.file.connection import Unreadable, named_rows

SHOP = "SELECT name, address, post_code, city, org_no, phone FROM shop"
ASKING = """
    SELECT next_visit_days, next_visit_off, refusals, day_ends, kitchen_slip, scanner, scanner_prefix, lock_after,
        most_discount, accounts, most_tip_minor
    FROM shop
"""
DAYPARTS = "SELECT id, name_nb, name_en, start_at, end_at FROM daypart WHERE retired <= :retired ORDER BY place"
CATEGORIES = "SELECT id, name_nb, name_en, article_group FROM category WHERE NOT retired ORDER BY place"
MACHINES = "SELECT id, name_nb, name_en FROM machine ORDER BY place"
CHANNELS = """
    SELECT id, name_nb, name_en, paid, markup, prices, serving_mode, deals, retired
    FROM channel WHERE retired <= :retired ORDER BY place
"""
ITEMS = """
    SELECT
        sku, name_nb, name_en, category, price_minor, price_take_away_minor, cost_minor, vat, plu, barcode, made_on,
        family, size_nb, size_en, tile, age_limit, allergens, dayparts, modifier_groups, meal, retired,
        deposit_minor, article_group
    FROM item WHERE retired <= :retired ORDER BY place
"""
GROUPS = """
    SELECT id, name_nb, name_en, minimum, maximum FROM modifier_group WHERE retired <= :retired ORDER BY place
"""
MODIFIERS = """
    SELECT group_id, id, name_nb, name_en, price_minor, cost_minor, adds, removes, age_limit, maximum, vat,
        leaves_out
    FROM modifier ORDER BY place
"""
SLOTS = "SELECT id, name_nb, name_en, default_sku, ask FROM slot WHERE retired <= :retired ORDER BY place"
CHOICES = "SELECT slot_id, sku, supplement_minor FROM slot_choice ORDER BY place"
PATHS = "SELECT id, priority, next_visit FROM upgrade_path ORDER BY place"
STEPS = """
    SELECT
        step.path_id, step.sku, step.category, step.modifier,
        words.say_nb, words.say_en, words.many_nb, words.many_en, words.rush_nb, words.rush_en,
        words.after_no_nb, words.after_no_en, words.also
    FROM upgrade_step AS step LEFT JOIN words ON words.id = step.words_id
    ORDER BY step.place
"""
INCENTIVES = """
    SELECT id, kind, name_nb, name_en, code, parts, price_minor, off_minor, at_least_minor, free_sku
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
        {
            row[0]: Category(row[0], LocalText(row[1], row[2]), group_or_none(row[3]))
            for row in conn.execute(CATEGORIES)
        },
        _dayparts(conn, only),
        _groups(conn, only),
        _slots(conn, only),
        _paths(conn),
        {row["id"]: _incentive(row) for row in named_rows(conn, INCENTIVES)},
        {row[0]: Machine(row[0], LocalText(row[1], row[2])) for row in conn.execute(MACHINES)},
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
            LocalText(row["name_nb"], row["name_en"]),
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
        LocalText(row["name_nb"], row["name_en"]),
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
        text_or_none(row["size_nb"], row["size_en"]),
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
        key: Daypart(key, LocalText(nb, en), time.fromisoformat(start), time.fromisoformat(end))
        for key, nb, en, start, end in conn.execute(DAYPARTS, only)
    }


def _groups(conn: sqlite3.Connection, only: dict[str, int]) -> dict[str, ModifierGroup]:
    modifiers: dict[str, list[Modifier]] = {}
    for group, key, nb, en, price, cost, adds, removes, age_limit, most, vat, leaves_out in conn.execute(MODIFIERS):
        modifiers.setdefault(group, []).append(
            Modifier(
                key,
                LocalText(nb, en),
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
        key: ModifierGroup(key, LocalText(nb, en), minimum, maximum, tuple(modifiers.get(key, ())))
        for key, nb, en, minimum, maximum in conn.execute(GROUPS, only)
    }


def _slots(conn: sqlite3.Connection, only: dict[str, int]) -> dict[str, Slot]:
    choices: dict[str, list[SlotChoice]] = {}
    for slot, sku, supplement in conn.execute(CHOICES):
        choices.setdefault(slot, []).append(SlotChoice(sku, Money(supplement)))
    return {
        key: Slot(key, LocalText(nb, en), tuple(choices.get(key, ())), default, ask == 1)
        for key, nb, en, default, ask in conn.execute(SLOTS, only)
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
    name = LocalText(row["name_nb"], row["name_en"])
    off = money_or_none(row["off_minor"])
    if row["kind"] == "bundle":
        parts = PARTS.read(row["parts"])
        return Bundle(row["id"], name, parts, money_or_none(row["price_minor"]), off, row["code"])
    return Threshold(row["id"], name, Money(row["at_least_minor"]), row["free_sku"], off, row["code"])


@lru_cache(maxsize=4096)
def read_words(*columns: str | None) -> Words:
    """Words from their nine columns: say, many, rush and after_no, each in nb and en; then the other wordings.

    Cached by their texts: making them again would take most of the time of fetching a pairing.
    """
    *texts, also = columns
    say, many, rush, after_no = (text_or_none(*pair) for pair in zip(texts[::2], texts[1::2], strict=True))
    if say is None:
        raise Unreadable("words")
    return Words(say, many, rush, after_no, () if also is None else ALSO.read(also))


def text_or_none(nb: str | None, en: str | None) -> LocalText | None:
    """A text in both languages, or none in either."""
    return None if nb is None or en is None else LocalText(nb, en)


def group_or_none(name: str | None) -> ArticleGroup | None:
    """An article group, where the menu says one."""
    return None if name is None else ArticleGroup(name)


def money_or_none(minor: int | None) -> Money | None:
    """An amount, where there is one."""
    return None if minor is None else Money(minor)
