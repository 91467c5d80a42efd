"""Reads workbooks of Excel and LibreOffice: the sheets with orders, converted to CSV."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from pos.domain.errors import BadInput
from pos.office.history.blocks import HeadRow, unreadable
from pos.office.history.csv_file import MOST_HEAD_ROWS, CsvSource
from pos.office.history.header import Header, find_header, known_names
from pos.office.history.tills import plain, shipped_table

ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
HALF_A_SECOND = timedelta(microseconds=500_000)


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook, by its content and not its name."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
        if start == COMPOUND:
            return path.suffix.lower() in ENDINGS
        if start != ZIP:
            return False
        with ZipFile(path) as archive:
            return any(name.startswith(("xl/workbook", "content.xml")) for name in archive.namelist())
    except (OSError, BadZipFile, ValueError):
        return False


class ExcelSource(CsvSource):
    """A workbook. Rows have the number they have in their sheet; those of a second sheet continue the numbers of the
    first. A place is one in the copy as text."""

    def __init__(self, path: Path) -> None:
        if find_spec("python_calamine") is None:
            raise BadInput("history-needs-excel", path=path.name)
        self._own = TemporaryDirectory(prefix="pos-import-")
        copy = Path(self._own.name) / "sheet.csv"
        try:
            with copy.open("w", encoding="utf-8", newline="") as file:
                sheets = _sheets(path)
                read = _with_one_header(sheets) if sheets else []
                csv.writer(file).writerows(chain.from_iterable(sheet.rows for sheet in read))
        except OSError as error:
            raise unreadable(path, error) from error
        self.sheets = [sheet.name for sheet in read] if len(sheets) > 1 else []
        self.sheets_left = [sheet.name for sheet in sheets if sheet not in read]
        super().__init__(path, copy)

    def known_by(self) -> str:
        """A digest of the whole sheet, because a workbook is never appended to."""
        return self.read_before(self.size)


class Sheet(NamedTuple):
    """A visible sheet of a workbook: its name and rows."""

    name: str
    rows: Sequence[Sequence[str]]

    def head(self) -> list[HeadRow]:
        """The rows among which the header is."""
        return [HeadRow(row, number, 0) for number, row in enumerate(self.rows[:MOST_HEAD_ROWS], 1)]


def _sheets(path: Path) -> list[Sheet]:
    from python_calamine import CalamineError, SheetVisibleEnum, load_workbook

    try:
        book = load_workbook(path)
        names = [one.name for one in book.sheets_metadata if one.visible is SheetVisibleEnum.Visible]
        found = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names]
    except CalamineError as error:
        raise BadInput("history-not-text", path=path.name) from error
    return [Sheet(name, [[_text(cell) for cell in row] for row in rows]) for name, rows in found if rows]


def _with_one_header(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets to read: the one with most column names (among equals the longest), and all others with the same
    header, as with a sheet for each month."""
    headers = {sheet.name: find_header(sheet.head(), shipped_table(), {}) for sheet in sheets}
    most = max(sheets, key=lambda sheet: (known_names(headers[sheet.name], shipped_table()), len(sheet.rows)))
    return [sheet for sheet in sheets if _titles(headers[sheet.name]) == _titles(headers[most.name])]


def _titles(header: Header) -> list[str]:
    return [name for name in map(plain, header.names) if name]


def _text(value: object) -> str:
    """A cell as CSV text: whole numbers without a point, times to the second. A workbook stores times as fractions of a
    day, which are rarely exact."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.0f}" if value == value // 1 else repr(value)
    if isinstance(value, time):
        value = datetime.combine(date.min, value) - datetime.min  # noqa: DTZ901  # the shop's own clock
    if isinstance(value, datetime):
        return (value + HALF_A_SECOND).replace(microsecond=0).isoformat(" ")
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return value.isoformat() if isinstance(value, date) else str(value)
