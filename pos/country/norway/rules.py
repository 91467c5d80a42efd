"""The rules of Norway as a `Country`: taxes, rounding, bank notes, hours."""

from __future__ import annotations

from datetime import date, time

from pos.country.country import AlcoholRules, Country, Headings, TaxPeriod
from pos.country.norway.accounts import NS_4102
from pos.country.norway.fiscal import NorwegianFiscal
from pos.country.norway.taxes import mva
from pos.domain.menu.items import ITEM_VAT_CLASSES, ServingMode, VatClass
from pos.domain.money import Money

GENERAL = mva(25)
"""25 % since 2005-01-01 (statsbudsjettet 2005); the tables begin in 2007, with the first rate for food."""

FOOD_TAKEN_AWAY = ((date(2007, 1, 1), mva(14)), (date(2012, 1, 1), mva(15)))
"""Food that is not eaten on the premises (merverdiavgiftsloven § 5-2): 14 %, and 15 % from 2012 on."""

DEPOSITS = ((date(2007, 1, 1), mva(0)),)
"""Deposits on bottles and cans are outside the tax. What is sure: to pay a deposit back is no turnover, and no output
tax is reckoned of it (kontohjelp.no, *Returemballasje/panteordning ved retur av emballasje*, which refers to the tax
office's MVA-håndbok and books it without tax in group 39xx, tax code 7). That the deposit taken with the sale is
treated alike, so that what goes out and comes back is the same, is our own reading: the page on the sale was not to be
had, nor the law's text. A shop has to ask its accountant; the tax of another day is a row here."""

ALCOHOL = AlcoholRules(closed_from=time(3), closed_to=time(6), taken_away=False, age_limit=18)
"""Beer and wine are served between 06:00 and 03:00 at the most (alkoholloven § 4-4); a municipality may allow less,
which the menu says by a daypart. A licence to serve lets nothing be carried out (§§ 1-4, 4-1). Nobody under 18 is
served (§ 1-5); spirits, from 20 years on, have an age limit of their own in the menu."""

_NOT_A_RECEIPT = "IKKE KVITTERING FOR KJØP"


def norway() -> Country:
    """The rules of Norway."""
    return Country(
        time_zone="Europe/Oslo",
        tax_periods=(*_general(), *_food_taken_away(), *_deposits()),
        headings=Headings(
            sale="Salgskvittering",
            refund="Returkvittering",
            copy="KOPI",
            training=f"Treningskvittering – {_NOT_A_RECEIPT}",
            not_a_receipt=_NOT_A_RECEIPT,
            x_report="X-rapport",
            z_report="Z-rapport",
        ),
        copy_limit=1,  # kassasystemforskrifta § 2-6
        cash_unit=Money.of(1),  # FOR-2011-03-16-294 § 2: 1–49 øre down, 50–99 øre up, in cash only
        pieces=tuple(map(Money.of, (1000, 500, 200, 100, 50, 20, 10, 5, 1))),
        notes=(Money.of(100), Money.of(200), Money.of(500)),
        largest_cash=Money.of(20_000),  # finansavtaleloven § 2-1
        largest_change=Money.of(1_000),  # so much change means that the amount was mistyped
        alcohol=ALCOHOL,
        fiscal=NorwegianFiscal(),
        accounts=NS_4102,
    )


def _general() -> tuple[TaxPeriod, ...]:
    since = FOOD_TAKEN_AWAY[0][0]
    return tuple(
        TaxPeriod(since, vat_class, mode, (GENERAL,))
        for vat_class in ITEM_VAT_CLASSES
        for mode in ServingMode
        if (vat_class, mode) != (VatClass.FOOD, ServingMode.TAKE_AWAY)
    )


def _deposits() -> tuple[TaxPeriod, ...]:
    return tuple(TaxPeriod(since, VatClass.DEPOSIT, mode, (tax,)) for since, tax in DEPOSITS for mode in ServingMode)


def _food_taken_away() -> tuple[TaxPeriod, ...]:
    return tuple(TaxPeriod(since, VatClass.FOOD, ServingMode.TAKE_AWAY, (tax,)) for since, tax in FOOD_TAKEN_AWAY)
