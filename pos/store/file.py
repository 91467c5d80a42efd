"""One connection to the till's file: its pragmas, its transactions, and its errors in the till's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from pos.domain.errors import StoreError

APPLICATION_ID = 0x706F7331
"""What tells the till's files from other programs' SQLite files."""

SET_APPLICATION_ID = "PRAGMA application_id = 1886352177"  # the same; a pragma takes no parameters

JOURNAL_MODE = "PRAGMA journal_mode = DELETE"
SYNCHRONOUS = "PRAGMA synchronous = EXTRA"
FOREIGN_KEYS = "PRAGMA foreign_keys = ON"
TRUSTED_SCHEMA = "PRAGMA trusted_schema = OFF"

WANTED = (
    ("PRAGMA journal_mode", "delete"),
    ("PRAGMA synchronous", 3),
    ("PRAGMA foreign_keys", 1),
    ("PRAGMA trusted_schema", 0),
)
"""What every open connection must answer: a rollback journal (WAL with two connections corrupts files before SQLite
3.51.3), a commit that outlives a power cut, and references that hold."""

_IDS = {
    sqlite3.SQLITE_BUSY: "database-locked",
    sqlite3.SQLITE_LOCKED: "database-locked",
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_READONLY: "database-read-only",
    sqlite3.SQLITE_READONLY_DIRECTORY: "database-unwritable",
    sqlite3.SQLITE_READONLY_DBMOVED: "database-moved",
    sqlite3.SQLITE_NOTADB: "not-a-database",
    sqlite3.SQLITE_IOERR: "database-unwritable",
    sqlite3.SQLITE_CANTOPEN: "database-unwritable",
    sqlite3.SQLITE_PERM: "database-unwritable",
    sqlite3.SQLITE_AUTH: "database-unwritable",
    sqlite3.SQLITE_NOMEM: "database-unwritable",
    sqlite3.SQLITE_MISUSE: "database-unwritable",
}
"""By result code, extended or primary; what is left over (corrupt pages, missing tables, broken rules) is damage."""


WHEN_MOVED = (
    "database-damaged",
    "database-moved",
    "database-read-only",
    "database-unwritable",
    "not-a-database",
)
"""How a file answers that was moved, replaced or emptied while it was open."""


class Unreadable(Exception):
    """A stored text that is not what this program writes."""


class StoreFile:
    """The file and its one connection, used by one thread."""

    def __init__(self, path: Path, wait: float) -> None:
        self.path = path
        self.before_write: Callable[[sqlite3.Connection], None] | None = None
        """Looks at the file at the beginning of each writing transaction; what it raises ends that one."""
        self._opened: tuple[int, int] | None = None
        with self.errors():
            self.conn = sqlite3.connect(path, timeout=wait, isolation_level=None)
        try:
            with self.errors():
                self._set_pragmas()
            self._opened = _which(path)
        except BaseException:
            self.conn.close()
            raise

    def _set_pragmas(self) -> None:
        for pragma in (JOURNAL_MODE, SYNCHRONOUS, FOREIGN_KEYS, TRUSTED_SCHEMA):
            self.conn.execute(pragma).fetchall()
        for question, wanted in WANTED:
            if self.conn.execute(question).fetchall() != [(wanted,)]:
                raise StoreError("database-unwritable", path=self.path)

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn what SQLite raises into `StoreError`; every way out of the store leads through here."""
        try:
            yield
        except sqlite3.Error as error:
            told = message_id(error)
            became = self._became() if told in WHEN_MOVED else None
            raise StoreError(became or told, path=self.path) from error
        except (Unreadable, UnicodeDecodeError) as error:  # a name in the schema, or in an error of SQLite's
            raise StoreError(self._became() or "database-damaged", path=self.path) from error

    def _became(self) -> str | None:
        """What happened to the file since it was opened: moved, replaced or emptied; None if it is as it was."""
        if self._opened is None:
            return None
        now = _which(self.path)
        if now is None:
            return "database-moved"
        if now != self._opened:
            return "database-replaced"
        return "database-emptied" if not self.path.stat().st_size else None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for one statement or for several that need not agree."""
        with self.errors():
            yield self.conn

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """The connection, for several statements that see one state of the file; writers wait meanwhile."""
        with self.errors(), self._transaction("BEGIN"):
            yield self.conn

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection, in one durable transaction: all of it is on the disk at the end, or none.

        A commit that raised may be stored all the same: whoever tries again looks first.
        """
        with self.errors(), self._transaction("BEGIN IMMEDIATE"):
            if self.before_write is not None:
                self.before_write(self.conn)
            yield self.conn

    @contextmanager
    def rebuilding(self) -> Iterator[sqlite3.Connection]:
        """As `writing`, without checking references meanwhile: a table that others refer to can be made anew."""
        with self.errors():
            self.conn.execute("PRAGMA foreign_keys = OFF")
        try:
            with self.writing() as conn:
                yield conn
        finally:
            with self.errors():
                self.conn.execute(FOREIGN_KEYS)

    def prove_writable(self) -> None:
        """Change a page and take it back: `BEGIN IMMEDIATE` alone lets a read-only file pass.

        Raises `StoreError` for a file that cannot be changed, or a folder that takes no journal.
        """
        with self.errors():
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                self.conn.execute(SET_APPLICATION_ID)
            finally:
                with suppress(sqlite3.Error):
                    self.conn.execute("ROLLBACK")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self.conn.execute(begin)
        try:
            yield
            self.conn.execute("COMMIT")
        except BaseException:
            # Some errors end the transaction by themselves, and the first error is the one to tell.
            with suppress(sqlite3.Error):
                if self.conn.in_transaction:
                    self.conn.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Let go of the file; twice is once."""
        with self.errors():
            self.conn.close()


def _which(path: Path) -> tuple[int, int] | None:
    """The device and number of the file that a path leads to; None where there is none, or nobody may look."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def named_rows(
    conn: sqlite3.Connection, sql: str, values: Mapping[str, str | int | None] | None = None
) -> list[sqlite3.Row]:
    """All rows of a wide query, read by column name."""
    cursor = conn.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(sql, values or {}).fetchall()


def message_id(error: sqlite3.Error) -> str:
    """The till's name for what went wrong in SQLite."""
    if isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError):
        return "database-unwritable"
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return "database-damaged"
    return _IDS.get(code) or _IDS.get(code & 0xFF, "database-damaged")


def make_room(path: Path) -> None:
    """Make the folder of a file. Raises `StoreError` `database-unwritable`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError("database-unwritable", path=path) from error
