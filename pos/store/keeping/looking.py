"""Reading a file without changing it or any file beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pos.store.file.connection import LockWait, PatientConnection, StoreFile
from pos.store.journal.witness import Witness, witness_of

PATIENCE = 1.0
"""Seconds to wait for a lock."""

TRUSTED_SCHEMA = "PRAGMA trusted_schema = OFF"
WAL_BYTES, WAL = slice(18, 20), b"\x02\x02"
HASH_AT = "SELECT hash FROM journal WHERE seq = :seq"


class LookFile(StoreFile):
    """A read-only connection to a file."""

    def __init__(self, path: Path) -> None:
        """Raises `StoreError`."""
        super().__init__(path, PATIENCE)

    def _connected(self, wait: LockWait) -> sqlite3.Connection:
        with self.errors():
            place = f"{self.path.absolute().as_uri()}?mode=ro"
            conn = sqlite3.connect(place, uri=True, timeout=0, isolation_level=None, factory=PatientConnection)
        conn.patience = self._patience
        with self.errors():
            conn.execute(TRUSTED_SCHEMA)
        return conn


def is_in_wal(path: Path) -> bool:
    """Whether another program has put the file in WAL mode. Opening such a file, even to read it, would create files
    beside it. Raises `OSError`."""
    with path.open("rb") as file:
        return file.read(WAL_BYTES.stop)[WAL_BYTES] == WAL


@contextmanager
def looked_at(path: Path) -> Iterator[LookFile]:
    """Open a file read-only, and close it afterwards. Raises `StoreError`."""
    with closing(LookFile(path)) as file:
        yield file


def known_of(path: Path) -> Witness:
    """The file's identity, the last number of each series and the last row of its journal. Raises `StoreError`."""
    with looked_at(path) as file, file.snapshot() as conn:
        return witness_of(conn)


def has_row(path: Path, seq: int, made: bytes) -> bool:
    """Whether row `seq` of the file's journal has the hash `made`. Raises `StoreError`."""
    with looked_at(path) as file, file.reading() as conn:
        row: tuple[bytes] | None = conn.execute(HASH_AT, {"seq": seq}).fetchone()
    return row == (made,)
