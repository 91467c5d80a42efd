"""One verb's rows, for callers that keep an open order at its till rather than at its row: see `journal.add_act`."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from pos.domain.business_day import business_day
from pos.domain.ledger import OfferEvent
from pos.domain.order import Order
from pos.domain.value import value
from pos.store.acts import Act, Move, OrderState, Saved
from pos.store.call_numbers import give_number, waits_from
from pos.store.journal import MOVE_OPEN_ORDER, begin_order, move_order
from pos.store.people import person_id

COUNT_ORDER = "UPDATE till SET orders_begun = orders_begun + 1 WHERE id = :till_id RETURNING orders_begun"


@value
class Entry:
    """What one verb writes: the order after it, `parent` for taking it back, and the events of offers."""

    till_id: int
    verb: str
    order: Order
    parent: int | None
    at: datetime
    events: Sequence[OfferEvent] = ()
    cashier: str = ""
    state: OrderState = OrderState.OPEN
    day: date | None = None
    """The business day of `at`; the calendar's where nobody says."""
    gets_number: bool = False
    """Whether the order has a call number from now on although nobody has paid anything: it was made for nothing."""
    told: Callable[[Order], Sequence[object]] | None = None
    """What else the verb makes true, of the order with its numbers: as JSON can hold it."""


def add_entry(conn: sqlite3.Connection, entry: Entry) -> Saved:
    """Write a verb inside the open transaction, and return its row: the order has got the numbers due to it by then.

    Raises `Refused`: `order-not-open` for an order that is not open at this till (any more), `order-already-open` for a
    second one beside the till's open order, and what `claim` raises for a next-visit code that another order carries.
    """
    act = Act(
        id=os.urandom(16),
        verb=entry.verb,
        at=entry.at,
        day=entry.day or business_day(entry.at),
        till=entry.till_id,
        person=person_id(conn, entry.cashier),
    )
    begin_order(conn, entry.order, entry.till_id, OrderState.OPEN)
    order = _numbered(conn, entry)
    told = () if entry.told is None else entry.told(order)
    move = Move(order=order, head=None, back=entry.parent, state=entry.state, events=tuple(entry.events))
    return move_order(conn, act, move, told, guard=MOVE_OPEN_ORDER)


def _numbered(conn: sqlite3.Connection, entry: Entry) -> Order:
    """The order with its place among the till's orders from its first verb on, and its call number from the first
    tender on. Orders from before the till counted them have their call number to be told apart by."""
    order = entry.order
    if not order.ordinal and not order.call_number:
        ((ordinal,),) = conn.execute(COUNT_ORDER, {"till_id": entry.till_id}).fetchall()
        order = replace(order, ordinal=ordinal)
    if (order.tenders or entry.gets_number) and not order.call_number:
        order = replace(order, call_number=give_number(conn, order.id, entry.at))
    elif entry.state is OrderState.PAID or entry.gets_number:
        waits_from(conn, order.call_number, order.id, entry.at)
    return order
