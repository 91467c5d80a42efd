"""What items and allergens are called."""

from dataclasses import replace

import pytest

from pos.domain.menu.allergens import ALLERGENS, KINDS, AllergenCard
from pos.wording import Wording, wording
from tests.builders import card, item, text

NB, EN = wording("nb"), wording("en")
MEAL = replace(
    item("meal-l", "meals", 134, 40), name=text("Ostemeny", "Cheese meal"), size=text("stor", "large"), family="meal"
)


def test_a_size_follows_its_item() -> None:
    assert (NB.item_name(MEAL), EN.item_name(MEAL)) == ("Ostemeny, stor", "Cheese meal, large")
    assert (NB.size_name(MEAL), EN.size_name(MEAL)) == ("stor", "large")


def test_a_thing_of_one_size_has_none() -> None:
    only = replace(MEAL, size=None)
    assert (NB.item_name(only), NB.size_name(only)) == ("Ostemeny", "")


@pytest.mark.parametrize(
    ("name", "nb", "en"), [("milk", "melk", "milk"), ("gluten:wheat", "gluten (hvete)", "gluten (wheat)")]
)
def test_an_allergen_has_a_name_in_both_languages(name: str, nb: str, en: str) -> None:
    assert (NB.allergen(name), EN.allergen(name)) == (nb, en)


@pytest.mark.parametrize("words", [NB, EN])
def test_no_two_allergens_are_called_the_same(words: Wording) -> None:
    names = [*ALLERGENS, *(f"{base}:{kind}" for base, kinds in KINDS.items() for kind in kinds)]
    assert len({words.allergen(name) for name in names}) == len(names)


def test_a_card_in_one_line_in_the_order_of_the_law() -> None:
    shown = card("milk gluten:wheat gluten:rye", may_contain="sesame", unknown="nuts:almond")
    assert NB.allergens_line(shown) == (
        "inneholder: gluten (rug, hvete), melk; kan inneholde: sesam; ukjent: nøtter (mandel)"
    )
    assert EN.allergens_line(shown) == (
        "contains: gluten (rye, wheat), milk; may contain: sesame; unknown: nuts (almond)"
    )


def test_none_and_nobody_knows_are_told_apart() -> None:
    assert NB.allergens_line(AllergenCard()) == "ingen av de 14 allergenene"
    assert NB.allergens_line(AllergenCard(unknown=frozenset(ALLERGENS))) == "allergener: ukjent"
