"""Checks whether SQLite finds a file sound, without delaying a sale."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from pos.store.file.copies import copy_in_slices

SMALL = 32 * 1024 * 1024
"""Bytes. A file up to this size is checked in place: about 3 ms a megabyte, for which a commit waits."""

CHECK = "PRAGMA integrity_check(1)"


def is_sound(path: Path) -> bool | None:
    """Whether the file's pages, rows and indexes are sound; None if that cannot be told now.

    A file over `SMALL` is copied in slices, and the copy is checked. It uses a connection of its own, so it can be
    called from any thread.
    """
    try:
        size = path.stat().st_size
        if size <= SMALL:
            with closing(_to_check(path)) as conn:
                return _check(conn)
        if shutil.disk_usage(tempfile.gettempdir()).free < 2 * size:
            return None
        with tempfile.TemporaryDirectory(prefix="pos-check-") as folder:
            return _check_copy(path, Path(folder) / "copy.db")
    except OSError:
        return None


def _to_check(path: Path) -> sqlite3.Connection:
    """A connection that could write: SQLite 3.40 skips CHECK constraints on a read-only one."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=1.0)


def _check_copy(path: Path, copy: Path) -> bool | None:
    try:
        copy_in_slices(path, copy)
    except sqlite3.Error as error:
        return _verdict(error)
    with closing(sqlite3.connect(copy)) as conn:
        return _check(conn)


def _check(conn: sqlite3.Connection) -> bool | None:
    try:
        return conn.execute(CHECK).fetchall() == [("ok",)]
    except UnicodeDecodeError:  # a damaged name in the schema
        return False
    except sqlite3.Error as error:
        return _verdict(error)


def _verdict(error: sqlite3.Error) -> bool | None:
    """False for a damaged file; None for a busy or unreadable one."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    return False if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR) else None
