"""Copies of a file that tills go on selling from while they are made."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from pos.domain.errors import StoreError
from pos.store.file.connection import message_id

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
