"""A shift's report on the screen, as it is printed."""

from __future__ import annotations

from pos.counter.counter_state import CounterState
from pos.counter.panels.paper import ReceiptPanel
from pos.counter.states import say
from pos.domain.shift.report import ShiftReport
from pos.wording.shift_report import report_paper


class ShiftPaperPanel(ReceiptPanel):
    """Shows an X or a Z."""

    title = say("title-report")


def show_report(counter: CounterState, report: ShiftReport) -> None:
    counter.panel = ShiftPaperPanel(report_paper(report, counter.language, counter.view.country.headings))
