"""Times in every form that tills and spreadsheets write; what cannot be read is left out and never becomes midnight."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import BadInput
from pos.office.history.reading import Options, plan_of
from pos.office.history.times import read_clock, read_moment
from pos.store import Store
from pos.wording import wording
from tests.office.history.taking import import_history
from tests.rig import shop_file

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return shop_file(tmp_path)


def minutes(store: Store, path: Path, text: str, options: Options | None = None) -> list[str]:
    path.write_text(text, encoding="utf-8")
    import_history(store, path, wording("en"), NOW, options or Options())
    rows = store.file.conn.execute("SELECT minute FROM history_order ORDER BY id").fetchall()
    return [datetime.fromtimestamp(minute * 60, UTC).strftime("%Y-%m-%d %H:%M") for (minute,) in rows]


@pytest.mark.parametrize(
    "text",
    [
        "13.05", "1305", "kl. 13:05", "kl 13.05", "13h05", "13:05:59", "13.05.59", "0,545139", "0.5451388889", "0.5451",
        "1:05 PM", "1:05\u00a0PM", "1:05\u202fp.m.", "01:05PM", "130500",
    ],
)  # fmt: skip
def test_a_time_in_a_column_of_its_own_is_read_however_it_is_written(store: Store, tmp_path: Path, text: str) -> None:
    rows = f"Dato;Klokkeslett;Bong;Vare\n14.03.2026;{text};1;Cola\n15.03.2026;{text};2;Cola\n"
    assert minutes(store, tmp_path / "past.csv", rows) == ["2026-03-14 13:05", "2026-03-15 13:05"]


@pytest.mark.parametrize("text", ["noon", "12", "25:00", "12-30", "13:05 AM", "-", "2", "1399", "0.52.1", ""])
def test_a_time_that_cannot_be_read_is_left_out(store: Store, tmp_path: Path, text: str) -> None:
    rows = "Dato;Klokkeslett;Bong;Vare\n" + "".join(
        f"14.03.2026;{clock};{ref};Cola\n" for ref, clock in enumerate(("13:05", text, "13:06"))
    )
    assert minutes(store, tmp_path / "past.csv", rows) == ["2026-03-14 13:05", "2026-03-14 13:06"]


@pytest.mark.parametrize(
    "text",
    [
        "14.03.2026 kl. 13:05", "lør. 14. mars 2026 13:05", "Saturday, March 14, 2026 1:05 PM",
        "2026-03-14 13:05:00 UTC",
        "lørdag 14. mars 2026 klokken 13.05", "Sat, 14 Mar 2026 13:05:00 +0100", "Mar 14, 2026 at 1:05\u202fPM",
        "14.03.2026\u00a013:05", "14.03.2026, 13:05", "13:05 14.03.2026", "2026-03-14 13:05 -0400", "46095.5451388889",
        "20260314130500", "2026-03-14 13:05:00 CET", "14/03/26 13:05", "3/14/26, 1:05 PM", "14th March 2026 13:05",
    ],
)  # fmt: skip
def test_a_moment_is_read_however_it_is_written(store: Store, tmp_path: Path, text: str) -> None:
    rows = f"Bong;Tidspunkt;Vare\n1;{text};Cola\n"
    assert minutes(store, tmp_path / "past.csv", rows) == ["2026-03-14 13:05"]


def test_a_day_without_a_time_among_moments_is_left_out(store: Store, tmp_path: Path) -> None:
    rows = "order,time,item\n1,2026-03-14 13:05,Cola\n2,2026-03-14,Cola\n3,2026-03-14 00:00,Cola\n"
    assert minutes(store, tmp_path / "past.csv", rows) == ["2026-03-14 13:05", "2026-03-14 00:00"]


@given(st.text(max_size=40))
def test_no_text_is_read_as_what_it_does_not_say(text: str) -> None:
    found = read_moment(text)
    assert found is None or any(map(str.isdigit, text))
    assert read_clock(text) is None or any(map(str.isdigit, text))


@given(st.datetimes(datetime(2000, 1, 1), datetime(2049, 12, 31)))  # noqa: DTZ001  # the shop's own clock
def test_what_is_written_day_first_is_read_day_first(at: datetime) -> None:
    at = at.replace(second=0, microsecond=0)
    for form in ("%d.%m.%Y %H:%M", "%d/%m/%Y kl. %H.%M", "%d. %B %Y %I:%M %p", "%Y-%m-%dT%H:%M"):
        found = read_moment(at.strftime(form))
        assert found is not None
        assert (found.day, found.clock) == (at.date(), at.time())


ONE_DAY = "order,time,item\n1,03/10/2026 12:00,Cola\n"


def test_a_day_that_may_be_another_is_asked_with_both_readings(tmp_path: Path) -> None:
    path = tmp_path / "day.csv"
    path.write_text(ONE_DAY, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        plan_of(path, Options(), NOW.date())
    assert caught.value.message_id == "history-open-dates"
    assert {name: f"{caught.value.values[name]}" for name in ("dmy", "mdy")} == {
        "dmy": "2026-10-03",
        "mdy": "2026-03-10",
    }


@pytest.mark.parametrize(("dates", "day"), [("dmy", "2026-10-03"), ("mdy", "2026-03-10")])
def test_what_is_said_of_dates_holds(store: Store, tmp_path: Path, dates: str, day: str) -> None:
    assert minutes(store, tmp_path / "day.csv", ONE_DAY, Options(dates=dates)) == [f"{day} 12:00"]


def test_a_file_with_dates_in_both_orders_is_refused_until_one_is_said(store: Store, tmp_path: Path) -> None:
    rows = "order,time,item\n1,13/03/2026 12:00,Cola\n2,03/14/2026 12:00,Cola\n"
    with pytest.raises(BadInput, match="history-dates-mixed"):
        minutes(store, tmp_path / "past.csv", rows)
    assert store.history.count() == 0
    assert minutes(store, tmp_path / "past.csv", rows, Options(dates="dmy")) == ["2026-03-13 12:00"]


def test_a_zone_that_is_said_puts_times_on_its_clock_in_summer_and_winter(store: Store, tmp_path: Path) -> None:
    rows = (
        "order,time,item\n1,2026-03-28T11:00:00Z,Cola\n2,2026-03-29 11:00:00 UTC,Cola\n3,2026-07-01T11:00:00+05:30,A\n"
    )
    found = minutes(store, tmp_path / "past.csv", rows, Options(zone="Europe/Oslo"))
    assert found == ["2026-03-28 12:00", "2026-03-29 13:00", "2026-07-01 07:30"]


@pytest.mark.parametrize(("zone", "why"), [("Oslo", "history-zone-unknown"), ("Europe/Oslo", "history-zone-unneeded")])
def test_a_zone_that_does_not_exist_or_is_not_needed_is_told(tmp_path: Path, zone: str, why: str) -> None:
    path = tmp_path / "past.csv"
    path.write_text("order,time,item\n1,2026-03-28T11:00:00,Cola\n", encoding="utf-8")
    with pytest.raises(BadInput, match=why):
        plan_of(path, Options(zone=zone), NOW.date())


def test_the_day_may_stand_in_the_first_row_of_the_day_alone(store: Store, tmp_path: Path) -> None:
    rows = "Dato;Kl;Bong;Vare\n14.03.2026;12:00;1;Cola\n;12:10;2;Cola\n15.03.2026;09:00;3;Cola\n"
    assert minutes(store, tmp_path / "past.csv", rows) == ["2026-03-14 12:00", "2026-03-14 12:10", "2026-03-15 09:00"]
