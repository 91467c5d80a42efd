"""Periods of practice: in the shop's file with their count and total, in the practice file with their beginning."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from pos.domain.money import Money
from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import from_instant, from_instant_or_none, instant_columns
from pos.store.file.connection import StoreFile

BEGIN = """
    INSERT INTO training_period (token, till, trainee, on_us, on_offset_s)
    VALUES (:token, :till, :trainee, :at_us, :offset_s)
"""
END = """
    UPDATE training_period SET off_us = :at_us, off_offset_s = :offset_s, count = :count, sum_minor = :sum
    WHERE token = :token AND off_us IS NULL
"""
OPEN = "SELECT token FROM training_period WHERE till = :till AND off_us IS NULL ORDER BY id"
ALL = """
    SELECT token, till, trainee, count, sum_minor, on_us, on_offset_s, off_us, off_offset_s
    FROM training_period ORDER BY id
"""
TILL_OF = "SELECT till FROM training_period WHERE token = :token AND off_us IS NULL"
REMEMBER = """
    INSERT INTO practice_period (token, till_id, after_sale)
    SELECT :token, :till_id, COALESCE(MAX(id), 0) FROM sale
"""
DONE = """
    SELECT COUNT(sale.id), COALESCE(SUM(sale.total_minor), 0)
    FROM practice_period AS period
    LEFT JOIN sale ON sale.till_id = period.till_id AND sale.id > period.after_sale
    WHERE period.token = :token
    GROUP BY period.token
"""


@value
class TrainingPeriod:
    """A period of practice, with the number of training receipts and their total. None: not ended, or unknown."""

    token: str
    till: str
    trainee: int
    on_at: datetime
    off_at: datetime | None
    count: int | None
    total: Money | None


class PeriodStore:
    """The periods of one file. A shop's file uses `never_ended` and `all`, a practice file `done`."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def never_ended(self, till: str) -> tuple[str, ...]:
        """The tokens of a till's periods that never ended, such as after a power cut."""
        with self._file.reading() as conn:
            return tuple(token for (token,) in conn.execute(OPEN, {"till": till}).fetchall())

    def till_of(self, token: str) -> str | None:
        """The name of the till of a period that is still on; None where none is."""
        with self._file.reading() as conn:
            row = conn.execute(TILL_OF, {"token": token}).fetchone()
        return None if row is None else str(row[0])

    def all(self) -> tuple[TrainingPeriod, ...]:
        """Every period, the oldest first."""
        with self._file.reading() as conn:
            return tuple(
                TrainingPeriod(
                    token,
                    till,
                    trainee,
                    from_instant(on_us, on_offset_s),
                    from_instant_or_none(*off_at),
                    count,
                    None if total is None else Money(total),
                )
                for token, till, trainee, count, total, on_us, on_offset_s, *off_at in conn.execute(ALL).fetchall()
            )

    def done(self, token: str) -> tuple[int, Money] | None:
        """In the practice file: the number of receipts since a till's latest period began, and their total; None if
        unknown."""
        with self._file.reading() as conn:
            row = conn.execute(DONE, {"token": token}).fetchone()
        return None if row is None else (int(row[0]), Money(row[1]))


@value
class PracticeOn:
    """In the shop's file: practice is on at a till, under a token."""

    token: str
    till: str
    trainee: int

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        values = {"token": self.token, "till": self.till, "trainee": self.trainee}
        conn.execute(BEGIN, {**values, **instant_columns(act.at)})

    def told(self) -> object:
        return {"practice_on": self}


@value
class PracticeOff:
    """Practice is off, in the shop's file, after `count` receipts with a `total`; None if unknown. Ending twice does no
    harm."""

    token: str
    count: int | None
    total: Money | None

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        total = None if self.total is None else self.total.minor
        conn.execute(END, {"token": self.token, **instant_columns(act.at), "count": self.count, "sum": total})

    def told(self) -> object:
        return {"practice_off": self}


@value
class PeriodBegun:
    """In the practice file: a period begins."""

    token: str
    till_id: int

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(REMEMBER, {"token": self.token, "till_id": self.till_id})

    def told(self) -> object:
        return {"period": self}
