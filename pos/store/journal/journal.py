"""The journal: a row or more for every act, each chained to the row before. No row ever changes.

The canonical form of a row is one JSON array without blanks, in UTF-8: seq, format, id, at_us, offset_s, till, person,
approver, shift, verb, order_id, parent, reason, digest, facts. `id` and `digest` are hexadecimal, empty columns are
null, strings are escaped as RFC 8785 says, and `facts` is the stored text, unchanged. `hash` is the SHA-256 of the
previous row's hash followed by these bytes. The first row is chained to the SHA-256 of the file's identity.

The order after an act and the act's facts are in `order_body`, and are packed later. The row itself stays small, and as
it was written.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from operator import attrgetter

from pos.domain.errors import Refused
from pos.domain.order.order import Order
from pos.domain.value import value
from pos.store.acts import Act, Fact, Move, OrderState, Saved
from pos.store.file.codec import encoded, instant_columns, to_instant, to_json
from pos.store.file.connection import StoreFile, Unreadable
from pos.store.offers.ledger import add_events, told_events
from pos.store.offers.next_visits import claim
from pos.store.tenders import keep_tenders

FORMAT = 1
NO_FACTS = "[]"

FILE_ID = "SELECT id FROM file_identity"
LAST = "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1"
HASH_AT = "SELECT hash FROM journal WHERE seq = :seq"
ADD = """
    INSERT INTO journal (
        seq, format, id, at_us, offset_s, till, person, approver, shift, verb, order_key, parent, reason, digest, hash
    ) VALUES (
        ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT order_key FROM orders WHERE order_id = ?), ?, ?, ?, ?
    )
"""
ADD_BODY = "INSERT INTO order_body (seq, body, facts) VALUES (?, ?, ?)"
IS_ORDER = "SELECT 1 FROM orders WHERE order_id = :order_id"
FIND_ACT = "SELECT seq FROM journal WHERE seq > :since AND id = :id ORDER BY seq"

BEGIN_ORDER = """
    INSERT INTO orders (order_id, till_id, call_number, state, opened_us, opened_offset_s)
    VALUES (:order_id, :till, 0, :state, :opened_us, :opened_offset_s)
    ON CONFLICT (order_id) DO NOTHING
"""
COUNT_ORDER = "UPDATE till SET orders_begun = :ordinal WHERE id = :till AND orders_begun < :ordinal"
MOVE_ORDER = """
    UPDATE orders
    SET state = :state, till_id = COALESCE(:till, till_id), call_number = :call_number, head_seq = :seq,
        held_us = CASE WHEN :state = 'held' THEN COALESCE(held_us, :at_us) END,
        held_offset_s = CASE WHEN :state = 'held' THEN COALESCE(held_offset_s, :offset_s) END
    WHERE order_id = :order_id AND head_seq IS :head
"""


@value
class Head:
    """The last row of a chain. Before the first row, its number is 0."""

    seq: int
    hash: bytes

    @property
    def short(self) -> str:
        """The first eight hexadecimal digits of the hash, for papers and file names."""
        return self.hash.hex()[:8]


@value
class JournalRow:
    """A row of the journal without its hash. The fields are in the order of the canonical form."""

    seq: int
    format: int
    id: bytes
    at_us: int
    offset_s: int
    till: int | None
    person: int | None
    approver: int | None
    shift: int | None
    verb: str
    order_id: str | None
    parent: int | None
    reason: str
    digest: bytes | None
    facts: str = NO_FACTS


COLUMNS = attrgetter(*(field.name for field in fields(JournalRow) if field.name != "facts"))
"""The fields that are columns of the journal, in their order. The hash follows them."""


def canonical(fields: Sequence[str | int | None], facts: str) -> bytes:
    """The bytes that are hashed: the canonical form of a row."""
    return b"".join((encoded(fields)[:-1], b",", facts.encode(), b"]"))


def canonical_row(row: JournalRow) -> bytes:
    """The canonical form of a row."""
    return canonical([part.hex() if isinstance(part, bytes) else part for part in COLUMNS(row)], row.facts)


def chained(previous: bytes, row: JournalRow) -> bytes:
    """The hash of a row that follows one with the hash `previous`."""
    return hashlib.sha256(previous + canonical_row(row)).digest()


def digest_of(body: str) -> bytes:
    """The SHA-256 of the body of an order."""
    return hashlib.sha256(body.encode()).digest()


def beginning(conn: sqlite3.Connection) -> Head:
    """Row 0, to which the first row is chained: its hash is the SHA-256 of the file's identity."""
    row = conn.execute(FILE_ID).fetchone()
    if row is None:
        raise Unreadable("the identity of the file")
    return Head(0, hashlib.sha256(str(row[0]).encode()).digest())


def last(conn: sqlite3.Connection) -> Head:
    """The last row of the journal, or row 0."""
    row = conn.execute(LAST).fetchone()
    return beginning(conn) if row is None else Head(row[0], row[1])


def hash_at(conn: sqlite3.Connection, seq: int) -> bytes | None:
    """The hash of a row; None if it does not exist."""
    row = conn.execute(HASH_AT, {"seq": seq}).fetchone()
    return None if row is None else bytes(row[0])


def append(conn: sqlite3.Connection, row: JournalRow, previous: bytes) -> bytes:
    """Insert a row after one with the hash `previous`. Returns its hash."""
    made = chained(previous, row)
    conn.execute(ADD, (*COLUMNS(row), made))
    return made


def add_act(
    conn: sqlite3.Connection, act: Act, moves: Sequence[Move] = (), facts: Sequence[Fact] = ()
) -> tuple[Saved, ...]:
    """Write an act inside the open transaction. Returns a row for each move.

    All rows of an act have its id: one for each move, in their order, the last one with the facts. An act without a
    move has one row; its facts are encoded after they were written, because only then is it known how far a slice of
    long work came. Raises `Refused`: `order-not-open` if an order has moved on from its `head`, `order-already-open`
    for a second open order at a till, what `claim` raises for a next-visit code that another order carries, and what a
    fact raises.
    """
    if not moves:
        about = act.order_id or _named_by(conn, facts)
        for fact in facts:
            fact.write(conn, act)
        add_row(conn, act, about, None, "", row_facts(act, [fact.told() for fact in facts]))
        return ()
    told = [fact.told() for fact in facts]
    saved = [
        move_order(conn, act, move, told if place == len(moves) else ()) for place, move in enumerate(moves, start=1)
    ]
    for fact in facts:
        fact.write(conn, act)
    return tuple(saved)


def _named_by(conn: sqlite3.Connection, facts: Sequence[Fact]) -> str | None:
    """The existing order that a fact names as its `order_id`, or None."""
    for fact in facts:
        order_id = getattr(fact, "order_id", None)
        if order_id is not None and conn.execute(IS_ORDER, {"order_id": order_id}).fetchone() is not None:
            return str(order_id)
    return None


class JournalStore:
    """The journal of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def add(self, act: Act, moves: Sequence[Move] = (), facts: Sequence[Fact] = ()) -> tuple[Saved, ...]:
        """Write an act inside the open transaction; see `add_act`."""
        return add_act(self._file.conn, act, moves, facts)

    def last_seq(self) -> int:
        """The number of the last row; 0 before the first."""
        return self.head().seq

    def head(self) -> Head:
        """The last row, or row 0."""
        with self._file.reading() as conn:
            return last(conn)

    def file_id(self) -> str:
        """The identity of the file."""
        with self._file.reading() as conn:
            return str(conn.execute(FILE_ID).fetchone()[0])

    def rows_of(self, act_id: bytes, since: int) -> tuple[int, ...]:
        """The rows of an act, searched after row `since`; none if the act is not in the file. Called after a COMMIT
        that raised."""
        with self._file.reading() as conn:
            return recover(conn, act_id, since)


def recover(conn: sqlite3.Connection, act_id: bytes, since_seq: int) -> tuple[int, ...]:
    """The numbers of the rows of an act, searched after row `since_seq`; none if the act is not in the file."""
    return tuple(seq for (seq,) in conn.execute(FIND_ACT, {"id": act_id, "since": since_seq}).fetchall())


def move_order(conn: sqlite3.Connection, act: Act, move: Move, told: Sequence[object] = ()) -> Saved:
    """Write one move of an act: the journal's row, the order after it, its events and its tenders."""
    order = move.order
    if move.head is None:
        begin_order(conn, order, act.till, move.state)
        conn.execute(COUNT_ORDER, {"till": act.till, "ordinal": order.ordinal})
    claim(conn, order, act.day)
    facts = row_facts(act, [*told_events(move.events), *_tendered(conn, act, order), *told], move.state)
    seq = add_row(conn, act, order.id, move.back, to_json(order), facts)
    with _one_open_order():
        moved = conn.execute(MOVE_ORDER, {**_values(act, move), "seq": seq}).rowcount
    if not moved:
        raise Refused("order-not-open")
    add_events(conn, order.id, seq, move.events)
    return Saved(seq, order, move.back, act.verb)


def begin_order(conn: sqlite3.Connection, order: Order, till: int | None, state: OrderState) -> None:
    """Insert an order that has no journal row yet, unless it exists. Raises `Refused` `order-already-open` for a second
    open order at a till."""
    opened_us, opened_offset_s = to_instant(order.opened_at)
    opened = {"opened_us": opened_us, "opened_offset_s": opened_offset_s}
    values = {"order_id": order.id, "till": till, "state": state, **opened}
    with _one_open_order():
        conn.execute(BEGIN_ORDER, values)


@contextmanager
def _one_open_order() -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_UNIQUE:
            raise Refused("order-already-open") from error
        raise


def add_row(conn: sqlite3.Connection, act: Act, order_id: str | None, parent: int | None, body: str, facts: str) -> int:
    """Write a row of the journal and the order's body ('' for none). Returns the row's number."""
    head = last(conn)
    at_us, offset_s = to_instant(act.at)
    row = JournalRow(
        head.seq + 1,
        FORMAT,
        act.id,
        at_us,
        offset_s,
        act.till,
        act.person,
        act.approver,
        act.shift,
        act.verb,
        order_id,
        parent,
        act.reason,
        digest_of(body) if body else None,
        facts,
    )
    append(conn, row, head.hash)
    if body or facts != NO_FACTS:
        conn.execute(ADD_BODY, (row.seq, body, facts))
    return row.seq


def row_facts(act: Act, told: Sequence[object], state: OrderState = OrderState.OPEN) -> str:
    """The facts of a row as stored JSON; `NO_FACTS` if there are none.

    The first one is `act`: its business day, and the order's state unless it is open. No column has these.
    """
    if not told and state is OrderState.OPEN:
        return NO_FACTS
    stands = {} if state is OrderState.OPEN else {"state": state}
    return to_json([{"act": {"day": act.day, **stands}}, *told])


def _tendered(conn: sqlite3.Connection, act: Act, order: Order) -> list[object]:
    if not order.tenders or act.till is None:
        return []
    return keep_tenders(conn, order, act.till, act.person, act.at, act.day)


def _values(act: Act, move: Move) -> dict[str, str | int | None]:
    return {
        "order_id": move.order.id,
        "till": act.till,
        "call_number": move.order.call_number,
        "state": move.state,
        "head": move.head,
        **instant_columns(act.at),
    }
