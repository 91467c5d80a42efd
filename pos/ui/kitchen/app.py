"""The kitchen's app: keys and taps in, a painted page out, and a look at the file twice a second."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.driver import Driver
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from pos.kitchen.desk import KitchenDesk
from pos.ui.blocks.blocks import Block, KeyTap, OrderTap, Tap
from pos.ui.blocks.keys import LEAVING, counter_key, name_to_tell
from pos.ui.blocks.themes import DARK_NAME, theme
from pos.ui.kitchen.cards import page
from pos.ui.pane import LEFT_BUTTON, strip_of

FOLLOWING = 0.5
"""Seconds between two looks at the file: a few microseconds where nothing was committed."""


class Cards(Widget):
    """One picture of the whole screen."""

    can_focus = False

    def __init__(self, desk: KitchenDesk) -> None:
        super().__init__()
        self._desk = desk
        self._block = Block(0, ())

    class Tapped(Message):
        """An order or a button was touched."""

        def __init__(self, tap: Tap) -> None:
            super().__init__()
            self.tap = tap

    def show(self) -> None:
        """Paint the desk as it is now."""
        self._block = page(self._desk, self.size.width, self.size.height)
        self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Say what stands under the finger."""
        spot = self._block.spot(event.x, event.y)
        if spot is not None and event.button == LEFT_BUTTON:
            self.post_message(self.Tapped(spot.tap))

    def on_resize(self) -> None:
        """Paint it in the new size."""
        self.show()

    def render_line(self, y: int) -> Strip:
        """A row of the picture."""
        return strip_of(self._block, y)


class KitchenApp(App[None], inherit_bindings=False):
    """The desk on a terminal."""

    CSS = "Cards { width: 1fr; height: 1fr; }"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS: ClassVar[str | None] = None

    def __init__(self, desk: KitchenDesk, driver: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver)
        self.desk = desk
        self.register_theme(theme(dark=True))
        self.theme = DARK_NAME

    def compose(self) -> ComposeResult:
        """One widget."""
        yield Cards(self.desk)

    def on_mount(self) -> None:
        """Follow the file from now on."""
        with suppress(RuntimeError, ValueError, NotImplementedError):
            for name in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(name, self.exit)
        self.set_interval(FOLLOWING, self._follow)

    async def on_event(self, event: events.Event) -> None:
        """Every key goes to the desk."""
        if not isinstance(event, events.Key):
            await super().on_event(event)
            return
        key = "q" if event.key in LEAVING else counter_key(event) or name_to_tell(event)
        if key is not None:
            self._press(key.lower() if len(key) == 1 else key)

    def on_cards_tapped(self, event: Cards.Tapped) -> None:
        """A tapped order is done, a button is its key."""
        match event.tap:
            case KeyTap():
                self._press(event.tap.key)
            case OrderTap():
                self.desk.tap(event.tap.order_id)
                self._show()

    def _press(self, key: str) -> None:
        self.desk.press(key)
        if self.desk.closing:
            self.exit()
        else:
            self._show()

    def _follow(self) -> None:
        if self.desk.follow():
            self._show()

    def _show(self) -> None:
        if self.screen_stack:
            self.query_one(Cards).show()
