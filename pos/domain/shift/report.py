"""X and Z reports as plain values: all figures of a shift (kassasystemforskrifta § 2-8-2 and § 2-8-3)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pos.domain.menu.menu import Shop
from pos.domain.money import ZERO, Money
from pos.domain.pricing.taxes import TaxRow
from pos.domain.shift.shift import DrawerCount
from pos.domain.text import LocalText
from pos.domain.value import value


class ReportKind(StrEnum):
    """An X reads a shift, a Z closes it."""

    X = "x"
    Z = "z"


@value
class ReportSum:
    """A count and an amount."""

    count: int = 0
    amount: Money = ZERO

    def __add__(self, other: ReportSum) -> ReportSum:
        return ReportSum(self.count + other.count, self.amount + other.amount)


@value
class ReportRow:
    """A sum for a group of goods, a means of payment or a reason. `name` is None if the catalogues have words for the
    id."""

    id: str
    sum: ReportSum
    name: LocalText | None = None


@value
class AskedFigures:
    """A person's questions: shown, answered too fast to have been said, not asked, and the gain."""

    shown: int = 0
    too_fast: int = 0
    not_asked: int = 0
    gain: Money = ZERO


@value
class PersonFigures:
    """One person's part of a shift; `id` is None for acts without a person."""

    id: int | None
    name: str
    sales: ReportSum = ReportSum()
    returns: ReportSum = ReportSum()
    tenders: tuple[ReportRow, ...] = ()
    tips: ReportSum = ReportSum()
    corrections: ReportSum = ReportSum()
    discards: ReportSum = ReportSum()
    drawer: int = 0
    practice: ReportSum = ReportSum()
    asked: AskedFigures = AskedFigures()


@value
class ShiftFigures:
    """The figures of a shift. Letters are those of § 2-8-2, second paragraph.

    `sales` (e, l) and `returns` (p) are receipts with tax, before cash rounding. `tenders` (g) are the payments taken
    at this till in this shift, after cash rounding. They add up to `net_sales`, `rounding`, `tips` (i), `on_orders`
    (paid on orders that are not finished) and `other_tills` (taken here for orders of other tills, less what these took
    for orders of this one). `expected_cash` is what should be in the drawer. Figures that this till does not have, such
    as pro forma receipts, are 0 unless something counts them.
    """

    sales: ReportSum = ReportSum()
    returns: ReportSum = ReportSum()
    first_receipt: int = 0
    last_receipt: int = 0
    groups: tuple[ReportRow, ...] = ()
    tenders: tuple[ReportRow, ...] = ()
    rounding: Money = ZERO
    on_orders: Money = ZERO
    other_tills: Money = ZERO
    tips: ReportSum = ReportSum()
    taxes: tuple[TaxRow, ...] = ()
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
    """Papers that were not printed when the report was made."""

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
    grand totals from its first use (x, y; z is their difference). A Z has the number and the beginning of the hash of
    the journal's last row before it, so that the paper shows if the file was cut off.
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
    """The sum of all rows."""
    return ReportSum(sum(row.sum.count for row in rows), Money(sum(row.sum.amount.minor for row in rows)))
