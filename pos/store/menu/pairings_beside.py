"""Loads many pairings: they are written to a second table, which then replaces the first at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TypeAlias
from uuid import uuid4

from pos.store.file.connection import Step, StoreFile, in_parts

FEW = 300
"""The most pairings written together with their menu; more would hold the lock for too long."""

PairingRow: TypeAlias = tuple[str | int, ...]
"""A row as `pairings.ADD` takes it."""

TABLE = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'pairing'"
INDEX = "SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = 'pairing_id'"
ADD_INDEX = "CREATE UNIQUE INDEX pairing_id ON pairing_next(id)"
ADD_OTHER_INDEX = "CREATE UNIQUE INDEX pairing_id_too ON pairing_next(id)"
ADD = """
    INSERT INTO pairing_next (
        trigger_kind, trigger_id, rank, id, place, offered, words_id, priority, margin_minor, origin, retired
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
SWITCH = ("ALTER TABLE pairing RENAME TO pairing_old", "ALTER TABLE pairing_next RENAME TO pairing")

EXISTS = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?"
# What an interrupted load may have left. A table is emptied in parts, because dropping a full one takes long.
LEFT = {
    "pairing_next": (
        """
        DELETE FROM pairing_next WHERE (trigger_kind, trigger_id, rank) IN (
            SELECT trigger_kind, trigger_id, rank FROM pairing_next LIMIT 100
        )
        """,
        "DROP TABLE pairing_next",
    ),
    "pairing_old": (
        """
        DELETE FROM pairing_old WHERE (trigger_kind, trigger_id, rank) IN (
            SELECT trigger_kind, trigger_id, rank FROM pairing_old LIMIT 100
        )
        """,
        "DROP TABLE pairing_old",
    ),
}

LOADING = "menu-loading"
MARK = "INSERT OR REPLACE INTO shop_setting (key, value) VALUES (:key, :value)"
MARKED = "SELECT value FROM shop_setting WHERE key = :key"
UNMARK = "DELETE FROM shop_setting WHERE key = :key"


class OvertakenError(Exception):
    """Somebody else has begun to load a menu."""


class PairingsBeside:
    """The pairings of one menu, in a table of their own until `switch`."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file
        self._mark = uuid4().hex

    def write(self, rows: Sequence[PairingRow]) -> None:
        """Write the pairings, in slices. Call it, and `switch`, without checking foreign keys: their menu is not stored
        yet. Raises `OvertakenError`."""
        with self._file.writing() as conn:
            conn.execute(MARK, {"key": LOADING, "value": self._mark})
        clear(self._file)
        self._file.write_in_slices(self._steps(rows))

    def _steps(self, rows: Sequence[PairingRow]) -> Iterator[Step]:
        yield self._create
        yield from (partial(self._add, some) for some in in_parts(rows))

    def _create(self, conn: sqlite3.Connection) -> None:
        self.check(conn)
        (table,) = conn.execute(TABLE).fetchone()
        conn.execute(str(table).replace("pairing", "pairing_next", 1))
        conn.execute(ADD_INDEX if conn.execute(INDEX).fetchone() is None else ADD_OTHER_INDEX)

    def _add(self, rows: Sequence[PairingRow], conn: sqlite3.Connection) -> None:
        self.check(conn)
        conn.executemany(ADD, rows)

    def check(self, conn: sqlite3.Connection) -> None:
        """Raises `OvertakenError` when somebody else has begun to load a menu."""
        if conn.execute(MARKED, {"key": LOADING}).fetchone() != (self._mark,):
            raise OvertakenError

    def switch(self, conn: sqlite3.Connection) -> None:
        """Replace the pairings, inside the transaction that replaces the menu."""
        self.check(conn)
        for statement in SWITCH:
            conn.execute(statement)
        conn.execute(UNMARK, {"key": LOADING})


def clear(file: StoreFile) -> None:
    """Delete left-over pairings that no till reads, in slices."""
    with file.reading() as conn:
        there = [name for name in LEFT if conn.execute(EXISTS, (name,)).fetchone() is not None]
    for name in there:
        file.write_in_slices(_emptying(name))


def _emptying(name: str) -> Iterator[Step]:
    cut, drop = LEFT[name]
    is_there = True

    def step(conn: sqlite3.Connection) -> None:
        nonlocal is_there
        if conn.execute(EXISTS, (name,)).fetchone() is None:
            is_there = False
        elif not conn.execute(cut).rowcount:
            conn.execute(drop)
            is_there = False

    while is_there:
        yield step
