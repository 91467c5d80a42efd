"""What is open in the kitchen: paid or sent to it, and not marked as done."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from pos.domain.sale.in_kitchen import KitchenPart, PartKind, PartRef
from pos.domain.sale.sale import ReceiptState
from pos.domain.sale.tickets import OwedTicket, Ticket, ticket_of
from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import from_instant, to_instant, to_seconds
from pos.store.file.connection import StoreFile, Unreadable
from pos.store.file.packing import Bodies
from pos.store.kitchen.tickets import TICKET, owed_tickets, paper_state
from pos.store.selling.sales import stored_sale
from pos.store.selling.write_offs import WRITE_OFF

OPEN: Mapping[PartKind, str] = {
    PartKind.SALE: """
        SELECT sale.id FROM sale
        WHERE sale.paid_unix >= :since AND COALESCE((
            SELECT is_done FROM kitchen_mark WHERE sale_id = sale.id ORDER BY id DESC LIMIT 1
        ), 0) = 0
        ORDER BY sale.id
    """,
    PartKind.WRITE_OFF: """
        SELECT w.id FROM write_off AS w
        WHERE w.business_day >= :day AND w.at_unix >= :since AND w.purpose <> 'waste' AND COALESCE((
            SELECT is_done FROM kitchen_mark WHERE write_off_id = w.id ORDER BY id DESC LIMIT 1
        ), 0) = 0
        ORDER BY w.id
    """,
    PartKind.TICKET: """
        SELECT ticket.id FROM kitchen_ticket AS ticket
        WHERE ticket.at_us >= :since * 1000000 AND COALESCE((
            SELECT is_done FROM kitchen_mark WHERE ticket_id = ticket.id ORDER BY id DESC LIMIT 1
        ), 0) = 0
        ORDER BY ticket.id
    """,
}
"""The ids of what was paid, written off or sent since a time and is not done, by kind of part."""

SALE = """
    SELECT sale.body, orders.head_seq, own.facts
    FROM sale
    JOIN orders ON orders.order_key = sale.order_key
    LEFT JOIN order_body AS own ON own.seq = orders.head_seq
    WHERE sale.id = :id
"""
SALE_ID = "SELECT id FROM orders JOIN sale USING (order_key) WHERE order_id = :order_id"
PAID_LATELY = """
    SELECT paid_us, paid_offset_s FROM sale WHERE paid_unix >= :since AND call_number = :number ORDER BY id DESC LIMIT 1
"""
WRITTEN_OFF = "SELECT body FROM write_off WHERE id = :id"
SENT = "SELECT body FROM kitchen_ticket WHERE id = :id"
IS_DONE: Mapping[PartKind, str] = {
    PartKind.SALE: "SELECT is_done FROM kitchen_mark WHERE sale_id = :id ORDER BY id DESC LIMIT 1",
    PartKind.WRITE_OFF: "SELECT is_done FROM kitchen_mark WHERE write_off_id = :id ORDER BY id DESC LIMIT 1",
    PartKind.TICKET: "SELECT is_done FROM kitchen_mark WHERE ticket_id = :id ORDER BY id DESC LIMIT 1",
}
LAST_MARKS = """
    SELECT sale_id, write_off_id, ticket_id, is_done FROM kitchen_mark
    WHERE at_us = (SELECT at_us FROM kitchen_mark ORDER BY id DESC LIMIT 1)
    ORDER BY id
"""
ADD_MARK = """
    INSERT INTO kitchen_mark (sale_id, write_off_id, ticket_id, is_done, at_us, offset_s)
    VALUES (:sale_id, :write_off_id, :ticket_id, :is_done, :at_us, :offset_s)
"""


class KitchenStore:
    """The kitchen of one shop."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file
        self._known: dict[PartRef, Ticket] = {}
        """The tickets of the last look. A ticket never changes, so none is read twice."""

    def open_parts(self, since: datetime) -> tuple[KitchenPart, ...]:
        """What was paid, written off or sent since a time, at any till, and is not done. Reads only tickets that it has
        not read before."""
        day = (since - timedelta(days=1)).date().isoformat()
        values: dict[str, str | int] = {"since": to_seconds(since), "day": day}
        with self._file.reading() as conn:
            refs = [PartRef(kind, number) for kind, sql in OPEN.items() for (number,) in conn.execute(sql, values)]
            self._known = {ref: self._known.get(ref) or _ticket(conn, ref) for ref in refs}
        return tuple(KitchenPart(ref, ticket) for ref, ticket in self._known.items())

    def open_tickets(self, since: datetime) -> tuple[KitchenPart, ...]:
        """The tickets and corrections that were sent since a time and are not done."""
        values = {"since": to_seconds(since)}
        with self._file.reading() as conn:
            refs = [PartRef(PartKind.TICKET, number) for (number,) in conn.execute(OPEN[PartKind.TICKET], values)]
            return tuple(KitchenPart(ref, _ticket(conn, ref)) for ref in refs)

    def is_done(self, ref: PartRef) -> bool:
        """Whether the part's last mark says that it is done."""
        with self._file.reading() as conn:
            row = conn.execute(IS_DONE[ref.kind], {"id": ref.id}).fetchone()
        return row is not None and bool(row[0])

    def part(self, ref: PartRef) -> KitchenPart:
        """The part with its ticket. Raises `StoreError` `database-damaged` if it does not exist."""
        with self._file.reading() as conn:
            return KitchenPart(ref, _ticket(conn, ref))

    def last_done(self) -> tuple[PartRef, ...]:
        """The parts that were marked as done last; none if that mark was taken back, or nothing was marked yet."""
        with self._file.reading() as conn:
            rows = conn.execute(LAST_MARKS).fetchall()
        if not rows or not all(is_done for *_, is_done in rows):
            return ()
        return tuple(_ref(*ids) for *ids, _ in rows)

    def sale_ref(self, order_id: str) -> PartRef | None:
        """The part of an order's sale; None if the order is no sale."""
        with self._file.reading() as conn:
            row = conn.execute(SALE_ID, {"order_id": order_id}).fetchone()
        return None if row is None else PartRef(PartKind.SALE, row[0])

    def paid_lately(self, call_number: int, since: datetime) -> datetime | None:
        """When the latest order with a call number was paid, if that was after `since`; else None."""
        with self._file.reading() as conn:
            row = conn.execute(PAID_LATELY, {"number": call_number, "since": to_seconds(since)}).fetchone()
        return None if row is None else from_instant(*row)

    def owed(self, till_id: int) -> tuple[OwedTicket, ...]:
        """The till's tickets that are not known to be printed, the oldest first."""
        with self._file.reading() as conn:
            return owed_tickets(conn, till_id)

    def paper_state(self, ticket_id: int) -> ReceiptState | None:
        """The state of a ticket's paper; None if it has none."""
        with self._file.reading() as conn:
            return paper_state(conn, ticket_id)


@value
class KitchenMarked:
    """Parts of an order are marked as done, or the mark is taken back."""

    order_id: str
    parts: tuple[PartRef, ...]
    is_done: bool

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        at_us, offset_s = to_instant(act.at)
        conn.executemany(ADD_MARK, mark_values(self.parts, at_us, offset_s, is_done=self.is_done))

    def told(self) -> object:
        return {"kitchen_mark": {"order_id": self.order_id, "is_done": self.is_done, "parts": self.parts}}


def mark_values(parts: Iterable[PartRef], at_us: int, offset_s: int, *, is_done: bool) -> list[dict[str, int | None]]:
    """The columns of `kitchen_mark`, a row for each part."""
    return [
        {
            "sale_id": part.id if part.kind is PartKind.SALE else None,
            "write_off_id": part.id if part.kind is PartKind.WRITE_OFF else None,
            "ticket_id": part.id if part.kind is PartKind.TICKET else None,
            "is_done": int(is_done),
            "at_us": at_us,
            "offset_s": offset_s,
        }
        for part in parts
    ]


def _ref(sale_id: int | None, write_off_id: int | None, ticket_id: int | None) -> PartRef:
    if sale_id is not None:
        return PartRef(PartKind.SALE, sale_id)
    if write_off_id is not None:
        return PartRef(PartKind.WRITE_OFF, write_off_id)
    return PartRef(PartKind.TICKET, ticket_id or 0)


def _ticket(conn: sqlite3.Connection, ref: PartRef) -> Ticket:
    return READ[ref.kind](conn, ref.id)


def _of_sale(conn: sqlite3.Connection, number: int) -> Ticket:
    row = conn.execute(SALE, {"id": number}).fetchone()
    if row is None:
        raise Unreadable(f"sale {number}")
    return ticket_of(stored_sale(Bodies(conn), *row))


def _of_write_off(conn: sqlite3.Connection, number: int) -> Ticket:
    row = conn.execute(WRITTEN_OFF, {"id": number}).fetchone()
    if row is None:
        raise Unreadable(f"write-off {number}")
    return ticket_of(WRITE_OFF.read(row[0]))


def _sent(conn: sqlite3.Connection, number: int) -> Ticket:
    row = conn.execute(SENT, {"id": number}).fetchone()
    if row is None:
        raise Unreadable(f"kitchen ticket {number}")
    return TICKET.read(row[0])


READ: Mapping[PartKind, Callable[[sqlite3.Connection, int], Ticket]] = {
    PartKind.SALE: _of_sale,
    PartKind.WRITE_OFF: _of_write_off,
    PartKind.TICKET: _sent,
}
