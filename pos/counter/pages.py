"""The tiles in sight: a category, and a page of it."""

from __future__ import annotations

from pos.domain.items import MenuItem
from pos.domain.menu import TILE_LETTERS
from pos.register import Register


class Pages:
    """Which tiles of the menu are in sight. A letter stays its item's, whatever sells out."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.category = 0
        self.page = 0

    def categories(self) -> list[str]:
        """The ids of the categories that have tiles; the first is the home page."""
        return [category for category in self.register.menu.categories if self.register.menu.tiles(category)]

    def tiles(self) -> dict[str, MenuItem]:
        """The tiles of the page: each item by its letter, in their order."""
        page = self._tiles()[self.page * len(TILE_LETTERS) : (self.page + 1) * len(TILE_LETTERS)]
        return dict(zip(TILE_LETTERS, page, strict=False))

    def pages(self) -> int:
        """How many pages of tiles the category has: one at least."""
        return max(1, -(-len(self._tiles()) // len(TILE_LETTERS)))

    def _tiles(self) -> tuple[MenuItem, ...]:
        """The tiles of the category; of the home page where a new menu has fewer categories, of none without any."""
        ids = self.categories()
        return self.register.menu.tiles(ids[self.category if self.category < len(ids) else 0]) if ids else ()

    def turn_category(self, step: int) -> None:
        """Go to another category of tiles, round in a ring."""
        self.category, self.page = (self.category + step) % max(1, len(self.categories())), 0

    def open_category(self, place: int) -> None:
        """Go to a category by its place; the home page is 0."""
        self.category, self.page = place % max(1, len(self.categories())), 0

    def turn_page(self, step: int) -> None:
        """Go to another page of the category's tiles."""
        self.page = (self.page + step) % self.pages()

    def go_home(self) -> None:
        """Back to the home page."""
        self.category = self.page = 0
