"""A connection by apsw that answers as sqlite3's does, as far as the store needs it, so that the till runs on a file
system that a test has made."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

import apsw

from pos.store import Store
from pos.store.file.connection import FOREIGN_KEYS, JOURNAL_MODE, SYNCHRONOUS, TRUSTED_SCHEMA

Parameters: TypeAlias = Sequence[Any] | Mapping[str, Any]


class NamedRow(tuple[Any, ...]):
    """A row that is read by column name, as `sqlite3.Row` is."""

    names: tuple[str, ...]

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(self.names.index(key) if isinstance(key, str) else key)

    def keys(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.names


class StandInCursor:
    """The rows of one statement, all of them read at once."""

    def __init__(self, conn: apsw.Connection) -> None:
        self._conn = conn
        self._rows: Iterator[tuple[Any, ...]] = iter(())
        self.row_factory: object = None
        self.rowcount = -1
        self.lastrowid = 0

    def execute(self, sql: str, parameters: Parameters = ()) -> StandInCursor:
        """As a cursor of sqlite3 does. Raises its errors."""
        before = self._conn.total_changes()
        try:
            self._rows = iter(self._read(sql, parameters))
        except apsw.Error as error:
            raise translated(error) from error
        changed = self._conn.total_changes() != before
        self.rowcount = self._conn.changes() if changed else 0
        self.lastrowid = self._conn.last_insert_rowid()
        return self

    def _read(self, sql: str, parameters: Parameters) -> list[tuple[Any, ...]]:
        cursor = self._conn.cursor()
        rows: list[tuple[Any, ...]] = []
        names: tuple[str, ...] = ()
        for row in cursor.execute(sql, parameters):
            if self.row_factory is None:
                rows.append(row)
                continue
            names = names or tuple(column[0] for column in cursor.get_description())
            named = NamedRow(row)
            named.names = names
            rows.append(named)
        return rows

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row, or None."""
        return next(self._rows, None)

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rows that are left."""
        return list(self._rows)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return self._rows

    def close(self) -> None:
        """Forget the rows."""
        self._rows = iter(())


class StandInConnection:
    """One connection through a file system of apsw."""

    def __init__(self, path: str, vfs: str) -> None:
        self._conn = apsw.Connection(path, vfs=vfs)
        for pragma in (JOURNAL_MODE, SYNCHRONOUS, FOREIGN_KEYS, TRUSTED_SCHEMA):
            self.execute(pragma)

    def cursor(self) -> StandInCursor:
        """A new cursor."""
        return StandInCursor(self._conn)

    def execute(self, sql: str, parameters: Parameters = ()) -> StandInCursor:
        """What a new cursor gives."""
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, rows: Iterable[Parameters]) -> StandInCursor:
        """A statement for each row."""
        cursor = self.cursor()
        for row in rows:
            cursor.execute(sql, row)
        return cursor

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._conn.in_transaction

    @property
    def total_changes(self) -> int:
        """How many rows were changed through this connection."""
        return self._conn.total_changes()

    def close(self) -> None:
        """Let go of the file."""
        self._conn.close()


KINDS = {
    apsw.ConstraintError: sqlite3.IntegrityError,
    apsw.CorruptError: sqlite3.DatabaseError,
    apsw.NotADBError: sqlite3.DatabaseError,
}
"""All others are operational errors."""


def translated(error: apsw.Error) -> sqlite3.Error:
    """The error that sqlite3 would have raised."""
    kind = next((ours for theirs, ours in KINDS.items() if isinstance(error, theirs)), sqlite3.OperationalError)
    made = kind(str(error))
    made.sqlite_errorcode = getattr(error, "extendedresult", 0) or getattr(error, "result", 0)
    return made


@contextmanager
def on_vfs(store: Store, vfs: str) -> Iterator[None]:
    """Let a store use a file system of apsw for the time being, in place of the machine's."""
    store.file.conn.close()
    stand_in = StandInConnection(str(store.path), vfs)
    store.file.conn = stand_in  # type: ignore[assignment]  # answers as one does
    try:
        yield
    finally:
        stand_in.close()
