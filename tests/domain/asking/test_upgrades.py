from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.asking.offers import eligible
from pos.domain.asking.ranking import Eligible
from pos.domain.asking.upgrades import accept, is_size_step, neighbour, raise_some, raised, rungs_above
from pos.domain.moment import Moment
from pos.domain.order.order import LineItem, Order, goods_in
from pos.domain.order.questions import Offer, OfferKind
from tests.builders import (
    CROSS_SELL,
    MENU,
    UPSELL,
    brownie,
    burger,
    coffee,
    cola,
    fanta,
    fries,
    having,
    kr,
    large,
    large_meal,
    line,
    meal,
    menu_with,
    moment,
    noted,
    nuggets,
    order,
    said,
    small,
    times,
    with_filling,
    words,
)


def offer_of(entry: Order, offer_id: str, kind: OfferKind = UPSELL, at: Moment | None = None) -> Offer:
    return next(offer for offer in eligible(entry, kind, at or moment()).offers if offer.id == offer_id)


def after_yes(entry: Order, offer_id: str, count: int | None = None, at: Moment | None = None) -> Order:
    offer = offer_of(entry, offer_id, at=at)
    return accept(entry, offer, offer.units if count is None else count, at or moment())


WITHOUT_BUNDLES = moment(menu=menu_with())
"""Two burgers that cost less together are not asked to become meals: see test_list_difference."""


def rows(entry: Order) -> list[tuple[int, str]]:
    return [(row.quantity, row.sku) for row in entry.lines]


# the next step


def test_the_next_step_of_every_path_is_above() -> None:
    assert [rung.offer_id for rung in rungs_above(MENU, burger)] == ["meal:1", "double:1", "bacon:1"]


def test_there_is_nothing_above_the_top() -> None:
    assert list(rungs_above(MENU, large_meal)) == []
    assert list(rungs_above(MENU, line("club-premium"))) == []


def test_an_extra_that_is_on_already_is_not_above() -> None:
    assert [rung.offer_id for rung in rungs_above(MENU, having(burger, "extra-bacon"))] == ["meal:1", "double:1"]


@pytest.mark.parametrize(
    ("row", "offer_id", "is_size"), [(meal, "meal:2", True), (burger, "meal:1", False), (cola, "cola:2", True)]
)
def test_another_size_is_told_from_another_thing(row: LineItem, offer_id: str, is_size: bool) -> None:
    rung = next(rung for rung in rungs_above(MENU, row) if rung.offer_id == offer_id)
    assert is_size_step(MENU, row, rung) is is_size


@pytest.mark.parametrize(
    ("row", "up", "down"),
    [
        (meal, "cheeseburger-meal-l", "cheeseburger"),
        (burger, "cheeseburger-meal-m", None),
        (large(coffee), "latte", "coffee-m"),
        (coffee, "coffee-l", "coffee-s"),
        (line("club-premium"), None, "club-basic"),
    ],
)
def test_a_step_by_hand_goes_to_another_size_first(row: LineItem, up: str | None, down: str | None) -> None:
    assert neighbour(MENU, row, 1) == up
    assert neighbour(MENU, row, -1) == down


# replaced, with all that was on it


def test_a_line_is_replaced_and_nothing_is_added() -> None:
    assert rows(after_yes(order(meal, coffee), "meal:2")) == [(1, "cheeseburger-meal-l"), (1, "coffee-m")]


def test_the_line_keeps_its_id_and_its_place() -> None:
    after = after_yes(order(coffee, burger, brownie), "meal:1")
    assert [(row.id, row.sku) for row in after.lines] == [(1, "coffee-m"), (2, "cheeseburger-meal-m"), (3, "brownie")]


def test_modifiers_and_the_note_are_kept() -> None:
    row = having(burger, "no-onion", "extra-bacon")
    after = accept(order(noted(row, "well done")), offer_of(order(row), "meal:1"), 1, moment())
    assert after.lines[0].modifiers == ("no-onion", "extra-bacon")
    assert after.lines[0].note == "well done"


def test_what_was_sold_up_is_marked() -> None:
    assert after_yes(order(burger), "meal:1").lines[0].offered is UPSELL


def test_a_slot_keeps_the_chosen_drink_in_the_larger_size() -> None:
    chosen = with_filling(with_filling(meal, "drink-m", "fanta-m"), "side-m", "nuggets-4")
    after = after_yes(order(chosen), "meal:2").lines[0]
    assert after.fillings == (("side-l", "nuggets-6"), ("drink-l", "fanta-l"))
    assert set(after.chosen) == {"side-l", "drink-l"}


def test_a_default_stays_a_default() -> None:
    after = after_yes(order(meal), "meal:2").lines[0]
    assert after.fillings == (("side-l", "fries-l"), ("drink-l", "cola-l"))
    assert after.chosen == ()


def test_two_drinks_stay_two_different_drinks() -> None:
    duo = replace(MENU.items["cheeseburger-meal-l"].meal, slots=("drink-l", "drink-m"))
    item = replace(MENU.items["cheeseburger-meal-l"], sku="duo", meal=duo)
    row = LineItem(1, "cheeseburger-meal-m", fillings=(("drink-m", "fanta-m"), ("second", "cola-m")))
    assert raised(row, item, moment()).fillings == (("drink-l", "fanta-l"), ("drink-m", "cola-m"))


def test_a_drink_that_is_sold_out_in_the_larger_size_is_asked_for_and_not_swapped() -> None:
    chosen = with_filling(meal, "drink-m", "fanta-m")
    at = moment(sold_out=["fanta-l"])
    assert raised(chosen, MENU.items["cheeseburger-meal-l"], at).fillings == (("side-l", "fries-l"),)


def test_a_sold_out_default_gives_way_when_nobody_spoke_of_it() -> None:
    at = moment(sold_out=["fries-m"])
    assert raised(burger, MENU.items["cheeseburger-meal-m"], at).filling("side-m") == "nuggets-4"


def test_a_slot_without_a_default_is_left_for_the_till_to_ask() -> None:
    assert raised(line("nuggets-4"), MENU.items["kids-meal"], moment()).fillings == (("side-kids", "fries-s"),)


def test_a_paid_extra_is_put_on_the_line() -> None:
    after = after_yes(order(having(burger, "no-onion")), "bacon:1")
    assert after.lines[0].modifiers == ("no-onion", "extra-bacon")
    assert moment().price(after).total == kr(89 + 20)


# item to meal takes up loose lines


def test_a_meal_takes_up_the_loose_fries_and_the_loose_drink() -> None:
    after = raise_some(
        entry := order(burger, fries, fanta), entry.lines[0], MENU.items["cheeseburger-meal-m"], 1, moment()
    )
    assert rows(after) == [(1, "cheeseburger-meal-m")]
    assert after.lines[0].fillings == (("side-m", "fries-m"), ("drink-m", "fanta-m"))


def test_a_small_drink_becomes_the_drink_of_the_meal() -> None:
    after = after_yes(order(burger, small(cola)), "meal:1")
    assert rows(after) == [(1, "cheeseburger-meal-m")]
    assert after.lines[0].filling("drink-m") == "cola-m"


def test_a_drink_whose_size_was_said_stays_as_it_is() -> None:
    after = after_yes(order(burger, said(large(cola))), "meal:1")
    assert rows(after) == [(1, "cheeseburger-meal-m"), (1, "cola-l")]


@pytest.mark.parametrize("row", [noted(fries, "no salt"), having(cola, "no-onion"), replace(cola, offered=CROSS_SELL)])
def test_nothing_that_would_get_lost_is_taken_up(row: LineItem) -> None:
    assert len(after_yes(order(burger, row), "meal:1").lines) == 2


def test_each_of_n_meals_takes_its_own() -> None:
    after = after_yes(order(times(3, burger), times(2, fanta), fries), "meal:1", at=WITHOUT_BUNDLES)
    assert rows(after) == [(1, "cheeseburger-meal-m")] * 3
    assert [row.filling("drink-m") for row in after.lines] == ["fanta-m", "fanta-m", "cola-m"]
    assert [row.chosen for row in after.lines] == [("side-m", "drink-m"), ("drink-m",), ()]
    assert len({row.id for row in after.lines}) == 3


def test_meals_that_come_out_alike_share_a_line() -> None:
    assert rows(after_yes(order(times(4, burger)), "meal:1", at=WITHOUT_BUNDLES)) == [(4, "cheeseburger-meal-m")]
    assert rows(after_yes(order(times(3, burger), times(2, fanta)), "meal:1", at=WITHOUT_BUNDLES)) == [
        (2, "cheeseburger-meal-m"),
        (1, "cheeseburger-meal-m"),
    ]


def test_of_more_loose_things_than_meals_the_rest_stays_loose() -> None:
    assert rows(after_yes(order(burger, times(3, cola)), "meal:1")) == [(1, "cheeseburger-meal-m"), (2, "cola-m")]


def test_a_meal_does_not_take_from_another_meal() -> None:
    assert rows(after_yes(order(burger, meal), "meal:1")) == [(1, "cheeseburger-meal-m"), (1, "cheeseburger-meal-m")]


# some of several


def test_a_yes_to_two_of_five_splits_the_line() -> None:
    after = after_yes(order(times(5, meal)), "meal:2", 2)
    assert rows(after) == [(3, "cheeseburger-meal-m"), (2, "cheeseburger-meal-l")]
    assert [row.offered for row in after.lines] == [None, UPSELL]


def test_both_parts_of_a_split_line_are_priced_right() -> None:
    priced = moment().price(after_yes(order(times(3, meal)), "meal:2", 2))
    assert [row.total for row in priced.lines] == [kr(119), kr(2 * 134)]


def test_a_yes_to_some_goes_through_the_lines_in_turn() -> None:
    after = after_yes(order(times(2, meal), coffee, times(2, having(meal, "no-onion"))), "meal:2", 3)
    assert rows(after) == [
        (2, "cheeseburger-meal-l"),
        (1, "coffee-m"),
        (1, "cheeseburger-meal-m"),
        (1, "cheeseburger-meal-l"),
    ]
    assert after.lines[-1].modifiers == ("no-onion",)


def test_a_yes_to_some_extras_splits_the_line() -> None:
    after = after_yes(order(times(3, burger)), "bacon:1", 1)
    assert [(row.quantity, row.modifiers) for row in after.lines] == [(2, ()), (1, ("extra-bacon",))]


def test_a_line_that_is_gone_is_passed_over() -> None:
    entry = order(meal, coffee)
    offer = replace(offer_of(entry, "meal:2"), lines=(9, 1))
    assert rows(accept(entry, offer, 1, moment())) == [(1, "cheeseburger-meal-l"), (1, "coffee-m")]


mains = st.sampled_from([burger, meal, having(burger, "no-onion"), with_filling(meal, "drink-m", "fanta-m")])
sides = st.sampled_from([fries, cola, fanta, small(cola), said(fries), nuggets, coffee, brownie, noted(cola, "no ice")])


@given(st.lists(st.builds(times, st.integers(1, 4), mains | sides), min_size=1, max_size=6), st.data())
def test_a_step_up_loses_nothing_and_doubles_nothing(lines: list[LineItem], data: st.DataObject) -> None:
    at, entry = moment(), order(*lines)
    found: Eligible = eligible(entry, UPSELL, at)
    for offer in found.offers:
        count = data.draw(st.integers(1, offer.units))
        after = accept(entry, offer, count, at)
        assert len({row.id for row in after.lines}) == len(after.lines)
        assert all(row.quantity > 0 for row in after.lines)
        mine, theirs = kin_of(entry, at), kin_of(after, at)
        if offer.modifier is not None or offer.sku == "double":
            assert sum(theirs.values()) == sum(mine.values())
        else:
            assert not mine - theirs
        raised_units = sum(row.quantity for row in after.lines if row.offered is UPSELL)
        assert raised_units == count


def kin_of(entry: Order, at: Moment) -> Counter[str]:
    """How many of each thing, whatever its size."""
    kin: Counter[str] = Counter()
    for sku, count in goods_in(at.menu, entry).items():
        kin[at.menu.items[sku].kin] += count
    return kin


# a cross-sell


def test_a_cross_sell_is_a_line_of_its_own_at_the_end() -> None:
    entry = order(burger, coffee)
    after = accept(entry, offer_of(entry, "burgers-shake-m", CROSS_SELL), 2, moment(), "chocolate")
    assert rows(after)[-1] == (2, "shake-m")
    assert after.lines[-1].modifiers == ("chocolate",)
    assert after.lines[-1].offered is CROSS_SELL
    assert after.lines[-1].id == 3


def test_a_meal_as_a_cross_sell_has_its_defaults() -> None:
    meal_too = Offer(CROSS_SELL, "x", (1,), words("meny"), sku="cheeseburger-meal-m")
    after = accept(order(coffee), meal_too, 1, moment())
    assert after.lines[-1].fillings == (("side-m", "fries-m"), ("drink-m", "cola-m"))
