"""Reads one `[[item]]` of a menu file: its price, its allergens, its meal."""

from __future__ import annotations

from pos.domain.menu.allergens import ALLERGENS, AllergenCard
from pos.domain.menu.items import ITEM_ARTICLE_GROUPS, ITEM_VAT_CLASSES, ArticleGroup, Meal, MenuItem, VatClass
from pos.office.menu_file.fields import Reader
from pos.office.menu_file.problems import shown
from pos.office.menu_file.texts import checked_barcode, checked_plu

NOTHING_KNOWN = AllergenCard(unknown=frozenset(ALLERGENS))
"""The allergens of an item with `allergens = "unknown"`."""


def read_item(table: Reader) -> MenuItem:
    """Read an item, and note its mistakes."""
    item = MenuItem(
        table.id("sku"),
        table.local_text("name"),
        table.id("category"),
        table.money("price"),
        table.money("cost"),
        read_vat(table),
        _allergens(table),
        table.money_or_none("price_take_away"),
        table.checked_or_none("plu", checked_plu),
        table.checked_or_none("barcode", checked_barcode),
        table.id_or_none("made_on"),
        table.ids("dayparts"),
        table.id_or_none("family"),
        table.local_text("size") if table.has("size") else None,
        table.ids("modifiers"),
        table.yes_no("tile", default=True),
        table.number("age_limit", 1, 99) if table.has("age_limit") else None,
        _meal(table) if table.has("meal") else None,
        deposit=table.money_or_zero("deposit"),
        article_group=read_article_group(table),
    )
    if item.meal is not None and item.deposit:
        table.wrong("menu-deposit-on-meal", "deposit")
    if item.family is not None and item.size is None:
        table.wrong("menu-family-without-size", "size", family=item.family)
    return item


def read_vat(table: Reader) -> VatClass:
    """Read the `vat` of an item or a modifier. An unknown one is noted and read as food."""
    name = table.text("vat")
    if name in ITEM_VAT_CLASSES:
        return VatClass(name)
    if name:
        table.wrong("menu-unknown-vat", "vat", text=name[:40], known=", ".join(ITEM_VAT_CLASSES))
    return VatClass.FOOD


def read_article_group(table: Reader) -> ArticleGroup | None:
    """Read the optional `article_group` of a category or an item. An unknown one is noted."""
    name = table.text("article_group") if table.has("article_group") else ""
    if name in ITEM_ARTICLE_GROUPS:
        return ArticleGroup(name)
    if name:
        table.wrong(
            "menu-unknown-article-group", "article_group", text=shown(name), known=", ".join(ITEM_ARTICLE_GROUPS)
        )
    return None


def _allergens(table: Reader) -> AllergenCard:
    if table.raw("allergens") == "unknown":
        return NOTHING_KNOWN
    inner = table.table("allergens")
    states = {key: inner.allergens(key) for key in ("contains", "may_contain", "unknown")}
    inner.close()
    taken: set[str] = set()
    for key, names in states.items():
        for name in sorted(names & taken):
            inner.wrong("menu-allergen-twice", key, allergen=name)
        taken |= names
    return AllergenCard(**states)


def _meal(table: Reader) -> Meal:
    inner = table.table("meal")
    meal = Meal(inner.id("main"), inner.ids("slots"))
    inner.close()
    if not meal.slots and inner.notes.is_sound(*inner.path):
        inner.wrong("menu-meal-without-slots", "slots")
    return meal
