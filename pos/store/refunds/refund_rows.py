"""The rows of a refund: itself, its lines, taxes and tenders, and what the sale's offers lost."""

from __future__ import annotations

import sqlite3

from pos.domain.refunds.refund import Refund
from pos.store.file.codec import to_instant, to_json
from pos.store.selling.tax_columns import Columns, deposit_amounts, one_tax, several_taxes, sorted_by_id, tax_amounts

ADD_REFUND = """
    INSERT INTO refund (
        sale_id, till_id, series, number, person, at_us, offset_s, business_day, reason, cash_reason, total_minor,
        goods_minor, tax_minor, rounding_minor, leaves_nothing, exchange_id, body
    ) VALUES (
        (SELECT id FROM sale WHERE series = :sale_series AND receipt_number = :sale_number), :till_id, :series, :number,
        :person, :at_us, :offset_s, :business_day, :reason, :cash_reason, :total_minor, :goods_minor, :tax_minor,
        :rounding_minor, :leaves_nothing,
        (SELECT id FROM sale WHERE series = :exchange_series AND receipt_number = :exchange_number), :body
    )
"""
ADD_LINE = """
    INSERT INTO refund_line (
        refund_id, number, quantity, gross_minor, discount_minor, total_minor, tax, tax_minor
    ) VALUES (:refund_id, :number, :quantity, :gross_minor, :discount_minor, :total_minor, :tax, :tax_minor)
"""
ADD_LINE_TAX = """
    INSERT INTO refund_line_tax (refund_id, number, tax, net_minor, tax_minor)
    VALUES (:refund_id, :number, :tax, :net_minor, :tax_minor)
"""
ADD_LINE_DEPOSIT = """
    INSERT INTO refund_line_deposit (refund_id, number, price_minor, tax, tax_minor)
    VALUES (:refund_id, :number, :price_minor, :tax, :tax_minor)
"""
ADD_TAX = """
    INSERT INTO refund_tax (refund_id, tax, net_minor, tax_minor) VALUES (:refund_id, :tax, :net_minor, :tax_minor)
"""
ADD_TENDER = """
    INSERT INTO refund_tender (refund_id, number, kind, amount_minor, handed_minor, rounding_minor)
    VALUES (:refund_id, :number, :kind, :amount_minor, :handed_minor, :rounding_minor)
"""
ADD_GAIN = """
    INSERT INTO refund_gain (refund_id, sale_id, kind, kept, gain_minor, margin_minor)
    VALUES (
        :refund_id, (SELECT sale_id FROM refund WHERE id = :refund_id), :kind, :kept, :gain_minor, :margin_minor
    )
"""
ADD = {
    "refund_line": ADD_LINE,
    "refund_line_tax": ADD_LINE_TAX,
    "refund_line_deposit": ADD_LINE_DEPOSIT,
    "refund_tax": ADD_TAX,
    "refund_tender": ADD_TENDER,
    "refund_gain": ADD_GAIN,
}


def refund_values(refund: Refund, till_id: int | None, person: int | None, body: str | None = None) -> Columns:
    """The row of a refund. `body` is its stored JSON, if it was encoded before."""
    at_us, offset_s = to_instant(refund.at)
    return {
        "sale_series": refund.of.series,
        "sale_number": refund.of.number,
        "till_id": till_id,
        "series": refund.series,
        "number": refund.number,
        "person": person,
        "at_us": at_us,
        "offset_s": offset_s,
        "business_day": refund.business_day.isoformat(),
        "reason": refund.reason,
        "cash_reason": refund.in_cash,
        "total_minor": refund.total.minor,
        "goods_minor": refund.goods_total.minor,
        "tax_minor": refund.tax.minor,
        "rounding_minor": refund.rounding.minor,
        "leaves_nothing": int(refund.leaves_nothing),
        "exchange_series": None if refund.exchange is None else refund.exchange.series,
        "exchange_number": None if refund.exchange is None else refund.exchange.number,
        "body": to_json(refund) if body is None else body,
    }


def under_refund(refund_id: int, refund: Refund) -> dict[str, list[Columns]]:
    """The rows under a refund, by table, in the order of their keys."""
    return {
        "refund_line": [
            {
                "refund_id": refund_id,
                "number": entry.number,
                "quantity": entry.line.quantity,
                "gross_minor": entry.line.gross.minor,
                "discount_minor": entry.line.discount.minor,
                "total_minor": entry.line.total.minor,
                **one_tax(entry.line.parts),
            }
            for entry in refund.lines
        ],
        "refund_line_tax": [
            {"refund_id": refund_id, "number": entry.number, **row}
            for entry in refund.lines
            for row in several_taxes(entry.line.parts)
        ],
        "refund_line_deposit": [
            {"refund_id": refund_id, "number": entry.number, **deposit_amounts(entry.line.deposit)}
            for entry in refund.lines
            if entry.line.deposit is not None
        ],
        "refund_tax": [
            {"refund_id": refund_id, "tax": row.tax.id, **tax_amounts(row)} for row in sorted_by_id(refund.tax_rows)
        ],
        "refund_tender": [
            {
                "refund_id": refund_id,
                "number": number,
                "kind": tender.kind,
                "amount_minor": tender.amount.minor,
                "handed_minor": tender.handed.minor,
                "rounding_minor": tender.rounding.minor,
            }
            for number, tender in enumerate(refund.tenders, start=1)
        ],
        "refund_gain": [
            {
                "refund_id": refund_id,
                "kind": lost.kind,
                "kept": lost.kept,
                "gain_minor": lost.gain.minor,
                "margin_minor": lost.margin.minor,
            }
            for lost in sorted(refund.gains, key=lambda lost: lost.kind)
        ],
    }


def add_refund(
    conn: sqlite3.Connection, refund: Refund, till_id: int | None, person: int | None, body: str | None = None
) -> int:
    """Write a refund and the rows under it inside the open transaction. Returns its id."""
    refund_id = conn.execute(ADD_REFUND, refund_values(refund, till_id, person, body)).lastrowid or 0
    for table, rows in under_refund(refund_id, refund).items():
        conn.executemany(ADD[table], rows)
    return refund_id
