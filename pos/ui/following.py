"""The screens beside a till: one picture, painted again when something has changed."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.driver import Driver
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from pos.crash import write_down
from pos.ui.blocks.blocks import Block, Tap
from pos.ui.blocks.themes import DARK_NAME, theme
from pos.ui.pane import LEFT_BUTTON, strip_of
from pos.wording import wording

Painting = Callable[[int, int], Block]
"""The picture of a width and height."""


class Picture(Widget):
    """One picture of the whole screen."""

    can_focus = False

    def __init__(self, paint: Painting) -> None:
        super().__init__()
        self._paint = paint
        self.block = Block(0, ())
        """What is on the screen now."""

    class Touched(Message):
        """Something on it was touched."""

        def __init__(self, tap: Tap) -> None:
            super().__init__()
            self.tap = tap

    def show(self) -> None:
        """Paint what there is to see now."""
        self.block = self._paint(self.size.width, self.size.height)
        self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Say what stands under the finger."""
        spot = self.block.spot(event.x, event.y)
        if spot is not None and event.button == LEFT_BUTTON:
            self.post_message(self.Touched(spot.tap))

    def on_resize(self) -> None:
        """Paint it in the new size."""
        self.show()

    def render_line(self, y: int) -> Strip:
        """A row of the picture."""
        return strip_of(self.block, y)


class FollowingApp(App[None], inherit_bindings=False):
    """A screen that follows a shop's file. A child says what it paints, and what a look at the file finds."""

    CSS = "Picture { width: 1fr; height: 1fr; }"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS: ClassVar[str | None] = None
    FOLLOWS: ClassVar[float]
    """Seconds between two looks at the file: a few microseconds where nothing was committed."""

    def __init__(self, database: Path, driver: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver)
        self._database = database
        self.register_theme(theme(dark=True))
        self.theme = DARK_NAME

    def paint(self, width: int, height: int) -> Block:
        """The picture as it is now."""
        raise NotImplementedError

    def follow(self) -> bool:
        """Look at the file; whether there is something else to show."""
        raise NotImplementedError

    def speaks(self) -> str:
        """The language of the moment."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """One widget."""
        yield Picture(self.paint)

    def on_mount(self) -> None:
        """Follow the file from now on."""
        with suppress(RuntimeError, ValueError, NotImplementedError):
            for name in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(name, self.exit)
        self.set_interval(self.FOLLOWS, self._follow)

    def show(self) -> None:
        """Paint it again; a clock may still tick when the screen has gone."""
        if self.screen_stack:
            self.query_one(Picture).show()

    def _follow(self) -> None:
        if self.follow():
            self.show()

    def _handle_exception(self, error: Exception) -> None:
        """Textual's way out for what nobody foresaw: written down, with one line instead of a traceback."""
        log = write_down(error, self._database.parent)
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._return_code = 1
        self.panic(Text(wording(self.speaks()).text("crashed", log=str(log or "-"))))
