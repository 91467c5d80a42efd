"""A country whose taxes come on top of the menu's prices, two on most goods: GST of 5 % and QST of 9.975 %, each on the
price without both (Revenu Québec, *Basic rules for applying the GST/HST and QST*)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pos.country import NO_FISCAL, Country, TaxPeriod, norway
from pos.domain.menu.items import ServingMode, VatClass
from pos.domain.pricing.taxes import Tax, Taxes

GST = Tax("GST", 50_000, on_top=True)
QST = Tax("QST", 99_750, on_top=True)
BOTH = (GST, QST)


def taxes(vat: VatClass, mode: ServingMode | None) -> Taxes:
    """Both taxes on what is eaten and drunk, one on other goods, none on deposits."""
    return () if vat is VatClass.DEPOSIT else (GST,) if vat is VatClass.GOODS else BOTH


def quebec() -> Country:
    """Norway with these taxes, and without signatures."""
    since = date(2013, 1, 1)
    periods = tuple(TaxPeriod(since, vat, mode, taxes(vat, mode)) for vat in VatClass for mode in ServingMode)
    return replace(norway(), tax_periods=periods, fiscal=NO_FISCAL)
