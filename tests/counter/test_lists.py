"""Every list pages and is searched, and a key means what was painted beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.counter.panels.lists import ListPanel
from pos.domain.menu.items import Modifier, SlotChoice
from pos.plain.lines import take
from pos.plain.speech import hear
from pos.register import Register, shelf
from pos.register.verbs import aside, ringing, stock
from tests.builders import FLAVOURS, MENU, NOW, PAIRINGS, TAKE_AWAY, item, slot, text
from tests.office_acts import put_menu
from tests.register.shops import lines, ring
from tests.rig import Cashier, a_register


def another_till(cashier: Cashier) -> Register:
    return a_register(Path(cashier.register.store.path).parent, till="2", clock=cashier.clock)


def held(register: Register, *notes: str) -> list[str]:
    """Hold a cheeseburger under each note, the first note first; the ids of the orders."""
    ids = []
    for note in notes:
        register.do(ringing.ring, "cheeseburger")
        register.do(ringing.note, note, None)
        ids.append(register.view.order.id)
        register.do(aside.hold)
    return ids


def shown(cashier: Cashier) -> dict[str, object]:
    """Each key of the open list, and the note of the order or the words that it stands for."""
    panel = cashier.counter.panel
    assert panel is not None
    return {entry.key: entry.label for entry in panel.entries(cashier.counter)}


def note(cashier: Cashier) -> str:
    return cashier.register.view.order.note


def test_each_of_28_held_orders_can_be_recalled(cashier: Cashier) -> None:
    held(another_till(cashier), *[f"n{place}" for place in range(28)])
    for place in range(28):
        wanted = shelf.held(cashier.register)[place].order_id
        cashier.press("f10", *["pagedown"] * (place // 26))
        cashier.press(list(shown(cashier))[place % 26])
        assert cashier.register.view.order.id == wanted
        cashier.press("f9")


def test_the_last_two_of_28_are_on_the_second_page(cashier: Cashier) -> None:
    held(another_till(cashier), *[f"n{place}" for place in range(28)])
    cashier.press("f10")
    assert len(shown(cashier)) == 26
    cashier.press("pagedown")
    assert list(shown(cashier)) == ["1", "2"]
    cashier.press("2")
    assert note(cashier) == "n27"


def test_page_up_from_the_first_page_leads_to_the_last(cashier: Cashier) -> None:
    held(another_till(cashier), *[f"n{place}" for place in range(28)])
    cashier.press("f10", "pageup", "1")
    assert note(cashier) == "n26"


@pytest.mark.parametrize("typed", ["vindu", "cola-m", "VINDU cola"])
def test_a_held_order_is_found_by_its_note_and_by_what_is_in_it(cashier: Cashier, typed: str) -> None:
    other = another_till(cashier)
    held(other, "dør")
    other.do(ringing.ring, "cola-m")
    other.do(ringing.note, "ved vinduet", None)
    other.do(aside.hold)
    held(other, "benk")
    cashier.press("f10", "/", *["space" if key == " " else key for key in typed], "enter")
    assert note(cashier) == "ved vinduet"


def test_several_hits_of_a_search_keep_a_key_each_and_esc_shows_all_again(cashier: Cashier) -> None:
    held(another_till(cashier), "rød 1", "blå", "rød 2")
    cashier.press("f10", "/", *"rod", "enter")
    assert len(shown(cashier)) == 2
    cashier.press("2")
    assert note(cashier) == "rød 2"


def test_esc_ends_a_search_and_then_closes_the_list(cashier: Cashier) -> None:
    held(another_till(cashier), "rød 1", "blå", "rød 2")
    cashier.press("f10", "/", *"rod", "enter", "escape")
    assert len(shown(cashier)) == 3
    cashier.press("escape")
    assert cashier.counter.panel is None


def test_a_search_without_a_hit_says_so_and_stays(cashier: Cashier) -> None:
    held(another_till(cashier), "a", "b")
    cashier.press("f10", "/", "z", "z", "enter")
    assert cashier.said == "nothing-found"
    cashier.press("escape")
    assert len(shown(cashier)) == 2


def test_a_key_brings_the_order_beside_it_though_another_till_took_one_before(cashier: Cashier) -> None:
    other = another_till(cashier)
    first, _, _ = held(other, "en", "to", "tre")
    cashier.press("f10")
    other.do(aside.recall, first)
    cashier.press("2")
    assert note(cashier) == "to"


def test_a_key_of_an_order_that_another_till_took_does_nothing_and_says_so(cashier: Cashier) -> None:
    other = another_till(cashier)
    first, _, _ = held(other, "en", "to", "tre")
    cashier.press("f10")
    other.do(aside.recall, first)
    cashier.press("1")
    assert (cashier.said, lines(cashier)) == ("row-gone", [])
    cashier.press("3")
    assert note(cashier) == "tre"


def test_a_digit_brings_back_what_was_beside_it_in_the_list_of_what_is_sold_out(cashier: Cashier) -> None:
    for sku in ("cola-m", "fanta-m", "salad"):
        cashier.register.do(stock.eighty_six, sku)
    cashier.press(",", "s")
    another_till(cashier).do(stock.restore, "cola-m")
    cashier.press("2")
    assert [entry.sku for entry in shelf.sold_out(cashier.register)] == ["salad"]
    cashier.press("1")
    assert cashier.said == "row-gone"


def flavoured(cashier: Cashier) -> None:
    """Load a menu with three flavours, so that one can go."""
    flavours = replace(FLAVOURS, modifiers=(*FLAVOURS.modifiers, Modifier("mango", text("Mango"))))
    menu = replace(MENU, groups={**MENU.groups, "flavour": flavours})
    put_menu(another_till(cashier).store, menu, PAIRINGS, NOW)
    cashier.register.catch_up()


def test_a_flavour_is_the_one_beside_the_key_when_another_till_has_run_out_of_the_first(cashier: Cashier) -> None:
    flavoured(cashier)
    cashier.register.do(ringing.ring, "shake-m")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter")
    assert cashier.counter.state == "choice"
    another_till(cashier).do(stock.eighty_six, modifier="vanilla")
    cashier.press("2")
    assert cashier.register.view.order.lines[0].modifiers == ("chocolate",)


def test_a_flavour_that_has_gone_is_not_the_next_one(cashier: Cashier) -> None:
    flavoured(cashier)
    cashier.register.do(ringing.ring, "shake-m")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter")
    another_till(cashier).do(stock.eighty_six, modifier="vanilla")
    cashier.press("1")
    assert cashier.said == "row-gone"
    assert cashier.register.view.order.lines[0].modifiers == ()


def test_yes_in_a_choice_means_the_choice_that_was_shown(cashier: Cashier) -> None:
    flavoured(cashier)
    ring(cashier, "cheeseburger")
    cashier.press("n")
    assert cashier.counter.state == "question"
    another_till(cashier).do(stock.eighty_six, modifier="vanilla")
    cashier.press("2")
    assert cashier.register.view.order.lines[-1].modifiers == ("chocolate",)


def with_many(cashier: Cashier, count: int) -> None:
    """Load a menu in which the kid's meal takes one of so many drinks."""
    drinks = [item(f"brus-{place}", "drinks", 20, 2) for place in range(count)]
    choices = tuple(SlotChoice(drink.sku) for drink in drinks)
    slots = {**MENU.slots, "drink-kids": replace(slot("drink-kids", "juice"), choices=choices)}
    items = {**MENU.items, **{drink.sku: drink for drink in drinks}}
    put_menu(another_till(cashier).store, replace(MENU, items=items, slots=slots), PAIRINGS, NOW)
    cashier.register.catch_up()


def test_a_slot_with_more_choices_than_keys_pages_and_is_searched(cashier: Cashier) -> None:
    with_many(cashier, 30)
    ring(cashier, "kids-meal")
    assert cashier.counter.state == "choice"
    cashier.press("pagedown", "4")
    assert ("drink-kids", "brus-29") in cashier.register.view.order.lines[0].fillings
    cashier.press("escape")
    cashier.register.do(ringing.void, cashier.register.view.order.lines[0].id)
    ring(cashier, "kids-meal")
    cashier.press("/", *"brus-27", "enter")
    assert ("drink-kids", "brus-27") in cashier.register.view.order.lines[0].fillings


def test_every_list_is_searched_by_the_same_key(cashier: Cashier) -> None:
    cashier.register.do(ringing.ring, "cheeseburger-meal-m")
    cashier.counter.keep_one_chosen()
    for opened in ((".",), (".", "1"), ("tab",), (",", "s")):
        cashier.press(*opened)
        assert isinstance(cashier.counter.panel, ListPanel), opened
        cashier.press("/", "q", "q", "q", "enter")
        assert cashier.said == "nothing-found"
        cashier.press("escape", "escape", "escape")
        cashier.counter.panel = None


def test_plain_mode_searches_a_list_by_a_line_and_says_which_rows_it_shows(cashier: Cashier) -> None:
    held(another_till(cashier), *[f"bord {place}" for place in range(28)])
    plain = Cashier(cashier.register, cashier.clock, deliberate=True)
    take(plain.counter, "f10")
    assert any("1–26" in line for line in hear(plain.counter).panel)
    take(plain.counter, "/bord 27")
    assert plain.register.view.order.note == "bord 27"
