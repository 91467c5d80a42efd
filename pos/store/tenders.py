"""Every tender that was tried, by its order: what it came to, whether or not the order became a sale."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from pos.domain.business_day import business_day
from pos.domain.order.order import Order, Tender
from pos.store.file.codec import Json, to_time
from pos.store.file.connection import StoreFile, Unreadable
from pos.store.file.packing import Bodies

ORDER = Json(Order)

KEEP = """
    INSERT INTO tender (
        order_id, number, till_id, cashier, kind, state, amount_minor, handed_minor, rounding_minor, change_minor, at,
        changed_at, business_day
    ) VALUES (
        :order_id, :number, :till_id, :cashier, :kind, :state, :amount_minor, :handed_minor, :rounding_minor,
        :change_minor, :at, :changed_at, :business_day
    )
    ON CONFLICT (order_id, number) DO UPDATE SET
        state = excluded.state, amount_minor = excluded.amount_minor, handed_minor = excluded.handed_minor,
        rounding_minor = excluded.rounding_minor, change_minor = excluded.change_minor,
        changed_at = excluded.changed_at, business_day = excluded.business_day
    WHERE state <> excluded.state
"""

# All that an older log knows of besides the approved tenders of sales.
ORDERS_BEFORE = """
    SELECT order_id FROM order_log WHERE verb IN ('terminal_declined', 'give_back')
    UNION
    SELECT log.order_id FROM order_log AS log JOIN orders ON orders.order_id = log.order_id
    WHERE orders.state <> 'paid' AND log.verb IN ('pay_cash', 'ask_card', 'ask_mobile')
"""
HEAD_BEFORE = """
    SELECT log.seq, COALESCE(own.body, log.body)
    FROM orders
    JOIN order_log AS log ON log.seq = orders.head_seq
    LEFT JOIN order_body AS own ON own.seq = log.seq
    WHERE orders.order_id = :order_id
"""
ACTS_BEFORE = """
    SELECT order_id, verb, at, till_id, cashier FROM order_log
    WHERE verb IN (
        'pay_cash', 'ask_card', 'ask_mobile', 'terminal_approved', 'terminal_declined', 'terminal_unknown', 'give_back',
        'paid'
    )
    ORDER BY seq
"""


KNOWN = "SELECT number, state FROM tender WHERE order_id = :order_id"


def keep_tenders(
    conn: sqlite3.Connection, order: Order, till_id: int, by: tuple[int | None, str], at: datetime, day: date
) -> list[object]:
    """Write the order's tenders inside the open transaction: new ones, and those that came to another state. `by` is
    the id and the name of whoever took them.

    Returns what the journal keeps of it: a fact, or none.
    """
    person, cashier = by
    known = dict(conn.execute(KNOWN, {"order_id": order.id}).fetchall())
    changed = [tender for tender in order.tenders if known.get(tender.id) != tender.state]
    rows = [_row(order.id, tender, till_id, cashier, at, day) for tender in changed]
    conn.executemany(KEEP, rows)
    return [{"tendered": [told_tender(row, person) for row in rows]}] if rows else []


def told_tender(row: Mapping[str, str | int], person: int | None) -> dict[str, str | int | None]:
    """What the journal keeps of a tender: its row, with a person in place of the name."""
    return {"person": person, **{name: row[name] for name in TOLD}}


TOLD = (
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
    order_id: str, tender: Tender, till_id: int, cashier: str, changed_at: datetime, day: date
) -> dict[str, str | int]:
    return {
        "order_id": order_id,
        "number": tender.id,
        "till_id": till_id,
        "cashier": cashier,
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


NOT_APPROVED = """
    SELECT
        TOTAL(state = 'given_back'), TOTAL(amount_minor * (state = 'given_back')),
        TOTAL(state IN ('intent', 'unknown')), TOTAL(amount_minor * (state IN ('intent', 'unknown')))
    FROM tender WHERE state <> 'approved' AND business_day BETWEEN :since AND :until
"""
# The few orders that are open or held come first: of tenders there are as many as there were sales.
ON_NO_SALE = """
    SELECT COUNT(*), TOTAL(amount_minor) FROM (
        SELECT amount_minor FROM orders CROSS JOIN tender ON tender.order_id = orders.order_id
        WHERE orders.state = 'open' AND tender.state = 'approved' AND tender.business_day BETWEEN :since AND :until
        UNION ALL
        SELECT amount_minor FROM orders CROSS JOIN tender ON tender.order_id = orders.order_id
        WHERE orders.state = 'held' AND tender.state = 'approved' AND tender.business_day BETWEEN :since AND :until
    )
"""
DISCARDED = """
    SELECT COUNT(*), TOTAL(total_minor) FROM discard
    WHERE business_day BETWEEN :since AND :until AND recalled_at IS NULL
"""


DISCARDED_FOR = """
    SELECT reason, COUNT(*), TOTAL(total_minor) FROM discard
    WHERE business_day BETWEEN :since AND :until AND recalled_at IS NULL
    GROUP BY reason ORDER BY 2 DESC, 3 DESC, reason
"""


class TenderStore:
    """The payments of one file that no sale accounts for."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def off_sales(self, since: str, until: str) -> tuple[int, ...]:
        """Of some business days, both included, a count and a sum in øre of each: payments given back, standing on no
        sale, and not settled; orders discarded."""
        days = {"since": since, "until": until}
        with self._file.reading() as conn:
            back, back_minor, open_, open_minor = conn.execute(NOT_APPROVED, days).fetchone()
            unsold, unsold_minor = conn.execute(ON_NO_SALE, days).fetchone()
            dropped, dropped_minor = conn.execute(DISCARDED, days).fetchone()
        found = (back, back_minor, unsold, unsold_minor, open_, open_minor, dropped, dropped_minor)
        return tuple(int(number) for number in found)

    def discards(self, since: str, until: str) -> tuple[tuple[str, int, int], ...]:
        """Why orders were discarded on some business days and not brought back: reason, how many, their sum in øre;
        the most frequent reason first."""
        with self._file.reading() as conn:
            rows = conn.execute(DISCARDED_FOR, {"since": since, "until": until}).fetchall()
        return tuple((str(reason), int(count), int(minor)) for reason, count, minor in rows)


# files from before there was a row for each


@dataclass(slots=True)
class TenderHistory:
    """When, where and by whom a tender was tried, and when it came to its state."""

    at: str
    till_id: int
    cashier: str
    counts: bool


def fill_tenders(conn: sqlite3.Connection) -> None:
    """Write the tenders that no sale has: what was declined, given back, or stands on an order that was never paid.

    An order whose body cannot be read any more keeps what its sale says.
    """
    orders = {order_id for (order_id,) in conn.execute(ORDERS_BEFORE).fetchall()}
    acts: dict[str, list[tuple[str, str, int, str]]] = {}
    if orders:
        for order_id, *act in conn.execute(ACTS_BEFORE):
            if order_id in orders:
                acts.setdefault(order_id, []).append((act[0], act[1], act[2], act[3]))
    bodies = Bodies(conn)
    for order_id, done in acts.items():
        with suppress(Unreadable):
            seq, body = conn.execute(HEAD_BEFORE, {"order_id": order_id}).fetchone()
            tenders = ORDER.read(bodies.of(seq, body)).tenders
            conn.execute("DELETE FROM tender WHERE order_id = :order_id", {"order_id": order_id})
            for tender, taken in zip(tenders, _taken(done, len(tenders)), strict=True):
                changed = to_time(taken.at)
                row = _row(order_id, tender, taken.till_id, taken.cashier, changed, business_day(changed))
                conn.execute(KEEP, row)


def _taken(acts: list[tuple[str, str, int, str]], count: int) -> list[TenderHistory]:
    """The acts of a log as what they did to each of so many tenders."""
    found: list[TenderHistory] = []
    for verb, at, till_id, cashier in acts:
        if verb in ("pay_cash", "ask_card", "ask_mobile") or (verb == "paid" and len(found) < count):
            found.append(TenderHistory(at, till_id, cashier, counts=verb in ("pay_cash", "paid")))
        elif verb == "give_back":
            last = next((taken for taken in reversed(found) if taken.counts), None)
            if last is not None:
                last.at, last.counts = at, False
        elif found:
            found[-1].at, found[-1].counts = at, verb in ("terminal_approved", "paid")
    while len(found) < count:
        found.append(TenderHistory(acts[-1][1], acts[-1][2], acts[-1][3], counts=False))
    return found[:count]
