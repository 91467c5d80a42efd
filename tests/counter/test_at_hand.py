"""What the cashier has in hand between two verbs: typed digits, a fixed quantity, the tiles in sight."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.counter import State
from pos.devices import Devices, FakePrinter, FakeTerminal
from pos.domain.order.order import TenderState
from pos.register.verbs import ringing, stock
from tests.builders import MENU, NOW
from tests.office_acts import put_menu
from tests.register.shops import lines, ring, ring_tile, settle_questions
from tests.rig import Cashier, a_register


def test_taking_back_a_code_keeps_the_quantity_before_it(cashier: Cashier) -> None:
    cashier.press(*"3*12", "backspace", "1", "enter")
    assert lines(cashier) == ["3 cheeseburger"]


def test_taking_back_the_quantity_comes_after_the_digits(cashier: Cashier) -> None:
    cashier.press(*"3*1", "backspace", "backspace", *"11", "enter")
    assert lines(cashier) == ["1 cheeseburger"]


@pytest.mark.parametrize("leave", [("f9",), (",", "a")])
def test_digits_typed_for_one_order_mean_nothing_for_the_next(cashier: Cashier, leave: tuple[str, ...]) -> None:
    cashier.press("b", "3", *leave, "b")
    assert lines(cashier) == ["1 cheeseburger-meal-m"]


def test_a_part_payment_typed_and_not_taken_is_no_quantity(cashier: Cashier) -> None:
    ring(cashier, "salad")
    settle_questions(cashier)
    cashier.press("5", "f9", "b")
    assert lines(cashier) == ["1 cheeseburger-meal-m"]


@pytest.mark.parametrize("route", ["tile", "find"])
def test_the_cashier_is_reminded_of_an_age_limit_on_every_route(cashier: Cashier, route: str) -> None:
    if route == "tile":
        ring_tile(cashier, "beer-m")
    else:
        cashier.press("/", *"beer", "enter")
    assert lines(cashier) == ["1 beer-m"]
    assert cashier.said == "check-age"


def test_the_cashier_is_reminded_of_an_age_limit_on_a_scan(cashier: Cashier) -> None:
    beer = replace(MENU.items["beer-m"], barcode="9520001000027")
    store = cashier.register.store
    put_menu(store, replace(MENU, items={**MENU.items, "beer-m": beer}), (), NOW)
    cashier.register.catch_up()
    cashier.type_fast("9520001000027\n")
    assert lines(cashier) == ["1 beer-m"]
    assert cashier.said == "check-age"


def test_a_code_scanned_into_the_search_finds_its_item_and_not_the_cheapest(cashier: Cashier) -> None:
    cashier.press("/").type_fast("9520001000010\n")
    assert lines(cashier) == ["1 juice"]
    cashier.press("/").type_fast("9520001999999\n")
    assert lines(cashier) == ["1 juice"]
    assert cashier.said == "nothing-found"


def test_an_unlikely_quantity_is_refused_by_the_search_too(cashier: Cashier) -> None:
    cashier.press(*"25", "/", *"juice", "enter")
    assert lines(cashier) == []
    assert cashier.said == "quantity-needs-star"


@pytest.mark.parametrize("opened", [(".",), ("!",), (",", "s"), (",",), ("?",)])
def test_a_scan_into_an_open_panel_rings_and_chooses_nothing(cashier: Cashier, opened: tuple[str, ...]) -> None:
    cashier.register.do(ringing.ring, "cheeseburger")
    cashier.press(*opened).type_fast("9520001000010\n")
    assert lines(cashier) == ["1 cheeseburger", "1 juice"]
    assert cashier.register.view.order.allergens == frozenset()
    assert cashier.register.view.order.lines[0].modifiers == ()


def test_a_menu_with_fewer_categories_shows_its_home_page(cashier: Cashier) -> None:
    cashier.press(*["right"] * 7)
    only_burgers = {sku: item for sku, item in MENU.items.items() if item.category == "burgers"}
    menu = replace(MENU, items=only_burgers, slots={}, paths={}, incentives={})
    put_menu(cashier.register.store, menu, (), NOW)
    cashier.register.catch_up()
    assert [item.sku for item in cashier.counter.tiles().values()] == ["cheeseburger", "double"]


def test_a_menu_without_a_tile_can_still_be_rung_by_code(cashier: Cashier) -> None:
    items = {sku: replace(item, tile=False) for sku, item in MENU.items.items()}
    put_menu(cashier.register.store, replace(MENU, items=items), (), NOW)
    cashier.register.catch_up()
    cashier.press("tab")
    assert cashier.said == "no-categories"
    cashier.press("right", "left", "pagedown", "b")
    assert cashier.said == "no-tile"
    assert cashier.counter.pages() == 1
    cashier.press(*"11", "enter")
    assert lines(cashier) == ["1 cheeseburger"]


def test_a_drink_fills_a_slot_in_a_size_that_can_be_had(cashier: Cashier) -> None:
    meal = cashier.register.do(ringing.ring, "cheeseburger-meal-l").result
    cashier.register.do(stock.eighty_six, "fanta-l")
    cashier.register.do(ringing.ring, "fanta-m", onto=meal)
    assert lines(cashier) == ["1 cheeseburger-meal-l", "1 fanta-m"]


# a terminal that answers by itself


def with_terminal(folder: Path, answer: TenderState) -> Cashier:
    register = a_register(folder, till="wired")
    register.devices = Devices(FakePrinter(), FakeTerminal([answer]))
    clock = register.timeline._clock
    return Cashier(register, clock)  # type: ignore[arg-type]  # a_register gave it the rig's clock


def test_a_terminal_that_approves_by_itself_shows_the_paid_order(folder: Path) -> None:
    cashier = with_terminal(folder, TenderState.APPROVED)
    ring(cashier, "salad")
    settle_questions(cashier)
    cashier.press("k")
    assert cashier.counter.state == "paid"


@pytest.mark.parametrize(
    ("answer", "state", "said"),
    [
        (TenderState.DECLINED, "payment", "terminal-declined"),
        (TenderState.UNKNOWN, "terminal", "terminal-unknown"),
    ],
)
def test_what_a_terminal_says_by_itself_is_told(folder: Path, answer: TenderState, state: str, said: str) -> None:
    cashier = with_terminal(folder, answer)
    ring(cashier, "salad")
    settle_questions(cashier)
    cashier.press("v")
    assert (cashier.counter.state, cashier.said) == (state, said)


def test_a_letter_on_the_paid_screen_rings_the_tile_that_it_shows(cashier: Cashier) -> None:
    cashier.press("right", "b", "enter", "2")
    settle_questions(cashier)
    cashier.press("a")
    assert (cashier.counter.state, cashier.counter.category) == (State.PAID, 0)
    shown = cashier.counter.tiles()["b"]
    cashier.press("b")
    assert [line.sku for line in cashier.register.view.order.lines] == [shown.sku]


def test_tiles_that_are_turned_in_a_panel_on_the_paid_screen_stay(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    settle_questions(cashier)
    cashier.press("a", ",", "s", "right", "escape")
    shown = cashier.counter.tiles()["b"]
    cashier.press("b")
    assert [line.sku for line in cashier.register.view.order.lines] == [shown.sku]
