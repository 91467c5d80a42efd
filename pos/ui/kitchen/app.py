"""The kitchen's app: passes keys and taps to the desk, and paints its page."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.driver import Driver

from pos.kitchen.desk import KitchenDesk
from pos.ui.blocks.blocks import Block, KeyTap, OrderTap
from pos.ui.blocks.keys import LEAVING, counter_key, name_to_tell
from pos.ui.following import FollowingApp, Picture
from pos.ui.kitchen.cards import page


class KitchenApp(FollowingApp):
    """The desk on a terminal."""

    FOLLOWS: ClassVar[float] = 0.5

    def __init__(self, desk: KitchenDesk, driver: type[Driver] | None = None) -> None:
        super().__init__(desk.database, driver)
        self.desk = desk

    def paint(self, width: int, height: int) -> Block:
        return page(self.desk, width, height)

    def follow(self) -> bool:
        return self.desk.follow()

    def speaks(self) -> str:
        return self.desk.language

    async def on_event(self, event: events.Event) -> None:
        """Pass every key to the desk."""
        if not isinstance(event, events.Key):
            await super().on_event(event)
            return
        key = "q" if event.key in LEAVING else counter_key(event) or name_to_tell(event)
        if key is not None:
            self.press(key.lower() if len(key) == 1 else key)

    def on_picture_touched(self, event: Picture.Touched) -> None:
        """A tap on an order marks it as done; a tap on a button presses its key."""
        match event.tap:
            case KeyTap():
                self.press(event.tap.key)
            case OrderTap():
                self.desk.tap(event.tap.order_id)
                self.show()

    def press(self, key: str) -> None:
        """Give the desk a key, and show the result."""
        self.desk.press(key)
        if self.desk.closing:
            self.exit()
        else:
            self.show()
