"""Paints the report: the uplift large, the account under it, plots and tables in inks of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.style import Style
from rich.text import Text

from pos.insights.figures.uplift import Verdict
from pos.insights.intervals import Interval
from pos.office.report import Report
from pos.office.report.tables import percent, span
from pos.office.report.text import LineRole, role_lines
from pos.ui.blocks.digits import big_rows
from pos.ui.blocks.themes import DARK
from pos.wording import Wording

INKS: Mapping[LineRole, Style] = {
    LineRole.HEADING: Style(color=DARK["soft"]),
    LineRole.SENTENCE: Style(color=DARK["text"]),
    LineRole.PLOT: Style(color=DARK["ask-soft"]),
    LineRole.TITLE: Style(color=DARK["accent"], bold=True),
    LineRole.RULE: Style(color=DARK["line"]),
    LineRole.ROW: Style(color=DARK["text"]),
    LineRole.NOTE: Style(color=DARK["soft"]),
}
BETWEEN = "   "


def painted(report: Report, words: Wording, width: int) -> Text:
    """The whole report, no line wider than `width`."""
    (_, heading), *lines = role_lines(report, words, width, fits=True)
    page = Text(f"{heading}\n", INKS[LineRole.HEADING])
    uplift = report.orders.uplift
    if uplift is not None:
        page.append("\n")
        for row in _headline(report, uplift, words):
            page.append(row)
        page.append("\n")
    for role, line in lines:
        page.append(f"{line}\n", INKS[role])
    page.rstrip()
    return page


def _headline(report: Report, uplift: Interval, words: Wording) -> Iterator[Text]:
    """The one figure and its comparison, readable from across an office."""
    reached = report.distance.verdict is Verdict.REACHED
    ink = Style(color=DARK["good" if reached else "accent"], bold=True)
    digits = big_rows(percent(words, uplift.value))
    beside = (
        (words.text("report-screen-uplift"), Style(bold=True)),
        (words.text("report-screen-interval", interval=span(words, uplift)), INKS[LineRole.NOTE]),
        (words.text("report-screen-line", line=percent(words, report.distance.line)), INKS[LineRole.NOTE]),
    )
    for row, (text, style) in zip(digits, beside, strict=True):
        yield Text.assemble((row, ink), BETWEEN, (text, style), "\n")
