from dataclasses import replace
from datetime import time

import pytest

from pos.domain.menu.items import Daypart
from pos.domain.menu.menu import TILE_LETTERS
from pos.domain.text import is_safe
from tests.builders import EAT_IN, MENU, TAKE_AWAY, text


def test_no_tile_has_a_letter_that_pays_or_answers() -> None:
    assert len(set(TILE_LETTERS)) == 17
    assert not set(TILE_LETTERS) & set("asdfjknvy")


def test_only_one_size_of_a_thing_has_a_tile() -> None:
    assert [item.sku for item in MENU.tiles("meals")] == ["cheeseburger-meal-m", "kids-meal"]
    assert [item.sku for item in MENU.tiles("shakes")] == ["shake-m"]


def test_a_retired_thing_has_no_tile_and_no_code() -> None:
    gone = replace(MENU, items={**MENU.items, "cheeseburger": replace(MENU.items["cheeseburger"], retired=True)})
    assert "11" in MENU.plus
    assert "11" not in gone.plus
    assert [item.sku for item in gone.tiles("burgers")] == ["double"]


def test_a_thing_is_found_by_its_plu_and_its_barcode() -> None:
    assert MENU.plus["11"].sku == "cheeseburger"
    assert MENU.barcodes["9520001000010"].sku == "juice"


def test_a_category_at_the_foot_of_a_path_puts_all_its_items_on_it() -> None:
    assert [(path.id, index) for path, index in MENU.ladders["double"]] == [("double", 1), ("bacon", 0)]


def test_the_meals_around_a_burger_are_known() -> None:
    assert [item.sku for item in MENU.meals_of["cheeseburger"]] == ["cheeseburger-meal-m", "cheeseburger-meal-l"]


def test_the_price_list_has_the_price_of_each_serving_mode() -> None:
    for mode in (None, EAT_IN, TAKE_AWAY):
        assert MENU.prices[mode] == {sku: item.price_in(mode).minor for sku, item in MENU.items.items()}


def test_a_flavour_must_be_chosen_and_a_change_need_not() -> None:
    flavour = MENU.required_group(MENU.items["shake-m"])
    assert flavour is not None
    assert flavour.id == "flavour"
    assert MENU.required_group(MENU.items["cheeseburger"]) is None


def test_a_group_without_an_allergen_has_only_the_flavours_that_are_free_of_it() -> None:
    flavours = MENU.groups["flavour"]
    assert [entry.id for entry in flavours.without({"soybeans"}).modifiers] == ["vanilla"]
    assert flavours.without({"fish"}) == flavours


@pytest.mark.parametrize(
    ("start", "end", "at", "inside"),
    [
        (time(6), time(10, 30), time(6), True),
        (time(6), time(10, 30), time(10, 30), False),
        (time(22), time(3), time(23), True),
        (time(22), time(3), time(2, 59), True),
        (time(22), time(3), time(12), False),
    ],
)
def test_a_daypart_may_pass_midnight_and_its_end_is_outside_it(start: time, end: time, at: time, inside: bool) -> None:
    assert Daypart("id", text("x"), start, end).holds(at) is inside


@pytest.mark.parametrize("character", ["\n", "\x1b", "\x9b", "\u202e", "\u2066", "\u2028", "\ue000", "\ud800"])
def test_control_escape_and_direction_characters_are_not_safe(character: str) -> None:
    assert not is_safe(f"no{character}onion")


@pytest.mark.parametrize("name", ["Bølgen", "Cheese [/] x", "café ☕", "søt & sur"])
def test_all_that_people_write_is_safe(name: str) -> None:
    assert is_safe(name)
