"""The one stop before the questions: what cannot be sold any more, and what holds a noted allergen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.errors import Refused
from pos.domain.menu.items import SlotChoice
from pos.domain.prompts import StopPrompt
from pos.plain.speech import hear
from pos.register.verbs import checkout, paying, ringing, stock
from tests.builders import MENU, NOW, PAIRINGS, TAKE_AWAY, card, item, kr, menu_of
from tests.office_acts import put_menu
from tests.register.shops import again, lines, ring_tile, settle_questions, the_line
from tests.rig import Cashier, Clock, a_register


def stopped(cashier: Cashier) -> StopPrompt:
    """The stop on the screen; one must stand."""
    prompt = cashier.counter.prompt
    assert isinstance(prompt, StopPrompt), prompt
    return prompt


def stopped_at(cashier: Cashier) -> list[str]:
    """The items of the lines at which checkout stops."""
    return [stop.line.sku for stop in stopped(cashier).stops]


def with_allergy(cashier: Cashier, *skus: str) -> None:
    """Things rung, milk noted on the order, and Enter."""
    for sku in skus:
        ring_tile(cashier, sku)
    cashier.press("!", "7", "escape", "enter")


def test_checkout_stops_at_what_contains_a_noted_allergen(cashier: Cashier) -> None:
    with_allergy(cashier, "cheeseburger", "cola-m", "shake-m")
    stop = stopped(cashier)
    assert [(entry.line.sku, entry.contains) for entry in stop.stops] == [
        ("cheeseburger", ("milk",)),
        ("shake-m", ("milk",)),
    ]


@pytest.mark.parametrize("key", ["enter", "j", "y", "n", "1"])
def test_no_other_key_confirms_anything(cashier: Cashier, key: str) -> None:
    with_allergy(cashier, "cheeseburger")
    before = cashier.register.view.order
    cashier.press(key)
    assert cashier.register.view.order == before
    assert cashier.said in ("stop-first", "wrong-key")
    assert cashier.counter.state == "stop"


def test_each_line_is_confirmed_by_itself_and_then_the_questions_come(cashier: Cashier) -> None:
    with_allergy(cashier, "cheeseburger", "shake-m")
    cashier.press("=")
    assert stopped_at(cashier) == ["shake-m"]
    cashier.press("=")
    assert cashier.counter.state in ("choice", "serving")
    settle_questions(cashier)
    cashier.press("a")
    assert cashier.counter.paid is not None


def test_a_confirmation_stays_with_the_line_through_a_restart_hold_and_recall(cashier: Cashier, folder: Path) -> None:
    with_allergy(cashier, "cheeseburger")
    cashier.press("=", "escape")
    later = again(cashier, folder)
    confirmed = later.register.view.order.lines[0].confirmed
    assert confirmed is not None
    assert confirmed.contains == ("milk",)
    later.press("f9", "f10", "enter")
    assert later.counter.state == "serving"


def test_a_confirmation_is_taken_back_with_one_key(cashier: Cashier) -> None:
    with_allergy(cashier, "cheeseburger")
    cashier.press("=")
    assert cashier.counter.state == "serving"
    cashier.press("backspace")
    assert stopped_at(cashier) == ["cheeseburger"]


def test_only_a_line_that_was_changed_afterwards_stops_again(cashier: Cashier) -> None:
    with_allergy(cashier, "cheeseburger", "double")
    cashier.press("=", "=", "escape")
    cashier.counter.chosen = the_line(cashier, "cheeseburger").id
    cashier.press(".", "1", "escape", "enter")
    assert stopped_at(cashier) == ["cheeseburger"]
    cashier.press("=", "escape")
    cashier.counter.chosen = the_line(cashier, "double").id
    cashier.press("+", "enter")
    assert stopped_at(cashier) == ["double"]
    cashier.press("=", "escape", "-", "enter")
    assert cashier.counter.state == "serving"


def test_another_allergy_stops_at_a_confirmed_line_again(cashier: Cashier) -> None:
    with_allergy(cashier, "cheeseburger")
    cashier.press("=", "escape", "!", "1", "escape", "enter")
    (stop,) = stopped(cashier).stops
    assert stop.contains == ("gluten",)


def test_a_change_that_takes_the_allergen_out_ends_the_stop(cashier: Cashier) -> None:
    with_allergy(cashier, "cheeseburger")
    cashier.press(".", "2", "escape")
    assert cashier.counter.state == "serving"
    assert the_line(cashier, "cheeseburger").modifiers == ("no-cheese",)


def test_a_line_can_be_removed_at_the_stop(cashier: Cashier) -> None:
    with_allergy(cashier, "cheeseburger", "cola-m")
    cashier.press("delete")
    assert (lines(cashier), cashier.counter.state) == (["1 cola-m"], "serving")


def test_an_allergy_noted_on_a_line_is_about_that_line_alone(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger")
    ring_tile(cashier, "double")
    cashier.press("!", "space", "7", "escape", "enter")
    assert cashier.register.view.order.allergens == frozenset()
    assert stopped_at(cashier) == ["double"]


def test_what_is_unknown_is_confirmed_and_what_may_be_is_only_said(cashier: Cashier) -> None:
    pie = replace(item("pie", "meals", 29, 8, card("", "", "milk")), plu="77")
    bun = replace(item("bun", "meals", 19, 8, card("", "milk")), plu="78")
    put_menu(cashier.register.store, menu_of([pie, bun]), (), NOW)
    cashier.register.catch_up()
    cashier.register.do(ringing.note_allergen, "milk")
    cashier.press("7", "8", "enter", "enter")
    assert (cashier.counter.state, cashier.said) == ("serving", "may-contain-noted")
    cashier.press("escape", "7", "7", "enter", "enter")
    stop = stopped(cashier)
    assert [(entry.line.sku, entry.unknown) for entry in stop.stops] == [("pie", ("milk",))]
    assert [line.sku for line, _ in stop.may_contain] == ["bun"]
    cashier.press("=")
    assert cashier.counter.state == "serving"


# what cannot be sold


def test_what_another_till_sold_out_meanwhile_stops_and_cannot_be_confirmed(cashier: Cashier, folder: Path) -> None:
    ring_tile(cashier, "cola-m")
    ring_tile(cashier, "fries-m")
    a_register(folder, till="2", clock=cashier.clock).do(stock.eighty_six, "cola-m", all_sizes=True)
    cashier.counter.chosen = the_line(cashier, "cola-m").id
    cashier.press("+")
    assert cashier.said == "sold-out-item"
    cashier.press("enter")
    assert stopped_at(cashier) == ["cola-m"]
    cashier.press("=")
    assert cashier.said == "cannot-be-confirmed"
    with pytest.raises(Refused, match="cannot-be-confirmed"):
        cashier.register.do(checkout.confirm, the_line(cashier, "cola-m").id)
    cashier.press("delete")
    assert cashier.counter.state == "serving"


@pytest.mark.parametrize("gone", ["fries-m", "cola-m", "cheeseburger"])
def test_a_meal_whose_part_has_sold_out_is_not_paid_without_a_word(cashier: Cashier, gone: str) -> None:
    ring_tile(cashier, "cheeseburger-meal-m")
    cashier.press("enter", "2", "n", "n")
    assert cashier.counter.state == "payment"
    cashier.register.do(stock.eighty_six, gone)
    assert stopped_at(cashier) == ["cheeseburger-meal-m"]
    with pytest.raises(Refused, match="stop-first"):
        cashier.register.do(paying.pay_cash)
    cashier.press("a")
    assert cashier.counter.paid is None


def test_a_filling_that_sold_out_is_changed_at_the_stop(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger-meal-m")
    cashier.register.do(stock.eighty_six, "cola-m")
    cashier.press("enter")
    assert stopped_at(cashier) == ["cheeseburger-meal-m"]
    cashier.press(".", "2", "1", "escape")
    assert cashier.counter.state == "serving"
    assert the_line(cashier, "cheeseburger-meal-m").filling("drink-m") != "cola-m"


def test_money_that_was_taken_before_it_sold_out_ends_the_sale(cashier: Cashier) -> None:
    ring_tile(cashier, "cola-m")
    cashier.press("enter", "2")
    settle_questions(cashier)
    cashier.register.do(paying.pay_cash, kr(10))
    cashier.register.do(stock.eighty_six, "cola-m")
    cashier.register.do(paying.pay_cash)
    assert cashier.register.view.finished is not None


def test_a_breakfast_thing_is_not_paid_after_breakfast(folder: Path) -> None:
    clock = Clock(NOW.replace(hour=10, minute=29))
    early = Cashier(a_register(folder, till="early", clock=clock), clock)
    early.register.do(ringing.ring, "egg-roll")
    clock.pass_(60_000)
    early.press("enter")
    assert stopped_at(early) == ["egg-roll"]


@pytest.mark.parametrize(("minute", "filled"), [(29, "juice"), (30, None)])
def test_a_breakfast_filling_is_no_default_after_breakfast(folder: Path, minute: int, filled: str | None) -> None:
    slot = MENU.slots["drink-m"]
    slots = {**MENU.slots, slot.id: replace(slot, choices=(*slot.choices, SlotChoice("juice")), default="juice")}
    items = {**MENU.items, "juice": replace(MENU.items["juice"], dayparts=("breakfast",))}
    clock = Clock(NOW.replace(hour=10, minute=minute))
    early = Cashier(a_register(folder, till="early", clock=clock), clock)
    put_menu(early.register.store, replace(MENU, slots=slots, items=items), PAIRINGS, NOW)
    early.register.catch_up()
    early.press("b")
    meal = the_line(early, "cheeseburger-meal-m")
    assert meal.filling("drink-m") == filled
    if filled is None:
        with pytest.raises(Refused, match="not-at-this-hour"):
            early.register.do(ringing.fill, meal.id, "drink-m", "juice")
        early.press("enter")
        assert early.counter.state == "choice"
    else:
        clock.pass_(60_000)
        early.press("+")
        assert early.said == "not-at-this-hour"
        early.press("enter")
        assert stopped_at(early) == ["cheeseburger-meal-m"]


def test_alcohol_is_not_sold_to_take_away(cashier: Cashier) -> None:
    ring_tile(cashier, "beer-m")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter")
    assert stopped_at(cashier) == ["beer-m"]
    cashier.press("=")
    assert cashier.said == "cannot-be-confirmed"
    cashier.press("space")
    assert cashier.counter.state != "stop"


def test_alcohol_stops_once_take_away_is_the_answer(cashier: Cashier) -> None:
    ring_tile(cashier, "beer-m")
    cashier.press("enter", "2")
    assert stopped_at(cashier) == ["beer-m"]
    cashier.press("backspace", "1")
    settle_questions(cashier)
    cashier.press("a")
    assert cashier.counter.paid is not None


def hurry(cashier: Cashier, key: str) -> None:
    """A key that comes before anybody can have read what it would answer."""
    cashier.clock.pass_(50)
    cashier.counter.press(key)
    cashier.clock.pass_(60)
    cashier.counter.settle()


def test_a_question_that_the_stop_covered_has_to_be_read_again(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger")
    cashier.press("enter", "2")
    assert cashier.counter.state == "question"
    cashier.press("!", "7", "escape")
    assert cashier.counter.state == "stop"
    cashier.press("=")
    assert cashier.counter.state == "question"
    hurry(cashier, "n")
    assert all(entry.is_open for entry in cashier.register.view.order.questions)
    assert cashier.said == "too-soon"


@pytest.mark.parametrize("key", ["=", "delete"])
def test_a_stop_that_nobody_can_have_read_is_not_answered(cashier: Cashier, key: str) -> None:
    with_allergy(cashier, "cheeseburger")
    cashier.press("escape", "enter")
    before = cashier.register.view.order
    hurry(cashier, key)
    assert cashier.register.view.order == before
    assert (cashier.counter.state, cashier.said) == ("stop", "too-soon")


# a line that cannot be sold any more is marked before checkout


def plain_row(cashier: Cashier, sku: str) -> str:
    """What plain mode says of a line."""
    return hear(cashier.counter).rows[the_line(cashier, sku).id]


def test_a_line_that_sold_out_meanwhile_is_marked_before_checkout(cashier: Cashier, folder: Path) -> None:
    ring_tile(cashier, "cola-m")
    ring_tile(cashier, "cheeseburger-meal-m")
    assert "!" not in plain_row(cashier, "cola-m")
    a_register(folder, till="2", clock=cashier.clock).do(stock.eighty_six, "fries-m")
    cashier.register.catch_up()
    assert cashier.counter.state == "ringing"
    assert plain_row(cashier, "cheeseburger-meal-m").endswith("! fries-m, m er utsolgt.")
    assert "!" not in plain_row(cashier, "cola-m")
    cashier.register.do(stock.eighty_six, "cola-m")
    assert plain_row(cashier, "cola-m").endswith("! utsolgt!")
    cashier.register.do(stock.restore, "cola-m")
    assert "!" not in plain_row(cashier, "cola-m")


def test_alcohol_is_marked_once_it_is_to_be_taken_away(cashier: Cashier) -> None:
    ring_tile(cashier, "beer-m")
    assert "!" not in plain_row(cashier, "beer-m")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    assert plain_row(cashier, "beer-m").endswith("! selges ikke til å ta med!")


def test_what_has_been_paid_for_in_part_is_not_marked(cashier: Cashier) -> None:
    ring_tile(cashier, "cola-m")
    cashier.press("enter", "2")
    settle_questions(cashier)
    cashier.register.do(paying.pay_cash, kr(10))
    cashier.register.do(stock.eighty_six, "cola-m")
    assert "!" not in plain_row(cashier, "cola-m")


def test_the_panel_of_a_line_says_which_filling_has_sold_out(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger-meal-m")
    cashier.register.do(stock.eighty_six, "fries-m")
    cashier.press(".")
    panel = cashier.counter.panel
    assert panel is not None
    said = [row.label.message_id for row in panel.entries(cashier.counter)]
    assert said[:2] == ["slot-row-sold-out", "slot-row"]


def test_plain_mode_says_that_the_customer_confirmed_a_line(cashier: Cashier) -> None:
    with_allergy(cashier, "cheeseburger")
    assert "bekreftet" not in plain_row(cashier, "cheeseburger")
    cashier.press("=")
    assert "bekreftet av kunden" in plain_row(cashier, "cheeseburger")
    cashier.press("escape", "+")
    assert "bekreftet" not in plain_row(cashier, "cheeseburger")


def test_a_slot_with_nothing_left_for_it_is_named_and_opens_no_empty_list(cashier: Cashier) -> None:
    ring_tile(cashier, "kids-meal")
    cashier.register.do(stock.eighty_six, "juice")
    cashier.register.do(stock.eighty_six, "cola-s")
    assert plain_row(cashier, "kids-meal").endswith("! drink-kids er utsolgt.")
    cashier.press(".", "2")
    assert (cashier.counter.state, cashier.said) == ("line", "sold-out-item")


def test_what_the_till_asks_after_the_stop_does_not_stop_it_a_second_time(cashier: Cashier) -> None:
    ring_tile(cashier, "shake-m", "3")
    cashier.press("!", "7", "escape", "enter", "=")
    assert cashier.counter.state == "choice"
    cashier.press("+", "1")
    assert cashier.counter.state == "choice"
    cashier.press("2")
    assert cashier.counter.state == "serving"
    assert [line.stands_confirmed is not None for line in cashier.register.view.order.lines] == [True, True]


def test_an_answer_with_a_noted_allergen_in_it_stops_it_again(cashier: Cashier) -> None:
    ring_tile(cashier, "shake-m")
    cashier.press("!", "7", "6", "escape", "enter", "=")
    cashier.press("2")
    (stop,) = stopped(cashier).stops
    assert "soybeans" in stop.contains
    cashier.press("backspace", "1")
    assert cashier.counter.state == "serving"


def test_a_drink_that_is_asked_after_the_stop_is_confirmed_with_the_meal_unless_it_has_the_allergen(
    cashier: Cashier,
) -> None:
    slots = {**MENU.slots, "drink-m": replace(MENU.slots["drink-m"], ask=True)}
    put_menu(cashier.register.store, replace(MENU, slots=slots), PAIRINGS, NOW)
    cashier.register.catch_up()
    with_allergy(cashier, "cheeseburger-meal-m")
    cashier.press("=")
    assert cashier.counter.state == "choice"
    cashier.press("2")
    assert cashier.counter.state == "serving"
    cashier.press("backspace", "3")
    assert the_line(cashier, "cheeseburger-meal-m").filling("drink-m") == "latte"
    assert stopped_at(cashier) == ["cheeseburger-meal-m"]
