"""Screens that follow a till's file: one picture, painted again when something has changed."""

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
"""Paints a picture in a width and height."""


class Picture(Widget):
    """A picture that fills the screen."""

    can_focus = False

    def __init__(self, paint: Painting) -> None:
        super().__init__()
        self._paint = paint
        self.block = Block(0, ())
        """The block on the screen now."""

    class Touched(Message):
        """A spot was touched."""

        def __init__(self, tap: Tap) -> None:
            super().__init__()
            self.tap = tap

    def show(self) -> None:
        """Paint the current picture."""
        self.block = self._paint(self.size.width, self.size.height)
        self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Send the touched spot."""
        spot = self.block.spot(event.x, event.y)
        if spot is not None and event.button == LEFT_BUTTON:
            self.post_message(self.Touched(spot.tap))

    def on_resize(self) -> None:
        self.show()

    def render_line(self, y: int) -> Strip:
        return strip_of(self.block, y)


class FollowingApp(App[None], inherit_bindings=False):
    """A screen that follows a shop's file. A subclass paints, and reads the file."""

    CSS = "Picture { width: 1fr; height: 1fr; }"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS: ClassVar[str | None] = None
    FOLLOWS: ClassVar[float]
    """Seconds between two looks at the file; a look takes a few microseconds if nothing was committed."""

    def __init__(self, database: Path, driver: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver)
        self._database = database
        self.register_theme(theme(dark=True))
        self.theme = DARK_NAME

    def paint(self, width: int, height: int) -> Block:
        """The current picture."""
        raise NotImplementedError

    def follow(self) -> bool:
        """Read the file. Returns whether there is something new to show."""
        raise NotImplementedError

    def speaks(self) -> str:
        """The current language."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        yield Picture(self.paint)

    def on_mount(self) -> None:
        """Start to follow the file."""
        with suppress(RuntimeError, ValueError, NotImplementedError):
            for name in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(name, self.exit)
        self.set_interval(self.FOLLOWS, self._follow)

    def show(self) -> None:
        """Paint the picture. A timer may still fire when the screen has gone."""
        if self.screen_stack:
            self.query_one(Picture).show()

    def _follow(self) -> None:
        if self.follow():
            self.show()

    def _handle_exception(self, error: Exception) -> None:
        """Textual's handler of unexpected errors: logs, and prints one line instead of a traceback."""
        log = write_down(error, self._database.parent)
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._return_code = 1
        self.panic(Text(wording(self.speaks()).text("crashed", log=str(log or "-"))))
