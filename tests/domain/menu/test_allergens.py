from dataclasses import replace

import pytest

from pos.domain.menu.allergens import ALLERGENS, AllergenState, is_allergen, together
from pos.domain.order.order import line_allergens
from tests.builders import MENU, burger, card, cola, having, line, meal, shake, with_filling

SANDWICH = card("gluten:wheat milk", may_contain="sesame", unknown="nuts")


@pytest.mark.parametrize(
    ("allergen", "state"),
    [
        ("gluten", AllergenState.CONTAINS),
        ("sesame", AllergenState.MAY_CONTAIN),
        ("nuts", AllergenState.UNKNOWN),
        ("fish", AllergenState.NO),
    ],
)
def test_each_of_the_fourteen_has_one_of_four_states(allergen: str, state: AllergenState) -> None:
    assert SANDWICH.state(allergen) is state


def test_the_worst_that_is_known_counts() -> None:
    assert card("gluten:wheat", may_contain="gluten:rye", unknown="gluten:oats").state("gluten") == "contains"
    assert card(may_contain="nuts:almond", unknown="nuts:walnut").state("nuts") == "may_contain"


def test_every_allergen_stands_in_exactly_one_list_of_a_card() -> None:
    listed = [name for state in AllergenState for name in SANDWICH.kinds(state)]
    assert sorted(name.partition(":")[0] for name in listed) == sorted(ALLERGENS)


@pytest.mark.parametrize("noted", ["gluten", "milk", "sesame", "nuts", "nuts:almond"])
def test_contains_may_contain_and_unknown_are_all_unsafe(noted: str) -> None:
    assert not SANDWICH.is_safe_for({"fish", noted})


def test_only_a_plain_no_is_safe() -> None:
    assert SANDWICH.is_safe_for({"fish", "lupin"})
    assert SANDWICH.is_safe_for(())


def test_things_eaten_together_contain_what_each_contains() -> None:
    both = together([card("milk", may_contain="eggs"), card("eggs", unknown="milk fish")])
    assert both == card("eggs milk", unknown="fish")


def test_without_cheese_there_is_no_milk_in_the_burger() -> None:
    assert line_allergens(MENU, burger).state("milk") is AllergenState.CONTAINS
    assert line_allergens(MENU, having(burger, "no-cheese")).state("milk") is AllergenState.NO


def test_extra_bacon_brings_mustard() -> None:
    assert line_allergens(MENU, having(burger, "extra-bacon")).state("mustard") is AllergenState.CONTAINS


@pytest.mark.parametrize("order_of", [("no-cheese", "extra-cheese"), ("extra-cheese", "no-cheese")])
def test_what_a_modifier_adds_is_in_it_whatever_another_takes_away(order_of: tuple[str, str]) -> None:
    assert line_allergens(MENU, having(burger, *order_of)).state("milk") is AllergenState.CONTAINS


def test_a_meal_contains_what_is_in_its_burger_and_its_slots() -> None:
    assert line_allergens(MENU, meal) == line_allergens(MENU, burger)
    assert line_allergens(MENU, with_filling(meal, "side-m", "nuggets-4")).state("eggs") is AllergenState.MAY_CONTAIN


def test_a_meal_without_cheese_still_has_the_milk_of_its_latte() -> None:
    without = having(meal, "no-cheese")
    assert line_allergens(MENU, without).state("milk") is AllergenState.NO
    assert line_allergens(MENU, with_filling(without, "drink-m", "latte")).state("milk") is AllergenState.CONTAINS


def test_a_flavour_may_add_an_allergen() -> None:
    assert line_allergens(MENU, shake).state("soybeans") is AllergenState.NO
    assert line_allergens(MENU, having(cola, "chocolate")).state("soybeans") is AllergenState.CONTAINS


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("milk", True),
        ("gluten:rye", True),
        ("nuts:almond", True),
        ("milk:goat", False),
        ("nuts:rye", False),
        ("x", False),
    ],
)
def test_the_fourteen_and_the_named_cereals_and_nuts_are_known(name: str, known: bool) -> None:
    assert is_allergen(name) is known


def test_a_modifier_takes_an_allergen_out_of_what_contains_it_and_not_out_of_what_may() -> None:
    items = {
        **MENU.items,
        "cheeseburger-meal-m": replace(MENU.items["cheeseburger-meal-m"], allergens=card("", "milk")),
    }
    menu = replace(MENU, items=items)
    row = having(line("cheeseburger-meal-m", menu=menu), "no-cheese")
    assert line_allergens(menu, row).state("milk") is AllergenState.MAY_CONTAIN
    assert line_allergens(MENU, row).state("milk") is AllergenState.NO
