"""The counter's screen in the frame of practice, with room for what the customer says."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Resize

from pos.ui.panes import BarPane, OrderPane, SmallPane, StripPane
from pos.ui.practice.panes import PracticeHeaderPane, PracticeMenuPane, SpeechPane
from pos.ui.screen import CounterScreen

LEAST_SPEECH = 3


class PracticeScreen(CounterScreen):
    """Header, customer, menu, order, bar, strip."""

    def compose(self) -> ComposeResult:
        """The counter's panes, and the customer's."""
        yield PracticeHeaderPane()
        yield SpeechPane()
        with Container(id="body"):
            yield PracticeMenuPane()
            yield OrderPane()
        yield BarPane()
        yield StripPane()
        yield SmallPane()

    def on_resize(self, event: Resize) -> None:
        """Share the window out, and give the customer a part of what is to spare."""
        super().on_resize(event)
        spare = max(0, event.size.height - 24)
        self.query_one(SpeechPane).styles.height = LEAST_SPEECH + min(4, spare // 4)
