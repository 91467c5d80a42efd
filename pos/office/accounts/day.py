"""A business day in figures for the accountant: what was sold and taken back, cut five ways, each to the same sum."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import StringIO
from typing import TypeAlias

from pos.country.norway.accounts import ROUNDING, sales_account, tax_account, tender_account
from pos.domain.business_day import ONE_DAY
from pos.domain.order.order import Tender
from pos.domain.pricing.price import VatRow
from pos.domain.refunds.refund import Refund
from pos.domain.sale.sale import Sale, SaleLine
from pos.office.accounts.transactions import done_between
from pos.register import ShopGate
from pos.store import Store
from pos.store.journal.told_rows import last_row
from pos.wording import Wording

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""By which Excel knows that a file is UTF-8."""


@dataclass(slots=True)
class Cut:
    """A part of a day: so many, and what they came to in øre, with the tax in it. What came back is taken off."""

    count: int = 0
    gross: int = 0
    vat: int = 0

    def add(self, count: int, gross: int, vat: int = 0) -> None:
        """Take something in."""
        self.count += count
        self.gross += gross
        self.vat += vat


@dataclass(slots=True)
class DayFigures:
    """A business day. By rate of tax (basis points), kind of payment and category; by hour and by person's name
    transactions are counted, in a category units, of a payment how often. Hours are in the order of the day. `rounding`
    is what cash rounding added."""

    day: date
    sales: Cut = field(default_factory=Cut)
    refunds: Cut = field(default_factory=Cut)
    rounding: int = 0
    rates: dict[int, Cut] = field(default_factory=dict)
    tenders: dict[str, Cut] = field(default_factory=dict)
    categories: dict[str, Cut] = field(default_factory=dict)
    hours: dict[int, Cut] = field(default_factory=dict)
    people: dict[str, Cut] = field(default_factory=dict)

    @property
    def total(self) -> Cut:
        """Sales less refunds."""
        both = (self.sales, self.refunds)
        return Cut(*(sum(getattr(cut, name) for cut in both) for name in ("count", "gross", "vat")))


def figures_of(gate: ShopGate, day: date) -> DayFigures:
    """The figures of a business day, made of the journal. Raises `StoreError`."""
    store, country = gate.store, gate.country
    ends = store.menu.day_ends()
    since, until = country.day_ends_at(day - 2 * ONE_DAY, ends), country.day_ends_at(day + ONE_DAY, ends)
    counted = _Counted(store, day)
    for done in done_between(store, since, until, last_row(store.file)):
        person = store.people.name(done.row.person)
        for sale in done.sales:
            if sale.day == day:
                counted.sale(sale, person)
        for refund in done.refunds:
            if refund.business_day == day:
                counted.refund(refund, person)
    return counted.figures


class _Counted:
    """The figures of a day while they are being added up."""

    def __init__(self, store: Store, day: date) -> None:
        menu = store.menu.load()
        self._category = {sku: menu.categories[item.category].name.nb for sku, item in menu.items.items()}
        self.figures = DayFigures(day)

    def sale(self, sale: Sale, person: str) -> None:
        """Add a sale."""
        self.figures.sales.add(1, sale.total.minor, sale.vat.minor)
        self.figures.rounding += sale.rounding.minor
        self._parts(1, sale.vat_rows, sale.tenders, [(line, line.quantity) for line in sale.lines])
        self._by_hour_and_person(sale.paid_at, person, sale.total.minor, sale.vat.minor)

    def refund(self, refund: Refund, person: str) -> None:
        """Take a refund off."""
        self.figures.refunds.add(1, -refund.total.minor, -refund.vat.minor)
        self.figures.rounding -= refund.rounding.minor
        lines = [(entry.line, entry.line.quantity) for entry in refund.lines]
        self._parts(-1, refund.vat_rows, refund.tenders, lines)
        self._by_hour_and_person(refund.at, person, -refund.total.minor, -refund.vat.minor)

    def _parts(
        self,
        sign: int,
        rows: tuple[VatRow, ...],
        tenders: tuple[Tender, ...],
        lines: list[tuple[SaleLine, int]],
    ) -> None:
        figures = self.figures
        for row in rows:
            figures.rates.setdefault(row.rate, Cut()).add(1, sign * row.gross.minor, sign * row.vat.minor)
        for tender in tenders:
            paid = (tender.amount + tender.rounding).minor
            figures.tenders.setdefault(tender.kind, Cut()).add(1, sign * paid)
        for line, quantity in lines:
            category = self._category.get(line.sku, line.sku)
            cut = figures.categories.setdefault(category, Cut())
            cut.add(sign * quantity, sign * line.total.minor, sign * line.vat.minor)

    def _by_hour_and_person(self, at: datetime, person: str, gross: int, vat: int) -> None:
        self.figures.hours.setdefault(at.hour, Cut()).add(1, gross, vat)
        self.figures.people.setdefault(person, Cut()).add(1, gross, vat)


def as_json(figures: DayFigures) -> dict[str, object]:
    """The figures for a program; amounts are in øre."""
    return {
        "day": figures.day.isoformat(),
        "sales": _cut(figures.sales),
        "refunds": _cut(figures.refunds),
        "total": _cut(figures.total),
        "rounding_minor": figures.rounding,
        "rounding_account": ROUNDING,
        "vat": [
            {"rate": rate, "account": sales_account(rate), "vat_account": tax_account(rate), **_cut(cut)}
            for rate, cut in sorted(figures.rates.items(), reverse=True)
        ],
        "tenders": [
            {"kind": kind, "account": tender_account(kind), "count": cut.count, "amount_minor": cut.gross}
            for kind, cut in sorted(figures.tenders.items())
        ],
        "categories": [{"category": name, **_cut(cut)} for name, cut in figures.categories.items()],
        "hours": [{"hour": hour, **_cut(cut)} for hour, cut in figures.hours.items()],
        "people": [{"person": name, **_cut(cut)} for name, cut in sorted(figures.people.items())],
    }


def _cut(cut: Cut) -> dict[str, int]:
    return {
        "count": cut.count,
        "gross_minor": cut.gross,
        "vat_minor": cut.vat,
        "net_minor": cut.gross - cut.vat,
    }


def as_csv(figures: DayFigures, words: Wording) -> str:
    """The figures as Excel opens them in Norway: UTF-8 with a mark, semicolons, decimal commas."""
    out = StringIO()
    out.write(BOM)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([words.text(f"day-column-{name}") for name in COLUMNS])
    for part, rows in _parts(figures, words).items():
        for what, account, cut, has_tax in rows:
            tax = (_kroner(cut.vat), _kroner(cut.gross - cut.vat)) if has_tax else ("", "")
            named = (figures.day.isoformat(), words.text(f"day-part-{part}"), _safe(what), account)
            writer.writerow([*named, cut.count, _kroner(cut.gross), *tax])
    return out.getvalue()


NAMED_KINDS = ("cash", "card", "mobile", "exchange")
COLUMNS = ("day", "part", "what", "account", "count", "gross", "vat", "net")
DayRow: TypeAlias = tuple[str, str, Cut, bool]


def _parts(figures: DayFigures, words: Wording) -> Mapping[str, Iterable[DayRow]]:
    """The rows by the parts they belong to: what, account, figures, and whether there is tax in it."""
    rates = sorted(figures.rates.items(), reverse=True)
    tenders = sorted(figures.tenders.items())
    people = sorted(figures.people.items())
    return {
        "total": [
            (words.text("day-sales"), "", figures.sales, True),
            (words.text("day-refunds"), "", figures.refunds, True),
            (words.text("day-total"), "", figures.total, True),
            (words.text("day-rounding"), ROUNDING, Cut(0, figures.rounding), False),
        ],
        "vat": [(_percent(rate), sales_account(rate), cut, True) for rate, cut in rates],
        "tax": [(_percent(rate), tax_account(rate), Cut(cut.count, cut.vat), False) for rate, cut in rates],
        "tender": [(_kind(kind, words), tender_account(kind), cut, False) for kind, cut in tenders],
        "category": [(name, "", cut, True) for name, cut in figures.categories.items()],
        "hour": [(f"{hour:02}–{(hour + 1) % 24:02}", "", cut, True) for hour, cut in figures.hours.items()],
        "person": [(name or words.text("day-nobody"), "", cut, True) for name, cut in people],
    }


def _percent(rate: int) -> str:
    """A rate: `15 %`."""
    return f"{rate / 100:g} %".replace(".", ",")


def _kind(kind: str, words: Wording) -> str:
    """A kind of payment by its name; a platform by its id."""
    return words.text(f"day-tender-{kind}") if kind in NAMED_KINDS else kind


def _kroner(minor: int) -> str:
    """An amount with a decimal comma: `-16,40`."""
    kroner, ore = divmod(abs(minor), 100)
    return f"{'-' if minor < 0 else ''}{kroner},{ore:02}"


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@" and text else text
