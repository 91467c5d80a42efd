"""A refund: some of a sale's goods or all of them taken back, and their money returned."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pos.domain.menu.items import ServingMode
from pos.domain.menu.menu import Shop
from pos.domain.money import ZERO, Money, total
from pos.domain.order.exchange import RefundReason, SaleNumber, Way
from pos.domain.order.order import Tender, TenderKind
from pos.domain.order.questions import OfferKind
from pos.domain.pricing.price import VatRow
from pos.domain.sale.sale import PaperKind, SaleLine
from pos.domain.value import value

TERMINAL_KINDS = (TenderKind.CARD, TenderKind.MOBILE)
"""The ways for which a terminal is asked, and which it can decline."""


class CashReason(StrEnum):
    """Why money that came in by card or phone goes back in cash. The list is closed."""

    DECLINED = "declined"
    """The terminal would not."""
    CARD_GONE = "card_gone"
    """The card was blocked or replaced, or is not with the customer."""
    TERMINAL_DOWN = "terminal_down"


@value
class RefundLine:
    """What goes back of one line of a sale: `number` is its place there, from 1, and `line` is that line with the
    quantity and the amounts that go back, all above zero."""

    number: int
    line: SaleLine


@value
class GainLost:
    """What an accepted offer of the sale loses by a refund: so many of what it sold are not kept any more, with what
    they had added to the total, and their margin."""

    kind: OfferKind
    kept: int
    gain: Money
    margin: Money


@value
class Refund:
    """Goods of the sale `of` that were taken back. Every amount is above zero, and is what goes to the customer; on
    paper each stands with a minus.

    `series` and `number` are empty and 0 while it is not done: a terminal has still to be asked, or nobody knows what
    it answered. `tenders` are the ways the money goes, each as a `Tender`: `amount` is what it covers of `total`,
    `handed` what the customer gets, `rounding` what cash rounding added. A done one has those that were approved, the
    others every one that was tried, and in `planned` what has yet to be. `rounding` is the sum of theirs.

    `for_order` is the id of the order that it pays for, or helps to, `exchange` the sale which that became, and
    `exchanged` how the money had come in that paid for it. `in_cash` is why what came in by card went back in cash.
    With `leaves_nothing` nothing of the sale remains.
    """

    id: str
    of: SaleNumber
    of_order: str
    of_paid_at: datetime
    till: str
    series: str
    number: int
    call_number: int
    reason: RefundReason
    at: datetime
    business_day: date
    cashier: str
    language: str
    serving_mode: ServingMode
    shop: Shop
    lines: tuple[RefundLine, ...]
    vat_rows: tuple[VatRow, ...]
    tenders: tuple[Tender, ...]
    total: Money
    vat: Money
    planned: tuple[Way, ...] = ()
    gains: tuple[GainLost, ...] = ()
    leaves_nothing: bool = False
    rounding: Money = ZERO
    for_order: str | None = None
    exchange: SaleNumber | None = None
    exchanged: tuple[Way, ...] = ()
    in_cash: CashReason | None = None

    @property
    def name(self) -> str:
        """Series and number, which together are given once: `R1-3`."""
        return f"{self.series}-{self.number}"

    @property
    def units(self) -> int:
        """How many things go back."""
        return sum(entry.line.quantity for entry in self.lines)

    @property
    def open_tender(self) -> Tender | None:
        """The way whose terminal has not answered yet."""
        return next((tender for tender in self.tenders if tender.is_open), None)

    @property
    def given(self) -> Money:
        """What has gone back so far, or is turned over into another sale."""
        return total(tender.amount for tender in self.tenders if tender.counts)

    @property
    def declined(self) -> Money:
        """What has no way any more: the terminal would not."""
        is_open = self.open_tender
        waits = ZERO if is_open is None else is_open.amount
        return self.total - self.given - waits - total(way.amount for way in self.planned)

    @property
    def cash(self) -> Money:
        """The cash that the customer gets or got, as it is handed over."""
        return total(tender.handed for tender in self.tenders if tender.kind == TenderKind.CASH and tender.counts)

    @property
    def waits(self) -> bool:
        """Of one that is not done: whether somebody has to say what the terminal answered, or what comes of what it
        declined. What pays for an order is seen to with that order."""
        return self.for_order is None and (self.open_tender is not None or bool(self.declined))

    @property
    def last_tried(self) -> Tender:
        """The way that was tried last. `IndexError` for a refund without one."""
        return self.tenders[-1]


@value
class RefundSum:
    """How many refunds there were for a reason, and what they came to in øre, before cash rounding."""

    reason: RefundReason
    count: int
    minor: int


@value
class RefundPaper:
    """The paper of a refund: its receipt, with a minus before each amount."""

    refund: Refund

    @property
    def kind(self) -> PaperKind:
        """What it is among what printers owe."""
        return PaperKind.RECEIPT
