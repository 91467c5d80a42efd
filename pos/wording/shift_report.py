"""X and Z reports on paper and on the screen: the seller, and every figure of a shift's report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from pos.domain.menu.items import ArticleGroup
from pos.domain.money import Money
from pos.domain.order.order import TenderKind
from pos.domain.sale.sale import Document, PrintLine, Style
from pos.domain.shift.report import PersonFigures, ReportKind, ReportRow, ReportSum, ShiftFigures, ShiftReport
from pos.domain.shift.shift import DrawerCount
from pos.wording.language import Wording, wording

AMOUNT_WIDTH = 11
"""The width of an amount, so that the numbers before amounts are aligned."""


class ReportHeadings(Protocol):
    """The country's headings of reports, whatever the till's language."""

    @property
    def x_report(self) -> str:
        """The heading of an X report."""

    @property
    def z_report(self) -> str:
        """The heading of a Z report, before its number."""


def report_paper(report: ShiftReport, language: str, headings: ReportHeadings) -> Document:
    """A report in the till's language. The contents follow kassasystemforskrifta § 2-8-2 and § 2-8-3."""
    words = wording(language)
    parts = [_head(words, report, headings), _facts(words, report)]
    figures = report.figures
    parts += [part(words, figures) for part in (_sales, _groups, _tenders, _taxes, _cash)]
    parts += [_count(words, number, count) for number, count in enumerate(figures.counts, start=1)]
    parts += [_other(words, figures)]
    parts += [_person(words, person) for person in figures.persons]
    parts += [_ever(words, report), _file(words, report)]
    lines = tuple(line for part in parts for line in (*part, PrintLine()))
    return Document(report_name(report), lines[:-1])


def report_name(report: ShiftReport) -> str:
    """The name of a report's document: `K1-Z12`, and `K1-X` for an X."""
    return f"{report.series}-{report.kind.value.upper()}{report.number or ''}"


def asked_sentence(words: Wording, person: PersonFigures) -> str:
    """What a person's questions brought, addressed to that person; empty if none was shown."""
    asked = person.asked
    if not asked.shown:
        return ""
    message = "shift-told" if asked.too_fast or asked.not_asked else "shift-told-all"
    return words.text(message, shown=asked.shown, too_fast=asked.too_fast, not_asked=asked.not_asked, gain=asked.gain)


def _head(words: Wording, report: ShiftReport, headings: ReportHeadings) -> Iterator[PrintLine]:
    """The heading in the country's language and then in the till's, and the seller."""
    is_z = report.kind is ReportKind.Z
    heading = f"{headings.z_report} {report.number}" if is_z else headings.x_report
    meaning = words.text("xz-z", number=str(report.number)) if is_z else words.text("xz-x")
    yield PrintLine(heading, style=Style.HEADING, centred=True)
    if meaning != heading:
        yield PrintLine(meaning, centred=True)
    if not is_z:
        yield PrintLine(words.text("xz-x-note"), centred=True)
    shop = report.shop
    yield PrintLine(shop.name, style=Style.BOLD, centred=True)
    yield PrintLine(shop.address, centred=True)
    yield PrintLine(f"{shop.post_code} {shop.city}", centred=True)
    number = " ".join(shop.org_no[place : place + 3] for place in range(0, len(shop.org_no), 3))
    yield PrintLine(words.text("receipt-org-no", number=number), centred=True)


def _facts(words: Wording, report: ShiftReport) -> Iterator[PrintLine]:
    yield PrintLine(words.text("xz-till"), f"{report.till} ({report.series})")
    yield PrintLine(words.text("xz-shift"), str(report.shift))
    yield PrintLine(words.text("xz-day"), words.date(report.day))
    yield PrintLine(words.text("xz-made"), f"{words.date(report.at)} {report.at:%H:%M:%S}")
    if report.person:
        yield PrintLine(words.text("xz-person"), report.person)


def _sales(words: Wording, figures: ShiftFigures) -> Iterator[PrintLine]:
    yield _title(words, "xz-part-sales")
    yield _sum(words, words.text("xz-sales"), figures.sales)
    yield _sum(words, words.text("xz-returns"), ReportSum(figures.returns.count, -figures.returns.amount))
    yield _amount(words, words.text("xz-net"), figures.net_sales, Style.BOLD)
    if figures.last_receipt:
        yield PrintLine(words.text("xz-receipts"), f"{figures.first_receipt}-{figures.last_receipt}")


def _groups(words: Wording, figures: ShiftFigures) -> Iterator[PrintLine]:
    yield _title(words, "xz-part-groups")
    for row in figures.groups:
        yield _sum(words, _group(words, row), row.sum)


def _group(words: Wording, row: ReportRow) -> str:
    """An article group; a category in reports from before groups were kept."""
    if row.name is not None:
        return words.local(row.name)
    if row.id in set(ArticleGroup):
        return words.label(ArticleGroup(row.id))
    return row.id or words.text("xz-no-group")


def _tenders(words: Wording, figures: ShiftFigures) -> Iterator[PrintLine]:
    yield _title(words, "xz-part-tenders")
    for row in figures.tenders:
        yield _sum(words, _tender(words, row), row.sum)
    if figures.other_tills:
        yield _amount(words, words.text("xz-other-tills"), figures.other_tills)
    if figures.on_orders:
        yield _amount(words, words.text("xz-on-orders"), figures.on_orders)
    yield _amount(words, words.text("xz-rounding"), figures.rounding)
    yield _sum(words, words.text("xz-tips"), figures.tips)


def _tender(words: Wording, row: ReportRow) -> str:
    return words.tender_kind(TenderKind(row.id)) if row.name is None else words.local(row.name)


def _taxes(words: Wording, figures: ShiftFigures) -> Iterator[PrintLine]:
    yield _title(words, "xz-part-vat")
    for row in figures.taxes:
        rate = words.tax(row.tax)
        yield _amount(words, words.text("xz-vat-base", rate=rate), row.net)
        yield _amount(words, words.text("xz-vat-tax", rate=rate), row.amount)


def _cash(words: Wording, figures: ShiftFigures) -> Iterator[PrintLine]:
    yield _title(words, "xz-part-cash")
    yield _amount(words, words.text("xz-float"), figures.float)
    for row in figures.pay_ins:
        yield _sum(words, words.text("xz-pay-in", reason=_reason(words, "money-reason", row)), row.sum)
    for row in (*figures.pay_outs, *figures.drops):
        reason = _reason(words, "money-reason", row)
        yield _sum(words, words.text("xz-pay-out", reason=reason), ReportSum(row.sum.count, -row.sum.amount))
    for row in figures.tenders:
        if row.id == TenderKind.CASH:
            yield _sum(words, words.text("xz-cash-taken"), row.sum)
    yield _amount(words, words.text("xz-expected"), figures.expected_cash, Style.BOLD)


def _count(words: Wording, number: int, count: DrawerCount) -> Iterator[PrintLine]:
    yield _title(words, "xz-part-count", number=str(number))
    for worth, many in count.pieces:
        if many:
            label = words.text("xz-piece", count=many, worth=words.money(Money(worth)))
            yield _amount(words, label, Money(worth * many))
    yield _amount(words, words.text("xz-counted"), count.cash)
    yield _amount(words, words.text("xz-expected"), count.expected)
    yield _amount(words, words.text("xz-difference"), count.difference, Style.BOLD)
    for total in count.terminals:
        kind = words.tender_kind(TenderKind(total.kind))
        yield _amount(words, words.text("xz-terminal", kind=kind), total.counted)
        yield _amount(words, words.text("xz-in-till", kind=kind), total.expected)
        yield _amount(words, words.text("xz-difference"), total.difference, Style.BOLD)
    if count.reason:
        reason = words.text(f"count-reason-{count.reason.replace('_', '-')}")
        yield PrintLine(words.text("xz-why", reason=reason))


def _other(words: Wording, figures: ShiftFigures) -> Iterator[PrintLine]:
    """Counts other than money from sales, including those that are zero."""
    yield _title(words, "xz-part-other")
    yield PrintLine(words.text("xz-drawer"), str(figures.drawer))
    for row in figures.drawer_without_sale:
        reason = words.text(f"drawer-reason-{row.id.replace('_', '-')}")
        yield PrintLine(words.text("xz-drawer-without", reason=reason), str(row.sum.count))
    yield _sum(words, words.text("xz-copies"), figures.copies)
    yield _sum(words, words.text("xz-pro-forma"), figures.pro_forma)
    yield _sum(words, words.text("xz-discounts"), figures.discounts)
    if not figures.discards:
        yield _sum(words, words.text("xz-no-discards"), ReportSum())
    for row in figures.discards:
        yield _sum(words, words.text("xz-discards", reason=_reason(words, "discard", row)), row.sum)
    if not figures.corrections:
        yield _sum(words, words.text("xz-no-corrections"), ReportSum())
    for row in figures.corrections:
        yield _sum(words, words.text("xz-correction", kind=_reason(words, "correction", row)), row.sum)
    yield _sum(words, words.text("xz-price-look-ups"), figures.price_look_ups)
    yield _sum(words, words.text("xz-delivery"), figures.delivery_receipts)
    for row in figures.write_offs:
        yield _sum(words, words.text("xz-write-off", purpose=_reason(words, "purpose", row)), row.sum)
    yield _sum(words, words.text("xz-practice"), figures.practice)
    yield _sum(words, words.text("xz-credit"), figures.credit_sales)
    yield _sum(words, words.text("xz-disputed"), figures.disputed)
    yield PrintLine(words.text("xz-owed"), str(figures.owed_papers))


def _person(words: Wording, person: PersonFigures) -> Iterator[PrintLine]:
    """A person's figures, and the sentence about their questions."""
    yield PrintLine(person.name or words.text("xz-nobody"), style=Style.BOLD)
    yield _sum(words, words.text("xz-person-sales"), person.sales)
    if person.returns.count:
        returned = ReportSum(person.returns.count, -person.returns.amount)
        yield _sum(words, words.text("xz-person-returns"), returned)
    for row in person.tenders:
        yield _sum(words, _tender(words, row), row.sum)
    if person.tips.count:
        yield _sum(words, words.text("xz-tips"), person.tips)
    yield _sum(words, words.text("xz-person-corrections"), person.corrections)
    yield _sum(words, words.text("xz-person-discards"), person.discards)
    yield PrintLine(words.text("xz-person-drawer"), str(person.drawer))
    yield _sum(words, words.text("xz-person-practice"), person.practice)
    told = asked_sentence(words, person)
    if told:
        yield PrintLine(told)


def _ever(words: Wording, report: ShiftReport) -> Iterator[PrintLine]:
    """The grand totals."""
    yield _title(words, "xz-part-ever")
    yield _amount(words, words.text("xz-sales-ever"), report.sales_ever)
    yield _amount(words, words.text("xz-returns-ever"), -report.returns_ever)
    yield _amount(words, words.text("xz-net-ever"), report.net_ever, Style.BOLD)


def _file(words: Wording, report: ShiftReport) -> Iterator[PrintLine]:
    """The identity of the file, and the last row of its journal."""
    yield _title(words, "xz-part-file")
    yield PrintLine(words.text("xz-file"), report.file)
    yield PrintLine(words.text("xz-version"), report.version)
    if report.head_seq:
        yield PrintLine(words.text("xz-head", seq=str(report.head_seq)), report.head_hash)


def _title(words: Wording, message_id: str, **values: object) -> PrintLine:
    return PrintLine(words.text(message_id, **values), style=Style.BOLD)


def _amount(words: Wording, label: str, amount: Money, style: Style = Style.PLAIN) -> PrintLine:
    return PrintLine(label, words.money(amount), style)


def _sum(words: Wording, label: str, found: ReportSum) -> PrintLine:
    """A count and its amount."""
    return PrintLine(label, f"{found.count} {words.money(found.amount).rjust(AMOUNT_WIDTH)}")


def _reason(words: Wording, family: str, row: ReportRow) -> str:
    return words.text(f"{family}-{row.id.replace('_', '-')}")
