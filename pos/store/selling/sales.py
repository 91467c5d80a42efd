"""Finished sales: paying an order is one transaction, and finishing twice makes one sale."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from pos.domain.money import Money
from pos.domain.order.order import Order
from pos.domain.sale.sale import Sale
from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import Json, instant_columns, to_seconds
from pos.store.file.connection import StoreFile, Unreadable
from pos.store.file.packing import Bodies
from pos.store.offers.next_visits import give, redeem, without_code
from pos.store.offers.wordings import keep_wordings
from pos.store.selling.call_numbers import waits_from
from pos.store.selling.rates import upgraded
from pos.store.selling.sale_rows import add_rows, sale_values, told_sale
from pos.store.selling.tills import next_number

SALE = Json(Sale, upgraded)

OF_ORDER = """
    SELECT sale.body, orders.head_seq, own.facts
    FROM sale
    JOIN orders ON orders.order_key = sale.order_key
    LEFT JOIN order_body AS own ON own.seq = orders.head_seq
    WHERE orders.order_id = :order_id
"""
LAST = """
    SELECT latest.body, orders.head_seq, own.facts
    FROM (
        SELECT order_key, body FROM sale WHERE series = (SELECT series FROM till WHERE id = :till_id)
        ORDER BY receipt_number DESC LIMIT 1
    ) AS latest
    JOIN orders ON orders.order_key = latest.order_key
    LEFT JOIN order_body AS own ON own.seq = orders.head_seq
"""
BY_NUMBER = """
    SELECT sale.body, orders.head_seq, own.facts
    FROM sale
    JOIN orders ON orders.order_key = sale.order_key
    LEFT JOIN order_body AS own ON own.seq = orders.head_seq
    WHERE sale.series = :series AND sale.receipt_number = :number
"""
TODAY = """
    SELECT COUNT(*), COALESCE(SUM(goods_minor), 0)
    FROM sale WHERE paid_unix >= :since AND business_day = :day
"""
GAINED_TODAY = """
    SELECT COUNT(*), COALESCE(SUM(d.gain_minor), 0) FROM sale AS s JOIN decision AS d ON d.sale_id = s.id
    WHERE s.paid_unix >= :since AND s.business_day = :day AND d.kept > 0
"""
COUNT = "SELECT COUNT(*) FROM sale"
NUMBER = "SELECT series, receipt_number FROM till WHERE id = :till_id"
GIVE_NUMBER = "UPDATE till SET receipt_number = :number WHERE id = :till_id AND receipt_number = :number - 1"
ADD_SALE = """
    INSERT INTO sale (
        order_key, till_id, till, series, receipt_number, call_number, paid_us, paid_offset_s, business_day,
        person, language, serving_mode, channel, total_minor, goods_minor, tax_minor, rounding_minor, change_minor,
        note, body
    ) VALUES (
        (SELECT order_key FROM orders WHERE order_id = :order_id), :till_id, :till, :series, :receipt_number,
        :call_number, :paid_us, :paid_offset_s, :business_day, (SELECT id FROM person WHERE name = :cashier),
        :language, :serving_mode, :channel, :total_minor, :goods_minor, :tax_minor, :rounding_minor, :change_minor,
        :note, :body
    )
"""
OWE_RECEIPT = """
    INSERT INTO receipt (sale_id, till_id, state, at_us, offset_s, next_visit_code)
    VALUES (:sale_id, :till_id, 'owed', :at_us, :offset_s, :code)
"""
OWE_SLIP = """
    INSERT INTO kitchen_slip (sale_id, till_id, state, at_us, offset_s)
    VALUES (:sale_id, :till_id, 'owed', :at_us, :offset_s)
"""


@value
class SoldOnDay:
    """The figures of a day: sales, the price of their goods, accepted offers that were kept, and their gain."""

    count: int
    total: Money
    accepted: int
    gain: Money


class SaleStore:
    """The finished sales of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def next_number(self, till_id: int) -> tuple[str, int]:
        """The series of a till's receipts, and the number of its next one."""
        return next_number(self._file, NUMBER, till_id)

    def of_order(self, order_id: str) -> Sale | None:
        """The sale that an order became."""
        return self._one(OF_ORDER, {"order_id": order_id})

    def last(self, till_id: int) -> Sale | None:
        """The till's latest sale."""
        return self._one(LAST, {"till_id": till_id})

    def by_number(self, series: str, number: int) -> Sale | None:
        """The sale with that receipt number in a series."""
        return self._one(BY_NUMBER, {"series": series, "number": number})

    def today(self, day: date) -> SoldOnDay:
        """The figures of a business day so far, at all tills."""
        since = datetime.combine(day, time(), UTC) - timedelta(days=1)  # before the day begins in any time zone
        values = {"day": day.isoformat(), "since": to_seconds(since)}
        with self._file.reading() as conn:
            count, minor = conn.execute(TODAY, values).fetchone()
            accepted, gain = conn.execute(GAINED_TODAY, values).fetchone()
        return SoldOnDay(count, Money(minor), accepted, Money(gain))

    def count(self) -> int:
        """The number of sales, of all tills."""
        with self._file.reading() as conn:
            (count,) = conn.execute(COUNT).fetchone()
        return int(count)

    def _one(self, sql: str, values: Mapping[str, str | int]) -> Sale | None:
        with self._file.reading() as conn:
            return _one(conn, sql, values)


@value
class Sold:
    """An order is paid and becomes a sale, with the next number of its till's series. Its receipt is owed.

    A next-visit offer that it gives gets its code, and the code that it used is marked as redeemed.
    """

    sale: Sale
    order: Order
    code_key: str
    """The stored form of the code that it gives; '' if it gives none."""

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        sale = self.sale
        if not conn.execute(GIVE_NUMBER, {"till_id": act.till, "number": sale.receipt_number}).rowcount:
            raise Unreadable("the number of a sale")
        sale_id = conn.execute(ADD_SALE, sale_values(sale, act.till)).lastrowid or 0
        add_rows(conn, sale_id, sale)
        give(conn, sale, sale_id)
        redeem(conn, sale, sale_id, self.order)
        keep_wordings(conn, self.order)
        waits_from(conn, sale.call_number, sale.order_id, act.at)
        owed = {"sale_id": sale_id, "till_id": act.till, **instant_columns(act.at)}
        conn.execute(OWE_RECEIPT, {**owed, "code": _code_to_print(sale)})
        if sale.kitchen_slip:
            conn.execute(OWE_SLIP, owed)

    def told(self) -> object:
        """The sale, without the code that only its receipt shows."""
        return told_sale(without_code(self.sale), self.code_key)


@value
class SoldBody:
    """The fact of a sale."""

    sale: Sale


@value
class ToldSale:
    """A fact, if it is a sale."""

    sold: SoldBody | None = None


TOLD = Json(list[ToldSale], upgraded)


def stored_sale(bodies: Bodies, body: str, seq: int, facts: str | None) -> Sale:
    """The sale of an order, from the facts of a row of the journal, packed or not. One of an older file has a `body` of
    its own. Raises `Unreadable`."""
    if body:
        return SALE.read(body)
    for told in TOLD.read(bodies.facts(seq, facts)):
        if told.sold is not None:
            return told.sold.sale
    raise Unreadable(f"the sale of row {seq} of the journal")


def _one(conn: sqlite3.Connection, sql: str, values: Mapping[str, str | int]) -> Sale | None:
    row = conn.execute(sql, values).fetchone()
    return None if row is None else stored_sale(Bodies(conn), *row)


def _code_to_print(sale: Sale) -> str:
    return "" if sale.next_visit is None else sale.next_visit.code
