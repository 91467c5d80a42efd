"""The panels of everything else: notes, coupons, held orders, languages, rush, help."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos.counter import keys
from pos.register import shelf
from pos.register.verbs import aside, ringing
from tests.builders import MENU, NOW, PAIRINGS, kr
from tests.office_acts import put_menu
from tests.register.shops import again, lines, ring
from tests.rig import Cashier

# notes and coupons


def test_a_note_goes_on_the_chosen_line(cashier: Cashier) -> None:
    cashier.press("b", ",", "n", *"Uten is", "backspace", *"s!", "enter")
    assert cashier.register.view.order.lines[0].note == "Uten is!"
    assert cashier.register.view.order.note == ""


def test_a_note_on_the_whole_order_is_a_tab_away(cashier: Cashier) -> None:
    cashier.press("b", ",", "n", "tab", *"Bursdag", "enter")
    assert cashier.register.view.order.note == "Bursdag"
    assert cashier.register.view.order.lines[0].note == ""


def test_an_empty_note_takes_the_note_off(cashier: Cashier) -> None:
    cashier.press("b", ",", "n", "x", "enter", ",", "n", "backspace", "enter")
    assert cashier.register.view.order.lines[0].note == ""


def test_escape_keeps_the_note_as_it_was(cashier: Cashier) -> None:
    cashier.press("b", ",", "n", "x", "enter", ",", "n", "y", "escape")
    assert cashier.register.view.order.lines[0].note == "x"


@pytest.mark.parametrize("text", ["a\u202eb", "a\u2066b"])
def test_a_note_that_turns_text_round_is_refused(cashier: Cashier, text: str) -> None:
    cashier.press("b", ",", "n", *text, "enter")
    assert cashier.register.view.order.lines[0].note in ("", "ab")


def test_a_note_has_room_for_sixty_characters(cashier: Cashier) -> None:
    cashier.press("b", ",", "n", *"x" * 70, "enter")
    assert cashier.register.view.order.lines[0].note == "x" * 60


@pytest.mark.parametrize("typed", ["fanta", "FANTA", " Fanta "])
def test_a_coupon_is_taken_in_any_case_and_prices_the_order(cashier: Cashier, typed: str) -> None:
    cashier.register.do(ringing.ring, "fanta-l")
    cashier.press(",", "c", *("space" if character == " " else character for character in typed), "enter")
    assert cashier.said == "coupon-taken"
    assert cashier.register.view.priced.total == kr(20)


def test_a_coupon_that_fits_nothing_yet_says_so_until_it_does(cashier: Cashier) -> None:
    coupon = (",", "c", *"fanta", "enter")
    cashier.press(*coupon)
    assert cashier.said == "coupon-without-effect"
    cashier.register.do(ringing.ring, "fanta-l")
    cashier.press(*coupon)
    assert cashier.said == "coupon-taken"
    assert cashier.register.view.order.codes == ("FANTA",)


def test_an_unknown_coupon_is_refused(cashier: Cashier) -> None:
    cashier.press("b", ",", "c", *"NEI", "enter")
    assert cashier.said == "coupon-unknown"
    assert cashier.register.view.order.codes == ()


def test_a_coupon_counts_once(cashier: Cashier) -> None:
    cashier.register.do(ringing.ring, "fanta-l", 2)
    for _ in range(2):
        cashier.press(",", "c", *"fanta", "enter")
    assert cashier.register.view.order.codes == ("FANTA",)


# held orders


def test_a_single_held_order_comes_back_at_once(cashier: Cashier) -> None:
    cashier.press("b", "f9")
    assert (lines(cashier), cashier.said) == ([], "held")
    cashier.press("f10")
    assert (lines(cashier), cashier.said) == (["1 cheeseburger-meal-m"], "recalled")


def test_of_several_held_orders_one_is_chosen_the_oldest_first(cashier: Cashier) -> None:
    for sku in ("bag", "juice", "salad"):
        cashier.register.do(ringing.ring, sku)
        cashier.press("f9")
        cashier.clock.pass_(60_000)
    cashier.press("f10")
    panel = cashier.counter.panel
    assert panel is not None
    rows = [entry.label.values for entry in panel.entries(cashier.counter)]
    assert [(row["names"], row["minutes"]) for row in rows] == [("1 bag", 3), ("1 juice", 2), ("1 salad", 1)]
    cashier.press("2")
    assert lines(cashier) == ["1 juice"]


def test_an_order_being_rung_is_held_for_the_one_that_is_recalled(cashier: Cashier) -> None:
    cashier.register.do(ringing.ring, "bag")
    cashier.press("f9")
    cashier.register.do(ringing.ring, "juice")
    cashier.press("f10")
    assert lines(cashier) == ["1 bag"]
    cashier.press("f10")
    assert lines(cashier) == ["1 juice"]


def test_an_order_without_lines_does_not_stand_in_the_way_of_a_recall(cashier: Cashier) -> None:
    cashier.register.do(ringing.ring, "bag")
    cashier.press("f9", "space", "f10")
    assert (lines(cashier), cashier.said) == (["1 bag"], "recalled")
    assert cashier.register.view.order.serving_mode is None
    assert len(shelf.held(cashier.register)) == 0


def test_an_order_taken_back_to_nothing_does_not_stand_in_the_way_of_a_recall(cashier: Cashier) -> None:
    cashier.register.do(ringing.ring, "bag")
    cashier.press("f9", "b", "backspace", "f10")
    assert (lines(cashier), cashier.said) == (["1 bag"], "recalled")


def test_an_order_that_another_till_was_faster_with_changes_nothing_here(cashier: Cashier, folder: Path) -> None:
    for sku in ("bag", "salad"):
        cashier.register.do(ringing.ring, sku)
        cashier.press("f9")
    cashier.register.do(ringing.ring, "juice")
    cashier.press("f10")
    assert cashier.counter.state == "held"
    other = again(cashier, folder, "2")
    other.press("f10", "1")
    assert lines(other) == ["1 bag"]
    with pytest.raises(Exception, match="order-already-recalled"):
        cashier.register.do(aside.recall, other.register.view.order.id)
    assert lines(cashier) == ["1 juice"]


def test_nothing_held_is_said(cashier: Cashier) -> None:
    cashier.press("f10")
    assert cashier.said == "nothing-held"


@pytest.mark.parametrize("keys_", [("f9",), (",", "h"), (",", "a")])
def test_an_empty_order_is_neither_held_nor_abandoned(cashier: Cashier, keys_: tuple[str, ...]) -> None:
    cashier.press(*keys_)
    assert cashier.said == "order-empty"


def test_taking_back_after_a_recall_goes_on_where_the_order_was(cashier: Cashier) -> None:
    cashier.press("b", "+", "f9", "f10", "backspace")
    assert lines(cashier) == ["1 cheeseburger-meal-m"]
    cashier.press("backspace")
    assert lines(cashier) == []


def test_an_abandoned_order_is_gone_after_a_restart_too(cashier: Cashier, folder: Path) -> None:
    cashier.press("b", ",", "a", "1")
    assert (lines(cashier), cashier.said) == ([], "abandoned")
    assert lines(again(cashier, folder)) == []


# everything else


def test_the_till_s_language_changes_with_one_key(cashier: Cashier) -> None:
    cashier.press("f12")
    assert (cashier.counter.language, cashier.register.language) == ("en", "en")
    cashier.press(",", "l")
    assert cashier.counter.language == "nb"


def test_the_customer_s_language_is_on_the_receipt_and_ends_with_the_order(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("t")
    assert cashier.register.view.order.language == "en"
    cashier.press("n", "n", "a")
    assert cashier.counter.paid is not None
    assert cashier.counter.paid.language == "en"
    assert cashier.register.view.order.language is None
    assert cashier.counter.language == "nb"


def test_the_customer_s_language_is_switched_back_with_the_same_key(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("t", "t")
    assert cashier.register.view.order.language is None


def test_a_rush_is_kept_by_the_till_and_no_other(cashier: Cashier, folder: Path) -> None:
    cashier.press(",", "u")
    assert again(cashier, folder).register.view.rush
    assert not again(cashier, folder, "2").register.view.rush
    cashier.press(",", "u")
    assert not again(cashier, folder).register.view.rush


def test_the_help_closes_with_any_key_that_does_nothing_else(cashier: Cashier) -> None:
    cashier.press("?", "b")
    assert (cashier.counter.state, lines(cashier)) == ("ringing", [])


def test_quitting_leaves_the_order_as_it_is(cashier: Cashier, folder: Path) -> None:
    cashier.press("b", ",", "q")
    assert cashier.counter.closing
    assert lines(again(cashier, folder)) == ["1 cheeseburger-meal-m"]


def test_a_second_page_of_tiles_has_letters_of_its_own(cashier: Cashier) -> None:
    more = {f"tea-{n:02}": replace(MENU.items["bag"], sku=f"tea-{n:02}", category="coffee") for n in range(20)}
    put_menu(cashier.register.store, replace(MENU, items={**more, **MENU.items}), PAIRINGS, NOW + timedelta(days=1))
    cashier.register.catch_up()
    cashier.press(*["right"] * 7)
    assert cashier.counter.pages() == 2
    cashier.press("pagedown", "b")
    assert lines(cashier) == ["1 tea-17"]
    cashier.press("pagedown", "c")
    assert lines(cashier)[-1] == "1 tea-01"
    assert len(cashier.counter.tiles()) == len(set(keys.CHOICE_KEYS) - set(keys.DIGITS))
