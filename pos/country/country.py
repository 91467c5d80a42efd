"""A country's rules as a value with functions. The program chooses its country once, at start."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pos.country.fiscal import NO_FISCAL, Fiscal
from pos.domain.business_day import ONE_DAY, begins_at, business_day
from pos.domain.errors import PosError
from pos.domain.menu.accounts import NO_ACCOUNTS, Accounts
from pos.domain.menu.items import MenuItem, Modifier, ServingMode, VatClass
from pos.domain.menu.unsold import Unsold
from pos.domain.money import Money, half_up
from pos.domain.pricing.taxes import Tax, Taxes, TaxRules
from pos.domain.value import value


@value
class TaxPeriod:
    """The taxes on a class of goods in a serving mode, from `since` until a later period begins."""

    since: date
    vat_class: VatClass
    mode: ServingMode
    taxes: Taxes


@value
class AlcoholRules:
    """The law on selling alcohol: no sale from `closed_from` to before `closed_to` (local time), whether takeaway is
    allowed, and the lowest age of a buyer."""

    closed_from: time
    closed_to: time
    taken_away: bool
    age_limit: int

    def forbid_at(self, at: time) -> bool:
        """Whether the sale is forbidden at a time of day."""
        if self.closed_from <= self.closed_to:
            return self.closed_from <= at < self.closed_to
        return at >= self.closed_from or at < self.closed_to


@value
class Headings:
    """The headings that the law requires on papers, in the country's language whatever the language of the rest."""

    sale: str
    refund: str
    copy: str
    training: str
    not_a_receipt: str
    x_report: str
    z_report: str


@value
class Country:
    """The rules of one country.

    `cash_unit` is the smallest coin. `pieces` are the notes and coins, the largest first; `notes` are the three that
    have a key each. `largest_cash` is the most that may be paid in cash. Change of `largest_change` or more means that
    the amount was mistyped. A sale's receipt may be copied `copy_limit` times. `alcohol` is None where the law sets no
    limits. `fiscal` is what the tax office requires of the records. `accounts` are the account numbers of a shop that
    has no numbers of its own.
    """

    time_zone: str
    tax_periods: tuple[TaxPeriod, ...]
    headings: Headings
    copy_limit: int
    cash_unit: Money
    pieces: tuple[Money, ...]
    notes: tuple[Money, Money, Money]
    largest_cash: Money
    largest_change: Money
    alcohol: AlcoholRules | None = None
    fiscal: Fiscal = NO_FISCAL
    accounts: Accounts = NO_ACCOUNTS

    def __post_init__(self) -> None:
        """Raises `ValueError` for taxes that a file could not keep apart: each id has one rate for ever, the taxes of a
        class are in the order of their ids, and there is one on deposits at most."""
        rates: dict[str, Tax] = {}
        for period in self.tax_periods:
            if period.taxes != tuple(sorted(set(period.taxes))):
                raise ValueError(period)
            if period.vat_class is VatClass.DEPOSIT and len(period.taxes) > 1:
                raise ValueError(period)
            if any(rates.setdefault(tax.id, tax) != tax for tax in period.taxes):
                raise ValueError(period)

    def why_unsold(self, item: MenuItem | Modifier, mode: ServingMode | None, at: datetime) -> Unsold | None:
        """Why the law forbids selling an item or a modifier in a serving mode (None: not chosen yet) at a local time;
        None if it does not."""
        rules = self.alcohol
        if rules is None or item.vat is not VatClass.ALCOHOL:
            return None
        if rules.forbid_at(at.time()):
            return Unsold.HOURS
        if mode is ServingMode.TAKE_AWAY and not rules.taken_away:
            return Unsold.NOT_TAKEN_AWAY
        return None

    def age_limit(self, item: MenuItem | Modifier) -> int | None:
        """The lowest age of a buyer: the higher of the menu's and the law's. None if there is none."""
        by_law = self.alcohol.age_limit if self.alcohol is not None and item.vat is VatClass.ALCOHOL else None
        limits = [limit for limit in (item.age_limit, by_law) if limit is not None]
        return max(limits, default=None)

    def taxes(self, day: date) -> TaxRules:
        """The taxes of a day, as `price` takes them, with the lookup already done. A mode that is not chosen yet
        counts as eaten in.

        On a day before the first known taxes the machine's clock is wrong; the newest are used then.
        """
        return _taxes(self.tax_periods, day if self.has_taxes(day) else date.max)

    def has_taxes(self, day: date) -> bool:
        """Whether the taxes of a day are known. If not, the day is before the till existed: the machine's clock is
        wrong."""
        return any(period.since <= day for period in self.tax_periods)

    @property
    def tax_ids(self) -> tuple[str, ...]:
        """The ids of all taxes that have been, or that the country has an account for."""
        taxed = {tax.id for period in self.tax_periods for tax in period.taxes}
        return tuple(sorted(taxed | {tax for tax, _ in self.accounts.sales}))

    def round_cash(self, amount: Money) -> Money:
        """Round an amount for cash payment: to the nearest coin, half a coin away from zero.

        Money paid out is rounded like money taken: −0.50 becomes −1 krone, as 0.50 becomes 1.
        """
        unit = self.cash_unit.minor
        return Money(half_up(amount.minor, unit) * unit)

    def local(self, at: datetime) -> datetime:
        """An instant on the country's clocks, summer time included. Raises `PosError` on a machine without time zones.

        The result has a fixed offset instead of the zone, like a time that is read from a file. With a zone, times in
        the hour that comes twice each autumn would not be equal to those read from a file, and the difference of two
        such times would be wrong (PEP 495).
        """
        return datetime.fromisoformat(at.astimezone(self.zone).isoformat())

    def at(self, day: date, clock: time) -> datetime:
        """The instant at which the country's clocks show a time on a day; the first if there are two. Raises as
        `local`."""
        return self.local(datetime.combine(day, clock, self.zone))

    def business_day(self, at: datetime, ends: time) -> date:
        """The business day of an instant, in a shop whose day ends at `ends`. Raises as `local`."""
        return business_day(at, ends, self.zone)

    def day_ends_at(self, day: date, ends: time) -> datetime:
        """When a business day ends, on the country's clocks. Raises as `local`."""
        return self.local(begins_at(day + ONE_DAY, ends, self.zone))

    @property
    def zone(self) -> ZoneInfo:
        """The time zone. Raises `PosError` on a machine without time zones."""
        try:
            return ZoneInfo(self.time_zone)
        except ZoneInfoNotFoundError as error:
            raise PosError("no-time-zone", zone=self.time_zone) from error


@lru_cache(maxsize=16)
def _taxes(periods: tuple[TaxPeriod, ...], day: date) -> TaxRules:
    in_force: dict[tuple[VatClass, ServingMode | None], Taxes] = {}
    for period in sorted(periods, key=lambda period: period.since):
        if period.since <= day:
            in_force[period.vat_class, period.mode] = period.taxes
            if period.mode is ServingMode.EAT_IN:
                in_force[period.vat_class, None] = period.taxes
    return lambda vat_class, mode: in_force[vat_class, mode]
