"""Checks between the tables of a menu: names that are used twice, and references to nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable

from pos.domain.menu.items import ArticleGroup, Category, MenuItem
from pos.domain.menu.scanning import article_of
from pos.office.menu_file.accounts import check_payments, check_taxes
from pos.office.menu_file.book import Draft
from pos.office.menu_file.incentive_checks import check_incentives
from pos.office.menu_file.offer_checks import check_pairings, check_paths
from pos.office.menu_file.problems import Notes, Path, place_of


def check_whole(draft: Draft, notes: Notes, taxes: Collection[str]) -> None:
    """Note the mistakes between the tables of a draft. `taxes` are the ids of the country's."""
    _check_doubles(draft, notes)
    _check_items(draft, notes)
    _check_slots(draft, notes)
    _check_families(draft, notes)
    check_paths(draft, notes)
    check_pairings(draft, notes)
    check_incentives(draft, notes)
    _check_channels(draft, notes)
    check_payments(draft, notes)
    check_taxes(draft, notes, taxes)


def _check_doubles(draft: Draft, notes: Notes) -> None:
    for key, codes in (
        ("sku", [item.sku for item in draft.items]),
        ("plu", [item.plu for item in draft.items]),
    ):
        owners = zip(codes, draft.items, strict=True)
        _unique(notes, ((code, ("item", place, key), item.sku) for place, (code, item) in enumerate(owners)))
    _unique(
        notes,
        ((item.barcode, ("item", place, "barcode"), item.sku) for place, item in enumerate(draft.items)),
        same=article_of,
    )
    for section, names in (
        ("daypart", [entry.id for entry in draft.dayparts]),
        ("category", [entry.id for entry in draft.categories]),
        ("machine", [entry.id for entry in draft.machines]),
        ("modifier_group", [entry.id for entry in draft.groups]),
        ("slot", [entry.id for entry in draft.slots]),
        ("upgrade_path", [entry.id for entry in draft.paths]),
        ("pairing", [entry.id for entry in draft.pairings]),
        ("channel", [entry.id for entry in draft.channels]),
    ):
        _unique(notes, ((name, (section, place, "id"), name) for place, name in enumerate(names)))
    _unique(
        notes,
        (
            (modifier.id, ("modifier_group", place, "modifiers", inner, "id"), group.id)
            for place, group in enumerate(draft.groups)
            for inner, modifier in enumerate(group.modifiers)
        ),
    )


def _unique(notes: Notes, named: Iterable[tuple[str | None, Path, str]], same: Callable[[str], str] = str) -> None:
    """Note every name after its first use; each has its path and the name of its table. Names are equal if `same`
    returns the same for them."""
    first: dict[str, str] = {}
    for name, path, owner in named:
        if not name:
            continue
        if same(name) in first:
            notes.add(path, "menu-doubled", text=name, other=first[same(name)])
        else:
            first[same(name)] = place_of(path[:2], owner or None)


def _check_items(draft: Draft, notes: Notes) -> None:
    known = draft.by_sku()
    categories = {category.id: category for category in draft.categories}
    dayparts = {daypart.id for daypart in draft.dayparts}
    machines = {machine.id for machine in draft.machines}
    groups = {group.id for group in draft.groups}
    slots = {slot.id for slot in draft.slots}
    required = _required_groups(draft)
    for place, item in enumerate(draft.items):
        at = ("item", place)
        _lead_somewhere(notes, (*at, "category"), [item.category], categories, "menu-unknown-category")
        _lead_somewhere(notes, (*at, "made_on"), [item.made_on or ""], machines, "menu-unknown-machine")
        _lead_somewhere(notes, (*at, "dayparts"), item.dayparts, dayparts, "menu-unknown-daypart")
        _lead_somewhere(notes, (*at, "modifiers"), item.modifiers, groups, "menu-unknown-modifier-group")
        _check_article_group(item, categories.get(item.category), at, notes)
        if item.meal is not None:
            _lead_somewhere(notes, (*at, "meal", "main"), [item.meal.main], known, "menu-unknown-item")
            not_asked = required - set(item.modifiers)
            _check_content(known.get(item.meal.main), not_asked, (*at, "meal", "main"), notes)
            _lead_somewhere(notes, (*at, "meal", "slots"), item.meal.slots, slots, "menu-unknown-slot")


def _check_article_group(item: MenuItem, category: Category | None, at: Path, notes: Notes) -> None:
    """Check that an item's article group, its own or its category's, is possible for its tax class."""
    group = item.article_group or (None if category is None else category.article_group)
    if group is not None and notes.is_sound(*at, "vat") and not group.fits(item.vat):
        fitting = ", ".join(entry for entry in ArticleGroup if entry.fits(item.vat))
        notes.add((*at, "article_group"), "menu-article-group-class", text=group, vat=item.vat, known=fitting)


def _lead_somewhere(notes: Notes, path: Path, names: Iterable[str], known: Container[str], message_id: str) -> None:
    """Note references to nothing. Names that could not be read were noted before."""
    for name in names:
        if name and name not in known:
            notes.add(path, message_id, text=name)


def _check_slots(draft: Draft, notes: Notes) -> None:
    known = draft.by_sku()
    required = _required_groups(draft)
    for place, slot in enumerate(draft.slots):
        for inner, choice in enumerate(slot.choices):
            path = ("slot", place, "choices", inner, "sku")
            _lead_somewhere(notes, path, [choice.sku], known, "menu-unknown-item")
            _check_content(known.get(choice.sku), required, path, notes)


def _check_channels(draft: Draft, notes: Notes) -> None:
    known = draft.by_sku()
    for place, channel in enumerate(draft.channels):
        for sku, _ in channel.prices:
            _lead_somewhere(notes, ("channel", place, "prices", sku), [sku], known, "menu-unknown-item")


def _required_groups(draft: Draft) -> frozenset[str]:
    return frozenset(group.id for group in draft.groups if group.minimum)


def _check_content(inner: MenuItem | None, required: frozenset[str], path: Path, notes: Notes) -> None:
    """Check that an item inside a meal is no meal and has no mandatory choice: the till asks those of whole lines only.

    `required` are the groups to choose from that the meal itself does not ask for.
    """
    if inner is not None and inner.meal is not None:
        notes.add(path, "menu-meal-in-meal", sku=inner.sku)
    for group in inner.modifiers if inner is not None else ():
        if group in required:
            notes.add(path, "menu-choice-inside-meal", text=group)


def _check_families(draft: Draft, notes: Notes) -> None:
    """Check that each family has one tile, since a tile does not show a size, and that a family's name is no other
    item's SKU."""
    by_sku = draft.by_sku()
    with_tile: dict[str, MenuItem] = {}
    for place, item in enumerate(draft.items):
        if not item.family:
            continue
        has_tile = item.tile and notes.is_sound("item", place, "tile")
        if has_tile and item.family in with_tile:
            notes.add(("item", place, "tile"), "menu-second-tile", family=item.family, sku=with_tile[item.family].sku)
        elif has_tile:
            with_tile[item.family] = item
        namesake = by_sku.get(item.family)
        if namesake is not None and namesake.family != item.family:
            notes.add(("item", place, "family"), "menu-family-is-an-item", family=item.family)
