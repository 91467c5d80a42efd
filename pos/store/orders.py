"""Orders that are not paid yet: every verb a row, so that a restart and an undo find what was there."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from pos.domain.business_day import business_day
from pos.domain.errors import Refused
from pos.domain.ledger import OfferEvent
from pos.domain.money import Money
from pos.domain.order import Order, without_intent
from pos.domain.value import value
from pos.store.acts import OrderState, Saved
from pos.store.call_numbers import still_has
from pos.store.codec import Json, to_time
from pos.store.discards import (
    Discard,
    Discarded,
    add_discard,
    bring_back,
    discarded_after,
    discarded_on,
    last_discard,
)
from pos.store.file import StoreFile, Unreadable
from pos.store.journal import from_instant
from pos.store.log import Entry, add_entry
from pos.store.packing import Bodies, pack_oldest

ORDER = Json(Order)

CURRENT = """
    SELECT log.seq, head.body, log.parent, log.verb
    FROM orders
    JOIN journal AS log ON log.seq = orders.head_seq
    JOIN order_body AS head ON head.seq = orders.head_seq
    WHERE orders.till_id = :till_id AND orders.state = 'open'
"""
AT = """
    SELECT log.seq, COALESCE(own.body, ''), log.parent, log.verb
    FROM journal AS log LEFT JOIN order_body AS own ON own.seq = log.seq
    WHERE log.seq = :seq
"""
LAST_AT = "SELECT at_us, offset_s FROM journal ORDER BY seq DESC LIMIT 1"
HELD = """
    SELECT orders.order_id, orders.call_number, till.name, orders.held_at, head.body
    FROM orders
    JOIN order_body AS head ON head.seq = orders.head_seq
    JOIN till ON till.id = orders.till_id
    WHERE orders.state = 'held'
    ORDER BY orders.head_seq
"""
AT_OTHER_TILLS = """
    SELECT orders.order_id, orders.call_number, till.name, log.at_us, log.offset_s, head.body
    FROM orders
    JOIN journal AS log ON log.seq = orders.head_seq
    JOIN order_body AS head ON head.seq = orders.head_seq
    JOIN till ON till.id = orders.till_id
    WHERE orders.state = 'open' AND orders.till_id <> :till_id
        AND EXISTS (
            SELECT 1 FROM tender
            WHERE tender.order_id = orders.order_id AND tender.state IN ('intent', 'unknown', 'approved')
        )
    ORDER BY orders.head_seq
"""
TAKEN_BY = """
    SELECT till.name FROM orders JOIN till ON till.id = orders.till_id
    WHERE orders.order_id = :order_id AND (orders.till_id <> :till_id OR orders.state <> 'open')
"""
STATE = "SELECT state FROM orders WHERE order_id = :order_id"
TAKE = """
    UPDATE orders SET state = 'open', till_id = :till_id, held_at = NULL
    WHERE order_id = :order_id AND state IN ('held', 'abandoned')
"""
FETCH = """
    UPDATE orders SET till_id = :till_id
    WHERE order_id = :order_id AND state = 'open' AND till_id <> :till_id
        AND EXISTS (
            SELECT 1 FROM tender
            WHERE tender.order_id = orders.order_id AND tender.state IN ('intent', 'unknown', 'approved')
        )
"""
HEAD = """
    SELECT log.seq, COALESCE(own.body, ''), log.parent
    FROM orders
    JOIN journal AS log ON log.seq = orders.head_seq
    LEFT JOIN order_body AS own ON own.seq = orders.head_seq
    WHERE orders.order_id = :order_id
"""


@value
class Held:
    """An order set aside, and the till that did it; or with `is_open` one that is still open at that till, and when it
    was last touched there."""

    order_id: str
    call_number: int
    till_name: str
    held_at: datetime
    order: Order
    is_open: bool = False


class OrderStore:
    """The orders of all tills of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def current(self, till_id: int) -> Saved | None:
        """The till's open order as its last verb left it; None when it is paid, abandoned or held."""
        return self._saved(CURRENT, {"till_id": till_id})

    def at(self, seq: int) -> Saved:
        """A row of the log. Raises `StoreError` `database-damaged` for a number that was never given."""
        saved = self._saved(AT, {"seq": seq})
        if saved is None:
            with self._file.errors():
                raise Unreadable(f"row {seq} of the log")
        return saved

    def _saved(self, sql: str, values: dict[str, int]) -> Saved | None:
        with self._file.reading() as conn:
            row = conn.execute(sql, values).fetchone()
            if row is None:
                return None
            seq, body, parent, verb = row
            return Saved(seq, ORDER.read(Bodies(conn).of(seq, body)), parent, verb)

    def write(  # noqa: PLR0913 - a row's columns
        self,
        till_id: int,
        verb: str,
        order: Order,
        parent: int | None,
        at: datetime,
        events: Sequence[OfferEvent] = (),
        *,
        cashier: str = "",
        day: date | None = None,
    ) -> Saved:
        """Keep the order as a verb left it, durably, and return the row: with the first tender the order has its call
        number. `day` is the business day.

        Raises `Refused`: `order-not-open` when it is paid, abandoned, held or at another till, `order-already-open`
        when the till has another one open.
        """
        return self._add(Entry(till_id, verb, order, parent, at, events, cashier, day=day))

    def hold(self, till_id: int, order: Order, parent: int | None, at: datetime, cashier: str = "") -> Saved:
        """Set the till's open order aside; raises as `write` does."""
        return self._add(Entry(till_id, "hold", order, parent, at, cashier=cashier, state=OrderState.HELD))

    def abandon(
        self,
        till_id: int,
        order: Order,
        parent: int | None,
        at: datetime,
        cashier: str = "",
        discard: Discard | None = None,
    ) -> Saved:
        """Give the till's open order up; its rows stay. With `discard` it is counted, and can be recalled until the
        business day ends. Raises as `write` does."""
        with self._file.writing() as conn:
            entry = Entry(till_id, "abandon", order, parent, at, cashier=cashier, state=OrderState.ABANDONED)
            saved = add_entry(conn, entry)
            if discard is not None:
                add_discard(conn, order, till_id, cashier, at, discard)
        return saved

    def last_discard(self) -> int:
        """The number of the last discard at any till; 0 for none."""
        with self._file.reading() as conn:
            return last_discard(conn)

    def discarded_after(self, after: int, till_id: int, cashier: str) -> tuple[int, Money]:
        """How many orders somebody discarded at a till after that number, and what they came to."""
        with self._file.reading() as conn:
            return discarded_after(conn, after, till_id, cashier)

    def discarded(self, day: date) -> tuple[Discarded, ...]:
        """The orders that were discarded on a business day at any till, and not brought back; the latest first."""
        with self._file.reading() as conn:
            return discarded_on(conn, day)

    def _add(self, entry: Entry) -> Saved:
        with self._file.writing() as conn:
            return add_entry(conn, entry)

    def last_at(self) -> datetime | None:
        """When the latest row of the log was written, at any till; None for a file without one."""
        with self._file.errors():
            row = self._file.conn.execute(LAST_AT).fetchone()
            return None if row is None else from_instant(*row)

    def pack(self) -> bool:
        """Make the file smaller by the older rows of the log, of which nothing is lost; False when there is nothing to
        do. It takes a few milliseconds: ask at a quiet moment, and as often as there is one."""
        return pack_oldest(self._file)

    def held(self) -> tuple[Held, ...]:
        """The orders set aside at any till, the oldest first."""
        with self._file.reading() as conn:
            return tuple(
                Held(order_id, call_number, till, to_time(held_at), ORDER.read(body))
                for order_id, call_number, till, held_at, body in conn.execute(HELD).fetchall()
            )

    def open_elsewhere(self, till_id: int) -> tuple[Held, ...]:
        """The orders that are open at other tills and have money on them, or may have; the longest untouched first."""
        with self._file.reading() as conn:
            return tuple(
                Held(order_id, call_number, till, from_instant(*at), ORDER.read(body), is_open=True)
                for order_id, call_number, till, *at, body in conn.execute(AT_OTHER_TILLS, {"till_id": till_id})
            )

    def taken_by(self, till_id: int, order_id: str) -> str | None:
        """The name of the till where an order is that is not open at this one any more; None while it is, and for one
        that the file does not know.

        Raises `StoreError` where the file is not the one that it was: nobody has taken anything then.
        """
        with self._file.reading() as conn:
            if self._file.before_write is not None:
                self._file.before_write(conn)
            row = conn.execute(TAKEN_BY, {"till_id": till_id, "order_id": order_id}).fetchone()
        return None if row is None else str(row[0])

    def recall(
        self,
        till_id: int,
        order_id: str,
        at: datetime,
        cashier: str = "",
        aside: tuple[Order, int | None] | None = None,
        day: date | None = None,
        *,
        elsewhere: bool = False,
    ) -> Saved:
        """Take a held order for this till, whichever till held it, or one that was discarded on the business day `day`;
        with `elsewhere` one that is open at another till with money on it. Taking it back leads to before the hold.

        Nobody at this till waits for the terminal that the other till asked: such a payment is unknown.

        `aside` is the till's open order and its row's number: in the same transaction it is held, or abandoned when
        it has no lines. Raises `Refused`: `order-already-recalled` when somebody was faster, `order-already-open` when
        the till has an order of its own open.
        """
        with self._file.writing() as conn:
            if aside is not None:
                verb, state = ("hold", OrderState.HELD) if aside[0].lines else ("abandon", OrderState.ABANDONED)
                add_entry(conn, Entry(till_id, verb, *aside, at, cashier=cashier, state=state))
            was_discarded = not elsewhere and conn.execute(STATE, {"order_id": order_id}).fetchone() == (
                OrderState.ABANDONED,
            )
            if was_discarded:
                bring_back(conn, order_id, at, day or business_day(at))
            _take(conn, FETCH if elsewhere else TAKE, till_id, order_id)
            seq, body, parent = conn.execute(HEAD, {"order_id": order_id}).fetchone()
            order = without_intent(ORDER.read(Bodies(conn).of(seq, body)))
            if was_discarded and order.call_number and not still_has(conn, order.call_number, order_id):
                order = replace(order, call_number=0)
            return add_entry(conn, Entry(till_id, "recall", order, parent, at, cashier=cashier))


def _take(conn: sqlite3.Connection, sql: str, till_id: int, order_id: str) -> None:
    try:
        taken = conn.execute(sql, {"till_id": till_id, "order_id": order_id}).rowcount
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_UNIQUE:
            raise Refused("order-already-open") from error
        raise
    if not taken:
        raise Refused("order-already-recalled")
