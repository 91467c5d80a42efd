"""The files that past orders come in: CSV; workbooks and Parquet where their readers are there."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TypeAlias

from pos.domain.errors import BadInput
from pos.office.history.blocks import unreadable
from pos.office.history.csv_file import CsvSource
from pos.office.history.excel_file import ExcelSource, is_workbook
from pos.office.history.parquet_file import ParquetSource

Source: TypeAlias = CsvSource | ParquetSource


def source_of(path: Path) -> Source:
    """The file as rows. Raises `BadInput` for one that is not there, empty, or nothing that can be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise BadInput("history-not-a-file", path=str(path))  # a pipe could not be gone on with, and may never end
    except OSError as error:
        raise unreadable(path, error) from error
    if is_workbook(path):
        return ExcelSource(path)
    return ParquetSource(path) if path.suffix.lower() == ".parquet" else CsvSource(path)
