"""Past orders in: streamed in durable slices, each order once, and every row that cannot be taken listed with why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from pos.domain.errors import BadInput
from pos.office.history_blocks import Block
from pos.office.history_columns import Columns, columns_of
from pos.office.history_lists import NotTaken, NotTakenList, write_proposed
from pos.office.history_names import Names, Proposed, read_mapping
from pos.office.history_rows import Clock, PastLine, RowReader
from pos.office.history_source import Source, source_of
from pos.store import Store
from pos.store.history import SAME_ORDER_MINUTES, HistoryFile, PastOrder, check_size
from pos.wording import Wording

MOST_ITEMS = 100_000
"""No shop sells so many different things; a file that says so has its columns mixed up."""

Tell = Callable[[int, int], None]
"""Called with how far the file is read, and how long it is."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to. `lines` and `orders` are new ones; `refused`, `unpriced` and `reasons` count rows of the
    whole file, of which `all_lines` are read."""

    lines: int
    orders: int
    all_lines: int
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

    Raises `BadInput`: `history-empty`, `history-no-column`, `history-none-taken` and their like; `StoreError`.
    """
    source = source_of(path)
    places = columns_of(source.header, lambda: (row.cells for row in source.rows()), columns)
    taking = _Taking(store, source, places, words, at)
    taking.read_on(tell)
    file = taking.file
    proposed, mapping = _proposed(store, path)
    return Imported(
        taking.lines,
        taking.orders,
        file.lines,
        file.refused,
        file.unpriced,
        file.reasons,
        taking.not_taken.path if file.refused else None,
        proposed,
        mapping,
    )


def _proposed(store: Store, path: Path) -> tuple[tuple[Proposed, ...], Path | None]:
    """What items of the menu the names may be that it does not have, and the file that says so."""
    names = Names(store.menu.load())
    items = store.history.items().values()
    proposed = names.proposed(one.name for one in items if one.sku is None and names.find(one.name) is None)
    if not proposed:
        return (), None
    return tuple(proposed), write_proposed(path, store.path, proposed)


def map_names(store: Store, path: Path) -> int:
    """Say by a file which items of the menu the names of past orders are; gives how many names it settled."""
    return store.history.map_items(read_mapping(path, store.menu.load().items).items())


@dataclass(slots=True)
class _Slice:
    """What was read since the last commit."""

    orders: dict[tuple[str, int], PastOrder] = field(default_factory=dict)
    """By number and half day: of one number there is one in each at most."""

    names: list[tuple[int, str]] = field(default_factory=list)
    refused: list[NotTaken] = field(default_factory=list)
    unpriced: int = 0

    def add(self, line: PastLine, item: int) -> None:
        """Put a line to the order that it belongs to: the same number, and not half a day apart."""
        if not line.has_price:
            self.unpriced += 1
        half_day = line.minute // SAME_ORDER_MINUTES
        order = self.orders.get((line.order, half_day)) or self._near(line, half_day)
        if order is None:
            self.orders[line.order, half_day] = PastOrder(line.order, line.minute, {item})
        else:
            order.items.add(item)

    def _near(self, line: PastLine, half_day: int) -> PastOrder | None:
        """An order of the half day before or after that is not half a day apart."""
        for other in (half_day - 1, half_day + 1):
            order = self.orders.get((line.order, other))
            if order is not None and abs(order.minute - line.minute) <= SAME_ORDER_MINUTES:
                return order
        return None

    def checked(self) -> list[PastOrder]:
        """All orders. Raises `BadInput` for one that is none."""
        for order in self.orders.values():
            check_size(order.ref, order.items)
        return list(self.orders.values())


class _Taking:
    """One import under way."""

    def __init__(self, store: Store, source: Source, columns: Columns, words: Wording, at: datetime) -> None:
        self._store, self._source = store, source
        digest = blake2b(f"{source.known_by()} {columns}".encode(), digest_size=16).hexdigest()
        file = store.history.file(digest, source.path.name, at)
        if file.read_to and (file.read_to > source.size or file.tail != source.read_before(file.read_to)):
            file = HistoryFile(file.id, file.head, file.name)  # changed before that place: read all of it again
        self.file = file
        self._reader = RowReader(columns, Clock(columns.day_first, file.clock))
        self._numbers = {item.name: item.id for item in store.history.items().values()}
        self._next = max(self._numbers.values(), default=0) + 1
        self.lines = self.orders = 0
        self.not_taken = NotTakenList(source, store.path, words, file.refused_bytes)

    def read_on(self, tell: Tell) -> None:
        """Read to the end, each block in a transaction of its own."""
        self._store.history.expect_many()
        tell(self.file.read_to, self._source.size)
        for block in self._source.blocks(self.file.read_to):
            part = _Slice()
            self._take(block, part)
            self._commit(part, block)
            tell(block.end, self._source.size)
        if not self.file.lines:
            raise BadInput("history-empty", path=self._source.path.name)
        if self.file.refused == self.file.lines:
            raise BadInput("history-none-taken", path=self._source.path.name, list=str(self.not_taken.path))

    def _take(self, block: Block, part: _Slice) -> None:
        for number, cells in enumerate(block.rows, self.file.lines + 2):
            if not cells:
                continue
            line = self._reader.read(cells)
            if isinstance(line, str):
                part.refused.append(NotTaken(number, cells, line))
            else:
                part.add(line, self._numbers.get(line.item) or self._new_number(line.item, part))
        for place, begins in block.broken.items():
            part.refused.append(NotTaken(self.file.lines + 2 + place, [begins], "history-row-never-ends"))

    def _new_number(self, name: str, part: _Slice) -> int:
        if len(self._numbers) >= MOST_ITEMS:
            raise BadInput("history-too-many-items", count=MOST_ITEMS)
        number = self._numbers[name] = self._next
        self._next += 1
        part.names.append((number, name))
        return number

    def _commit(self, part: _Slice, block: Block) -> None:
        """Make a block durable. Its part of the list goes first, cut to the length that was durable before: what is in
        the list twice after a crash is written over."""
        before, orders = self.file, part.checked()
        file = replace(
            before,
            read_to=block.end,
            tail=self._source.read_before(block.end),
            lines=before.lines + len(block.rows),
            refused=before.refused + len(part.refused),
            refused_bytes=self.not_taken.add(part.refused, before.refused_bytes),
            unpriced=before.unpriced + part.unpriced,
            clock=self._reader.clock.seen,
            reasons=Counter(before.reasons) + Counter(row.why for row in part.refused),
        )
        self.orders += self._store.history.take(file, orders, part.names)
        self.lines += len(block.rows)
        self.file = file
