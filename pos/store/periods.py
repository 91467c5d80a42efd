"""When practice was on: in the shop's file with its count and sum, in the practice file with where it began."""

from __future__ import annotations

from datetime import datetime

from pos.domain.money import Money
from pos.domain.value import value
from pos.store.codec import to_time, to_time_or_none
from pos.store.file import StoreFile

BEGIN = "INSERT INTO training_period (token, till, trainee, on_at) VALUES (:token, :till, :trainee, :at)"
END = """
    UPDATE training_period SET off_at = :at, count = :count, sum_minor = :sum WHERE token = :token AND off_at IS NULL
"""
OPEN = "SELECT token FROM training_period WHERE till = :till AND off_at IS NULL ORDER BY id"
ALL = "SELECT token, till, trainee, on_at, off_at, count, sum_minor FROM training_period ORDER BY id"
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
    """Practice from on to off: how many training receipts, and what they came to. None: not ended, or not known."""

    token: str
    till: str
    trainee: int
    on_at: datetime
    off_at: datetime | None
    count: int | None
    total: Money | None


class PeriodStore:
    """The periods of one file: a shop's has `begin`, `end` and `all`, a practice file `remember` and `done`."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def begin(self, token: str, till: str, trainee: int, at: datetime) -> None:
        """Practice is on at a till."""
        values = {"token": token, "till": till, "trainee": trainee, "at": at.isoformat()}
        with self._file.writing() as conn:
            conn.execute(BEGIN, values)

    def end(self, token: str, at: datetime, done: tuple[int, Money] | None) -> None:
        """Practice is off; `done` is the count and the sum, None where nobody knows. Twice is once."""
        count, total = (None, None) if done is None else (done[0], done[1].minor)
        with self._file.writing() as conn:
            conn.execute(END, {"token": token, "at": at.isoformat(), "count": count, "sum": total})

    def never_ended(self, till: str) -> tuple[str, ...]:
        """The tokens of a till's periods that are still on: somebody pulled the plug."""
        with self._file.reading() as conn:
            return tuple(token for (token,) in conn.execute(OPEN, {"till": till}).fetchall())

    def all(self) -> tuple[TrainingPeriod, ...]:
        """Every period, the oldest first."""
        with self._file.reading() as conn:
            return tuple(
                TrainingPeriod(
                    token,
                    till,
                    trainee,
                    to_time(on_at),
                    to_time_or_none(off_at),
                    count,
                    None if total is None else Money(total),
                )
                for token, till, trainee, on_at, off_at, count, total in conn.execute(ALL).fetchall()
            )

    def remember(self, token: str, till_id: int) -> None:
        """In the practice file: what comes from here on belongs to the period."""
        with self._file.writing() as conn:
            conn.execute(REMEMBER, {"token": token, "till_id": till_id})

    def done(self, token: str) -> tuple[int, Money] | None:
        """In the practice file: the receipts since a till's latest period began, and their sum; None if unknown."""
        with self._file.reading() as conn:
            row = conn.execute(DONE, {"token": token}).fetchone()
        return None if row is None else (int(row[0]), Money(row[1]))
