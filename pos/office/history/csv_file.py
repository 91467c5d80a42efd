"""CSV as a stream: with any line ends, separator and mistakes, every line becomes a row or is reported."""

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
"""A file is recognised by this many bytes at its beginning."""

BLOCK = 1 << 20
"""Bytes read at a time, some 20,000 rows: what an interruption costs at most."""

HEAD_ROWS_BYTES = 1 << 16
MOST_HEAD_ROWS = 60
"""The header is looked for in so much of a file."""

LONGEST_LINE = 1 << 20
MOST_LINES_A_ROW = 50
"""A quoted cell that holds more line ends than that was never closed."""

SHOWN = 200
"""The most characters shown of a line that is no row."""


DELIMITERS = ",;\t|"
_SEP = re.compile(r"sep=(.)", re.IGNORECASE)
"""A line that tells Excel the separator, and is no row."""

_ENDS = re.compile(rb"[\r\n]")
_CONTROLS = re.compile(rb"[\0-\x08\x0e-\x1f\x7f]")
"""Bytes of pictures and programs that no heading has."""


class _EndOfBlock(Exception):
    """The reader asks for a line that the block does not have."""


class _NoMore:
    """What a reader comes to that wants more lines than there are, since its row has not ended."""

    def __iter__(self) -> _NoMore:
        return self

    def __next__(self) -> str:
        raise _EndOfBlock


class CsvSource:
    """A CSV file: commas, semicolons, tabs or bars; UTF-8 or UTF-16, and a line that is neither is Windows-1252.

    Its first row is its header until `begin_after` says that another one is.
    """

    first_row = 2
    """The number of the first row that is no header."""

    sheets: Sequence[str] = ()
    """The sheets of a workbook that are read, where it has several."""

    sheets_left: Sequence[str] = ()
    """Its sheets that are not read."""

    def __init__(self, path: Path, text: Path | None = None) -> None:
        """`text` is a copy of the file as text, where that is not what the file is."""
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
        """The first rows; the last line of the head may be a part of one."""
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
        """Say which row is the last of the header, and what the header is."""
        self.header, self._start, self.first_row = header, row.end, row.number + 1

    def known_by(self) -> str:
        """A digest of how it begins."""
        return Digest(self.path).upto(self._known)

    def read_before(self, end: int) -> str:
        """A digest of so many bytes."""
        return self._digest.upto(end)

    def rows(self) -> Iterator[FileRow]:
        """Every row of the file."""
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
        """The rows of these lines, and how many of the lines they took: the last row may go on behind them."""
        block, done = RowBlock([], 0), 0
        while True:
            done += self._read(lines[done:], block.rows)
            left = len(lines) - done
            if not left or (left <= MOST_LINES_A_ROW and not to_the_end):
                return block, done
            block.add_broken(text_of(lines[done])[:SHOWN])
            done += 1

    def _read(self, lines: Sequence[bytes], rows: list[Sequence[str]]) -> int:
        """Add the rows of these lines up to one that does not end; gives how many lines the rows took."""
        before, texts = len(rows), _texts(lines)
        reader = csv.reader(chain(texts, _NoMore()), delimiter=self.delimiter)
        with suppress(_EndOfBlock, csv.Error):
            rows.extend(reader)
        if len(rows) - before == reader.line_num:
            return reader.line_num
        del rows[before:]  # some row has several lines
        return self._read_with_care(texts, rows)

    def _read_with_care(self, texts: Sequence[str], rows: list[Sequence[str]]) -> int:
        """Read row by row, a third slower."""
        reader, done = csv.reader(chain(texts, _NoMore()), delimiter=self.delimiter), 0
        with suppress(_EndOfBlock, csv.Error):
            for cells in reader:
                if reader.line_num - done > MOST_LINES_A_ROW:
                    break
                rows.append(cells)
                done = reader.line_num
        return done


def delimiter_of(lines: Sequence[bytes]) -> str:
    """What separates the cells: what splits most of the first lines into the same number of cells, more than one.
    Title lines have none of it, and decimal commas split each line otherwise."""
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
    """The file, or where it is UTF-16 a copy of it in UTF-8, which goes with the folder it is in."""
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
    """Whole lines, and the beginning of the next. A carriage return at the end may be half of a line end."""
    lines = text.splitlines(keepends=True)
    if at_end or not lines or lines[-1].endswith(b"\n"):
        return lines, b""
    return lines, lines.pop()


def _behind_line(file: BinaryIO, place: int) -> tuple[int, bytes]:
    """The end of the line at a place, and the bytes read behind it."""
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
