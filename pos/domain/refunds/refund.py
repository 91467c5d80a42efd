"""A refund: goods of a sale, some or all, are returned, and their money with them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pos.domain.menu.items import ServingMode
from pos.domain.menu.menu import Shop
from pos.domain.money import ZERO, Money, total
from pos.domain.order.exchange import RefundReason, SaleNumber, Way
from pos.domain.order.order import Tender, TenderKind
from pos.domain.order.questions import OfferKind
from pos.domain.pricing.taxes import TaxRow
from pos.domain.sale.sale import PaperKind, SaleLine
from pos.domain.value import value

TERMINAL_KINDS = (TenderKind.CARD, TenderKind.MOBILE)
"""The kinds of tender that a terminal carries out, and can decline."""


class CashReason(StrEnum):
    """Why money that came in by card or phone goes back in cash. The list is closed."""

    DECLINED = "declined"
    """The terminal declined."""
    CARD_GONE = "card_gone"
    """The card was blocked or replaced, or the customer does not have it."""
    TERMINAL_DOWN = "terminal_down"


@value
class RefundLine:
    """The refunded part of a sale's line. `number` is the line's place in the sale, from 1; `line` has the quantity and
    amounts that are refunded, all above zero."""

    number: int
    line: SaleLine


@value
class GainLost:
    """What an accepted offer of the sale loses by a refund: units kept, gain and margin."""

    kind: OfferKind
    kept: int
    gain: Money
    margin: Money


@value
class Refund:
    """A return of goods of the sale `of`. Every amount is what the customer gets, above zero; on paper it has a minus.

    While the refund is unfinished, `series` is empty and `number` 0: a terminal has still to be asked, or its answer is
    unknown. `tenders` are the ways of the money: `amount` is the part of `total`, `handed` what the customer gets,
    `rounding` the cash rounding. A finished refund has the approved tenders; an unfinished one every one that was
    tried, and in `planned` those to come. `rounding` is the sum of theirs.

    In an exchange, `for_order` is the id of the order that the refund pays for, `exchange` the sale that this became,
    and `exchanged` the ways by which the credited money had come in. `in_cash` is why money that came in by card went
    back in cash. With `leaves_nothing` nothing of the sale remains.
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
    tax_rows: tuple[TaxRow, ...]
    tenders: tuple[Tender, ...]
    total: Money
    tax: Money
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
        """Series and number, such as `R1-3`; unique."""
        return f"{self.series}-{self.number}"

    @property
    def goods_total(self) -> Money:
        """What the menu said for the goods that are returned."""
        return total(entry.line.total for entry in self.lines)

    @property
    def units(self) -> int:
        """How many units are returned."""
        return sum(entry.line.quantity for entry in self.lines)

    @property
    def open_tender(self) -> Tender | None:
        """The tender whose terminal has not answered yet."""
        return next((tender for tender in self.tenders if tender.is_open), None)

    @property
    def given(self) -> Money:
        """What went back so far, or is credited to another sale."""
        return total(tender.amount for tender in self.tenders if tender.counts)

    @property
    def declined(self) -> Money:
        """The amount that terminals declined, and that has no other way yet."""
        is_open = self.open_tender
        waits = ZERO if is_open is None else is_open.amount
        return self.total - self.given - waits - total(way.amount for way in self.planned)

    @property
    def cash(self) -> Money:
        """The cash for the customer, rounded."""
        return total(tender.handed for tender in self.tenders if tender.kind == TenderKind.CASH and tender.counts)

    @property
    def waits(self) -> bool:
        """Whether an unfinished refund waits for somebody: to say what the terminal answered, or to decide on a
        declined amount. The refund of an exchange is handled with its order."""
        return self.for_order is None and (self.open_tender is not None or bool(self.declined))

    @property
    def last_tried(self) -> Tender:
        """The tender that was tried last. Raises `IndexError` for a refund without one."""
        return self.tenders[-1]


@value
class RefundSum:
    """The number of refunds for a reason, and their sum in øre, before cash rounding."""

    reason: RefundReason
    count: int
    minor: int


@value
class RefundPaper:
    """The receipt of a refund, with a minus before each amount."""

    refund: Refund

    @property
    def kind(self) -> PaperKind:
        """Its kind among the papers."""
        return PaperKind.RECEIPT
