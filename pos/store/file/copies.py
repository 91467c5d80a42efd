"""Copies of a file that tills go on selling from while they are made."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import monotonic, sleep
from typing import BinaryIO

from pos.domain.errors import StoreError
from pos.store.file.connection import BEGIN_READING, message_id

SLICE = 256
"""Pages copied at a time; commits go on in between."""

PAUSE = 0.005
"""Seconds between two slices."""


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing of the file."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=1.0)


def copy_in_slices(path: Path, target: Path) -> None:
    """Copy a file as it is at one moment, a slice at a time. Raises `sqlite3.Error`."""
    with closing(read_only(path)) as conn, closing(sqlite3.connect(target)) as copy:
        conn.backup(copy, pages=SLICE, sleep=PAUSE)


def copy_to_read(path: Path, folder: Path) -> Path:
    """Copy a file that cannot be written to, to be read elsewhere; returns the copy. Raises `StoreError`.

    One that a crash left in the middle of a commit is copied with its journal, and put right in the copy.
    """
    copy = folder / path.name
    try:
        copy_in_slices(path, copy)
    except sqlite3.Error as error:
        journal = path.with_name(f"{path.name}-journal")
        if not journal.exists():
            raise StoreError(message_id(error), path=path) from error
        try:
            shutil.copyfile(path, copy)
            shutil.copyfile(journal, copy.with_name(journal.name))
        except OSError as error:
            raise StoreError("database-unwritable", path=path) from error
    return copy


PART = 1 << 20
"""Bytes that are read under the lock at a time: a millisecond's work, once the disk has been waited for."""

REST = 0.0001
"""Seconds between two parts. Nobody waits longer for a pause so short: a commit that has begun to wait lets no new
reader in."""

PATIENCE = 600.0
"""Seconds after which a copy is given up because somebody writes all the time."""

TOUCH = "SELECT COUNT(*) FROM sqlite_schema"
VERSION = "PRAGMA data_version"
ROLLBACK_JOURNAL = b"\x01\x01"
"""What stands in a file's header where it is not in WAL."""

FORMATS = slice(18, 20)


def copy_while_selling(
    path: Path,
    target: Path,
    tell: Callable[[int, int], None] = lambda done, of: None,
    patience: float = PATIENCE,
) -> None:
    """Copy a file as it is at one moment, however large it is, while others write to it.

    It goes through the file again and again, and writes down what is not in the copy yet, until nothing was committed
    from the beginning of a pass to its end. The lock is held only while a part that is in memory already is read; the
    copy is written, and its disk waited for, without it. (SQLite's own backup begins again, and writes all of it
    again, at each commit of another.) `tell` gets how many bytes of how many a pass has behind it.

    Raises `StoreError`: `backup-no-rest` where somebody writes all the time, `backup-unwritable` with `target` for what
    its disk does not take, and as opening does.
    """
    end = monotonic() + patience
    try:
        place = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise StoreError("database-unwritable", path=path) from error
    try:  # the file is closed after SQLite's connection: closing it sooner would take away that one's locks
        with closing(read_only(path)) as conn, target.open("w+b") as copy:
            source = _Source(path, conn, place)
            is_first = True
            while not _pass(source, copy, tell, is_first=is_first):
                is_first = False
                if monotonic() > end:
                    raise StoreError("backup-no-rest", path=path)
            os.fsync(copy.fileno())
    except sqlite3.Error as error:
        raise StoreError(message_id(error), path=path) from error
    except OSError as error:
        raise unwritable(target, error) from error
    finally:
        os.close(place)


def unwritable(target: Path, error: OSError) -> StoreError:
    """What to say of a place that does not take a copy."""
    return StoreError("backup-no-room" if error.errno == errno.ENOSPC else "backup-unwritable", target=target)


class _Source:
    """A file that is read in parts, each while nobody can be in the middle of a commit."""

    def __init__(self, path: Path, conn: sqlite3.Connection, place: int) -> None:
        conn.isolation_level = None
        self._path = path
        self._conn = conn
        self._place = place

    def part(self, start: int) -> tuple[int, int, bytes]:
        """What tells this state of the file from others, its size, and the part that begins at a byte.

        Raises `StoreError` `database-wal`, and `sqlite3.Error`.
        """
        self._read(start)  # so that the disk has been waited for
        self._conn.execute(BEGIN_READING)
        try:
            self._conn.execute(TOUCH).fetchall()
            (version,) = self._conn.execute(VERSION).fetchone()
            size, content = os.fstat(self._place).st_size, self._read(start)
        finally:
            self._conn.execute("COMMIT")
        if start == 0 and content[FORMATS] != ROLLBACK_JOURNAL:
            raise StoreError("database-wal", path=self._path)
        return int(version), size, content

    def _read(self, start: int) -> bytes:
        os.lseek(self._place, start, os.SEEK_SET)
        return os.read(self._place, PART)


def _pass(source: _Source, copy: BinaryIO, tell: Callable[[int, int], None], *, is_first: bool) -> bool:
    """Go through the file once; whether nothing was committed meanwhile. A pass behind the first one ends at once where
    something was."""
    begun, size, content = source.part(0)
    start, is_still = 0, True
    while True:
        copy.seek(start)
        if is_first or copy.read(len(content)) != content:
            copy.seek(start)
            copy.write(content)
            copy.flush()
        start += len(content)
        tell(start, size)
        if start >= size:
            break
        sleep(REST)
        version, size, content = source.part(start)
        is_still = is_still and version == begun
        if not is_still and not is_first:
            return False
        if not content:  # it became shorter
            break
    copy.truncate(size)
    return is_still
