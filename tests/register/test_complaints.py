"""What people complain about at other tills and drive-throughs, one test each."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.order.order import TenderKind, TenderState
from pos.domain.order.questions import Outcome, Reason
from pos.register import shelf
from pos.register.verbs import aside, ringing, stock
from tests.builders import BREAKFAST, CROSS_SELL, UPSELL, kr
from tests.register.shops import again, asked, ledger, lines, question, reasons, ring, settle_questions, the_line
from tests.rig import Cashier, Clock, a_register


def test_a_customer_who_said_medium_is_not_asked_medium_or_large(cashier: Cashier) -> None:
    cashier.press("b", "=", "enter", "2")
    assert asked(cashier) == "shake-m"


def test_a_step_up_is_asked_for_once_and_by_one_step(cashier: Cashier) -> None:
    ring(cashier, "coffee-s")
    assert asked(cashier) == "coffee-m"
    cashier.press("j", "n", "escape", "enter")
    assert cashier.counter.state == "payment"
    assert lines(cashier) == ["1 coffee-m"]


def test_a_customer_who_ordered_a_meal_is_not_offered_its_drink(cashier: Cashier) -> None:
    for sku in ("shake-m", "nuggets-6", "coffee-s"):
        cashier.register.do(stock.eighty_six, sku)
    ring(cashier, "cheeseburger-meal-m", "salad")
    cashier.press("n")
    assert cashier.counter.state == "payment"
    assert reasons(cashier)[CROSS_SELL] is Reason.SOLD_OUT


def test_the_drink_is_asked_for_once(cashier: Cashier) -> None:
    cashier.press("c", "enter")
    assert cashier.counter.state == "choice"
    cashier.press("2", "2")
    assert the_line(cashier, "kids-meal").filling("drink-kids") == "cola-s"
    settle_questions(cashier)
    cashier.press("escape", "enter")
    assert cashier.counter.state == "payment"


def test_a_drink_that_was_said_with_the_meal_is_not_asked_for(cashier: Cashier) -> None:
    cashier.press("c", *["right"] * 5, "e")
    assert lines(cashier) == ["1 kids-meal"]
    cashier.press("enter")
    assert cashier.counter.state == "serving"


def test_after_two_answers_comes_payment_and_no_third_offer(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger", "fries-m", "coffee-m", "nuggets-4")
    cashier.press("n", "n")
    assert cashier.counter.state == "payment"


def test_the_larger_one_is_never_in_the_order_before_a_yes(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger-meal-m")
    assert lines(cashier) == ["1 cheeseburger-meal-m"]
    cashier.press("enter", "escape", "enter")
    assert lines(cashier) == ["1 cheeseburger-meal-m"]
    assert cashier.register.view.priced.total == kr(119)


def test_a_child_alone_is_asked_nothing_with_two_keys(cashier: Cashier) -> None:
    cashier.press("b", "enter", "2", "x", "1")
    assert cashier.counter.state == "payment"


def test_what_was_refused_at_the_speaker_is_not_asked_again_at_the_window(cashier: Cashier, folder: Path) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n", "n", "f9")
    window = again(cashier, folder, "window")
    window.press("f10", "enter")
    assert window.counter.state == "payment"
    window.press("a")
    assert [row.outcome for row in ledger(window.register)] == [Outcome.DECLINED] * 2


def test_breakfast_is_not_offered_at_noon_nor_lunch_with_it_in_the_morning(cashier: Cashier, folder: Path) -> None:
    clock = Clock(BREAKFAST)
    early = Cashier(a_register(folder, till="early", clock=clock), clock)
    ring(early, "egg-roll")
    offered = {offer.sku for offer in question(early).question.candidates}
    assert offered == {"coffee-s"}
    cashier.press(*["right"] * 4, "b")
    assert cashier.said == "not-at-this-hour"


def test_nobody_finds_out_after_paying_that_the_meal_was_cheaper(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger", "fries-m", "cola-m")
    assert cashier.register.view.priced.total == kr(119)
    cashier.press("n", "n", "a")
    assert cashier.counter.paid is not None
    assert cashier.counter.paid.total == kr(119)


def test_what_sold_out_since_it_was_rung_is_asked_for_in_another_way(cashier: Cashier) -> None:
    cashier.register.do(stock.eighty_six, "fries-m")
    cashier.press("b")
    assert the_line(cashier, "cheeseburger-meal-m").filling("side-m") is None
    cashier.press("enter")
    assert the_line(cashier, "cheeseburger-meal-m").filling("side-m") == "nuggets-4"
    assert cashier.counter.state == "serving"


def test_a_discount_goes_when_what_earned_it_is_deleted(cashier: Cashier) -> None:
    ring(cashier, "coffee-m", "brownie")
    settle_questions(cashier)
    assert cashier.register.view.priced.discounts
    cashier.press("escape")
    cashier.register.do(ringing.void, the_line(cashier, "coffee-m").id)
    assert cashier.register.view.priced.discounts == ()
    assert cashier.register.view.priced.total == kr(32)


def test_a_scan_is_asked_the_same_as_a_tap(cashier: Cashier) -> None:
    ring(cashier, "juice")
    tapped = question(cashier).question.candidates
    cashier.register.do(aside.abandon)
    cashier.type_fast("9520001000010\n").press("enter", "2")
    assert question(cashier).question.candidates == tapped


def test_nobody_is_asked_what_has_one_answer(cashier: Cashier) -> None:
    cashier.register.do(stock.eighty_six, "cola-s")
    cashier.press("c", "enter")
    assert cashier.counter.state == "serving"
    assert the_line(cashier, "kids-meal").filling("drink-kids") == "juice"


def test_an_accepted_upgrade_is_one_line_on_the_receipt(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("j", "n", "a")
    assert cashier.counter.paid is not None
    (line,) = cashier.counter.paid.lines
    assert (line.sku, line.quantity, line.total) == ("cheeseburger-meal-m", 1, kr(119))


@pytest.mark.parametrize("keys", ["enter", "space", "escape", "tab", "j", "n", "y", "0", "*", "b"])
def test_no_sale_submits_itself(cashier: Cashier, keys: str) -> None:
    ring(cashier, "salad")
    settle_questions(cashier)
    cashier.press(keys, keys, keys)
    assert cashier.register.store.sales.count() == 0


def test_no_sale_is_submitted_twice(cashier: Cashier) -> None:
    ring(cashier, "salad")
    settle_questions(cashier)
    for _ in range(10):
        cashier.counter.press("a")
        cashier.clock.pass_(20)
    cashier.press("a", "a")
    assert cashier.register.store.sales.count() == 1


def test_no_card_is_asked_for_twice(cashier: Cashier) -> None:
    ring(cashier, "salad")
    settle_questions(cashier)
    cashier.press("k", "k", "v", "k")
    (tender,) = cashier.register.view.order.tenders
    assert (tender.kind, tender.state) == (TenderKind.CARD, TenderState.INTENT)


def test_a_cashier_is_measured_by_what_could_be_asked(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger-meal-l")
    cashier.clock.pass_(5000)
    cashier.press("n", "a")
    figures = shelf.shift(cashier.register)
    assert (figures.shown, figures.said, figures.offer_rate) == (1, 1, 1.0)


def test_a_customer_who_claims_that_nobody_asked_meets_the_ledger(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.clock.pass_(4000)
    cashier.press("n", "n", "a")
    up, _ = ledger(cashier.register)
    assert up.shown_at is not None
    assert up.answered_at is not None
    assert (up.answered_at - up.shown_at).total_seconds() > 4
    assert (up.offered, up.phrase, up.outcome) == ("cheeseburger-meal-m", "say", Outcome.DECLINED)


def test_a_queue_is_asked_in_fewer_words(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    long = question(cashier)
    cashier.press(",", "u")
    short = question(cashier)
    assert short.phrase == "rush"
    assert short.words.rush is not None
    assert len(short.words.rush.nb.split()) < len(long.words.say.nb.split())
    assert short.question == long.question
    assert question(cashier).question.kind is UPSELL


def test_the_only_drink_left_is_asked_about_when_it_costs_more(cashier: Cashier) -> None:
    for sku in ("cola-m", "fanta-m"):
        cashier.register.do(stock.eighty_six, sku)
    cashier.press("b", "enter")
    assert cashier.counter.state == "choice"
