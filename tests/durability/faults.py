"""Ways in which a file fails: locked by another, and commits that raise although they are stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pos.store import Store


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program that keeps the whole file for itself."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


class Faulty:
    """A connection whose statements fail as told: `after` says whether they are done all the same."""

    def __init__(self, conn: sqlite3.Connection, statement: str, *, after: bool, times: int = 1) -> None:
        self._conn = conn
        self._statement = statement
        self._after = after
        self.left = times

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        """As the connection does, or with the fault."""
        if self.left and sql.strip().startswith(self._statement):
            self.left -= 1
            if self._after:
                self._conn.execute(sql, *values)
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error
        return self._conn.execute(sql, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._conn, name)


@contextmanager
def failing(store: Store, statement: str = "COMMIT", *, stored: bool, times: int = 1) -> Iterator[Faulty]:
    """Let the next statements of a kind raise an I/O error, after they are done (`stored`) or instead."""
    sound = store.file.conn
    faulty = Faulty(sound, statement, after=stored, times=times)
    store.file.conn = faulty  # type: ignore[assignment]  # stands in for the connection
    try:
        yield faulty
    finally:
        store.file.conn = sound
