"""All tables of the report in order."""

from __future__ import annotations

from collections.abc import Iterator

from pos.office.report.account import Report
from pos.office.report.persons import persons_table
from pos.office.report.tables import Table, tables
from pos.office.report.wordings_told import compared_table
from pos.wording import Wording


def sections(report: Report, words: Wording) -> Iterator[Table]:
    """The tables that have rows."""
    persons = persons_table(report, words)
    for table in tables(report, words):
        yield table
        if table.id == "kinds" and persons.rows:
            yield persons
    compared = compared_table(report, words)
    if compared.rows:
        yield compared
