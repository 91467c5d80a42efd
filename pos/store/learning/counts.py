"""Counts over all orders, stored, so that only new orders have to be counted."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from uuid import uuid4

from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import from_instant
from pos.store.file.connection import Step, StoreFile, in_parts
from pos.store.learning.baskets import Baskets, baskets, unpacked

STATE = """
    SELECT basis, sale_id, history_id, orders, unapproved FROM learned_state WHERE id = 1
"""
MOVE = """
    UPDATE learned_state SET basis = :basis, sale_id = :sale_id, history_id = :history_id, orders = :orders WHERE id = 1
"""
SET_BASIS = "UPDATE learned_state SET basis = :basis WHERE id = 1"
ADDING = "adding "
SET_UNAPPROVED = "UPDATE learned_state SET unapproved = :unapproved WHERE id = 1"
LAST_SALE = "SELECT COALESCE(MAX(sale_id), 0) FROM sale_basket"
LAST_HISTORY = "SELECT COALESCE(MAX(id), 0) FROM history_order"
SALES = """
    SELECT sale_id, items FROM sale_basket WHERE sale_id > :after AND sale_id <= :upto ORDER BY sale_id LIMIT :most
"""
LATEST_SALES = """
    SELECT b.sale_id, s.paid_us, s.paid_offset_s, b.items FROM sale_basket AS b JOIN sale AS s ON s.id = b.sale_id
    WHERE b.sale_id < :before ORDER BY b.sale_id DESC LIMIT :most
"""
LATEST_HISTORY = """
    SELECT id, minute, items FROM history_order
    WHERE minute <= :minute AND (minute, id) < (:minute, :id) ORDER BY minute DESC, id DESC LIMIT :most
"""
SKUS = "SELECT id, sku FROM sold_sku"
KINS = "SELECT id, kin, orders FROM learned_kin"
PAIRS = """
    SELECT one, other, orders FROM learned_pair WHERE (one, other) > (:one, :other) ORDER BY one, other LIMIT :most
"""
PAGE = 2_000
"""Rows read at a time: some milliseconds, in which no till can commit."""

ALL = 1 << 60
ADD_KIN = """
    INSERT INTO learned_kin (id, kin, orders) VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET orders = orders + excluded.orders
"""
ADD_PAIR = """
    INSERT INTO learned_pair (one, other, orders) VALUES (?, ?, ?)
    ON CONFLICT (one, other) DO UPDATE SET orders = orders + excluded.orders
"""
# SQLite empties a table with foreign keys row by row, a microsecond each.
FORGET_PAIRS = """
    DELETE FROM learned_pair WHERE (one, other) IN (SELECT one, other FROM learned_pair LIMIT 500)
"""
FORGET_KINS = "DELETE FROM learned_kin"


@value
class CountState:
    """How far orders are counted, and for which grouping of items (`basis`)."""

    basis: str
    sale_id: int
    history_id: int
    orders: int
    unapproved: bool


@value
class Counted:
    """All counts: kins by number with their orders, and the orders that contain both of a pair of numbers."""

    orders: int
    kins: Mapping[int, tuple[str, int]]
    pairs: Mapping[tuple[int, int], int]


class CountStore:
    """The counts of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def state(self) -> CountState:
        """How far the counting has come."""
        with self._file.reading() as conn:
            return _state(conn)

    def last(self) -> tuple[int, int]:
        """The numbers of the last sale and of the last order of a history."""
        with self._file.reading() as conn:
            (sale_id,) = conn.execute(LAST_SALE).fetchone()
            (history_id,) = conn.execute(LAST_HISTORY).fetchone()
        return int(sale_id), int(history_id)

    def skus(self) -> dict[int, str]:
        """Everything ever sold, by its number in baskets."""
        with self._file.reading() as conn:
            return dict(conn.execute(SKUS))

    def sales(self, after: int, upto: int) -> Baskets | None:
        """The next sales after a number, up to another; None if there are none."""
        with self._file.reading() as conn:
            return baskets(conn, SALES, after, upto)

    def latest_sales(self, most: int) -> list[tuple[datetime, array[int]]]:
        """The latest sales: when they were paid, in local time, and the numbers of the items."""
        rows, before = list[tuple[int, int, int, bytes]](), ALL
        while len(rows) < most:
            with self._file.reading() as conn:
                values = {"before": before, "most": min(PAGE, most - len(rows))}
                page = conn.execute(LATEST_SALES, values).fetchall()
            if not page:
                break
            rows += page
            before = page[-1][0]
        with self._file.errors():
            return [(from_instant(*paid_at), unpacked(items)) for _, *paid_at, items in rows]

    def latest_history(self, most: int) -> list[tuple[int, array[int]]]:
        """The latest orders from before the till: minutes since 1970 in local time, and item numbers."""
        rows, minute, number = list[tuple[int, int, bytes]](), ALL, ALL
        while len(rows) < most:
            with self._file.reading() as conn:
                values = {"minute": minute, "id": number, "most": min(PAGE, most - len(rows))}
                page = conn.execute(LATEST_HISTORY, values).fetchall()
            if not page:
                break
            rows += page
            number, minute, _ = page[-1]
        return [(at, unpacked(items)) for _, at, items in rows]

    def add(
        self,
        before: CountState,
        now: CountState,
        kins: Mapping[int, tuple[str, int]],
        pairs: Mapping[tuple[int, int], int],
    ) -> bool:
        """Add the counts of a slice, in short transactions. Counts of another basis are deleted first.

        Meanwhile the basis is a mark of this addition: after an interruption, the counts have no valid basis and
        everything is counted again. Returns False if somebody else counts at the same time, or changed what is counted.
        """
        mark = f"{ADDING}{uuid4().hex}"
        with self._file.writing() as conn:
            found = _state(conn)
            if (found.basis, found.sale_id, found.history_id) != (before.basis, before.sale_id, before.history_id):
                return False
            conn.execute(SET_BASIS, {"basis": mark})
        adding = _Adding(mark, now)

        def steps() -> Iterator[Step]:
            while now.basis != before.basis and not adding.has_forgotten:
                yield adding.forget
            added = [(number, kin, orders) for number, (kin, orders) in kins.items()]
            yield from (partial(adding.add, ADD_KIN, some) for some in in_parts(added))
            together = [(one, other, orders) for (one, other), orders in sorted(pairs.items())]
            yield from (partial(adding.add, ADD_PAIR, some) for some in in_parts(together))
            yield adding.move

        self._file.write_in_slices(steps())
        return not adding.is_overtaken

    def kins(self) -> dict[str, int]:
        """The numbers of all kins."""
        with self._file.reading() as conn:
            return {kin: number for number, kin, _ in conn.execute(KINS)}

    def counted(self) -> Counted:
        """All counts, as of one moment: read in pages, and again if somebody counted meanwhile."""
        while True:
            before = self.state()
            with self._file.reading() as conn:
                kins = {number: (kin, orders) for number, kin, orders in conn.execute(KINS).fetchall()}
            pairs = self._pairs()
            if self.state() == before:
                return Counted(before.orders, kins, pairs)

    def _pairs(self) -> dict[tuple[int, int], int]:
        found, last = dict[tuple[int, int], int](), (0, 0)
        while True:
            with self._file.reading() as conn:
                page = conn.execute(PAIRS, {"one": last[0], "other": last[1], "most": PAGE}).fetchall()
            found.update(((one, other), orders) for one, other, orders in page)
            if len(page) < PAGE:
                return found
            last = page[-1][:2]


@value
class UnapprovedLet:
    """Learned pairings may be asked before anybody has approved them, or not."""

    unapproved: bool

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(SET_UNAPPROVED, {"unapproved": self.unapproved})

    def told(self) -> object:
        return {"unapproved": self.unapproved}


class _Adding:
    """The fact that counts are added, unless somebody else counts."""

    def __init__(self, mark: str, now: CountState) -> None:
        self._mark = mark
        self._now = now
        self.is_overtaken = self.has_forgotten = False

    def forget(self, conn: sqlite3.Connection) -> None:
        """Delete some counts of another basis."""
        if not self._is_mine(conn):
            self.has_forgotten = True
        elif not conn.execute(FORGET_PAIRS).rowcount:
            conn.execute(FORGET_KINS)
            self.has_forgotten = True

    def add(self, sql: str, rows: Sequence[tuple[int | str, ...]], conn: sqlite3.Connection) -> None:
        """Add some counts."""
        if self._is_mine(conn):
            conn.executemany(sql, rows)

    def move(self, conn: sqlite3.Connection) -> None:
        """Store how far orders are counted now."""
        if self._is_mine(conn):
            now = self._now
            values = {"sale_id": now.sale_id, "history_id": now.history_id, "orders": now.orders}
            conn.execute(MOVE, {"basis": now.basis, **values})

    def _is_mine(self, conn: sqlite3.Connection) -> bool:
        """Whether nobody else began to count since."""
        self.is_overtaken = self.is_overtaken or _state(conn).basis != self._mark
        return not self.is_overtaken


def _state(conn: sqlite3.Connection) -> CountState:
    basis, sale_id, history_id, orders, unapproved = conn.execute(STATE).fetchone()
    return CountState(basis, sale_id, history_id, orders, bool(unapproved))
