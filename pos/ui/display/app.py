"""The display's app: paints what the customer sees. One key ends it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.driver import Driver

from pos.display.display import CustomerDisplay
from pos.ui.blocks.blocks import Block
from pos.ui.blocks.keys import LEAVING
from pos.ui.display.painting import picture
from pos.ui.following import FollowingApp

ENDS = frozenset({"q", "Q", *LEAVING})


class DisplayApp(FollowingApp):
    """The display on a terminal."""

    FOLLOWS: ClassVar[float] = 0.1

    def __init__(self, customer: CustomerDisplay, driver: type[Driver] | None = None) -> None:
        super().__init__(customer.database, driver)
        self.customer = customer

    def paint(self, width: int, height: int) -> Block:
        return picture(self.customer, width, height)

    def follow(self) -> bool:
        return self.customer.follow()

    def speaks(self) -> str:
        return self.customer.language

    async def on_event(self, event: events.Event) -> None:
        """Q ends the app; all other keys are ignored."""
        if not isinstance(event, events.Key):
            await super().on_event(event)
        elif event.key in ENDS:
            self.exit()
