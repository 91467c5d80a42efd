"""Finding an item by what a cashier types in a hurry."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from rapidfuzz.distance import OSA

from pos.domain.menu.finding import by_likeness, by_name, by_price, folded
from pos.domain.menu.items import MenuItem, ServingMode
from pos.domain.menu.menu import Menu
from pos.domain.money import Money
from tests.builders import MENU, TAKE_AWAY, kr, text

NAMES = {
    "brulee": ("Crème brûlée", "Crème brûlée"),
    "sausage": ("Grillpølse", "Grilled sausage"),
    "cone": ("Kjærlighet på pinne", "Lollipop"),
    "chicken": ("Kyllingburger med bacon", "Chicken burger with bacon"),
    "water": ("Farris Bris, 0,5", "Farris Bris, 0.5"),
}


def costing(mode: ServingMode | None) -> Callable[[MenuItem], Money]:
    """What an item costs in a serving mode."""
    return lambda item: item.price_in(mode)


def menu() -> Menu:
    """A menu of nothing but these."""
    like = replace(next(iter(MENU.items.values())), family=None, size=None)
    items = {
        sku: replace(like, sku=sku, name=text(*names), price=kr(10 + place), price_take_away=None)
        for place, (sku, names) in enumerate(NAMES.items())
    }
    return replace(MENU, items=items)


def found(typed: str) -> list[str]:
    return [item.sku for item in by_name(menu(), typed)]


def meant(typed: str) -> list[str]:
    return [item.sku for item in by_likeness(menu(), typed, OSA.distance)]


@pytest.mark.parametrize(
    ("typed", "sku"),
    [
        ("creme brulee", "brulee"),
        ("CRÈME", "brulee"),
        ("brûlée crème", "brulee"),
        (unicodedata.normalize("NFD", "brûlée"), "brulee"),
        ("polse", "sausage"),
        ("pølse", "sausage"),
        ("kjaer pa", "cone"),
        ("burger  kylling", "chicken"),
        ("bacon chicken", "chicken"),
        (" kylling   bur ", "chicken"),
        ("farris 0,5", "water"),
        ("0.5", "water"),
        (",", "water"),
    ],
)
def test_accents_order_blanks_and_decomposed_letters_make_no_difference(typed: str, sku: str) -> None:
    assert found(typed) == [sku]


@pytest.mark.parametrize(
    ("typed", "sku"),
    [
        ("kylingburger", "chicken"),
        ("kyllignburger", "chicken"),
        ("chiken bacn", "chicken"),
        ("creem brule", "brulee"),
        ("grilpølse", "sausage"),
        ("lolipop", "cone"),
        ("faris", "water"),
    ],
)
def test_a_small_misspelling_is_understood(typed: str, sku: str) -> None:
    assert found(typed) == []
    assert meant(typed) == [sku]


@pytest.mark.parametrize("typed", ["pizza", "xq", "kaffe", "", "  ", "…"])
def test_what_is_not_there_is_not_found(typed: str) -> None:
    assert found(typed) == meant(typed) == []


def test_all_hits_are_given_and_the_names_that_begin_so_go_first() -> None:
    like = next(iter(menu().items.values()))
    names = [f"Is {place}" for place in range(30)] + ["Kaffe is", "Spis"]
    many = replace(MENU, items={name: replace(like, sku=name, name=text(name)) for name in reversed(names)})
    hits = [item.sku for item in by_name(many, "is")]
    assert len(hits) == 32
    assert hits[-2:] == ["Kaffe is", "Spis"]


def test_a_letter_typed_as_it_is_goes_before_one_without_its_accent() -> None:
    like = next(iter(menu().items.values()))
    pair = {sku: replace(like, sku=sku, name=text(sku)) for sku in ("Ol", "Øl")}
    assert [item.sku for item in by_name(replace(MENU, items=pair), "øl")] == ["Øl", "Ol"]


def test_a_price_finds_what_costs_at_most_that_cheapest_first_as_it_is_sold() -> None:
    shop = menu()
    sausage = replace(shop.items["sausage"], price_take_away=kr(9, 50))
    shop = replace(shop, items={**shop.items, "sausage": sausage})
    assert [item.sku for item in by_price(shop, kr(12), costing(None))] == ["brulee", "sausage", "cone"]
    assert [item.sku for item in by_price(shop, kr(9, 50), costing(TAKE_AWAY))] == ["sausage"]


def test_words_are_compared_without_capitals_and_accents() -> None:
    assert folded("  Crème-BRÛLÉE, Ægir Straße ") == ("creme", "brulee", "aegir", "strasse")
