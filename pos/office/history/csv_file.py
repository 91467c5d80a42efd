"""Reads CSV as a stream, with any line ends and separators. Every line becomes a row or is reported as a mistake."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from pos.domain.errors import BadInput
from pos.office.history.blocks import PIECE, Digest, FileRow, HeadRow, RowBlock, rows_of, text_of, unreadable

HEAD = 4096
"""The number of bytes by which a file is recognised."""

BLOCK = 1 << 20
"""Bytes read at a time, about 20,000 rows. An interruption loses one block at most."""

HEAD_ROWS_BYTES = 1 << 16
MOST_HEAD_ROWS = 60
"""The header is looked for in this many rows."""

LONGEST_LINE = 1 << 20
MOST_LINES_A_ROW = 50
"""A quoted cell with more line ends than this was never closed."""

SHOWN = 200
"""The most characters that are shown of an invalid line."""


DELIMITERS = ",;\t|"
_SEP = re.compile(r"sep=(.)", re.IGNORECASE)
"""A first line that tells Excel the separator."""

_ENDS = re.compile(rb"[\r\n]")
_CONTROLS = re.compile(rb"[\0-\x08\x0e-\x1f\x7f]")
"""Bytes that occur in pictures and programs, but in no text."""


class _EndOfBlock(Exception):
    """The CSV reader asks for a line after the end of the block."""


class _NoMore:
    """Follows the lines of a block. The CSV reader asks for more lines only if its last row has not ended."""

    def __iter__(self) -> _NoMore:
        return self

    def __next__(self) -> str:
        raise _EndOfBlock


class CsvSource:
    """A CSV file with commas, semicolons, tabs or bars, in UTF-8 or UTF-16. A line that is neither is read as
    Windows-1252.

    The first row is the header until `begin_after` is called.
    """

    first_row = 2
    """The number of the first row after the header."""

    sheets: Sequence[str] = ()
    """The sheets that are read of a workbook with several."""

    sheets_left: Sequence[str] = ()
    """The sheets that are not read."""

    def __init__(self, path: Path, text: Path | None = None) -> None:
        """Open a file. `text` is a copy of it as text, if the file itself is no text."""
        self.path = path
        try:
            with path.open("rb") as file:
                known = file.read(HEAD)
            self._text, self._folder = (text, None) if text is not None else _as_utf8(path, known)
            self.size = self._text.stat().st_size
            with self._text.open("rb") as file:
                head = file.read(HEAD_ROWS_BYTES)
                if not _ENDS.search(head):
                    head += file.read(LONGEST_LINE)
        except OSError as error:
            raise unreadable(path, error) from error
        if not head.strip():
            raise BadInput("history-empty", path=path.name)
        lines = head.splitlines(keepends=True)
        if _CONTROLS.search(lines[0]):
            raise BadInput("history-not-text", path=path.name)
        self._known, self._digest = len(known), Digest(self._text)
        skipped = 1 if _SEP.fullmatch(text_of(lines[0]).strip('\ufeff\r\n" ')) else 0
        self.delimiter = text_of(lines[0]).strip('\ufeff\r\n" ')[4:5] if skipped else delimiter_of(lines)
        self.head = list(self._head_rows(lines, skipped, whole=len(head) >= self.size))
        self.header: Sequence[str] = self.head[0].cells if self.head else [text_of(lines[0])[:SHOWN]]
        self._start = self.head[0].end if self.head else len(lines[0])
        self.first_row = self.head[0].number + 1 if self.head else 2

    def _head_rows(self, lines: Sequence[bytes], skipped: int, *, whole: bool) -> Iterator[HeadRow]:
        """The first rows. The last line may be cut off."""
        lines = lines if whole or len(lines) == 1 else lines[:-1]
        texts = [text_of(line) for line in lines]
        texts[0] = texts[0].removeprefix("\ufeff")
        reader, done = csv.reader(chain(texts[skipped:], _NoMore()), delimiter=self.delimiter), skipped
        end, number = sum(map(len, lines[:skipped])), skipped
        with suppress(_EndOfBlock, csv.Error):
            for cells in reader:
                taken = reader.line_num + skipped
                end += sum(map(len, lines[done:taken]))
                number, done = number + 1, taken
                yield HeadRow(cells, number, end)
                if number >= MOST_HEAD_ROWS:
                    return

    def begin_after(self, row: HeadRow, header: Sequence[str]) -> None:
        """Set the header and its last row."""
        self.header, self._start, self.first_row = header, row.end, row.number + 1

    def known_by(self) -> str:
        """A digest of the file's beginning."""
        return Digest(self.path).upto(self._known)

    def read_before(self, end: int) -> str:
        """A digest of the first `end` bytes."""
        return self._digest.upto(end)

    def rows(self) -> Iterator[FileRow]:
        """All rows of the file."""
        return rows_of(self.blocks(0), self.first_row)

    def blocks(self, start: int) -> Iterator[RowBlock]:
        """The rows from a place on."""
        place, rest, at_end = start or self._start, b"", False
        try:
            with self._text.open("rb") as file:
                file.seek(place)
                while not at_end:
                    piece = file.read(BLOCK)
                    at_end = not piece
                    lines, rest = _cut(rest + piece, at_end)
                    too_long = len(rest) > LONGEST_LINE
                    block, done = self._parsed(lines, at_end or too_long)
                    place += sum(map(len, lines[:done]))
                    if too_long:
                        block.add_broken(text_of(rest[:SHOWN]))
                        place += len(rest)
                        place, rest = _behind_line(file, place)
                    block.end = place
                    rest = b"".join(lines[done:]) + rest
                    if block.rows:
                        yield block
        except OSError as error:
            raise unreadable(self.path, error) from error

    def _parsed(self, lines: Sequence[bytes], to_the_end: bool) -> tuple[RowBlock, int]:
        """The rows of these lines, and the number of lines used. The last row may continue after them."""
        block, done = RowBlock([], 0), 0
        while True:
            done += self._read(lines[done:], block.rows)
            left = len(lines) - done
            if not left or (left <= MOST_LINES_A_ROW and not to_the_end):
                return block, done
            block.add_broken(text_of(lines[done])[:SHOWN])
            done += 1

    def _read(self, lines: Sequence[bytes], rows: list[Sequence[str]]) -> int:
        """Add the rows of these lines, up to one that does not end. Returns the number of lines used."""
        before, texts = len(rows), _texts(lines)
        reader = csv.reader(chain(texts, _NoMore()), delimiter=self.delimiter)
        with suppress(_EndOfBlock, csv.Error):
            rows.extend(reader)
        if len(rows) - before == reader.line_num:
            return reader.line_num
        del rows[before:]  # some row has several lines
        return self._read_with_care(texts, rows)

    def _read_with_care(self, texts: Sequence[str], rows: list[Sequence[str]]) -> int:
        """The same row by row; a third slower."""
        reader, done = csv.reader(chain(texts, _NoMore()), delimiter=self.delimiter), 0
        with suppress(_EndOfBlock, csv.Error):
            for cells in reader:
                if reader.line_num - done > MOST_LINES_A_ROW:
                    break
                rows.append(cells)
                done = reader.line_num
        return done


def delimiter_of(lines: Sequence[bytes]) -> str:
    """The separator: the one that splits most of the first lines into the same number of cells, more than one. Title
    lines contain no separator, and decimal commas split each line differently."""
    texts = [text_of(line) for line in lines[:MOST_HEAD_ROWS]]

    def agreement(delimiter: str) -> tuple[int, int]:
        try:
            counts = Counter(len(cells) for cells in csv.reader(texts, delimiter=delimiter) if len(cells) > 1)
        except csv.Error:  # a cell longer than any
            return 0, texts[0].count(delimiter)
        cells, rows = max(counts.items(), key=lambda found: found[0] * found[1], default=(0, 0))
        return cells * rows, texts[0].count(delimiter)

    return max(DELIMITERS, key=agreement)


def _as_utf8(path: Path, head: bytes) -> tuple[Path, TemporaryDirectory[str] | None]:
    """The file, or for UTF-16 a copy in UTF-8 and the temporary folder that holds it."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif len(head) >= 8 and not any(head[1:200:2]) and all(head[0:200:2]):
        encoding = "utf-16-le"
    elif len(head) >= 8 and not any(head[0:200:2]) and all(head[1:200:2]):
        encoding = "utf-16-be"
    else:
        return path, None
    folder = TemporaryDirectory(prefix="pos-import-")
    copy = Path(folder.name) / "utf8.csv"
    with (
        path.open(encoding=encoding, errors="replace", newline="") as old,
        copy.open("w", encoding="utf-8", newline="") as new,
    ):
        while piece := old.read(PIECE):
            new.write(piece)
    return copy, folder


def _cut(text: bytes, at_end: bool) -> tuple[list[bytes], bytes]:
    """Split bytes into whole lines and the beginning of the next. A carriage return at the end may be half of a line
    end."""
    lines = text.splitlines(keepends=True)
    if at_end or not lines or lines[-1].endswith(b"\n"):
        return lines, b""
    return lines, lines.pop()


def _behind_line(file: BinaryIO, place: int) -> tuple[int, bytes]:
    """The end of the line at a place, and the bytes read after it."""
    while piece := file.read(BLOCK):
        first = piece.splitlines(keepends=True)[0]
        place += len(first)
        if first.endswith((b"\n", b"\r")):
            return place, piece[len(first) :]
    return place, b""


def _texts(lines: Sequence[bytes]) -> list[str]:
    try:
        return list(map(bytes.decode, lines))
    except UnicodeDecodeError:
        return list(map(text_of, lines))
