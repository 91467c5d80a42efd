"""The rows under a sale: lines, discounts, taxes and the two decisions."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from pos.domain.sale.ledger import LedgerRow
from pos.domain.sale.sale import Sale, SaleLine
from pos.store.file.codec import encoded, to_instant, to_instant_or_never, to_json
from pos.store.learning.baskets import add_basket
from pos.store.selling.tax_columns import deposit_amounts, known_tax, one_tax, several_taxes, sorted_by_id, tax_amounts

Columns: TypeAlias = Mapping[str, str | int | float | None]
"""A row, by the names of its columns."""

ADD_LINE = """
    INSERT INTO sale_line (
        sale_id, number, sku, name, details, note, quantity, unit_price_minor, gross_minor,
        discount_minor, total_minor, tax, tax_minor
    ) VALUES (
        :sale_id, :number, :sku, :name, :details, :note, :quantity, :unit_price_minor, :gross_minor,
        :discount_minor, :total_minor, :tax, :tax_minor
    )
"""
ADD_DISCOUNT = """
    INSERT INTO sale_discount (sale_id, number, incentive_id, name, amount_minor, is_threshold)
    VALUES (:sale_id, :number, :incentive_id, :name, :amount_minor, :is_threshold)
"""
# A rate that was changed under an id is refused by a trigger.
ADD_KNOWN_TAX = """
    INSERT INTO tax (id, ppm, on_top) VALUES (:tax, :ppm, :on_top)
    ON CONFLICT DO UPDATE SET ppm = excluded.ppm, on_top = excluded.on_top
    WHERE ppm IS NOT excluded.ppm OR on_top IS NOT excluded.on_top
"""
ADD_TAX = """
    INSERT INTO sale_tax (sale_id, tax, net_minor, tax_minor) VALUES (:sale_id, :tax, :net_minor, :tax_minor)
"""
ADD_LINE_TAX = """
    INSERT INTO sale_line_tax (sale_id, number, tax, net_minor, tax_minor)
    VALUES (:sale_id, :number, :tax, :net_minor, :tax_minor)
"""
ADD_LINE_DEPOSIT = """
    INSERT INTO sale_line_deposit (sale_id, number, price_minor, tax, tax_minor)
    VALUES (:sale_id, :number, :price_minor, :tax, :tax_minor)
"""
ADD_DECISION = """
    INSERT INTO decision (
        sale_id, kind, outcome, reason, offer_id, offered, units, count, kept, gain_minor, shown_us, shown_offset_s,
        answered_us, answered_offset_s, phrase, spoken_words, propensity, margin_minor, order_minor, wording, second,
        answer_ms
    ) VALUES (
        :sale_id, :kind, :outcome, :reason, :offer_id, :offered, :units, :count, :kept, :gain_minor, :shown_us,
        :shown_offset_s, :answered_us, :answered_offset_s, :phrase, :spoken_words, :propensity,
        :margin_minor, :order_minor, :wording, :second, :answer_ms
    )
"""


ADD = {
    "sale_line": ADD_LINE,
    "sale_discount": ADD_DISCOUNT,
    "sale_tax": ADD_TAX,
    "sale_line_tax": ADD_LINE_TAX,
    "decision": ADD_DECISION,
    "sale_line_deposit": ADD_LINE_DEPOSIT,
}
ADDED_LATER = frozenset({"sale_line_deposit"})
"""Tables that are newer than the first digests of a sale's rows. Without rows, they are not in the digest."""


def under_sale(sale_id: int, sale: Sale) -> dict[str, list[Columns]]:
    """The rows under a sale, by table, in the order of their keys."""
    return {
        "sale_line": [_line(sale_id, number, line) for number, line in enumerate(sale.lines, 1)],
        "sale_discount": _discounts(sale_id, sale),
        "sale_tax": [{"sale_id": sale_id, **known_tax(row), **tax_amounts(row)} for row in sorted_by_id(sale.tax_rows)],
        "sale_line_tax": [
            {"sale_id": sale_id, "number": number, **row}
            for number, line in enumerate(sale.lines, 1)
            for row in several_taxes(line.parts)
        ],
        "decision": [_decision(sale_id, row) for row in sorted(sale.ledger, key=lambda row: row.kind)],
        "sale_line_deposit": [
            {"sale_id": sale_id, "number": number, **deposit_amounts(line.deposit)}
            for number, line in enumerate(sale.lines, 1)
            if line.deposit is not None
        ],
    }


def told_sale(sale: Sale, code: str) -> object:
    """The fact of a sale: the whole sale without the code that only its receipt shows; the stored form of that code;
    and the digest of its rows."""
    return {"sold": {"sale": sale, "code": code, "rows": digest_of_rows(rows_of(sale))}}


Rows: TypeAlias = tuple[Sequence[object], ...]
"""The rows of a sale: the sale's columns without its id, its till's id and its body; lines, discounts, taxes, taxes of
lines with several, decisions, and deposits if there are any, each without the sale's id, in the order of their
keys; and the sorted SKUs of its basket."""


def digest_of_rows(rows: Rows) -> str:
    """The SHA-256 of the rows of a sale as JSON, in hexadecimal."""
    import hashlib

    return hashlib.sha256(encoded(rows)).hexdigest()


def rows_of(sale: Sale) -> Rows:
    """The rows of a sale."""
    order_id, _, *columns, _ = sale_values(sale, None).values()
    under = {table: [[*row.values()][1:] for row in rows] for table, rows in under_sale(0, sale).items()}
    return ([order_id, *columns], *digested(under), sorted({*sale.goods}))


def digested(under: Mapping[str, Sequence[object]]) -> list[Sequence[object]]:
    """The tables among the rows under a sale that are in its digest."""
    return [rows for table, rows in under.items() if rows or table not in ADDED_LATER]


def sale_values(sale: Sale, till_id: int | None) -> dict[str, str | int | None]:
    """The row of a sale. Its body is empty, because the journal has the whole sale."""
    paid_us, paid_offset_s = to_instant(sale.paid_at)
    return {
        "order_id": sale.order_id,
        "till_id": till_id,
        "till": sale.till,
        "series": sale.series,
        "receipt_number": sale.receipt_number,
        "call_number": sale.call_number,
        "paid_us": paid_us,
        "paid_offset_s": paid_offset_s,
        "business_day": sale.day.isoformat(),
        "cashier": sale.cashier,
        "language": sale.language,
        "serving_mode": sale.serving_mode,
        "channel": sale.channel,
        "total_minor": sale.total.minor,
        "goods_minor": sale.goods_total.minor,
        "tax_minor": sale.tax.minor,
        "rounding_minor": sale.rounding.minor,
        "change_minor": sale.change.minor,
        "note": sale.note,
        "body": "",
    }


def add_rows(conn: sqlite3.Connection, sale_id: int, sale: Sale) -> None:
    """Write everything under a sale inside the open transaction."""
    add_basket(conn, sale_id, sale.goods)
    conn.executemany(ADD_KNOWN_TAX, [known_tax(row) for row in sale.tax_rows])
    for table, rows in under_sale(sale_id, sale).items():
        if rows:
            conn.executemany(ADD[table], rows)


def _line(sale_id: int, number: int, line: SaleLine) -> Columns:
    return {
        "sale_id": sale_id,
        "number": number,
        "sku": line.sku,
        "name": to_json(line.name),
        "details": to_json(line.details),
        "note": line.note,
        "quantity": line.quantity,
        "unit_price_minor": line.unit_price.minor,
        "gross_minor": line.gross.minor,
        "discount_minor": line.discount.minor,
        "total_minor": line.total.minor,
        **one_tax(line.parts),
    }


def _discounts(sale_id: int, sale: Sale) -> list[Columns]:
    return [
        {
            "sale_id": sale_id,
            "number": number,
            "incentive_id": discount.id,
            "name": to_json(discount.name),
            "amount_minor": discount.amount.minor,
            "is_threshold": int(discount.is_threshold),
        }
        for number, discount in enumerate(sale.discounts, 1)
    ]


def _decision(sale_id: int, row: LedgerRow) -> Columns:
    shown_us, shown_offset_s = to_instant_or_never(row.shown_at)
    answered_us, answered_offset_s = to_instant_or_never(row.answered_at)
    return {
        "sale_id": sale_id,
        "kind": row.kind,
        "outcome": row.outcome,
        "reason": row.reason,
        "offer_id": row.offer_id,
        "offered": row.offered,
        "units": row.units,
        "count": row.count,
        "kept": row.kept,
        "gain_minor": row.gain.minor,
        "shown_us": shown_us,
        "shown_offset_s": shown_offset_s,
        "answered_us": answered_us,
        "answered_offset_s": answered_offset_s,
        "phrase": row.phrase,
        "spoken_words": row.spoken_words,
        "propensity": row.propensity,
        "margin_minor": row.margin.minor,
        "order_minor": None if row.order_total is None else row.order_total.minor,
        "wording": row.wording,
        "second": int(row.second),
        "answer_ms": row.answer_ms,
    }
