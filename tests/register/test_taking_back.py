"""What Backspace undoes: what was rung or changed while ringing, the answer at a question, and never Enter or Esc."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.domain.errors import Refused
from pos.domain.menu.items import ServingMode
from pos.domain.menu.unsold import Unsold
from pos.plain.speech import hear, whole
from pos.register import CONTROL_SHARE
from pos.register.verbs import ringing, stock
from tests.builders import BREAKFAST
from tests.office_acts import set_shop
from tests.register.shops import asked, lines, ring, ring_tile, take_all_back
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


# what comes back and cannot be sold any more


def sold_out(cashier: Cashier, folder: Path, *marks: str, modifier: str | None = None) -> None:
    """Another till sells things out."""
    other = a_register(folder, till="2", clock=cashier.clock)
    for sku in marks:
        other.do(stock.eighty_six, sku)
    if modifier is not None:
        other.do(stock.eighty_six, modifier=modifier)
    cashier.register.catch_up()


def test_a_line_that_has_sold_out_comes_back_marked_and_stops_checkout(cashier: Cashier, folder: Path) -> None:
    ring_tile(cashier, "cheeseburger")
    ring_tile(cashier, "brownie")
    cashier.press("delete")
    sold_out(cashier, folder, "brownie")
    cashier.press(BACK)
    assert (cashier.said, lines(cashier)) == (None, ["1 cheeseburger", "1 brownie"])
    assert any("1 brownie" in row and "utsolgt!" in row for row in whole(hear(cashier.counter)))
    cashier.press("enter")
    assert cashier.counter.state == "stop"
    cashier.press("delete")
    assert (cashier.counter.state, lines(cashier)) == ("serving", ["1 cheeseburger"])


def test_nothing_more_of_it_is_rung(cashier: Cashier, folder: Path) -> None:
    ring_tile(cashier, "brownie")
    cashier.press("delete")
    sold_out(cashier, folder, "brownie")
    cashier.press(BACK)
    for key in ("+", '"'):
        cashier.press(key)
        assert (cashier.said, lines(cashier)) == ("sold-out-item", ["1 brownie"])
    with pytest.raises(Refused, match="sold-out-item"):
        cashier.register.do(ringing.ring, "brownie")


def test_what_lies_before_it_is_taken_back_too(cashier: Cashier, folder: Path) -> None:
    ring_tile(cashier, "cheeseburger")
    ring_tile(cashier, "brownie")
    cashier.press("delete")
    sold_out(cashier, folder, "brownie")
    cashier.press(BACK, BACK)
    assert lines(cashier) == ["1 cheeseburger"]
    take_all_back(cashier.register)
    assert cashier.register.view.order.is_untouched()


def test_it_comes_back_as_a_recalled_order_does(cashier: Cashier, folder: Path) -> None:
    ring_tile(cashier, "brownie")
    cashier.press("f9")
    sold_out(cashier, folder, "brownie")
    cashier.press("f10")
    recalled = lines(cashier), cashier.register.view.prompt
    cashier.press("delete", BACK)
    assert (lines(cashier), cashier.register.view.prompt) == recalled
    cashier.press("enter")
    assert cashier.counter.state == "stop"


def test_a_filling_and_a_modifier_that_have_sold_out_come_back(cashier: Cashier, folder: Path) -> None:
    cashier.press("b")
    (line,) = cashier.register.view.order.lines
    cashier.register.do(ringing.fill, line.id, "drink-m", "latte")
    cashier.register.do(ringing.modify, line.id, "extra-bacon")
    cashier.press("delete")
    sold_out(cashier, folder, "latte", modifier="extra-bacon")
    cashier.press(BACK, "enter")
    stop = cashier.counter.stop
    assert stop is not None
    assert {obstacle.part for obstacle in stop.obstacles} == {"latte", "+extra-bacon"}
    cashier.press("escape", BACK)
    assert cashier.register.view.order.lines[0].modifiers == ()
    cashier.press(BACK)
    assert cashier.counter.stop is None


def test_what_is_not_sold_at_this_hour_any_more_comes_back(cashier: Cashier) -> None:
    cashier.clock.now = BREAKFAST.astimezone(UTC)
    cashier.register.catch_up()
    ring_tile(cashier, "egg-roll")
    cashier.press("delete")
    cashier.clock.pass_(6 * 3_600_000)
    cashier.press(BACK, "enter")
    stop = cashier.counter.stop
    assert stop is not None
    assert [obstacle.why for obstacle in stop.obstacles] == [Unsold.HOURS]


def test_an_answer_comes_back_without_the_offer_that_has_sold_out(cashier: Cashier, folder: Path) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n", "j")
    assert lines(cashier) == ["1 cheeseburger", "1 shake-m"]
    sold_out(cashier, folder, "shake-m")
    cashier.press("escape", BACK)
    assert asked(cashier) != "shake-m"
    assert lines(cashier) == ["1 cheeseburger"]
