"""Finished sales: paying an order is one transaction, and finishing twice is one sale."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial

from pos.domain.errors import Refused, StoreError
from pos.domain.order import Order
from pos.domain.sale import Sale
from pos.store.acts import OrderState
from pos.store.codec import Json
from pos.store.file import StoreFile
from pos.store.log import Entry, add_entry
from pos.store.next_visits import give, key_of, redeem, with_code, without_code
from pos.store.sale_rows import add_rows, sale_values, told_sale
from pos.store.witness import WitnessStore
from pos.store.wordings import keep_wordings

SALE = Json(Sale)

OF_ORDER = "SELECT body FROM sale WHERE order_id = :order_id"
LAST = """
    SELECT body FROM sale WHERE series = (SELECT series FROM till WHERE id = :till_id)
    ORDER BY receipt_number DESC LIMIT 1
"""
BY_NUMBER = "SELECT body FROM sale WHERE series = :series AND receipt_number = :number"
COUNT = "SELECT COUNT(*) FROM sale"
NEXT_NUMBER = """
    UPDATE till SET receipt_number = receipt_number + 1 WHERE id = :till_id RETURNING series, receipt_number
"""
ADD_SALE = """
    INSERT INTO sale (
        order_id, till_id, till, series, receipt_number, call_number, paid_at, paid_unix, business_day, cashier,
        language, serving_mode, channel, total_minor, vat_minor, rounding_minor, change_minor, note, body
    ) VALUES (
        :order_id, :till_id, :till, :series, :receipt_number, :call_number, :paid_at, :paid_unix, :business_day,
        :cashier, :language, :serving_mode, :channel, :total_minor, :vat_minor, :rounding_minor, :change_minor, :note,
        :body
    )
"""
OWE_RECEIPT = """
    INSERT INTO receipt (sale_id, till_id, state, changed_at, next_visit_code)
    VALUES (:sale_id, :till_id, 'owed', :at, :code)
"""
OWE_SLIP = """
    INSERT INTO kitchen_slip (sale_id, till_id, state, changed_at) VALUES (:sale_id, :till_id, 'owed', :at)
"""


class SaleStore:
    """The finished sales of one file."""

    def __init__(self, file: StoreFile, witness: WitnessStore | None = None) -> None:
        """Without a `witness` nothing beside the file tells which numbers were given out: practice needs none."""
        self._file = file
        self._witness = witness

    def finish(self, sale: Sale, order: Order, till_id: int, parent: int | None, at: datetime) -> Sale:
        """Store a paid order in one transaction, with the next number of the till's series, and owe its receipt.
        What it gives for the next visit gets its code, and the code that it used is used up.

        An order that is a sale already gives that sale: after an error in here, call it again with the same order.
        Raises `Refused`: `order-not-open` for an order that is held, abandoned or at another till, `not-a-sale` for a
        staff meal, a remake or waste.
        """
        if not order.is_sale:
            raise Refused("not-a-sale", purpose=order.purpose)
        with self._file.writing() as conn:
            stored = _one(conn, OF_ORDER, {"order_id": sale.order_id})
            if stored is not None:
                return stored
            ((series, number),) = conn.execute(NEXT_NUMBER, {"till_id": till_id}).fetchall()
            sale = with_code(conn, replace(sale, series=series, receipt_number=number))
            told = partial(_told, conn, sale)
            paid = Entry(
                till_id, "paid", order, parent, at, cashier=sale.cashier, state=OrderState.PAID, day=sale.day, told=told
            )
            order = add_entry(conn, paid).order
            sale = replace(sale, call_number=order.call_number)
            sale_id = conn.execute(ADD_SALE, sale_values(sale, till_id)).lastrowid or 0
            add_rows(conn, sale_id, sale)
            give(conn, sale, sale_id)
            redeem(conn, sale, sale_id, order)
            keep_wordings(conn, order)
            owed = {"sale_id": sale_id, "till_id": till_id, "at": at.isoformat()}
            conn.execute(OWE_RECEIPT, {**owed, "code": _code_to_print(sale)})
            if sale.kitchen_slip:
                conn.execute(OWE_SLIP, owed)
        self._bear_witness()
        return sale

    def _bear_witness(self) -> None:
        """The sale is safe: what the witness cannot be told now, the next sale tells it."""
        if self._witness is not None:
            with suppress(StoreError), self._file.reading() as conn:
                self._witness.write(conn)

    def of_order(self, order_id: str) -> Sale | None:
        """The sale that an order became."""
        return self._one(OF_ORDER, {"order_id": order_id})

    def last(self, till_id: int) -> Sale | None:
        """The till's latest sale."""
        return self._one(LAST, {"till_id": till_id})

    def by_number(self, series: str, number: int) -> Sale | None:
        """The sale with that receipt number in a series."""
        return self._one(BY_NUMBER, {"series": series, "number": number})

    def count(self) -> int:
        """How many sales there are, of all tills."""
        with self._file.reading() as conn:
            (count,) = conn.execute(COUNT).fetchone()
        return int(count)

    def _one(self, sql: str, values: Mapping[str, str | int]) -> Sale | None:
        with self._file.reading() as conn:
            return _one(conn, sql, values)


def _one(conn: sqlite3.Connection, sql: str, values: Mapping[str, str | int]) -> Sale | None:
    row = conn.execute(sql, values).fetchone()
    return None if row is None else SALE.read(row[0])


def _told(conn: sqlite3.Connection, sale: Sale, order: Order) -> list[object]:
    sale = replace(sale, call_number=order.call_number)
    code = "" if sale.next_visit is None else key_of(conn, sale.next_visit.code)
    return [told_sale(without_code(sale), code)]


def _code_to_print(sale: Sale) -> str:
    return "" if sale.next_visit is None else sale.next_visit.code
