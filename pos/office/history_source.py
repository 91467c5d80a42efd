"""The files that past orders come in: CSV as a stream with a place to go on from, Parquet where its reader is there."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from pos.domain.errors import BadInput

HEAD = 4096
"""A file is known again by so many bytes at its beginning, and by those before the place where reading stopped."""

TAIL = 1024
LONGEST_LINE = 1_000_000
BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, its number (the first after the header is 2), and where the next one begins."""

    cells: Sequence[str]
    number: int
    end: int


class CsvSource:
    """A CSV file: commas, semicolons or tabs; UTF-8, or Windows-1252 when it cannot be that."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.size = path.stat().st_size
            with path.open("rb") as file:
                head = file.read(HEAD)
                file.seek(0)
                first = file.readline(LONGEST_LINE)
                sample = first + file.read(16 * HEAD)
        except OSError as error:
            raise unreadable(path, error) from error
        if not first.strip():
            raise BadInput("history-empty", path=path.name)
        if b"\0" in head:
            raise BadInput("history-not-text", path=path.name)
        self._head = head
        self._encoding = "utf-8" if _is_utf8(sample) else "cp1252"
        text = first.decode(self._encoding, errors="replace").removeprefix("\ufeff")
        self._delimiter = max(",;\t|", key=text.count)
        self.start = len(first)
        self.header = next(csv.reader([text], delimiter=self._delimiter), [])

    def digest(self) -> str:
        """What the file is known by."""
        return blake2b(self._head, digest_size=16).hexdigest()

    def tail(self, end: int) -> str:
        """A digest of what stands before a place: whether the file was only made longer."""
        with self.path.open("rb") as file:
            file.seek(max(0, end - TAIL))
            return blake2b(file.read(min(TAIL, end)), digest_size=16).hexdigest()

    def rows(self, start: int, number: int) -> Iterator[Row]:
        """The rows from a place on; `number` is how many rows came before it."""
        try:
            with self.path.open("rb") as file:
                file.seek(start or self.start)
                lines = _Lines(file, self._encoding, start or self.start)
                reader = csv.reader(lines, delimiter=self._delimiter)
                while True:
                    try:
                        cells = next(reader)
                    except StopIteration:
                        return
                    except csv.Error:
                        cells = []
                    number += 1
                    yield Row(cells, number + 1, lines.end)
        except OSError as error:
            raise unreadable(self.path, error) from error


class _Lines:
    """The lines of a file as text, counting bytes; the reader asks for one more only when a quoted cell goes on."""

    def __init__(self, file: BinaryIO, encoding: str, end: int) -> None:
        self._file = file
        self._encoding = encoding
        self.end = end

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._file.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.end += len(line)
        return line.decode(self._encoding, errors="replace").replace("\0", "")


class ParquetSource:
    """A Parquet file, read batch by batch; a place in it is a number of rows."""

    start = 0

    def __init__(self, path: Path) -> None:
        if find_spec("pyarrow") is None:
            raise BadInput("history-needs-parquet", path=path.name)
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile

        try:
            self._file = ParquetFile(path)
        except OSError as error:
            raise unreadable(path, error) from error
        except ArrowException as error:
            raise BadInput("history-not-text", path=path.name) from error
        self.path = path
        self.size = int(self._file.metadata.num_rows)
        self.header = [str(name) for name in self._file.schema_arrow.names]

    def digest(self) -> str:
        """What the file is known by."""
        with self.path.open("rb") as file:
            return blake2b(file.read(HEAD), digest_size=16).hexdigest()

    def tail(self, end: int) -> str:
        """A Parquet file is never made longer: its length says whether it is the same."""
        return str(self.size)

    def rows(self, start: int, number: int) -> Iterator[Row]:
        """The rows from a place on."""
        place = 0
        for batch in self._file.iter_batches(BATCH):
            count = int(batch.num_rows)
            if place + count > start:
                columns = [[_as_text(value) for value in column.to_pylist()] for column in batch.columns]
                for offset, cells in enumerate(zip(*columns, strict=True)):
                    if place + offset >= start:
                        yield Row(cells, place + offset + 2, place + offset + 1)
            place += count


def _as_text(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def source_of(path: Path) -> CsvSource | ParquetSource:
    """The file as rows. Raises `BadInput` for one that is not there, empty, or nothing that can be read."""
    return ParquetSource(path) if path.suffix.lower() == ".parquet" else CsvSource(path)


def unreadable(path: Path, error: OSError) -> BadInput:
    """A file that cannot be read, and what the machine says to it."""
    return BadInput("history-unreadable", path=str(path), reason=error.strerror or "")


def _is_utf8(sample: bytes) -> bool:
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(sample) - 4  # a character cut in two at the end of the sample
    return True
