"""Next-visit offers in the file: given by a sale, carried by one order at a time, redeemed once."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime

from pos.domain.errors import Refused
from pos.domain.menu.next_visit import CODE_DIGITS, SHORT_CODE_DIGITS, NextVisit, with_check_digits
from pos.domain.money import Money
from pos.domain.order.order import Order
from pos.domain.pricing.price import NEXT_VISIT
from pos.domain.sale.sale import Sale
from pos.domain.value import replace, value
from pos.store.acts import Act
from pos.store.file.codec import TEXT, Json, from_instant, instant_columns, to_json, to_seconds
from pos.store.file.connection import StoreFile, named_rows

REFUSED = Json(tuple[str, ...])

ROUNDS = 256
"""Rounds of the digest: 0.1 ms for one code, and 1,000 processor years for all possible ones."""

FREE_TRIES = 5
"""Unknown codes within `TRIES_LAST` seconds that are free; after them one attempt in `WAIT` seconds is allowed."""

TRIES_LAST = 600
WAIT = 30

SALT = "SELECT id FROM file_identity"
WRONG_TRIES = """
    SELECT COUNT(*), MAX(at_unix) FROM next_visit_try
    WHERE outcome = 'unknown' AND at_unix BETWEEN :now - :last AND :now + :last
"""
KEEP_TRY = """
    INSERT INTO next_visit_try (at_us, offset_s, till_id, person, order_key, outcome)
    VALUES (
        :at_us, :offset_s, :till_id, (SELECT id FROM person WHERE name = :cashier),
        (SELECT order_key FROM orders WHERE order_id = :order_id), :outcome
    )
"""
OUTCOMES = {
    "next-visit-unknown": "unknown",
    "next-visit-used": "used",
    "next-visit-ended": "ended",
    "next-visit-refunded": "ended",
    "next-visit-gone": "ended",
    "next-visit-in-use": "in_use",
}
"""The outcome in the table by message of refusal; `ended` is any offer that is no longer valid. The journal has the
message itself."""

IS_TAKEN = "SELECT EXISTS (SELECT 1 FROM next_visit WHERE code = :code)"
GIVE = """
    INSERT INTO next_visit (
        code, sale_id, day, offer_id, below, sku, modifier, name, off_minor, last_day, refused
    ) VALUES (
        :code, :sale_id, :day, :offer_id, :below, :sku, :modifier, :name, :off_minor, :last_day, :refused
    )
"""
# A code belongs to an open or held order that carries it. It is free again if the order is abandoned, paid without
# using it, or taken back to before it was redeemed.
CLAIM = """
    UPDATE next_visit SET claimed_by = mine.order_key
    FROM (SELECT order_key FROM orders WHERE order_id = :order_id) AS mine
    WHERE code = :code AND redeemed_by IS NULL AND (
        claimed_by = mine.order_key
        OR (last_day >= :day AND NOT EXISTS (
            SELECT 1 FROM refund WHERE refund.sale_id = next_visit.sale_id AND refund.leaves_nothing
        ) AND NOT EXISTS (
            SELECT 1 FROM orders JOIN order_body AS head ON head.seq = orders.head_seq
            WHERE orders.order_key = next_visit.claimed_by AND orders.state IN ('open', 'held')
                AND json_extract(head.body, '$.next_visit.code') = next_visit.code
        ))
    )
"""
FIND = """
    SELECT
        n.offer_id, n.below, n.sku, n.modifier, n.name, n.off_minor, n.day, n.last_day, n.refused,
        n.redeemed_us, n.redeemed_offset_s,
        EXISTS (SELECT 1 FROM refund WHERE refund.sale_id = n.sale_id AND refund.leaves_nothing) AS is_refunded,
        (SELECT till.name FROM orders
            JOIN order_body AS head ON head.seq = orders.head_seq
            JOIN till ON till.id = orders.till_id
            WHERE orders.order_key = n.claimed_by AND orders.order_id <> :order_id AND orders.state IN ('open', 'held')
                AND json_extract(head.body, '$.next_visit.code') = n.code) AS till
    FROM next_visit AS n WHERE n.code = :code
"""
REDEEM = """
    UPDATE next_visit
    SET redeemed_by = :sale_id, redeemed_us = :at_us, redeemed_offset_s = :offset_s, gain_minor = :gain_minor,
        given_minor = :given_minor
    WHERE code = :code AND redeemed_by IS NULL
        AND claimed_by = (SELECT order_key FROM orders WHERE order_id = :order_id)
"""
GIVEN = """
    SELECT
        COUNT(*), COALESCE(SUM(redeemed_by IS NOT NULL), 0),
        COALESCE(SUM(redeemed_by IS NULL AND last_day >= :today AND NOT EXISTS (
            SELECT 1 FROM refund WHERE refund.sale_id = next_visit.sale_id AND refund.leaves_nothing
        )), 0),
        COALESCE(SUM(gain_minor * (NOT is_refunded)), 0), COALESCE(SUM(given_minor * (NOT is_refunded)), 0)
    FROM (
        SELECT *, EXISTS (
            SELECT 1 FROM refund WHERE refund.sale_id = next_visit.redeemed_by AND refund.leaves_nothing
        ) AS is_refunded
        FROM next_visit WHERE day BETWEEN :since AND :until
    ) AS next_visit
"""


@value
class GivenOffer:
    """A next-visit offer that can be redeemed, and the day on which it was given."""

    offer: NextVisit
    day: date


@value
class Tried:
    """Somebody tried a code for an order. `refused` is the reason of a refusal, or None."""

    cashier: str
    order_id: str
    refused: str | None

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Record the attempt: too many unknown codes are slowed down."""
        outcome = "taken" if self.refused is None else OUTCOMES[self.refused]
        values = {**instant_columns(act.at), "till_id": act.till, "cashier": self.cashier}
        conn.execute(KEEP_TRY, {**values, "order_id": self.order_id, "outcome": outcome})

    def told(self) -> object:
        """Who tried and with what outcome, without the code."""
        return {"code_tried": self}


class NextVisitStore:
    """The next-visit offers of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def find(self, code: str, order_id: str, today: date) -> GivenOffer:
        """What a code gives an order today.

        Raises `Refused`: `next-visit-unknown`, `next-visit-used`, `next-visit-ended`, `next-visit-refunded` if the sale
        that gave it was refunded wholly, or `next-visit-in-use` while another order carries it.
        """
        with self._file.reading() as conn:
            return _find(conn, key_of(conn, code), order_id, today, said=code)

    def wait_after_wrong_tries(self, at: datetime) -> None:
        """Raises `Refused` `next-visit-slow` for some time after too many unknown codes."""
        now = to_seconds(at)
        with self._file.reading() as conn:
            wrong, last = conn.execute(WRONG_TRIES, {"now": now, "last": TRIES_LAST}).fetchone()
        if wrong >= FREE_TRIES and abs(now - last) < WAIT:
            raise Refused("next-visit-slow", seconds=WAIT - abs(now - last))

    def with_code(self, sale: Sale) -> Sale:
        """The sale with a new code, if it gives a next-visit offer."""
        if sale.next_visit is None:
            return sale
        with self._file.reading() as conn:
            code = _new_code()
            while conn.execute(IS_TAKEN, {"code": key_of(conn, code)}).fetchone()[0]:
                code = _new_code()
        return replace(sale, next_visit=replace(sale.next_visit, code=code))

    def key(self, code: str) -> str:
        """How an order stores a code: its digest, or a short code as it is."""
        with self._file.reading() as conn:
            return key_of(conn, code)

    def sums(self, since: str, until: str, today: date) -> tuple[int, int, int, int, int]:
        """Of the offers given on some days, both included: how many, how many are redeemed, how many still can be, what
        redeeming added to those sales, and the discounts given, in øre."""
        with self._file.reading() as conn:
            values = {"since": since, "until": until, "today": today.isoformat()}
            given, used, still_open, gain, off = conn.execute(GIVEN, values).fetchone()
        return given, used, still_open, gain, off


def key_of(conn: sqlite3.Connection, code: str) -> str:
    """The digest under which a code is stored; a short code, of version 0.1.0, is stored as it is."""
    import hashlib

    if len(code) == SHORT_CODE_DIGITS:
        return code
    ((salt,),) = conn.execute(SALT).fetchall()
    return hashlib.pbkdf2_hmac("sha256", code.encode(), str(salt).encode(), ROUNDS).hex()


def _find(conn: sqlite3.Connection, code: str, order_id: str, today: date, said: str) -> GivenOffer:
    """What a code gives, by the key under which it is stored; `said` is how a message calls it."""
    for row in named_rows(conn, FIND, {"code": code, "order_id": order_id}):
        if row["redeemed_us"] is not None:
            at = from_instant(row["redeemed_us"], row["redeemed_offset_s"])
            raise Refused("next-visit-used", day=at.date(), at=at)
        if row["is_refunded"]:
            raise Refused("next-visit-refunded")
        if row["till"] is not None:
            raise Refused("next-visit-in-use", till=row["till"])
        last_day = date.fromisoformat(row["last_day"])
        if last_day < today:
            raise Refused("next-visit-ended", day=last_day)
        return GivenOffer(_offer(code, row, last_day), date.fromisoformat(row["day"]))
    raise Refused("next-visit-unknown", code=said)


def _said(code: str) -> str:
    """How a message calls a code that an order carries: nobody can read its digest."""
    return code if len(code) == SHORT_CODE_DIGITS else "…"


def _offer(code: str, row: sqlite3.Row, last_day: date) -> NextVisit:
    return NextVisit(
        code,
        row["offer_id"],
        row["below"],
        Money(row["off_minor"]),
        last_day,
        TEXT.read(row["name"]),
        row["sku"],
        row["modifier"],
        REFUSED.read(row["refused"]),
    )


def _new_code() -> str:
    """A random code, so that nobody can guess the next. It never begins with a zero, which a spreadsheet would drop."""
    import secrets

    least = 10 ** (CODE_DIGITS - 3)
    return with_check_digits(least + secrets.randbelow(9 * least))


def give(conn: sqlite3.Connection, sale: Sale, sale_id: int) -> None:
    """Store the next-visit offer of a sale, inside the sale's transaction."""
    if sale.next_visit is not None:
        conn.execute(GIVE, given_values(sale, sale_id, key_of(conn, sale.next_visit.code)))


def given_values(sale: Sale, sale_id: int, code: str) -> dict[str, str | int | None]:
    """The columns of a sale's next-visit offer; `code` is the stored form of its code."""
    offer = sale.next_visit
    if offer is None:
        return {}
    return {
        "sale_id": sale_id,
        "code": code,
        "day": sale.day.isoformat(),
        "offer_id": offer.offer_id,
        "below": offer.below,
        "sku": offer.sku,
        "modifier": offer.modifier,
        "name": to_json(offer.name),
        "off_minor": offer.off.minor,
        "last_day": offer.last_day.isoformat(),
        "refused": to_json(offer.refused),
    }


def without_code(sale: Sale) -> Sale:
    """The sale as it is stored and copied: without its new code, which only the original receipt shows."""
    offer = sale.next_visit
    if offer is None or len(offer.code) == SHORT_CODE_DIGITS:
        return sale
    return replace(sale, next_visit=replace(offer, code=""))


def with_its_code(sale: Sale, code: str) -> Sale:
    """A stored sale with the code that its receipt has yet to show, if there is one."""
    return (
        sale if sale.next_visit is None or not code else replace(sale, next_visit=replace(sale.next_visit, code=code))
    )


def claim(conn: sqlite3.Connection, order: Order, today: date) -> None:
    """Mark the order as the one that carries its code, inside the transaction that writes the order.

    Raises `Refused` as `NextVisitStore.find` does, if another till was faster.
    """
    if order.next_visit is None:
        return
    code = order.next_visit.code
    values = {"code": code, "order_id": order.id, "day": today.isoformat()}
    if not conn.execute(CLAIM, values).rowcount:
        _find(conn, code, order.id, today, said=_said(code))
        raise Refused("next-visit-unknown", code=_said(code))


def redeem(conn: sqlite3.Connection, sale: Sale, sale_id: int, order: Order) -> None:
    """Mark the order's code as redeemed, if it took something off, inside the sale's transaction."""
    off = next((entry for entry in sale.discounts if entry.id == NEXT_VISIT), None)
    if order.next_visit is None or off is None:
        return
    values = {
        "code": order.next_visit.code,
        "order_id": order.id,
        "sale_id": sale_id,
        **instant_columns(sale.paid_at),
        "gain_minor": order.next_visit.gain.minor,
        "given_minor": off.amount.minor,
    }
    if not conn.execute(REDEEM, values).rowcount:
        raise Refused("next-visit-unknown", code=_said(order.next_visit.code))
