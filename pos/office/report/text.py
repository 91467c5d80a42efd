"""The report as text for a terminal or a file."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from pos.office.report.account import Report
from pos.office.report.plots import plots
from pos.office.report.summary import heading, sentences
from pos.office.report.tables import Table, tables
from pos.wording import Wording

NARROWEST, WIDEST = 60, 110


def report_lines(report: Report, words: Wording, width: int) -> Iterator[str]:
    """Every line of it; the sentences and plots are as wide as the terminal, the tables as wide as they need."""
    width = max(NARROWEST, min(WIDEST, width))
    yield heading(report, words)
    for sentence in sentences(report, words):
        yield from textwrap.wrap(sentence, width, initial_indent="· ", subsequent_indent="  ")
    if report.is_empty:
        return
    for plot in plots(report, words, width):
        yield ""
        yield from plot.splitlines()
    for table in tables(report, words):
        yield ""
        yield from table_lines(table)


def table_lines(table: Table) -> Iterator[str]:
    """A table in columns: the first to the left, the figures to the right."""
    rows = [(table.title, *table.headings), *table.rows]
    wide = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = [row[0].ljust(wide[0]), *(cell.rjust(wide[place]) for place, cell in enumerate(row[1:], 1))]
        yield "  ".join(cells).rstrip()
        if number == 0:
            yield "─" * (sum(wide) + 2 * (len(wide) - 1))
