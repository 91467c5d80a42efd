"""Checks a scenario against the menu: items that it does not sell, and choices that are open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from pos.domain.menu.items import MenuItem
from pos.domain.menu.menu import Menu
from pos.domain.moment import Moment
from pos.domain.order.order import open_slot
from pos.domain.text import LANGUAGES, LocalText
from pos.office.menu_file.fields import Reader
from pos.training import QueryKind, Scenario, Wanted, wanted_line
from pos.wording import wording

COMMON = frozenset({"uten", "med", "ekstra", "no", "with", "add", "extra", "på", "on", "the", "i", "in"})
"""Words in names that identify nothing."""

ENDING = re.compile(r"(er|s)$")
"""Plural endings: an allergy to *nuts* is a *nut allergy*, one to *nøtter* a *nøtteallergi*."""
NO_ENDING = re.compile(r"(?!)")

_ANY_DAY = datetime(2026, 11, 23)  # noqa: DTZ001 - only the time of day counts


def check_against_menu(scenario: Scenario, table: Reader, menu: Menu) -> None:
    """Note everything in a scenario that does not fit the menu."""
    for place, wanted in enumerate(scenario.wants):
        _check_wanted(wanted, scenario, (*table.path, "wants", place), table, menu)
    if scenario.late is not None:
        for place, wanted in enumerate(scenario.late.wants):
            _check_wanted(wanted, scenario, (*table.path, "late", "wants", place), table, menu)
        for place, sku in enumerate(scenario.late.without):
            _check_item(sku, (*table.path, "late", "without", place), table, menu)
    for place, sku in enumerate(sorted(scenario.sold_out)):
        _check_item(sku, (*table.path, "sold_out", place), table, menu)
    _check_codes(scenario, table, menu)
    _check_says(scenario, table, menu)
    if table.notes.is_sound(*table.path):
        _check_said(scenario, table, menu)
    _check_tastes(scenario, table, menu)


def _check_codes(scenario: Scenario, table: Reader, menu: Menu) -> None:
    codes = {entry.code for entry in menu.incentives.values()}
    for code in scenario.codes:
        if code and code not in codes:
            table.wrong("coupon-unknown", "coupon", code=code)


def _check_item(sku: str, path: tuple[str | int, ...], table: Reader, menu: Menu) -> MenuItem | None:
    item = menu.items.get(sku)
    if sku and (item is None or item.retired):
        table.notes.add(path, "menu-unknown-item", text=sku)
        return None
    return item


def _check_wanted(wanted: Wanted, scenario: Scenario, path: tuple[str | int, ...], table: Reader, menu: Menu) -> None:
    item = _check_item(wanted.sku, (*path, "sku"), table, menu)
    if item is None:
        return
    moment = Moment(menu, lambda vat, mode: (), _ANY_DAY.replace(hour=scenario.at.hour, minute=scenario.at.minute))
    if not moment.in_daypart(item):
        table.notes.add((*path, "sku"), "not-at-this-hour", name=item.name)
    if item.sku in scenario.sold_out:
        table.notes.add((*path, "sku"), "sold-out-item", name=item.name)
    _check_changes(wanted, item, path, table, menu)
    if table.notes.is_sound(*path):
        _check_whole(wanted, item, path, table, menu)


def _check_changes(wanted: Wanted, item: MenuItem, path: tuple[str | int, ...], table: Reader, menu: Menu) -> None:
    for place, name in enumerate(wanted.modifiers):
        if name and not menu.takes_modifier(item, name):
            table.notes.add((*path, "modifiers", place), "menu-modifier-not-taken", sku=item.sku, modifier=name)
    slots = {slot.id: slot for slot in menu.meal_slots(item)}
    for name, sku in wanted.fillings:
        if name not in slots:
            table.notes.add((*path, "slots", name), "menu-unknown-slot", text=name)
        elif sku and slots[name].choice(sku) is None:
            table.notes.add((*path, "slots", name), "menu-unknown-item", text=sku)


def _check_whole(wanted: Wanted, item: MenuItem, path: tuple[str | int, ...], table: Reader, menu: Menu) -> None:
    """Check that the customer has an answer to everything that the till would ask."""
    slot = open_slot(menu, wanted_line(wanted, menu))
    if slot is not None:
        table.notes.add(path, "scenario-open-slot", slot=slot.id)
    for group in menu.item_groups(item):
        count = sum(entry.id in wanted.modifiers for entry in group.modifiers)
        if not group.minimum <= count <= group.maximum:
            table.notes.add(path, "scenario-open-choice", group=group.id, least=group.minimum, most=group.maximum)
    if wanted.size_said and item.family is None:
        table.notes.add((*path, "size_said"), "scenario-no-sizes", sku=item.sku)


def _check_says(scenario: Scenario, table: Reader, menu: Menu) -> None:
    for place, said in enumerate(scenario.says):
        query, path = said.query, (*table.path, "says", place)
        if query is None or not query.about:
            continue
        if query.kind is not QueryKind.CHEAPEST:
            _check_item(query.about, (*path, "about" if query.allergen else "price"), table, menu)
        elif not any(item.category == query.about for item in menu.items.values()):
            table.notes.add((*path, "cheapest"), "menu-unknown-category", text=query.about)


def _check_said(scenario: Scenario, table: Reader, menu: Menu) -> None:
    """Check that everything that is scored is said: sizes, changes, fillings, allergies and codes. A word of each name
    must be in the customer's words, in both languages, unless the till asks for it and the customer answers."""
    late, says = scenario.late, [said.words for said in scenario.says]
    for name in _unasked(scenario.wants, menu):
        _check_named(name, says, (*table.path, "says"), table)
    for name in _unasked(late.wants if late is not None else (), menu):
        _check_named(name, [late.words] if late is not None else [], (*table.path, "late"), table)
    for code in scenario.codes:
        _check_named(LocalText(code, code), says, (*table.path, "says"), table)
    for allergen in sorted(scenario.allergens):
        name = LocalText(*(wording(language).allergen(allergen) for language in LANGUAGES))
        _check_named(name, says, (*table.path, "says"), table, ENDING)
    _check_sizes(scenario.wants, menu, (*table.path, "wants"), table)
    _check_sizes(late.wants if late is not None else (), menu, (*table.path, "late", "wants"), table)


def _check_sizes(wants: Sequence[Wanted], menu: Menu, path: tuple[str | int, ...], table: Reader) -> None:
    """Check that words without a size mean the size with the tile; the cashier cannot hear another."""
    for place, wanted in enumerate(wants):
        item = menu.items[wanted.sku]
        tiles = [entry for entry in menu.items.values() if entry.tile and entry.kin == item.kin]
        if tiles and not item.tile and not wanted.size_said:
            table.notes.add((*path, place), "scenario-size-not-said", name=item.full_name, rung=tiles[0].full_name)


def _unasked(wants: Iterable[Wanted], menu: Menu) -> Iterator[LocalText]:
    """The names of what a customer wants and the till does not ask for."""
    for wanted in wants:
        item = menu.items[wanted.sku]
        asked = {entry.id for group in menu.item_groups(item) if group.minimum for entry in group.modifiers}
        yield from (menu.modifiers[name].name for name in wanted.modifiers if name not in asked)
        if wanted.size_said and item.size is not None:
            yield item.size
        slots = {slot.id: slot for slot in menu.meal_slots(item)}
        for name, sku in wanted.fillings:
            slot = slots[name]
            if slot.default not in (None, sku) and not slot.ask:
                yield menu.items[sku].name


def _check_named(
    name: LocalText,
    words: Sequence[LocalText],
    path: tuple[str | int, ...],
    table: Reader,
    ending: re.Pattern[str] = NO_ENDING,
) -> None:
    """Check that a word of the name, without its ending, is in the words of both languages."""
    for language in LANGUAGES:
        said = " ".join(text.in_language(language) for text in words).lower()
        telling = [word for word in re.findall(r"\w+", name.in_language(language).lower()) if word not in COMMON]
        if not any(ending.sub("", word) in said for word in telling):
            table.notes.add(path, "scenario-never-said", name=name.in_language(language), language=language)


def _check_tastes(scenario: Scenario, table: Reader, menu: Menu) -> None:
    for place, taste in enumerate(scenario.tastes):
        path = (*table.path, "accepts", place)
        if taste.offer and taste.offer not in menu.items and taste.offer not in menu.modifiers:
            table.notes.add((*path, "offer"), "menu-unknown-item", text=taste.offer)
        if taste.choice and taste.choice not in menu.modifiers:
            table.notes.add((*path, "choice"), "menu-unknown-modifier", text=taste.choice)
        if taste.instead:
            _check_item(taste.instead, (*path, "instead"), table, menu)
