"""A sale's receipt, for a printer and for the screen, with the headings and contents that the law requires."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Protocol

from pos.domain.menu.menu import Shop
from pos.domain.menu.next_visit import NextVisit, grouped
from pos.domain.money import Money
from pos.domain.order.order import Tender, TenderKind
from pos.domain.pricing.deposits import DEPOSIT_NAME
from pos.domain.pricing.taxes import TaxRow, on_top
from pos.domain.sale.leaving_out import left_out_of
from pos.domain.sale.sale import Document, PrintLine, Sale, SaleLine, Style
from pos.wording.language import Wording, wording

INDENT = "  "
NARROW = 32
"""Characters in a row of 58 mm paper, the narrowest. Tables are made for this width."""
WIDEST_GAP = 4
"""The most spaces between two columns. With more, readers lose the row."""


class ReceiptHeadings(Protocol):
    """The country's headings, which are on every receipt whatever its language."""

    @property
    def sale(self) -> str:
        """The heading of a sale's receipt."""

    @property
    def refund(self) -> str:
        """The heading of a refund's receipt."""

    @property
    def copy(self) -> str:
        """The heading of a second print, or of one that may be a second."""

    @property
    def training(self) -> str:
        """The heading of everything that practice prints."""

    @property
    def not_a_receipt(self) -> str:
        """The heading of papers that are no receipt for a purchase."""


def receipt(sale: Sale, headings: ReceiptHeadings, *, copy: bool = False, training: bool = False) -> Document:
    """A sale's receipt, in the sale's language, with amounts and names as they were at payment.

    With `training` the heading says that it is no receipt for a purchase, and there is no offer for the next visit. A
    receipt that may have been printed already is a `copy`, so that there are never two originals. The contents follow
    kassasystemforskrifta § 2-8 and bokføringsforskriften § 5-3. Raises `ValueError` if the sale has no number yet.
    """
    if not sale.receipt_number:
        raise ValueError("a receipt is made when its sale has its number")
    sentences = wording(sale.language)
    parts = [_headings(sentences, headings, copy, training), *_parts(sentences, sale)]
    if sale.has_code and not training:
        parts[-1] = chain(parts[-1], _code(sale))
    if sale.next_visit is not None and not training:
        parts.append(_next_visit(sentences, sale.next_visit))
    lines = tuple(line for part in parts for line in (*part, PrintLine()))
    return Document(f"{receipt_name(sale)}{'-copy' if copy else ''}", lines[:-1])


def _parts(sentences: Wording, sale: Sale) -> Iterator[Iterator[PrintLine]]:
    """The parts under the heading, with a blank line after each."""
    yield shop_lines(sentences, sale.shop)
    for part in (_facts, _goods, _payment):
        yield part(sentences, sale)
    yield tax_table(sentences, sale.tax_rows)


def receipt_name(sale: Sale) -> str:
    """Series and number, a unique name: `T1-42`."""
    return f"{sale.series}-{sale.receipt_number}"


def _centred(text: str, style: Style = Style.PLAIN) -> PrintLine:
    return PrintLine(text, style=style, centred=True)


def _headings(sentences: Wording, headings: ReceiptHeadings, copy: bool, training: bool) -> Iterator[PrintLine]:
    """The country's headings in large letters, with a translation below if the receipt's language is another."""
    wanted = [("receipt-heading-copy", headings.copy)] if copy else []
    kind = ("receipt-heading-training", headings.training) if training else ("receipt-heading-sale", headings.sale)
    for message_id, heading in (*wanted, kind):
        yield _centred(heading, Style.HEADING)
        meaning = sentences.text(message_id)
        if meaning.casefold() != heading.casefold():
            yield _centred(meaning)


def shop_lines(sentences: Wording, shop: Shop) -> Iterator[PrintLine]:
    """The seller: name, address and organisation number."""
    yield _centred(shop.name, Style.BOLD)
    yield _centred(shop.address)
    yield _centred(f"{shop.post_code} {shop.city}")
    if shop.phone:
        yield _centred(sentences.text("receipt-phone", number=shop.phone))
    number = " ".join(shop.org_no[place : place + 3] for place in range(0, len(shop.org_no), 3))
    yield _centred(sentences.text("receipt-org-no", number=number))


def _facts(sentences: Wording, sale: Sale) -> Iterator[PrintLine]:
    """The number, time, place and cashier; then the call number."""
    yield PrintLine(sentences.text("receipt-number"), receipt_name(sale))
    if sale.exchange is not None:
        yield PrintLine(sentences.text("receipt-exchange"), sale.exchange.name)
    yield PrintLine(sentences.text("receipt-time"), f"{sentences.date(sale.paid_at)} {sale.paid_at:%H:%M:%S}")
    yield PrintLine(sentences.text("receipt-till"), sale.till)
    if sale.cashier:
        yield PrintLine(sentences.text("receipt-cashier"), sale.cashier)
    yield PrintLine()
    yield _centred(sentences.text("receipt-call-number", number=str(sale.call_number)), Style.HEADING)
    yield _centred(sentences.label(sale.serving_mode), Style.BOLD)
    if sale.channel_name is not None:
        yield _centred(sentences.local(sale.channel_name), Style.BOLD)


def _goods(sentences: Wording, sale: Sale) -> Iterator[PrintLine]:
    """The lines before discounts with their deposits beneath them, each discount by name, taxes on top, the total."""
    for line in sale.lines:
        yield from _line(sentences, line)
    for discount in sale.discounts:
        yield PrintLine(sentences.local(discount.name), sentences.money(-discount.amount))
    yield from taxes_on_top(sentences, sale.tax_rows)
    yield PrintLine(sentences.text("receipt-total"), sentences.money(sale.total), Style.BOLD)


def _line(sentences: Wording, line: SaleLine) -> Iterator[PrintLine]:
    yield PrintLine(f"{line.quantity} {sentences.local(line.name)}", sentences.money(line.gross))
    if line.quantity > 1:
        yield PrintLine(INDENT + sentences.text("receipt-each", amount=sentences.money(line.unit_price)))
    left_out = left_out_of(line)
    for detail in line.details:
        if detail in left_out:
            yield PrintLine(INDENT + sentences.local(detail).upper(), style=Style.BOLD)
        else:
            yield PrintLine(INDENT + sentences.local(detail))
    if line.note:
        yield PrintLine(INDENT + sentences.text("receipt-note", note=line.note))
    if line.deposit is not None:
        yield PrintLine(INDENT + sentences.local(DEPOSIT_NAME), sentences.money(line.deposit.price))


def _payment(sentences: Wording, sale: Sale) -> Iterator[PrintLine]:
    """The payments: what was handed over less the change is the total plus rounding and tips."""
    if sale.rounding:
        yield PrintLine(sentences.text("receipt-rounding"), sentences.money(sale.rounding))
    if sale.tips:
        yield PrintLine(sentences.text("receipt-tips"), sentences.money(sale.tips))
    if sale.rounding or sale.tips:
        to_pay = sale.total + sale.rounding + sale.tips
        yield PrintLine(sentences.text("receipt-to-pay"), sentences.money(to_pay), Style.BOLD)
    for tender in sale.tenders:
        if tender.counts:
            yield PrintLine(sentences.tender(tender), sentences.money(_given(tender)))
    if sale.change:
        yield PrintLine(sentences.text("receipt-change"), sentences.money(sale.change))


def _given(tender: Tender) -> Money:
    return tender.handed if tender.kind is TenderKind.CASH else tender.taken


def taxes_on_top(sentences: Wording, rows: Iterable[TaxRow]) -> Iterator[PrintLine]:
    """A line for each tax that comes on top of the menu's prices, by its id."""
    for row in on_top(rows):
        yield PrintLine(sentences.tax(row.tax), sentences.money(row.amount))


def tax_table(sentences: Wording, rows: Iterable[TaxRow]) -> Iterator[PrintLine]:
    """A table with one row per tax: net and tax beside the rate, gross at the right margin, all right-aligned."""
    table = [
        [sentences.text(f"receipt-vat-{column}") for column in ("rate", "net", "tax", "gross")],
        *([sentences.tax(row.tax), *map(sentences.money, (row.net, row.amount, row.gross))] for row in rows),
    ]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    gap = max(1, min(WIDEST_GAP, (NARROW - sum(widths)) // 3))
    for rate, net, tax, gross in table:
        left = f"{rate:<{widths[0]}}{net:>{gap + widths[1]}}{tax:>{gap + widths[2]}}"
        yield PrintLine(left, gross)


def _code(sale: Sale) -> Iterator[PrintLine]:
    """The receipt's number as a code to be scanned, to find the sale again."""
    yield PrintLine(qr=receipt_name(sale))


def _next_visit(sentences: Wording, offer: NextVisit) -> Iterator[PrintLine]:
    """The offer that the customer declined, and the code that makes it cheaper next time, as text and as a QR code.

    The code is not kept once the original is printed: a copy says that it is on the original.
    """
    yield _centred(sentences.text("receipt-next-visit"), Style.BOLD)
    yield _centred(sentences.local(offer.name))
    yield _centred(sentences.text("receipt-next-visit-off", off=offer.off))
    yield _centred(sentences.text("receipt-next-visit-until", day=offer.last_day))
    if offer.code:
        yield _centred(grouped(offer.code), Style.BOLD)
        yield PrintLine(qr=offer.code)
    else:
        yield _centred(sentences.text("receipt-next-visit-on-original"))
