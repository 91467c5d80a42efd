"""The same again, a till that serves only one way, and customers who are not present."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.cli.grammar import Usage, parse
from pos.domain.menu.items import ServingMode
from pos.domain.order.questions import Outcome, Reason
from pos.domain.prompts import PaymentPrompt, ServingPrompt
from pos.register.verbs import ringing, stock
from tests.builders import EAT_IN, TAKE_AWAY
from tests.register.shops import ledger, lines, ring_tile
from tests.rig import Cashier, Clock, a_cashier, a_register


def test_the_same_again_is_a_line_of_its_own_that_can_differ(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger")
    cashier.press(".", "1", "enter", '"')
    assert cashier.said == "same-again"
    first, second = cashier.register.view.order.lines
    assert (first.sku, first.modifiers) == (second.sku, second.modifiers) == ("cheeseburger", ("no-onion",))
    assert cashier.counter.line == second
    cashier.press(".", "1", "enter")
    assert [line.modifiers for line in cashier.register.view.order.lines] == [("no-onion",), ()]


def test_the_same_again_is_one_of_several_and_stands_right_after_them(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger-meal-m", "3")
    ring_tile(cashier, "fanta-m", "1")
    cashier.press("up", '"')
    assert lines(cashier) == ["3 cheeseburger-meal-m", "1 cheeseburger-meal-m", "1 fanta-m"]
    cashier.press("backspace")
    assert lines(cashier) == ["3 cheeseburger-meal-m", "1 fanta-m"]


def test_the_same_again_keeps_what_was_said_of_the_meal(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger-meal-m")
    ring_tile(cashier, "fanta-m")
    cashier.press('"')
    first, second = cashier.register.view.order.lines
    assert (first.fillings, first.chosen) == (second.fillings, second.chosen)


def test_what_has_sold_out_is_not_rung_again(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger")
    cashier.register.do(stock.eighty_six, "cheeseburger")
    cashier.press('"')
    assert cashier.said is not None
    assert lines(cashier) == ["1 cheeseburger"]


def drive_through(folder: Path, mode: ServingMode = TAKE_AWAY) -> Cashier:
    clock = Clock()
    register = a_register(folder, clock=clock)
    register.setup = replace(register.setup, serving=mode)
    return Cashier(register, clock)


@pytest.mark.parametrize("mode", [EAT_IN, TAKE_AWAY])
def test_a_till_that_serves_only_one_way_does_not_ask_which(folder: Path, mode: ServingMode) -> None:
    cashier = drive_through(folder, mode)
    ring_tile(cashier, "fries-m")
    assert cashier.register.view.order.serving_mode is mode
    cashier.press("enter")
    assert not isinstance(cashier.register.view.prompt, ServingPrompt)


def test_space_still_changes_it_for_one_order_and_the_next_is_as_before(folder: Path) -> None:
    cashier = drive_through(folder)
    ring_tile(cashier, "fries-m")
    cashier.press("space")
    assert cashier.register.view.order.serving_mode is EAT_IN
    cashier.press("space")
    assert cashier.register.view.order.serving_mode is TAKE_AWAY
    cashier.press("backspace", "backspace", "backspace")
    assert cashier.register.view.order.is_untouched()


def test_an_order_without_lines_has_no_way_of_serving_yet(folder: Path) -> None:
    cashier = drive_through(folder)
    cashier.register.do(ringing.note, "Ring på")
    assert cashier.register.view.order.serving_mode is None


@pytest.mark.parametrize(
    ("given", "environment", "serving"),
    [
        (["--serving", "take-away"], {}, "take-away"),
        ([], {"POS_SERVING": "eat-in"}, "eat-in"),
        (["--serving", "eat-in"], {"POS_SERVING": "take-away"}, "eat-in"),
        ([], {}, ""),
    ],
)
def test_how_a_till_serves_is_said_when_it_starts(given: list[str], environment: dict[str, str], serving: str) -> None:
    assert parse(given, environment).text("serving") == serving


def test_a_way_of_serving_that_there_is_not_is_refused() -> None:
    with pytest.raises(Usage, match="drive-in"):
        parse([], {"POS_SERVING": "drive-in", "POS_LANG": "en"})


def test_a_customer_who_is_not_present_is_asked_nothing_and_it_stands_in_the_ledger(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter", "x", "4")
    assert cashier.register.view.order.exempt is Reason.NOT_PRESENT
    assert isinstance(cashier.register.view.prompt, PaymentPrompt)
    before = cashier.register.view.priced.total
    cashier.press("a")
    up, cross = ledger(cashier.register)
    assert (up.outcome, up.reason) == (cross.outcome, cross.reason) == (Outcome.NOT_APPLICABLE, Reason.NOT_PRESENT)
    assert cashier.register.view.finished is not None
    assert cashier.register.view.finished.total == before


def test_what_was_rung_again_is_there_after_a_restart(cashier: Cashier, folder: Path) -> None:
    ring_tile(cashier, "cheeseburger")
    cashier.press('"')
    before = cashier.register.view.order
    cashier.register.store.close()
    assert a_cashier(folder).register.view.order == before
