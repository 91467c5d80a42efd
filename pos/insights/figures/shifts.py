"""Computes a shift's figures for X and Z reports, from its sales and its tallies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pos.domain.menu.items import ArticleGroup
from pos.domain.money import ZERO, Money, total
from pos.domain.order.discounts import MANUAL_DISCOUNT
from pos.domain.order.order import Tender, TenderKind
from pos.domain.pricing.taxes import Tax, TaxRow
from pos.domain.refunds.refund import Refund
from pos.domain.sale.ledger import LedgerRow
from pos.domain.sale.sale import Sale, SaleLine
from pos.domain.shift.report import AskedFigures, PersonFigures, ReportRow, ReportSum, ShiftFigures, total_of
from pos.domain.shift.shift import WITH_SALE, DrawerCount, Shift, ShiftTally, Tallied
from pos.domain.text import LocalText
from pos.domain.value import value
from pos.insights.figures.figures import figures

MOVING = (WITH_SALE, *Tallied, "count")
"""Reasons for opening the drawer that are counted elsewhere; they are not drawer openings of their own."""

OF_PERSONS = (Tallied.CORRECTION, Tallied.DISCARD, Tallied.DRAWER, Tallied.PRACTICE)
"""The tallies that are counted by person."""


@value
class Turnover:
    """The sales and refunds of a shift in the order of their numbers, and the payments on orders that are not
    finished."""

    sales: Sequence[Sale] = ()
    refunds: Sequence[Refund] = ()
    on_orders: Sequence[Tender] = ()

    @property
    def sold(self) -> ReportSum:
        """The number of sales and their total."""
        return ReportSum(len(self.sales), total(sale.total for sale in self.sales))

    @property
    def returned(self) -> ReportSum:
        """The number of refunds and their total, which is positive."""
        return ReportSum(len(self.refunds), total(refund.total for refund in self.refunds))

    @property
    def by_hand(self) -> ReportSum:
        """The number of discounts given by hand and their total; the menu's own discounts are not counted."""
        given = [off.amount for sale in self.sales for off in sale.discounts if off.id == MANUAL_DISCOUNT]
        return ReportSum(len(given), total(given))

    @property
    def tips(self) -> ReportSum:
        """The number of payments with a tip and the sum of the tips. Refunds do not return tips."""
        left = [tender.tip for sale in self.sales for tender in sale.tenders if tender.tip]
        return ReportSum(len(left), total(left))

    def by(self, cashier: str) -> Turnover:
        """The sales and refunds of one person."""
        mine = [refund for refund in self.refunds if refund.cashier == cashier]
        return Turnover([sale for sale in self.sales if sale.cashier == cashier], mine)

    def lines(self) -> Iterator[tuple[SaleLine, int]]:
        """Every line, with 1 if it was sold and -1 if it was refunded."""
        yield from ((line, 1) for sale in self.sales for line in sale.lines)
        yield from ((entry.line, -1) for refund in self.refunds for entry in refund.lines)

    def tax_rows(self) -> Iterator[TaxRow]:
        """Every row of a tax; those of refunds are negative."""
        yield from (row for sale in self.sales for row in sale.tax_rows)
        yield from (-row for refund in self.refunds for row in refund.tax_rows)


@dataclass(slots=True)
class SumsById:
    """Sums by id, in the order in which the ids were first added."""

    sums: dict[str, ReportSum] = field(default_factory=dict)
    names: dict[str, LocalText | None] = field(default_factory=dict)

    def add(self, key: str, count: int, amount: Money, name: LocalText | None = None) -> None:
        """Add a count and an amount to an id."""
        self.sums[key] = self.sums.get(key, ReportSum()) + ReportSum(count, amount)
        self.names.setdefault(key, name)

    def done(self) -> tuple[ReportRow, ...]:
        """The rows by id."""
        return tuple(ReportRow(key, self.sums[key], self.names[key]) for key in sorted(self.sums))


def shift_figures(
    shift: Shift,
    done: Turnover,
    tallies: Sequence[ShiftTally],
    counts: tuple[DrawerCount, ...],
    groups: Mapping[str, LocalText],
    people: Mapping[str, int],
    owed_papers: int = 0,
) -> ShiftFigures:
    """All figures of a shift. `done` has its sales and refunds, `groups` the names of categories, `people` the ids of
    people by name. Groups, tenders and taxes are sales less returns."""
    for_others = [tally for tally in tallies if tally.what is Tallied.OTHER_TILL]
    tenders = _tenders(done, for_others)
    ins, outs, drops = (_reasons(tallies, what) for what in (Tallied.PAY_IN, Tallied.PAY_OUT, Tallied.DROP))
    moved = total_of(ins).amount - total_of(outs).amount - total_of(drops).amount
    drawer = _reasons(tallies, Tallied.DRAWER)
    return ShiftFigures(
        sales=done.sold,
        returns=done.returned,
        first_receipt=done.sales[0].receipt_number if done.sales else 0,
        last_receipt=done.sales[-1].receipt_number if done.sales else 0,
        groups=_groups(done, groups),
        tenders=tenders,
        rounding=total(sale.rounding for sale in done.sales) - total(refund.rounding for refund in done.refunds),
        tips=done.tips,
        on_orders=total(tender.taken for tender in done.on_orders),
        other_tills=total(tally.amount for tally in for_others),
        taxes=_taxes(done),
        float=shift.float or ZERO,
        pay_ins=ins,
        pay_outs=outs,
        drops=drops,
        expected_cash=(shift.float or ZERO) + moved + cash_of(tenders),
        drawer_with_sale=next((row.sum.count for row in drawer if row.id == WITH_SALE), 0),
        drawer_without_sale=tuple(row for row in drawer if row.id != WITH_SALE),
        copies=_counted(tallies, Tallied.COPY),
        discounts=done.by_hand,
        discards=_reasons(tallies, Tallied.DISCARD),
        corrections=_reasons(tallies, Tallied.CORRECTION),
        write_offs=_reasons(tallies, Tallied.WRITE_OFF),
        practice=_counted(tallies, Tallied.PRACTICE),
        disputed=_counted(tallies, Tallied.DISPUTED),
        persons=_persons(done, tallies, people),
        counts=counts,
        owed_papers=owed_papers,
    )


def cash_of(tenders: Iterable[ReportRow]) -> Money:
    """The cash among these rows."""
    return total(row.sum.amount for row in tenders if row.id == TenderKind.CASH)


def _tenders(done: Turnover, for_others: Sequence[ShiftTally] = ()) -> tuple[ReportRow, ...]:
    """Payments less refunds by kind: cash after rounding, tips included."""
    rows = SumsById()
    for tally in for_others:
        rows.add(tally.reason, tally.count, tally.amount)
    for tender in done.on_orders:
        rows.add(tender.kind, 1, tender.taken, tender.name)
    for sale in done.sales:
        for tender in sale.tenders:
            rows.add(tender.kind, 1, tender.taken, tender.name)
    for refund in done.refunds:
        for tender in refund.tenders:
            rows.add(tender.kind, -1, -tender.taken, tender.name)
    return rows.done()


def _groups(done: Turnover, names: Mapping[str, LocalText]) -> tuple[ReportRow, ...]:
    """Sales by article group, deposits being one. Lines from before groups were kept are by category."""
    rows = SumsById()
    for line, sign in done.lines():
        units, amount = sign * line.quantity, sign * total(part.due for part in line.parts)
        if line.article_group is not None:
            rows.add(line.article_group, units, amount)
        else:
            rows.add(line.category, units, amount, names.get(line.category))
        if line.deposit is not None:
            rows.add(ArticleGroup.DEPOSIT, units, sign * line.deposit.due)
    return rows.done()


def _taxes(done: Turnover) -> tuple[TaxRow, ...]:
    sums: dict[Tax, TaxRow] = {}
    for row in done.tax_rows():
        before = sums.get(row.tax, TaxRow(row.tax, ZERO, ZERO))
        sums[row.tax] = TaxRow(row.tax, before.net + row.net, before.amount + row.amount)
    return tuple(sorted(sums.values(), key=lambda row: (-row.tax.ppm, row.tax.id)))


def _reasons(tallies: Iterable[ShiftTally], what: Tallied) -> tuple[ReportRow, ...]:
    """The tallies of one kind, by reason."""
    rows = SumsById()
    for tally in tallies:
        if tally.what is what:
            rows.add(tally.reason, tally.count, tally.amount)
    return rows.done()


def _counted(tallies: Iterable[ShiftTally], what: Tallied) -> ReportSum:
    """The sum of the tallies of one kind."""
    return total_of(_reasons(tallies, what))


def _persons(done: Turnover, tallies: Sequence[ShiftTally], people: Mapping[str, int]) -> tuple[PersonFigures, ...]:
    """Each person's figures, by name; last those without a person."""
    named = {sale.cashier for sale in done.sales} | {refund.cashier for refund in done.refunds}
    names = named | {tally.name for tally in tallies if tally.what in OF_PERSONS and tally.reason not in MOVING}
    return tuple(
        _person(people.get(name), name, done.by(name), [tally for tally in tallies if tally.name == name])
        for name in sorted(names, key=lambda name: (not name, name))
    )


def _person(number: int | None, name: str, done: Turnover, tallies: Sequence[ShiftTally]) -> PersonFigures:
    opened = [tally for tally in tallies if tally.what is Tallied.DRAWER and tally.reason not in MOVING]
    return PersonFigures(
        number,
        name,
        sales=done.sold,
        returns=done.returned,
        tenders=_tenders(done),
        tips=done.tips,
        corrections=_counted(tallies, Tallied.CORRECTION),
        discards=_counted(tallies, Tallied.DISCARD),
        drawer=sum(tally.count for tally in opened),
        practice=_counted(tallies, Tallied.PRACTICE),
        asked=_asked(row for sale in done.sales for row in sale.ledger),
    )


def _asked(rows: Iterable[LedgerRow]) -> AskedFigures:
    """The results of a person's questions."""
    found = figures(rows)
    return AskedFigures(found.shown, found.too_fast, found.not_asked, found.gain)
