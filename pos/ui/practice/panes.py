"""The panes of practice, besides the counter's own."""

from __future__ import annotations

from pos.practice import PracticeCounter
from pos.practice.sitting.between import FeedbackPanel, ReadyPanel, SummaryPanel
from pos.practice.sitting.panels import AskingPanel, CardPanel
from pos.ui.blocks.blocks import Block
from pos.ui.frame import Frame
from pos.ui.pane import Pane
from pos.ui.panes import MenuPane
from pos.ui.practice.feedback import asking, card_page, feedback
from pos.ui.practice.speech import practice_header, speech
from pos.ui.practice.summary import ready, summary


class PracticeHeaderPane(Pane):
    """The top line, with the word that says that this is practice."""

    def paint(self, frame: Frame, width: int, height: int) -> Block:
        return practice_header(frame, width, height)


class SpeechPane(Pane):
    """What the customer says, and why this customer came."""

    def paint(self, frame: Frame, width: int, height: int) -> Block:
        assert isinstance(frame.counter, PracticeCounter)
        return speech(frame, frame.counter.sitting, width, height)


class PracticeMenuPane(MenuPane):
    """The menu, and the panels of practice."""

    def paint(self, frame: Frame, width: int, height: int) -> Block:
        match frame.panel:
            case FeedbackPanel() as panel:
                return feedback(frame, panel, width, height)
            case SummaryPanel() as panel:
                return summary(frame, panel, width, height)
            case ReadyPanel() as panel:
                return ready(frame, panel, width, height)
            case CardPanel() as panel:
                return card_page(frame, panel, width, height)
            case AskingPanel() as panel:
                return asking(frame, panel, width, height)
            case _:
                return super().paint(frame, width, height)
