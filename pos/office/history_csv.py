"""CSV as a stream: whatever its line ends, its separator and its mistakes, every line of it is a row or is named."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from pos.domain.errors import BadInput
from pos.office.history_blocks import Block, Digest, Row, rows_of, text_of, unreadable

HEAD = 4096
"""A file is known again by so many bytes at its beginning."""

BLOCK = 1 << 20
"""Bytes read at a time, some 20,000 rows: what an interruption costs at most."""

LONGEST_LINE = 1 << 20
MOST_LINES_A_ROW = 50
"""A quoted cell that holds more line ends than that was never closed."""

SHOWN = 200
"""Characters that are shown of what is no row."""


_ENDS = re.compile(rb"[\r\n]")
_CONTROLS = re.compile(rb"[\0-\x08\x0e-\x1f\x7f]")
"""Bytes that stand in pictures and programs, and in no heading."""


class _EndOfBlock(Exception):
    """The reader asks for a line that the block does not have."""


class _NoMore:
    """What a reader comes to that wants more lines than there are, since its row has not ended."""

    def __iter__(self) -> _NoMore:
        return self

    def __next__(self) -> str:
        raise _EndOfBlock


class CsvSource:
    """A CSV file: commas, semicolons, tabs or bars; UTF-8, and a line that cannot be that is Windows-1252."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.size = path.stat().st_size
            with path.open("rb") as file:
                head = file.read(HEAD)
                if not _ENDS.search(head):
                    head += file.read(LONGEST_LINE)
        except OSError as error:
            raise unreadable(path, error) from error
        if not head.strip():
            raise BadInput("history-empty", path=path.name)
        first = head.splitlines(keepends=True)[0]
        if _CONTROLS.search(first):
            raise BadInput("history-not-text", path=path.name)
        self._start = len(first)
        text = text_of(first).removeprefix("\ufeff")
        self.delimiter = max(",;\t|", key=text.count)
        try:
            self.header = next(csv.reader([text], delimiter=self.delimiter), [])
        except csv.Error:  # a cell longer than any
            self.header = [text[:SHOWN]]
        self._head = head[:HEAD]
        self._digest = Digest(path)

    def known_by(self) -> str:
        """A digest of how it begins."""
        return Digest(self.path).upto(len(self._head))

    def read_before(self, end: int) -> str:
        """A digest of so many bytes."""
        return self._digest.upto(end)

    def rows(self) -> Iterator[Row]:
        """Every row of the file."""
        return rows_of(self.blocks(0))

    def blocks(self, start: int) -> Iterator[Block]:
        """The rows from a place on."""
        place, rest, at_end = start or self._start, b"", False
        try:
            with self.path.open("rb") as file:
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

    def _parsed(self, lines: Sequence[bytes], to_the_end: bool) -> tuple[Block, int]:
        """The rows of these lines, and how many of the lines they took: the last row may go on behind them."""
        block, done = Block([], 0), 0
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
        """The same, row by row: a third slower."""
        reader, done = csv.reader(chain(texts, _NoMore()), delimiter=self.delimiter), 0
        with suppress(_EndOfBlock, csv.Error):
            for cells in reader:
                if reader.line_num - done > MOST_LINES_A_ROW:
                    break
                rows.append(cells)
                done = reader.line_num
        return done


def _cut(text: bytes, at_end: bool) -> tuple[list[bytes], bytes]:
    """Whole lines, and the beginning of the next. A carriage return at the end may be half of a line end."""
    lines = text.splitlines(keepends=True)
    if at_end or not lines or lines[-1].endswith(b"\n"):
        return lines, b""
    return lines, lines.pop()


def _behind_line(file: BinaryIO, place: int) -> tuple[int, bytes]:
    """Where the line that goes on at a place ends, and what was read behind it."""
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
