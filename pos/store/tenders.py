"""Every tender that was tried, with its state, whether or not its order became a sale."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date, datetime

from pos.domain.order.order import Order, Tender
from pos.store.file.codec import instant_of
from pos.store.file.connection import StoreFile

KEEP = """
    INSERT INTO tender (
        order_key, number, till_id, person, kind, state, amount_minor, handed_minor, rounding_minor, change_minor,
        at_us, offset_s, changed_us, changed_offset_s, business_day
    ) VALUES (
        (SELECT order_key FROM orders WHERE order_id = :order_id), :number, :till_id, :person, :kind, :state,
        :amount_minor, :handed_minor, :rounding_minor, :change_minor, :at_us, :offset_s,
        :changed_us, :changed_offset_s, :business_day
    )
    ON CONFLICT (order_key, number) DO UPDATE SET
        state = excluded.state, amount_minor = excluded.amount_minor, handed_minor = excluded.handed_minor,
        rounding_minor = excluded.rounding_minor, change_minor = excluded.change_minor,
        changed_us = excluded.changed_us, changed_offset_s = excluded.changed_offset_s,
        business_day = excluded.business_day
    WHERE state <> excluded.state OR handed_minor <> excluded.handed_minor
"""

KNOWN = "SELECT number, tender.state, handed_minor FROM orders JOIN tender USING (order_key) WHERE order_id = :order_id"


def keep_tenders(
    conn: sqlite3.Connection, order: Order, till_id: int, person: int | None, at: datetime, day: date
) -> list[object]:
    """Write the order's new and changed tenders inside the open transaction.

    Returns the fact with these, or none.
    """
    known = {number: rest for number, *rest in conn.execute(KNOWN, {"order_id": order.id})}
    changed = [tender for tender in order.tenders if known.get(tender.id) != [tender.state, tender.handed.minor]]
    rows = [_row(tender, till_id, person, at, day) for tender in changed]
    conn.executemany(KEEP, [tender_row(order.id, row) for row in rows])
    return [{"tendered": rows}] if rows else []


def told_tender(row: Mapping[str, str | int | None]) -> dict[str, str | int | None]:
    """The JSON of a tender, from a row with texts for times."""
    return {name: row[name] for name in TOLD}


def tender_row(order_id: str, told: Mapping[str, str | int | None]) -> dict[str, str | int | None]:
    """The row of a tender in a fact."""
    at_us, offset_s = instant_of(str(told["at"]))
    changed_us, changed_offset_s = instant_of(str(told["changed_at"]))
    times = {"at_us": at_us, "offset_s": offset_s, "changed_us": changed_us, "changed_offset_s": changed_offset_s}
    return {**told, "order_id": order_id, **times}


TOLD = (
    "person",
    "number",
    "till_id",
    "kind",
    "state",
    "amount_minor",
    "handed_minor",
    "rounding_minor",
    "change_minor",
    "at",
    "changed_at",
    "business_day",
)


def _row(
    tender: Tender, till_id: int, person: int | None, changed_at: datetime, day: date
) -> dict[str, str | int | None]:
    return {
        "person": person,
        "number": tender.id,
        "till_id": till_id,
        "kind": tender.kind,
        "state": tender.state,
        "amount_minor": tender.amount.minor,
        "handed_minor": tender.handed.minor,
        "rounding_minor": tender.rounding.minor,
        "change_minor": tender.change.minor,
        "at": tender.at.isoformat(),
        "changed_at": changed_at.isoformat(),
        "business_day": day.isoformat(),
    }


TRIED_AT = """
    SELECT tender.till_id FROM orders JOIN tender USING (order_key)
    WHERE order_id = :order_id AND tender.number = :number
"""
NOT_APPROVED = """
    SELECT
        TOTAL(state = 'given_back'), TOTAL(amount_minor * (state = 'given_back')),
        TOTAL(state IN ('intent', 'unknown')), TOTAL(amount_minor * (state IN ('intent', 'unknown')))
    FROM tender WHERE state <> 'approved' AND business_day BETWEEN :since AND :until
"""
# Begins with the few open or held orders, because there are as many tenders as there were sales.
ON_NO_SALE = """
    SELECT COUNT(*), TOTAL(amount_minor) FROM (
        SELECT amount_minor FROM orders CROSS JOIN tender ON tender.order_key = orders.order_key
        WHERE orders.state = 'open' AND tender.state = 'approved' AND tender.business_day BETWEEN :since AND :until
        UNION ALL
        SELECT amount_minor FROM orders CROSS JOIN tender ON tender.order_key = orders.order_key
        WHERE orders.state = 'held' AND tender.state = 'approved' AND tender.business_day BETWEEN :since AND :until
    )
"""
DISCARDED = """
    SELECT COUNT(*), TOTAL(total_minor) FROM discard
    WHERE business_day BETWEEN :since AND :until AND recalled_us IS NULL
"""


DISCARDED_FOR = """
    SELECT reason, COUNT(*), TOTAL(total_minor) FROM discard
    WHERE business_day BETWEEN :since AND :until AND recalled_us IS NULL
    GROUP BY reason ORDER BY 2 DESC, 3 DESC, reason
"""


class TenderStore:
    """The payments of one file: where they were begun, and those that belong to no sale."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def tried_at(self, order_id: str, number: int) -> int | None:
        """The till at which a payment of an order was begun; None if it is not stored yet."""
        with self._file.reading() as conn:
            row = conn.execute(TRIED_AT, {"order_id": order_id, "number": number}).fetchone()
        return None if row is None else int(row[0])

    def off_sales(self, since: str, until: str) -> tuple[int, ...]:
        """For some business days, both included, a count and a sum in øre of each: payments given back, payments for no
        sale, unsettled payments; discarded orders."""
        days = {"since": since, "until": until}
        with self._file.reading() as conn:
            back, back_minor, open_, open_minor = conn.execute(NOT_APPROVED, days).fetchone()
            unsold, unsold_minor = conn.execute(ON_NO_SALE, days).fetchone()
            dropped, dropped_minor = conn.execute(DISCARDED, days).fetchone()
        found = (back, back_minor, unsold, unsold_minor, open_, open_minor, dropped, dropped_minor)
        return tuple(int(number) for number in found)

    def discards(self, since: str, until: str) -> tuple[tuple[str, int, int], ...]:
        """The reasons why orders were discarded on some business days and not recalled: reason, count, sum in øre; the
        most frequent first."""
        with self._file.reading() as conn:
            rows = conn.execute(DISCARDED_FOR, {"since": since, "until": until}).fetchall()
        return tuple((str(reason), int(count), int(minor)) for reason, count, minor in rows)
