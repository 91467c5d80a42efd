"""The facts that a backup was made, and that the file was restored from one. Each is a row."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import from_instant, instant_columns
from pos.store.file.connection import StoreFile
from pos.store.journal.journal import Head

ADD_BACKUP = """
    INSERT INTO backup (at_us, offset_s, name, bytes, head_seq, head_hash)
    VALUES (:at_us, :offset_s, :name, :bytes, :head_seq, :head_hash)
"""
ADD_RESTORED = """
    INSERT INTO file_restored (at_us, offset_s, head_seq, head_hash, lost_to)
    VALUES (:at_us, :offset_s, :head_seq, :head_hash, :lost_to)
"""
LAST = "SELECT at_us, offset_s, name, bytes, head_seq, head_hash FROM backup ORDER BY id DESC LIMIT 1"


@value
class BackedUp:
    """A copy of the file was made and checked. `head_seq` and `head_hash` are the last row of the copy's journal."""

    name: str
    bytes: int
    head_seq: int
    head_hash: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        values = {"name": self.name, "bytes": self.bytes, "head_seq": self.head_seq, "head_hash": self.head_hash}
        conn.execute(ADD_BACKUP, {**values, **instant_columns(act.at)})

    def told(self) -> object:
        return {"backed_up": self}


@value
class FileRestored:
    """A backup took the place of the file. `head_seq` and `head_hash` are the last row of the backup's journal.
    `lost_to` is the last row that the replaced file is known to have had; the same number if nothing was lost."""

    head_seq: int
    head_hash: str
    lost_to: int

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        values = {"head_seq": self.head_seq, "head_hash": self.head_hash, "lost_to": self.lost_to}
        conn.execute(ADD_RESTORED, {**values, **instant_columns(act.at)})

    def told(self) -> object:
        return {"file_restored": self}


@value
class Backup:
    """A backup: when it was made, its file name, its size, and the last row of its journal."""

    at: datetime
    name: str
    bytes: int
    head: Head


class BackupStore:
    """The backups of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def last(self) -> Backup | None:
        """The latest backup, or None."""
        with self._file.reading() as conn:
            row = conn.execute(LAST).fetchone()
        if row is None:
            return None
        at_us, offset_s, name, size, seq, made = row
        return Backup(from_instant(at_us, offset_s), name, size, Head(seq, bytes.fromhex(made)))
