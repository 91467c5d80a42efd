"""The file formats of past orders: CSV, and workbooks and Parquet if their libraries are installed."""

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
    """Open a file as rows. Raises `BadInput` if it does not exist, is empty, or is in no known format."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise BadInput("history-not-a-file", path=str(path))  # a pipe could not be gone on with, and may never end
    except OSError as error:
        raise unreadable(path, error) from error
    if is_workbook(path):
        return ExcelSource(path)
    return ParquetSource(path) if path.suffix.lower() == ".parquet" else CsvSource(path)
