"""Reads Parquet in batches, as the text that CSV would have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time
from decimal import Decimal
from importlib.util import find_spec
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING

from pos.domain.errors import BadInput
from pos.office.history.blocks import Digest, FileRow, HeadRow, RowBlock, rows_of, text_of, unreadable

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 20_000


class ParquetSource:
    """A Parquet file; a place is a row number."""

    delimiter = ","
    first_row = 2
    sheets: Sequence[str] = ()
    sheets_left: Sequence[str] = ()

    def __init__(self, path: Path) -> None:
        if find_spec("pyarrow") is None:
            raise BadInput("history-needs-parquet", path=path.name)
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile

        self.path = path
        try:
            # A row group may be the whole file: without this all of it would be read ahead.
            self._file = ParquetFile(path, pre_buffer=False, memory_map=True)
        except ArrowException as error:
            raise BadInput("history-not-text", path=path.name) from error
        except OSError as error:
            raise unreadable(path, error) from error
        self.size = int(self._file.metadata.num_rows)
        self.header: Sequence[str] = [str(name) for name in self._file.schema_arrow.names]
        self.head = [HeadRow(self.header, 1, 0)]

    def begin_after(self, row: HeadRow, header: Sequence[str]) -> None:
        """Do nothing: the file itself says what its header is."""

    def known_by(self) -> str:
        """A digest of the whole file, because a Parquet file is never appended to."""
        return Digest(self.path).upto(self.path.stat().st_size)

    def read_before(self, end: int) -> str:
        """An empty text: a Parquet file is recognised by its whole content."""
        return ""

    def rows(self) -> Iterator[FileRow]:
        """All rows of the file."""
        return rows_of(self.blocks(0), self.first_row)

    def blocks(self, start: int) -> Iterator[RowBlock]:
        """The rows from a place on."""
        from pyarrow import ArrowException

        place = 0
        try:
            for batch in self._file.iter_batches(BATCH):
                place += int(batch.num_rows)
                if place > start:
                    columns = [_texts(column) for column in batch.columns]
                    rows: list[Sequence[str]] = list(zip(*columns, strict=True))
                    yield RowBlock(rows[-(place - start) :], place)
        except (ArrowException, OSError) as error:
            reason = str(error).partition("\n")[0].rstrip(".")[:100]
            raise BadInput("history-unreadable", path=str(self.path), reason=reason) from error


def _texts(column: pa.Array) -> list[str]:
    """A column as CSV text. Python has no times with nanoseconds."""
    import pyarrow as pa

    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    return [_text(value) for value in column.to_pylist()]


def _text(value: object) -> str:
    """A value as CSV text: missing values and NaN are empty, and whole numbers have no point, because they may be order
    numbers."""
    if value is None:
        return ""
    if isinstance(value, float | Decimal):
        return "" if isnan(value) else f"{value:.0f}" if value == value // 1 else str(value)
    if isinstance(value, bytes):
        return text_of(value)
    return value.isoformat() if isinstance(value, date | time) else str(value)
