"""The app of practice: the till's app with a frame, a customer, and words that fade in a drill."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.driver import Driver

from pos.practice import PracticeCounter
from pos.practice.counter import LEAVE
from pos.practice.sitting.aloud import Voice
from pos.training import PracticeWay
from pos.ui.app import TillApp
from pos.ui.blocks.keys import LEAVING
from pos.ui.practice.screen import PracticeScreen
from pos.ui.screen import CounterScreen

TICK = 0.5
"""Seconds between two checks of a drill's clock."""


class PracticeApp(TillApp):
    """One trainee on one terminal."""

    CSS_PATH: ClassVar[list[str]] = ["../pos.tcss", "practice.tcss"]  # type: ignore[assignment]  # the till has one

    def __init__(self, counter: PracticeCounter, driver: type[Driver] | None = None, *, speaks: bool = False) -> None:
        super().__init__(counter, driver)
        self.sitting = counter.sitting
        self.voice = Voice(speaks)

    def get_default_screen(self) -> CounterScreen:
        """The counter's screen in its frame."""
        return PracticeScreen()

    def _key(self, event: events.Key) -> None:
        """Keys that quit other programs leave practice, in a window of any size."""
        if event.key in LEAVING or event.key == LEAVE:
            self.counter.press(LEAVE)
            self._after_act()
        else:
            super()._key(event)

    def on_mount(self) -> None:
        """Start the clock of a drill."""
        super().on_mount()
        self.set_interval(TICK, self._tick)

    def _tick(self) -> None:
        if self.sitting.way is PracticeWay.DRILL and self.sitting.result is None:
            self.guarded(self.show)

    def show(self) -> None:
        """Show the counter, and let the customer speak."""
        super().show()
        self.voice.follow(self.sitting, self.counter.language)
