"""Workbooks of Excel and LibreOffice: the sheet that holds most rows, as the CSV that it would have been saved as."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from pos.domain.errors import BadInput
from pos.office.history.blocks import unreadable
from pos.office.history.csv_file import CsvSource

ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
HALF_A_SECOND = timedelta(microseconds=500_000)


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook, by what it holds, whatever it is called."""
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
    """A workbook. A row has the number that it has in its sheet; a place is one in the copy of it as text."""

    def __init__(self, path: Path) -> None:
        if find_spec("python_calamine") is None:
            raise BadInput("history-needs-excel", path=path.name)
        self._own = TemporaryDirectory(prefix="pos-import-")
        copy = Path(self._own.name) / "sheet.csv"
        try:
            with copy.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(_rows(path))
        except OSError as error:
            raise unreadable(path, error) from error
        super().__init__(path, copy)

    def known_by(self) -> str:
        """A digest of the whole sheet: it is never made longer."""
        return self.read_before(self.size)


def _rows(path: Path) -> Iterable[Sequence[str]]:
    from python_calamine import CalamineError, load_workbook

    try:
        book = load_workbook(path)
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        largest = max(sheets, key=lambda sheet: sheet.total_height, default=None)
        rows = [] if largest is None else largest.to_python(skip_empty_area=False)
    except CalamineError as error:
        raise BadInput("history-not-text", path=path.name) from error
    return [[_text(cell) for cell in row] for row in rows]


def _text(value: object) -> str:
    """A cell as CSV would write it: whole numbers without a point, times to the second (a workbook keeps a part of a
    day, which is seldom a whole one)."""
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
