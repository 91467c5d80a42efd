"""Ways in which a file fails: locked by another, commits that raise although they are stored, processes that die."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable, Iterable, Iterator
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


class Counted:
    """A connection whose statements are counted from 1, each row of `executemany` as one; `at` is called with the
    number and the statement before it is done, and again, with True, after."""

    def __init__(self, conn: sqlite3.Connection, at: Callable[[int, str, bool], None]) -> None:
        self._conn = conn
        self._at = at
        self.count = 0

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        """As the connection does."""
        self.count += 1
        number = self.count
        self._at(number, sql, False)
        cursor = self._conn.execute(sql, *values)
        try:
            self._at(number, sql, True)
        except BaseException:
            cursor.close()  # as a statement does that fails by itself
            raise
        return cursor

    def executemany(self, sql: str, rows: Iterable[Any]) -> None:
        """As the connection does, a row at a time."""
        for row in rows:
            self.execute(sql, row)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._conn, name)


@contextmanager
def counted(store: Store, at: Callable[[int, str, bool], None]) -> Iterator[Counted]:
    """Count the statements of a store's file, as `Counted` does."""
    sound = store.file.conn
    store.file.conn = stand_in = Counted(sound, at)  # type: ignore[assignment]  # stands in for the connection
    try:
        yield stand_in
    finally:
        store.file.conn = sound


def dying(statement: int, *, after: bool) -> Callable[[int, str, bool], None]:
    """For `counted`: the end of the process at one of its statements, before or after it is done."""

    def at(number: int, sql: str, is_done: bool) -> None:
        if number == statement and is_done is after:
            os.kill(os.getpid(), signal.SIGKILL)

    return at


def raising(statement: int, *, after: bool) -> Callable[[int, str, bool], None]:
    """For `counted`: an I/O error at one of the statements, in place of it or after it is done."""

    def at(number: int, sql: str, is_done: bool) -> None:
        if number == statement and is_done is after:
            raise io_error()

    return at


def io_error() -> sqlite3.OperationalError:
    """The error that SQLite raises where the disk fails."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    return error


class Faulty:
    """A connection whose statements fail as asked. `after` says whether they are done all the same."""

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
            raise io_error()
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
