"""The sections of a menu file except items: each function reads one table into a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time
from typing import TypeVar

from pos.domain.business_day import DAY_ENDS
from pos.domain.menu.incentives import Bundle, BundlePart, Threshold
from pos.domain.menu.items import Category, Daypart, Machine, Modifier, ModifierGroup, Slot, SlotChoice
from pos.domain.menu.menu import Shop
from pos.domain.menu.paths import Pairing, Step, UpgradePath
from pos.domain.menu.scanning import ScannerMode, ScannerSetup
from pos.domain.money import Money
from pos.domain.sale.leaving_out import sounds_left_out
from pos.office.menu_file.accounts import read_accounts
from pos.office.menu_file.asking_tables import read_next_visit, read_refusals
from pos.office.menu_file.book import Draft
from pos.office.menu_file.channels import read_channel
from pos.office.menu_file.fields import Reader
from pos.office.menu_file.items import read_article_group, read_item, read_vat
from pos.office.menu_file.problems import Notes, shown
from pos.office.menu_file.texts import checked_clock, checked_code, checked_org_no, checked_prefix, checked_scanner
from pos.office.menu_file.unlikely_prices import MAY_FALL, MAY_SAVE_NOTHING
from pos.office.menu_file.words import WORD_KEYS, read_words

FORMAT = 1
MOST_MINUTES = 240
LARGEST_TIP = 10_000
"""The highest limit on tips, in kroner per payment, that a shop may set."""
MOST_MODIFIERS = 9
"""Each is chosen by a digit."""

T = TypeVar("T")


def read_sections(document: Mapping[str, object], notes: Notes) -> Draft:
    """Read the whole parsed file, and note its mistakes."""
    root = Reader(document, (), notes)
    if root.number("format", 0) != FORMAT and notes.is_sound("format"):
        root.wrong("menu-unknown-format", "format", format=shown(str(root.raw("format"))), known=FORMAT)
    shop = root.table("shop")
    kitchen_slip = shop.yes_no("kitchen_slip", False)
    draft = Draft(
        _shop(shop),
        day_ends=_day_ends(shop),
        kitchen_slip=kitchen_slip,
        scanner=_scanner(shop),
        lock_after=shop.number_or(0, "lock_after", 0, MOST_MINUTES),
        most_discount=shop.number_or(0, "discount", 0, 100) * 100,
        most_tip=Money.of(shop.number_or(0, "tips", 0, LARGEST_TIP)),
    )
    shop.close()
    draft.dayparts = _each(root, "daypart", _daypart)
    draft.categories = _each(root, "category", _category, needed=True)
    draft.machines = _each(root, "machine", _machine)
    draft.groups = _each(root, "modifier_group", _group)
    draft.slots = _each(root, "slot", _slot)
    draft.items = _each(root, "item", read_item, needed=True)
    draft.paths = _each(root, "upgrade_path", _upgrade_path)
    draft.pairings = _each(root, "pairing", _pairing)
    draft.bundles = _each(root, "bundle", _bundle)
    draft.thresholds = _each(root, "threshold", _threshold)
    draft.channels = _each(root, "channel", read_channel)
    draft.accounts = read_accounts(root)
    draft.next_visit, draft.refusals = read_next_visit(root), read_refusals(root)
    root.close()
    return draft


def _each(root: Reader, key: str, read: Callable[[Reader], T], needed: bool = False) -> list[T]:
    """Read every `[[key]]` of the file."""
    if not needed and not root.has(key):
        return []
    values = []
    for table in root.tables(key):
        values.append(read(table))
        table.close()
    return values


def _shop(table: Reader) -> Shop:
    return Shop(
        table.text("name"),
        table.text("address"),
        table.text("post_code"),
        table.text("city"),
        table.checked("org_no", checked_org_no),
        table.text("phone") if table.has("phone") else "",
    )


def _day_ends(table: Reader) -> time:
    """When the business day ends; five in the morning if it is not set."""
    text = table.checked("day_ends", checked_clock) if table.has("day_ends") else ""
    return time.fromisoformat(text) if text else DAY_ENDS


def _scanner(table: Reader) -> ScannerSetup:
    """How the scanner sends its codes: as keys and without a prefix, unless set."""
    mode = table.checked("scanner", checked_scanner) if table.has("scanner") else ""
    prefix = table.checked("scanner_prefix", checked_prefix) if table.has("scanner_prefix") else ""
    if prefix and mode == ScannerMode.NONE:
        table.wrong("menu-prefix-without-scanner", "scanner_prefix")
    return ScannerSetup(ScannerMode(mode or ScannerMode.KEYS), prefix)


def _daypart(table: Reader) -> Daypart:
    start, end = table.checked("from", checked_clock), table.checked("to", checked_clock)
    if start and start == end:
        table.wrong("menu-daypart-empty", "to")
    return Daypart(
        table.id("id"),
        table.local_text("name"),
        time.fromisoformat(start or "00:00"),
        time.fromisoformat(end or "00:00"),
    )


def _category(table: Reader) -> Category:
    return Category(table.id("id"), table.local_text("name"), read_article_group(table))


def _machine(table: Reader) -> Machine:
    return Machine(table.id("id"), table.local_text("name"))


def _group(table: Reader) -> ModifierGroup:
    modifiers = []
    for entry in table.tables("modifiers"):
        modifiers.append(_modifier(entry))
        entry.close()
    least = table.number("min", 0, MOST_MODIFIERS)
    most = table.number("max", 1, MOST_MODIFIERS)
    if least > most:
        table.wrong("menu-min-over-max", "min", least=least, most=most)
    elif least > len(modifiers) and modifiers:
        table.wrong("menu-too-few-modifiers", "modifiers", least=least, count=len(modifiers))
    if len(modifiers) > MOST_MODIFIERS:
        table.wrong("menu-too-many-modifiers", "modifiers", count=len(modifiers), most=MOST_MODIFIERS)
    return ModifierGroup(table.id("id"), table.local_text("name"), least, most, tuple(modifiers))


def _modifier(table: Reader) -> Modifier:
    adds, removes = table.allergens("adds"), table.allergens("removes")
    for allergen in sorted(adds & removes):
        table.wrong("menu-allergen-twice", "removes", allergen=allergen)
    name = table.local_text("name")
    return Modifier(
        table.id("id"),
        name,
        table.money_or_zero("price"),
        table.money_or_zero("cost"),
        adds,
        removes,
        table.number("age_limit", 1, 99) if table.has("age_limit") else None,
        table.number_or(1, "max", 1, MOST_MODIFIERS),
        read_vat(table) if table.has("vat") else None,
        table.yes_no("leaves_out", default=sounds_left_out(name)),
    )


def _slot(table: Reader) -> Slot:
    choices: list[SlotChoice] = []
    skus: set[str] = set()
    for entry in table.tables("choices"):
        choice = SlotChoice(entry.id("sku"), entry.money_or_zero("supplement"))
        if choice.sku and choice.sku in skus:
            entry.wrong("menu-twice-in-list", "sku", text=choice.sku)
        skus.add(choice.sku)
        choices.append(choice)
        entry.close()
    default = table.id_or_none("default")
    if default and choices and default not in skus:
        table.wrong("menu-default-not-a-choice", "default", sku=default)
    return Slot(table.id("id"), table.local_text("name"), tuple(choices), default, table.yes_no("ask", default=False))


def _upgrade_path(table: Reader) -> UpgradePath:
    steps = []
    for place, entry in enumerate(table.tables("steps")):
        steps.append(_step(entry, place))
        entry.close()
    if len(steps) == 1:
        table.wrong("menu-path-too-short", "steps")
    return UpgradePath(
        table.id("id"), tuple(steps), table.number_or(0, "priority"), table.yes_no("next_visit", default=True)
    )


def _step(table: Reader, place: int) -> Step:
    kind = table.one_of("sku", "category", "modifier")
    if place == 0 and kind == "modifier":
        table.wrong("menu-first-step-modifier", "modifier")
    if place > 0 and kind == "category":
        table.wrong("menu-category-step-not-first", "category")
    words = None
    if place > 0:
        words = read_words(table, after_no=False)
        if kind == "sku" and table.yes_no(MAY_FALL, default=False):
            table.notes.allow((*table.path, "sku"), "menu-path-goes-down")
    else:
        for key in WORD_KEYS:
            if table.has(key):
                table.wrong("menu-first-step-words", key)
    named = table.id(kind) if kind else ""
    return Step(
        named if kind == "sku" else None,
        named if kind == "category" else None,
        named if kind == "modifier" else None,
        words,
    )


def _pairing(table: Reader) -> Pairing:
    trigger = table.table("with")
    kind = trigger.one_of("sku", "category", "anything")
    if kind == "anything" and not trigger.yes_no("anything", default=True):
        trigger.wrong("menu-anything-is-true", "anything")
    sku = trigger.id("sku") if kind == "sku" else None
    category = trigger.id("category") if kind == "category" else None
    trigger.close()
    offered, words = table.id("offer"), read_words(table, after_no=True)
    return Pairing(table.id("id"), offered, words, sku, category, table.number_or(0, "priority"))


def _bundle(table: Reader) -> Bundle:
    parts = []
    for entry in table.tables("parts"):
        kind = entry.one_of("skus", "category")
        skus = entry.ids("skus") if kind == "skus" else ()
        if kind == "skus" and not skus and table.notes.is_sound(*entry.path, "skus"):
            entry.wrong("menu-empty-list", "skus")
        category = entry.id("category") if kind == "category" else None
        parts.append(BundlePart(skus, category, entry.number_or(1, "quantity", 1, 20)))
        entry.close()
    kind = table.one_of("price", "off")
    if kind == "price" and table.yes_no(MAY_SAVE_NOTHING, default=False):
        table.notes.allow((*table.path, "price"), "menu-bundle-dearer")
    return Bundle(
        table.id("id"),
        table.local_text("name"),
        tuple(parts),
        table.money("price") if kind == "price" else None,
        _above_zero(table, "off") if kind == "off" else None,
        table.checked_or_none("code", checked_code),
    )


def _threshold(table: Reader) -> Threshold:
    at_least = _above_zero(table, "at_least")
    kind = table.one_of("free", "off")
    off = _above_zero(table, "off") if kind == "off" else None
    if off is not None and off > at_least and table.notes.is_sound(*table.path, "at_least"):
        table.wrong("menu-off-more-than-order", "off", off=off, order=at_least)
    return Threshold(
        table.id("id"),
        table.local_text("name"),
        at_least,
        table.id("free") if kind == "free" else None,
        off,
        table.checked_or_none("code", checked_code),
    )


def _above_zero(table: Reader, key: str) -> Money:
    amount = table.money(key)
    if not amount and table.notes.is_sound(*table.path, key):
        table.wrong("menu-amount-zero", key)
    return amount
