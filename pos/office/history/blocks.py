"""Rows of past orders in blocks, each with the place in its file to go on from."""

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
    """Consecutive rows, and where the next one begins. A line that is no row has no cells; `broken` has the beginning
    of rows that never end, by their place."""

    rows: list[Sequence[str]]
    end: int
    broken: dict[int, str] = field(default_factory=dict)

    def add_broken(self, text: str) -> None:
        """Add something that never ends."""
        self.broken[len(self.rows)] = text
        self.rows.append(())


@dataclass(frozen=True, slots=True)
class FileRow:
    """The cells of a row, and its number in the file: the first line is 1, and an empty line counts."""

    cells: Sequence[str]
    number: int


@dataclass(frozen=True, slots=True)
class HeadRow:
    """One of the first rows of a file: its cells, its number, and the place behind it."""

    cells: Sequence[str]
    number: int
    end: int


def rows_of(blocks: Iterable[RowBlock], first: int) -> Iterator[FileRow]:
    """Every row of a file's blocks that is one; `first` is the number of the first."""
    number = first - 1
    for block in blocks:
        for cells in block.rows:
            number += 1
            if cells:
                yield FileRow(cells, number)


class Digest:
    """Digests of a file's bytes from its beginning up to places further and further on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0
        self._hash = blake2b(digest_size=16)

    def upto(self, end: int) -> str:
        """A digest of so many bytes."""
        with self._path.open("rb") as file:
            file.seek(self._read)
            while self._read < end and (piece := file.read(min(PIECE, end - self._read))):
                self._hash.update(piece)
                self._read += len(piece)
        return self._hash.hexdigest()


def unreadable(path: Path, error: OSError) -> BadInput:
    """A file that cannot be read, and what the machine says to it."""
    return BadInput("history-unreadable", path=str(path), reason=reason_of(error))


def text_of(text: bytes) -> str:
    """UTF-8, or Windows-1252 where it cannot be that."""
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("cp1252", errors="replace")
