"""What Backspace undoes: what was rung or changed while ringing, the answer at a question, and never Enter or Esc."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.domain.menu.items import ServingMode
from pos.register import CONTROL_SHARE
from pos.register.verbs import ringing
from tests.office_acts import set_shop
from tests.register.shops import asked, lines, ring, take_all_back
from tests.rig import Cashier, Clock, a_register

BACK = "backspace"


def test_enter_and_escape_are_no_acts_while_ringing(cashier: Cashier) -> None:
    cashier.register.do(ringing.ring, "coffee-s", 2)
    cashier.press("enter", "escape")
    cashier.register.do(ringing.ring, "cheeseburger")
    cashier.press(BACK)
    assert (cashier.counter.state, lines(cashier)) == ("ringing", ["2 coffee-s"])
    cashier.press(BACK)
    assert (cashier.counter.state, lines(cashier)) == ("ringing", [])
    cashier.press(BACK)
    assert cashier.said == "nothing-to-take-back"


@pytest.mark.parametrize("before", [True, False])
def test_taking_back_works_in_the_hour_that_comes_twice(folder: Path, before: bool) -> None:
    clock = Clock(datetime(2026, 10, 25, 0 if before else 1, 20, tzinfo=UTC))
    cashier = Cashier(a_register(folder, clock=clock), clock)
    cashier.register.do(ringing.ring, "coffee-s")
    cashier.press("enter", "escape", BACK)
    assert lines(cashier) == []


def test_a_question_that_was_left_unanswered_stays_out_of_the_way(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("+", "-", "right", "escape", "enter", "escape", BACK)
    assert cashier.counter.state == "ringing"
    assert cashier.register.view.order.serving_mode is None
    cashier.press(BACK)
    assert (cashier.counter.state, lines(cashier)) == ("ringing", [])


def test_an_answer_taken_back_from_ringing_reopens_its_question(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n", "escape", BACK)
    assert asked(cashier) == "cheeseburger-meal-m"
    cashier.press(BACK)
    assert cashier.counter.state == "ringing"


def test_a_serving_mode_taken_back_is_asked_for_again(cashier: Cashier) -> None:
    cashier.register.do(ringing.ring, "cheeseburger")
    cashier.press("enter", "2", "escape", BACK)
    assert cashier.counter.state == "serving"
    cashier.press(BACK)
    assert (cashier.counter.state, lines(cashier)) == ("ringing", ["1 cheeseburger"])


def test_what_a_scan_rang_at_a_question_goes_without_opening_it(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.type_fast("9520001000010\n")
    assert lines(cashier) == ["1 cheeseburger", "1 juice"]
    cashier.press(BACK)
    assert (cashier.counter.state, lines(cashier)) == ("ringing", ["1 cheeseburger"])


def test_an_allergy_noted_at_a_question_goes_without_opening_it(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.register.do(ringing.note_allergen, "lupin")
    cashier.press("escape", BACK)
    assert cashier.counter.state == "ringing"
    assert not cashier.register.view.order.allergens


@pytest.mark.parametrize("rung", [1, 2])
def test_an_order_that_is_kept_free_of_questions_is_taken_back_like_any_other(cashier: Cashier, rung: int) -> None:
    set_shop(cashier.register.store, CONTROL_SHARE, "10000")
    cashier.register.do(ringing.serve, ServingMode.TAKE_AWAY)
    for _ in range(rung):
        cashier.register.do(ringing.ring, "cheeseburger")
        cashier.press("enter", "escape")
    cashier.press(*[BACK] * rung)
    assert (cashier.counter.state, lines(cashier)) == ("ringing", [])
    take_all_back(cashier.register)
    assert cashier.register.view.order.is_untouched()
