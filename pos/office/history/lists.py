"""Lists that a manager checks after an import. They are written beside the imported file, or beside the shop's file if
that is not possible."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from pos.domain.errors import BadInput
from pos.domain.text import is_safe
from pos.files import guard
from pos.office.history.rows import NotTaken
from pos.office.history.source import Source
from pos.wording import Wording
from pos.wording.reasons import reason_of

Written = TypeVar("Written")


class NotTakenList:
    """The file of rows that were left out. It grows during the import, and continues if the import does."""

    def __init__(self, source: Source, shop: Path, words: Wording, length: int) -> None:
        """`length` is the number of bytes that an earlier part of the import has written."""
        self._source, self._words = source, words
        self._places = places_for(source.path, shop, "not-taken.csv")
        begun = [place for place in self._places if length and place.is_file()]
        self._places = begun[:1] or self._places
        self.path = self._places[0]

    def add(self, rows: Sequence[NotTaken], length: int) -> int:
        """Write rows after the first `length` bytes, over anything that a crash left there; returns the new length.

        All rows go to the place where the first ones could be written. Raises `BadInput` `file-unwritable`.
        """
        if not rows:
            return length
        self.path, end = first_place(self._places, lambda place: self._write(place, rows, length))
        self._places = [self.path]
        return end

    def _write(self, place: Path, rows: Iterable[NotTaken], length: int) -> int:
        goes_on = length > 0 and place.exists()
        lines, begun = self._lines(rows, heading=not goes_on).encode(), False
        guard(place)
        try:
            with place.open("r+b" if goes_on else "wb") as file:
                begun = not goes_on
                file.truncate(min(length, file.seek(0, io.SEEK_END)))
                file.seek(0, io.SEEK_END)
                file.write(lines)
                file.flush()
                return file.tell()
        except OSError as error:
            if begun:
                with suppress(OSError):
                    place.unlink()  # a part of a list would be taken for all of it
            raise BadInput("file-unwritable", path=str(place), reason=reason_of(error)) from error

    def _lines(self, rows: Iterable[NotTaken], *, heading: bool) -> str:
        """Rows as text, with the separator of the imported file: once corrected, the list can be imported like it."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self._source.delimiter)
        if heading:
            own = (self._words.text("not-taken-row"), self._words.text("not-taken-why"))
            writer.writerow((*own, *map(_shown, self._source.header)))
        for row in rows:
            writer.writerow((row.number, self._words.text(row.why), *map(_shown, row.cells)))
        return text.getvalue()


def places_for(source: Path, shop: Path, ending: str) -> list[Path]:
    """The places where a list may be written, the best first: a USB stick may be full, and a folder read-only."""
    name = f"{source.name}.{ending}"
    return list(dict.fromkeys((source.with_name(name), shop.with_name(name))))


def first_place(places: Sequence[Path], write: Callable[[Path], Written]) -> tuple[Path, Written]:
    """The first place that can be written to, and the result of `write`. Raises the last place's `BadInput`."""
    *better, last = places
    for place in better:
        with suppress(BadInput):
            return place, write(place)
    return last, write(last)


def _shown(cell: str) -> str:
    return cell if is_safe(cell) else ascii(cell)
