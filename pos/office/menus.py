"""Loads menu files into the shop's file, and exports the menu."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from pos.country import Country
from pos.domain.menu.items import ServingMode
from pos.domain.menu.paths import Origin, Pairing
from pos.domain.money import Money
from pos.domain.text import LocalText
from pos.domain.value import value
from pos.office.menu_file import MenuBook, Problem, read_content, read_menu_text, write_menu
from pos.register import ShopGate, publish_menu
from pos.store import Store
from pos.store.menu.at_counter import prices_at_counter


@value
class PriceUndone:
    """A price that was set at the counter and that loading a menu file would undo."""

    item: LocalText
    at_counter: Money
    in_file: Money


@value
class MenuFile:
    """A menu file without mistakes: its content, and the SHA-256 of its bytes."""

    book: MenuBook
    digest: str


def read_menu_file(path: Path, country: Country) -> MenuFile | list[Problem]:
    """Read a menu file. Returns it, or all its problems."""
    content = read_content(path)
    if isinstance(content, Problem):
        return [content]
    book, problems = read_menu_text(content, country)
    return problems if book is None else MenuFile(book, sha256(content).hexdigest())


def prices_undone(store: Store, file: MenuFile) -> tuple[PriceUndone, ...]:
    """The prices set at the counter since a menu was last loaded, if the file has other prices.

    Raises `StoreError`.
    """
    given = {} if store.menu.is_empty() else prices_at_counter(store.file)
    items = store.menu.load(retired=False).items if given else {}
    found = [
        PriceUndone(items[sku].full_name, items[sku].price_in(mode), new.price_in(mode))
        for sku, prices in given.items()
        if sku in items and (new := file.book.menu.items.get(sku)) is not None
        for mode in ServingMode
        if items[sku].price_in(mode) in prices and new.price_in(mode) != items[sku].price_in(mode)
    ]
    return tuple(dict.fromkeys(found))


def load_menu(gate: ShopGate, file: MenuFile) -> None:
    """Replace the whole menu by that of a file, including what was changed at the counter.

    What the till has learned stays if the new menu sells it. Raises `StoreError`.
    """
    pairings = (*file.book.pairings, *_still_learned(gate.store, file.book))
    publish_menu(gate, file.book.menu, pairings, file.digest)


def load_menu_file(gate: ShopGate, path: Path) -> list[Problem]:
    """Read a menu file and load it. Returns all its problems; if there are any nothing is loaded. Raises
    `StoreError`."""
    file = read_menu_file(path, gate.country)
    if not isinstance(file, MenuFile):
        return file
    load_menu(gate, file)
    return []


def export_menu(store: Store) -> str:
    """The menu as a menu file that loads to the same menu. Raises `StoreError`, also if there is no menu."""
    return write_menu(MenuBook(store.menu.load(retired=False), store.menu.pairings()))


def _still_learned(store: Store, book: MenuBook) -> Iterator[Pairing]:
    menu = book.menu
    written = {pairing.id for pairing in book.pairings}
    for pairing in store.menu.pairings():
        if pairing.origin is Origin.LEARNED and pairing.id not in written and pairing.offered in menu.items:
            sold = pairing.sku is None or pairing.sku in menu.items
            if sold and (pairing.category is None or pairing.category in menu.categories):
                yield pairing
