from hypothesis import given
from hypothesis import strategies as st

from pos.domain.asking.differences import Difference, difference
from pos.domain.asking.offers import eligible
from pos.domain.asking.upgrades import accept
from pos.domain.menu.incentives import Threshold
from pos.domain.moment import Moment
from pos.domain.money import ZERO
from pos.domain.order.order import LineItem, Order
from pos.domain.order.questions import OfferKind
from tests.builders import (
    CROSS_SELL,
    EAT_IN,
    TAKE_AWAY,
    UPSELL,
    brownie,
    burger,
    coffee,
    cola,
    fries,
    having,
    kr,
    large_meal,
    latte,
    line,
    meal,
    menu_with,
    moment,
    nuggets,
    order,
    pairing,
    salad,
    small,
    text,
    times,
    with_filling,
)


def of(
    entry: Order, offer_id: str, kind: OfferKind = UPSELL, count: int | None = None, at: Moment | None = None
) -> Difference:
    """What a yes to an offer makes of an order."""
    at = at or moment()
    offer = next(offer for offer in eligible(entry, kind, at).offers if offer.id == offer_id)
    return difference(entry, offer, offer.units if count is None else count, at)


rows = st.sampled_from([burger, fries, cola, meal, large_meal, coffee, small(coffee), latte, brownie, nuggets, salad])


@given(
    st.lists(st.builds(times, st.integers(1, 3), rows), min_size=1, max_size=5), st.sampled_from(OfferKind), st.data()
)
def test_the_difference_is_the_price_after_less_the_price_before(
    lines: list[LineItem], kind: OfferKind, data: st.DataObject
) -> None:
    at, entry = moment(), order(*lines, mode=data.draw(st.sampled_from([EAT_IN, TAKE_AWAY])))
    for offer in eligible(entry, kind, at).offers:
        count = data.draw(st.integers(1, offer.units))
        said = difference(entry, offer, count, at)
        after = at.price(accept(entry, offer, count, at))
        assert said.more == after.total - at.price(entry).total
        assert said.total == after.total


def test_a_step_up_costs_the_whole_difference_for_all_lines() -> None:
    assert of(order(times(2, meal), having(meal, "no-onion")), "meal:2") == Difference(kr(45), kr(3 * 134))


def test_the_difference_follows_how_many_are_meant() -> None:
    entry = order(times(3, meal))
    assert [of(entry, "meal:2", count=count).more for count in (1, 2, 3)] == [kr(15), kr(30), kr(45)]


def test_a_paid_filling_costs_its_supplement_in_the_larger_meal() -> None:
    assert of(order(with_filling(meal, "drink-m", "latte")), "meal:2").more == kr(134 + 10 - 119 - 15)


def test_a_meal_that_takes_up_loose_fries_costs_only_the_rest() -> None:
    assert of(order(burger, fries), "meal:1") == Difference(kr(119 - 89 - 35), kr(119))


def test_a_drink_that_makes_a_meal_of_what_is_there_says_the_saving() -> None:
    cola_too = moment(pairings=[pairing("cheeseburger", "cola-m")])
    said = of(order(burger, fries), "cheeseburger-cola-m", CROSS_SELL, at=cola_too)
    assert said == Difference(kr(-5), kr(119), saving=kr(39))


def test_a_bundle_that_a_yes_completes_is_a_saving() -> None:
    assert of(order(coffee), "coffee-brownie", CROSS_SELL) == Difference(kr(22), kr(56), saving=kr(10))


def test_what_saves_nothing_says_no_saving() -> None:
    assert of(order(burger), "burgers-shake-m", CROSS_SELL).saving == ZERO
    assert of(order(burger), "double:1").saving == ZERO


JUICE_FREE = Threshold("juice-free", text("Gratis juice"), kr(130), free="juice")


def test_a_threshold_that_a_yes_reaches_is_named() -> None:
    at = moment(menu=menu_with(JUICE_FREE), pairings=[pairing("*burgers", "latte")])
    said = of(order(burger, line("juice")), "burgers-latte", CROSS_SELL, at=at)
    assert said == Difference(kr(46 - 25), kr(89 + 46), saving=kr(25), reached=text("Gratis juice"))


def test_a_threshold_that_was_reached_before_is_not_named_again() -> None:
    at = moment(menu=menu_with(JUICE_FREE), pairings=[pairing("*burgers", "latte")])
    said = of(order(times(2, burger), line("juice")), "burgers-latte", CROSS_SELL, at=at)
    assert (said.more, said.reached) == (kr(46), None)


def test_a_threshold_that_stays_out_of_reach_is_not_named() -> None:
    at = moment(menu=menu_with(JUICE_FREE), pairings=[pairing("*burgers", "muffin")])
    assert of(order(burger, line("juice")), "burgers-muffin", CROSS_SELL, at=at).reached is None


def test_a_gift_costs_nothing_once_the_rest_is_enough_and_does_not_close_the_gap_itself() -> None:
    enough = of(order(times(2, meal), cola), "anything-coffee-s", CROSS_SELL)
    assert (enough.more, enough.saving, enough.reached) == (ZERO, kr(29), text("Gratis kaffe over 250"))
    too_little = of(order(times(2, meal)), "anything-coffee-s", CROSS_SELL)
    assert (too_little.more, too_little.reached) == (kr(29), None)


def test_the_serving_mode_is_that_of_the_order() -> None:
    at = moment(pairings=[pairing("anything", "salad")])
    assert of(order("bag", mode=EAT_IN), "anything-salad", CROSS_SELL, at=at).more == kr(79)
    assert of(order("bag", mode=TAKE_AWAY), "anything-salad", CROSS_SELL, at=at).more == kr(72)
