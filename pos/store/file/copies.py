"""Copies of a file, made while tills sell."""

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
    """A read-only connection."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=1.0)


def copy_in_slices(path: Path, target: Path) -> None:
    """Copy the state of a file at one moment, in slices. Raises `sqlite3.Error`."""
    with closing(read_only(path)) as conn, closing(sqlite3.connect(target)) as copy:
        conn.backup(copy, pages=SLICE, sleep=PAUSE)


def copy_to_read(path: Path, folder: Path) -> Path:
    """Copy a file that cannot be written to, for reading it elsewhere. Returns the copy. Raises `StoreError`.

    A file with an unfinished commit is copied with its journal, and rolled back in the copy.
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
"""Bytes read under the lock at a time: a millisecond's work once they are in memory."""

REST = 0.0001
"""Seconds between two parts. So short a pause delays nobody: a commit that has begun to wait lets no new reader in."""

PATIENCE = 600.0
"""Seconds after which a copy is given up because others write all the time."""

TOUCH = "SELECT COUNT(*) FROM sqlite_schema"
VERSION = "PRAGMA data_version"
ROLLBACK_JOURNAL = b"\x01\x01"
"""These bytes of a file's header if it is not in WAL mode."""

FORMATS = slice(18, 20)


def copy_while_selling(
    path: Path,
    target: Path,
    tell: Callable[[int, int], None] = lambda done, of: None,
    patience: float = PATIENCE,
) -> None:
    """Copy the state of a file at one moment, however large it is, while others write to it.

    It passes over the file repeatedly and copies what has changed, until nothing was committed during a pass. It holds
    the lock only while it reads a part that is already in memory; the copy is written without it. (SQLite's own backup
    begins again, and writes everything again, after each commit of another connection.) `tell` is called with the bytes
    done and the size.

    Raises `StoreError`: `backup-no-rest` if others write all the time, `backup-unwritable` with `target` if its disk
    refuses, and as opening does.
    """
    end = monotonic() + patience
    try:
        place = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise StoreError("database-unwritable", path=path) from error
    try:  # closed after SQLite's connection: closing it earlier would release that connection's locks
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
    """The error for a place to which no copy can be written."""
    return StoreError("backup-no-room" if error.errno == errno.ENOSPC else "backup-unwritable", target=target)


class _Source:
    """Reads a file in parts, each under a lock, so that no commit is halfway done."""

    def __init__(self, path: Path, conn: sqlite3.Connection, place: int) -> None:
        conn.isolation_level = None
        self._path = path
        self._conn = conn
        self._place = place

    def part(self, start: int) -> tuple[int, int, bytes]:
        """What identifies this state of the file, its size, and the part that begins at a byte.

        Raises `StoreError` `database-wal`, and `sqlite3.Error`.
        """
        self._read(start)  # brings the part into memory before the lock is taken
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
    """Copy the file once. Returns whether nothing was committed meanwhile. A pass after the first ends as soon as
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
