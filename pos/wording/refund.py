"""A refund's receipt: the heading that the law requires, the number of the original receipt, and all amounts with a
minus."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.pricing.deposits import DEPOSIT_NAME
from pos.domain.refunds.refund import Refund, RefundLine
from pos.domain.sale.sale import Document, PrintLine, Style
from pos.wording.language import Wording, wording
from pos.wording.receipt import INDENT, ReceiptHeadings, shop_lines, tax_table, taxes_on_top


def refund_paper(refund: Refund, headings: ReceiptHeadings, *, copy: bool = False) -> Document:
    """A refund's receipt, in the language of the sale's. One that may have been printed already is a `copy`.

    The contents follow kassasystemforskrifta § 2-8-5. Raises `ValueError` if the refund has no number yet.
    """
    if not refund.number:
        raise ValueError("a paper is made when its refund has its number")
    words = wording(refund.language)
    parts = (
        _headings(words, headings, copy),
        shop_lines(words, refund.shop),
        _facts(words, refund),
        _goods(words, refund),
        _payment(words, refund),
        tax_table(words, [-row for row in refund.tax_rows]),
    )
    lines = tuple(line for part in parts for line in (*part, PrintLine()))
    return Document(f"{refund.name}{'-copy' if copy else ''}", lines[:-1])


def _headings(words: Wording, headings: ReceiptHeadings, copy: bool) -> Iterator[PrintLine]:
    """The country's headings in large letters, with a translation below if the receipt's language is another."""
    wanted = [("receipt-heading-copy", headings.copy)] if copy else []
    for message_id, heading in (*wanted, ("receipt-heading-refund", headings.refund)):
        yield PrintLine(heading, style=Style.HEADING, centred=True)
        meaning = words.text(message_id)
        if meaning.casefold() != heading.casefold():
            yield PrintLine(meaning, centred=True)


def _facts(words: Wording, refund: Refund) -> Iterator[PrintLine]:
    """The numbers of the refund and of the original receipt, the time, place, cashier and reason."""
    yield PrintLine(words.text("refund-number"), refund.name)
    yield PrintLine(words.text("refund-of"), refund.of.name)
    yield PrintLine(words.text("refund-of-time"), f"{words.date(refund.of_paid_at)} {refund.of_paid_at:%H:%M:%S}")
    if refund.exchange is not None:
        yield PrintLine(words.text("refund-exchange"), refund.exchange.name)
    yield PrintLine(words.text("receipt-time"), f"{words.date(refund.at)} {refund.at:%H:%M:%S}")
    yield PrintLine(words.text("receipt-till"), refund.till)
    if refund.cashier:
        yield PrintLine(words.text("receipt-cashier"), refund.cashier)
    yield PrintLine(words.text("refund-reason"), words.label(refund.reason))


def _goods(words: Wording, refund: Refund) -> Iterator[PrintLine]:
    for entry in refund.lines:
        yield from _line(words, entry)
    yield from taxes_on_top(words, [-row for row in refund.tax_rows])
    yield PrintLine(words.text("refund-total"), words.money(-refund.total), Style.BOLD)


def _line(words: Wording, entry: RefundLine) -> Iterator[PrintLine]:
    """What was paid for the line less its share of discounts, with its deposit below."""
    line = entry.line
    yield PrintLine(f"{line.quantity} {words.local(line.name)}", words.money(-line.total))
    for detail in line.details:
        yield PrintLine(INDENT + words.local(detail))
    if line.deposit is not None:
        yield PrintLine(INDENT + words.local(DEPOSIT_NAME), words.money(-line.deposit.price))


def _payment(words: Wording, refund: Refund) -> Iterator[PrintLine]:
    """The means by which the money was paid back, and the cash rounding."""
    if refund.rounding:
        yield PrintLine(words.text("receipt-rounding"), words.money(-refund.rounding))
    for tender in refund.tenders:
        yield PrintLine(words.tender(tender), words.money(-tender.handed))
    if refund.in_cash is not None:
        yield PrintLine(words.text("refund-in-cash", reason=refund.in_cash))
