"""The machine's clock set back, forward, to 1970 and to another decade: durations hold, and it is said."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.practice.sitting.schedule import reviewed, standings
from pos.register import TooSoon, shelf
from pos.register.timeline import Timeline
from pos.register.verbs import answering, aside, checkout, paying, stock
from pos.training import Grade, Skill
from tests.builders import NOW, OSLO
from tests.register.shops import lines, ring
from tests.register.visits import asked_until_payment
from tests.rig import Cashier, Clock, a_register

HOUR, YEARS = timedelta(hours=1), timedelta(days=3653)
TO_1970 = datetime(1970, 1, 1, 1, tzinfo=OSLO) - NOW
SETTINGS = [-HOUR, HOUR, YEARS, -YEARS, TO_1970, timedelta(seconds=-2)]


def seconds(cashier: Cashier) -> list[float | None]:
    rows = cashier.register.store.file.conn.execute(
        "SELECT seconds FROM offer_ledger WHERE decision = 'declined' ORDER BY kind DESC"
    )
    return [row[0] for row in rows]


@pytest.mark.parametrize("by", SETTINGS)
def test_an_answer_takes_as_long_as_it_took_however_the_clock_was_set_meanwhile(
    cashier: Cashier, by: timedelta
) -> None:
    ring(cashier, "cheeseburger")
    cashier.clock.pass_(2000)
    cashier.clock.set(by)
    cashier.clock.pass_(1400)
    cashier.press("n")
    cashier.clock.pass_(4000)
    cashier.press("n", "a")
    assert cashier.counter.paid is not None
    first, second = seconds(cashier)
    assert first == pytest.approx(4.0)
    assert second == pytest.approx(4.6)
    assert shelf.shift(cashier.register).shown == 2
    assert shelf.shift(cashier.register).too_fast == 0


def test_an_answer_after_a_restart_with_the_clock_set_back_is_of_unknown_length_and_not_too_fast(
    cashier: Cashier, folder: Path
) -> None:
    ring(cashier, "cheeseburger")
    clock = Clock(cashier.clock.now - HOUR)
    again = Cashier(a_register(folder, clock=clock), clock)
    clock.pass_(2000)
    again.register.do(answering.no)
    asked_until_payment(again.register)
    again.register.do(paying.pay_cash)
    assert seconds(again)[0] is None
    assert shelf.shift(again.register).too_fast == 0


@pytest.mark.parametrize("by", SETTINGS)
def test_nobody_has_read_a_question_sooner_because_the_clock_was_set(cashier: Cashier, by: timedelta) -> None:
    ring(cashier, "cheeseburger")
    cashier.register.do(checkout.go_back)
    cashier.register.do(checkout.checkout)
    cashier.clock.set(by)
    cashier.clock.pass_(100)
    with pytest.raises(TooSoon):
        cashier.register.do(answering.no)
    cashier.clock.pass_(250)
    cashier.register.do(answering.no)


@pytest.mark.parametrize("by", SETTINGS)
def test_what_is_held_is_as_old_as_it_is(cashier: Cashier, by: timedelta) -> None:
    ring(cashier, "cheeseburger")
    cashier.register.do(checkout.go_back)
    cashier.register.do(aside.hold)
    cashier.clock.pass_(600_000)
    cashier.clock.set(by)
    (held,) = shelf.held(cashier.register)
    assert cashier.register.look().minutes_since(held.held_at) == 10


@pytest.mark.parametrize("by", [-HOUR, YEARS, -YEARS, TO_1970])
def test_a_clock_that_was_set_far_off_is_said_once_and_sales_go_on(cashier: Cashier, by: timedelta) -> None:
    ring(cashier, "cheeseburger")
    cashier.clock.set(by)
    cashier.press("n")
    assert cashier.said == "clock-jumped"
    cashier.press("n", "a")
    assert cashier.counter.paid is not None
    assert cashier.said != "clock-jumped"
    cashier.clock.set(-by)
    cashier.press("b")
    assert (cashier.said == "clock-jumped", lines(cashier)) == (by != -HOUR, ["1 cheeseburger-meal-m"])


@pytest.mark.parametrize("by", [-HOUR, YEARS, -YEARS, TO_1970])
def test_a_till_that_starts_with_a_clock_far_off_what_the_file_last_saw_says_so(
    cashier: Cashier, folder: Path, by: timedelta
) -> None:
    ring(cashier, "cheeseburger")
    later = a_register(folder, clock=Clock(NOW + by))
    assert Cashier(later, Clock(NOW + by)).said == "clock-jumped"
    assert Cashier(a_register(folder, till="2", clock=Clock(NOW + HOUR)), Clock()).said is None


def test_a_new_file_on_a_machine_that_stands_in_1970_says_so_and_sells(folder: Path) -> None:
    clock = Clock(NOW + TO_1970)
    cashier = Cashier(a_register(folder, clock=clock), clock)
    assert cashier.said == "clock-impossible"
    ring(cashier, "cheeseburger")
    cashier.press("n", "n", "a")
    assert cashier.counter.paid is not None


def test_receipt_numbers_go_on_whatever_the_clock_shows(cashier: Cashier) -> None:
    for by in (timedelta(0), YEARS, -YEARS, TO_1970, -TO_1970):
        cashier.clock.set(by)
        ring(cashier, "cheeseburger")
        cashier.press("n", "n", "a")
    numbers = cashier.register.store.file.conn.execute("SELECT receipt_number FROM sales ORDER BY receipt_number")
    assert [number for (number,) in numbers] == [1, 2, 3, 4, 5]


def test_what_was_sold_out_while_the_clock_was_ahead_is_so_for_as_long_as_was_said(cashier: Cashier) -> None:
    cashier.clock.set(YEARS)
    cashier.register.do(stock.eighty_six, "cola-m", until=cashier.register.now + HOUR)
    cashier.clock.set(-YEARS)
    cashier.press("b")
    assert [entry.sku for entry in shelf.sold_out(cashier.register)] == ["cola-m"]
    cashier.clock.pass_(3_700_000)
    assert shelf.sold_out(cashier.register) == ()


def test_a_skill_practised_while_the_clock_was_ahead_is_not_forgotten_for_ten_years() -> None:
    skill = next(iter(Skill))
    cards = {skill.value: reviewed({}, {skill: Grade.GOOD}, NOW + YEARS)[skill.value][1]}
    (standing,) = standings(cards, NOW)
    assert standing.due - NOW < timedelta(days=2)
    assert standing.last <= NOW
    assert reviewed(cards, {skill: Grade.GOOD}, NOW)[skill.value][0] - NOW < timedelta(days=60)


@given(st.lists(st.tuples(st.integers(0, 100_000), st.integers(-(10**9), 10**9)), max_size=6), st.integers(0, 5))
def test_a_duration_is_never_negative_and_right_where_the_clock_showed_each_time_once(
    acts: list[tuple[int, int]], from_act: int
) -> None:
    clock = Clock()
    timeline = Timeline(clock, clock.ticks)
    stamps = [(timeline.now(), clock.passed)]
    for milliseconds, by in acts:
        clock.pass_(milliseconds)
        clock.set(timedelta(milliseconds=by))
        stamps.append((timeline.now(), clock.passed))
    since, passed = stamps[min(from_act, len(stamps) - 1)]
    elapsed = timeline.elapsed(since)
    assert elapsed is None or elapsed >= timedelta(0)
    shown = [at for at, _ in stamps]
    if all(one < other for one, other in pairwise(shown)):
        assert elapsed is not None
        assert elapsed.total_seconds() == pytest.approx(clock.passed - passed, abs=0.1)
