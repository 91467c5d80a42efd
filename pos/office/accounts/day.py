"""The figures of a business day for the accountant: sales less refunds. By account, category, hour, person and payment
they add up to the same sum; what each tax took stands beside that."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import StringIO
from typing import TypeAlias

from pos.domain.business_day import ONE_DAY
from pos.domain.menu.accounts import NO_ACCOUNTS, Accounts
from pos.domain.menu.items import ArticleGroup
from pos.domain.menu.menu import Menu
from pos.domain.money import total
from pos.domain.order.order import Tender
from pos.domain.pricing.deposits import DEPOSIT_NAME
from pos.domain.pricing.taxes import Tax, Taxes, TaxRow
from pos.domain.refunds.refund import Refund
from pos.domain.sale.sale import Sale, SaleLine
from pos.domain.shift.report import ShiftFigures
from pos.domain.text import LocalText
from pos.office.accounts.transactions import done_between
from pos.register import ShopGate
from pos.store.journal.told_rows import last_row
from pos.wording import Wording

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Excel recognises UTF-8 by it."""


@dataclass(slots=True)
class Cut:
    """A part of a day: a count, and the amount with tax (`gross`) and the tax, in øre. Refunds are subtracted."""

    count: int = 0
    gross: int = 0
    tax: int = 0

    def add(self, count: int, gross: int, tax: int = 0) -> None:
        """Add a count, an amount and its tax."""
        self.count += count
        self.gross += gross
        self.tax += tax


@dataclass(slots=True)
class DayFigures:
    """The figures of a business day, by tax, kind of payment, category, hour and person's name.

    `count` counts transactions by hour and person, units by category, payments by kind. Deposits are a category of
    their own. Hours are in the order of the day. `booked` is by the taxes on goods and their account. `rounding` is the
    sum of cash rounding. `tips` is what payments paid beyond the sales. `cash_difference` is the sum of the drawers'
    differences in the shifts of that day that were closed.
    """

    day: date
    accounts: Accounts = NO_ACCOUNTS
    sales: Cut = field(default_factory=Cut)
    refunds: Cut = field(default_factory=Cut)
    rounding: int = 0
    tips: Cut = field(default_factory=Cut)
    cash_difference: Cut = field(default_factory=Cut)
    booked: dict[tuple[Taxes, int | None], Cut] = field(default_factory=dict)
    taxes: dict[Tax, Cut] = field(default_factory=dict)
    tenders: dict[str, Cut] = field(default_factory=dict)
    categories: dict[LocalText, Cut] = field(default_factory=dict)
    hours: dict[int, Cut] = field(default_factory=dict)
    people: dict[str, Cut] = field(default_factory=dict)

    @property
    def total(self) -> Cut:
        """Sales less refunds."""
        both = (self.sales, self.refunds)
        return Cut(*(sum(getattr(cut, name) for cut in both) for name in ("count", "gross", "tax")))


def figures_of(gate: ShopGate, day: date) -> DayFigures:
    """The figures of a business day, from the journal. Raises `StoreError`."""
    store, country = gate.store, gate.country
    ends = store.menu.day_ends()
    since, until = country.day_ends_at(day - 2 * ONE_DAY, ends), country.day_ends_at(day + ONE_DAY, ends)
    menu = store.menu.load()
    counted = _Counted(menu, day, menu.accounts.over(country.accounts))
    for done in done_between(store, since, until, last_row(store.file)):
        person = store.people.name(done.row.person)
        for sale in done.sales:
            if sale.day == day:
                counted.sale(sale, person)
        for refund in done.refunds:
            if refund.business_day == day:
                counted.refund(refund, person)
    for till in store.tills.all():
        for report in store.reports.of_day(till.id, day):
            counted.close(report.figures)
    return counted.figures


class _Counted:
    """Adds up the figures of a day."""

    def __init__(self, menu: Menu, day: date, accounts: Accounts) -> None:
        self._menu = menu
        self.figures = DayFigures(day, accounts)

    def sale(self, sale: Sale, person: str) -> None:
        """Add a sale."""
        self.figures.sales.add(1, sale.total.minor, sale.tax.minor)
        self.figures.rounding += sale.rounding.minor
        self._parts(1, sale.tax_rows, sale.tenders, sale.lines)
        self._by_hour_and_person(sale.paid_at, person, sale.total.minor, sale.tax.minor)

    def refund(self, refund: Refund, person: str) -> None:
        """Subtract a refund."""
        self.figures.refunds.add(1, -refund.total.minor, -refund.tax.minor)
        self.figures.rounding -= refund.rounding.minor
        self._parts(-1, refund.tax_rows, refund.tenders, [entry.line for entry in refund.lines])
        self._by_hour_and_person(refund.at, person, -refund.total.minor, -refund.tax.minor)

    def close(self, shift: ShiftFigures) -> None:
        """Add the difference of the drawer of a closed shift."""
        if shift.counts:
            self.figures.cash_difference.add(1, shift.counts[-1].difference.minor)

    def _parts(
        self,
        sign: int,
        rows: tuple[TaxRow, ...],
        tenders: tuple[Tender, ...],
        lines: Sequence[SaleLine],
    ) -> None:
        figures = self.figures
        for row in rows:
            figures.taxes.setdefault(row.tax, Cut()).add(1, sign * row.gross.minor, sign * row.amount.minor)
        for tender in tenders:
            figures.tenders.setdefault(tender.kind, Cut()).add(1, sign * tender.taken.minor)
            if tender.tip:
                figures.tips.add(1, sign * tender.tip.minor)
        for account, cut in self._booked(lines).items():
            figures.booked.setdefault(account, Cut()).add(1, sign * cut.gross, sign * cut.tax)
        for line in lines:
            cut = figures.categories.setdefault(self._category(line), Cut())
            due = total(part.due for part in line.parts)
            cut.add(sign * line.quantity, sign * due.minor, sign * line.tax.minor)
            if line.deposit is not None:
                cut = figures.categories.setdefault(DEPOSIT_NAME, Cut())
                cut.add(sign * line.quantity, sign * line.deposit.due.minor, sign * line.deposit.tax.minor)

    def _booked(self, lines: Sequence[SaleLine]) -> dict[tuple[Taxes, int | None], Cut]:
        """The sums of lines by taxes and account."""
        found: dict[tuple[Taxes, int | None], Cut] = {}
        for line in lines:
            deposits = () if line.deposit is None else ((line.deposit, ArticleGroup.DEPOSIT),)
            for part, group in (*((part, line.article_group) for part in line.parts), *deposits):
                account = self.figures.accounts.of_sale([tax.id for tax in part.levied], group)
                found.setdefault((part.levied, account), Cut()).add(1, part.due.minor, part.tax.minor)
        return found

    def _category(self, line: SaleLine) -> LocalText:
        """The name of the category in which a line was sold. Lines from before that was kept get the item's category of
        today."""
        item = self._menu.items.get(line.sku)
        category = line.category or (line.sku if item is None else item.category)
        known = self._menu.categories.get(category)
        return LocalText(category, category) if known is None else known.name

    def _by_hour_and_person(self, at: datetime, person: str, gross: int, tax: int) -> None:
        self.figures.hours.setdefault(at.hour, Cut()).add(1, gross, tax)
        self.figures.people.setdefault(person, Cut()).add(1, gross, tax)


def as_json(figures: DayFigures) -> dict[str, object]:
    """The figures as JSON; amounts are in øre."""
    accounts = figures.accounts
    return {
        "day": figures.day.isoformat(),
        "sales": _cut(figures.sales),
        "refunds": _cut(figures.refunds),
        "total": _cut(figures.total),
        "rounding_minor": figures.rounding,
        "rounding_account": _number(accounts.rounding),
        "cash_difference_minor": figures.cash_difference.gross,
        "cash_difference_account": _number(accounts.cash_difference),
        **_told_tips(figures),
        "booked": [
            {"taxes": [tax.id for tax in taxes], "account": _number(account), **_cut(cut)}
            for (taxes, account), cut in _booked(figures)
        ],
        "taxes": [
            {"tax": tax.id, "ppm": tax.ppm, "account": _number(accounts.of_tax(tax.id)), **_cut(cut)}
            for tax, cut in _by_rate(figures)
        ],
        "tenders": [
            {"kind": kind, "account": _number(accounts.of_payment(kind)), "count": cut.count, "amount_minor": cut.gross}
            for kind, cut in sorted(figures.tenders.items())
        ],
        "categories": [{"category": name.nb, **_cut(cut)} for name, cut in figures.categories.items()],
        "hours": [{"hour": hour, **_cut(cut)} for hour, cut in figures.hours.items()],
        "people": [{"person": name, **_cut(cut)} for name, cut in sorted(figures.people.items())],
    }


def _booked(figures: DayFigures) -> list[tuple[tuple[Taxes, int | None], Cut]]:
    """What was sold, by taxes and account: the highest rate first, then the lowest account."""
    return sorted(figures.booked.items(), key=lambda one: ([-tax.ppm for tax in one[0][0]], one[0][1] or 0))


def _by_rate(figures: DayFigures) -> list[tuple[Tax, Cut]]:
    """What each tax took, the highest rate first."""
    return sorted(figures.taxes.items(), key=lambda one: (-one[0].ppm, one[0].id))


def _number(account: int | None) -> str:
    """An account number as text; empty for None."""
    return "" if account is None else str(account)


def _told_tips(figures: DayFigures) -> dict[str, object]:
    """The tips of the day as JSON; empty on a day without tips."""
    tips, account = figures.tips, _number(figures.accounts.tips)
    return {"tips": {"account": account, "count": tips.count, "amount_minor": tips.gross}} if tips.count else {}


def _cut(cut: Cut) -> dict[str, int]:
    return {
        "count": cut.count,
        "gross_minor": cut.gross,
        "tax_minor": cut.tax,
        "net_minor": cut.gross - cut.tax,
    }


def as_csv(figures: DayFigures, words: Wording) -> str:
    """The figures in the form that Excel expects in Norway: UTF-8 with BOM, semicolons, decimal commas."""
    out = StringIO()
    out.write(BOM)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([words.text(f"day-column-{name}") for name in COLUMNS])
    for part, rows in _parts(figures, words).items():
        for what, account, cut, has_tax in rows:
            tax = (_kroner(cut.tax), _kroner(cut.gross - cut.tax)) if has_tax else ("", "")
            named = (figures.day.isoformat(), words.text(f"day-part-{part}"), _safe(what), account)
            writer.writerow([*named, cut.count, _kroner(cut.gross), *tax])
    return out.getvalue()


NAMED_KINDS = ("cash", "card", "mobile", "exchange")
COLUMNS = ("day", "part", "what", "account", "count", "gross", "vat", "net")
DayRow: TypeAlias = tuple[str, str, Cut, bool]


def _parts(figures: DayFigures, words: Wording) -> Mapping[str, Iterable[DayRow]]:
    """The rows by part of the file: text, account, figures, and whether they include tax."""
    accounts = figures.accounts
    tenders = sorted(figures.tenders.items())
    people = sorted(figures.people.items())
    tips = [(words.text("day-tips"), _number(accounts.tips), figures.tips, False)] if figures.tips.count else []
    return {
        "total": [
            (words.text("day-sales"), "", figures.sales, True),
            (words.text("day-refunds"), "", figures.refunds, True),
            (words.text("day-total"), "", figures.total, True),
            (words.text("day-rounding"), _number(accounts.rounding), Cut(0, figures.rounding), False),
            *tips,
            (words.text("day-difference"), _number(accounts.cash_difference), figures.cash_difference, False),
        ],
        "vat": [
            (" + ".join(map(_named, taxes)) or words.text("day-untaxed"), _number(account), cut, True)
            for (taxes, account), cut in _booked(figures)
        ],
        "tax": [
            (_named(tax), _number(accounts.of_tax(tax.id)), Cut(cut.count, cut.tax), False)
            for tax, cut in _by_rate(figures)
            if tax.ppm
        ],
        "tender": [(_kind(kind, words), _number(accounts.of_payment(kind)), cut, False) for kind, cut in tenders],
        "category": [(words.local(name), "", cut, True) for name, cut in figures.categories.items()],
        "hour": [(f"{hour:02}–{(hour + 1) % 24:02}", "", cut, True) for hour, cut in figures.hours.items()],
        "person": [(name or words.text("day-nobody"), "", cut, True) for name, cut in people],
    }


def _named(tax: Tax) -> str:
    """A tax as in `15 %`, with the decimal comma of the file; `GST 5 %` of one on top of the menu's prices."""
    rate = f"{tax.ppm / 10_000:g} %".replace(".", ",")
    return f"{tax.id} {rate}" if tax.on_top else rate


def _kind(kind: str, words: Wording) -> str:
    """The name of a kind of payment; for a platform its id."""
    return words.text(f"day-tender-{kind}") if kind in NAMED_KINDS else kind


def _kroner(minor: int) -> str:
    """An amount with a decimal comma: `-16,40`."""
    kroner, ore = divmod(abs(minor), 100)
    return f"{'-' if minor < 0 else ''}{kroner},{ore:02}"


def _safe(text: str) -> str:
    """The text, with an apostrophe in front if a spreadsheet would take it for a formula."""
    return f"'{text}" if text[:1] in "=+-@" and text else text
