"""The display's app: a painted picture, and a look at the file ten times a second."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.driver import Driver
from textual.strip import Strip
from textual.widget import Widget

from pos.display.display import CustomerDisplay
from pos.ui.blocks.blocks import Block
from pos.ui.blocks.keys import LEAVING
from pos.ui.blocks.themes import DARK_NAME, theme
from pos.ui.display.painting import picture
from pos.ui.pane import strip_of

FOLLOWING = 0.1
"""Seconds between two looks at the file: a few microseconds where nothing was committed."""

ENDS = frozenset({"q", "Q", *LEAVING})


class Picture(Widget):
    """One picture of the whole screen."""

    can_focus = False

    def __init__(self, display: CustomerDisplay) -> None:
        super().__init__()
        self._display = display
        self.block = Block(0, ())

    def show(self) -> None:
        """Paint what there is to see now."""
        self.block = picture(self._display, self.size.width, self.size.height)
        self.refresh()

    def on_resize(self) -> None:
        """Paint it in the new size."""
        self.show()

    def render_line(self, y: int) -> Strip:
        """A row of the picture."""
        return strip_of(self.block, y)


class DisplayApp(App[None], inherit_bindings=False):
    """The display on a terminal. It has no keys but the one that ends it."""

    CSS = "Picture { width: 1fr; height: 1fr; }"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS: ClassVar[str | None] = None

    def __init__(self, display: CustomerDisplay, driver: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver)
        self.customer = display
        self.register_theme(theme(dark=True))
        self.theme = DARK_NAME

    def compose(self) -> ComposeResult:
        """One widget."""
        yield Picture(self.customer)

    def on_mount(self) -> None:
        """Follow the file from now on."""
        with suppress(RuntimeError, ValueError, NotImplementedError):
            for name in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(name, self.exit)
        self.set_interval(FOLLOWING, self._follow)

    async def on_event(self, event: events.Event) -> None:
        """Q ends it; a customer's other keys do nothing."""
        if not isinstance(event, events.Key):
            await super().on_event(event)
        elif event.key in ENDS:
            self.exit()

    def _follow(self) -> None:
        if self.customer.follow() and self.screen_stack:
            self.query_one(Picture).show()
