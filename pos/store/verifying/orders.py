"""Checks where orders stand, and the events of their offers and their tenders. An order is compared as soon as the
journal has been read up to the row at which the file says that it stands."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec
from msgspec.structs import astuple

from pos.store.acts import OrderState
from pos.store.file.codec import NEVER, Json, from_instant, instant_of, to_json
from pos.store.verifying.chain import ChainedRow
from pos.store.verifying.facts import NOTHING, EventTold, TenderTold, ToldFact, state_of
from pos.store.verifying.findings import FindingKind, found
from pos.store.verifying.rows import MOST, Values, check, compare

# `:ids` is a JSON list of order ids.
ORDERS = """
    SELECT
        order_id, head_seq, state, till_id, held_us, held_offset_s, call_number, opened_us, opened_offset_s,
        EXISTS (SELECT 1 FROM order_body WHERE order_body.seq = orders.head_seq)
    FROM orders WHERE order_id IN (SELECT value FROM json_each(:ids))
"""
EVENTS = """
    SELECT order_id, seq, number, name, kind, offer_id, at_us, offset_s, outcome, reason, count, units
    FROM orders JOIN offer_event USING (order_key)
    WHERE order_id IN (SELECT value FROM json_each(:ids)) ORDER BY order_id, seq, number
"""
TENDERS = """
    SELECT
        order_id, number, person, tender.till_id, kind, tender.state, amount_minor, handed_minor, rounding_minor,
        change_minor, at_us, offset_s, changed_us, changed_offset_s, business_day
    FROM orders JOIN tender USING (order_key)
    WHERE order_id IN (SELECT value FROM json_each(:ids)) ORDER BY order_id, number
"""
# Rows without an order. A connection that does not check foreign keys can write them.
STRAY = (
    (
        "orders",
        """
        SELECT orders.order_id FROM orders LEFT JOIN journal ON journal.seq = orders.head_seq
        WHERE orders.order_key > :after AND orders.order_key <= :upto
            AND journal.order_key IS NOT orders.order_key LIMIT 1
        """,
    ),
    (
        "offer_event",
        """
        SELECT order_key FROM offer_event AS event WHERE order_key > :after AND order_key <= :upto
            AND NOT EXISTS (SELECT 1 FROM orders WHERE orders.order_key = event.order_key) LIMIT 1
        """,
    ),
    (
        "tender",
        """
        SELECT order_key FROM tender WHERE order_key > :after AND order_key <= :upto
            AND NOT EXISTS (SELECT 1 FROM orders WHERE orders.order_key = tender.order_key) LIMIT 1
        """,
    ),
)
NEXT_KEY = (
    "SELECT MAX(order_key) FROM (SELECT order_key FROM orders WHERE order_key > :after ORDER BY order_key LIMIT :most)"
)
SCAN = 2000
"""Orders searched for stray rows at a time."""


class HeadBody(msgspec.Struct):
    """The fields of an order's body that are columns of `orders`."""

    call_number: int
    opened_at: str


HEAD_BODY = Json(HeadBody)


@dataclass(slots=True)
class OrderSoFar:
    """An order as of the last row read."""

    since: int
    """The first row read since the order was last compared; with `is_whole`, the first row of the order."""
    is_whole: bool
    head: int = 0
    state: str = OrderState.OPEN
    till: int | None = None
    held_at: tuple[int | None, int | None] = NEVER
    body: str = ""
    events: list[Values] = field(default_factory=list)
    tenders: dict[int, TenderTold] = field(default_factory=dict)


@dataclass(slots=True)
class Orders:
    """The orders that do not yet stand where the file says."""

    started_at: int
    """The journal's last row when the verification began. Tills may have written later rows meanwhile."""
    waiting: dict[str, OrderSoFar] = field(default_factory=dict)
    touched: dict[str, OrderSoFar] = field(default_factory=dict)

    def move(self, step: ChainedRow, told: ToldFact) -> None:
        """Add a row that moves an order."""
        order_id = step.order_id or ""
        standing = self.waiting.get(order_id)
        if standing is None:
            standing = self.waiting[order_id] = OrderSoFar(step.seq, is_whole=step.seq <= self.started_at)
        self.touched[order_id] = standing
        standing.head, standing.till, standing.body = step.seq, step.till, step.body
        if told is not NOTHING:
            self._take_facts(standing, step, told)
        else:
            standing.state, standing.held_at = OrderState.OPEN, NEVER

    def _take_facts(self, standing: OrderSoFar, step: ChainedRow, told: ToldFact) -> None:
        standing.state = state_of(told)
        if standing.state != OrderState.HELD:
            standing.held_at = NEVER
        elif standing.held_at == NEVER:
            standing.held_at = step.at
        if told.asked is not None:
            events = enumerate(told.asked)
            standing.events.extend((step.seq, number, *_event_row(event)) for number, event in events)
        if told.tendered is not None:
            for tender in told.tendered:
                known = standing.tenders.setdefault(tender.number, tender)
                for name in CHANGES:
                    setattr(known, name, getattr(tender, name))

    def settle(self, conn: sqlite3.Connection, *, at_the_end: bool = False) -> None:
        """Compare the orders that were touched last, or at the end all that wait, with the file. Raises `Mismatch`."""
        looked_at = self.waiting if at_the_end else self.touched
        rows = {row[0]: row[1:] for row in conn.execute(ORDERS, {"ids": to_json([*looked_at])})}
        standing_there: list[str] = []
        for order_id, standing in looked_at.items():
            row = rows.get(order_id)
            if row is None:
                raise found(FindingKind.LOST, "orders", order_id, standing.head)
            if row[0] == standing.head:
                _check_order(order_id, standing, row)
                standing_there.append(order_id)
            elif at_the_end:
                raise found(FindingKind.CHANGED, "orders", order_id, standing.head)
        self._settle_rows(conn, standing_there)
        self.touched = {}

    def _settle_rows(self, conn: sqlite3.Connection, order_ids: list[str]) -> None:
        """Compare the events and tenders of orders whose last row has been read, and stop waiting for them."""
        ids = {"ids": to_json(order_ids)}
        events, tenders = _by_order(conn.execute(EVENTS, ids)), _by_order(conn.execute(TENDERS, ids))
        for order_id in order_ids:
            standing = self.waiting.pop(order_id)
            self._check_rows(order_id, standing, events.get(order_id, []), tenders.get(order_id, []))

    def _check_rows(self, order_id: str, standing: OrderSoFar, events: list[Values], tenders: list[Values]) -> None:
        if not standing.is_whole:
            events = [event for event in events if int(str(event[0])) >= standing.since]
            tenders = [tender for tender in tenders if tender[0] in standing.tenders]
        if events != standing.events:
            compare("offer_event", 2, standing.events, events, lambda key: (order_id, int(str(key[0]))))
        if not standing.tenders and not tenders:
            return
        told = [_tender_row(tender) for tender in standing.tenders.values()]
        if told != tenders:
            compare("tender", 1, told, tenders, lambda key: (order_id, standing.head))


def _event_row(told: EventTold) -> Values:
    """The columns of `offer_event` for an event in a fact."""
    *what, at, outcome, reason, count, units = astuple(told)
    return (*what, *instant_of(at), outcome, reason, count, units)


def _tender_row(told: TenderTold) -> Values:
    """The columns of `tender` for a tender in a fact."""
    *what, at, changed_at, business_day = astuple(told)
    return (*what, *instant_of(at), *instant_of(changed_at), business_day)


def _check_order(order_id: str, standing: OrderSoFar, row: Values) -> None:
    """Compare the row of an order with its acts. Raises `Mismatch`."""
    _, state, till, *held_at, call_number, opened_us, opened_offset_s, is_plain = row
    opened = int(str(opened_us)), int(str(opened_offset_s))
    is_so = state == standing.state and standing.till in (None, till)
    # This program's bodies begin like this. Only others have to be decoded.
    begins = f'{{"id":"{order_id}","call_number":{call_number},"opened_at":"{from_instant(*opened).isoformat()}",'
    if standing.body and not standing.body.startswith(begins):
        body = HEAD_BODY.read(standing.body)
        is_so = is_so and (call_number, opened) == (body.call_number, instant_of(body.opened_at))
    if standing.is_whole:
        is_so = is_so and tuple(held_at) == standing.held_at
    check(is_so, "orders", order_id, standing.head)
    if state in (OrderState.OPEN, OrderState.HELD) and not is_plain:
        raise found(FindingKind.LOST, "order_body", str(standing.head), standing.head)


def _by_order(rows: Iterable[Values]) -> dict[str, list[Values]]:
    found_there: dict[str, list[Values]] = {}
    for row in rows:
        found_there.setdefault(str(row[0]), []).append(row[1:])
    return found_there


CHANGES = ("state", "amount_minor", "handed_minor", "rounding_minor", "change_minor", "changed_at", "business_day")
"""The fields of a tender that its outcome changes."""


def strays(conn: sqlite3.Connection, after: int) -> int | None:
    """Check the next `SCAN` orders after a key for rows without an order. Returns the last of their keys, None at the
    end. Raises `Mismatch`."""
    (last,) = conn.execute(NEXT_KEY, {"after": after, "most": SCAN}).fetchone()
    upto = MOST if last is None else last
    for table, sql in STRAY:
        row = conn.execute(sql, {"after": after, "upto": upto}).fetchone()
        if row is not None:
            raise found(FindingKind.INSERTED, table, row[0])
    return None if last is None else int(last)
