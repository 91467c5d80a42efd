"""The rows under a sale: lines, discounts, VAT and the two decisions."""

from __future__ import annotations

import sqlite3

from pos.domain.ledger import LedgerRow
from pos.domain.sale import Sale, SaleLine
from pos.store.baskets import add_basket
from pos.store.codec import to_json, to_text

ADD_LINE = """
    INSERT INTO sale_line (
        sale_id, number, sku, name_nb, name_en, details, note, quantity, unit_price_minor, gross_minor,
        discount_minor, total_minor, vat_rate, vat_minor
    ) VALUES (
        :sale_id, :number, :sku, :name_nb, :name_en, :details, :note, :quantity, :unit_price_minor, :gross_minor,
        :discount_minor, :total_minor, :vat_rate, :vat_minor
    )
"""
ADD_DISCOUNT = """
    INSERT INTO sale_discount (sale_id, number, incentive_id, name_nb, name_en, amount_minor, is_threshold)
    VALUES (:sale_id, :number, :incentive_id, :name_nb, :name_en, :amount_minor, :is_threshold)
"""
ADD_VAT = """
    INSERT INTO sale_vat (sale_id, vat_rate, gross_minor, vat_minor)
    VALUES (:sale_id, :vat_rate, :gross_minor, :vat_minor)
"""
ADD_LINE_VAT = """
    INSERT INTO sale_line_vat (sale_id, number, vat_rate, gross_minor, vat_minor)
    VALUES (:sale_id, :number, :vat_rate, :gross_minor, :vat_minor)
"""
ADD_DECISION = """
    INSERT INTO decision (
        sale_id, kind, outcome, reason, offer_id, offered, units, count, kept, gain_minor, shown_at, answered_at,
        phrase, spoken_words, propensity, margin_minor, order_minor, wording, second,
        answer_ms
    ) VALUES (
        :sale_id, :kind, :outcome, :reason, :offer_id, :offered, :units, :count, :kept, :gain_minor, :shown_at,
        :answered_at, :phrase, :spoken_words, :propensity, :margin_minor, :order_minor,
        :wording, :second, :answer_ms
    )
"""


def told_sale(body: str, code: str) -> object:
    """What the journal keeps of a sale: its body, and the digest of the code that it gave for the next visit."""
    import msgspec

    return {"sold": {"sale": msgspec.Raw(body.encode()), "code": code}}


def add_rows(conn: sqlite3.Connection, sale_id: int, sale: Sale) -> None:
    """Write everything under a sale inside the open transaction."""
    conn.executemany(ADD_LINE, [_line(sale_id, number, line) for number, line in enumerate(sale.lines, 1)])
    add_basket(conn, sale_id, sale.goods)
    if sale.discounts:
        conn.executemany(ADD_DISCOUNT, _discounts(sale_id, sale))
    conn.executemany(ADD_VAT, _vat_rows(sale_id, sale))
    taxes = _line_taxes(sale_id, sale)
    if taxes:
        conn.executemany(ADD_LINE_VAT, taxes)
    conn.executemany(ADD_DECISION, [_decision(sale_id, row) for row in sale.ledger])


def _line(sale_id: int, number: int, line: SaleLine) -> dict[str, str | int]:
    return {
        "sale_id": sale_id,
        "number": number,
        "sku": line.sku,
        "name_nb": line.name.nb,
        "name_en": line.name.en,
        "details": to_json(line.details),
        "note": line.note,
        "quantity": line.quantity,
        "unit_price_minor": line.unit_price.minor,
        "gross_minor": line.gross.minor,
        "discount_minor": line.discount.minor,
        "total_minor": line.total.minor,
        "vat_rate": line.rate,
        "vat_minor": line.vat.minor,
    }


def _discounts(sale_id: int, sale: Sale) -> list[dict[str, str | int]]:
    return [
        {
            "sale_id": sale_id,
            "number": number,
            "incentive_id": discount.id,
            "name_nb": discount.name.nb,
            "name_en": discount.name.en,
            "amount_minor": discount.amount.minor,
            "is_threshold": discount.is_threshold,
        }
        for number, discount in enumerate(sale.discounts, 1)
    ]


def _vat_rows(sale_id: int, sale: Sale) -> list[dict[str, int]]:
    return [
        {"sale_id": sale_id, "vat_rate": row.rate, "gross_minor": row.gross.minor, "vat_minor": row.vat.minor}
        for row in sale.vat_rows
    ]


def _line_taxes(sale_id: int, sale: Sale) -> list[dict[str, int]]:
    return [
        {
            "sale_id": sale_id,
            "number": number,
            "vat_rate": row.rate,
            "gross_minor": row.gross.minor,
            "vat_minor": row.vat.minor,
        }
        for number, line in enumerate(sale.lines, 1)
        for row in line.taxes
    ]


def _decision(sale_id: int, row: LedgerRow) -> dict[str, str | int | float | None]:
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
        "shown_at": to_text(row.shown_at),
        "answered_at": to_text(row.answered_at),
        "phrase": row.phrase,
        "spoken_words": row.spoken_words,
        "propensity": row.propensity,
        "margin_minor": row.margin.minor,
        "order_minor": None if row.order_total is None else row.order_total.minor,
        "wording": row.wording,
        "second": row.second,
        "answer_ms": row.answer_ms,
    }
