"""Double bacon: a modifier has a most of its own, and counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.counter import Panel
from pos.domain.menu.menu import Menu
from pos.domain.prompts import QuestionPrompt
from pos.register.verbs import ringing, stock
from pos.register.verbs.closing import line_details
from tests.builders import CHANGES, MENU, NOW, PAIRINGS, TAKE_AWAY, ladder
from tests.office_acts import put_menu
from tests.register.shops import ring_tile
from tests.rig import Cashier, a_cashier


def with_double_bacon(cashier: Cashier, *, most: int = 2, paths: bool = False) -> Cashier:
    """The cashier at a till whose burgers can have bacon more than once."""
    modifiers = tuple(
        replace(entry, maximum=most) if entry.id == "extra-bacon" else entry for entry in CHANGES.modifiers
    )
    groups = {**MENU.groups, CHANGES.id: replace(CHANGES, modifiers=modifiers)}
    menu: Menu = replace(MENU, groups=groups)
    if paths:
        bacon = ladder("bacon", "*burgers", "+extra-bacon", "+extra-bacon")
        menu = replace(menu, paths={"bacon": bacon})
    put_menu(cashier.register.store, menu, PAIRINGS, NOW)
    cashier.register.catch_up()
    return cashier


def bacon(cashier: Cashier) -> int:
    (line,) = cashier.register.view.order.lines
    return line.modifiers.count("extra-bacon")


def kroner(cashier: Cashier) -> int:
    return cashier.register.view.priced.total.minor // 100


def test_the_key_adds_until_the_most_and_then_takes_all_off(cashier: Cashier) -> None:
    with_double_bacon(cashier)
    ring_tile(cashier, "cheeseburger")
    cashier.press(".", "3")
    assert (bacon(cashier), kroner(cashier), cashier.said) == (1, 109, "modifier-more")
    cashier.press("3")
    assert (bacon(cashier), kroner(cashier), cashier.said) == (2, 129, "modifier-most")
    cashier.press("3")
    assert (bacon(cashier), kroner(cashier), cashier.said) == (0, 89, "modifier-off")


def test_backspace_takes_one_back(cashier: Cashier) -> None:
    with_double_bacon(cashier)
    ring_tile(cashier, "cheeseburger")
    cashier.press(".", "3", "3", "enter", "backspace")
    assert bacon(cashier) == 1


def test_a_modifier_without_a_most_is_on_once(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger")
    cashier.press(".", "3", "3")
    assert bacon(cashier) == 0


def test_the_panel_says_how_many_of_how_many(cashier: Cashier) -> None:
    with_double_bacon(cashier)
    ring_tile(cashier, "cheeseburger")
    cashier.press(".", "3")
    panel = cashier.counter.panel
    assert isinstance(panel, Panel)
    label = panel.entries(cashier.counter)[2].label
    assert (label.values["count"], label.values["most"]) == (1, 2)


def test_it_is_named_once_with_its_count_on_every_paper(cashier: Cashier) -> None:
    with_double_bacon(cashier)
    ring_tile(cashier, "cheeseburger")
    cashier.press(".", "1", "3", "3")
    (line,) = cashier.register.view.order.lines
    names = [text.nb for text in line_details(cashier.register.view.menu, line)]
    assert names == ["Uten løk", "2 × Bacon"]


def test_the_maximum_of_the_group_holds_for_all_of_it(cashier: Cashier) -> None:
    with_double_bacon(cashier, most=9)
    ring_tile(cashier, "cheeseburger")
    cashier.press(".", "3", "3", "3")
    assert bacon(cashier) == CHANGES.maximum == 3
    cashier.press("1")
    assert cashier.said == "group-full"
    cashier.press("3")
    assert bacon(cashier) == 0


def test_a_path_offers_the_bacon_and_then_the_second(cashier: Cashier, folder: Path) -> None:
    with_double_bacon(cashier, paths=True)
    ring_tile(cashier, "cheeseburger")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    for there in (0, 1):
        cashier.press("enter")
        prompt = cashier.register.view.prompt
        assert isinstance(prompt, QuestionPrompt)
        assert (prompt.question.offer.modifier, prompt.question.offer.id) == ("extra-bacon", f"bacon:{there + 1}")
        assert prompt.difference.more.minor == 2000
        cashier.press("escape", ".", "3", "enter")
    cashier.press("enter")
    prompt = cashier.register.view.prompt
    assert not isinstance(prompt, QuestionPrompt) or prompt.number == 2
    assert bacon(cashier) == 2
    cashier.register.store.close()
    assert bacon(a_cashier(folder)) == 2


@pytest.mark.parametrize("sku", ["cheeseburger", "cheeseburger-meal-m"])
def test_a_step_up_keeps_them_all(cashier: Cashier, sku: str) -> None:
    with_double_bacon(cashier)
    ring_tile(cashier, sku)
    cashier.press(".", *("5" if sku.endswith("m") else "3") * 2, "enter", ">")
    assert bacon(cashier) == 2


def test_a_sold_out_modifier_can_be_taken_off(cashier: Cashier) -> None:
    with_double_bacon(cashier)
    ring_tile(cashier, "cheeseburger")
    cashier.press(".", "3", "enter")
    cashier.register.do(stock.eighty_six, modifier="extra-bacon")
    cashier.press(".", "3")
    assert bacon(cashier) == 0
