from collections.abc import Callable, Collection
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.asking.cross_sells import trigger_items
from pos.domain.asking.differences import list_price
from pos.domain.asking.offers import (
    MOST_CANDIDATES,
    eligible,
    propose,
    still_eligible,
    why_nothing,
    why_withdrawn,
)
from pos.domain.asking.ranking import rank
from pos.domain.asking.upgrades import accept
from pos.domain.menu.incentives import Threshold
from pos.domain.menu.items import Modifier, ModifierGroup, VatClass
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Pairing
from pos.domain.moment import Chance, Moment
from pos.domain.money import ZERO, Money
from pos.domain.order.order import LineItem, Order, add_line, drop_line
from pos.domain.order.questions import Offer, OfferKind, Outcome, Question, Reason
from tests.builders import (
    BREAKFAST,
    CROSS_SELL,
    EAT_IN,
    MENU,
    NOW,
    PAIRINGS,
    UPSELL,
    answered,
    asked,
    beer,
    brownie,
    burger,
    card,
    coffee,
    cola,
    declined,
    double,
    fanta,
    fries,
    having,
    item,
    kr,
    large,
    large_meal,
    latte,
    line,
    meal,
    menu_with,
    moment,
    no_draws,
    nuggets,
    order,
    pairing,
    pairings_of,
    said,
    salad,
    shake,
    slot,
    small,
    text,
    times,
    with_filling,
    words,
)


def ids(entry: Order, kind: OfferKind, at: Moment | None = None) -> list[str]:
    """What may be offered, in the order of the alphabet."""
    return sorted(offer.id for offer in eligible(entry, kind, at or moment()).offers)


def skus(entry: Order, at: Moment | None = None) -> set[str | None]:
    """What question 2 may offer."""
    return {offer.sku for offer in eligible(entry, CROSS_SELL, at or moment()).offers}


def proposed(entry: Order, kind: OfferKind, at: Moment | None = None) -> Question:
    question = propose(entry, kind, at or moment(), no_draws)
    assert isinstance(question, Question), question
    return question


def why(entry: Order, kind: OfferKind, at: Moment | None = None) -> Reason:
    """Why nothing is proposed; said the same by the question and by the prompt."""
    reason = propose(entry, kind, at or moment(), no_draws)
    assert isinstance(reason, Reason), reason
    assert why_nothing(entry, kind, at or moment()) is reason
    return reason


# question 1 is an up-sell, question 2 a cross-sell


def test_question_1_is_always_an_upsell_and_question_2_always_a_cross_sell() -> None:
    for kind in OfferKind:
        assert {offer.kind for offer in proposed(order(burger), kind).candidates} == {kind}


def test_a_path_may_be_of_sizes_a_meal_a_better_thing_a_membership_or_a_paid_extra() -> None:
    assert ids(order(burger), UPSELL) == ["bacon:1", "double:1", "meal:1"]
    assert ids(order(fries), UPSELL) == ["fries:2"]
    assert ids(order("club-free"), UPSELL) == ["club:1"]
    assert ids(order("club-basic"), UPSELL) == ["club:2"]
    assert ids(order(large(coffee)), UPSELL) == ["latte:1"]


def test_a_pairing_may_be_by_item_by_category_or_by_anything() -> None:
    assert ids(order(latte), CROSS_SELL) == ["anything-coffee-s", "coffee-brownie", "coffee-cookie", "latte-muffin"]
    assert ids(order("bag"), CROSS_SELL) == ["anything-coffee-s"]


def test_a_meal_calls_for_what_its_burger_calls_for() -> None:
    assert "burgers-shake-m" in ids(order(meal), CROSS_SELL)
    assert [found.sku for found in trigger_items(meal, MENU)] == ["cheeseburger-meal-m", "cheeseburger"]
    assert [found.sku for found in trigger_items(burger, MENU)] == ["cheeseburger"]


def test_an_empty_order_calls_for_nothing() -> None:
    assert why(order(), UPSELL) is Reason.NOTHING_TO_OFFER
    assert why(order(), CROSS_SELL) is Reason.NOTHING_TO_OFFER


# nothing is offered that is already in the order


def test_what_is_in_the_order_is_not_offered() -> None:
    assert "shake-m" in skus(order(burger))
    assert "shake-m" not in skus(order(burger, shake))


def test_another_size_of_it_is_the_same_thing() -> None:
    assert "shake-m" not in skus(order(burger, line("shake-l", 1, "vanilla")))
    assert "coffee-s" not in skus(order(burger, large(coffee)))


def test_what_is_inside_a_meal_is_not_offered() -> None:
    assert "cola-m" in skus(order(fries))
    assert "cola-m" not in skus(order(fries, meal))
    assert "cola-m" in skus(order(fries, with_filling(meal, "drink-m", "fanta-m")))


def test_that_everything_is_there_already_is_a_reason() -> None:
    only_coffee = moment(pairings=[pairing("anything", "coffee-s")])
    assert why(order(coffee), CROSS_SELL, only_coffee) is Reason.ALREADY_IN_ORDER


def test_a_meal_is_not_offered_to_somebody_who_has_all_of_it() -> None:
    entry = order(burger, fries, cola)
    assert "meal:1" not in ids(entry, UPSELL)
    assert proposed(entry, UPSELL).offer.id == "meal:2"


def test_the_large_meal_that_loose_things_grow_into_costs_what_the_sizes_differ_by() -> None:
    entry = order(burger, fries, cola)
    after = accept(entry, proposed(entry, UPSELL).offer, 1, moment())
    assert [row.sku for row in after.lines] == ["cheeseburger-meal-l"]
    assert moment().price(after).total - moment().price(entry).total == kr(15)


def test_loose_things_whose_sizes_were_said_do_not_grow_into_a_large_meal() -> None:
    entry = order(burger, said(fries), said(cola))
    assert not {"meal:1", "meal:2"} & set(ids(entry, UPSELL))


def test_a_meal_is_offered_when_something_of_it_is_missing() -> None:
    assert "meal:1" in ids(order(burger, fries), UPSELL)
    assert "meal:1" in ids(order(times(2, burger), fries, cola), UPSELL)


def test_a_large_drink_is_not_offered_where_it_would_break_up_a_meal() -> None:
    assert not {"cola:2", "fries:2"} & set(ids(order(burger, fries, cola), UPSELL))
    assert {"cola:2", "fries:2"} <= set(ids(order(fries, cola), UPSELL))


def test_what_a_question_has_sold_is_not_sold_up() -> None:
    assert why(order(replace(cola, offered=CROSS_SELL)), UPSELL) is Reason.NOTHING_TO_OFFER
    assert ids(order(cola), UPSELL) == ["cola:2"]


# on the top step, said, sold out, out of its daypart


@pytest.mark.parametrize("row", [large_meal, latte, line("club-premium"), line("nuggets-9")])
def test_nothing_is_offered_above_the_top_step(row: LineItem) -> None:
    assert why(order(row), UPSELL) is Reason.TOP_STEP


def test_a_thing_on_no_path_has_nothing_to_offer() -> None:
    assert why(order(brownie, salad), UPSELL) is Reason.NOTHING_TO_OFFER


def test_a_size_that_was_said_is_not_asked_for_again() -> None:
    assert why(order(said(meal)), UPSELL) is Reason.SIZE_STATED
    assert why(order(said(cola)), UPSELL) is Reason.SIZE_STATED


def test_a_size_that_was_said_leaves_other_steps_open() -> None:
    assert ids(order(said(large(coffee))), UPSELL) == ["latte:1"]
    assert ids(order(said(burger)), UPSELL) == ["bacon:1", "double:1", "meal:1"]


def test_a_tile_states_nothing_about_size() -> None:
    assert ids(order(fries, said(fries)), UPSELL) == ["fries:2"]
    assert proposed(order(times(2, fries), said(fries)), UPSELL).offer.units == 2


def test_what_is_sold_out_is_not_offered() -> None:
    at = moment(sold_out=["shake-m", "cheeseburger-meal-m", "double"])
    assert "shake-m" not in skus(order(burger), at)
    assert ids(order(burger), UPSELL, at) == ["bacon:1"]
    assert why(order(meal), UPSELL, moment(sold_out=["cheeseburger-meal-l"])) is Reason.SOLD_OUT


def test_a_meal_is_sold_out_with_its_burger_and_with_all_that_could_fill_a_slot() -> None:
    assert why(order(meal), UPSELL, moment(sold_out=["cheeseburger"])) is Reason.SOLD_OUT
    assert why(order(meal), UPSELL, moment(sold_out=["fries-l", "nuggets-6"])) is Reason.SOLD_OUT


def test_a_large_meal_that_cannot_have_the_chosen_drink_is_not_offered() -> None:
    chosen = with_filling(meal, "drink-m", "fanta-m")
    assert ids(order(chosen), UPSELL) == ["meal:2"]
    assert why(order(chosen), UPSELL, moment(sold_out=["fanta-l"])) is Reason.SOLD_OUT


def test_what_is_out_of_its_daypart_is_not_offered() -> None:
    assert "egg-roll" in skus(order(coffee), moment(BREAKFAST))
    assert "egg-roll" not in skus(order(coffee), moment(NOW))
    only_rolls = [pairing("*coffee", "egg-roll")]
    assert why(order(coffee), CROSS_SELL, moment(NOW, pairings=only_rolls)) is Reason.DAYPART


def test_what_is_retired_is_not_offered() -> None:
    gone = {sku: replace(MENU.items[sku], retired=True) for sku in ("shake-m", "cheeseburger-meal-m")}
    at = moment(menu=replace(MENU, items={**MENU.items, **gone}))
    assert "shake-m" not in skus(order(burger), at)
    assert "meal:1" not in ids(order(burger), UPSELL, at)


# allergens noted on the order


@pytest.mark.parametrize(
    ("offered", "noted"),
    [("brownie", "nuts"), ("muffin", "nuts"), ("cookie", "nuts"), ("brownie", "milk"), ("muffin", "gluten")],
)
def test_what_contains_may_contain_or_is_unknown_for_a_noted_allergen_is_not_offered(offered: str, noted: str) -> None:
    at = moment(pairings=[pairing("anything", offered)])
    assert skus(order("bag"), at) == {offered}
    assert why(order("bag", allergens=[noted]), CROSS_SELL, at) is Reason.ALLERGEN


def test_what_is_free_of_a_noted_allergen_is_offered() -> None:
    assert skus(order(latte, allergens=["milk"])) == {"muffin", "cookie", "coffee-s"}


def test_no_meal_is_offered_whose_burger_or_filling_contains_a_noted_allergen() -> None:
    at = moment(pairings=[pairing("anything", "cheeseburger-meal-m")])
    assert skus(order("bag"), at) == {"cheeseburger-meal-m"}
    assert why(order("bag", allergens=["milk"]), CROSS_SELL, at) is Reason.ALLERGEN


def test_no_meal_is_offered_that_would_hold_a_noted_allergen_in_place_of_what_is_sold_out() -> None:
    safe, nuggets_in_it = (
        moment(sold_out=gone, pairings=[pairing("anything", "cheeseburger-meal-m")]) for gone in ([], ["fries-m"])
    )
    assert skus(order("bag", allergens=["eggs"]), safe) == {"cheeseburger-meal-m"}
    assert why(order("bag", allergens=["eggs"]), CROSS_SELL, nuggets_in_it) is Reason.ALLERGEN


def test_a_meal_is_offered_as_long_as_something_safe_can_fill_its_open_slot() -> None:
    menu = replace(MENU, slots={**MENU.slots, "drink-kids": slot("drink-kids", "juice", "latte")})

    def at(*sold_out: str) -> Moment:
        return moment(menu=menu, sold_out=sold_out, pairings=[pairing("anything", "kids-meal")])

    entry = order("bag", allergens=["milk"])
    assert skus(entry, at()) == {"kids-meal"}
    assert why(entry, CROSS_SELL, at("juice")) is Reason.ALLERGEN
    assert why(entry, CROSS_SELL, at("juice", "latte")) is Reason.SOLD_OUT


def test_an_upsell_is_looked_at_with_all_that_it_would_hold() -> None:
    no_cheese = having(meal, "no-cheese")
    assert ids(order(no_cheese, allergens=["milk"]), UPSELL) == ["meal:2"]
    with_latte = with_filling(no_cheese, "drink-m", "latte")
    assert why(order(with_latte, allergens=["milk"]), UPSELL) is Reason.ALLERGEN
    assert why(order(meal, allergens=["milk"]), UPSELL) is Reason.ALLERGEN


def test_no_meal_is_offered_that_would_take_up_a_loose_thing_with_a_noted_allergen() -> None:
    no_cheese = having(burger, "no-cheese")
    on_the_line = replace(no_cheese, allergens=frozenset({"milk"}))
    for beside, offer in (((latte,), "meal:1"), ((fries, latte), "meal:2")):
        assert offer in ids(order(no_cheese, *beside), UPSELL)
        assert offer not in ids(order(no_cheese, *beside, allergens=["milk"]), UPSELL)
        assert offer not in ids(order(on_the_line, *beside), UPSELL)
    assert "meal:1" in ids(order(no_cheese, cola, allergens=["milk"]), UPSELL)


def with_slot(*choices: str, dearer: dict[str, int]) -> Menu:
    """The menu with another drink slot for the medium meal."""
    drinks = slot("drink-m", *choices, default="cola-m", dearer=dearer)
    return replace(MENU, slots={**MENU.slots, drinks.id: drinks})


def test_no_meal_is_offered_that_can_only_be_had_for_more_than_the_question_says() -> None:
    menu = with_slot("cola-m", "fanta-m", dearer={"latte": 15})
    entry = order(burger)
    assert "meal:1" in ids(entry, UPSELL, moment(menu=menu, sold_out=["cola-m"]))
    at = moment(menu=menu, sold_out=["cola-m", "fanta-m"])
    assert "meal:1" not in ids(entry, UPSELL, at)
    meal_asked = [pairing("*burgers", "cheeseburger-meal-m")]
    assert why(order(double), CROSS_SELL, replace(at, pairings=pairings_of(menu, meal_asked))) is Reason.SOLD_OUT


def test_no_meal_is_offered_that_takes_up_a_loose_beer() -> None:
    menu = with_slot("cola-m", dearer={"beer-m": 30})
    assert "meal:1" in ids(order(burger, cola), UPSELL, moment(menu=menu))
    assert "meal:1" not in ids(order(burger, beer), UPSELL, moment(menu=menu))


@pytest.mark.parametrize(("free", "offered"), [("beer-m", False), ("juice", True)])
def test_no_question_leads_to_a_free_beer(free: str, offered: bool) -> None:
    entry = order(burger, beer, line("juice"), mode=EAT_IN)
    menu = menu_with(Threshold("gift", text("Gave", "Gift"), kr(150), free=free))
    calls = [pairing("*burgers", "shake-m")]
    assert ("shake-m" in skus(entry, moment(menu=menu, pairings=calls))) is offered
    above = replace(menu, incentives={"gift": Threshold("gift", text("Gave", "Gift"), kr(900), free=free)})
    assert "shake-m" in skus(entry, moment(menu=above, pairings=calls))


def test_what_a_meal_never_takes_is_not_called_sold_out() -> None:
    menu = with_slot("cola-m", dearer={"beer-m": 30})
    row = with_filling(line("cheeseburger-meal-m", menu=menu), "drink-m", "beer-m")
    assert why(order(row), UPSELL, moment(menu=menu)) is Reason.NOTHING_TO_OFFER
    juice = with_filling(meal, "drink-m", "fanta-m")
    assert why(order(juice), UPSELL, moment(sold_out=["fanta-l"])) is Reason.SOLD_OUT


def with_second_choice(*modifiers: Modifier) -> Menu:
    """The menu, whose shake has a topping that must be chosen after its flavour."""
    topping = ModifierGroup("topping", text("Strøssel", "Topping"), 1, 1, modifiers)
    items = {**MENU.items, "shake-m": replace(MENU.items["shake-m"], modifiers=("flavour", "topping"))}
    return replace(MENU, items=items, groups={**MENU.groups, topping.id: topping})


def test_nothing_is_offered_of_which_every_choice_has_a_noted_allergen_or_an_age_limit() -> None:
    nuts = Modifier("nuts", text("Nøtter", "Nuts"), adds=frozenset({"nuts:hazelnut"}))
    rum = Modifier("rum", text("Rom", "Rum"), vat=VatClass.ALCOHOL)
    plain = Modifier("plain", text("Uten strøssel", "No topping"))
    for group, noted, offered in (
        ((nuts, rum), ["nuts"], False),
        ((nuts, rum), [], True),
        ((nuts, plain), ["nuts"], True),
        ((rum, replace(rum, id="gin")), [], False),
    ):
        at = moment(menu=with_second_choice(*group))
        assert ("shake-m" in skus(order(burger, allergens=noted), at)) is offered


def test_a_paid_extra_that_brings_a_noted_allergen_is_not_offered() -> None:
    safe = having(burger, "no-cheese")
    assert "bacon:1" in ids(order(safe), UPSELL)
    assert ids(order(safe, allergens=["mustard"]), UPSELL) == ["meal:1"]


def test_a_shake_is_offered_as_long_as_one_flavour_is_safe() -> None:
    assert "shake-m" in skus(order(burger, allergens=["soybeans"]))
    chocolate_only = replace(MENU.groups["flavour"], modifiers=MENU.groups["flavour"].modifiers[1:])
    at = moment(menu=replace(MENU, groups={**MENU.groups, "flavour": chocolate_only}))
    assert "shake-m" not in skus(order(burger, allergens=["soybeans"]), at)


# age limits, and what a target does not take


def test_nothing_with_an_age_limit_is_offered() -> None:
    assert "beer-m" in {pair.offered for pair in PAIRINGS}
    assert "beer-m" not in skus(order(burger))
    assert why(order(beer), UPSELL) is Reason.NOTHING_TO_OFFER


def test_no_meal_is_offered_with_alcohol_in_it() -> None:
    with_beer = slot("drink-m", "beer-m", "cola-m", default="beer-m")
    at = moment(menu=replace(MENU, slots={**MENU.slots, "drink-m": with_beer}))
    assert "meal:1" not in ids(order(burger), UPSELL, at)


def test_a_target_that_does_not_take_a_modifier_is_not_offered() -> None:
    assert "double:1" in ids(order(burger), UPSELL)
    assert ids(order(having(burger, "no-onion")), UPSELL) == ["bacon:1", "meal:1"]


def test_an_extra_is_not_offered_to_a_thing_that_does_not_take_it() -> None:
    assert ids(order("double"), UPSELL) == []


def test_an_extra_is_not_offered_when_its_group_is_full() -> None:
    assert ids(order(having(burger, "no-onion", "no-cheese")), UPSELL) == ["bacon:1", "meal:1"]
    assert ids(order(having(burger, "no-onion", "no-cheese", "extra-cheese")), UPSELL) == ["meal:1"]


# a refusal


def test_what_was_refused_in_question_1_is_not_question_2() -> None:
    at = moment(pairings=[pairing("anything", "cheeseburger-meal-m"), pairing("anything", "cheeseburger-meal-l")])
    assert skus(order(burger), at) == {"cheeseburger-meal-m", "cheeseburger-meal-l"}
    assert why(declined(order(burger)), CROSS_SELL, at) is Reason.REFUSED_BEFORE


def test_only_a_no_is_a_refusal() -> None:
    at = moment(pairings=[pairing("anything", "cheeseburger-meal-m")])
    not_asked = answered(asked(order(burger), UPSELL), UPSELL, Outcome.NOT_ASKED)
    assert skus(not_asked, at) == {"cheeseburger-meal-m"}


# one question covers all lines


def test_one_question_covers_all_lines_that_can_take_the_same_step() -> None:
    entry = order(times(2, meal), coffee, having(meal, "no-onion"), times(2, with_filling(meal, "drink-m", "fanta-m")))
    question = proposed(entry, UPSELL)
    assert (question.offer.id, question.offer.lines, question.offer.units) == ("meal:2", (1, 3, 4), 5)
    assert question.count == 5


def test_the_margin_of_an_upsell_is_that_of_all_its_units() -> None:
    one = proposed(order(meal), UPSELL).offer.margin
    assert one > ZERO
    assert proposed(order(times(3, meal), having(meal, "no-onion")), UPSELL).offer.margin == one * 4


def test_lines_that_cannot_take_the_step_are_left_out() -> None:
    assert proposed(order(meal, said(meal)), UPSELL).offer.lines == (1,)


# ranking


def offer(name: str, margin: int, priority: int = 0, units: int = 1) -> Offer:
    return Offer(CROSS_SELL, name, (1,), words(name), sku=name, units=units, priority=priority, margin=kr(margin))


def ranked(*offers: Offer, **chances: Chance) -> list[str]:
    return [entry.id for entry in rank(offers, chances)]


def test_the_managers_priority_goes_before_the_margin() -> None:
    assert ranked(offer("a", 90), offer("b", 10, priority=1)) == ["b", "a"]


def test_of_equal_priority_the_larger_margin_goes_first_and_then_the_name() -> None:
    assert ranked(offer("c", 20), offer("b", 10), offer("a", 10)) == ["c", "a", "b"]


def test_a_known_chance_weighs_the_margin() -> None:
    assert ranked(offer("a", 30), offer("b", 20), a=Chance(0.1, kr(30)), b=Chance(0.9, kr(20))) == ["b", "a"]


def test_a_known_chance_counts_for_every_unit() -> None:
    assert ranked(offer("a", 60, units=3), offer("b", 40), a=Chance(0.5, kr(20)), b=Chance(0.7, kr(40))) == ["a", "b"]


def test_an_unknown_chance_counts_as_a_certain_yes() -> None:
    assert ranked(offer("a", 21), offer("b", 40), b=Chance(0.5, kr(40))) == ["a", "b"]


def test_the_margin_is_the_price_without_vat_less_the_cost() -> None:
    assert moment().margin(MENU.items["shake-m"], None) == Money(4500 - 900 - 1000)
    assert moment().margin(MENU.items["salad"], order("bag").serving_mode) == Money(7200 - 939 - 2600)


def test_a_question_has_the_best_three_in_their_order() -> None:
    question = proposed(order(burger), CROSS_SELL)
    assert [entry.sku for entry in question.candidates] == ["shake-m", "nuggets-6", "coffee-s"]
    assert question.offer is question.candidates[0]
    assert (question.shown_at, question.presented_at, question.answer) == (NOW, NOW, None)


def test_the_pairing_with_the_highest_priority_speaks_for_a_thing() -> None:
    twice = [
        pairing("anything", "shake-m", 1),
        pairing("cheeseburger", "shake-m", 7),
        pairing("*burgers", "shake-m", 3),
    ]
    question = proposed(order(burger), CROSS_SELL, moment(pairings=twice))
    assert [entry.id for entry in question.candidates] == ["cheeseburger-shake-m"]


def test_the_cheapest_eligible_is_always_among_the_three() -> None:
    dear = [pairing("anything", sku, 5) for sku in ("salad", "nuggets-9", "double", "latte")]
    question = proposed(order("bag"), CROSS_SELL, moment(pairings=[*dear, pairing("anything", "cookie")]))
    assert [entry.sku for entry in question.candidates] == ["double", "nuggets-9", "cookie"]


def test_the_cheapest_is_the_cheapest_of_those_that_may_be_offered() -> None:
    dear = [pairing("anything", sku, 5) for sku in ("salad", "nuggets-9", "double", "latte")]
    cheap = [pairing("anything", sku) for sku in ("cookie", "juice", "muffin")]
    question = proposed(order("bag"), CROSS_SELL, moment(sold_out=["cookie"], pairings=[*dear, *cheap]))
    assert question.candidates[-1].sku == "juice"


def test_the_cheapest_step_up_is_always_among_the_three() -> None:
    question = proposed(order(burger, times(9, nuggets), times(9, meal), times(9, coffee)), UPSELL)
    assert [entry.id for entry in question.candidates[:2]] == ["meal:2", "meal:1"]
    assert question.candidates[2].id == "coffee:2"


SHOP = replace(
    MENU,
    items=MENU.items
    | {
        f"i{n}": item(f"i{n}", "treats", 10 + n * 7 % 31, 2 + n % 8, card("milk" if n % 4 == 0 else ""))
        for n in range(40)
    },
)
pools = st.lists(
    st.builds(pairing, st.just("anything"), st.sampled_from(sorted(SHOP.items)), st.integers(0, 2)), max_size=40
)
chance = st.builds(Chance, st.floats(0, 1), st.integers(0, 9000).map(Money))


@given(pools, st.sets(st.sampled_from(sorted(SHOP.items)), max_size=9), st.booleans(), st.data())
def test_a_question_is_what_ranking_everything_would_give(
    pool: list[Pairing], sold_out: Collection[str], milk: bool, data: st.DataObject
) -> None:
    known = {pair.id: data.draw(chance) for pair in pool[::3]}
    at = moment(sold_out=sold_out, menu=SHOP, pairings={pair.id: pair for pair in pool}.values(), chances=known)
    entry = order("bag", allergens=["milk"] if milk else [])
    found = eligible(entry, CROSS_SELL, at)
    question = propose(entry, CROSS_SELL, at, no_draws)
    if not found.offers:
        assert question == found.reason == why_nothing(entry, CROSS_SELL, at)
        return
    assert why_nothing(entry, CROSS_SELL, at) is None
    assert isinstance(question, Question)
    best = rank(found.offers, known)[:MOST_CANDIDATES]
    cheapest = min(list_price(entry_, entry, at) for entry_ in found.offers)
    assert list(question.candidates[:2]) == best[:2]
    assert cheapest in [list_price(candidate, entry, at) for candidate in question.candidates]
    assert len({candidate.sku for candidate in question.candidates}) == len(question.candidates) == len(best)


# looked at again before it is shown once more


def test_a_candidate_that_is_sold_out_meanwhile_is_dropped() -> None:
    entry = asked(order(burger), CROSS_SELL)
    left = still_eligible(entry.questions[0], entry, moment(sold_out=["shake-m"]))
    assert [candidate.sku for candidate in left] == ["nuggets-6", "coffee-s"]
    assert why_withdrawn(entry.questions[0].offer, entry, moment(sold_out=["shake-m"])) is Reason.SOLD_OUT


def test_the_lines_of_a_question_follow_the_order() -> None:
    entry = asked(order(meal), UPSELL)
    more = add_line(add_line(entry, coffee), times(2, meal))
    (candidate, *_) = still_eligible(entry.questions[0], more, moment())
    assert (candidate.lines, candidate.units) == ((1, 3), 3)


def test_a_question_whose_lines_are_gone_has_nothing_to_offer() -> None:
    entry = asked(order(meal, brownie), UPSELL)
    voided = drop_line(entry, 1)
    assert still_eligible(entry.questions[0], voided, moment()) == ()
    assert why_withdrawn(entry.questions[0].offer, voided, moment()) is Reason.NOTHING_TO_OFFER


def test_a_cross_sell_stays_when_something_else_calls_for_it_too() -> None:
    entry = asked(order(burger, "double"), CROSS_SELL)
    (shaken, *_) = still_eligible(entry.questions[0], drop_line(entry, 1), moment())
    assert (shaken.id, shaken.lines) == ("burgers-shake-m", (2,))


def test_a_better_pairing_rung_later_does_not_withdraw_the_one_that_was_shown() -> None:
    pairs = [pairing("bag", "shake-m"), pairing("cheeseburger", "shake-m", 9)]
    at = moment(pairings=pairs)
    entry = asked(order("bag"), CROSS_SELL, at)
    (kept,) = still_eligible(entry.questions[0], add_line(entry, burger), at)
    assert kept.id == "bag-shake-m"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda entry: replace(entry, allergens=frozenset({"milk"})), Reason.ALLERGEN),
        (lambda entry: add_line(entry, shake), Reason.ALREADY_IN_ORDER),
    ],
)
def test_why_a_cross_sell_is_withdrawn_is_about_that_offer(change: Callable[[Order], Order], reason: Reason) -> None:
    entry = asked(order(burger, "bag"), CROSS_SELL)
    assert why_withdrawn(entry.questions[0].offer, change(entry), moment()) is reason


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (said(meal), Reason.SIZE_STATED),
        (large_meal, Reason.ALREADY_IN_ORDER),
        (brownie, Reason.NOTHING_TO_OFFER),
    ],
)
def test_why_an_upsell_is_withdrawn_is_about_that_offer(row: LineItem, reason: Reason) -> None:
    shown = proposed(order(meal), UPSELL).offer
    assert why_withdrawn(shown, order(row, fanta), moment(sold_out=["fanta-l"])) is reason


def test_a_list_price_is_that_of_the_menu() -> None:
    entry = order(burger)
    prices = {offer.id: list_price(offer, entry, moment()) for offer in eligible(entry, UPSELL, moment()).offers}
    assert prices == {"meal:1": kr(30), "double:1": kr(30), "bacon:1": kr(20)}
    (salad_too,) = eligible(entry, CROSS_SELL, moment(pairings=[pairing("anything", "salad")])).offers
    assert list_price(salad_too, entry, moment()) == kr(72)


def test_small_things_grow_a_step_at_a_time() -> None:
    assert ids(order(small(cola)), UPSELL) == ["cola:1"]
