"""A verification from the first act to the last, in short slices, so that tills can sell meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from pos.domain.value import value
from pos.store.file.connection import StoreFile
from pos.store.journal.journal import FILE_ID, NO_FACTS, Head, last
from pos.store.journal.witness import Witness, read_witness
from pos.store.verifying.chain import Chain, ChainedRow
from pos.store.verifying.facts import NOTHING, read_facts
from pos.store.verifying.findings import Finding, Mismatch
from pos.store.verifying.kitchen import Kitchen
from pos.store.verifying.numbers import numbers
from pos.store.verifying.orders import Orders, strays
from pos.store.verifying.papers import Papers
from pos.store.verifying.refunds import Refunds
from pos.store.verifying.rows import LEAST, Made
from pos.store.verifying.sales import Sales
from pos.store.verifying.shifts import Shifts
from pos.store.verifying.signatures import Signatures
from pos.store.verifying.write_offs import Discards, WriteOffs


@value
class Verified:
    """How many acts were checked, and the finding, if any."""

    acts: int
    finding: Finding | None = None


def verify(file: StoreFile, tell: Callable[[int, int], None] = lambda done, of: None) -> Verified:
    """Check the journal against itself and the witness, and the file's tables against the journal. `tell` is called
    with the number of rows checked and of all rows.

    Raises `StoreError` if the file cannot be read.
    """
    verification = Verification(file)
    try:
        verification.run(tell)
    except Mismatch as there:
        return Verified(verification.acts, there.finding)
    return Verified(verification.acts)


class Verification:
    """One verification of a file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file
        with file.reading() as conn:
            started_at = self._started_at = last(conn).seq
            counted = numbers(conn)
        self._chain = Chain(file, witnessed_head(file, read_witness(file.path)))
        self._orders = Orders(started_at)
        self._papers = Papers(started_at)
        self._sales = Sales(self._papers, counted)
        self._signatures = Signatures()
        self._write_offs = WriteOffs(self._papers, counted)
        self._discards = Discards(started_at)
        self._refunds = Refunds(counted)
        self._shifts = Shifts(counted)
        self._kitchen = Kitchen(started_at)
        self._numbers = counted
        self._last_id = b""
        self.acts = 0
        """How many acts were read so far."""

    def run(self, tell: Callable[[int, int], None]) -> None:
        """Check the whole file. Raises `Mismatch`."""
        self._chain.begin()
        while True:
            raw = self._chain.read()
            if raw.rows:
                with self._file.errors():
                    made = self._take(self._chain.follow(raw))
                    with self._file.snapshot() as conn:
                        self._settle(conn, made)
                tell(self._chain.seq, max(self._started_at, self._chain.seq))
            elif self._is_at_the_end():
                break
        self._look_for_strays()

    def _take(self, steps: list[ChainedRow]) -> list[Made]:
        """Add rows; returns those with facts."""
        made: list[Made] = []
        for step in steps:
            if step.id != self._last_id:
                self.acts, self._last_id = self.acts + 1, step.id
            told = NOTHING if step.facts == NO_FACTS else read_facts(step.facts)
            if told is not NOTHING:
                made.append(Made(step, told))
            if step.moves_an_order:
                self._orders.move(step, told)
        return made

    def _settle(self, conn: sqlite3.Connection, made: list[Made]) -> None:
        self._orders.settle(conn)
        self._sales.settle(conn, [entry for entry in made if entry.told.sold is not None])
        self._signatures.settle(conn, made)
        self._write_offs.settle(conn, [entry for entry in made if len(entry.told.written_off)])
        self._discards.settle(conn, [entry for entry in made if entry.told.discarded is not None])
        self._refunds.settle(conn, [entry for entry in made if len(entry.told.refunded)])
        self._shifts.settle(conn, made)
        self._kitchen.settle(conn, made)
        for entry in made:
            self._papers.change(entry)
            self._discards.change(entry)
            self._refunds.change(entry)
        self._papers.settle(conn)
        self._discards.look(conn)

    def _is_at_the_end(self) -> bool:
        """Whether nothing was written meanwhile. If so, everything must be as the acts say: raises `Mismatch`."""
        with self._file.snapshot() as conn:
            if last(conn).seq != self._chain.seq:
                return False
            self._chain.end(conn)
            self._orders.settle(conn, at_the_end=True)
            self._sales.end(conn)
            self._signatures.end(conn)
            self._write_offs.end(conn)
            self._discards.end(conn)
            self._refunds.end(conn)
            self._shifts.end(conn)
            self._kitchen.end(conn)
            self._papers.settle(conn, at_the_end=True)
            self._numbers.end(conn)
        return True

    def _look_for_strays(self) -> None:
        after: int | None = LEAST
        while after is not None:
            with self._file.snapshot() as conn:
                after = strays(conn, after)


def witnessed_head(file: StoreFile, witness: Witness | None) -> Head:
    """The last row that the witness knows; row 0 without a witness of this file."""
    if witness is None:
        return Head(0, b"")
    with file.reading() as conn:
        row = conn.execute(FILE_ID).fetchone()
    return witness.head if row == (witness.file_id,) else Head(0, b"")
