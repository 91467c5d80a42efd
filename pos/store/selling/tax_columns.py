"""The columns for taxes in the rows of sales and refunds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from pos.domain.money import total
from pos.domain.pricing.taxes import Taxed, TaxRow, tax_rows

Columns: TypeAlias = Mapping[str, str | int | None]
"""A part of a row, by the names of its columns."""


def sorted_by_id(rows: Iterable[TaxRow]) -> list[TaxRow]:
    """The rows in the order of the table's keys."""
    return sorted(rows, key=lambda row: row.tax.id)


def known_tax(row: TaxRow) -> Columns:
    """The row of the tax itself."""
    return {"tax": row.tax.id, "ppm": row.tax.ppm, "on_top": int(row.tax.on_top)}


def tax_amounts(row: TaxRow) -> Columns:
    """What a tax takes, and of how much."""
    return {"net_minor": row.net.minor, "tax_minor": row.amount.minor}


def one_tax(parts: Sequence[Taxed]) -> Columns:
    """The columns of a line: its tax, if it has one on all of it, and what all its taxes take."""
    amount = total(part.tax for part in parts)
    return {"tax": parts[0].taxes[0].tax.id if _has_one(parts) else None, "tax_minor": amount.minor}


def several_taxes(parts: Sequence[Taxed]) -> list[Columns]:
    """The rows of a line that has other than one tax on all of it."""
    if _has_one(parts):
        return []
    return [{"tax": row.tax.id, **tax_amounts(row)} for row in sorted_by_id(tax_rows(parts))]


def deposit_amounts(deposit: Taxed) -> Columns:
    """The columns of a deposit, on which there is one tax at most."""
    return {"price_minor": deposit.price.minor, **one_tax((deposit,))}


def _has_one(parts: Sequence[Taxed]) -> bool:
    return len(parts) == 1 and len(parts[0].taxes) == 1
