"""The papers of refunds: their state, and the one copy of each."""

from __future__ import annotations

import sqlite3

from pos.domain.refunds.refund import Refund
from pos.domain.sale.sale import ReceiptState
from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import instant_columns
from pos.store.file.connection import StoreFile, Unreadable
from pos.store.refunds.refunds import REFUND

OWED = """
    SELECT refund.body FROM refund_paper AS paper JOIN refund ON refund.id = paper.refund_id
    WHERE paper.till_id = :till_id AND paper.state <> 'printed' ORDER BY paper.refund_id
"""
STATE = """
    SELECT paper.state FROM refund_paper AS paper JOIN refund ON refund.id = paper.refund_id
    WHERE refund.series = :series AND refund.number = :number
"""
COPIES = """
    SELECT COUNT(*) FROM refund_copy AS copy JOIN refund ON refund.id = copy.refund_id
    WHERE refund.series = :series AND refund.number = :number
"""
MARK = """
    UPDATE refund_paper
    SET state = :state, problem = :problem, at_us = :at_us, offset_s = :offset_s,
        attempts = attempts + (:state = 'printing')
    WHERE refund_id = (SELECT id FROM refund WHERE series = :series AND number = :number)
"""
ADD_COPY = """
    INSERT INTO refund_copy (refund_id, at_us, offset_s)
    SELECT id, :at_us, :offset_s FROM refund WHERE series = :series AND number = :number
"""
DROP_COPY = """
    DELETE FROM refund_copy WHERE refund_id = (SELECT id FROM refund WHERE series = :series AND number = :number)
"""


class RefundPaperStore:
    """The papers of the refunds of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def owed(self, till_id: int) -> tuple[Refund, ...]:
        """The till's refunds whose paper is not known to be printed, the oldest first."""
        with self._file.reading() as conn:
            rows = conn.execute(OWED, {"till_id": till_id}).fetchall()
        return tuple(REFUND.read(body) for (body,) in rows)

    def state(self, refund: Refund) -> ReceiptState | None:
        """The state of the paper; None for an unfinished refund."""
        with self._file.reading() as conn:
            row = conn.execute(STATE, {"series": refund.series, "number": refund.number}).fetchone()
        return None if row is None else ReceiptState(row[0])

    def copies(self, refund: Refund) -> int:
        """The number of copies of its paper: 0 or 1."""
        with self._file.reading() as conn:
            (count,) = conn.execute(COPIES, {"series": refund.series, "number": refund.number}).fetchone()
        return int(count)


@value
class RefundPaperMarked:
    """The state of a refund's paper changed. *Printing* counts as an attempt; `problem` is what the printer said."""

    order_id: str
    series: str
    number: int
    state: ReceiptState
    problem: str = ""

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Raises `Unreadable` for an unknown refund."""
        values = {"series": self.series, "number": self.number, "state": self.state, "problem": self.problem}
        if not conn.execute(MARK, {**values, **instant_columns(act.at)}).rowcount:
            raise Unreadable(f"the paper of refund {self.series}-{self.number}")

    def told(self) -> object:
        return {"refund_paper": self}


@value
class RefundCopied:
    """A refund's one copy is being printed."""

    order_id: str
    series: str
    number: int

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Reserve the copy: the primary key allows no second. Raises `Unreadable` for an unknown refund."""
        values = {"series": self.series, "number": self.number, **instant_columns(act.at)}
        if not conn.execute(ADD_COPY, values).rowcount:
            raise Unreadable(f"the refund {self.series}-{self.number}")

    def told(self) -> object:
        return {"refund_copied": self}


@value
class RefundCopyReleased:
    """The printer took nothing of a copy: it may be asked for again."""

    order_id: str
    series: str
    number: int

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Release the copy. Raises `Unreadable` if there is none."""
        if not conn.execute(DROP_COPY, {"series": self.series, "number": self.number}).rowcount:
            raise Unreadable(f"the copy of refund {self.series}-{self.number}")

    def told(self) -> object:
        return {"refund_copy_released": self}
