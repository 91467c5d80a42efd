"""The visible tiles: a category, and a page of it."""

from __future__ import annotations

from pos.domain.menu.items import MenuItem
from pos.domain.menu.menu import TILE_LETTERS
from pos.register import Register, View


class Pages:
    """The visible tiles of the menu.

    The menu fixes an item's page and letter, whatever is sold out or out of hours. A window that is too small for a
    page shows `at_once` of its tiles, from the one at `top` on, or the last ones.
    """

    def __init__(self, register: Register) -> None:
        self.register = register
        self._open: str | None = None
        self._page = 0
        self._top = 0
        self.at_once = len(TILE_LETTERS)
        """How many tiles fit on the screen."""

    @property
    def view(self) -> View:
        """The till's last view."""
        return self.register.view

    @property
    def category(self) -> int:
        """The index of the open category. It survives a new menu; the home page if the category is gone."""
        ids = self.categories()
        return ids.index(self._open) if self._open in ids else 0

    @property
    def page(self) -> int:
        """The open page of tiles; the last one if a new menu has fewer."""
        return min(self._page, self.pages() - 1)

    @property
    def top(self) -> int:
        """The place of the first visible tile."""
        return self._top if self._top < len(self.tiles()) else 0

    def categories(self) -> tuple[str, ...]:
        """The ids of the categories that have tiles; the first is the home page."""
        return self.view.menu.tabs

    def tiles(self) -> dict[str, MenuItem]:
        """The tiles of the page: each item by its letter, in their order."""
        page = self._tiles()[self.page * len(TILE_LETTERS) : (self.page + 1) * len(TILE_LETTERS)]
        return dict(zip(TILE_LETTERS, page, strict=False))

    def pages(self) -> int:
        """The number of pages of the category, at least one."""
        return max(1, -(-len(self._tiles()) // len(TILE_LETTERS)))

    def _tiles(self) -> tuple[MenuItem, ...]:
        """The tiles of the category; none on a menu without any."""
        ids = self.categories()
        return self.view.menu.tiles(ids[self.category]) if ids else ()

    def turn_category(self, step: int) -> None:
        """Go to the next or previous category, cyclically."""
        self.open_category(self.category + step)

    def open_category(self, place: int) -> None:
        """Go to a category by its place; the home page is 0."""
        ids = self.categories()
        self._open, self._page, self._top = (ids[place % len(ids)] if ids else None), 0, 0

    def turn_page(self, step: int) -> None:
        """Scroll within the page if only a part of it is visible; at its end go to the next page."""
        if step > 0 and self.top + self.at_once < len(self.tiles()):
            self._top = self.top + self.at_once
        elif step < 0 and self.top > 0:
            self._top = max(0, self.top - self.at_once)
        else:
            self._page = (self.page + step) % self.pages()
            windows = max(0, len(self.tiles()) - 1) // self.at_once
            self._top = 0 if step > 0 else windows * self.at_once

    def has_room_for(self, shown: int) -> None:
        """Set how many tiles of the page are visible."""
        if shown:
            self.at_once = shown if shown < len(self.tiles()) else max(self.at_once, shown)

    def go_home(self) -> None:
        """Back to the home page."""
        self._open, self._page, self._top = None, 0, 0
