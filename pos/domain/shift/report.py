"""What an X and a Z say, as plain values: all of a shift's figures (kassasystemforskrifta § 2-8-2 and § 2-8-3)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pos.domain.menu.menu import Shop
from pos.domain.money import ZERO, Money
from pos.domain.shift.shift import DrawerCount
from pos.domain.text import LocalText
from pos.domain.value import value


class ReportKind(StrEnum):
    """An X reads a shift, a Z closes it."""

    X = "x"
    Z = "z"


@value
class ReportSum:
    """How many, and what they came to."""

    count: int = 0
    amount: Money = ZERO

    def __add__(self, other: ReportSum) -> ReportSum:
        return ReportSum(self.count + other.count, self.amount + other.amount)


@value
class ReportRow:
    """A sum of one sort: a group of goods, a means of payment, a reason. `name` is None where the id has words in the
    catalogues."""

    id: str
    sum: ReportSum
    name: LocalText | None = None


@value
class VatSum:
    """What was sold at one rate, in basis points: net, tax, and both together."""

    rate: int
    gross: Money
    vat: Money

    @property
    def net(self) -> Money:
        """Without the tax."""
        return self.gross - self.vat


@value
class AskedFigures:
    """What somebody's questions brought: shown, answered too fast to have been said, not asked, and what was gained."""

    shown: int = 0
    too_fast: int = 0
    not_asked: int = 0
    gain: Money = ZERO


@value
class PersonFigures:
    """One person's part of a shift; `id` is None for what nobody was named for."""

    id: int | None
    name: str
    sales: ReportSum = ReportSum()
    returns: ReportSum = ReportSum()
    tenders: tuple[ReportRow, ...] = ()
    corrections: ReportSum = ReportSum()
    discards: ReportSum = ReportSum()
    drawer: int = 0
    practice: ReportSum = ReportSum()
    asked: AskedFigures = AskedFigures()


@value
class ShiftFigures:
    """All that a shift has come to. Letters are those of § 2-8-2, second paragraph.

    `sales` (e, l) and `returns` (p) are receipts with VAT, before cash is rounded; `net_sales` is what is left.
    `tenders` (g) are what was taken, cash as it was rounded, so that they come to `net_sales` and `rounding`.
    `expected_cash` is what should lie in the drawer. Pro forma and delivery receipts, price look-ups, credit sales and
    tips are none at this till unless something counts them.
    """

    sales: ReportSum = ReportSum()
    returns: ReportSum = ReportSum()
    first_receipt: int = 0
    last_receipt: int = 0
    groups: tuple[ReportRow, ...] = ()
    tenders: tuple[ReportRow, ...] = ()
    rounding: Money = ZERO
    tips: ReportSum = ReportSum()
    vat: tuple[VatSum, ...] = ()
    float: Money = ZERO
    pay_ins: tuple[ReportRow, ...] = ()
    pay_outs: tuple[ReportRow, ...] = ()
    drops: tuple[ReportRow, ...] = ()
    expected_cash: Money = ZERO
    drawer_with_sale: int = 0
    drawer_without_sale: tuple[ReportRow, ...] = ()
    copies: ReportSum = ReportSum()
    pro_forma: ReportSum = ReportSum()
    discounts: ReportSum = ReportSum()
    discards: tuple[ReportRow, ...] = ()
    corrections: tuple[ReportRow, ...] = ()
    price_look_ups: ReportSum = ReportSum()
    delivery_receipts: ReportSum = ReportSum()
    credit_sales: ReportSum = ReportSum()
    write_offs: tuple[ReportRow, ...] = ()
    practice: ReportSum = ReportSum()
    disputed: ReportSum = ReportSum()
    persons: tuple[PersonFigures, ...] = ()
    counts: tuple[DrawerCount, ...] = ()
    owed_papers: int = 0
    """What is still to be printed when the report is made."""

    @property
    def net_sales(self) -> Money:
        """Sales less returns."""
        return self.sales.amount - self.returns.amount

    @property
    def drawer(self) -> int:
        """How often the drawer was opened."""
        return self.drawer_with_sale + total_of(self.drawer_without_sale).count


@value
class ShiftReport:
    """An X or a Z. `number` counts a till's Z's and is 0 on an X; `shift` counts its shifts.

    `day` is the business day of the shift, whenever the report is made. `sales_ever` and `returns_ever` are the till's
    grand totals from its first use (x, y; z is what is left). A Z names the journal's last row before it, by its number
    and the beginning of its hash, so that a file that was cut can be told by the paper.
    """

    kind: ReportKind
    number: int
    shift: int
    till: str
    till_id: int
    series: str
    day: date
    at: datetime
    person: str
    shop: Shop
    file: str
    version: str
    figures: ShiftFigures
    sales_ever: Money
    returns_ever: Money
    head_seq: int = 0
    head_hash: str = ""

    @property
    def net_ever(self) -> Money:
        """The grand total: sales less returns."""
        return self.sales_ever - self.returns_ever


def total_of(rows: tuple[ReportRow, ...]) -> ReportSum:
    """What rows come to together."""
    return ReportSum(sum(row.sum.count for row in rows), Money(sum(row.sum.amount.minor for row in rows)))
