"""Whether a file is a shop's or for practice."""

from __future__ import annotations

import sqlite3

from pos.domain.errors import StoreError
from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import instant_columns
from pos.store.file.connection import StoreFile

MARKED = "SELECT menu_version, copied_from FROM practice_file"
MARK = "INSERT INTO practice_file (id, menu_version, copied_from, copied_us, copied_offset_s) VALUES (1, 0, '', 0, 0)"
IN_USE = "SELECT EXISTS (SELECT 1 FROM shop) OR EXISTS (SELECT 1 FROM till)"
COPIED = """
    UPDATE practice_file
    SET menu_version = :version, copied_from = :path, copied_us = :at_us, copied_offset_s = :offset_s
"""


def check_purpose(file: StoreFile, *, practice: bool) -> None:
    """Mark a new file as a practice file, or refuse an existing one with the other purpose.

    Raises `StoreError`: `practice-file` if a shop's file is expected, `shops-file` if a practice file is.
    """
    if not practice:
        with file.reading() as conn:
            marked = conn.execute(MARKED).fetchone()
        if marked is not None:
            raise StoreError("practice-file", path=file.path)
        return
    with file.writing() as conn:
        _mark(conn, file)


def _mark(conn: sqlite3.Connection, file: StoreFile) -> None:
    if conn.execute(MARKED).fetchone() is not None:
        return
    (in_use,) = conn.execute(IN_USE).fetchone()
    if in_use:
        raise StoreError("shops-file", path=file.path)
    conn.execute(MARK)


class PracticeFileStore:
    """The shop's menu that a practice file has a copy of."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def copied(self) -> tuple[int, str]:
        """The version of the copied menu, and the shop's file; 0 and '' before the first copy."""
        with self._file.reading() as conn:
            version, path = conn.execute(MARKED).fetchone()
        return int(version), str(path)


@value
class MenuCopied:
    """The practice file has this version of the shop's menu from now on."""

    version: int
    path: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(COPIED, {"version": self.version, "path": self.path, **instant_columns(act.at)})

    def told(self) -> object:
        return {"menu_copied": self}
