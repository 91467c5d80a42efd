"""A country as a value with functions; which one is chosen once, where the program starts."""

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
from pos.domain.pricing.price import VatRates
from pos.domain.value import value


@value
class VatPeriod:
    """From `since` on, what is sold of a class in a serving mode carries `rate` basis points, until a later period."""

    since: date
    vat_class: VatClass
    mode: ServingMode
    rate: int


@value
class AlcoholRules:
    """What the law says of selling alcohol: from and to when it is forbidden, local time, the end outside; whether it
    may be taken away; and how old a buyer must be."""

    closed_from: time
    closed_to: time
    taken_away: bool
    age_limit: int

    def forbid_at(self, at: time) -> bool:
        """Whether it is forbidden at a time of day."""
        if self.closed_from <= self.closed_to:
            return self.closed_from <= at < self.closed_to
        return at >= self.closed_from or at < self.closed_to


@value
class Headings:
    """What the law wants written on top of papers: in the country's language, whatever the rest is in."""

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

    `cash_unit` is the smallest coin, `pieces` are its notes and coins, the largest first,
    `notes` the three with a key each, `largest_cash` is what may be paid in cash,
    and change of `largest_change` or more means that the amount was mistyped. A sale's receipt may be copied
    `copy_limit` times. `alcohol` is None where the law leaves it to the shop. `fiscal` is what the tax office asks of
    the records. `accounts` are those of a shop that has no numbers of its own.
    """

    time_zone: str
    vat: tuple[VatPeriod, ...]
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

    def why_unsold(self, item: MenuItem | Modifier, mode: ServingMode | None, at: datetime) -> Unsold | None:
        """Why the law refuses an item or a modifier in a serving mode (None: not said yet) at a local time, or None."""
        rules = self.alcohol
        if rules is None or item.vat is not VatClass.ALCOHOL:
            return None
        if rules.forbid_at(at.time()):
            return Unsold.HOURS
        if mode is ServingMode.TAKE_AWAY and not rules.taken_away:
            return Unsold.NOT_TAKEN_AWAY
        return None

    def age_limit(self, item: MenuItem | Modifier) -> int | None:
        """How old a buyer must be: as the menu says, and no less than the law does. None for what anybody may buy."""
        by_law = self.alcohol.age_limit if self.alcohol is not None and item.vat is VatClass.ALCOHOL else None
        limits = [limit for limit in (item.age_limit, by_law) if limit is not None]
        return max(limits, default=None)

    def rates(self, day: date) -> VatRates:
        """The rates of one day, as `price` wants them; looked up once, so that pricing costs nothing more. A mode that
        is not yet chosen counts as eaten in.

        On a day before the first rate that is known the machine's clock is wrong: the newest rates hold.
        """
        return _rates(self.vat, day if self.has_rates(day) else date.max)

    def has_rates(self, day: date) -> bool:
        """Whether the rates of a day are known. Before, there was no such till: the machine's clock is wrong."""
        return any(period.since <= day for period in self.vat)

    def round_cash(self, amount: Money) -> Money:
        """An amount as it is settled in cash: to the nearest coin, half a coin away from zero.

        Money given back is rounded as money taken is: −0,50 is −1 krone, as 0,50 is 1.
        """
        unit = self.cash_unit.minor
        return Money(half_up(amount.minor, unit) * unit)

    def local(self, at: datetime) -> datetime:
        """A moment on the country's clocks, summer time included. `PosError` on a machine without time zones.

        With its offset in the place of the zone, as a file gives it back: in the hour that comes twice each autumn
        nothing with a zone equals what was read, and an hour passes there in no time (PEP 495).
        """
        return datetime.fromisoformat(at.astimezone(self.zone).isoformat())

    def at(self, day: date, clock: time) -> datetime:
        """When the country's clocks show a time on a day; of two such times the first. `PosError` as `local`."""
        return self.local(datetime.combine(day, clock, self.zone))

    def business_day(self, at: datetime, ends: time) -> date:
        """The business day of an instant in a shop whose day ends at `ends`. `PosError` as `local`."""
        return business_day(at, ends, self.zone)

    def day_ends_at(self, day: date, ends: time) -> datetime:
        """When a business day ends, on the country's clocks. `PosError` as `local`."""
        return self.local(begins_at(day + ONE_DAY, ends, self.zone))

    @property
    def zone(self) -> ZoneInfo:
        """The time zone. `PosError` on a machine without time zones."""
        try:
            return ZoneInfo(self.time_zone)
        except ZoneInfoNotFoundError as error:
            raise PosError("no-time-zone", zone=self.time_zone) from error


@lru_cache(maxsize=16)
def _rates(periods: tuple[VatPeriod, ...], day: date) -> VatRates:
    in_force: dict[tuple[VatClass, ServingMode | None], int] = {}
    for period in sorted(periods, key=lambda period: period.since):
        if period.since <= day:
            in_force[period.vat_class, period.mode] = period.rate
            if period.mode is ServingMode.EAT_IN:
                in_force[period.vat_class, None] = period.rate
    return lambda vat_class, mode: in_force[vat_class, mode]
