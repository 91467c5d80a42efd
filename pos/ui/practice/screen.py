"""The counter's screen in the frame of practice, with room for the customer's words."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container

from pos.practice import PracticeCounter
from pos.practice.sitting.between import MoreInPracticePanel, TicksPanel
from pos.practice.sitting.panels import AnswerQueryPanel, AskingPanel, CandidatesPanel
from pos.ui.frame import Frame
from pos.ui.panes import BarPane, OrderPane, SmallPane, StripPane
from pos.ui.practice.panes import PracticeHeaderPane, PracticeMenuPane, SpeechPane
from pos.ui.practice.speech import rows_needed
from pos.ui.screen import CounterScreen

LISTS = (MoreInPracticePanel, TicksPanel, AnswerQueryPanel, AskingPanel, CandidatesPanel)
"""Panels whose rows must be read whole: they also get the room of the strip, which then only has a way out."""

LEAST_SPEECH, MOST_SHARE = 3, 0.3
"""Rows of the customer: at least three, and at most this share of the window."""
ROOMY = 30
"""From this height on, a list and all of the customer's words fit together."""


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

    def show(self, frame: Frame) -> None:
        """Show a frame, with as many rows for the customer as their words need: a trainee reads all of them."""
        assert isinstance(frame.counter, PracticeCounter)
        pane, width = self.query_one(SpeechPane), max(1, self.size.width)
        listing = self.has_class("-listing")
        self.set_class(isinstance(frame.panel, LISTS), "-listing")
        most = max(LEAST_SPEECH, int(self.outer_size.height * MOST_SHARE))
        if self.has_class("-listing") and self.outer_size.height < ROOMY:
            most = LEAST_SPEECH  # the last utterance; the others come back when the panel closes
        height = min(most, max(LEAST_SPEECH, rows_needed(frame, frame.counter.sitting, width)))
        if pane.styles.height is None or pane.styles.height.value != height or listing != self.has_class("-listing"):
            pane.styles.height = height
            self.call_after_refresh(self._show_again)
        super().show(frame)
