"""Deposits on bottles and cans: what an item carries, and what of a sale or refund was deposit and not goods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pos.store.migrations.schema.holding import IS_SO, STAYS

DEPOSITS = (
    "ALTER TABLE item ADD COLUMN deposit_minor INTEGER NOT NULL DEFAULT 0",  # on top of its price
    """
    CREATE TABLE sale_line_deposit ( -- of lines that have one
        sale_id INTEGER NOT NULL REFERENCES sale(id),
        number INTEGER NOT NULL,
        vat_rate INTEGER NOT NULL, -- basis points
        gross_minor INTEGER NOT NULL, -- in the sale's total, not in the line's
        vat_minor INTEGER NOT NULL,
        PRIMARY KEY (sale_id, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE refund_line_deposit ( -- of lines that have one
        refund_id INTEGER NOT NULL REFERENCES refund(id),
        number INTEGER NOT NULL, -- of the sale's line
        vat_rate INTEGER NOT NULL,
        gross_minor INTEGER NOT NULL, -- in the refund's total, not in the line's
        vat_minor INTEGER NOT NULL,
        PRIMARY KEY (refund_id, number)
    ) STRICT, WITHOUT ROWID
    """,
    *(
        statement.replace("TABLE", table)
        for table in ("sale_line_deposit", "refund_line_deposit")
        for statement in (STAYS, IS_SO)
    ),
)

OF_SALE = "(SELECT COALESCE(SUM(p.gross_minor), 0) FROM sale_line_deposit AS p WHERE p.sale_id = s.id)"
OF_SALE_LINE = """COALESCE((
            SELECT p.gross_minor FROM sale_line_deposit AS p WHERE p.sale_id = l.sale_id AND p.number = l.number
        ), 0) AS deposit_minor"""
OF_REFUND = "(SELECT COALESCE(SUM(p.gross_minor), 0) FROM refund_line_deposit AS p WHERE p.refund_id = r.id)"
OF_REFUND_LINE = """COALESCE((
            SELECT p.gross_minor FROM refund_line_deposit AS p
            WHERE p.refund_id = line.refund_id AND p.number = line.number
        ), 0) AS deposit_minor"""
CHANGES: Mapping[str, tuple[str, str]] = {
    "sales": ("s.total_minor,", f"{OF_SALE} AS deposit_minor,\n        s.total_minor,"),
    "sale_lines": ("l.total_minor,", f"l.total_minor,\n        {OF_SALE_LINE},"),
    "refunds": ("r.total_minor,", f"{OF_REFUND} AS deposit_minor,\n        r.total_minor,"),
    "refund_lines": ("line.total_minor,", f"line.total_minor,\n        {OF_REFUND_LINE},"),
    # The total of an order without deposits: asking is measured by goods alone.
    "offer_ledger": ("s.total_minor,", f"s.total_minor - {OF_SALE} AS total_minor,"),
}
"""The views that tell of deposits, and what changes in each."""


def views_with_deposits(views: Mapping[str, str]) -> Iterator[str]:
    """The statements that put deposits into views, as they are by then."""
    for name, (was, now) in CHANGES.items():
        yield f"DROP VIEW {name}"
        yield views[name].replace(was, now, 1)
