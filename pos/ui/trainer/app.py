"""The trainer's app: passes keys to the desk, and paints its page."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.driver import Driver
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from pos.counter import keys
from pos.practice.trainer.desk import TrainerDesk
from pos.ui.blocks.blocks import Block, HitTap, KeyTap, Tap
from pos.ui.blocks.keys import LEAVING, counter_key, name_to_tell
from pos.ui.blocks.themes import DARK_NAME, theme
from pos.ui.pane import LEFT_BUTTON, strip_of
from pos.ui.trainer.pages import page


class Desk(Widget):
    """The picture of the whole desk."""

    can_focus = False

    def __init__(self, desk: TrainerDesk) -> None:
        super().__init__()
        self._desk = desk
        self._block = Block(0, ())

    class Tapped(Message):
        """A row or a button was tapped."""

        def __init__(self, tap: Tap) -> None:
            super().__init__()
            self.tap = tap

    def show(self) -> None:
        self._block = page(self._desk, self.size.width, self.size.height)
        self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Send the tapped spot."""
        spot = self._block.spot(event.x, event.y)
        if spot is not None and event.button == LEFT_BUTTON:
            self.post_message(self.Tapped(spot.tap))

    def on_mouse_scroll_down(self) -> None:
        """Scroll down, as the arrow does."""
        self.post_message(self.Tapped(KeyTap(keys.DOWN)))

    def on_mouse_scroll_up(self) -> None:
        """Scroll up."""
        self.post_message(self.Tapped(KeyTap(keys.UP)))

    def on_resize(self) -> None:
        self.show()

    def render_line(self, y: int) -> Strip:
        return strip_of(self._block, y)


class TrainerApp(App[None], inherit_bindings=False):
    """The desk on a terminal."""

    CSS = "Desk { width: 1fr; height: 1fr; }"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS: ClassVar[str | None] = None

    def __init__(self, desk: TrainerDesk, driver: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver)
        self.desk = desk
        self.register_theme(theme(dark=True))
        self.theme = DARK_NAME

    def compose(self) -> ComposeResult:
        yield Desk(self.desk)

    async def on_event(self, event: events.Event) -> None:
        """Pass every key to the desk."""
        if not isinstance(event, events.Key):
            await super().on_event(event)
            return
        key = "q" if event.key in LEAVING else counter_key(event) or name_to_tell(event)
        if key is None:
            return
        self.desk.press(key.lower() if len(key) == 1 else key)
        self._follow()

    def on_desk_tapped(self, event: Desk.Tapped) -> None:
        """A tap on a row chooses it; a tap on a button presses its key."""
        match event.tap:
            case KeyTap():
                self.desk.press(event.tap.key)
            case HitTap():
                self.desk.point(event.tap.place)
        self._follow()

    def _follow(self) -> None:
        if self.desk.closing:
            self.exit()
        else:
            self.query_one(Desk).show()
