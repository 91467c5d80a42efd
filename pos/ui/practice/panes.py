"""The panes that practice has beside the counter's own."""

from __future__ import annotations

from pos.practice import PracticeCounter
from pos.practice.between import Feedback, Ready, Summary
from pos.practice.panels import Asking, Card
from pos.practice.sitting import Sitting
from pos.ui.blocks import Block
from pos.ui.pane import Pane
from pos.ui.panes import MenuPane
from pos.ui.practice.feedback import asking, card_page, feedback
from pos.ui.practice.speech import practice_header, speech
from pos.ui.practice.summary import ready, summary
from pos.ui.view import View


def sitting_of(view: View) -> Sitting:
    """The sitting of a view on practice."""
    assert isinstance(view.counter, PracticeCounter)
    return view.counter.sitting


class PracticeHeaderPane(Pane):
    """The line on top: the word that says what this is."""

    def paint(self, view: View, width: int, height: int) -> Block:
        """Paint it."""
        return practice_header(view, width, height)


class SpeechPane(Pane):
    """What the customer says, and why this customer came."""

    def paint(self, view: View, width: int, height: int) -> Block:
        """Paint it."""
        return speech(view, sitting_of(view), width, height)


class PracticeMenuPane(MenuPane):
    """The menu, and the panels of practice."""

    def paint(self, view: View, width: int, height: int) -> Block:
        """Paint whichever is open."""
        if isinstance(view.panel, Feedback):
            return feedback(view, view.panel, width, height)
        if isinstance(view.panel, Summary):
            return summary(view, view.panel, width, height)
        if isinstance(view.panel, Ready):
            return ready(view, view.panel, width, height)
        if isinstance(view.panel, Card):
            return card_page(view, sitting_of(view).visit, view.panel, width, height)
        if isinstance(view.panel, Asking):
            return asking(view, view.panel, width, height)
        return super().paint(view, width, height)
