"""The receipt of a sale, for a printer and for the screen: the law's headings and all that it wants on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Protocol

from pos.domain.menu.menu import Shop
from pos.domain.menu.next_visit import NextVisit, grouped
from pos.domain.money import Money
from pos.domain.order.order import Tender, TenderKind
from pos.domain.pricing.deposits import DEPOSIT_NAME
from pos.domain.pricing.price import VatRow
from pos.domain.sale.leaving_out import left_out_of
from pos.domain.sale.sale import Document, PrintLine, Sale, SaleLine, Style
from pos.wording.language import Wording, wording

INDENT = "  "
NARROW = 32
"""Characters on a row of 58 mm paper, the narrowest: tables are made for it."""
WIDEST_GAP = 4
"""Spaces between two columns; with more of them no row is read as one."""


class ReceiptHeadings(Protocol):
    """The country's own headings, which stand on every receipt whatever its language."""

    @property
    def sale(self) -> str:
        """On top of a sale's receipt."""

    @property
    def refund(self) -> str:
        """On top of a refund's receipt."""

    @property
    def copy(self) -> str:
        """On top of what is printed a second time, or may have been."""

    @property
    def training(self) -> str:
        """On top of whatever practice prints."""

    @property
    def not_a_receipt(self) -> str:
        """On whatever is handed out and is no receipt for a purchase."""


def receipt(sale: Sale, headings: ReceiptHeadings, *, copy: bool = False, training: bool = False) -> Document:
    """A sale's receipt, in the sale's language; amounts and names as they were when it was paid.

    With `training` it says in the place of the sale's heading that it is none for a purchase, and gives nothing for the
    next visit. What may be on paper already is a `copy`, too, so that there are never two originals.
    What it holds: kassasystemforskrifta § 2-8 and bokføringsforskriften § 5-3. `ValueError` before it has its number.
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
    """What the law wants under the heading, with a blank line after each part."""
    yield shop_lines(sentences, sale.shop)
    for part in (_facts, _goods, _payment):
        yield part(sentences, sale)
    yield vat_table(sentences, sale.vat_rows)


def receipt_name(sale: Sale) -> str:
    """Series and number, which together are given once: `T1-42`."""
    return f"{sale.series}-{sale.receipt_number}"


def _centred(text: str, style: Style = Style.PLAIN) -> PrintLine:
    return PrintLine(text, style=style, centred=True)


def _headings(sentences: Wording, headings: ReceiptHeadings, copy: bool, training: bool) -> Iterator[PrintLine]:
    """The legal words, large; where the receipt's language is another, what they mean beneath them."""
    wanted = [("receipt-heading-copy", headings.copy)] if copy else []
    kind = ("receipt-heading-training", headings.training) if training else ("receipt-heading-sale", headings.sale)
    for message_id, heading in (*wanted, kind):
        yield _centred(heading, Style.HEADING)
        meaning = sentences.text(message_id)
        if meaning.casefold() != heading.casefold():
            yield _centred(meaning)


def shop_lines(sentences: Wording, shop: Shop) -> Iterator[PrintLine]:
    """Who sells: name, address, and the number in the register of companies."""
    yield _centred(shop.name, Style.BOLD)
    yield _centred(shop.address)
    yield _centred(f"{shop.post_code} {shop.city}")
    if shop.phone:
        yield _centred(sentences.text("receipt-phone", number=shop.phone))
    number = " ".join(shop.org_no[place : place + 3] for place in range(0, len(shop.org_no), 3))
    yield _centred(sentences.text("receipt-org-no", number=number))


def _facts(sentences: Wording, sale: Sale) -> Iterator[PrintLine]:
    """Which receipt, when, where and by whom; then what is called out when the food is ready."""
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
    """The lines before discounts, their deposits beneath them, each discount by name, and the total."""
    for line in sale.lines:
        yield from _line(sentences, line)
    for discount in sale.discounts:
        yield PrintLine(sentences.local(discount.name), sentences.money(-discount.amount))
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
        yield PrintLine(INDENT + sentences.local(DEPOSIT_NAME), sentences.money(line.deposit.gross))


def _payment(sentences: Wording, sale: Sale) -> Iterator[PrintLine]:
    """Total, rounding and tips are what was handed over less the change."""
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


def vat_table(sentences: Wording, rows: Iterable[VatRow]) -> Iterator[PrintLine]:
    """One row a rate, in one grid: net and tax beside the rate, gross at the right margin, all to the right."""
    table = [
        [sentences.text(f"receipt-vat-{column}") for column in ("rate", "net", "tax", "gross")],
        *([sentences.percent(row.rate), *map(sentences.money, (row.net, row.vat, row.gross))] for row in rows),
    ]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    gap = max(1, min(WIDEST_GAP, (NARROW - sum(widths)) // 3))
    for rate, net, tax, gross in table:
        left = f"{rate:<{widths[0]}}{net:>{gap + widths[1]}}{tax:>{gap + widths[2]}}"
        yield PrintLine(left, gross)


def _code(sale: Sale) -> Iterator[PrintLine]:
    """The receipt's number to be scanned: what finds the sale again."""
    yield PrintLine(qr=receipt_name(sale))


def _next_visit(sentences: Wording, offer: NextVisit) -> Iterator[PrintLine]:
    """What the customer declined, and the code that makes it cheaper the next time: to be read, and to be scanned.

    Once the original is on paper, nobody keeps its code: a copy says where it stands.
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
