"""A slot that the menu wants asked: once a line, with counts, and never one that was said."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.prompts import ModifierPrompt, QuestionPrompt, ServingPrompt, SlotPrompt
from pos.register.verbs import ringing, stock
from tests.builders import MENU, NOW, PAIRINGS, TAKE_AWAY, kr
from tests.office_acts import put_menu
from tests.register.shops import lines, ring_tile
from tests.rig import Cashier, a_cashier

ASKED = {name: replace(slot, ask=name.startswith("drink-")) for name, slot in MENU.slots.items()}


def with_asked_drinks(cashier: Cashier) -> Cashier:
    """The cashier at a till whose menu has the drinks of its meals asked."""
    put_menu(cashier.register.store, replace(MENU, slots=ASKED), PAIRINGS, NOW)
    cashier.register.catch_up()
    return cashier


def slot_asked(cashier: Cashier) -> SlotPrompt:
    prompt = cashier.register.view.prompt
    assert isinstance(prompt, SlotPrompt), prompt
    return prompt


def fillings(cashier: Cashier) -> list[tuple[int, str | None]]:
    """How many of each line, and what is in their drink's slot."""
    return [
        (line.quantity, line.filling("drink-m") or line.filling("drink-l"))
        for line in cashier.register.view.order.lines
    ]


def test_a_meals_drink_is_asked_at_checkout_and_its_side_is_not(cashier: Cashier) -> None:
    with_asked_drinks(cashier)
    ring_tile(cashier, "cheeseburger-meal-m")
    cashier.press("enter")
    prompt = slot_asked(cashier)
    assert (prompt.slot.id, prompt.choices, prompt.count) == ("drink-m", ("cola-m", "fanta-m", "latte"), 1)
    cashier.press("2")
    assert fillings(cashier) == [(1, "fanta-m")]
    assert isinstance(cashier.register.view.prompt, ServingPrompt)


def test_the_default_may_be_the_answer_and_is_not_asked_again(cashier: Cashier) -> None:
    with_asked_drinks(cashier)
    ring_tile(cashier, "cheeseburger-meal-m")
    cashier.press("enter", "1", "escape", "enter")
    assert fillings(cashier) == [(1, "cola-m")]
    assert isinstance(cashier.register.view.prompt, ServingPrompt)


def test_a_drink_that_was_said_is_not_asked(cashier: Cashier) -> None:
    with_asked_drinks(cashier)
    ring_tile(cashier, "cheeseburger-meal-m")
    ring_tile(cashier, "cola-m")
    cashier.press("enter")
    assert lines(cashier) == ["1 cheeseburger-meal-m"]
    assert isinstance(cashier.register.view.prompt, ServingPrompt)


def test_five_meals_are_given_three_colas_and_two_other_drinks(cashier: Cashier) -> None:
    with_asked_drinks(cashier)
    ring_tile(cashier, "cheeseburger-meal-m", "5")
    cashier.press("enter")
    assert slot_asked(cashier).count == 5
    cashier.press("-", "-")
    assert slot_asked(cashier).count == 3
    cashier.press("1")
    assert (slot_asked(cashier).line.quantity, slot_asked(cashier).count) == (2, 2)
    cashier.press("2")
    assert sorted(fillings(cashier)) == [(2, "fanta-m"), (3, "cola-m")]
    assert isinstance(cashier.register.view.prompt, ServingPrompt)
    assert cashier.register.view.priced.total == kr(5 * 119 - 40)


def test_one_more_than_all_of_them_is_one(cashier: Cashier) -> None:
    with_asked_drinks(cashier)
    ring_tile(cashier, "cheeseburger-meal-m", "5")
    cashier.press("enter", "+")
    assert slot_asked(cashier).count == 1
    cashier.press("-")
    assert slot_asked(cashier).count == 5
    cashier.press("+", "3", "+", "2")
    assert sorted(fillings(cashier)) == [(1, "fanta-m"), (1, "latte"), (3, "cola-m")]
    assert slot_asked(cashier).count == 3
    assert cashier.register.view.priced.total == kr(5 * 119 + 15 - 40)


def test_taking_back_puts_the_line_together_again(cashier: Cashier) -> None:
    with_asked_drinks(cashier)
    ring_tile(cashier, "cheeseburger-meal-m", "5")
    cashier.press("enter")
    before = cashier.register.view.order.lines
    cashier.press("-", "-", "1", "backspace")
    assert cashier.register.view.order.lines == before
    assert slot_asked(cashier).count == 3
    cashier.press("backspace", "backspace")
    assert slot_asked(cashier).count == 5


def test_going_back_to_ringing_forgets_for_how_many_the_choice_was(cashier: Cashier) -> None:
    with_asked_drinks(cashier)
    ring_tile(cashier, "cheeseburger-meal-m", "5")
    cashier.press("enter", "-", "escape", "enter")
    assert slot_asked(cashier).count == 5


def test_a_single_meal_has_no_fewer_and_no_more(cashier: Cashier) -> None:
    with_asked_drinks(cashier)
    ring_tile(cashier, "cheeseburger-meal-m")
    cashier.press("enter", "+")
    assert cashier.said == "wrong-key"
    assert slot_asked(cashier).count == 1


def test_a_flavour_is_chosen_for_some_of_a_line_as_a_drink_is(cashier: Cashier) -> None:
    ring_tile(cashier, "shake-m", "3")
    cashier.press("enter", "-", "1")
    prompt = cashier.register.view.prompt
    assert isinstance(prompt, ModifierPrompt)
    assert (prompt.line.quantity, prompt.count) == (1, 1)
    cashier.press("2")
    rows = [(line.quantity, line.modifiers) for line in cashier.register.view.order.lines]
    assert sorted(rows) == [(1, ("chocolate",)), (2, ("vanilla",))]


def test_a_slot_without_a_default_is_filled_for_some_of_a_line_too(cashier: Cashier) -> None:
    ring_tile(cashier, "kids-meal", "3")
    cashier.press("enter", "+", "2", "1")
    drinks = [(line.quantity, line.filling("drink-kids")) for line in cashier.register.view.order.lines]
    assert sorted(drinks) == [(1, "cola-s"), (2, "juice")]


def test_a_meal_that_a_yes_brought_has_its_drink_asked_before_question_two(cashier: Cashier) -> None:
    with_asked_drinks(cashier)
    ring_tile(cashier, "cheeseburger")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter", "j")
    assert slot_asked(cashier).slot.id == "drink-m"
    cashier.press("2")
    prompt = cashier.register.view.prompt
    assert isinstance(prompt, QuestionPrompt)
    assert prompt.number == 2
    assert fillings(cashier) == [(1, "fanta-m")]


def test_a_larger_meal_keeps_the_drink_that_was_said_and_does_not_ask_again(cashier: Cashier) -> None:
    with_asked_drinks(cashier)
    ring_tile(cashier, "cheeseburger-meal-m")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter", "2", "j")
    assert lines(cashier) == ["1 cheeseburger-meal-l"]
    assert fillings(cashier) == [(1, "fanta-l")]
    assert isinstance(cashier.register.view.prompt, QuestionPrompt)


def test_what_has_only_one_answer_is_not_asked(cashier: Cashier) -> None:
    with_asked_drinks(cashier)
    for sku in ("fanta-m", "latte"):
        cashier.register.do(stock.eighty_six, sku)
    ring_tile(cashier, "cheeseburger-meal-m")
    cashier.press("enter")
    assert isinstance(cashier.register.view.prompt, ServingPrompt)


def test_a_restart_asks_for_as_many_as_were_meant(cashier: Cashier) -> None:
    with_asked_drinks(cashier)
    ring_tile(cashier, "cheeseburger-meal-m", "5")
    cashier.press("enter", "-", "-", "1", "+")
    before = slot_asked(cashier)
    folder = cashier.register.store.path.parent
    cashier.register.store.close()
    assert slot_asked(a_cashier(folder)) == before


def test_a_menu_keeps_what_it_wants_asked(cashier: Cashier) -> None:
    with_asked_drinks(cashier)
    assert cashier.register.store.menu.load().slots == ASKED
