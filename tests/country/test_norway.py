"""Norway's rates, rounding, notes and clocks."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pos.country import TaxPeriod, norway
from pos.country.norway.taxes import mva
from pos.domain.errors import PosError
from pos.domain.menu.items import ITEM_VAT_CLASSES, ServingMode, VatClass
from pos.domain.money import Money
from pos.domain.pricing.taxes import Tax

EAT_IN, TAKE_AWAY = ServingMode.EAT_IN, ServingMode.TAKE_AWAY
TODAY = date(2026, 11, 6)
NORWAY = norway()


def kroner(*amounts: int) -> tuple[Money, ...]:
    return tuple(Money.of(amount) for amount in amounts)


@pytest.mark.parametrize(
    ("vat_class", "mode", "rate"),
    [
        (VatClass.FOOD, TAKE_AWAY, 15),
        (VatClass.FOOD, EAT_IN, 25),
        (VatClass.FOOD, None, 25),
        *(
            (vat_class, mode, 25)
            for vat_class in ITEM_VAT_CLASSES
            if vat_class is not VatClass.FOOD
            for mode in ServingMode
        ),
        *((vat_class, None, 25) for vat_class in ITEM_VAT_CLASSES),
    ],
)
def test_only_food_taken_away_has_the_lower_rate(vat_class: VatClass, mode: ServingMode | None, rate: int) -> None:
    assert NORWAY.taxes(TODAY)(vat_class, mode) == (mva(rate),)


@pytest.mark.parametrize("mode", [None, *ServingMode])
def test_a_deposit_is_outside_the_tax(mode: ServingMode | None) -> None:
    assert NORWAY.taxes(TODAY)(VatClass.DEPOSIT, mode) == (mva(0),)


def test_each_tax_has_one_rate_for_ever() -> None:
    taxes = {tax for period in NORWAY.tax_periods for tax in period.taxes}
    assert taxes == {
        Tax("mva-25", 250_000),
        Tax("mva-15", 150_000),
        Tax("mva-14", 140_000),
        Tax("mva-0", 0),
    }


SINCE = date(2027, 1, 1)


@pytest.mark.parametrize(
    "period",
    [
        TaxPeriod(SINCE, VatClass.FOOD, TAKE_AWAY, (Tax("mva-15", 160_000),)),
        TaxPeriod(SINCE, VatClass.FOOD, TAKE_AWAY, (Tax("mva-15", 150_000, on_top=True),)),
        TaxPeriod(SINCE, VatClass.FOOD, TAKE_AWAY, (Tax("QST", 99_750), Tax("GST", 50_000))),
        TaxPeriod(SINCE, VatClass.FOOD, TAKE_AWAY, (Tax("GST", 50_000), Tax("GST", 50_000))),
        TaxPeriod(SINCE, VatClass.DEPOSIT, TAKE_AWAY, (Tax("GST", 50_000), Tax("QST", 99_750))),
    ],
    ids=["another rate", "on top", "out of order", "twice", "two on deposits"],
)
def test_no_country_has_taxes_that_a_file_could_not_keep_apart(period: TaxPeriod) -> None:
    with pytest.raises(ValueError, match="TaxPeriod"):
        replace(NORWAY, tax_periods=(*NORWAY.tax_periods, period))


def test_a_rate_changes_at_midnight() -> None:
    taxes = [NORWAY.taxes(day)(VatClass.FOOD, TAKE_AWAY) for day in (date(2011, 12, 31), date(2012, 1, 1))]
    assert taxes == [(mva(14),), (mva(15),)]


def test_a_rate_of_next_year_does_not_hold_yet() -> None:
    later = TaxPeriod(date(2027, 1, 1), VatClass.FOOD, TAKE_AWAY, (mva(16),))
    country = replace(NORWAY, tax_periods=(later, *NORWAY.tax_periods))
    assert country.taxes(date(2026, 12, 31))(VatClass.FOOD, TAKE_AWAY) == (mva(15),)
    assert country.taxes(date(2027, 1, 1))(VatClass.FOOD, TAKE_AWAY) == (mva(16),)


def test_a_clock_that_stands_in_1970_has_the_newest_rates_and_is_known_to_be_wrong() -> None:
    day = date(1970, 1, 1)
    assert not NORWAY.has_taxes(day)
    assert NORWAY.taxes(day)(VatClass.FOOD, TAKE_AWAY) == NORWAY.taxes(TODAY)(VatClass.FOOD, TAKE_AWAY)


@pytest.mark.parametrize("kr", [-3, -1, 0, 1, 173])
@pytest.mark.parametrize("ore", range(100))
def test_cash_rounds_1_to_49_down_and_50_to_99_up(kr: int, ore: int) -> None:
    sign = -1 if kr < 0 else 1
    amount = Money(sign * (abs(kr) * 100 + ore))
    assert NORWAY.round_cash(amount) == Money.of(sign * (abs(kr) + (1 if ore >= 50 else 0)))


def test_three_notes_have_a_key_each_the_smallest_first() -> None:
    assert kroner(100, 200, 500) == NORWAY.notes


def test_the_clock_follows_summer_time() -> None:
    before, after = datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC), datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
    assert [f"{NORWAY.local(at):%H:%M:%S %z}" for at in (before, after)] == ["02:59:59 +0200", "02:00:00 +0100"]


TWICE = datetime(2026, 10, 25, 1, tzinfo=UTC)
"""An hour before it and an hour after it the clocks show the same."""


@given(st.integers(-5_000_000, 5_000_000))
@example(0)
@example(-1)
def test_a_time_on_the_clock_is_what_a_file_gives_back_and_lasts_as_long(minutes: int) -> None:
    at = TWICE + timedelta(minutes=minutes)
    local, later = NORWAY.local(at), NORWAY.local(at + timedelta(minutes=90))
    assert local == datetime.fromisoformat(local.isoformat())
    assert later - local == timedelta(minutes=90)


def test_a_time_of_a_day_is_what_the_clocks_show_when_it_has_come() -> None:
    for day, offset in ((24, "+0200"), (25, "+0100")):
        assert f"{NORWAY.at(date(2026, 10, day), time(5)):%d %H:%M %z}" == f"{day} 05:00 {offset}"
    assert NORWAY.at(date(2026, 10, 25), time(2)) == TWICE - timedelta(hours=1)


def test_a_machine_without_time_zones_says_so() -> None:
    nowhere = replace(NORWAY, time_zone="Europe/Nowhere")
    with pytest.raises(PosError) as missing:
        nowhere.local(datetime(2026, 11, 6, tzinfo=UTC))
    assert (missing.value.message_id, missing.value.values) == ("no-time-zone", {"zone": "Europe/Nowhere"})


def test_norway_is_what_the_law_says() -> None:
    assert (NORWAY.copy_limit, NORWAY.headings.sale) == (1, "Salgskvittering")
    assert (NORWAY.headings.copy, NORWAY.headings.training) == (
        "KOPI",
        "Treningskvittering – IKKE KVITTERING FOR KJØP",
    )
    assert ZoneInfo(NORWAY.time_zone).key == "Europe/Oslo"
    assert NORWAY.largest_cash == Money.of(20_000)
