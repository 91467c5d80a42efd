"""Acts on a store without a till: each in a transaction of its own, written as the register's verbs write it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from secrets import token_bytes

from pos.domain.business_day import business_day
from pos.domain.order.order import Order
from pos.domain.sale.finished import Paper
from pos.domain.sale.ledger import OfferEvent
from pos.domain.sale.sale import PaperKind, ReceiptState, Sale
from pos.store import (
    Act,
    CallNumberGiven,
    CopyReserved,
    Fact,
    Move,
    OrderState,
    PaperMarked,
    Saved,
    Sold,
    Store,
    Till,
    TillEntered,
)
from pos.store.selling.stock import MarkedOut, Restored
from pos.store.selling.tills import SettingSet
from tests.store.samples import NOON

HEAD = "SELECT head_seq FROM orders WHERE order_id = ?"


def enter_till(store: Store, name: str, letter: str = "K") -> Till:
    """The till of that name; entered the first time without an act, as in files from before there were any."""
    with store.file.writing() as conn:
        if store.tills.find(name) is None:
            till = store.tills.next(name, letter)
            TillEntered(till).write(conn, Act(b"", "enter_till", NOON, NOON.date()))
    found = store.tills.find(name)
    assert found is not None
    return found


def an_act(
    store: Store, till_id: int | None, verb: str, at: datetime, cashier: str = "", day: date | None = None
) -> Act:
    """An act that has not been written yet. Its person gets an id first, under the lock: others may enter it too."""
    with store.file.writing():
        person = store.people.enter(cashier)
    return Act(token_bytes(16), verb, at, day or business_day(at), till=till_id, person=person)


def write(store: Store, act: Act, moves: Sequence[Move] = (), facts: Sequence[Fact] = ()) -> tuple[Saved, ...]:
    """One act, in one transaction."""
    with store.file.writing():
        return store.journal.add(act, moves, facts)


def head_of(store: Store, order_id: str) -> int | None:
    """The row at which an order stands; None for one that has none."""
    row = store.file.conn.execute(HEAD, (order_id,)).fetchone()
    return None if row is None else row[0]


def keep(
    store: Store,
    till_id: int,
    verb: str,
    order: Order,
    back: int | None,
    at: datetime,
    events: Sequence[OfferEvent] = (),
    *,
    cashier: str = "",
    state: OrderState = OrderState.OPEN,
    head: int | None = None,
) -> Saved:
    """The order after a verb; taking that back leads to the row `back`. It has its place among the till's orders, and
    from its first tender on its call number. `head` is where it is thought to stand: unless said, where it does."""
    act = an_act(store, till_id, verb, at, cashier)
    with store.file.writing():
        order, facts = numbered(store, till_id, order, at)
        stands = head_of(store, order.id) if head is None else head
        (saved,) = store.journal.add(act, [Move(order, stands, back, state, tuple(events))], facts)
    return saved


def numbered(store: Store, till_id: int, order: Order, at: datetime) -> tuple[Order, tuple[Fact, ...]]:
    """An order with the numbers that it has by now, and that they are given."""
    if not order.ordinal and not order.call_number:
        order = replace(order, ordinal=store.tills.next_ordinal(till_id))
    if order.call_number or not order.tenders:
        return order, ()
    number, turn = store.call_numbers.next(at)
    return replace(order, call_number=number), (CallNumberGiven(number, turn, order.id),)


def hold(store: Store, till_id: int, order: Order, back: int | None, at: datetime) -> Saved:
    """Set the order aside."""
    return keep(store, till_id, "hold", order, back, at, state=OrderState.HELD)


def abandon(store: Store, till_id: int, order: Order, back: int | None, at: datetime) -> Saved:
    """Give the order up."""
    return keep(store, till_id, "abandon", order, back, at, state=OrderState.ABANDONED)


def recall(store: Store, till_id: int, order_id: str, at: datetime) -> Saved:
    """Bring an order to a till as it stands; taking that back leads to before it was set aside."""
    act = an_act(store, till_id, "recall", at)
    with store.file.writing():
        found = store.orders.standing(order_id)
        (saved,) = store.journal.add(act, [Move(found.order, found.seq, found.parent)])
    return saved


def finish(
    store: Store, sale: Sale, order: Order, till_id: int, back: int | None, at: datetime, *, head: int | None = None
) -> Sale:
    """Let a paid order become a sale, with the next number of its till's series."""
    act = an_act(store, till_id, "pay", at, sale.cashier, sale.day)
    with store.file.writing():
        order, facts = numbered(store, till_id, order, at)
        series, number = store.sales.next_number(till_id)
        numbers = {"series": series, "receipt_number": number, "call_number": order.call_number}
        sale = store.next_visits.with_code(replace(sale, **numbers))  # type: ignore[arg-type]  # as the fields are
        key = "" if sale.next_visit is None else store.next_visits.key(sale.next_visit.code)
        stands = head_of(store, order.id) if head is None else head
        move = Move(order, stands, back, OrderState.PAID)
        store.journal.add(act, [move], [*facts, Sold(sale, order, key)])
    return sale


def mark_receipt(store: Store, sale: Sale, state: ReceiptState, at: datetime, problem: str = "") -> None:
    """A sale's receipt has come so far."""
    paper = Paper(PaperKind.RECEIPT, sale)
    write(store, an_act(store, None, "print", at), facts=[PaperMarked(paper, state, problem)])


def take_copy(store: Store, order_id: str, at: datetime) -> None:
    """Take a sale's one copy."""
    write(store, an_act(store, None, "copy", at), facts=[CopyReserved(order_id)])


def eighty_six(
    store: Store, sku: str | None, at: datetime, *, machine: str | None = None, until: datetime | None = None
) -> None:
    """Mark an item, or all that a machine makes, as sold out."""
    write(store, an_act(store, None, "eighty_six", at), facts=[MarkedOut(sku, machine, until)])


def restore(store: Store, sku: str | None = None, *, machine: str | None = None) -> None:
    """An item, or what a machine makes, is there again."""
    write(store, an_act(store, None, "restore", NOON), facts=[Restored(sku, machine, None)])


def set_setting(store: Store, till_id: int, key: str, value: str) -> None:
    """A till has something set under a key."""
    write(store, an_act(store, till_id, "set", NOON), facts=[SettingSet(till_id, key, value)])
