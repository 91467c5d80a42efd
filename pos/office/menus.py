"""Menu files in and out of the till's own file."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from pos.domain.menu.paths import Origin, Pairing
from pos.office.menu_file import MenuBook, Problem, read_content, read_menu_text, write_menu
from pos.register import ShopGate, publish_menu
from pos.store import Store


def load_menu_file(gate: ShopGate, path: Path) -> list[Problem]:
    """Put a menu file in the place of the menu: all of it, or nothing and every problem that it has.

    What the till has learned by itself stays, as far as the new menu sells it. Raises `StoreError`.
    """
    content = read_content(path)
    if isinstance(content, Problem):
        return [content]
    book, problems = read_menu_text(content)
    if book is not None:
        pairings = (*book.pairings, *_still_learned(gate.store, book))
        publish_menu(gate, book.menu, pairings, sha256(content).hexdigest())
    return problems


def export_menu(store: Store) -> str:
    """The menu as a file that loads to the same menu. Raises `StoreError`, for an empty store too."""
    return write_menu(MenuBook(store.menu.load(retired=False), store.menu.pairings()))


def _still_learned(store: Store, book: MenuBook) -> Iterator[Pairing]:
    menu = book.menu
    written = {pairing.id for pairing in book.pairings}
    for pairing in store.menu.pairings():
        if pairing.origin is Origin.LEARNED and pairing.id not in written and pairing.offered in menu.items:
            sold = pairing.sku is None or pairing.sku in menu.items
            if sold and (pairing.category is None or pairing.category in menu.categories):
                yield pairing
