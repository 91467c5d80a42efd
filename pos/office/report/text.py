"""The report as text for a terminal or a file."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from enum import StrEnum
from typing import TypeAlias

from pos.office.report.account import Report
from pos.office.report.plots import plots
from pos.office.report.sections import sections
from pos.office.report.summary import heading, sentences
from pos.office.report.tables import Table
from pos.wording import Wording

NARROWEST, WIDEST = 60, 110
BETWEEN = 2


class LineRole(StrEnum):
    """The role of a line of the report, for screens that show roles differently."""

    HEADING = "heading"
    SENTENCE = "sentence"
    PLOT = "plot"
    TITLE = "title"
    RULE = "rule"
    ROW = "row"
    NOTE = "note"


RoleLine: TypeAlias = tuple[LineRole, str]


def report_lines(report: Report, words: Wording, width: int, *, fits: bool = False) -> Iterator[str]:
    """All lines of the report. Sentences and plots are as wide as the terminal, tables as wide as they need.

    With `fits` no table is wider than `width`: columns are left out, and the last line says so.
    """
    return (text for _, text in role_lines(report, words, width, fits=fits))


def role_lines(report: Report, words: Wording, width: int, *, fits: bool = False) -> Iterator[RoleLine]:
    """The report's lines, each with its role."""
    room = width if fits else None
    width = max(NARROWEST, min(WIDEST, width))
    yield LineRole.HEADING, heading(report, words)
    for sentence in sentences(report, words):
        yield from ((LineRole.SENTENCE, line) for line in _wrapped(sentence, width))
    if report.is_empty:
        return
    for plot in plots(report, words, width):
        yield from ((LineRole.PLOT, line) for line in ("", *plot.splitlines()))
    found = [*sections(report, words)]
    shown = found if room is None else [narrowed(table, room) for table in found]
    for table in shown:
        yield LineRole.ROW, ""
        yield from table_lines(table)
        for note in table.notes:
            yield from ((LineRole.NOTE, line) for line in _wrapped(note, width))
    if shown != found:
        yield LineRole.NOTE, ""
        yield LineRole.NOTE, words.text("report-wider")


def _wrapped(sentence: str, width: int) -> list[str]:
    return textwrap.wrap(sentence, width, initial_indent="· ", subsequent_indent="  ")


def narrowed(table: Table, room: int) -> Table:
    """The table without as many spare columns as needed to fit the width."""
    spare = list(table.spare)
    while spare and _width(table) > room:
        table = table.without(spare.pop(0))
    return table


def _rows(table: Table) -> list[tuple[str, ...]]:
    return [(table.title, *table.headings), *table.rows]


def _wide(table: Table) -> list[int]:
    return [max(map(len, column)) for column in zip(*_rows(table), strict=True)]


def _width(table: Table) -> int:
    wide = _wide(table)
    return sum(wide) + BETWEEN * (len(wide) - 1)


def table_lines(table: Table) -> Iterator[RoleLine]:
    """A table in columns: text left-aligned, figures right-aligned."""
    wide = _wide(table)
    for number, row in enumerate(_rows(table)):
        cells = [row[0].ljust(wide[0]), *(cell.rjust(wide[place]) for place, cell in enumerate(row[1:], 1))]
        yield LineRole.ROW if number else LineRole.TITLE, (" " * BETWEEN).join(cells).rstrip()
        if number == 0:
            yield LineRole.RULE, "─" * _width(table)
