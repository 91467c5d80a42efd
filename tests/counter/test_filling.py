"""What a cashier hears when a thing goes into a meal, and how one more is rung beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.plain.lines import take
from pos.register.verbs import stock
from pos.wording import wording
from tests.builders import MENU, NOW, PAIRINGS, kr, slot
from tests.office_acts import put_menu
from tests.register.shops import lines, ring_tile, the_line
from tests.rig import Cashier


def told(cashier: Cashier) -> tuple[str | None, dict[str, object]]:
    message = cashier.counter.message
    return (None, {}) if message is None else (message.message_id, message.values)


def total(cashier: Cashier) -> int:
    return cashier.register.view.priced.total.minor // 100


def test_the_usual_drink_is_said_to_be_in_the_meal_and_again_it_stands_beside_it(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger-meal-m")
    ring_tile(cashier, "cola-m")
    assert told(cashier) == ("slot-said", {"name": MENU.items["cola-m"].name, "more": kr(0), "price": kr(34)})
    assert total(cashier) == 119
    ring_tile(cashier, "cola-m")
    assert told(cashier) == (None, {})
    assert (lines(cashier), total(cashier)) == (["1 cheeseburger-meal-m", "1 cola-m"], 153)


def test_another_drink_is_said_to_replace_the_usual_one(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger-meal-m")
    ring_tile(cashier, "fanta-m")
    message, values = told(cashier)
    assert (message, values["before"]) == ("slot-replaced", MENU.items["cola-m"].name)


def test_a_supplement_is_said(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger-meal-m")
    ring_tile(cashier, "latte")
    message, values = told(cashier)
    assert (message, values["more"], values["price"]) == ("slot-replaced-dearer", kr(15), kr(46))
    assert total(cashier) == 119 + 15


def test_of_several_meals_one_is_filled_and_a_typed_one_stands_beside_them(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger-meal-m", "3")
    ring_tile(cashier, "fanta-m")
    message, values = told(cashier)
    assert (message, values["units"]) == ("slot-among-replaced", 3)
    ring_tile(cashier, "fanta-m")
    assert told(cashier)[1]["units"] == 2
    ring_tile(cashier, "fanta-m", "1")
    assert told(cashier) == (None, {})
    assert lines(cashier) == [*["1 cheeseburger-meal-m"] * 3, "1 fanta-m"]


@pytest.mark.parametrize("route", ["tile", "code", "scan", "find", "plain"])
def test_it_is_said_on_every_route(cashier: Cashier, route: str) -> None:
    menu = MENU
    juice = replace(menu.items["juice"], plu="71")
    slots = {**menu.slots, "drink-m": slot("drink-m", "cola-m", "juice", default="cola-m")}
    put_menu(cashier.register.store, replace(menu, items={**menu.items, "juice": juice}, slots=slots), PAIRINGS, NOW)
    cashier.register.catch_up()
    ring_tile(cashier, "cheeseburger-meal-m")
    if route == "tile":
        ring_tile(cashier, "juice")
    elif route == "code":
        cashier.press("7", "1", "enter")
    elif route == "scan":
        cashier.type_fast(f"{juice.barcode}\n")
    elif route == "find":
        cashier.press("/", *"juice", "enter")
    else:
        take(cashier.counter, str(juice.barcode))
    assert told(cashier)[0] == "slot-replaced"
    assert lines(cashier) == ["1 cheeseburger-meal-m"]
    for language in ("nb", "en"):
        message, values = told(cashier)
        assert "25" in wording(language).text(str(message), **values)


def test_a_side_is_said_as_a_drink_is(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger-meal-m")
    ring_tile(cashier, "fries-m")
    assert told(cashier)[0] == "slot-said"


def test_a_meal_whose_usual_drink_is_sold_out_says_that_it_will_be_asked_about(cashier: Cashier) -> None:
    cashier.register.do(stock.eighty_six, "cola-m")
    ring_tile(cashier, "cheeseburger-meal-m")
    assert told(cashier) == ("slot-default-gone", {"name": MENU.items["cola-m"].full_name})


def test_a_step_up_says_what_does_not_come_in_that_size(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger-meal-m")
    ring_tile(cashier, "fanta-m")
    cashier.register.do(stock.eighty_six, "fanta-l")
    cashier.press(">")
    assert told(cashier)[0] == "slot-lost-by-step"
    assert lines(cashier) == ["1 cheeseburger-meal-l"]


def test_a_step_up_that_keeps_everything_says_nothing(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger-meal-m")
    ring_tile(cashier, "fanta-m")
    cashier.press(">")
    assert told(cashier) == (None, {})


def test_a_step_down_from_a_meal_says_what_is_taken_off(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger-meal-m")
    cashier.press("<")
    assert the_line(cashier, "cheeseburger").fillings == ()
    assert told(cashier)[0] == "meal-lost-by-step"


def test_a_change_that_does_not_fit_after_a_step_is_not_dropped_without_a_word(cashier: Cashier) -> None:
    menu = cashier.register.view.menu
    items = {**menu.items, "cheeseburger-meal-m": replace(menu.items["cheeseburger-meal-m"], modifiers=())}
    put_menu(cashier.register.store, replace(menu, items=items), PAIRINGS, NOW)
    cashier.register.catch_up()
    ring_tile(cashier, "cheeseburger")
    cashier.press(".", "1", "escape", ">")
    assert the_line(cashier, "cheeseburger-meal-m").modifiers == ()
    assert told(cashier)[0] == "changes-lost-by-step"
