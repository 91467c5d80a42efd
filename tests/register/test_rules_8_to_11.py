"""Rules 8 to 11: what answers and what does not, taking back, other offers, and going back to ringing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pos.counter import COMMANDS, Counter, State
from pos.domain.order.questions import Outcome, Reason
from pos.domain.sale.ledger import EventName
from pos.plain.lines import take
from pos.register import TooSoon
from pos.register.verbs import answering, aside, ringing
from tests.builders import CROSS_SELL, UPSELL
from tests.register.shops import asked, events, ledger, lines, names, question, ring, the_line
from tests.rig import Cashier

# rule 8


def test_rule_8_yes_and_no_cost_one_key_each_and_neither_is_the_default(cashier: Cashier) -> None:
    for answer, outcome in (("j", Outcome.ACCEPTED), ("y", Outcome.ACCEPTED), ("n", Outcome.DECLINED)):
        ring(cashier, "cheeseburger")
        cashier.press(answer)
        first = cashier.register.view.order.question(UPSELL)
        assert first is not None
        assert first.answer is outcome
        cashier.register.do(aside.abandon)


@pytest.mark.parametrize("key", ["enter", "space", "escape", "tab", "up", "down", "a", "b", "f", "k", "ctrl+j"])
def test_rule_8_no_other_key_answers(cashier: Cashier, key: str) -> None:
    ring(cashier, "cheeseburger")
    cashier.press(key)
    first = cashier.register.view.order.question(UPSELL)
    assert first is not None
    assert first.is_open


@pytest.mark.parametrize("key", ["j", "n", "0"])
@pytest.mark.parametrize(("after", "answers"), [(0, False), (299, False), (300, True), (5000, True)])
def test_rule_8_an_answer_within_300_ms_answers_nothing(cashier: Cashier, key: str, after: int, answers: bool) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("escape", "enter")
    cashier.clock.pass_(after - 100)
    cashier.counter.press(key)
    cashier.counter.settle()
    assert (asked(cashier) == "shake-m") is answers
    assert cashier.said == (None if answers else "too-soon")


def test_rule_8_an_answer_to_question_1_does_not_run_on_into_question_2(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n")
    for _ in range(3):
        cashier.clock.pass_(60)
        cashier.counter.press("n")
    assert asked(cashier) == "shake-m"
    cashier.press("n")
    assert cashier.counter.state == "payment"


@pytest.mark.parametrize("delay", [33, 250, 500])
def test_rule_8_a_key_held_down_answers_one_question(cashier: Cashier, delay: int) -> None:
    ring(cashier, "cheeseburger")
    cashier.clock.pass_(1000)
    cashier.counter.press("j")
    cashier.clock.pass_(delay)
    cashier.counter.settle()
    for _ in range(60):
        cashier.counter.press("j")
        cashier.clock.pass_(33)
    cashier.clock.pass_(60)
    cashier.counter.settle()
    assert asked(cashier) == "shake-m"


def test_rule_8_an_enter_held_down_at_checkout_answers_and_pays_nothing(cashier: Cashier) -> None:
    cashier.register.do(ringing.ring, "cheeseburger")
    for _ in range(100):
        cashier.counter.press("enter")
        cashier.clock.pass_(33)
    assert cashier.counter.state == "serving"
    assert cashier.register.store.sales.count() == 0


def test_rule_8_another_offer_has_to_be_read_too(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.counter.press("right")
    with pytest.raises(TooSoon):
        cashier.register.do(answering.yes)


def test_rule_8_no_payment_key_stands_where_yes_or_no_stood() -> None:
    answers = {key for command in COMMANDS if command.id in ("yes", "no") for key in command.keys}
    paying = {key for command in COMMANDS if State.PAYMENT in command.states for key in command.keys}
    assert answers.isdisjoint(paying)


def test_rule_8_a_line_of_text_is_deliberate_however_fast_it_comes(cashier: Cashier) -> None:
    counter = Counter(cashier.register, deliberate=True)
    cashier.register.setup = replace(cashier.register.setup, patience=timedelta(0))
    for line in ("11", "", "2", "n", "1", "a"):
        take(counter, line)
    assert [row.outcome for row in ledger(cashier.register)] == [Outcome.DECLINED, Outcome.ACCEPTED]


# rule 9


@pytest.mark.parametrize("key", ["backspace", "ctrl+z"])
@pytest.mark.parametrize("answer", ["j", "n", "0"])
def test_rule_9_one_key_reopens_the_same_frozen_question(cashier: Cashier, answer: str, key: str) -> None:
    ring(cashier, "cheeseburger")
    before = question(cashier).question
    cashier.press(answer, key)
    after = question(cashier).question
    assert replace(after, presented_at=before.presented_at) == before
    assert lines(cashier) == ["1 cheeseburger"]
    found = events(cashier.register)
    assert names(found) == [EventName.SHOWN, EventName.ANSWERED, EventName.SHOWN, EventName.TAKEN_BACK]
    assert (found[-1].kind, found[-1].offer_id) == (UPSELL, before.offer.id)


def test_rule_9_question_2_is_put_right_at_payment(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n", "n")
    assert cashier.counter.state == "payment"
    cashier.press("backspace")
    assert asked(cashier) == "shake-m"
    cashier.press("1", "a")
    assert [row.outcome for row in ledger(cashier.register)] == [Outcome.DECLINED, Outcome.ACCEPTED]


def test_rule_9_a_yes_taken_back_before_its_flavour_leaves_no_shake(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n", "j")
    assert cashier.counter.state == "choice"
    cashier.press("backspace")
    assert asked(cashier) == "shake-m"
    assert lines(cashier) == ["1 cheeseburger"]


def test_rule_9_an_answer_taken_back_has_to_be_read_again(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("j")
    cashier.counter.press("backspace")
    with pytest.raises(TooSoon):
        cashier.register.do(answering.no)


def test_rule_9_taking_back_is_not_a_second_asking(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    shown_at = question(cashier).question.shown_at
    cashier.press("n", "backspace", "j", "backspace", "n", "n", "a")
    up, _ = ledger(cashier.register)
    assert (up.outcome, up.shown_at) == (Outcome.DECLINED, shown_at)


def test_rule_9_leaving_a_customer_alone_is_taken_back_with_one_key(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("x", "1")
    assert cashier.counter.state == "payment"
    cashier.press("backspace")
    assert asked(cashier) == "cheeseburger-meal-m"


# rule 10


def test_rule_10_arrows_show_the_others_and_what_is_left_behind_is_passed(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    offers = [offer.sku or offer.modifier for offer in question(cashier).question.candidates]
    assert offers == ["cheeseburger-meal-m", "double", "extra-bacon"]
    cashier.press("right")
    assert asked(cashier) == "double"
    cashier.press("left", "left")
    assert asked(cashier) == "extra-bacon"
    found = events(cashier.register)
    passed = [event.offer_id for event in found if event.name is EventName.PASSED]
    assert passed == ["meal:1", "double:1", "meal:1"]
    cashier.press("j")
    assert the_line(cashier, "cheeseburger").modifiers == ("extra-bacon",)


def test_rule_10_the_cheapest_is_always_among_the_three(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger", "fries-s", "cola-s")
    offers = question(cashier).question.candidates
    assert len(offers) == 3
    assert offers[-1].sku in ("cola-m", "fries-m")


def test_rule_10_the_offer_that_was_turned_to_is_the_one_in_the_ledger(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("right", "n", "n", "a")
    up, _ = ledger(cashier.register)
    assert (up.offered, up.offer_id) == ("double", "double:1")


def test_rule_10_a_single_offer_turns_nowhere(cashier: Cashier) -> None:
    ring(cashier, "bag")
    assert len(question(cashier).question.candidates) == 1
    cashier.press("right")
    assert cashier.said == "wrong-key"


# rule 11


def test_rule_11_esc_leaves_the_question_open_and_the_same_offer_comes_back(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("right")
    before = question(cashier).question
    cashier.press("escape")
    assert cashier.counter.state == "ringing"
    ring(cashier, "bag")
    assert replace(question(cashier).question, presented_at=before.presented_at) == before
    assert names(events(cashier.register)).count(EventName.SHOWN) == 2


def test_rule_11_an_offer_that_has_become_ineligible_does_not_come_back(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger", "fries-m")
    cashier.press("escape", "up", "delete", "enter")
    assert asked(cashier) == "fries-l"
    withdrawn = next(event for event in events(cashier.register) if event.name is EventName.WITHDRAWN)
    assert (withdrawn.kind, withdrawn.offer_id) == (UPSELL, "meal:1")
    assert withdrawn.reason is Reason.NOTHING_TO_OFFER


def test_rule_11_what_is_rung_by_hand_meanwhile_is_not_offered_any_more(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n", "escape")
    cashier.register.do(ringing.ring, "shake-m")
    cashier.press("enter", "1")
    assert asked(cashier) == "nuggets-6"
    withdrawn = next(event for event in events(cashier.register) if event.name is EventName.WITHDRAWN)
    assert (withdrawn.kind, withdrawn.reason) == (CROSS_SELL, Reason.ALREADY_IN_ORDER)
