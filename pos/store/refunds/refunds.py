"""Refunds: recorded when a terminal has to be asked, finished in one transaction, numbered by till."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from pos.domain.business_day import ONE_DAY
from pos.domain.money import Money
from pos.domain.order.exchange import RefundReason, SaleNumber
from pos.domain.refunds.refund import Refund, RefundSum
from pos.domain.text import LocalText
from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import Json, from_instant, instant_columns, to_json, to_seconds
from pos.store.file.connection import StoreFile, Unreadable
from pos.store.refunds.refund_rows import add_refund
from pos.store.selling.rates import upgraded
from pos.store.selling.tills import next_number

REFUND = Json(Refund, upgraded)

OF_SALE = """
    SELECT refund.body FROM refund JOIN sale ON sale.id = refund.sale_id
    WHERE sale.series = :series AND sale.receipt_number = :number ORDER BY refund.id
"""
BY_NUMBER = "SELECT body FROM refund WHERE series = :series AND number = :number"
LAST = "SELECT body FROM refund WHERE till_id = :till_id ORDER BY number DESC LIMIT 1"
OPEN_OF_SALE = """
    SELECT begun.body FROM refund_begun AS begun JOIN sale ON sale.id = begun.sale_id
    WHERE sale.series = :series AND sale.receipt_number = :number AND begun.state = 'open'
"""
OPEN = "SELECT body FROM refund_begun WHERE state = 'open' ORDER BY id"
BEGUN = "SELECT body FROM refund_begun WHERE refund = :refund AND state = 'open'"
NUMBER = "SELECT refund_series, refund_number FROM till WHERE id = :till_id"
GIVE_NUMBER = "UPDATE till SET refund_number = :number WHERE id = :till_id AND refund_number = :number - 1"
OWE = """
    INSERT INTO refund_paper (refund_id, till_id, state, at_us, offset_s)
    VALUES (:refund_id, :till_id, 'owed', :at_us, :offset_s)
"""
KEEP = """
    INSERT INTO refund_begun (refund, sale_id, till_id, state, body)
    VALUES (
        :refund, (SELECT id FROM sale WHERE series = :series AND receipt_number = :number), :till_id, :state, :body
    )
    ON CONFLICT (refund) DO UPDATE SET till_id = excluded.till_id, state = excluded.state, body = excluded.body
"""
END = "UPDATE refund_begun SET state = 'done', till_id = :till_id WHERE refund = :refund AND state = 'open'"
SUMS = """
    SELECT reason, COUNT(*), TOTAL(total_minor) FROM refund
    WHERE business_day BETWEEN :since AND :until GROUP BY reason ORDER BY COUNT(*) DESC, reason
"""
SOLD = """
    SELECT
        s.series, s.receipt_number, s.call_number, s.paid_us, s.paid_offset_s, s.till, s.total_minor,
        (SELECT GROUP_CONCAT(l.quantity || ' ' || json_extract(l.name, '$.nb'), ', ')
            FROM sale_line AS l WHERE l.sale_id = s.id),
        (SELECT GROUP_CONCAT(l.quantity || ' ' || json_extract(l.name, '$.en'), ', ')
            FROM sale_line AS l WHERE l.sale_id = s.id)
    FROM sale AS s
    WHERE s.paid_unix >= :since AND s.business_day = :day
        AND NOT EXISTS (SELECT 1 FROM refund AS r WHERE r.sale_id = s.id AND r.leaves_nothing)
    ORDER BY s.paid_unix DESC, s.id DESC LIMIT :most
"""


@value
class SoldToday:
    """A sale in a list, of which something can be refunded; `contents` are its items with quantities."""

    number: SaleNumber
    call_number: int
    paid_at: datetime
    till: str
    total: Money
    contents: LocalText


class RefundStore:
    """The refunds of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def next_number(self, till_id: int) -> tuple[str, int]:
        """The series of a till's refunds, and the number of its next one."""
        return next_number(self._file, NUMBER, till_id)

    def of_sale(self, number: SaleNumber) -> tuple[Refund, ...]:
        """The finished refunds of a sale, the oldest first."""
        return self._every(OF_SALE, {"series": number.series, "number": number.number})

    def open_of(self, number: SaleNumber) -> Refund | None:
        """The unfinished refund of a sale."""
        return self._one(OPEN_OF_SALE, {"series": number.series, "number": number.number})

    def open(self) -> tuple[Refund, ...]:
        """Every unfinished refund, at any till, the oldest first."""
        return self._every(OPEN, {})

    def begun(self, refund: str) -> Refund | None:
        """The unfinished refund with an id."""
        return self._one(BEGUN, {"refund": refund})

    def by_number(self, series: str, number: int) -> Refund | None:
        """The refund with that number in a series."""
        return self._one(BY_NUMBER, {"series": series, "number": number})

    def last(self, till_id: int) -> Refund | None:
        """The till's latest refund."""
        return self._one(LAST, {"till_id": till_id})

    def sold_on(self, day: date, most: int) -> tuple[SoldToday, ...]:
        """The latest sales of a business day at all tills of which something is left, at most `most`, the last one
        first."""
        since = datetime.combine(day, time(), UTC) - ONE_DAY  # before the day begins in any time zone
        with self._file.reading() as conn:
            values = {"day": day.isoformat(), "since": to_seconds(since), "most": most}
            rows = conn.execute(SOLD, values).fetchall()
        return tuple(
            SoldToday(
                SaleNumber(series, number), call_number, from_instant(*paid_at), till, Money(minor), LocalText(nb, en)
            )
            for series, number, call_number, *paid_at, till, minor, nb, en in rows
        )

    def sums(self, since: str, until: str) -> tuple[RefundSum, ...]:
        """The reasons for refunds on some business days, both included, the most frequent first."""
        with self._file.reading() as conn:
            rows = conn.execute(SUMS, {"since": since, "until": until}).fetchall()
        return tuple(RefundSum(RefundReason(reason), count, int(minor)) for reason, count, minor in rows)

    def _one(self, sql: str, values: Mapping[str, str | int]) -> Refund | None:
        with self._file.reading() as conn:
            row = conn.execute(sql, values).fetchone()
        return None if row is None else REFUND.read(row[0])

    def _every(self, sql: str, values: Mapping[str, str | int]) -> tuple[Refund, ...]:
        with self._file.reading() as conn:
            rows = conn.execute(sql, values).fetchall()
        return tuple(REFUND.read(body) for (body,) in rows)


@value
class RefundKept:
    """An unfinished refund changed: begun, asked for again, answered. With `dropped` it was given up."""

    refund: Refund
    dropped: bool = False

    @property
    def order_id(self) -> str:
        """The order of its sale."""
        return self.refund.of_order

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        keep(conn, self.refund, act.till, is_dropped=self.dropped, body=to_json(self.refund))

    def told(self) -> object:
        return {"refund_dropped" if self.dropped else "refund_begun": self.refund}


@value
class Refunded:
    """A refund is finished, with the next number of its till's series; its paper is owed."""

    refund: Refund

    @property
    def order_id(self) -> str:
        """The order of its sale."""
        return self.refund.of_order

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Raises `Unreadable` if its number is not the next."""
        if not conn.execute(GIVE_NUMBER, {"till_id": act.till, "number": self.refund.number}).rowcount:
            raise Unreadable("the number of a refund")
        refund_id = add_refund(conn, self.refund, act.till, act.person)
        conn.execute(OWE, {"refund_id": refund_id, "till_id": act.till, **instant_columns(act.at)})
        conn.execute(END, {"refund": self.refund.id, "till_id": act.till})

    def told(self) -> object:
        return {"refunded": self.refund}


def keep(conn: sqlite3.Connection, refund: Refund, till_id: int | None, *, is_dropped: bool, body: str) -> None:
    """Store the state of an unfinished refund."""
    values = {
        "refund": refund.id,
        "series": refund.of.series,
        "number": refund.of.number,
        "till_id": till_id,
        "state": "dropped" if is_dropped else "open",
        "body": body,
    }
    conn.execute(KEEP, values)
