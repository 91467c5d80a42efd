"""The visible tiles: a category, and a page of it."""

from __future__ import annotations

from pos.domain.menu.items import MenuItem
from pos.domain.menu.menu import TILE_LETTERS
from pos.register import Register, View


class Pages:
    """Which tiles of the menu are in sight.

    The menu fixes an item's page and letter, whatever sells out or is out of its hours. A window too small for a whole
    page shows `at_once` of its tiles, from the one at `top` on, or the last ones.
    """

    def __init__(self, register: Register) -> None:
        self.register = register
        self._open: str | None = None
        self._page = 0
        self._top = 0
        self.at_once = len(TILE_LETTERS)
        """How many tiles the screen has room for."""

    @property
    def view(self) -> View:
        """The till as it was last looked at."""
        return self.register.view

    @property
    def category(self) -> int:
        """The index of the open category. It survives a new menu; the home page when it is gone."""
        ids = self.categories()
        return ids.index(self._open) if self._open in ids else 0

    @property
    def page(self) -> int:
        """The page of its tiles; the last one when a new menu has fewer."""
        return min(self._page, self.pages() - 1)

    @property
    def top(self) -> int:
        """The place of the first tile in sight."""
        return self._top if self._top < len(self.tiles()) else 0

    def categories(self) -> tuple[str, ...]:
        """The ids of the categories that have tiles; the first is the home page."""
        return self.view.menu.tabs

    def tiles(self) -> dict[str, MenuItem]:
        """The tiles of the page: each item by its letter, in their order."""
        page = self._tiles()[self.page * len(TILE_LETTERS) : (self.page + 1) * len(TILE_LETTERS)]
        return dict(zip(TILE_LETTERS, page, strict=False))

    def pages(self) -> int:
        """How many pages of tiles the category has: one at least."""
        return max(1, -(-len(self._tiles()) // len(TILE_LETTERS)))

    def _tiles(self) -> tuple[MenuItem, ...]:
        """The tiles of the category; none on a menu without any."""
        ids = self.categories()
        return self.view.menu.tiles(ids[self.category]) if ids else ()

    def turn_category(self, step: int) -> None:
        """Go to another category of tiles, round in a ring."""
        self.open_category(self.category + step)

    def open_category(self, place: int) -> None:
        """Go to a category by its place; the home page is 0."""
        ids = self.categories()
        self._open, self._page, self._top = (ids[place % len(ids)] if ids else None), 0, 0

    def turn_page(self, step: int) -> None:
        """Scroll inside the page where the window shows a part of it, and at its end turn to the next page."""
        if step > 0 and self.top + self.at_once < len(self.tiles()):
            self._top = self.top + self.at_once
        elif step < 0 and self.top > 0:
            self._top = max(0, self.top - self.at_once)
        else:
            self._page = (self.page + step) % self.pages()
            windows = max(0, len(self.tiles()) - 1) // self.at_once
            self._top = 0 if step > 0 else windows * self.at_once

    def has_room_for(self, shown: int) -> None:
        """Take note of how many tiles of the page the screen shows."""
        if shown:
            self.at_once = shown if shown < len(self.tiles()) else max(self.at_once, shown)

    def go_home(self) -> None:
        """Back to the home page."""
        self._open, self._page, self._top = None, 0, 0
