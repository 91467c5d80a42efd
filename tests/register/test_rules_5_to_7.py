"""Rules 5 to 7: an upgrade replaces its line, one question covers all lines, and the money in it is the money paid."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.menu.items import Sku
from pos.domain.order.questions import Outcome
from pos.domain.prompts import PaymentPrompt, Phrase
from pos.domain.sale.ledger import EventName
from pos.register.verbs import ringing
from tests.builders import FLAVOURS, MENU, NOW, PAIRINGS, TAKE_AWAY, kr
from tests.office_acts import put_menu
from tests.register.shops import asked, events, ledger, lines, question, ring, ring_tile, the_line
from tests.rig import Cashier

# rule 5


def test_rule_5_an_accepted_upgrade_replaces_its_line_and_keeps_modifiers_and_note(cashier: Cashier) -> None:
    line = cashier.register.do(ringing.ring, "cheeseburger").result
    cashier.register.do(ringing.modify, line, "no-onion")
    cashier.register.do(ringing.modify, line, "extra-bacon")
    cashier.register.do(ringing.note, "Godt stekt", line)
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter", "j")
    (meal,) = cashier.register.view.order.lines
    assert (meal.sku, meal.id) == ("cheeseburger-meal-m", line)
    assert (meal.modifiers, meal.note) == (("no-onion", "extra-bacon"), "Godt stekt")
    assert cashier.register.view.priced.total == kr(139)


def test_rule_5_a_target_that_does_not_take_a_modifier_is_not_offered(cashier: Cashier) -> None:
    line = cashier.register.do(ringing.ring, "cheeseburger").result
    cashier.register.do(ringing.modify, line, "no-onion")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter")
    offered = {offer.sku for offer in question(cashier).question.candidates}
    assert "double" not in offered
    assert "cheeseburger-meal-m" in offered


def test_rule_5_undo_restores_the_line_as_it_was(cashier: Cashier) -> None:
    line = cashier.register.do(ringing.ring, "cheeseburger").result
    cashier.register.do(ringing.modify, line, "no-onion")
    ring(cashier, "fries-m")
    before = cashier.register.view.order.lines
    cashier.press("j")
    assert lines(cashier) == ["1 cheeseburger-meal-m"]
    cashier.press("backspace")
    assert cashier.register.view.order.lines == before
    assert cashier.register.view.priced.total == kr(89 + 35)


def test_rule_5_item_to_meal_takes_up_loose_lines_that_fill_its_slots(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger", "fanta-m")
    cashier.press("j")
    assert lines(cashier) == ["1 cheeseburger-meal-m"]
    assert the_line(cashier, "cheeseburger-meal-m").filling("drink-m") == "fanta-m"


def test_rule_5_a_meal_made_large_keeps_what_was_chosen_in_its_slots(cashier: Cashier) -> None:
    meal = cashier.register.do(ringing.ring, "cheeseburger-meal-m").result
    cashier.register.do(ringing.fill, meal, "drink-m", "fanta-m")
    cashier.register.do(ringing.fill, meal, "side-m", "nuggets-4")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter", "j")
    assert dict(the_line(cashier, "cheeseburger-meal-l").fillings) == {"side-l": "nuggets-6", "drink-l": "fanta-l"}


# rule 6


def test_rule_6_one_question_covers_all_lines_that_can_take_the_same_step(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger-meal-m", "3")
    cashier.register.do(ringing.ring, "bag")
    meal = cashier.register.do(ringing.ring, "cheeseburger-meal-m", 2).result
    cashier.register.do(ringing.modify, meal, "no-onion")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter")
    prompt = question(cashier)
    assert (prompt.question.count, prompt.phrase, prompt.difference.more) == (5, Phrase.MANY, kr(75))
    cashier.press("j")
    assert lines(cashier) == ["3 cheeseburger-meal-l", "1 bag", "2 cheeseburger-meal-l"]
    assert asked(cashier) == "shake-m"


def test_rule_6_fewer_than_all_splits_the_line_and_is_one_decision(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger-meal-m", "5")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter", "-", "-", "-")
    prompt = question(cashier)
    assert (prompt.question.count, prompt.difference.more) == (2, kr(30))
    cashier.press("j")
    assert sorted(lines(cashier)) == ["2 cheeseburger-meal-l", "3 cheeseburger-meal-m"]
    answer = next(event for event in events(cashier.register) if event.name is EventName.ANSWERED)
    assert (answer.outcome, answer.count, answer.units) == (Outcome.ACCEPTED, 2, 5)
    cashier.press("n", "a")
    up, _ = ledger(cashier.register)
    assert (up.count, up.units, up.kept, up.gain) == (2, 5, 2, kr(30))


@pytest.mark.parametrize(("keys", "count"), [("+", 5), ("-----", 1), ("--+", 4)])
def test_rule_6_how_many_stays_between_one_and_all(cashier: Cashier, keys: str, count: int) -> None:
    ring_tile(cashier, "cheeseburger-meal-m", "5")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter", *keys)
    assert question(cashier).question.count == count
    assert question(cashier).difference.more == kr(15 * count)


def test_rule_6_one_of_many_is_asked_in_the_plain_words(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger-meal-m", "2")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter", "-")
    assert question(cashier).phrase is Phrase.SAY


def test_rule_6_several_of_a_cross_sell_are_one_decision(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n", "+", "+")
    assert question(cashier).difference.more == kr(135)
    cashier.press("2")
    shakes = the_line(cashier, "shake-m")
    assert (shakes.quantity, shakes.modifiers) == (3, ("chocolate",))
    cashier.press("a")
    _, cross = ledger(cashier.register)
    assert (cross.count, cross.kept, cross.gain) == (3, 3, kr(135))


def test_rule_6_what_is_rung_after_esc_is_covered_too(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger-meal-m")
    cashier.press("escape", "+", "+", "enter")
    assert question(cashier).question.count == 3


# rule 7


@pytest.mark.parametrize(
    "in_order",
    [
        ("cheeseburger",),
        ("cheeseburger", "cheeseburger"),
        ("cheeseburger", "fries-m", "cola-m"),
        ("latte",),
        ("coffee-m", "brownie"),
        ("cheeseburger-meal-m", "double", "salad"),
    ],
    ids=str,
)
def test_rule_7_the_difference_in_the_question_is_what_a_yes_adds_to_the_total(
    cashier: Cashier, in_order: tuple[Sku, ...]
) -> None:
    ring(cashier, *in_order)
    for _ in range(2):
        if asked(cashier) is None:
            break
        before = cashier.register.view.priced.total
        shown = question(cashier).difference
        cashier.press("j")
        after = cashier.register.view.priced.total
        assert (after - before, after) == (shown.more, shown.total)
    if cashier.counter.state == "choice":
        cashier.press("1")
    due = cashier.register.view.priced.total
    prompt = cashier.counter.prompt
    assert isinstance(prompt, PaymentPrompt)
    assert prompt.due == due
    cashier.press("a")
    assert cashier.counter.paid is not None
    assert cashier.counter.paid.total == due


def test_rule_7_a_saving_is_said_as_one(cashier: Cashier) -> None:
    ring(cashier, "latte")
    prompt = question(cashier)
    assert asked(cashier) == "muffin"
    assert (prompt.difference.more, prompt.difference.saving) == (kr(19), kr(10))


def test_rule_7_a_threshold_that_a_yes_reaches_is_named(cashier: Cashier) -> None:
    cashier.register.do(ringing.add_code, "HEI")
    ring(cashier, "cheeseburger")
    assert cashier.register.view.priced.total == kr(89)
    prompt = question(cashier)
    assert (prompt.difference.more, prompt.difference.reached) == (kr(5), MENU.incentives["welcome"].name)


def test_rule_7_a_choice_that_costs_more_is_part_of_the_gain(cashier: Cashier) -> None:
    vanilla, chocolate = FLAVOURS.modifiers
    dearer = replace(FLAVOURS, modifiers=(vanilla, replace(chocolate, price=kr(5))))
    put_menu(cashier.register.store, replace(MENU, groups={**MENU.groups, "flavour": dearer}), PAIRINGS, NOW)
    ring(cashier, "cheeseburger")
    cashier.press("n", "2", "a")
    _, cross = ledger(cashier.register)
    assert cross.gain == kr(50)
