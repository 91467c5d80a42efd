"""Orders from before the till, imported in slices; each only once, however often its file is read."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import NamedTuple

from pos.domain.errors import BadInput
from pos.domain.menu.items import Sku
from pos.domain.value import replace, value
from pos.store.acts import Act
from pos.store.file.codec import Json, from_instant, instant_columns, to_json
from pos.store.file.connection import Step, StoreFile, in_parts
from pos.store.learning.baskets import SLICE, Baskets, baskets, packed, unpacked
from pos.store.slices import Slices

SAME_ORDER_MINUTES = 12 * 60
"""Lines with the same number and further apart than this belong to different orders: tills begin their numbers
again."""

MOST_IN_ORDER = 1_000
"""Most different items in an order. With more, the column is not an order number, or it is the same for all rows; every
two items would become a pair."""

ROOM = "PRAGMA cache_size = -32000"  # kilobytes, for this connection alone

REASONS = Json(dict[str, int])

FILE = """
    SELECT id, head, name, how, tail, read_to, lines, refused, refused_bytes, unpriced, clock, above, reasons
    FROM history_file WHERE head = :head
"""
ADD_FILE = """
    INSERT INTO history_file (head, how, tail, name, read_to, lines, refused, refused_bytes, unpriced, at_us, offset_s)
    VALUES (:head, :how, '', :name, 0, 0, 0, 0, 0, :at_us, :offset_s)
"""
MOVE_FILE = """
    UPDATE history_file SET
        tail = :tail, how = :how, read_to = :read_to, lines = :lines, refused = :refused,
        refused_bytes = :refused_bytes, unpriced = :unpriced, clock = :clock, above = :above, reasons = :reasons
    WHERE id = :id
"""
FILES = "SELECT id, name, lines, at_us, offset_s FROM history_file ORDER BY id"
ORDERS_OF_FILES = """
    SELECT file, COUNT(*), MIN(minute), MAX(minute) FROM (
        SELECT o.file, o.minute FROM history_order AS o
        WHERE o.id > :after AND o.id <= :upto AND o.file IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM history_part AS p WHERE p.order_id = o.id)
        UNION ALL
        SELECT p.file, o.minute FROM history_part AS p JOIN history_order AS o ON o.id = p.order_id
        WHERE p.order_id > :after AND p.order_id <= :upto
    ) GROUP BY file
"""
ITEMS = "SELECT id, name, sku, code FROM history_item"
LAST_ITEM = "SELECT COALESCE(MAX(id), 0) FROM history_item"
DROP_ITEM = "DELETE FROM history_item WHERE id = ?"
UNOWNED = "SELECT 1 FROM history_order WHERE file IS NULL LIMIT 1"
ADD_ITEM = "INSERT INTO history_item (id, name, code) VALUES (?, ?, ?)"
MAP_ITEM = "UPDATE history_item SET sku = :sku WHERE name = :name"
FIND = """
    SELECT id, minute, file, items FROM history_order
    WHERE ref = ? AND minute BETWEEN ? AND ? ORDER BY ABS(minute - ?), id
"""
SPAN = """
    SELECT COALESCE((SELECT MIN(minute) FROM history_order), 0), COALESCE((SELECT MAX(minute) FROM history_order), 0)
"""
ADD_ORDER = "INSERT INTO history_order (ref, minute, items, file) VALUES (?, ?, ?, ?)"
SET_ORDER = "UPDATE history_order SET items = :items, file = :file WHERE id = :id"
DROP_ORDER = "DELETE FROM history_order WHERE id = :id"
PARTS = "SELECT file, items FROM history_part WHERE order_id = ? ORDER BY file"
PUT_PART = "INSERT OR REPLACE INTO history_part (order_id, file, items) VALUES (?, ?, ?)"
DROP_PARTS = "DELETE FROM history_part WHERE order_id = :id"
OF_FILE = """
    SELECT o.id FROM history_order AS o
    WHERE o.id > :after AND o.id <= :upto AND +o.minute BETWEEN :first AND :last
        AND (o.file = :file OR EXISTS (SELECT 1 FROM history_part AS p WHERE p.order_id = o.id AND p.file = :file))
    ORDER BY o.id
"""
OWNER = "SELECT file FROM history_order WHERE id = ?"
LAST_ORDER = "SELECT COALESCE(MAX(id), 0) FROM history_order"
DROP_FILE = "DELETE FROM history_file WHERE id = :file"
START_AGAIN = """
    UPDATE history_file SET
        tail = '', read_to = 0, lines = 0, refused = 0, refused_bytes = 0, unpriced = 0, clock = '', above = '',
        reasons = '{}'
    WHERE id = :file
"""
COUNT_AGAIN = "UPDATE learned_state SET basis = '' WHERE id = 1 AND history_id >= :id"
ALL_AGAIN = "UPDATE learned_state SET basis = '' WHERE id = 1"
AFTER = "SELECT id, items FROM history_order WHERE id > :after AND id <= :upto ORDER BY id LIMIT :most"
COUNT = "SELECT COUNT(*) FROM history_order"

WHOLE = -1
"""In place of an item: the whole order."""

EVER = (-(1 << 40), 1 << 40)
"""All minutes."""


@value
class HistoryFile:
    """How far a file has been read: bytes (of Parquet: rows), a digest of those, lines, refused lines, the length of
    their list in bytes, lines without a price; the zones of its times, the order of its last row, and how often each
    reason for refusing a row occurred. `how` is a digest of the columns and options it was read with."""

    id: int
    head: str
    name: str
    how: str = ""
    tail: str = ""
    read_to: int = 0
    lines: int = 0
    refused: int = 0
    refused_bytes: int = 0
    unpriced: int = 0
    clock: str = ""
    above: str = ""
    reasons: Mapping[str, int] = field(default_factory=dict)


@value
class FileInside:
    """An imported file in a list: when it was imported, how many rows were read, how many orders it has and their first
    and last minute since 1970 (unknown for older imports)."""

    id: int
    name: str
    at: datetime
    lines: int
    orders: int = 0
    first: int = 0
    last: int = 0


class PastOrder(NamedTuple):
    """An order of a file: its number there, minutes since 1970 in local time, and its items as `packed` wrote them."""

    ref: str
    minute: int
    items: bytes


@value
class HistoryItem:
    """An item of past orders, the SKU that the manager matched it with, and its code at the old till."""

    id: int
    name: str
    sku: Sku | None
    code: str = ""


@dataclass(slots=True)
class Shared:
    """Orders of a file that another file seems to have, too: with the same number on the same day (`numbers`), and of
    these with the same minute or items (`alike`)."""

    numbers: int = 0
    alike: int = 0

    @property
    def is_same_till(self) -> bool:
        """Whether both files have the same orders. Two tills that both begin at one each day share only numbers."""
        return self.alike * 2 >= self.numbers > 0


class HistoryStore:
    """The past orders of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def known(self, head: str) -> HistoryFile | None:
        """How far the file with that beginning has been read; None if it was not imported."""
        with self._file.reading() as conn:
            return _read_file(conn, head)

    def files(self) -> list[FileInside]:
        """Every imported file with its orders, the earliest first."""
        orders: dict[int, tuple[int, int, int]] = {}
        for span in self._spans():
            with self._file.reading() as conn:
                page = conn.execute(ORDERS_OF_FILES, span).fetchall()
            for file, count, first, last in page:
                before = orders.get(file, (0, first, last))
                orders[file] = before[0] + count, min(before[1], first), max(before[2], last)
        with self._file.reading() as conn:
            rows = conn.execute(FILES).fetchall()
        none = (0, 0, 0)
        return [
            FileInside(file, name, from_instant(*at), lines, *orders.get(file, none)) for file, name, lines, *at in rows
        ]

    def expect_many(self) -> None:
        """Enlarge the page cache for an import. With the usual 2 MB some pages are written and read again before the
        commit: six times as much is written, and an import takes nearly twice as long."""
        with self._file.reading() as conn:
            conn.execute(ROOM)

    def items(self) -> dict[str, HistoryItem]:
        """All items of past orders, by name."""
        with self._file.reading() as conn:
            return {row[1]: HistoryItem(*row) for row in conn.execute(ITEMS)}

    def last_item(self) -> int:
        """The highest number of an item."""
        with self._file.reading() as conn:
            (last,) = conn.execute(LAST_ITEM).fetchone()
        return int(last)

    def share(self, orders: Iterable[PastOrder], own: int, found: dict[int, Shared]) -> None:
        """Add to `found`, by file, which of these orders other files have; 0 stands for older imports."""
        with self._file.reading() as conn:
            first, last = conn.execute(SPAN).fetchone()
            for order in orders:
                if not first - SAME_ORDER_MINUTES <= order.minute <= last + SAME_ORDER_MINUTES:
                    continue
                span = (order.minute - SAME_ORDER_MINUTES, order.minute + SAME_ORDER_MINUTES)
                for _, minute, file, items in conn.execute(FIND, (order.ref, *span, order.minute)):
                    if file != own:
                        one = found.setdefault(file or 0, Shared())
                        one.numbers += 1
                        one.alike += minute == order.minute or items == order.items

    def taking(
        self,
        read: HistoryFile,
        orders: Sequence[PastOrder],
        names: Sequence[tuple[int, str, str]],
        back: Sequence[tuple[str, int, int]] = (),
        same: Container[int] = (),
    ) -> Taking:
        """A slice of a file to import, with its new items and how far the file is read after it, in short steps of
        which the last records this: after an interruption the slice is read again.

        An order that the file has brought already is merged, so that reading a line twice changes nothing; so is one of
        the `same` files with the same number and minute. `back` are lines of earlier slices to take back: number,
        minute and item, or `WHOLE`.
        """
        return Taking(read, orders, names, back, same)

    def count_of(self, file: int, first: int, last: int) -> int:
        """How many orders of a file lie between two minutes."""
        return sum(len(page) for page in self._pages_of(file, first, last))

    def _spans(self) -> Iterator[dict[str, int]]:
        """Ranges of order numbers, short enough that no till waits long while one is read."""
        last = self.last_order()
        return ({"after": after, "upto": after + SLICE} for after in range(0, last + 1, SLICE))

    def _pages_of(self, file: int, first: int = EVER[0], last: int = EVER[1]) -> Iterator[list[int]]:
        """The numbers of a file's orders between two minutes."""
        for span in self._spans():
            with self._file.reading() as conn:
                page = conn.execute(OF_FILE, {"file": file, "first": first, "last": last, **span}).fetchall()
            yield [number for (number,) in page]

    def forgetting(self, file: int, first: int = EVER[0], last: int = EVER[1]) -> Forgetting:
        """What a file brought between two minutes, to be deleted in steps. Orders that another file has, too, stay.
        Only imported rows are touched, never a sale."""
        self.expect_many()
        return Forgetting(file, [number for page in self._pages_of(file, first, last) for number in page])

    def is_nothing_left(self, file: int) -> bool:
        """Whether no order of a file is left. SQLite would check references to the file by reading all orders while
        tills wait, so they are checked here first; none may have been added since."""
        return not any(self._pages_of(file))

    def last_order(self) -> int:
        """The highest number of an order."""
        with self._file.reading() as conn:
            (last,) = conn.execute(LAST_ORDER).fetchone()
        return int(last)

    def has_unowned(self) -> bool:
        """Whether there are orders of older imports, whose file is unknown."""
        with self._file.reading() as conn:
            return conn.execute(UNOWNED).fetchone() is not None

    def dropping(self) -> Slices:
        """The fact that item names are deleted that no order uses and that nobody has matched."""
        used, last = set[int](), 0
        while (part := self.after(last, EVER[1])) is not None:
            used.update(part.items)
            last = part.last
        with self._file.reading() as conn:
            unused = [(number,) for number, _, sku, _ in conn.execute(ITEMS) if number not in used and sku is None]
        gone: list[int] = []

        def drop(numbers: Sequence[tuple[int]], conn: sqlite3.Connection) -> None:
            _drop_items(numbers, conn)
            gone.extend(number for (number,) in numbers)

        def told() -> object:
            dropped = list(gone)
            gone.clear()
            return {"items_dropped": dropped}

        return Slices((partial(drop, some) for some in in_parts(unused)), told)

    def after(self, order_id: int, upto: int) -> Baskets | None:
        """The next orders after a number, up to another; None if there are none."""
        with self._file.reading() as conn:
            return baskets(conn, AFTER, order_id, upto)

    def count(self) -> int:
        """How many past orders there are."""
        with self._file.reading() as conn:
            (count,) = conn.execute(COUNT).fetchone()
        return int(count)


def _add_items(names: Sequence[tuple[int, str, str]], conn: sqlite3.Connection) -> None:
    conn.executemany(ADD_ITEM, names)


@value
class FileAdded:
    """A file of which nothing has been read yet; an earlier one with the same beginning stays. `head` and `how` are
    digests of its beginning and of its columns."""

    head: str
    how: str
    name: str
    at: datetime

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        if _read_file(conn, self.head) is None:
            conn.execute(ADD_FILE, {"head": self.head, "how": self.how, "name": self.name, **instant_columns(self.at)})

    def told(self) -> object:
        return {"history_file": self}


@value
class FileBegunAgain:
    """A file counts as not read. This is written before its orders are deleted, so that an interruption is repaired."""

    file: int

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(START_AGAIN, {"file": self.file})

    def told(self) -> object:
        return {"history_file_again": self.file}


@value
class FileDropped:
    """An empty file is removed from the list. Write it without checking foreign keys: they were checked before."""

    file: int

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(DROP_FILE, {"file": self.file})

    def told(self) -> object:
        return {"history_file_dropped": self.file}


@value
class NamesMapped:
    """Names in past orders are matched with items of the menu; None: an item of its own."""

    mapping: tuple[tuple[str, Sku | None], ...]

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.executemany(MAP_ITEM, [{"name": name, "sku": sku} for name, sku in self.mapping])

    def told(self) -> object:
        return {"names_mapped": self.mapping}


class Forgetting(Slices):
    """Orders of a file to delete; `count` says how many."""

    def __init__(self, file: int, numbers: Sequence[int]) -> None:
        super().__init__((self._step(some) for some in in_parts(numbers)), self._told)
        self.file = file
        self.count = len(numbers)
        self._gone = 0

    def _step(self, numbers: Sequence[int]) -> Step:
        def step(conn: sqlite3.Connection) -> None:
            _forget_parts(numbers, self.file, conn)
            self._gone += len(numbers)

        return step

    def _told(self) -> object:
        gone, self._gone = self._gone, 0
        return {"forgotten": {"file": self.file, "orders": gone}}


class Taking(Slices):
    """A slice of a file to import; `fresh` counts the new orders."""

    def __init__(
        self,
        read: HistoryFile,
        orders: Sequence[PastOrder],
        names: Sequence[tuple[int, str, str]],
        back: Sequence[tuple[str, int, int]],
        same: Container[int],
    ) -> None:
        self._read = read
        self._same = same
        self._last = -1
        self._first_minute = self._last_minute = 0
        self.fresh = self._fresh_told = 0
        super().__init__(self._all_steps(orders, names, back), self._told)

    def _all_steps(
        self,
        orders: Sequence[PastOrder],
        names: Sequence[tuple[int, str, str]],
        back: Sequence[tuple[str, int, int]],
    ) -> Iterator[Step]:
        yield from (partial(_add_items, some) for some in in_parts(names))
        yield from (partial(self.add, some) for some in in_parts(orders))
        yield from (partial(self.take_back, some) for some in in_parts(back))
        yield self.move

    def _told(self) -> object:
        """How many orders were imported since the last fact, and at the end of the slice how many lines are read."""
        fresh, self._fresh_told = self.fresh - self._fresh_told, self.fresh
        lines = None if self.is_left else self._read.lines
        return {"imported": {"file": self._read.id, "orders": fresh, "lines": lines}}

    def add(self, orders: Sequence[PastOrder], conn: sqlite3.Connection) -> None:
        """Add orders, or merge them with the ones that they are. Two orders of a slice are never merged."""
        self._look(conn)
        fresh = [order for order in orders if self._is_outside(order) or not self._joins(conn, order)]
        conn.executemany(ADD_ORDER, [(*order, self._read.id) for order in fresh])
        self.fresh += len(fresh)
        (self._last,) = conn.execute(LAST_ORDER).fetchone()

    def _look(self, conn: sqlite3.Connection) -> None:
        """Find the time range of the stored orders, except this slice's: outside it no order has to be searched."""
        (last,) = conn.execute(LAST_ORDER).fetchone()
        if last != self._last:
            self._first_minute, self._last_minute = conn.execute(SPAN).fetchone()

    def _is_outside(self, order: PastOrder) -> bool:
        first, last = self._first_minute - SAME_ORDER_MINUTES, self._last_minute + SAME_ORDER_MINUTES
        return not first <= order.minute <= last

    def _joins(self, conn: sqlite3.Connection, order: PastOrder) -> bool:
        return _join(conn, order, self._read.id, self._same)

    def take_back(self, lines: Sequence[tuple[str, int, int]], conn: sqlite3.Connection) -> None:
        """Take back lines of earlier slices."""
        for ref, minute, item in lines:
            _take_back(conn, self._read.id, ref, minute, item)

    def move(self, conn: sqlite3.Connection) -> None:
        """Store how far the file is read."""
        conn.execute(MOVE_FILE, {**_as_values(self._read), "reasons": to_json(self._read.reasons)})


def _drop_items(numbers: Sequence[tuple[int]], conn: sqlite3.Connection) -> None:
    conn.executemany(DROP_ITEM, numbers)
    conn.execute(ALL_AGAIN)


def _read_file(conn: sqlite3.Connection, head: str) -> HistoryFile | None:
    row = conn.execute(FILE, {"head": head}).fetchone()
    return None if row is None else replace(HistoryFile(*row[:-1]), reasons=REASONS.read(row[-1]))


def _as_values(read: HistoryFile) -> dict[str, str | int]:
    names = ("id", "tail", "how", "read_to", "lines", "refused", "refused_bytes", "unpriced", "clock", "above")
    return {name: getattr(read, name) for name in names}


def _find(conn: sqlite3.Connection, ref: str, minute: int, file: int, same: Container[int]) -> ImportedOrder | None:
    """The order with a number in the file, or in one of the same files; None if there is none."""
    span = (minute - SAME_ORDER_MINUTES, minute + SAME_ORDER_MINUTES)
    for number, at, owner, items in conn.execute(FIND, (ref, *span, minute)):
        if owner == file or (at == minute and (owner or 0) in same):
            return ImportedOrder(number, owner, set(unpacked(items)))
    return None


@dataclass(frozen=True, slots=True)
class ImportedOrder:
    """A stored order: its number, its file, and its items."""

    id: int
    file: int | None
    items: set[int]


def _join(conn: sqlite3.Connection, order: PastOrder, file: int, same: Container[int]) -> bool:
    """Merge an order with the stored one. Returns whether there is one."""
    found = _find(conn, order.ref, order.minute, file, same)
    if found is None:
        return False
    items = set(unpacked(order.items))
    joined = found.items | items
    check_size(order.ref, len(joined))
    parts = {owner: set(unpacked(items)) for owner, items in conn.execute(PARTS, (found.id,))}
    if parts or found.file not in (file, None):
        before = parts.get(file, set[int]())
        parts = parts or {found.file or file: found.items}
        parts[file] = before | items
        conn.executemany(PUT_PART, [(found.id, owner, packed(items)) for owner, items in parts.items()])
    if joined != found.items or found.file is None:
        conn.execute(SET_ORDER, {"id": found.id, "items": packed(joined), "file": found.file or file})
    if joined != found.items:
        conn.execute(COUNT_AGAIN, {"id": found.id})
    return True


def _take_back(conn: sqlite3.Connection, file: int, ref: str, minute: int, item: int) -> None:
    """Remove an item, or all, from an order that the file brought in an earlier slice."""
    found = _find(conn, ref, minute, file, ())
    if found is None or (item != WHOLE and item not in found.items):
        return
    left = set[int]() if item == WHOLE else found.items - {item}
    if left:
        conn.execute(SET_ORDER, {"id": found.id, "items": packed(left), "file": found.file})
        conn.execute(COUNT_AGAIN, {"id": found.id})
    else:
        _forget_part(conn, found.id, found.file, file)
        conn.execute(ALL_AGAIN)


def _forget_parts(numbers: Sequence[int], file: int, conn: sqlite3.Connection) -> None:
    """Remove a file's parts of orders, and mark everything to be counted again."""
    for number in numbers:
        row = conn.execute(OWNER, (number,)).fetchone()
        if row is not None:
            _forget_part(conn, number, row[0], file)
    conn.execute(ALL_AGAIN)


def _forget_part(conn: sqlite3.Connection, number: int, owner: int | None, file: int) -> None:
    """Remove a file's part of an order; the order goes when no other file holds it."""
    parts = {one: set(unpacked(items)) for one, items in conn.execute(PARTS, (number,)) if one != file}
    conn.execute(DROP_PARTS, {"id": number})
    if not parts:
        conn.execute(DROP_ORDER, {"id": number})
        return
    kept = owner if owner in parts else min(parts)
    conn.execute(SET_ORDER, {"id": number, "items": packed(set().union(*parts.values())), "file": kept})
    if len(parts) > 1:
        conn.executemany(PUT_PART, [(number, one, packed(items)) for one, items in parts.items()])


def check_size(ref: str, items: int) -> None:
    """Raises `BadInput` `history-order-too-large` for more different items than anybody orders at once."""
    if items > MOST_IN_ORDER:
        raise BadInput("history-order-too-large", order=ref, count=MOST_IN_ORDER)
