"""The panels over ringing: find, a line's slots and modifiers, allergens."""

from __future__ import annotations

import pytest

from pos.counter.panels.ringing import AllergensPanel, FindPanel
from pos.domain.menu.allergens import AllergenState
from pos.domain.menu.items import Sku
from pos.register.verbs import ringing, stock
from tests.builders import kr
from tests.register.shops import asked, lines, question, ring, ring_tile, settle_questions, the_line
from tests.rig import Cashier


def choose(cashier: Cashier, sku: Sku, quantity: int = 1) -> None:
    """Ring a thing without its tile; its line is the chosen one."""
    cashier.counter.ring(cashier.register.view.menu.items[sku], quantity)


# find


@pytest.mark.parametrize(
    ("typed", "moves", "found"),
    [
        ("jui", (), "juice"),
        ("JUICE", (), "juice"),
        ("shake", (), "shake-m"),
        ("fanta", ("down",), "fanta-l"),
        ("fanta", ("down", "down", "down", "up"), "fanta-m"),
        ("4", ("down",), "bag"),
        ("19", ("down", "down"), "cookie"),
    ],
)
def test_find_rings_the_hit_that_is_chosen(cashier: Cashier, typed: str, moves: tuple[str, ...], found: str) -> None:
    cashier.press("/", *typed, *moves, "enter")
    assert lines(cashier) == [f"1 {found}"]
    assert cashier.counter.state == "ringing"


def test_find_by_price_shows_what_costs_at_most_that_the_cheapest_first(cashier: Cashier) -> None:
    cashier.press("/", *"25")
    panel = cashier.counter.panel
    assert isinstance(panel, FindPanel)
    prices = [item.price for item in panel.hits(cashier.counter)]
    assert prices == sorted(prices)
    assert prices[-1] == kr(25)


def test_find_by_price_leaves_out_what_is_free(cashier: Cashier) -> None:
    cashier.press("/", "4")
    panel = cashier.counter.panel
    assert isinstance(panel, FindPanel)
    assert [item.sku for item in panel.hits(cashier.counter)] == ["bag"]


def test_find_without_a_hit_stays_open_and_says_so(cashier: Cashier) -> None:
    cashier.press("/", *"xyz", "enter")
    assert (cashier.counter.state, cashier.said) == ("find", "nothing-found")
    cashier.press(*["backspace"] * 3, *"bag", "enter")
    assert lines(cashier) == ["1 bag"]


def test_find_takes_the_quantity_typed_before_it(cashier: Cashier) -> None:
    cashier.press("3", "/", *"bag", "enter", *"30*", "/", *"jui", "enter")
    assert lines(cashier) == ["3 bag", "30 juice"]


def test_typing_goes_back_to_the_first_hit(cashier: Cashier) -> None:
    cashier.press("/", *"fant", "down", "a", "enter")
    assert lines(cashier) == ["1 fanta-m"]


def test_find_takes_no_more_than_it_shows(cashier: Cashier) -> None:
    cashier.press("/", *"x" * 60)
    panel = cashier.counter.panel
    assert isinstance(panel, FindPanel)
    assert len(panel.typed) == panel.longest


def test_find_does_not_ring_what_is_sold_out(cashier: Cashier) -> None:
    cashier.register.do(stock.eighty_six, "juice")
    cashier.press("/", *"juice", "enter")
    assert (lines(cashier), cashier.said) == ([], "sold-out-item")


# a line


def test_a_modifier_is_put_on_and_taken_off_with_its_digit(cashier: Cashier) -> None:
    choose(cashier, "cheeseburger")
    cashier.press(".", "3", "1")
    assert cashier.register.view.order.lines[0].modifiers == ("extra-bacon", "no-onion")
    assert cashier.register.view.priced.total == kr(109)
    cashier.press("3", ".")
    assert cashier.register.view.order.lines[0].modifiers == ("no-onion",)
    assert cashier.counter.state == "ringing"


def test_a_full_group_says_so(cashier: Cashier) -> None:
    choose(cashier, "cheeseburger")
    cashier.press(".", *"1234")
    assert cashier.said == "group-full"
    assert len(cashier.register.view.order.lines[0].modifiers) == 3


def test_a_group_of_one_takes_the_new_one_for_the_old(cashier: Cashier) -> None:
    choose(cashier, "shake-m")
    cashier.press(".", "1", "2")
    assert cashier.register.view.order.lines[0].modifiers == ("chocolate",)


def test_a_slot_is_filled_with_two_digits(cashier: Cashier) -> None:
    cashier.press("b", ".", "2", "3")
    assert cashier.counter.state == "line"
    assert the_line(cashier, "cheeseburger-meal-m").filling("drink-m") == "latte"
    assert cashier.register.view.priced.total == kr(134)
    cashier.press("1", "escape", "escape")
    assert cashier.counter.state == "ringing"


def test_what_is_sold_out_is_no_choice_for_a_slot(cashier: Cashier) -> None:
    cashier.register.do(stock.eighty_six, "fanta-m")
    cashier.press("b", ".", "2")
    assert cashier.counter.panel is not None
    assert [entry.key for entry in cashier.counter.panel.entries(cashier.counter)] == ["1", "2"]


def test_a_thing_without_slots_or_modifiers_has_nothing_to_change(cashier: Cashier) -> None:
    choose(cashier, "bag")
    cashier.press(".")
    assert (cashier.counter.state, cashier.said) == ("ringing", "nothing-to-change")


def test_the_chosen_line_is_the_one_that_changes(cashier: Cashier) -> None:
    for sku in ("cheeseburger", "bag", "juice"):
        cashier.register.do(ringing.ring, sku)
    cashier.press("up", "up", ".", "1", "escape", "down", "+", "down", "delete")
    assert lines(cashier) == ["1 cheeseburger", "2 bag"]
    assert cashier.register.view.order.lines[0].modifiers == ("no-onion",)


def test_the_last_one_goes_with_its_line(cashier: Cashier) -> None:
    choose(cashier, "bag", 2)
    cashier.press("-", "-")
    assert lines(cashier) == []


def test_a_drink_rung_while_a_meal_is_chosen_fills_its_slot_once(cashier: Cashier) -> None:
    cashier.register.do(ringing.ring, "cheeseburger-meal-m")
    ring_tile(cashier, "fanta-m")
    assert lines(cashier) == ["1 cheeseburger-meal-m"]
    cashier.press("c")
    assert lines(cashier) == ["1 cheeseburger-meal-m", "1 fanta-m"]


def test_a_drink_for_one_of_three_meals_splits_the_line(cashier: Cashier) -> None:
    cashier.register.do(ringing.ring, "cheeseburger-meal-m", 3)
    ring_tile(cashier, "fanta-m")
    assert lines(cashier) == ["2 cheeseburger-meal-m", "1 cheeseburger-meal-m"]
    assert [line.filling("drink-m") for line in cashier.register.view.order.lines] == ["cola-m", "fanta-m"]


# allergens


def test_all_four_states_of_the_chosen_line_can_be_read(cashier: Cashier) -> None:
    cashier.register.do(ringing.ring, "cookie")
    cashier.press("!")
    panel = cashier.counter.panel
    assert isinstance(panel, AllergensPanel)
    about = panel.about(cashier.counter)
    assert about is not None
    name, card = about
    assert name.nb == "cookie"
    assert card.state("gluten") is AllergenState.CONTAINS
    assert card.state("nuts") is AllergenState.UNKNOWN
    assert card.state("milk") is AllergenState.NO
    assert len(panel.entries(cashier.counter)) == 14


def test_tab_and_a_letter_look_at_a_tile(cashier: Cashier) -> None:
    cashier.press("right", "!", "tab", "b")
    panel = cashier.counter.panel
    assert isinstance(panel, AllergensPanel)
    about = panel.about(cashier.counter)
    assert about is not None
    assert about[1].state("sesame") is AllergenState.MAY_CONTAIN
    assert lines(cashier) == []


def test_at_a_question_the_card_is_that_of_what_is_offered(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n")
    prompt = question(cashier)
    offered = cashier.register.view.menu.items[prompt.question.offer.sku or ""]
    cashier.press("!")
    panel = cashier.counter.panel
    assert isinstance(panel, AllergensPanel)
    assert panel.about(cashier.counter) == (offered.full_name, prompt.allergens)


def test_an_allergy_is_noted_on_the_order_and_taken_off(cashier: Cashier) -> None:
    cashier.press("b", "!", "7", "!")
    assert cashier.register.view.order.allergens == frozenset({"milk"})
    cashier.press("!", "7", "enter")
    assert cashier.register.view.order.allergens == frozenset()
    assert cashier.counter.state == "ringing"


def test_an_allergy_noted_at_the_question_changes_the_offer_at_once(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n")
    assert asked(cashier) == "shake-m"
    cashier.press("!", "7", "escape")
    assert cashier.counter.state == "stop"  # the cheeseburger itself has milk
    cashier.press("=")
    assert asked(cashier) == "nuggets-6"


def test_only_the_flavours_without_a_noted_allergen_are_offered(cashier: Cashier) -> None:
    cashier.register.do(ringing.note_allergen, "soybeans")
    ring(cashier, "cheeseburger")
    cashier.press("n")
    group = question(cashier).choices
    assert group is not None
    assert [entry.id for entry in group.modifiers] == ["vanilla"]
    cashier.press("2")
    assert cashier.said == "no-such-choice"
    cashier.press("j")
    settle_questions(cashier)
    assert the_line(cashier, "shake-m").modifiers == ("vanilla",)
