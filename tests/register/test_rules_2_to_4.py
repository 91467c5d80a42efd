"""Rules 2 to 4: the order of the questions, what is never offered, and sizes that were said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.order.questions import Outcome, Reason
from pos.register.verbs import ringing, stock
from tests.builders import BREAKFAST, CROSS_SELL, MENU, NOW, PAIRINGS, TAKE_AWAY, UPSELL
from tests.office_acts import put_menu
from tests.register.shops import (
    again,
    asked,
    ledger,
    lines,
    question,
    reasons,
    ring,
    ring_tile,
    settle_questions,
    the_line,
)
from tests.rig import Cashier, Clock, a_register


@pytest.mark.parametrize(
    ("rung", "keys", "outcome"),
    [
        ("cheeseburger", ("j",), Outcome.ACCEPTED),
        ("cheeseburger", ("n",), Outcome.DECLINED),
        ("cheeseburger", ("0",), Outcome.NOT_ASKED),
        ("cheeseburger-meal-l", (), Outcome.NOT_APPLICABLE),
    ],
)
def test_rule_2_question_2_comes_after_every_answer_to_question_1(
    cashier: Cashier, rung: str, keys: tuple[str, ...], outcome: Outcome
) -> None:
    ring(cashier, rung)
    cashier.press(*keys)
    assert asked(cashier) == "shake-m"
    prompt = question(cashier)
    assert prompt.number == 2
    assert prompt.previous is not None
    assert prompt.previous.outcome is outcome
    cashier.press("n", "a")
    assert [row.outcome for row in ledger(cashier.register)] == [outcome, Outcome.DECLINED]


def test_rule_2_question_1_is_an_upsell_and_question_2_a_cross_sell(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    first = question(cashier)
    cashier.press("j")
    second = question(cashier)
    for prompt, kind in ((first, UPSELL), (second, CROSS_SELL)):
        assert {offer.kind for offer in prompt.question.candidates} == {kind}


def test_rule_2_what_answer_1_put_into_the_order_changes_question_2(cashier: Cashier) -> None:
    for sku in ("shake-m", "nuggets-6"):
        cashier.register.do(stock.eighty_six, sku)
    ring(cashier, "salad", "cheeseburger")
    cashier.press("n")
    assert asked(cashier) == "cola-m"
    cashier.press("backspace", "j")
    assert asked(cashier) == "coffee-s"


def test_rule_2_never_more_than_two_offers_are_answered(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n", "n")
    for sku in ("coffee-m", "fries-m", "latte", "juice"):
        cashier.press("escape")
        ring(cashier, sku)
        assert cashier.counter.state == "payment"


@pytest.mark.parametrize("till", ["1", "2"])
def test_rule_2_a_refusal_stays_with_the_order_when_it_is_held_and_recalled(
    cashier: Cashier, folder: Path, till: str
) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n", "f9")
    later = cashier if till == "1" else again(cashier, folder, till)
    later.press("f10", "enter")
    assert asked(later) == "shake-m"
    later.press("n", "a")
    assert [row.outcome for row in ledger(later.register)] == [Outcome.DECLINED] * 2


def test_rule_2_a_refusal_stays_with_the_order_when_it_is_edited(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n", "escape", "+", "+", "enter")
    assert asked(cashier) == "shake-m"


# rule 3


@pytest.mark.parametrize(
    ("in_order", "never"),
    [
        (("cheeseburger", "shake-m"), "shake-m"),
        (("cheeseburger", "nuggets-6"), "nuggets-6"),
        (("salad", "cheeseburger-meal-l"), "cola-m"),
        (("salad", "fanta-m", "cola-m"), "cola-m"),
    ],
    ids=str,
)
def test_rule_3_nothing_is_offered_that_is_already_in_the_order(
    cashier: Cashier, in_order: tuple[str, ...], never: str
) -> None:
    for sku in in_order:
        cashier.register.do(ringing.ring, sku)
    assert never not in shown_offers(cashier)


def shown_offers(cashier: Cashier) -> set[str]:
    """Every candidate of both questions of the order, each with a no."""
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter")
    found: set[str] = set()
    for _ in range(12):
        if cashier.counter.state == "question":
            found |= {offer.sku or str(offer.modifier) for offer in question(cashier).question.candidates}
        if cashier.counter.state == "payment":
            break
        cashier.press({"question": "n", "stop": "="}.get(cashier.counter.state, "1"))
    assert found
    return found


def test_rule_3_nothing_is_offered_on_the_top_step(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger-meal-l")
    settle_questions(cashier, "n")
    assert reasons(cashier)[UPSELL] is Reason.TOP_STEP


@pytest.mark.parametrize("gone", ["shake-m", "cheeseburger-meal-m", "nuggets-6"])
def test_rule_3_nothing_is_offered_that_is_sold_out(cashier: Cashier, gone: str) -> None:
    cashier.register.do(stock.eighty_six, gone)
    cashier.register.do(ringing.ring, "cheeseburger")
    assert gone not in shown_offers(cashier)


def test_rule_3_nothing_is_offered_from_a_machine_that_is_down(cashier: Cashier) -> None:
    items = {**MENU.items, "cheeseburger": replace(MENU.items["cheeseburger"], made_on=None)}
    put_menu(cashier.register.store, replace(MENU, items=items), PAIRINGS, NOW)
    cashier.register.catch_up()
    cashier.register.do(ringing.ring, "cheeseburger")
    cashier.register.do(stock.eighty_six, machine="grill")
    assert "double" not in shown_offers(cashier)


def test_rule_3_nothing_is_offered_out_of_its_daypart(cashier: Cashier, folder: Path) -> None:
    cashier.register.do(ringing.ring, "coffee-m")
    assert "egg-roll" not in shown_offers(cashier)
    clock = Clock(BREAKFAST)
    early = Cashier(a_register(folder, till="early", clock=clock), clock)
    early.register.do(ringing.ring, "coffee-m")
    assert "egg-roll" in shown_offers(early)


@pytest.mark.parametrize(
    ("allergen", "rung", "never"),
    [
        ("milk", "cheeseburger", {"shake-m", "cheeseburger-meal-m", "double"}),
        ("nuts", "coffee-m", {"brownie", "muffin", "cookie"}),
        ("sesame", "cheeseburger", {"cheeseburger-meal-m", "double"}),
        ("mustard", "cheeseburger", {"extra-bacon"}),
    ],
)
def test_rule_3_nothing_is_offered_that_may_hold_a_noted_allergen(
    cashier: Cashier, allergen: str, rung: str, never: set[str]
) -> None:
    cashier.register.do(ringing.ring, rung)
    cashier.register.do(ringing.note_allergen, allergen)
    assert shown_offers(cashier).isdisjoint(never)


def test_rule_3_nothing_with_an_age_limit_is_offered(cashier: Cashier) -> None:
    cashier.register.do(ringing.ring, "cheeseburger")
    assert "beer-m" not in shown_offers(cashier)


def test_rule_3_an_offer_is_checked_again_before_it_is_shown_once_more(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n")
    assert asked(cashier) == "shake-m"
    cashier.press("escape")
    cashier.register.do(ringing.note_allergen, "milk")
    cashier.press("enter", "=")
    assert asked(cashier) == "nuggets-6"


# rule 4


def test_rule_4_a_tile_states_nothing_about_size(cashier: Cashier) -> None:
    ring(cashier, "fries-m")
    assert asked(cashier) == "fries-l"


@pytest.mark.parametrize(
    ("mark", "size", "reason"),
    [("=", "fries-m", Reason.SIZE_STATED), ("<", "fries-s", Reason.SIZE_STATED), (">", "fries-l", Reason.TOP_STEP)],
)
def test_rule_4_a_size_that_was_said_is_not_asked_for_again(
    cashier: Cashier, mark: str, size: str, reason: Reason
) -> None:
    ring_tile(cashier, "fries-m")
    cashier.press(mark)
    assert the_line(cashier, size).size_said
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter")
    assert asked(cashier) == "cola-m"
    cashier.press("n")
    assert reasons(cashier) == {UPSELL: reason, CROSS_SELL: None}


def test_rule_4_a_size_taken_off_again_is_asked_for(cashier: Cashier) -> None:
    ring_tile(cashier, "fries-m")
    cashier.press("=", "=")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter")
    assert asked(cashier) == "fries-l"


def test_rule_4_a_said_size_of_one_line_says_nothing_of_another(cashier: Cashier) -> None:
    ring_tile(cashier, "fries-m")
    cashier.press("=")
    ring(cashier, "cola-m")
    assert asked(cashier) == "cola-l"
    assert the_line(cashier, "fries-m").size_said
    assert lines(cashier) == ["1 fries-m", "1 cola-m"]
