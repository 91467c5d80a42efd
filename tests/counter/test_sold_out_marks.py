"""What is marked as sold out: every size or one, a modifier, from a tile, a line or a question."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.counter import keys
from pos.domain.errors import Refused
from pos.domain.menu.items import Modifier, ModifierGroup, SlotChoice, VatClass
from pos.domain.prompts import SlotPrompt
from pos.register import shelf
from pos.register.verbs import ringing, stock
from pos.wording import wording
from tests.builders import MENU, NOW, PAIRINGS, TAKE_AWAY, text
from tests.office_acts import put_menu
from tests.register.shops import again, asked, lines, question, ring, ring_tile, settle_questions, the_line
from tests.rig import Cashier, Clock, a_register

EVERY_COLA = ("cola-s", "cola-m", "cola-l")


def mark(cashier: Cashier, sku: str, *rest: str) -> None:
    """Mark an item from its tile, until further notice unless other keys say so."""
    cashier.press(",", "s")
    for _ in cashier.counter.categories():
        letter = next((letter for letter, item in cashier.counter.tiles().items() if item.sku == sku), None)
        if letter is not None:
            cashier.press(letter, *(rest or ("5",)))
            return
        cashier.press("right")
    raise AssertionError(f"{sku} has no tile")


def refused(cashier: Cashier, sku: str) -> bool:
    """Whether an item cannot be rung."""
    try:
        cashier.register.do(ringing.ring, sku)
    except Refused as error:
        return error.message_id == "sold-out-item"
    return False


def test_a_thing_is_sold_out_in_all_its_sizes(cashier: Cashier) -> None:
    mark(cashier, "cola-m")
    assert cashier.said == "marked-sold-out"
    assert all(refused(cashier, sku) for sku in EVERY_COLA)


def test_one_size_is_sold_out_where_one_is_meant(cashier: Cashier) -> None:
    mark(cashier, "cola-m", "o", "5")
    assert cashier.said == "marked-sold-out"
    assert [refused(cashier, sku) for sku in EVERY_COLA] == [False, True, False]


def test_all_sizes_come_back_with_one_digit(cashier: Cashier) -> None:
    mark(cashier, "cola-m", "o", "5")
    mark(cashier, "cola-m")
    assert len(shelf.sold_out(cashier.register)) == 1
    cashier.press(",", "s", "1", "escape")
    assert not any(refused(cashier, sku) for sku in EVERY_COLA)


def test_what_is_sold_out_goes_out_in_no_size_by_plus_nor_inside_a_meal(cashier: Cashier) -> None:
    ring_tile(cashier, "cola-m")
    ring_tile(cashier, "cheeseburger-meal-m")
    mark(cashier, "cola-m")
    meal, cola = the_line(cashier, "cheeseburger-meal-m"), the_line(cashier, "cola-m")
    for line in (meal, cola):
        cashier.counter.chosen = line.id
        cashier.press("+")
        assert cashier.said == "sold-out-item"
    cashier.counter.chosen = meal.id
    cashier.press(">")
    large = the_line(cashier, "cheeseburger-meal-l")
    assert large.filling("drink-l") is None
    with pytest.raises(Refused, match="sold-out-item"):
        cashier.register.do(ringing.fill, large.id, "drink-l", "cola-l")


def test_a_modifier_is_marked_from_the_tile_of_what_it_is_put_on(cashier: Cashier) -> None:
    mark(cashier, "cheeseburger", "e", "3", "5")
    assert cashier.said == "marked-sold-out"
    (entry,) = shelf.sold_out(cashier.register)
    assert entry.modifier == "extra-bacon"
    ring_tile(cashier, "cheeseburger")
    cashier.press(".", "3")
    assert (cashier.said, cashier.register.view.order.lines[0].modifiers) == ("sold-out-item", ())


def test_a_modifier_is_marked_from_the_line_that_has_it(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger")
    cashier.press(".", "u")
    panel = cashier.counter.panel
    assert panel is not None
    bacon = cashier.register.view.menu.modifiers["extra-bacon"].name
    keys_of = {str(row.label.values.get("name")): row.key for row in panel.entries(cashier.counter)}
    cashier.press(keys_of[str(bacon)])
    assert [entry.modifier for entry in shelf.sold_out(cashier.register)] == ["extra-bacon"]


def test_a_flavour_that_is_sold_out_is_offered_to_nobody(cashier: Cashier) -> None:
    cashier.register.do(stock.eighty_six, modifier="vanilla")
    ring(cashier, "cheeseburger")
    cashier.press("n")
    group = question(cashier).choices
    assert asked(cashier) == "shake-m"
    assert group is not None
    assert "vanilla" not in [entry.id for entry in group.modifiers]


def test_without_any_flavour_there_is_no_shake(cashier: Cashier) -> None:
    for flavour in cashier.register.view.menu.groups["flavour"].modifiers:
        cashier.register.do(stock.eighty_six, modifier=flavour.id)
    assert refused(cashier, "shake-m")
    ring(cashier, "cheeseburger")
    cashier.press("n")
    assert asked(cashier) != "shake-m"


def test_a_size_that_is_offered_and_gone_leaves_the_smaller_one_to_be_had(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger-meal-m")
    assert asked(cashier) == "cheeseburger-meal-l"
    cashier.press("u", "1")
    assert [(entry.sku, entry.all_sizes) for entry in shelf.sold_out(cashier.register)] == [
        ("cheeseburger-meal-l", False)
    ]


def test_every_mark_is_seen_and_brought_back(cashier: Cashier) -> None:
    skus = [item.sku for item in cashier.register.view.menu.items.values()][:12]
    for sku in skus:
        cashier.register.do(stock.eighty_six, sku)
    cashier.press(",", "s")
    shown = []
    for _ in range(2):
        panel = cashier.counter.panel
        assert panel is not None
        shown += [row.label.values["name"] for row in panel.entries(cashier.counter)]
        cashier.press("pagedown")
    assert len({str(name) for name in shown}) == len(skus)
    cashier.press("pagedown", "1")
    assert skus[9] not in {entry.sku for entry in shelf.sold_out(cashier.register)}


def test_what_is_on_the_chosen_line_is_marked_with_enter(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger-meal-m")
    cashier.press(",", "s", "enter")
    panel = cashier.counter.panel
    assert panel is not None
    names = [row.label.values.get("name") for row in panel.entries(cashier.counter)]
    fries = cashier.register.view.menu.items["fries-m"]
    cashier.press(keys.CHOICE_KEYS[names.index(fries.name)], "4")
    (entry,) = shelf.sold_out(cashier.register)
    assert (entry.sku, entry.all_sizes) == ("fries-m", True)


def test_a_mark_in_all_sizes_holds_at_the_other_till(cashier: Cashier, folder: Path) -> None:
    mark(cashier, "cola-m")
    other = again(cashier, folder, "2")
    assert all(refused(other, sku) for sku in EVERY_COLA)


def test_a_beer_inside_a_meal_calls_its_age_limit_to_mind_as_the_loose_one_does(cashier: Cashier) -> None:
    ring_tile(cashier, "beer-m")
    assert cashier.said == "check-age"
    cashier.press("+")
    assert cashier.said == "check-age"
    cashier.press("-")
    assert cashier.said is None
    cashier.press("f9")
    assert cashier.said == "held"
    cashier.press("f10")
    assert cashier.said == "check-age"
    settle_questions(cashier)
    assert lines(cashier) == ["1 beer-m"]


def with_shots(cashier: Cashier) -> None:
    """A shop whose latte may have a shot, and whose meals may have a beer."""
    shot = Modifier("shot", text("Med akevitt", "With aquavit"), age_limit=18)
    group = ModifierGroup("shots", text("I kaffen", "In the coffee"), 0, 1, (shot,))
    slot = MENU.slots["drink-m"]
    slots = {**MENU.slots, slot.id: replace(slot, choices=(*slot.choices, SlotChoice("beer-m")))}
    items = {**MENU.items, "latte": replace(MENU.items["latte"], modifiers=("shots",))}
    menu = replace(MENU, items=items, groups={**MENU.groups, group.id: group}, slots=slots)
    put_menu(cashier.register.store, menu, PAIRINGS, NOW)
    cashier.register.catch_up()


def test_an_age_limit_is_called_to_mind_for_a_modifier_and_for_what_fills_a_meal(cashier: Cashier) -> None:
    with_shots(cashier)
    ring_tile(cashier, "latte")
    assert cashier.said is None
    cashier.press(".", "1")
    assert cashier.said == "check-age"
    cashier.press("escape")
    ring_tile(cashier, "cheeseburger-meal-m")
    ring_tile(cashier, "beer-m")
    assert the_line(cashier, "cheeseburger-meal-m").filling("drink-m") == "beer-m"
    assert cashier.said == "check-age"
    cashier.press(">")
    assert cashier.said != "check-age"


@pytest.mark.parametrize(("hour", "said"), [(12, "choice-not-taken-away"), (3, "choice-not-now")])
def test_the_panel_of_a_line_says_why_a_shot_cannot_be_had(folder: Path, hour: int, said: str) -> None:
    clock = Clock(NOW.replace(hour=hour))
    cashier = Cashier(a_register(folder, clock=clock), clock)
    shot = Modifier("shot", text("Med akevitt", "With aquavit"), vat=VatClass.ALCOHOL)
    group = ModifierGroup("shots", text("I kaffen", "In the coffee"), 0, 1, (shot,))
    items = {**MENU.items, "latte": replace(MENU.items["latte"], modifiers=("shots",))}
    menu = replace(MENU, items=items, groups={**MENU.groups, group.id: group})
    put_menu(cashier.register.store, menu, PAIRINGS, NOW)
    cashier.register.catch_up()
    ring_tile(cashier, "latte")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press(".")
    panel = cashier.counter.panel
    assert panel is not None
    assert [row.label.message_id for row in panel.entries(cashier.counter)] == [said]


def test_a_digit_brings_back_what_stood_beside_it_whatever_another_till_does(cashier: Cashier, folder: Path) -> None:
    for sku in ("juice", "brownie", "muffin"):
        cashier.register.do(stock.eighty_six, sku)
    cashier.press(",", "s")
    again(cashier, folder, "2").register.do(stock.restore, "juice")
    cashier.press("1")
    assert [entry.sku for entry in shelf.sold_out(cashier.register)] == ["brownie", "muffin"]


def test_what_a_meal_would_have_in_place_of_what_sold_out_is_said_in_the_question(cashier: Cashier) -> None:
    cashier.register.do(stock.eighty_six, "fries-m")
    ring(cashier, "cheeseburger")
    assert asked(cashier) == "cheeseburger-meal-m"
    prompt = question(cashier)
    assert prompt.instead == (("fries-m", "nuggets-4"),)
    said = wording("nb").question(prompt, cashier.register.view.menu)
    assert said.endswith("Fries-m er utsolgt, så det blir nuggets-4.")


def test_a_choice_that_is_sold_out_is_marked_where_it_is_asked(cashier: Cashier) -> None:
    ring_tile(cashier, "kids-meal")
    cashier.press("enter")
    prompt = cashier.counter.prompt
    assert isinstance(prompt, SlotPrompt)
    cashier.press("u", "1")
    (entry,) = shelf.sold_out(cashier.register)
    assert entry.sku == prompt.choices[0]
    assert cashier.counter.state != "gone"
