"""The accounts that a Norwegian shop books its sales on, as the standard chart NS 4102 has them."""

from __future__ import annotations

from collections.abc import Mapping

SALES: Mapping[int, str] = {2500: "3000", 1500: "3030", 1200: "3040", 0: "3100"}
"""By the rate of tax in basis points: taxed sales, and 3100 for what is free of tax."""

OUTPUT_TAX: Mapping[int, str] = {2500: "2701", 1500: "2702", 1200: "2703"}
CASH = "1900"
RECEIVABLE = "1570"
"""What a card company, a payment service or a platform owes the shop until it pays."""

ROUNDING = "7740"
TENDERS: Mapping[str, str] = {"cash": CASH}


def sales_account(rate: int) -> str:
    """The account of sales at a rate; empty for a rate that is not in the chart."""
    return SALES.get(rate, "")


def tax_account(rate: int) -> str:
    """The account of the tax in them; empty where there is none."""
    return OUTPUT_TAX.get(rate, "")


def tender_account(kind: str) -> str:
    """The account of a kind of payment."""
    return TENDERS.get(kind, RECEIVABLE)
