"""Writes a SAF-T Cash Register file for the tax office, from the journal, row by row."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

from pos.country.norway.events import EVENTS, OTHER, TRAINING_RECEIPT, X_REPORT, Z_REPORT
from pos.country.norway.fiscal import NorwegianFiscal
from pos.country.norway.saft import (
    ARTICLE_GROUPS,
    DEPOSIT_ARTICLE,
    OTHER_EVENTS,
    Article,
    AuditFile,
    CashRegister,
    Event,
    GoodsGroup,
    Transaction,
    Worker,
    category_id,
    group_id,
    write_audit_file,
)
from pos.country.norway.taxes import mva
from pos.domain.business_day import ONE_DAY
from pos.domain.menu.items import GROUP_OF_CLASS, ArticleGroup, VatClass
from pos.domain.money import ZERO, Money
from pos.domain.order.order import Tender
from pos.domain.pricing.deposits import DEPOSIT_NAME
from pos.domain.pricing.taxes import Tax, TaxRow
from pos.domain.sale.sale import SaleLine
from pos.domain.shift.report import ReportKind, ShiftReport
from pos.domain.value import value
from pos.office.accounts.transactions import Transacted, done_between, transactions_of
from pos.office.written import written_in_parts
from pos.register import Change, ShopGate, ShopScene, verb
from pos.store import Exported, Store, Till
from pos.store.file.codec import Json
from pos.store.journal.told_rows import ToldRow, last_row, rows_between
from pos.store.selling.rates import upgraded
from pos.store.shift.reports import ReportMade

NORWAY = NorwegianFiscal()
FACTS = Json(list[dict[str, object]])
UNKNOWN_CATEGORY = "other"
TRAINING = "trening"
REMEMBERED = 10_000
"""For how many orders the receipt number is remembered, for events that follow the sale."""


@value
class ReportFact:
    """A fact that may be a report."""

    report: ReportMade | None = None


REPORTS = Json(list[ReportFact], upgraded)


@verb
def export(scene: ShopScene, told: Exported) -> Change[None]:
    """Record in the journal that figures were exported."""
    return Change(None, facts=(told,))


@value
class ExportSums:
    """The number of transactions in a file and their total, with tax and before cash rounding; the same of practice."""

    count: int
    total: Money
    training_count: int
    training_total: Money


@value
class Span:
    """A part of a journal: from a time to before another, up to row `upto`."""

    since: datetime
    until: datetime
    upto: int


def export_saft(
    gate: ShopGate, practice: Store | None, days: tuple[date, date], path: Path, version: str
) -> ExportSums:
    """Write the file of the calendar days from the first to the last, and record the export in the journal. Returns its
    sums.

    Raises `BadInput` if the file cannot be written, and `StoreError`.
    """
    store, country = gate.store, gate.country
    now = country.local(gate.clock())
    since, until = (country.at(day, time()) for day in (days[0], days[1] + ONE_DAY))
    files = [(store, Span(since, until, last_row(store.file)), False)]
    if practice is not None:
        files.append((practice, Span(since, until, last_row(practice.file)), True))
    found = _Found(store)
    for one, span, is_training in files:
        found.look(done_between(one, span.since, span.until, span.upto), is_training=is_training)
    registers = [register for one, span, is_training in files for register in _registers(one, span, is_training)]
    with written_in_parts(path) as sink:
        write_audit_file(
            sink,
            AuditFile(
                shop=store.menu.load().shop,
                since=days[0],
                until=days[1],
                made_at=now,
                version=version,
                workers=tuple(Worker(*row, since) for row in store.people.everybody()),
                articles=tuple(found.articles.values()),
                groups=found.groups(),
                kinds=tuple((kind, kind) for kind in sorted(found.kinds)),
                other_verbs=tuple(OTHER_EVENTS.items()),
                taxes=tuple(sorted(found.taxes, key=lambda tax: tax.ppm)),
                registers=tuple(registers),
                accounts=found.accounts.over(country.accounts),
            ),
        )
    sums = found.sums
    gate.do(export, Exported("saft", days[0].isoformat(), days[1].isoformat(), sums.count, sums.total))
    return sums


class _Found:
    """What the file must list before the transactions: articles, groups, kinds of payment, taxes."""

    def __init__(self, store: Store) -> None:
        self._menu = store.menu.load()
        self.accounts = self._menu.accounts
        self.articles: dict[str, Article] = {}
        self.kinds: set[str] = set()
        self.taxes: set[Tax] = {mva(percent) for percent in (25, 15, 12, 0)}
        self.sums = ExportSums(0, ZERO, 0, ZERO)

    def look(self, done: Iterable[Transacted], *, is_training: bool) -> None:
        """Add all sales and refunds of one store."""
        count, minor = 0, 0
        for one in done:
            for sale in one.sales:
                count, minor = count + 1, minor + sale.total.minor
                self._take(sale.lines, sale.tax_rows, sale.tenders)
            for refund in one.refunds:
                count, minor = count + 1, minor - refund.total.minor
                self._take((entry.line for entry in refund.lines), refund.tax_rows, refund.tenders)
        mine = (self.sums.count, self.sums.total)
        self.sums = ExportSums(*mine, count, Money(minor)) if is_training else ExportSums(count, Money(minor), 0, ZERO)

    def groups(self) -> tuple[GoodsGroup, ...]:
        """The groups of the articles."""
        return tuple({article.group.id: article.group for article in self.articles.values()}.values())

    def _take(self, lines: Iterable[SaleLine], rows: Iterable[TaxRow], tenders: Iterable[Tender]) -> None:
        for line in lines:
            if line.sku not in self.articles:
                self.articles[line.sku] = Article(line.sku, line.name.nb, self._group(line))
            if line.deposit is not None:
                group = GoodsGroup(group_id(ArticleGroup.DEPOSIT), *ARTICLE_GROUPS[ArticleGroup.DEPOSIT])
                self.articles[DEPOSIT_ARTICLE] = Article(DEPOSIT_ARTICLE, DEPOSIT_NAME.nb, group)
        self.taxes.update(row.tax for row in rows)
        self.kinds.update(tender.kind for tender in tenders)

    def _group(self, line: SaleLine) -> GoodsGroup:
        """The article group in which a line was sold. Lines from before that was kept get their category and tax class
        of today."""
        if line.article_group is not None:
            return GoodsGroup(group_id(line.article_group), *ARTICLE_GROUPS[line.article_group])
        item = self._menu.items.get(line.sku)
        category, vat = (UNKNOWN_CATEGORY, VatClass.FOOD) if item is None else (item.category, item.vat)
        known = self._menu.categories.get(category)
        # Things of one category that are not of one class are not in one group.
        own = category if vat is VatClass.FOOD else f"{category}-{vat}"
        code, _ = ARTICLE_GROUPS[GROUP_OF_CLASS[vat]]
        return GoodsGroup(category_id(own), code, category if known is None else known.name.nb)


def _registers(store: Store, span: Span, is_training: bool) -> Iterator[CashRegister]:
    """The tills of a store. Those of practice are registers of their own, because their signatures are a chain of their
    own."""
    for place, till in enumerate(store.tills.all()):
        yield CashRegister(
            id=f"{till.name}-{TRAINING}" if is_training else till.name,
            name=f"Kasse {till.name}{', trening' if is_training else ''}",
            events=partial(_training_events if is_training else _events, store, span, till, place == 0),
            transactions=partial(_transactions, store, span, till, is_training),
        )


def _transactions(store: Store, span: Span, till: Till, is_training: bool) -> Iterator[Transaction]:
    for done in done_between(store, span.since, span.until, span.upto):
        if done.row.till == till.id:
            yield from transactions_of(store, done, is_training=is_training)


def _training_events(store: Store, span: Span, till: Till, is_first: bool) -> Iterator[Event]:
    """The events of a practice till: only its receipts."""
    for done in done_between(store, span.since, span.until, span.upto):
        if done.row.till == till.id:
            for sale in done.sales:
                number, row = sale.number.name, done.row
                yield Event(f"T{row.seq}", TRAINING_RECEIPT, row.verb, row.at, None, number, "")


def _events(store: Store, span: Span, till: Till, is_first: bool) -> Iterator[Event]:
    """The events of a till. The first till also has the office's events, which belong to no till."""
    numbers: OrderedDict[str, str] = OrderedDict()
    for row in rows_between(store.file, span.since, span.until, span.upto):
        if row.till != till.id and not (is_first and row.till is None):
            continue
        if row.verb not in EVENTS and not any(mark in row.facts for mark in ('"sold":', '"tallied":')):
            continue
        facts = {name: told for fact in FACTS.read(row.facts) for name, told in fact.items()}
        _remember(numbers, facts)
        number = _transaction_of(numbers, row, facts)
        for place, code in enumerate(NORWAY.events(row.verb, facts)):
            text = OTHER_EVENTS[row.verb] if code == OTHER else ""
            report = _report_of(row.facts) if code in (X_REPORT, Z_REPORT) else None
            told_as = "" if report is None else _report_id(row, report)
            yield Event(f"{row.seq}-{place + 1}", code, row.verb, row.at, row.person, number, text, told_as, report)


def _report_of(facts: str) -> ShiftReport | None:
    """The report among a row's facts, or None."""
    return next((told.report.report for told in REPORTS.read(facts) if told.report is not None), None)


def _report_id(row: ToldRow, report: ShiftReport) -> str:
    """A Z is named by its till and number, an X, which has no number, by its row of the journal."""
    number = f"{report.till_id}-{report.number}" if report.kind is ReportKind.Z else str(row.seq)
    return f"{report.kind.upper()}{number}"


def _remember(numbers: OrderedDict[str, str], facts: Mapping[str, object]) -> None:
    """Remember the receipt number of an order that was sold."""
    sold = facts.get("sold")
    sale = sold.get("sale") if isinstance(sold, Mapping) else None
    if isinstance(sale, Mapping):
        numbers[str(sale["order_id"])] = f"{sale['series']}-{sale['receipt_number']}"
        if len(numbers) > REMEMBERED:
            numbers.popitem(last=False)


def _transaction_of(numbers: Mapping[str, str], row: ToldRow, facts: Mapping[str, object]) -> str:
    """The number of the receipt that an event is about; '' for none."""
    for name in ("refund_paper", "refund_copied", "refund_copy_released"):
        told = facts.get(name)
        if isinstance(told, Mapping):
            return f"{told['series']}-{told['number']}"
    return numbers.get(row.order_id or "", "")
