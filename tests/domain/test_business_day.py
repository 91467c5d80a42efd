"""The business day: every instant is in one, they follow each other, and the clocks' changes make none of them odd."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pos.domain.business_day import ONE_DAY, begins_at, business_day

OSLO = ZoneInfo("Europe/Oslo")
SPRING, AUTUMN = datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)
"""When Norway sets its clocks forward, and back."""

zones = st.sampled_from([OSLO, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")])
hours = st.times().map(lambda at: at.replace(second=0, microsecond=0))
instants = st.integers(978_307_200, 2_208_988_800).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
) | st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    st.sampled_from([SPRING, AUTUMN]),
    st.integers(-1700, 1700),
)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-11-23T23:50", 23),
        ("2026-11-24T00:20", 23),
        ("2026-11-24T04:59:59.999999", 23),
        ("2026-11-24T05:00", 24),
    ],
)
def test_the_small_hours_belong_to_the_evening_before(at: str, day: int) -> None:
    local = datetime.fromisoformat(at).replace(tzinfo=OSLO)
    assert business_day(local) == date(2026, 11, day)
    assert business_day(local.astimezone(UTC), zone=OSLO) == date(2026, 11, day)


@given(instants, hours, zones)
@example(AUTUMN - timedelta(minutes=1), time(2, 30), OSLO)
@example(AUTUMN + timedelta(minutes=1), time(2, 30), OSLO)
@example(SPRING + timedelta(minutes=1), time(2, 30), OSLO)
def test_every_instant_is_in_exactly_one_day(at: datetime, ends: time, zone: ZoneInfo) -> None:
    day = business_day(at, ends, zone)
    assert begins_at(day, ends, zone) <= at < begins_at(day + ONE_DAY, ends, zone)


@given(instants, instants, hours, zones)
def test_a_later_instant_is_never_in_an_earlier_day(one: datetime, other: datetime, ends: time, zone: ZoneInfo) -> None:
    first, second = sorted((one, other))
    assert business_day(first, ends, zone) <= business_day(second, ends, zone)


@given(instants, hours, zones)
def test_a_day_has_23_to_25_hours(at: datetime, ends: time, zone: ZoneInfo) -> None:
    day = business_day(at, ends, zone)
    length = begins_at(day + ONE_DAY, ends, zone) - begins_at(day, ends, zone)
    assert timedelta(hours=23) <= length <= timedelta(hours=25)


@given(instants, hours, zones)
def test_a_day_begins_when_the_clocks_show_its_hour(at: datetime, ends: time, zone: ZoneInfo) -> None:
    """But in the hour that a spring night does not have."""
    day = business_day(at, ends, zone)
    shown = begins_at(day, ends, zone).astimezone(zone)
    skipped = datetime.combine(day, ends, zone).utcoffset() != shown.utcoffset()
    assert skipped or (shown.date(), shown.time()) == (day, ends)
