"""The connection to the till's file: its pragmas, its transactions, and its errors as `StoreError`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from pos.domain.errors import StoreError
from pos.store.file.turn import Turn

if TYPE_CHECKING:
    from sqlite3 import _Parameters

APPLICATION_ID = 0x706F7331
"""Marks the till's files among SQLite files."""

SET_APPLICATION_ID = "PRAGMA application_id = 1886352177"  # the same number; a pragma takes no parameters

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
"""Checked on every connection: a rollback journal (WAL with two connections corrupts files before SQLite 3.51.3),
commits that survive a power cut, and foreign keys."""

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
"""By result code, extended or primary. All others (corrupt pages, missing tables, broken constraints) are damage."""


WHEN_MOVED = (
    "database-damaged",
    "database-moved",
    "database-read-only",
    "database-unwritable",
    "not-a-database",
)
"""The errors of a file that was moved, replaced or emptied while it was open."""


SAY_AFTER = 0.3
"""Seconds of waiting after which the till says so."""

IN_USE = ("database-locked", "database-wal")

BRIEFLY = 0.3
"""Seconds to wait for a file that has just failed to answer in the whole time: one key asks several times."""

JUST_NOW = 1.0

HOLD = 0.006
"""Seconds that long work keeps the lock before its next commit, which takes about as long: no key waits longer than 20
ms on a disk that writes in a millisecond."""

BEGIN_READING = "BEGIN"
BEGIN_WRITING = "BEGIN IMMEDIATE"
JOURNAL = "PRAGMA journal_mode"
COMMITTED = "PRAGMA data_version"
WAL = [("wal",)]


class Unreadable(Exception):
    """A stored text that this program did not write."""


ERRORS = (sqlite3.Error, Unreadable, UnicodeDecodeError)
"""What the store may raise inside: the last one for a damaged name in the schema, or in SQLite's message."""

Step = Callable[[sqlite3.Connection], None]
"""A part of long work that takes at most a millisecond."""


class Work:
    """Long work in short steps. A transaction runs as many as fit in its time."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self._steps = iter(steps)
        self._next = next(self._steps, None)

    @property
    def is_left(self) -> bool:
        """Whether a step remains."""
        return self._next is not None

    def go_on(self, conn: sqlite3.Connection) -> None:
        """Run steps inside the open transaction, for as long as the lock may be kept."""
        end = monotonic() + HOLD
        while self._next is not None:
            self._next(conn)
            self._next = next(self._steps, None)
            if monotonic() >= end:
                break


Row = TypeVar("Row")

PART = 50
"""Rows written in one step."""


class LockWait:
    """The patience with one lock: it says once that it waits, and it ends."""

    def __init__(self, seconds: float, say: Callable[[], None], give_up: Callable[[], None]) -> None:
        self._begun = monotonic()
        self._end = self._begun + seconds
        self._say: Callable[[], None] | None = say
        self._give_up = give_up

    def pause(self, seconds: float) -> bool:
        """Sleep, at most until the end. Returns False at once if that has come."""
        now = monotonic()
        if now >= self._end:
            self._give_up()
            return False
        if self._say is not None and now - self._begun >= SAY_AFTER:
            say, self._say = self._say, None
            say()
        sleep(min(seconds, self._end - now))
        return True

    def pause_for_lock(self) -> bool:
        """Sleep about as long as another's commit takes: at first a third of a millisecond, later up to ten."""
        return self.pause(min(0.01, max(0.0003, (monotonic() - self._begun) / 20)))


class PatientCursor(sqlite3.Cursor):
    """A cursor that waits for a locked file in short, even steps, in place of SQLite's growing ones.

    A statement or COMMIT that was refused for a lock has done nothing, so it can be tried again.
    """

    patience: Callable[[], LockWait]

    def execute(self, sql: str, parameters: _Parameters = (), /) -> PatientCursor:
        """As `Cursor.execute`, waiting for the lock."""
        wait: LockWait | None = None
        while True:
            try:
                super().execute(sql, parameters)
                return self
            except sqlite3.OperationalError as error:
                if not is_busy(error):
                    raise
                wait = wait or self.patience()
                if not wait.pause_for_lock():
                    self.close()  # the error's traceback keeps the statement, which would keep a closed file locked
                    raise


class PatientConnection(sqlite3.Connection):
    """A connection whose every cursor is patient."""

    patience: Callable[[], LockWait]

    def cursor(self, factory: type[sqlite3.Cursor] = PatientCursor) -> PatientCursor:  # type: ignore[override]  # of one sort
        """A new cursor."""
        made = super().cursor(PatientCursor)
        made.patience = self.patience
        return made

    def execute(self, sql: str, parameters: _Parameters = (), /) -> PatientCursor:
        """What a new cursor gives."""
        return self.cursor().execute(sql, parameters)


def is_busy(error: sqlite3.Error) -> bool:
    """Whether the error is a lock of somebody else."""
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) == sqlite3.SQLITE_BUSY


class ReadAccess:
    """A context with the file's connection, in which SQLite's errors become `StoreError`.

    A class, because a generator takes three times as long, and a key reads twenty times.
    """

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def __enter__(self) -> sqlite3.Connection:
        return self._file.conn

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if isinstance(error, ERRORS):
            raise self._file.store_error(error) from error


class StoreFile:
    """The file and its one connection, used by one thread."""

    def __init__(self, path: Path, wait: float, *, read_only: bool = False) -> None:
        """With `read_only` nothing can be written; an unfinished commit after a crash is left for a till to roll
        back."""
        self.path = path
        self._read_only = read_only
        self.before_write: Callable[[sqlite3.Connection], None] | None = None
        """Called at the beginning of each writing transaction; an exception ends that transaction."""
        self.on_wait: Callable[[], None] = lambda: None
        """Called once when a statement or a turn has waited so long that the cashier should be told."""
        self.was_wal = False
        """Whether another program put the file in WAL mode and it was turned back. Whoever reports it resets this."""
        self._wait = wait
        self._gave_up: float | None = None
        self._turn = Turn(path)
        self._opened: tuple[int, int] | None = None
        self.connections = 1
        """How often the file was opened, including each time after it was closed."""
        self._is_kept_in_wal = False
        self._conn: sqlite3.Connection | None = self._connected(self._patience())
        self._opened = _which(path)

    @property
    def conn(self) -> sqlite3.Connection:
        """The connection, opened again if it was closed. Raises `StoreError`, as opening does."""
        return self._conn or self._reopened(self._patience())

    @conn.setter
    def conn(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def _reopened(self, wait: LockWait) -> sqlite3.Connection:
        try:
            self._conn = self._connected(wait)
        except StoreError as error:
            self._is_kept_in_wal = error.message_id == "database-wal"
            raise
        self._is_kept_in_wal, self.was_wal = False, True
        self.connections += 1
        return self._conn

    def _connected(self, wait: LockWait) -> sqlite3.Connection:
        """A new connection with its pragmas, after waiting for locks.

        Raises `StoreError` `database-wal` if others keep the file in WAL mode. Each attempt uses a new connection,
        because a connection that has read a file in WAL mode keeps it there while it is open.
        """
        while True:
            with self.errors():
                place = f"{self.path.absolute().as_uri()}?mode=ro" if self._read_only else self.path
                conn = sqlite3.connect(
                    place, timeout=0, isolation_level=None, factory=PatientConnection, uri=self._read_only
                )
            conn.patience = _no_patience
            try:
                with self.errors():
                    self._set_pragmas(conn)
            except BaseException as error:
                conn.close()
                if isinstance(error, StoreError) and error.message_id in IN_USE and wait.pause_for_lock():
                    continue
                raise
            conn.patience = self._patience
            return conn

    def _set_pragmas(self, conn: sqlite3.Connection) -> None:
        if self._read_only:
            if _is_wal(conn):
                raise StoreError("database-wal", path=self.path)
            conn.execute(TRUSTED_SCHEMA).fetchall()
            return
        try:
            conn.execute(JOURNAL_MODE).fetchall()
        except sqlite3.OperationalError as error:
            if is_busy(error) and _is_wal(conn):
                raise StoreError("database-wal", path=self.path) from error
            raise
        for pragma in (SYNCHRONOUS, FOREIGN_KEYS, TRUSTED_SCHEMA):
            conn.execute(pragma).fetchall()
        for question, wanted in WANTED:
            if conn.execute(question).fetchall() != [(wanted,)]:
                raise StoreError("database-unwritable", path=self.path)

    def _patience(self) -> LockWait:
        """How long to wait for a lock now: briefly if the whole time has just passed without an answer, or if another
        program keeps the file in WAL mode."""
        was_in_vain = self._gave_up is not None and monotonic() - self._gave_up < JUST_NOW
        is_hopeless = was_in_vain or self._is_kept_in_wal
        return LockWait(min(self._wait, BRIEFLY) if is_hopeless else self._wait, self._say_it_waits, self._give_up)

    def _say_it_waits(self) -> None:
        self.on_wait()

    def _give_up(self) -> None:
        self._gave_up = monotonic()

    def leave_wal(self) -> None:
        """Close a file that another program has put in WAL mode, and turn it back if nobody else has it open; while one
        till has it open, none can. Waits for nobody. Does nothing in the usual mode."""
        with suppress(StoreError), self.errors():
            if self._conn is not None and not self._conn.in_transaction and _is_wal(self._conn):
                self._let_go()
            if self._conn is None:
                self._reopened(_no_patience())

    def committed_elsewhere(self) -> tuple[int, int]:
        """Differs from an earlier value if another connection, of this program or another, has committed since."""
        (version,) = self.conn.execute(COMMITTED).fetchone()
        return self.connections, int(version)

    @property
    def is_let_go(self) -> bool:
        """Whether the file is in WAL mode, and closed here for that reason."""
        return self._conn is None

    def _let_go(self) -> None:
        conn, self._conn = self._conn, None
        if conn is not None:
            conn.close()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Convert SQLite's errors to `StoreError`; every access of the store goes through here."""
        try:
            yield
        except ERRORS as error:
            raise self.store_error(error) from error

    def store_error(self, error: BaseException) -> StoreError:
        """The `StoreError` for one of the `ERRORS`."""
        told = message_id(error) if isinstance(error, sqlite3.Error) else "database-damaged"
        became = self._became() if told in WHEN_MOVED else None
        return StoreError(became or told, path=self.path)

    def _became(self) -> str | None:
        """What happened to the file since it was opened: moved, replaced or emptied; None if nothing did."""
        if self._opened is None:
            return None
        now = _which(self.path)
        if now is None:
            return "database-moved"
        if now != self._opened:
            return "database-replaced"
        return "database-emptied" if not self.path.stat().st_size else None

    def reading(self) -> ReadAccess:
        """The connection, for one statement, or for several that need not see the same state."""
        return ReadAccess(self)

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """The connection, for several statements that see the same state; writers wait meanwhile."""
        with self.errors(), self._transaction(BEGIN_READING):
            yield self.conn

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection, in one durable transaction: at the end everything is on the disk, or nothing.

        It takes its turn first. A commit that raised may be stored nevertheless: look before trying again. If another
        program keeps the file in WAL mode, raises `StoreError` `database-wal` and writes nothing.
        """
        with self.errors(), self._taking_turn(), self._transaction(BEGIN_WRITING):
            if self.before_write is not None:
                self.before_write(self.conn)
            yield self.conn

    def write_in_slices(self, steps: Iterable[Step]) -> None:
        """Run short steps of long work, in so many transactions that none keeps the lock for long. After an
        interruption the first of them are done."""
        work = Work(steps)
        while work.is_left:
            with self.writing() as conn:
                work.go_on(conn)

    @contextmanager
    def unchecked(self) -> Iterator[None]:
        """Foreign keys are not checked meanwhile."""
        with self.errors():
            self.conn.execute("PRAGMA foreign_keys = OFF")
        try:
            yield
        finally:
            with self.errors():
                self.conn.execute(FOREIGN_KEYS)

    @contextmanager
    def rebuilding(self) -> Iterator[sqlite3.Connection]:
        """As `writing`, without checking foreign keys: a table that others refer to can be rebuilt."""
        with self.unchecked(), self.writing() as conn:
            yield conn

    @contextmanager
    def _taking_turn(self) -> Iterator[None]:
        if not self._turn.take(self._patience()):
            raise StoreError("database-locked", path=self.path)
        try:
            yield
        finally:
            self._turn.give_back()

    def prove_writable(self) -> None:
        """Check that the file is writable by changing a page and rolling back: `BEGIN IMMEDIATE` alone succeeds on a
        read-only file.

        Raises `StoreError` for a file that cannot be changed, or a folder in which no journal can be created.
        """
        with self.errors():
            self.conn.execute(BEGIN_WRITING)
            try:
                self.conn.execute(SET_APPLICATION_ID)
            finally:
                with suppress(sqlite3.Error):
                    self.conn.execute("ROLLBACK")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        try:
            self.conn.execute(begin)
            if begin == BEGIN_WRITING and _is_wal(self.conn):
                self._let_go()
                self.conn.execute(begin)
            yield
            self.conn.execute("COMMIT")
        except BaseException:
            # Some errors end the transaction by themselves; the first error is the one to report.
            with suppress(sqlite3.Error):
                if self.conn.in_transaction:
                    self.conn.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        with self.errors():
            self._turn.close()
            if self._conn is not None:
                self._conn.close()


def in_parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Rows, `PART` at a time."""
    return (rows[place : place + PART] for place in range(0, len(rows), PART))


def _nothing() -> None:
    pass


def _no_patience() -> LockWait:
    return LockWait(0, _nothing, _nothing)


def _is_wal(conn: sqlite3.Connection) -> bool:
    """Whether the file is in WAL mode, as far as this connection knows; a transaction has read it."""
    try:
        return conn.execute(JOURNAL).fetchall() == WAL
    except sqlite3.OperationalError:
        return False


def _which(path: Path) -> tuple[int, int] | None:
    """Device and inode of the file at a path; None if it does not exist or cannot be read."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def named_rows(
    conn: sqlite3.Connection, sql: str, values: Mapping[str, str | int | None] | None = None
) -> list[sqlite3.Row]:
    """All rows of a query with many columns, read by column name."""
    cursor = conn.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(sql, values or {}).fetchall()


def message_id(error: sqlite3.Error) -> str:
    """The till's message id for an error of SQLite."""
    if isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError):
        return "database-unwritable"
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return "database-damaged"
    return _IDS.get(code) or _IDS.get(code & 0xFF, "database-damaged")


def make_room(path: Path) -> None:
    """Create the folder of a file. Raises `StoreError` `database-unwritable`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError("database-unwritable", path=path) from error
