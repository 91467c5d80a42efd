from dataclasses import replace

import pytest

from pos.domain.money import ZERO
from pos.domain.order.order import (
    LARGEST_QUANTITY,
    Order,
    Tender,
    TenderKind,
    TenderState,
    add_line,
    change_some,
    chosen_in,
    drop_line,
    goods_in,
    new_line,
    open_slot,
    put_line,
)
from pos.domain.order.questions import OfferKind
from tests.builders import (
    CROSS_SELL,
    MENU,
    NOW,
    UPSELL,
    asked,
    burger,
    cola,
    having,
    kids_meal,
    kr,
    line,
    meal,
    noted,
    order,
    shake,
    times,
    with_filling,
)


def quantities(entry: Order) -> list[tuple[int, str, int]]:
    return [(row.id, row.sku, row.quantity) for row in entry.lines]


def test_the_same_thing_twice_in_a_row_is_one_line_of_two() -> None:
    assert quantities(add_line(order(burger), burger)) == [(1, "cheeseburger", 2)]


def test_the_same_thing_after_something_else_is_a_new_line() -> None:
    assert quantities(add_line(order(burger, cola), burger))[-1] == (3, "cheeseburger", 1)


@pytest.mark.parametrize(
    "other", [having(burger, "no-onion"), noted(burger, "well done"), replace(burger, size_said=True)]
)
def test_a_thing_that_differs_in_anything_is_a_line_of_its_own(other: object) -> None:
    assert len(add_line(order(burger), other).lines) == 2


def test_a_line_never_holds_more_than_can_be_counted() -> None:
    full = order(times(LARGEST_QUANTITY, burger))
    assert quantities(add_line(full, burger)) == [(1, "cheeseburger", LARGEST_QUANTITY), (2, "cheeseburger", 1)]


def test_an_id_is_never_used_again() -> None:
    entry = add_line(drop_line(order(burger, cola), 2), cola)
    assert quantities(entry) == [(1, "cheeseburger", 1), (3, "cola-m", 1)]


def test_some_of_a_line_change_on_a_line_right_after_it() -> None:
    entry = order(times(5, burger), cola)
    changed = change_some(entry, entry.lines[0], 2, lambda row: having(row, "no-onion"))
    assert quantities(changed) == [(1, "cheeseburger", 3), (3, "cheeseburger", 2), (2, "cola-m", 1)]
    assert [row.modifiers for row in changed.lines] == [(), ("no-onion",), ()]


def test_all_of_a_line_change_where_it_stands() -> None:
    entry = order(times(2, burger))
    changed = change_some(entry, entry.lines[0], 2, lambda row: having(row, "no-onion"))
    assert quantities(changed) == [(1, "cheeseburger", 2)]


def test_a_changed_line_stays_in_its_place() -> None:
    entry = order(burger, cola)
    assert quantities(put_line(entry, replace(entry.lines[0], quantity=4))) == [
        (1, "cheeseburger", 4),
        (2, "cola-m", 1),
    ]


def test_a_tile_rings_a_meal_with_its_defaults() -> None:
    assert new_line(MENU, MENU.items["cheeseburger-meal-m"]).fillings == (("side-m", "fries-m"), ("drink-m", "cola-m"))


def test_a_slot_without_a_default_is_open_until_it_is_filled() -> None:
    slot = open_slot(MENU, kids_meal)
    assert slot is not None
    assert slot.id == "drink-kids"
    assert open_slot(MENU, with_filling(kids_meal, "drink-kids", "juice")) is None
    assert open_slot(MENU, burger) is None


def test_what_is_filled_again_keeps_its_place_and_is_known_as_chosen() -> None:
    row = with_filling(meal, "side-m", "nuggets-4")
    assert row.fillings == (("side-m", "nuggets-4"), ("drink-m", "cola-m"))
    assert row.chosen == ("side-m",)


def test_the_modifiers_of_a_group_are_told_from_others() -> None:
    assert chosen_in(MENU, having(shake, "no-onion"), "flavour") == ("vanilla",)


def test_the_goods_of_a_meal_are_counted_one_by_one() -> None:
    assert goods_in(MENU, order(times(2, meal), cola)) == {"cheeseburger": 2, "fries-m": 2, "cola-m": 3}


def test_an_order_is_untouched_until_something_is_said() -> None:
    empty = Order("id", 1, NOW)
    assert empty.is_untouched()
    assert not replace(empty, note="birthday").is_untouched()
    assert not order(burger).is_untouched()


def test_there_is_one_question_of_each_kind_and_question_1_stands_first() -> None:
    entry = asked(asked(order(burger), CROSS_SELL), UPSELL)
    assert [question.kind for question in entry.questions] == [UPSELL, CROSS_SELL]
    again = entry.with_question(replace(entry.questions[0], count=3))
    assert [question.count for question in again.questions] == [3, 1]
    assert again.without_question(OfferKind.UPSELL).question(UPSELL) is None


def tender(state: TenderState, number: int = 1) -> Tender:
    return Tender(number, TenderKind.CARD, kr(50), kr(60), state, NOW, change=kr(10))


@pytest.mark.parametrize(
    ("state", "frozen", "paid"),
    [
        (TenderState.INTENT, True, ZERO),
        (TenderState.UNKNOWN, True, ZERO),
        (TenderState.APPROVED, True, kr(50)),
        (TenderState.DECLINED, False, ZERO),
        (TenderState.GIVEN_BACK, False, ZERO),
    ],
)
def test_money_that_is_or_may_be_handed_over_freezes_an_order(state: TenderState, frozen: bool, paid: object) -> None:
    entry = replace(order(burger), tenders=(tender(state),))
    assert entry.is_frozen is frozen
    assert entry.paid == paid


def test_change_is_what_approved_tenders_give_back() -> None:
    entry = replace(order(burger), tenders=(tender(TenderState.APPROVED), tender(TenderState.DECLINED, 2)))
    assert entry.change_due == kr(10)
    assert entry.open_tender is None
    waiting = tender(TenderState.UNKNOWN, 3)
    assert replace(entry, tenders=(*entry.tenders, waiting)).open_tender == waiting


def test_a_line_that_is_gone_is_not_found() -> None:
    assert order(line("bag")).line(2) is None
