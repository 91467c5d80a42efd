"""Unpaid orders: every act a row, which a restart and taking back can read."""

from __future__ import annotations

from datetime import date, datetime

from pos.domain.money import Money
from pos.domain.order.order import Order
from pos.domain.value import value
from pos.store.acts import OrderState, Saved
from pos.store.file.codec import Json, from_instant
from pos.store.file.connection import StoreFile, Unreadable
from pos.store.file.packing import Bodies, pack_oldest
from pos.store.selling.discards import Discarded, discarded_after, discarded_on, last_discard

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
LAST_AT = "SELECT at_us, offset_s FROM journal WHERE till IS NOT NULL ORDER BY seq DESC LIMIT 1"
UNFINISHED = """
    SELECT head.body FROM orders JOIN order_body AS head ON head.seq = orders.head_seq
    WHERE orders.till_id = :till_id AND orders.state IN ('open', 'held')
    ORDER BY orders.head_seq
"""
HELD = """
    SELECT orders.order_id, orders.call_number, till.name, orders.held_us, orders.held_offset_s, head.body
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
            WHERE tender.order_key = orders.order_key AND tender.state IN ('intent', 'unknown', 'approved')
        )
    ORDER BY orders.head_seq
"""
TAKEN_BY = """
    SELECT till.name FROM orders JOIN till ON till.id = orders.till_id
    WHERE orders.order_id = :order_id AND (orders.till_id <> :till_id OR orders.state <> 'open')
"""
STANDING = """
    SELECT log.seq, COALESCE(own.body, ''), log.parent, orders.state, orders.till_id, discard.business_day
    FROM orders
    JOIN journal AS log ON log.seq = orders.head_seq
    LEFT JOIN order_body AS own ON own.seq = orders.head_seq
    LEFT JOIN discard ON discard.order_key = orders.order_key AND discard.recalled_us IS NULL
    WHERE orders.order_id = :order_id
"""


@value
class Held:
    """A held order, and the till that held it. With `is_open` it is still open at that till, and `held_at` is its last
    act."""

    order_id: str
    call_number: int
    till_name: str
    held_at: datetime
    order: Order
    is_open: bool = False


@value
class OrderStanding:
    """The state of an order: its row in the journal, its till, and the business day on which it was discarded."""

    seq: int
    order: Order
    parent: int | None
    state: OrderState
    till_id: int
    discarded_on: date | None


class OrderStore:
    """The orders of all tills of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def current(self, till_id: int) -> Saved | None:
        """The till's open order after its last act; None if it is paid, abandoned or held."""
        return self._saved(CURRENT, {"till_id": till_id})

    def at(self, seq: int) -> Saved:
        """A row of the journal. Raises `StoreError` `database-damaged` for an unknown number."""
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

    def standing(self, order_id: str) -> OrderStanding:
        """The state of an order. Raises `StoreError` `database-damaged` for an unknown one."""
        with self._file.reading() as conn:
            row = conn.execute(STANDING, {"order_id": order_id}).fetchone()
            if row is None:
                raise Unreadable(f"order {order_id}")
            seq, body, parent, state, till_id, day = row
            order = ORDER.read(Bodies(conn).of(seq, body))
        return OrderStanding(
            seq, order, parent, OrderState(state), till_id, None if day is None else date.fromisoformat(day)
        )

    def last_discard(self) -> int:
        """The number of the last discard at any till; 0 for none."""
        with self._file.reading() as conn:
            return last_discard(conn)

    def discarded_after(self, after: int, till_id: int, cashier: str) -> tuple[int, Money]:
        """How many orders a cashier discarded at a till after a number, and their total."""
        with self._file.reading() as conn:
            return discarded_after(conn, after, till_id, cashier)

    def discarded(self, day: date) -> tuple[Discarded, ...]:
        """The orders discarded on a business day at any till and not recalled, the latest first."""
        with self._file.reading() as conn:
            return discarded_on(conn, day)

    def last_at(self) -> datetime | None:
        """The time of the latest row of the journal, at any till; None without one."""
        with self._file.errors():
            row = self._file.conn.execute(LAST_AT).fetchone()
            return None if row is None else from_instant(*row)

    def pack(self) -> bool:
        """Pack older rows of the journal, without losing anything. Returns False if there is nothing to do.

        It takes a few milliseconds: call it at quiet moments.
        """
        return pack_oldest(self._file)

    def held(self) -> tuple[Held, ...]:
        """The held orders at any till, the oldest first."""
        with self._file.reading() as conn:
            return tuple(
                Held(order_id, call_number, till, from_instant(*held_at), ORDER.read(body))
                for order_id, call_number, till, *held_at, body in conn.execute(HELD).fetchall()
            )

    def unfinished(self, till_id: int) -> tuple[Order, ...]:
        """The open and held orders of a till."""
        with self._file.reading() as conn:
            return tuple(ORDER.read(body) for (body,) in conn.execute(UNFINISHED, {"till_id": till_id}))

    def open_elsewhere(self, till_id: int) -> tuple[Held, ...]:
        """The orders that are open at other tills and have payments, or may have; the longest untouched first."""
        with self._file.reading() as conn:
            return tuple(
                Held(order_id, call_number, till, from_instant(*at), ORDER.read(body), is_open=True)
                for order_id, call_number, till, *at, body in conn.execute(AT_OTHER_TILLS, {"till_id": till_id})
            )

    def taken_by(self, till_id: int, order_id: str) -> str | None:
        """The name of the till that has an order which is no longer open at this one; None while it is, or if the file
        does not know it.

        Raises `StoreError` if the file was replaced: then nobody has taken anything.
        """
        with self._file.reading() as conn:
            if self._file.before_write is not None:
                self._file.before_write(conn)
            row = conn.execute(TAKEN_BY, {"till_id": till_id, "order_id": order_id}).fetchone()
        return None if row is None else str(row[0])
