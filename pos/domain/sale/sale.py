"""A finished sale: what was bought, with names, prices and taxes of the time of payment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from pos.domain.business_day import business_day
from pos.domain.menu.items import ArticleGroup, ServingMode, Sku
from pos.domain.menu.menu import Shop
from pos.domain.menu.next_visit import NextVisit
from pos.domain.money import Money, total
from pos.domain.order.exchange import SaleNumber, Way
from pos.domain.order.order import Tender
from pos.domain.order.questions import OfferKind
from pos.domain.order.sent import Sent
from pos.domain.pricing.price import Discount
from pos.domain.pricing.taxes import Taxed, TaxRow
from pos.domain.sale.ledger import LedgerRow
from pos.domain.text import LocalText
from pos.domain.value import value


@value
class SaleLine:
    """One row of a sale. `details` are fillings and modifiers, with what each costs in `unit_price` already. `parts`
    are the total by taxes, the largest amount first. `allergens` are those noted on this line alone, `accepted` the
    noted ones that the customer accepted in it. `left_out` are those of the details that are parts left out; None in a
    sale that was stored before that was kept. `offered` is the kind of offer that brought or raised the line,
    `category` the group that it was sold in, empty in a sale from before that, and `article_group` what it was for the
    accounts, None in a sale from before that. `deposit` is what its bottles and cans cost on top of `total`."""

    sku: str
    name: LocalText
    details: tuple[LocalText, ...]
    note: str
    quantity: int
    unit_price: Money
    gross: Money
    discount: Money
    total: Money
    parts: tuple[Taxed, ...]
    allergens: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    left_out: tuple[LocalText, ...] | None = None
    offered: OfferKind | None = None
    category: str = ""
    deposit: Taxed | None = None
    article_group: ArticleGroup | None = None

    @property
    def everything(self) -> tuple[Taxed, ...]:
        """The parts, with the deposit."""
        return self.parts if self.deposit is None else (*self.parts, self.deposit)

    @property
    def tax(self) -> Money:
        """The taxes on the line's goods."""
        return total(part.tax for part in self.parts)

    @property
    def due(self) -> Money:
        """What was paid for the line, with its deposit and the taxes that came on top."""
        return total(part.due for part in self.everything)


def deposits_of(lines: Iterable[SaleLine]) -> Money:
    """The deposits of some lines."""
    return total(line.deposit.price for line in lines if line.deposit is not None)


@value
class Sale:
    """A paid order. `receipt_number` is 0 until the store has given it the next of its till's series.

    `rounding` is what cash rounding added (negative: took off); `total` is what was due before it, with deposits and
    with the taxes that came on top. `next_visit` is what the sale gives for the next one; its code is the store's to
    give, too. `goods` are the different things that the customer asked for by themselves, as learning counts them: see
    `asked_for`. `business_day` is the shop's day on which it was paid; None in a sale that was stored before that was
    kept. `allergens` are those noted on the whole order, and `kitchen_slip` says whether the kitchen gets a slip of it,
    `has_code` whether its receipt carries its number as a code (those of older versions do not). `channel` is the id of
    where the order came from, None at the counter, and `channel_name` what that was called. `exchange` is the sale
    whose goods went back for it, and `exchanged` how the money of those had come in. `sent` is what the kitchen was
    told before it was paid.
    """

    order_id: str
    till: str
    series: str
    receipt_number: int
    call_number: int
    paid_at: datetime
    cashier: str
    language: str
    serving_mode: ServingMode
    shop: Shop
    lines: tuple[SaleLine, ...]
    discounts: tuple[Discount, ...]
    tax_rows: tuple[TaxRow, ...]
    tenders: tuple[Tender, ...]
    ledger: tuple[LedgerRow, ...]
    total: Money
    tax: Money
    rounding: Money
    change: Money
    note: str = ""
    next_visit: NextVisit | None = None
    goods: tuple[Sku, ...] = ()
    business_day: date | None = None
    allergens: tuple[str, ...] = ()
    kitchen_slip: bool = False
    has_code: bool = False
    channel: str | None = None
    channel_name: LocalText | None = None
    exchange: SaleNumber | None = None
    exchanged: tuple[Way, ...] = ()

    sent: Sent | None = None

    @property
    def number(self) -> SaleNumber:
        """The number of its receipt."""
        return SaleNumber(self.series, self.receipt_number)

    @property
    def goods_total(self) -> Money:
        """What the menu said for the goods, on which thresholds and reports are based."""
        return total(line.total for line in self.lines)

    @property
    def tips(self) -> Money:
        """What was paid beyond it as tips: no part of the total."""
        return total(tender.tip for tender in self.tenders)

    @property
    def day(self) -> date:
        """The business day of the sale; in an old sale the day that ended at five in the morning."""
        return self.business_day or business_day(self.paid_at)


class ReceiptState(StrEnum):
    """The state of a receipt. *Printing* that never ended may or may not be on paper."""

    OWED = "owed"
    PRINTING = "printing"
    PRINTED = "printed"


class PaperKind(StrEnum):
    """The kinds of papers that a printer can owe."""

    KITCHEN_SLIP = "kitchen_slip"
    KITCHEN_TICKET = "kitchen_ticket"
    """Sent to the kitchen before payment, or a correction."""
    RECEIPT = "receipt"


class Style(StrEnum):
    """The style of a printed line."""

    PLAIN = "plain"
    BOLD = "bold"
    HEADING = "heading"
    """Larger than the amounts: at least one and a half times as large."""
    SMALL = "small"


@value
class PrintLine:
    """A line of a printed document: `left` and `right` at the margins, or `left` centred. A line with `qr` is that text
    as a centred QR code, and nothing else."""

    left: str = ""
    right: str = ""
    style: Style = Style.PLAIN
    centred: bool = False
    qr: str = ""


@value
class Document:
    """A document to print; `name` identifies it in a log or a folder."""

    name: str
    lines: tuple[PrintLine, ...]
    cut: bool = True
