"""Shifts: the current one of each till, what it has tallied, and its drawer counts. Rows are only ever added."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date

from pos.domain.money import ZERO, Money
from pos.domain.shift.shift import DrawerCount, Shift, ShiftTally, Tallied, TerminalSum
from pos.domain.value import replace, value
from pos.store.acts import Act
from pos.store.file.codec import Json, from_instant, to_instant, to_json
from pos.store.file.connection import StoreFile

PIECES = Json(tuple[tuple[int, int], ...])
TOTALS = Json(tuple[TerminalSum, ...])

CURRENT = """
    SELECT
        shift.id, shift.till_id, shift.number, shift.after_receipt, shift.after_refund, shift.sales_before_minor,
        shift.returns_before_minor, float.amount_minor, float.business_day
    FROM shift LEFT JOIN shift_tally AS float ON float.shift_id = shift.id AND float.what = 'float'
    WHERE shift.till_id = :till_id ORDER BY shift.number DESC LIMIT 1
"""
# After those that a lost file is known to have had.
NEXT_NUMBER = """
    SELECT 1 + MAX(
        COALESCE((SELECT MAX(number) FROM shift WHERE till_id = :till_id), 0),
        COALESCE((SELECT MAX(to_number) FROM number_jump WHERE series = 'S' || :till_id), 0)
    )
"""
NEXT_ID = "SELECT COALESCE(MAX(id), 0) + 1 FROM shift"
LAST_NUMBERS = "SELECT receipt_number, refund_number FROM till WHERE id = :till_id"
SOLD_EVER = "SELECT COALESCE(SUM(total_minor), 0) FROM sale WHERE till_id = :till_id"
RETURNED_EVER = "SELECT COALESCE(SUM(total_minor), 0) FROM refund WHERE till_id = :till_id"
IS_ANY = "SELECT EXISTS (SELECT 1 FROM shift)"
BEGIN = """
    INSERT INTO shift (
        id, till_id, number, at_us, offset_s, after_receipt, after_refund, sales_before_minor, returns_before_minor
    ) VALUES (
        :id, :till_id, :number, :at_us, :offset_s, :after_receipt, :after_refund, :sales_before, :returns_before
    )
"""
TALLY = """
    INSERT INTO shift_tally (shift_id, what, reason, person, count, amount_minor, business_day, at_us, offset_s)
    VALUES (:shift_id, :what, :reason, :person, :count, :amount, :day, :at_us, :offset_s)
"""
TALLIES = """
    SELECT tally.what, tally.reason, tally.person, COALESCE(person.name, ''), SUM(tally.count), SUM(tally.amount_minor)
    FROM shift_tally AS tally LEFT JOIN person ON person.id = tally.person
    WHERE tally.shift_id = :shift_id
    GROUP BY tally.what, tally.reason, tally.person
    ORDER BY MIN(tally.id)
"""
COUNTS = """
    SELECT
        count.id, count.at_us, count.offset_s, count.cash_minor, count.expected_minor, count.pieces, count.terminals,
        COALESCE(why.reason, '')
    FROM shift_count AS count LEFT JOIN shift_count_reason AS why ON why.count_id = count.id
    WHERE count.shift_id = :shift_id ORDER BY count.id
"""
ADD_COUNT = """
    INSERT INTO shift_count (shift_id, person, cash_minor, expected_minor, pieces, terminals, at_us, offset_s)
    VALUES (:shift_id, :person, :cash, :expected, :pieces, :terminals, :at_us, :offset_s)
"""
EXPLAIN = """
    INSERT INTO shift_count_reason (count_id, reason, person, at_us, offset_s)
    VALUES (:count_id, :reason, :person, :at_us, :offset_s)
"""
PERSONS = "SELECT name, id FROM person"


class ShiftStore:
    """The shifts of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def is_any(self) -> bool:
        """Whether any till ever had a shift: from then on the shop works with shifts."""
        with self._file.reading() as conn:
            return bool(conn.execute(IS_ANY).fetchone()[0])

    def current(self, till_id: int) -> Shift | None:
        """The till's current shift; None before its first."""
        with self._file.reading() as conn:
            row = conn.execute(CURRENT, {"till_id": till_id}).fetchone()
        if row is None:
            return None
        *numbers, sales, returns, put_in, day = row
        number, of_till, place, receipt, refund = numbers
        begun = Shift(number, of_till, place, receipt, refund, Money(sales), Money(returns))
        return begun if put_in is None else replace(begun, float=Money(put_in), day=date.fromisoformat(day))

    def first(self, till_id: int) -> Shift:
        """The till's first shift, not stored yet. Its grand totals are all that the till has sold and refunded so
        far."""
        with self._file.reading() as conn:
            (number,) = conn.execute(NEXT_ID).fetchone()
            (place,) = conn.execute(NEXT_NUMBER, {"till_id": till_id}).fetchone()
            receipt, refund = conn.execute(LAST_NUMBERS, {"till_id": till_id}).fetchone()
            (sold,) = conn.execute(SOLD_EVER, {"till_id": till_id}).fetchone()
            (returned,) = conn.execute(RETURNED_EVER, {"till_id": till_id}).fetchone()
        return Shift(number, till_id, place, receipt, refund, Money(sold), Money(returned))

    def after(self, shift: Shift, sales: Money, returns: Money) -> Shift:
        """The shift that follows `shift`, not stored yet, with these grand totals."""
        with self._file.reading() as conn:
            (number,) = conn.execute(NEXT_ID).fetchone()
            (place,) = conn.execute(NEXT_NUMBER, {"till_id": shift.till_id}).fetchone()
            receipt, refund = conn.execute(LAST_NUMBERS, {"till_id": shift.till_id}).fetchone()
        return Shift(number, shift.till_id, place, receipt, refund, sales, returns)

    def tallies(self, shift_id: int) -> tuple[ShiftTally, ...]:
        """The tallies of a shift, summed by kind, reason and person, in the order in which each first occurred."""
        with self._file.reading() as conn:
            return tuple(
                ShiftTally(Tallied(what), count, Money(minor), reason, person, name)
                for what, reason, person, name, count, minor in conn.execute(TALLIES, {"shift_id": shift_id})
            )

    def counts(self, shift_id: int) -> tuple[DrawerCount, ...]:
        """The drawer counts of a shift, the first one first."""
        with self._file.reading() as conn:
            return tuple(
                DrawerCount(
                    number,
                    from_instant(at_us, offset_s),
                    Money(cash),
                    Money(expected),
                    PIECES.read(pieces),
                    TOTALS.read(terminals),
                    reason,
                )
                for number, at_us, offset_s, cash, expected, pieces, terminals, reason in conn.execute(
                    COUNTS, {"shift_id": shift_id}
                )
            )

    def persons(self) -> dict[str, int]:
        """The ids of people, by name."""
        with self._file.reading() as conn:
            return {str(name): int(number) for name, number in conn.execute(PERSONS)}


@value
class ShiftBegun:
    """A shift begins at a till: with its first float, or with the Z of the previous shift."""

    shift: Shift

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(BEGIN, begun_values(self.shift, *to_instant(act.at)))

    def told(self) -> object:
        """The columns of the shift: its tallies are facts of their own."""
        shift = self.shift
        return {
            "shift": {
                "id": shift.id,
                "till_id": shift.till_id,
                "number": shift.number,
                "after_receipt": shift.after_receipt,
                "after_refund": shift.after_refund,
                "sales_before": shift.sales_before.minor,
                "returns_before": shift.returns_before.minor,
            }
        }


def begun_values(shift: Shift, at_us: int, offset_s: int) -> dict[str, int]:
    """The columns of `shift`."""
    return {
        "id": shift.id,
        "till_id": shift.till_id,
        "number": shift.number,
        "at_us": at_us,
        "offset_s": offset_s,
        "after_receipt": shift.after_receipt,
        "after_refund": shift.after_refund,
        "sales_before": shift.sales_before.minor,
        "returns_before": shift.returns_before.minor,
    }


@value
class TallyRow:
    """An addition to a tally: a count and an amount, negative if it takes something off."""

    what: Tallied
    count: int = 1
    amount: Money = ZERO
    reason: str = ""


@value
class TalliesMade:
    """Additions to the tallies of a shift, under the person who does the act."""

    shift_id: int
    rows: tuple[TallyRow, ...]

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        at = to_instant(act.at)
        conn.executemany(
            TALLY, [tally_values(self.shift_id, row, act.person, act.day.isoformat(), *at) for row in self.rows]
        )

    def told(self) -> object:
        return {"tallied": self}


@value
class MoneyMoved:
    """Money taken at one till for an order of another till. Each till's shift counts its own part.

    `taken` is the shift of the till that took the money, `other` the shift of the till that counts it with its sales;
    None for a till without a shift. `rows` are positive, or negative for money that the till paid out.
    """

    taken: int | None
    other: int | None
    rows: tuple[TallyRow, ...]

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Count it in both."""
        at = to_instant(act.at)
        for shift_id, row in self.each():
            conn.execute(TALLY, tally_values(shift_id, row, act.person, act.day.isoformat(), *at))

    def each(self) -> Iterator[tuple[int, TallyRow]]:
        """What each shift counts, with its id."""
        for sign, shift_id in ((1, self.taken), (-1, self.other)):
            if shift_id is not None:
                for row in self.rows:
                    yield shift_id, replace(row, count=sign * row.count, amount=sign * row.amount)

    def told(self) -> object:
        return {"money_moved": self}


def tally_values(
    shift_id: int, row: TallyRow, person: int | None, day: str, at_us: int, offset_s: int
) -> dict[str, str | int | None]:
    """The columns of `shift_tally`."""
    return {
        "shift_id": shift_id,
        "what": row.what,
        "reason": row.reason,
        "person": person,
        "count": row.count,
        "amount": row.amount.minor,
        "day": day,
        "at_us": at_us,
        "offset_s": offset_s,
    }


@value
class CountMade:
    """The drawer was counted. An earlier count of the shift stays."""

    shift_id: int
    cash: Money
    expected: Money
    pieces: tuple[tuple[int, int], ...] = ()
    terminals: tuple[TerminalSum, ...] = ()

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(ADD_COUNT, count_values(self, act.person, *to_instant(act.at)))

    def told(self) -> object:
        return {"counted": self}


def count_values(count: CountMade, person: int | None, at_us: int, offset_s: int) -> dict[str, str | int | None]:
    """The columns of `shift_count`."""
    return {
        "shift_id": count.shift_id,
        "person": person,
        "cash": count.cash.minor,
        "expected": count.expected.minor,
        "pieces": to_json(count.pieces),
        "terminals": to_json(count.terminals),
        "at_us": at_us,
        "offset_s": offset_s,
    }


@value
class CountExplained:
    """The reason that somebody gave for the difference of a count."""

    count_id: int
    reason: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        at_us, offset_s = to_instant(act.at)
        values = {
            "count_id": self.count_id,
            "reason": self.reason,
            "person": act.person,
            "at_us": at_us,
            "offset_s": offset_s,
        }
        conn.execute(EXPLAIN, values)

    def told(self) -> object:
        return {"count_explained": self}
