"""The witness beside the file: the last number of each series, and the last row of the journal. It shows that a file
was replaced by an older one, or cut off."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pos.domain.errors import StoreError
from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import instant_columns
from pos.store.file.connection import StoreFile, Unreadable
from pos.store.journal.journal import Head, beginning, hash_at, last

FORMAT = 1
LARGEST = 65_536
"""Bytes read at most; a till's row takes about 60."""

# One statement, because each one outside a transaction locks the file anew.
HERE = """
    SELECT
        file_identity.id, head.seq, head.hash,
        till.id, name, series, receipt_number, write_off_series, write_off_number, refund_series, refund_number,
        z_series, z_number, 'S' || till.id,
        MAX(
            COALESCE((SELECT MAX(number) FROM shift WHERE till_id = till.id), 0),
            COALESCE((SELECT MAX(to_number) FROM number_jump WHERE number_jump.series = 'S' || till.id), 0)
        )
    FROM file_identity
    LEFT JOIN (SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1) AS head
    LEFT JOIN till
    ORDER BY till.id
"""
ADD_TILL = """
    INSERT INTO till (id, name, series, receipt_number)
    SELECT :id, :name, :series, 0 WHERE NOT EXISTS (SELECT 1 FROM till WHERE series = :series)
"""
NUMBER_OF = "SELECT receipt_number FROM till WHERE series = :series"
JUMP = "UPDATE till SET receipt_number = :number WHERE series = :series AND receipt_number < :number"
WRITE_OFF_NUMBER_OF = "SELECT write_off_number FROM till WHERE write_off_series = :series"
WRITE_OFF_JUMP = """
    UPDATE till SET write_off_number = :number WHERE write_off_series = :series AND write_off_number < :number
"""
REFUND_NUMBER_OF = "SELECT refund_number FROM till WHERE refund_series = :series"
REFUND_JUMP = """
    UPDATE till SET refund_number = :number WHERE refund_series = :series AND refund_number < :number
"""
Z_NUMBER_OF = "SELECT z_number FROM till WHERE z_series = :series"
Z_JUMP = "UPDATE till SET z_number = :number WHERE z_series = :series AND z_number < :number"
SHIFT_NUMBER_OF = """
    SELECT
        MAX(
            COALESCE((SELECT MAX(number) FROM shift WHERE till_id = till.id), 0),
            COALESCE((SELECT MAX(to_number) FROM number_jump WHERE number_jump.series = 'S' || till.id), 0)
        )
    FROM till WHERE 'S' || id = :series
"""
KEEP_JUMP = """
    INSERT INTO number_jump (at_us, offset_s, series, from_number, to_number)
    VALUES (:at_us, :offset_s, :series, :from_number, :to_number)
"""


@value
class LastNumber:
    """The last number given out in a series of a till: receipts, or write-offs, refunds, Z's and shifts if it has
    any."""

    till_id: int
    till: str
    series: str
    number: int


@value
class Witness:
    """What the witness says of a file: its identity, the last number of each series, and the last row of its journal
    (row 0 in a witness from before there was a journal)."""

    file_id: str
    given: tuple[LastNumber, ...]
    head: Head = Head(0, b"")


def witness_path(path: Path) -> Path:
    """The path of a file's witness: `shop.db.head`."""
    return path.with_name(f"{path.name}.head")


def read_witness(path: Path) -> Witness | None:
    """The witness of a file; None if there is none, or it cannot be read."""
    try:
        with witness_path(path).open("rb") as file:
            content = json.loads(file.readline(LARGEST))
        given = tuple(LastNumber(int(row[0]), str(row[1]), str(row[2]), int(row[3])) for row in content["given"])
        seq, made = content.get("head", (0, ""))
        return Witness(str(content["file"]), given, Head(int(seq), bytes.fromhex(made)))
    except (OSError, ValueError, TypeError, LookupError):
        return None


def write_witness(path: Path, witness: Witness) -> None:
    """Write the witness beside its file. If the disk refuses it, the next sale writes it again.

    It is written in place, in one piece and unsynced: after a power cut it may be older than the file, or unreadable,
    which counts as no witness. It is never newer than the file. Only the first line is read, so that the rest of an
    older, longer witness does no harm.
    """
    rows = [[entry.till_id, entry.till, entry.series, entry.number] for entry in witness.given]
    head = [witness.head.seq, witness.head.hash.hex()]
    content = {"format": FORMAT, "file": witness.file_id, "head": head, "given": rows}
    line = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(errors="replace") + b"\n"
    with suppress(OSError):
        place = os.open(witness_path(path), os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        try:
            os.write(place, line)
        finally:
            os.close(place)


def check_there(path: Path) -> None:
    """Refuse to begin a new file in place of one that gave out receipts.

    Raises `StoreError`: `database-gone` if there is no file, `database-emptied` if it is empty.
    """
    try:
        is_empty = not path.stat().st_size
    except FileNotFoundError:
        is_empty = True
    except OSError:
        return  # whoever opens it says why it cannot be
    if is_empty and any(entry.number for entry in _given(path)):
        raise StoreError("database-emptied" if path.exists() else "database-gone", path=path)


def _given(path: Path) -> tuple[LastNumber, ...]:
    witness = read_witness(path)
    return () if witness is None else tuple(sorted(witness.given, key=lambda entry: -entry.number))


class WitnessStore:
    """Compares a file with its witness, and writes the witness."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file
        self._seen: dict[str, LastNumber] = {}
        self._head = Head(0, b"")
        self._file_id = ""
        self._same_at: tuple[int, int] | None = None
        """The state of other connections' commits when the file was last compared."""

    def check(self) -> None:
        """Compare the file with its witness.

        Raises `StoreError`: `database-went-back` if a series would give a number out a second time, `database-replaced`
        for another file under the same name, `journal-cut` if the journal ends before the witnessed row,
        `journal-changed` if that row has another hash. After it, each writing transaction begins with `check_same`. A
        caller that accepts the file goes on in spite of the error.
        """
        with self._file.snapshot() as conn:
            here = witness_of(conn)
            there = read_witness(self._file.path)
            if there is not None:
                if there.file_id != here.file_id and any(entry.number for entry in there.given):
                    raise StoreError("database-replaced", path=self._file.path)
                self._hold(here, there.given)
                if there.file_id == here.file_id:
                    self._hold_head(conn, there.head)
        self._remember(here)
        self._file.before_write = self.check_same

    def identity(self) -> str:
        """The file's identity."""
        with self._file.reading() as conn:
            return witness_of(conn).file_id

    def acceptance(self) -> FileAccepted:
        """The fact that this file is accepted, with the last numbers that its witness knows."""
        there = read_witness(self._file.path)
        return FileAccepted(() if there is None else there.given)

    def check_same(self, conn: sqlite3.Connection) -> None:
        """If somebody else has committed since the last comparison, compare the file with what this program last saw of
        it. Raises `StoreError` as `check` does."""
        elsewhere = self._file.committed_elsewhere()
        if elsewhere == self._same_at:
            return
        here = witness_of(conn)
        if self._file_id not in ("", here.file_id):
            raise StoreError("database-replaced", path=self._file.path)
        self._hold(here, self._seen.values())
        self._hold_head(conn, self._head)
        self._same_at = elsewhere

    def write(self, conn: sqlite3.Connection) -> None:
        """Write the witness, after the commit of a sale."""
        here = witness_of(conn)
        self._remember(here)
        write_witness(self._file.path, here)

    def bear(self) -> None:
        """Write the witness over the file's own connection. Raises `StoreError`."""
        with self._file.reading() as conn:
            self.write(conn)

    def _hold(self, here: Witness, given: Iterable[LastNumber]) -> None:
        known = {entry.series: entry.number for entry in here.given}
        for entry in given:
            if known.get(entry.series, 0) < entry.number:
                raise StoreError(
                    "database-went-back",
                    path=self._file.path,
                    known=f"{entry.series}-{known.get(entry.series, 0)}",
                    given=f"{entry.series}-{entry.number}",
                )

    def _hold_head(self, conn: sqlite3.Connection, head: Head) -> None:
        """Check that the row of `head` still has its hash. Raises `StoreError`."""
        stands = hash_at(conn, head.seq) if head.seq else head.hash
        if stands == head.hash:
            return
        end = last(conn).seq
        if stands is None and end < head.seq:
            raise StoreError("journal-cut", path=self._file.path, known=end, given=head.seq)
        raise StoreError("journal-changed", path=self._file.path, row=head.seq)

    def _remember(self, here: Witness) -> None:
        self._file_id = here.file_id
        self._head = here.head
        self._seen = {entry.series: entry for entry in here.given}


@value
class FileAccepted:
    """Somebody goes on with this file: each series continues after the last number that the witness knows, and the
    skipped numbers are recorded."""

    given: tuple[LastNumber, ...]

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        for entry in self.given:
            _go_on_after(conn, entry, act.at)

    def told(self) -> object:
        return {"file_accepted": self.given}


def _go_on_after(conn: sqlite3.Connection, entry: LastNumber, at: datetime) -> None:
    """Let a series continue after a number, and record the skipped numbers.

    A till that the file lacks is inserted; its receipts come before its other series in a witness.
    """
    values = {"id": entry.till_id, "name": entry.till, "series": entry.series, "number": entry.number}
    number_of, jump_to = _statements_for(conn, entry.series)
    if number_of == NUMBER_OF:
        conn.execute(ADD_TILL, values)
    (number,) = conn.execute(number_of, values).fetchone()
    if jump_to is not None:
        conn.execute(jump_to, values)
    if number < entry.number:
        jump = {**instant_columns(at), "from_number": number, "to_number": entry.number}
        conn.execute(KEEP_JUMP, {"series": entry.series, **jump})


OF_OTHERS = (
    (WRITE_OFF_NUMBER_OF, WRITE_OFF_JUMP),
    (REFUND_NUMBER_OF, REFUND_JUMP),
    (Z_NUMBER_OF, Z_JUMP),
    (SHIFT_NUMBER_OF, None),
)


def _statements_for(conn: sqlite3.Connection, series: str) -> tuple[str, str | None]:
    """The statements that read and raise the last number of a series."""
    for number_of, jump_to in OF_OTHERS:
        if conn.execute(number_of, {"series": series}).fetchone() is not None:
            return number_of, jump_to
    return NUMBER_OF, JUMP


def witness_of(conn: sqlite3.Connection) -> Witness:
    """The witness that the file would have now."""
    rows = conn.execute(HERE).fetchall()
    if not rows:
        raise Unreadable("the identity of the file")
    file_id, seq, made, *_ = rows[0]
    given: list[LastNumber] = []
    for _, _, _, till_id, name, *numbers in rows:
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        first, *others = [LastNumber(till_id, name, series, number) for series, number in pairs]
        given += [] if till_id is None else [first, *(entry for entry in others if entry.number)]
    return Witness(file_id, tuple(given), beginning(conn) if seq is None else Head(seq, made))
