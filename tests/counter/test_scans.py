"""Scanners, pastes and keys held down: what comes faster than a person."""

from __future__ import annotations

import pytest

from pos.counter import Counter
from pos.register.verbs import aside, checkout, ringing
from tests.register.shops import asked, lines, question, ring, settle_questions
from tests.rig import Cashier

JUICE = "9520001000010"


def test_two_scans_in_one_burst_are_two_things(cashier: Cashier) -> None:
    cashier.type_fast(f"{JUICE}\n11\n")
    assert lines(cashier) == ["1 juice", "1 cheeseburger"]
    assert cashier.counter.state == "ringing"


def test_forty_scans_in_one_burst_are_forty_things(cashier: Cashier) -> None:
    cashier.type_fast(f"{JUICE}\n" * 40)
    assert lines(cashier) == ["40 juice"]


def test_a_scanner_that_ends_with_two_enters_does_not_check_out(cashier: Cashier) -> None:
    cashier.type_fast(f"{JUICE}\n\n{JUICE}\n\n")
    assert (lines(cashier), cashier.counter.state) == (["2 juice"], "ringing")


def test_an_enter_later_checks_out(cashier: Cashier) -> None:
    cashier.type_fast(f"{JUICE}\n").press("enter")
    assert cashier.counter.state == "serving"


@pytest.mark.parametrize("before", [(), ("x",), ("u",)])
def test_a_scan_at_a_question_goes_back_to_ringing_and_rings(cashier: Cashier, before: tuple[str, ...]) -> None:
    ring(cashier, "salad", "cheeseburger")
    cashier.press(*before).type_fast(f"{JUICE}\n")
    assert cashier.counter.state == "ringing"
    assert len(lines(cashier)) == 3
    first = cashier.register.view.order.questions[0]
    assert first.is_open
    assert cashier.register.view.order.exempt is None
    cashier.press("enter")
    assert asked(cashier) == "cheeseburger-meal-m"


def test_a_scan_at_eat_in_or_take_away_answers_nothing(cashier: Cashier) -> None:
    cashier.press("b", "enter").type_fast(f"{JUICE}\n")
    assert lines(cashier) == ["1 cheeseburger-meal-m", "1 juice"]
    assert cashier.register.view.order.serving_mode is None


def test_a_scan_at_a_choice_chooses_nothing(cashier: Cashier) -> None:
    ring(cashier, "shake-m")
    assert cashier.counter.state == "choice"
    cashier.type_fast(f"{JUICE}\n")
    assert lines(cashier) == ["1 shake-m", "1 juice"]
    assert cashier.register.view.order.lines[0].modifiers == ()


def test_a_scan_on_the_paid_screen_begins_the_next_order(cashier: Cashier) -> None:
    ring(cashier, "salad")
    settle_questions(cashier)
    cashier.press("a")
    cashier.clock.pass_(400)
    cashier.type_fast(f"{JUICE}\n")
    assert (lines(cashier), cashier.counter.state) == (["1 juice"], "ringing")


def test_a_scan_into_a_list_over_the_paid_screen_begins_the_next_order(cashier: Cashier) -> None:
    ring(cashier, "salad")
    settle_questions(cashier)
    cashier.press("a", ",").type_fast(f"{JUICE}\n")
    assert (cashier.counter.state, cashier.counter.paid, lines(cashier)) == ("ringing", None, ["1 juice"])


def test_a_scan_into_a_list_over_the_payment_is_refused(cashier: Cashier) -> None:
    ring(cashier, "salad")
    settle_questions(cashier)
    cashier.press(",").type_fast(f"{JUICE}\n")
    assert (cashier.said, lines(cashier)) == ("scan-at-payment", ["1 salad"])


def test_an_unknown_code_at_a_question_leaves_the_question(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.type_fast("9520001999999\n")
    assert (asked(cashier), cashier.said) == ("cheeseburger-meal-m", "unknown-barcode")


def test_a_scan_without_an_end_rings_and_answers_nothing(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n").type_fast(JUICE)
    assert lines(cashier) == ["1 cheeseburger", "1 juice"]
    cashier.press("enter")
    assert asked(cashier) == "shake-m"


def test_a_digit_and_then_a_pause_answers(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n")
    cashier.clock.pass_(1000)
    cashier.counter.press("1")
    assert asked(cashier) == "shake-m"
    cashier.clock.pass_(51)
    cashier.counter.settle()
    assert lines(cashier) == ["1 cheeseburger", "1 shake-m"]


def test_two_keys_that_roll_over_each_other_are_keys(cashier: Cashier) -> None:
    cashier.type_fast("b\n")
    cashier.type_fast("2t")
    assert lines(cashier) == ["1 cheeseburger-meal-m"]
    assert cashier.register.view.order.serving_mode == "take_away"
    assert (cashier.said, cashier.register.view.order.language) == ("too-soon", None)


def test_a_digit_held_down_at_a_question_answers_nothing(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n")
    cashier.clock.pass_(1000)
    for _ in range(30):
        cashier.counter.press("1")
        cashier.clock.pass_(33)
    cashier.counter.settle()
    assert asked(cashier) == "shake-m"
    assert lines(cashier) == ["1 cheeseburger"]


@pytest.mark.parametrize("key", ["backspace", "right", "+", "escape", "j", "u"])
def test_a_key_held_down_anywhere_but_in_ringing_counts_once(cashier: Cashier, key: str) -> None:
    ring(cashier, "cheeseburger", "cheeseburger")
    once = _after(cashier, key, 1)
    cashier.register.do(aside.abandon)
    cashier.counter.panel = None
    ring(cashier, "cheeseburger", "cheeseburger")
    assert _after(cashier, key, 8) == once


def _after(cashier: Cashier, key: str, times: int) -> tuple[str, list[str], str | None]:
    cashier.clock.pass_(1000)
    for _ in range(times):
        cashier.counter.press(key)
        cashier.clock.pass_(30)
    return cashier.counter.state, lines(cashier), asked(cashier)


# pastes


def test_a_paste_of_several_codes_rings_each(cashier: Cashier) -> None:
    cashier.counter.scan(f"{JUICE}\r\n11\r\n{JUICE}\n")
    assert lines(cashier) == ["1 juice", "1 cheeseburger", "1 juice"]


@pytest.mark.parametrize("text", ["x" * 10_000, "1" * 10_000, "1 " * 5_000, "", "\n\n", "ÆØÅ", "１２３"])
def test_a_paste_that_is_no_code_rings_nothing(cashier: Cashier, text: str) -> None:
    cashier.counter.scan(text)
    assert (lines(cashier), cashier.said) == ([], "not-a-code")


def test_a_paste_at_a_question_rings_and_answers_nothing(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.counter.scan(JUICE)
    assert lines(cashier) == ["1 cheeseburger", "1 juice"]
    cashier.press("enter")
    assert question(cashier).question.answer is None


def test_a_quantity_is_for_the_first_code_of_a_paste(cashier: Cashier) -> None:
    cashier.press("3", "*")
    cashier.counter.scan(f"{JUICE} 11")
    assert lines(cashier) == ["3 juice", "1 cheeseburger"]


def test_digits_count_at_once_where_every_key_was_meant(cashier: Cashier) -> None:
    cashier.register.do(ringing.ring, "cheeseburger-meal-m")
    cashier.register.do(checkout.checkout)
    deliberate = Counter(cashier.register, deliberate=True)
    deliberate.press("2")
    assert cashier.register.view.order.serving_mode == "take_away"
