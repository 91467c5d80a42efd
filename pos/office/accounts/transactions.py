"""Sales and returns from the journal, as transactions of an export."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable, Iterator
from datetime import datetime

from pos.country.norway.saft import DEPOSIT_ARTICLE, Line, Paid, Transaction
from pos.domain.menu.items import ArticleGroup
from pos.domain.money import ZERO, Money
from pos.domain.order.order import Tender
from pos.domain.pricing.deposits import DEPOSIT_NAME
from pos.domain.pricing.taxes import Taxed, TaxRow, tax_rows
from pos.domain.refunds.refund import Refund
from pos.domain.sale.sale import ReceiptState, Sale, SaleLine
from pos.domain.value import replace, value
from pos.store import Store
from pos.store.file.codec import Json
from pos.store.journal.told_rows import ToldRow, rows_between
from pos.store.selling.rates import upgraded


@value
class SaleTold:
    """A sale in the facts of a row."""

    sale: Sale


@value
class SignatureTold:
    """A signature in the facts of a row, in base64."""

    series: str
    number: int
    key: str
    signature: str


@value
class Told:
    """A fact, if it is any of these."""

    sold: SaleTold | None = None
    refunded: Refund | None = None
    signed: list[SignatureTold] | None = None


@value
class Transacted:
    """The sales and refunds of one row of the journal, and their signatures."""

    row: ToldRow
    sales: tuple[Sale, ...]
    refunds: tuple[Refund, ...]
    signatures: tuple[SignatureTold, ...]


TOLD = Json(list[Told], upgraded)
UNSIGNED = "0"
"""The key version of transactions from before the till signed."""

MARKS = ('"sold":', '"refunded":')
"""The facts of a sale or a refund contain one of these."""


def done_between(store: Store, since: datetime, until: datetime, upto: int) -> Iterator[Transacted]:
    """The sales and refunds from `since` to before `until`, up to row `upto`, the first one first."""
    for row in rows_between(store.file, since, until, upto):
        if any(mark in row.facts for mark in MARKS):
            told = TOLD.read(row.facts)
            yield Transacted(
                row,
                tuple(fact.sold.sale for fact in told if fact.sold is not None),
                tuple(fact.refunded for fact in told if fact.refunded is not None),
                tuple(one for fact in told for one in fact.signed or ()),
            )


def transactions_of(store: Store, done: Transacted, *, is_training: bool) -> Iterator[Transaction]:
    """The transactions of a row, in the order in which they were signed."""
    signed = {f"{one.series}-{one.number}": (place, one) for place, one in enumerate(done.signatures)}
    found = [
        *(_of_sale(store, done.row, sale, is_training=is_training) for sale in done.sales),
        *(_of_refund(store, done.row, refund) for refund in done.refunds),
    ]
    for made in sorted(found, key=lambda made: signed[made.number][0] if made.number in signed else 0):
        if made.number not in signed:
            yield made
            continue
        one = signed[made.number][1]
        yield replace(made, signature=b64decode(one.signature), key=one.key)


def _of_sale(store: Store, row: ToldRow, sale: Sale, *, is_training: bool) -> Transaction:
    printed = store.receipts.state(sale.order_id) is ReceiptState.PRINTED
    return Transaction(
        number=sale.number.name,
        at=sale.paid_at,
        business_day=sale.day,
        worker=row.person,
        total=sale.total,
        tax=sale.tax,
        lines=tuple(part for line in sale.lines for part in _parts(line, 1)),
        tax_rows=sale.tax_rows,
        rounding=sale.rounding,
        tips=sale.tips,
        payments=tuple(_payment(tender, 1) for tender in sale.tenders),
        signature=b"",
        key=UNSIGNED,
        receipts=int(printed),
        copies=store.receipts.copies(sale.order_id),
        is_training=is_training,
    )


def _of_refund(store: Store, row: ToldRow, refund: Refund) -> Transaction:
    printed = store.refund_papers.state(refund) is ReceiptState.PRINTED
    return Transaction(
        number=refund.name,
        at=refund.at,
        business_day=refund.business_day,
        worker=row.person,
        total=-refund.total,
        tax=-refund.tax,
        lines=tuple(part for entry in refund.lines for part in _parts(entry.line, -1)),
        tax_rows=tuple(-row for row in refund.tax_rows),
        rounding=-refund.rounding,
        payments=tuple(_payment(tender, -1) for tender in refund.tenders),
        signature=b"",
        key=UNSIGNED,
        refers_to=refund.of.name,
        receipts=int(printed),
        copies=store.refund_papers.copies(refund),
    )


def _parts(line: SaleLine, sign: int) -> Iterator[Line]:
    """The goods of a line, and what its bottles and cans cost as a line of their own."""
    quantity, discount = sign * line.quantity, Money(sign * line.discount.minor)
    yield Line(line.sku, line.name.nb, quantity, _rows(line.parts, sign), discount, line.article_group)
    if line.deposit is not None:
        rows = _rows((line.deposit,), sign)
        yield Line(DEPOSIT_ARTICLE, DEPOSIT_NAME.nb, quantity, rows, ZERO, ArticleGroup.DEPOSIT)


def _rows(parts: Iterable[Taxed], sign: int) -> tuple[TaxRow, ...]:
    """The taxes of each part."""
    rows = (row for part in parts for row in tax_rows((part,)))
    return tuple(row if sign > 0 else -row for row in rows)


def _payment(tender: Tender, sign: int) -> Paid:
    """What a tender paid, with cash rounding and its tip."""
    return Paid(tender.kind, Money(sign * tender.taken.minor))
