"""One business day for everything at the counter: a shop that is open past midnight keeps its evening."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest

from pos.domain.menu.menu import Menu
from pos.office.report import bring_up_to_date, make_report
from pos.register import Register
from pos.register.verbs import next_visit
from pos.store.file.connection import StoreFile
from pos.store.migrations.steps import STEPS, m016_business_day, migrate
from tests.builders import OSLO, PAIRINGS, TODAY
from tests.office_acts import put_menu
from tests.register.visits import ALL_DAY, a_code, a_till, asked_until_payment, giving_folder, ring, sold
from tests.rig import Clock

LATE = datetime(2026, 11, 23, 23, 50, tzinfo=OSLO)
"""Ten to midnight on `TODAY`."""
PAST_MIDNIGHT, MINUTE = 30 * 60_000, 60_000
VIEWS = ("sales", "sale_lines", "offer_ledger", "tenders")


def at_night(menu: Menu = ALL_DAY) -> tuple[Register, Clock]:
    clock = Clock(LATE)
    till = a_till(giving_folder(), clock=clock)
    put_menu(till.store, menu, PAIRINGS, LATE)
    till.catch_up()
    return till, clock


def test_a_no_at_ten_to_midnight_is_not_asked_again_at_twenty_past() -> None:
    till, clock = at_night()
    code = a_code(till, "cola-m")
    clock.pass_(PAST_MIDNIGHT)
    ring(till, "salad", "cola-m", "cola-m")
    till.do(next_visit.redeem, code)
    assert "cola-l" not in asked_until_payment(till)


@pytest.mark.parametrize(("ends", "remembered"), [(time(0, 15), False), (time(0, 25), True)])
def test_the_menu_file_says_when_a_no_is_forgotten(ends: time, remembered: bool) -> None:
    till, clock = at_night(replace(ALL_DAY, day_ends=ends))
    code = a_code(till, "cola-m")
    clock.pass_(PAST_MIDNIGHT)
    till.do(next_visit.redeem, code)
    assert till.view.order.next_visit is not None
    assert bool(till.view.order.next_visit.refused) is remembered


def test_a_code_is_good_until_its_last_business_day_ends() -> None:
    till, clock = at_night()
    code = a_code(till)
    clock.pass_(14 * 24 * 60 * MINUTE + 5 * 60 * MINUTE)  # 04:50 in the night after the last day
    ring(till, "fries-m")
    assert till.do(next_visit.redeem, code).result


def test_every_view_says_the_business_day_and_the_report_is_cut_at_it() -> None:
    till, clock = at_night()
    sold(till, "cheeseburger")
    clock.pass_(PAST_MIDNIGHT)
    sold(till, "cheeseburger")
    clock.pass_(5 * 60 * MINUTE)
    sold(till, "cheeseburger")
    for view in VIEWS:
        rows = till.store.file.conn.execute(f"SELECT DISTINCT receipt_number, business_day FROM {view} ORDER BY 1")
        assert rows.fetchall() == [(1, "2026-11-23"), (2, "2026-11-23"), (3, "2026-11-24")]
    bring_up_to_date(till.store)
    assert {day: sums.orders for day, sums in make_report(till.store, TODAY).days.items()} == {
        "2026-11-23": 2,
        "2026-11-24": 1,
    }


@pytest.mark.parametrize(
    ("ends", "at"), [(time(5), "2026-11-24T05:00:00+01:00"), (time(2, 30), "2026-11-24T02:30:00+01:00")]
)
def test_the_day_ends_at_the_same_instant_before_and_after_midnight(ends: time, at: str) -> None:
    till, clock = at_night(replace(ALL_DAY, day_ends=ends))
    before = till.view.day_ends_at
    clock.pass_(PAST_MIDNIGHT)
    assert before == till.view.day_ends_at == datetime.fromisoformat(at)


def test_an_order_is_said_the_same_way_when_midnight_passes() -> None:
    till, clock = at_night()
    one = till.view.moment.day_of(till.view.order.opened_at)
    clock.pass_(PAST_MIDNIGHT)
    assert till.view.moment.day_of(till.view.order.opened_at) == till.view.day == one


OLD_SALE = """
    INSERT INTO sale (
        id, order_id, till_id, till, series, receipt_number, call_number, paid_at, paid_unix, cashier, language,
        serving_mode, total_minor, vat_minor, rounding_minor, change_minor, note, body
    ) VALUES (?, ?, 1, '1', 'K1', ?, 1, ?, ?, '', 'nb', 'eat_in', 100, 20, 0, 0, '', '{}')
"""
OLD_SUM = "INSERT INTO order_sum VALUES ('2026-11-24', 'all', '', 1, 0, 100, 0, 0, 0, 0, 0, 0, 0, 0)"


@pytest.mark.parametrize(("clock", "day", "kept"), [("00:20", "2026-11-23", 0), ("05:00", "2026-11-24", 1)])
def test_a_file_from_before_is_cut_at_five_and_counted_again_where_that_changes_it(
    tmp_path: Path, clock: str, day: str, kept: int
) -> None:
    file = StoreFile(tmp_path / "old.db", 1)
    migrate(file, STEPS[: STEPS.index(m016_business_day)])
    file.conn.execute("PRAGMA foreign_keys = OFF")
    paid = datetime.fromisoformat(f"2026-11-24T{clock}:00.250000+01:00")
    file.conn.execute(OLD_SALE, (1, "o", 1, paid.isoformat(), int(paid.timestamp())))
    file.conn.execute(OLD_SUM)
    file.conn.execute("UPDATE asking_state SET sale_id = 1")
    migrate(file)
    assert file.conn.execute("SELECT business_day FROM sales").fetchall() == [(day,)]
    assert file.conn.execute("SELECT COUNT(*) FROM order_sum").fetchall() == [(kept,)]
    assert file.conn.execute("SELECT sale_id FROM asking_state").fetchall() == [(kept,)]
    assert file.conn.execute("SELECT day_ends FROM shop").fetchall() == []
    file.close()
