"""Which backups were made of a file, and from which one it was restored: facts of the journal, each a row."""

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
    """A copy of the file was made and checked: its name, its size, and the last row of the journal that it has."""

    name: str
    bytes: int
    head_seq: int
    head_hash: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Keep it."""
        values = {"name": self.name, "bytes": self.bytes, "head_seq": self.head_seq, "head_hash": self.head_hash}
        conn.execute(ADD_BACKUP, {**values, **instant_columns(act.at)})

    def told(self) -> object:
        """All of it."""
        return {"backed_up": self}


@value
class FileRestored:
    """The file was a backup that took its place: the row where the backup's journal ended, and how far the journal of
    the file before it is known to have gone (no further: the same row)."""

    head_seq: int
    head_hash: str
    lost_to: int

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Keep it."""
        values = {"head_seq": self.head_seq, "head_hash": self.head_hash, "lost_to": self.lost_to}
        conn.execute(ADD_RESTORED, {**values, **instant_columns(act.at)})

    def told(self) -> object:
        """All of it."""
        return {"file_restored": self}


@value
class Backup:
    """A backup that was made."""

    at: datetime
    name: str
    bytes: int
    head: Head


class BackupStore:
    """The backups of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def last(self) -> Backup | None:
        """The last one that was made; None where there was none."""
        with self._file.reading() as conn:
            row = conn.execute(LAST).fetchone()
        if row is None:
            return None
        at_us, offset_s, name, size, seq, made = row
        return Backup(from_instant(at_us, offset_s), name, size, Head(seq, bytes.fromhex(made)))
