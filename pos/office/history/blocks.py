"""Rows of past orders in blocks. Each block has the place in the file where reading continues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from pos.domain.errors import BadInput
from pos.wording.reasons import reason_of

PIECE = 1 << 20


@dataclass(slots=True)
class RowBlock:
    """Consecutive rows, and the place where the next block begins.

    A line that is no valid row has no cells. `broken` maps the index of each row that never ends to its beginning.
    """

    rows: list[Sequence[str]]
    end: int
    broken: dict[int, str] = field(default_factory=dict)

    def add_broken(self, text: str) -> None:
        """Add the beginning of a row that never ends."""
        self.broken[len(self.rows)] = text
        self.rows.append(())


@dataclass(frozen=True, slots=True)
class FileRow:
    """The cells of a row, and its number. The first line of the file is 1; empty lines are counted."""

    cells: Sequence[str]
    number: int


@dataclass(frozen=True, slots=True)
class HeadRow:
    """One of the first rows of a file: its cells, its number, and the place after it."""

    cells: Sequence[str]
    number: int
    end: int


def rows_of(blocks: Iterable[RowBlock], first: int) -> Iterator[FileRow]:
    """All valid rows of a file's blocks; `first` is the number of the first row."""
    number = first - 1
    for block in blocks:
        for cells in block.rows:
            number += 1
            if cells:
                yield FileRow(cells, number)


class Digest:
    """Digests of a file from its beginning up to a place; each place is after the one before."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0
        self._hash = blake2b(digest_size=16)

    def upto(self, end: int) -> str:
        """The digest of the first `end` bytes."""
        with self._path.open("rb") as file:
            file.seek(self._read)
            while self._read < end and (piece := file.read(min(PIECE, end - self._read))):
                self._hash.update(piece)
                self._read += len(piece)
        return self._hash.hexdigest()


def unreadable(path: Path, error: OSError) -> BadInput:
    """The error for a file that cannot be read, with the operating system's reason."""
    return BadInput("history-unreadable", path=str(path), reason=reason_of(error))


def text_of(text: bytes) -> str:
    """Decode as UTF-8, else as Windows-1252."""
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("cp1252", errors="replace")
