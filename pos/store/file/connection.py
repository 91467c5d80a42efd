"""One connection to the till's file: its pragmas, its transactions, and its errors in the till's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar

from pos.domain.errors import StoreError
from pos.store.file.turn import Turn

if TYPE_CHECKING:
    from sqlite3 import _Parameters

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


SAY_AFTER = 0.3
"""Seconds of waiting after which the till says that it waits."""

IN_USE = ("database-locked", "database-wal")

BRIEFLY = 0.3
"""Seconds that are waited for a file which did not answer in the whole time just now: one key asks several times."""

JUST_NOW = 1.0

HOLD = 0.008
"""Seconds that long work keeps the lock before its next commit, which takes about as long again: no key waits longer
for it than 20 ms on a disk that writes in a millisecond."""

BEGIN_READING = "BEGIN"
BEGIN_WRITING = "BEGIN IMMEDIATE"
JOURNAL = "PRAGMA journal_mode"
COMMITTED = "PRAGMA data_version"
WAL = [("wal",)]


class Unreadable(Exception):
    """A stored text that is not what this program writes."""


Step = Callable[[sqlite3.Connection], None]
"""A part of long work that takes a millisecond at most."""


class Work:
    """Short steps of long work; a transaction takes as many as fit its time."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self._steps = iter(steps)
        self._next = next(self._steps, None)

    @property
    def is_left(self) -> bool:
        """Whether there is a step that has not been taken."""
        return self._next is not None

    def go_on(self, conn: sqlite3.Connection) -> None:
        """Take steps inside the open transaction, for as long as the lock may be kept."""
        end = monotonic() + HOLD
        while self._next is not None:
            self._next(conn)
            self._next = next(self._steps, None)
            if monotonic() >= end:
                break


Row = TypeVar("Row")

PART = 50
"""Rows that are written in one step."""


class LockWait:
    """The patience with one lock: it says once that it waits, and it ends."""

    def __init__(self, seconds: float, say: Callable[[], None], give_up: Callable[[], None]) -> None:
        self._begun = monotonic()
        self._end = self._begun + seconds
        self._say: Callable[[], None] | None = say
        self._give_up = give_up

    def pause(self, seconds: float) -> bool:
        """Sleep for so long, at most until the end; false at once when that has come."""
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
        """Sleep as long as another's commit may take: at first a third of a millisecond, later up to ten."""
        return self.pause(min(0.01, max(0.0003, (monotonic() - self._begun) / 20)))


class PatientCursor(sqlite3.Cursor):
    """A cursor whose statements wait for a locked file in short, even steps, in place of SQLite's growing ones.

    A statement that is refused for a lock has done nothing, so it can be tried again; a COMMIT too.
    """

    patience: Callable[[], LockWait]

    def execute(self, sql: str, parameters: _Parameters = (), /) -> PatientCursor:
        """As `Cursor.execute`, after waiting for the lock."""
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
                    self.close()  # a statement that the error's traceback keeps would keep a closed file locked
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
    """Whether somebody else holds a lock."""
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) == sqlite3.SQLITE_BUSY


class StoreFile:
    """The file and its one connection, used by one thread."""

    def __init__(self, path: Path, wait: float, *, read_only: bool = False) -> None:
        """With `read_only` nothing can be written, not even a file that a crash left in the middle of a commit put
        right: that is left to a till."""
        self.path = path
        self._read_only = read_only
        self.before_write: Callable[[sqlite3.Connection], None] | None = None
        """Looks at the file at the beginning of each writing transaction; what it raises ends that one."""
        self.on_wait: Callable[[], None] = lambda: None
        """Called once when a statement or a turn has waited so long that the cashier should be told."""
        self.was_wal = False
        """Whether another program had turned the file to WAL and it was turned back; whoever reports it resets this."""
        self._wait = wait
        self._gave_up: float | None = None
        self._turn = Turn(path)
        self._opened: tuple[int, int] | None = None
        self.connections = 1
        """How often the file was opened: again after each time it was closed in between."""
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
        """A new connection with its pragmas, after waiting for whoever has a lock.

        Raises `StoreError` `database-wal` where others keep the file in WAL. Each try is a connection of its own: one
        that has looked at a file in WAL keeps it there as long as it is open.
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
        """How long a lock is waited for now: briefly where the whole time has passed just now without an answer, and
        where another program keeps the file in WAL."""
        was_in_vain = self._gave_up is not None and monotonic() - self._gave_up < JUST_NOW
        is_hopeless = was_in_vain or self._is_kept_in_wal
        return LockWait(min(self._wait, BRIEFLY) if is_hopeless else self._wait, self._say_it_waits, self._give_up)

    def _say_it_waits(self) -> None:
        self.on_wait()

    def _give_up(self) -> None:
        self._gave_up = monotonic()

    def leave_wal(self) -> None:
        """Let go of a file that another program has turned to WAL, and turn it back if nobody else has it open: while
        one till holds on to it, none can. Waits for nobody, and does nothing to a file that is as it should be.
        """
        with suppress(StoreError), self.errors():
            if self._conn is not None and not self._conn.in_transaction and _is_wal(self._conn):
                self._let_go()
            if self._conn is None:
                self._reopened(_no_patience())

    def committed_elsewhere(self) -> tuple[int, int]:
        """Something that differs when another connection, of this program or of any, has committed in the file."""
        (version,) = self.conn.execute(COMMITTED).fetchone()
        return self.connections, int(version)

    @property
    def is_let_go(self) -> bool:
        """Whether the file is in WAL mode, and closed here because of that."""
        return self._conn is None

    def _let_go(self) -> None:
        conn, self._conn = self._conn, None
        if conn is not None:
            conn.close()

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
        with self.errors(), self._transaction(BEGIN_READING):
            yield self.conn

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection, in one durable transaction: all of it is on the disk at the end, or none.

        Whoever writes takes its turn first. A commit that raised may be stored all the same: whoever tries again looks
        first. Raises `StoreError` `database-wal`, and writes nothing, where another program keeps the file in WAL.
        """
        with self.errors(), self._taking_turn(), self._transaction(BEGIN_WRITING):
            if self.before_write is not None:
                self.before_write(self.conn)
            yield self.conn

    def write_in_slices(self, steps: Iterable[Step]) -> None:
        """Take short steps of long work, in as many transactions as it takes for none to keep the lock for long. What
        was cut off has the first of them behind it."""
        work = Work(steps)
        while work.is_left:
            with self.writing() as conn:
                work.go_on(conn)

    @contextmanager
    def unchecked(self) -> Iterator[None]:
        """What is written meanwhile is not checked for references to what is not there."""
        with self.errors():
            self.conn.execute("PRAGMA foreign_keys = OFF")
        try:
            yield
        finally:
            with self.errors():
                self.conn.execute(FOREIGN_KEYS)

    @contextmanager
    def rebuilding(self) -> Iterator[sqlite3.Connection]:
        """As `writing`, without checking references meanwhile: a table that others refer to can be made anew."""
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
        """Change a page and take it back: `BEGIN IMMEDIATE` alone lets a read-only file pass.

        Raises `StoreError` for a file that cannot be changed, or a folder that takes no journal.
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
            # Some errors end the transaction by themselves, and the first error is the one to tell.
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
    """Whether the file is in WAL, as far as this connection has seen; a transaction has looked."""
    try:
        return conn.execute(JOURNAL).fetchall() == WAL
    except sqlite3.OperationalError:
        return False


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
