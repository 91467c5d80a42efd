"""Past orders in: streamed in durable slices, each order once, and every row that cannot be taken listed with why."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from pos.domain.errors import BadInput
from pos.domain.text import is_safe
from pos.office.history_names import Names, Proposed, read_mapping, write_mapping
from pos.office.history_rows import Clock, Columns, PastLine, columns_in, read_row
from pos.office.history_source import CsvSource, ParquetSource, Row, source_of
from pos.store import Store
from pos.store.history import SAME_ORDER_MINUTES, HistoryFile, PastOrder
from pos.wording import Wording

SLICE = 20_000
"""Rows put in at a time: what an interruption costs at most."""

MOST_ITEMS = 100_000
"""No shop sells so many different things; a file that says so has its columns mixed up."""

Tell = Callable[[int, int], None]
"""Called with how far the file is read, and how long it is."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to. `orders` are new ones; `refused` and `unpriced` count rows of the whole file."""

    lines: int
    orders: int
    refused: int
    unpriced: int
    reasons: Mapping[str, int]
    list_path: Path | None
    proposed: tuple[Proposed, ...]
    mapping_path: Path | None


def import_history(
    store: Store,
    path: Path,
    words: Wording,
    at: datetime,
    columns: Mapping[str, str],
    tell: Tell = lambda done, size: None,
) -> Imported:
    """Take a file of past orders; what was taken of it before is not read again.

    Raises `BadInput`: `history-empty`, `history-no-column` and their like; `StoreError`.
    """
    source = source_of(path)
    places = columns_in(source.header, columns)
    taking = _Taking(store, source, places, words, at)
    taking.read_on(tell)
    proposed: list[Proposed] = []
    if not store.menu.is_empty():
        names = Names(store.menu.load())
        items = store.history.items().values()
        proposed = names.proposed(one.name for one in items if one.sku is None and names.find(one.name) is None)
    mapping = path.with_name(f"{path.name}.mapping.csv") if proposed else None
    if mapping is not None:
        write_mapping(mapping, proposed)
    file = taking.file
    listed = taking.list_path if file.refused else None
    return Imported(
        taking.lines, taking.orders, file.refused, file.unpriced, taking.reasons, listed, tuple(proposed), mapping
    )


def map_names(store: Store, path: Path) -> int:
    """Say by a file which items of the menu the names of past orders are; gives how many names it settled."""
    return store.history.map_items(read_mapping(path, store.menu.load().items).items())


@dataclass(slots=True)
class _Slice:
    """What was read since the last commit."""

    orders: dict[str, list[PastOrder]] = field(default_factory=dict)
    names: list[tuple[int, str]] = field(default_factory=list)
    refused: io.StringIO = field(default_factory=lambda: io.StringIO(newline=""))
    lines: int = 0

    def order(self, line: PastLine) -> PastOrder:
        """The order that a line belongs to: the same number, and not half a day apart."""
        same = self.orders.setdefault(line.order, [])
        for order in same:
            if abs(order.minute - line.minute) <= SAME_ORDER_MINUTES:
                return order
        same.append(PastOrder(line.order, line.minute, set()))
        return same[-1]


class _Taking:
    """One import under way."""

    def __init__(
        self, store: Store, source: CsvSource | ParquetSource, columns: Columns, words: Wording, at: datetime
    ) -> None:
        self._store, self._source, self._columns, self._words = store, source, columns, words
        digest = blake2b(f"{source.digest()} {columns}".encode(), digest_size=16).hexdigest()
        file = store.history.file(digest, source.path.name, at)
        if file.read_to and (file.read_to > source.size or file.tail != source.tail(file.read_to)):
            file = HistoryFile(file.id, file.head, "", file.name)  # changed before that place: read all of it again
        self.file = file
        self._numbers = {item.name: item.id for item in store.history.items().values()}
        self._next = max(self._numbers.values(), default=0) + 1
        self._clock = Clock()
        self.lines = self.orders = 0
        self.reasons: dict[str, int] = {}
        self.list_path = source.path.with_name(f"{source.path.name}.not-taken.csv")

    def read_on(self, tell: Tell) -> None:
        """Read to the end, slice by slice."""
        part = _Slice()
        for row in self._source.rows(self.file.read_to, self.file.lines):
            self._take(row, part)
            if part.lines == SLICE:
                part = self._commit(part, row.end)
                tell(row.end, self._source.size)
        if part.lines:
            self._commit(part, self._source.size)
        tell(self._source.size, self._source.size)
        if not self.file.lines:
            raise BadInput("history-empty", path=self._source.path.name)

    def _take(self, row: Row, part: _Slice) -> None:
        part.lines += 1
        if not row.cells:
            return  # an empty line is no row
        line = read_row(row.cells, self._columns, self._clock)
        if isinstance(line, str):
            self._refuse(row, line, part)
            return
        if not line.has_price:
            self.file = replace(self.file, unpriced=self.file.unpriced + 1)
        part.order(line).items.add(self._number(line.item, part))

    def _number(self, name: str, part: _Slice) -> int:
        number = self._numbers.get(name)
        if number is None:
            if len(self._numbers) >= MOST_ITEMS:
                raise BadInput("history-too-many-items", count=MOST_ITEMS)
            number = self._numbers[name] = self._next
            self._next += 1
            part.names.append((number, name))
        return number

    def _refuse(self, row: Row, reason: str, part: _Slice) -> None:
        self.reasons[reason] = self.reasons.get(reason, 0) + 1
        cells = [cell if is_safe(cell) else ascii(cell) for cell in row.cells]
        self.file = replace(self.file, refused=self.file.refused + 1)
        csv.writer(part.refused).writerow([row.number, self._words.text(reason), *cells])

    def _commit(self, part: _Slice, read_to: int) -> _Slice:
        """Make a slice durable. Its part of the list goes first, cut to the length that was durable before: what is in
        the list twice after a crash is written over."""
        before = self.file
        length = self._list(part.refused.getvalue(), before.refused_bytes)
        self.file = replace(
            before,
            read_to=read_to,
            tail=self._source.tail(read_to),
            lines=before.lines + part.lines,
            refused_bytes=length,
        )
        orders = [order for same in part.orders.values() for order in same]
        self.orders += self._store.history.take(self.file, orders, part.names)
        self.lines += part.lines
        return _Slice()

    def _list(self, text: str, length: int) -> int:
        if not text:
            return length
        try:
            with self.list_path.open("r+b" if length and self.list_path.exists() else "wb") as file:
                file.seek(0, io.SEEK_END)
                file.truncate(min(length, file.tell()))
                file.seek(0, io.SEEK_END)
                file.write(text.encode())
                return file.tell()
        except OSError as error:
            raise BadInput("file-unwritable", path=str(self.list_path), reason=error.strerror or "") from error
