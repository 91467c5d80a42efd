"""Orders from before the till: taken in slices, each once however often its file is read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field, replace
from datetime import datetime

from pos.domain.errors import BadInput
from pos.domain.items import Sku
from pos.domain.value import value
from pos.store.baskets import Baskets, baskets, packed, unpacked
from pos.store.codec import Json, to_json
from pos.store.file import StoreFile

SAME_ORDER_MINUTES = 12 * 60
"""Lines with the same number further apart than this are of different orders: numbers start again."""

MOST_IN_ORDER = 1_000
"""An order that holds more different items is not one: its number is the same for all, or another column's. Every two
of them would be a pair."""

ROOM = "PRAGMA cache_size = -32000"  # kilobytes, for this connection alone

REASONS = Json(dict[str, int])

FILE = """
    SELECT id, head, name, tail, read_to, lines, refused, refused_bytes, unpriced, clock, reasons
    FROM history_file WHERE head = :head
"""
ADD_FILE = """
    INSERT INTO history_file (head, tail, name, read_to, lines, refused, refused_bytes, unpriced, at)
    VALUES (:head, '', :name, 0, 0, 0, 0, 0, :at)
"""
MOVE_FILE = """
    UPDATE history_file SET
        tail = :tail, read_to = :read_to, lines = :lines, refused = :refused, refused_bytes = :refused_bytes,
        unpriced = :unpriced, clock = :clock, reasons = :reasons
    WHERE id = :id
"""
ITEMS = "SELECT id, name, sku FROM history_item"
ADD_ITEM = "INSERT INTO history_item (id, name) VALUES (?, ?)"
MAP_ITEM = "UPDATE history_item SET sku = :sku WHERE name = :name"
FIND = """
    SELECT id, items FROM history_order WHERE ref = ? AND minute BETWEEN ? AND ? ORDER BY ABS(minute - ?), id LIMIT 1
"""
SPAN = """
    SELECT COALESCE((SELECT MIN(minute) FROM history_order), 0), COALESCE((SELECT MAX(minute) FROM history_order), 0)
"""
ADD_ORDER = "INSERT INTO history_order (ref, minute, items) VALUES (?, ?, ?)"
GROW_ORDER = "UPDATE history_order SET items = :items WHERE id = :id"
COUNT_AGAIN = "UPDATE learned_state SET basis = '' WHERE id = 1 AND history_id >= :id"
AFTER = "SELECT id, items FROM history_order WHERE id > :after AND id <= :upto ORDER BY id LIMIT :most"
COUNT = "SELECT COUNT(*) FROM history_order"


@value
class HistoryFile:
    """How far a file has been read: bytes (of Parquet: rows), a digest of what that was, lines, those refused, the
    length of their list in bytes, and those without a price; the zones of its times, and how often each reason for not
    taking a row came."""

    id: int
    head: str
    name: str
    tail: str = ""
    read_to: int = 0
    lines: int = 0
    refused: int = 0
    refused_bytes: int = 0
    unpriced: int = 0
    clock: str = ""
    reasons: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class PastOrder:
    """An order of a file: its number there, minutes since 1970 on the shop's own clock, and its items' numbers."""

    ref: str
    minute: int
    items: set[int]


@value
class HistoryItem:
    """Something that a history names, and the SKU that the manager said it is."""

    id: int
    name: str
    sku: Sku | None


class HistoryStore:
    """The past orders of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def file(self, head: str, name: str, at: datetime) -> HistoryFile:
        """How far the file with that beginning has been read; a new one not at all."""
        with self._file.writing() as conn:
            row = conn.execute(FILE, {"head": head}).fetchone()
            if row is None:
                conn.execute(ADD_FILE, {"head": head, "name": name, "at": at.isoformat()})
                row = conn.execute(FILE, {"head": head}).fetchone()
        with self._file.errors():
            return replace(HistoryFile(*row[:-1]), reasons=REASONS.read(row[-1]))

    def expect_many(self) -> None:
        """Make room for the pages that a slice changes: in the usual 2 MB some are written, and read again, before the
        commit; six times as much is written for it, and an import takes nearly twice as long."""
        with self._file.reading() as conn:
            conn.execute(ROOM)

    def items(self) -> dict[str, HistoryItem]:
        """All that past orders name, by the name."""
        with self._file.reading() as conn:
            return {name: HistoryItem(number, name, sku) for number, name, sku in conn.execute(ITEMS)}

    def take(self, read: HistoryFile, orders: Sequence[PastOrder], names: Sequence[tuple[int, str]]) -> int:
        """Put a slice of a file in, with the items named in it for the first time and how far the file is read now,
        in one durable transaction. Gives how many of the orders are new: of one that is there already its items are
        joined, so that reading a line twice changes nothing."""
        with self._file.writing() as conn:
            conn.executemany(ADD_ITEM, names)
            first, last = conn.execute(SPAN).fetchone()
            fresh = [
                order
                for order in orders
                if not first - SAME_ORDER_MINUTES <= order.minute <= last + SAME_ORDER_MINUTES or not _join(conn, order)
            ]
            conn.executemany(ADD_ORDER, [(order.ref, order.minute, packed(order.items)) for order in fresh])
            conn.execute(
                MOVE_FILE,
                {
                    "id": read.id,
                    "tail": read.tail,
                    "read_to": read.read_to,
                    "lines": read.lines,
                    "refused": read.refused,
                    "refused_bytes": read.refused_bytes,
                    "unpriced": read.unpriced,
                    "clock": read.clock,
                    "reasons": to_json(read.reasons),
                },
            )
        return len(fresh)

    def map_items(self, mapping: Iterable[tuple[str, Sku | None]]) -> int:
        """Say which item of the menu a name is; gives how many of the names past orders have."""
        with self._file.writing() as conn:
            return sum([conn.execute(MAP_ITEM, {"name": name, "sku": sku}).rowcount for name, sku in mapping])

    def after(self, order_id: int, upto: int) -> Baskets | None:
        """The next orders behind a number and up to another; None if there are none."""
        with self._file.reading() as conn:
            return baskets(conn, AFTER, order_id, upto)

    def count(self) -> int:
        """How many past orders there are."""
        with self._file.reading() as conn:
            (count,) = conn.execute(COUNT).fetchone()
        return int(count)


def _join(conn: sqlite3.Connection, order: PastOrder) -> bool:
    """Join an order to the one that it is, and say whether there is one."""
    first, last = order.minute - SAME_ORDER_MINUTES, order.minute + SAME_ORDER_MINUTES
    found = conn.execute(FIND, (order.ref, first, last, order.minute)).fetchone()
    if found is None:
        return False
    number, items = found
    there = set(unpacked(items))
    if not order.items <= there:
        joined = order.items | there
        check_size(order.ref, joined)
        conn.execute(GROW_ORDER, {"id": number, "items": packed(joined)})
        conn.execute(COUNT_AGAIN, {"id": number})
    return True


def check_size(ref: str, items: Sized) -> None:
    """Raises `BadInput` `history-order-too-large` for more different items than anybody orders at once."""
    if len(items) > MOST_IN_ORDER:
        raise BadInput("history-order-too-large", order=ref, count=MOST_IN_ORDER)
