from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.country.norway.taxes import mva
from pos.domain.menu.incentives import Bundle, BundlePart, Threshold
from pos.domain.menu.items import ServingMode
from pos.domain.menu.menu import Menu
from pos.domain.money import ZERO, Money, half_up, total
from pos.domain.order.discounts import MANUAL_DISCOUNT, DiscountReason, ManualDiscount
from pos.domain.order.order import LineItem, Order
from pos.domain.pricing.price import Priced, price
from pos.domain.pricing.taxes import tax_in
from tests.builders import (
    EAT_IN,
    MENU,
    TAKE_AWAY,
    bag,
    beer,
    brownie,
    burger,
    by_percent,
    coffee,
    cola,
    fanta,
    fries,
    having,
    in_size,
    kids_meal,
    kr,
    large,
    large_meal,
    latte,
    line,
    meal,
    menu_with,
    nuggets,
    order,
    salad,
    shake,
    small,
    taxes,
    text,
    times,
    with_filling,
)

loose = [
    burger,
    fries,
    cola,
    fanta,
    nuggets,
    coffee,
    small(coffee),
    large(fanta),
    brownie,
    latte,
    salad,
    shake,
    beer,
    bag,
]
meals = [meal, large_meal, kids_meal, with_filling(meal, "drink-m", "latte"), having(meal, "extra-bacon")]
rows = st.builds(times, st.integers(1, 4), st.sampled_from([*loose, *meals, having(burger, "extra-bacon")]))
modes = st.sampled_from([EAT_IN, TAKE_AWAY, None])
coupons = st.sets(st.sampled_from(["FANTA", "HEI"]))
discounts = st.none() | st.builds(ManualDiscount, st.integers(1, 10_000), st.sampled_from(DiscountReason))


# A threshold is measured after the bundles: what these save can leave an order short of it.
WITHOUT_THRESHOLDS = menu_with(*MENU.bundles)


@st.composite
def orders(draw: st.DrawFn) -> Order:
    lines = draw(st.lists(rows, min_size=1, max_size=6))
    rung = order(*lines, mode=draw(modes), codes=sorted(draw(coupons)))
    return replace(rung, discount=draw(discounts))


def priced(entry: Order, menu: Menu = MENU) -> Priced:
    return price(entry, menu, taxes)


def costs(*lines: LineItem, mode: ServingMode = TAKE_AWAY, codes: tuple[str, ...] = ()) -> Money:
    return priced(order(*lines, mode=mode, codes=codes)).total


# what always holds


@given(orders())
def test_lines_total_and_vat_rows_agree_to_the_ore(entry: Order) -> None:
    result = priced(entry)
    assert total(row.total for row in result.lines) == result.total
    assert total(row.gross for row in result.tax_rows) == result.total
    assert total(row.amount for row in result.tax_rows) == result.tax == total(row.tax for row in result.lines)
    assert total(row.discount for row in result.lines) == result.saved


@given(orders(), st.integers(1, 10_000))
def test_a_discount_by_hand_is_its_share_of_all_that_is_left_half_up(entry: Order, share: int) -> None:
    without = priced(replace(entry, discount=None))
    given_by_hand = ManualDiscount(share, DiscountReason.WAITED)
    with_it = priced(replace(entry, discount=given_by_hand))
    (row,) = [discount for discount in with_it.discounts if discount.id == MANUAL_DISCOUNT]
    assert row.amount == Money(half_up(without.total.minor * share, 10_000))
    assert with_it.total == without.total - row.amount
    assert with_it.threshold == without.threshold


@given(orders())
def test_vat_is_rounded_half_up_of_all_at_one_rate_and_no_line_is_an_ore_off(entry: Order) -> None:
    result = priced(entry)
    for row in result.tax_rows:
        assert row.amount.minor == half_up(row.gross.minor * row.tax.ppm, 1_000_000 + row.tax.ppm)
    for entry_line in result.lines:
        for part in entry_line.parts:
            (tax,) = part.levied
            exact = part.price.minor * tax.ppm / (1_000_000 + tax.ppm)
            assert abs(part.tax.minor - exact) < 1
            assert ZERO <= part.tax <= part.price


@given(orders())
def test_the_taxes_of_a_line_add_up_to_it(entry: Order) -> None:
    for row in priced(entry).lines:
        assert len({part.levied for part in row.parts}) == len(row.parts) >= 1
        assert total(part.price for part in row.parts) == row.total
        assert total(part.tax for part in row.parts) == row.tax


@given(orders())
def test_no_discount_is_more_than_its_line(entry: Order) -> None:
    for row in priced(entry).lines:
        assert ZERO <= row.discount <= row.gross


@given(st.data())
def test_the_order_of_lines_does_not_matter(data: st.DataObject) -> None:
    entry = data.draw(orders())
    shuffled = tuple(data.draw(st.permutations(entry.lines)))
    assert priced(replace(entry, lines=shuffled)).total == priced(entry).total


@given(orders())
def test_a_quantity_costs_the_same_on_one_line_as_on_several(entry: Order) -> None:
    singles = [replace(row, quantity=1) for row in entry.lines for _ in range(row.quantity)]
    apart = order(*singles, mode=entry.serving_mode, codes=entry.codes)
    assert priced(replace(apart, discount=entry.discount)).total == priced(entry).total


@given(st.sampled_from(["m", "l"]), st.integers(1, 3), st.lists(rows, max_size=3), modes)
def test_loose_goods_are_never_dearer_than_the_meal_that_they_make_up(
    size: str, count: int, others: list[LineItem], mode: ServingMode | None
) -> None:
    main = line("cheeseburger")
    parts = [times(count, part) for part in (main, in_size(fries, size), in_size(cola, size))]
    as_meal = times(count, line(f"cheeseburger-meal-{size}"))
    apart, together = order(*parts, *others, mode=mode), order(as_meal, *others, mode=mode)
    assert priced(apart, WITHOUT_THRESHOLDS).total <= priced(together, WITHOUT_THRESHOLDS).total


@given(orders())
def test_no_bundle_costs_more_for_a_coupon(entry: Order) -> None:
    with_coupon, without = replace(entry, codes=("FANTA",)), replace(entry, codes=())
    assert priced(with_coupon, WITHOUT_THRESHOLDS).total <= priced(without, WITHOUT_THRESHOLDS).total


# the parts


def test_a_line_costs_its_item_its_paid_modifiers_and_its_supplements() -> None:
    row = having(with_filling(meal, "drink-m", "latte"), "extra-bacon", "no-onion")
    result = priced(order(times(2, row)))
    assert result.lines[0].unit_price == kr(119 + 20 + 15)
    assert result.total == kr(2 * (119 + 20 + 15))


def test_one_price_both_ways_unless_an_item_has_another_for_take_away() -> None:
    assert costs(salad, mode=EAT_IN) == kr(79)
    assert costs(salad, mode=TAKE_AWAY) == kr(72)
    assert costs(nuggets, mode=EAT_IN) == costs(nuggets, mode=TAKE_AWAY) == kr(55)


def test_while_nobody_has_said_where_it_is_eaten_it_is_priced_as_eaten_in() -> None:
    assert priced(order(salad, mode=None)) == priced(order(salad, mode=EAT_IN))


def test_the_vat_row_with_the_highest_rate_comes_first() -> None:
    result = priced(order(nuggets, bag, beer))
    assert by_percent(result.tax_rows) == [(25, kr(93)), (15, kr(55))]
    assert [row.net + row.amount for row in result.tax_rows] == [kr(93), kr(55)]


def test_vat_is_what_is_inside_a_price() -> None:
    assert tax_in(kr(115), (mva(15),)) == kr(15)
    assert tax_in(kr(125), (mva(25),)) == kr(25)
    assert tax_in(kr(125), (mva(0),)) == ZERO


def test_a_line_is_found_by_its_id() -> None:
    result = priced(order(burger, cola))
    assert result.line(2).line.sku == "cola-m"
    with pytest.raises(KeyError):
        result.line(3)


def test_an_empty_order_costs_nothing() -> None:
    assert priced(order()) == Priced((), (), ZERO, ZERO)


# bundles


def test_burger_fries_and_cola_cost_what_the_meal_costs() -> None:
    result = priced(order(burger, fries, cola))
    assert result.total == kr(119)
    assert [(cut.id, cut.amount) for cut in result.discounts] == [("cheeseburger-meal-m", kr(89 + 35 + 34 - 119))]


def test_paid_modifiers_are_paid_inside_a_bundle_too() -> None:
    assert costs(having(burger, "extra-bacon"), fries, cola) == kr(119 + 20)


def test_two_burgers_cost_what_the_bundle_says() -> None:
    assert costs(times(2, burger)) == kr(159)
    assert costs(times(3, burger)) == kr(159 + 89)


def test_each_thing_is_in_one_bundle_only_and_the_customer_has_the_best_of_them() -> None:
    assert costs(times(2, burger), fries, cola) == kr(119 + 89)


def test_what_is_inside_a_meal_is_in_no_bundle() -> None:
    assert costs(meal, burger) == kr(119 + 89)


def test_an_amount_off_is_taken_from_any_that_fit() -> None:
    assert costs(coffee, brownie) == kr(34 + 32 - 10)
    assert costs(latte, line("cookie")) == kr(46 + 19 - 10)


def test_a_part_may_name_things_and_a_category() -> None:
    mixed = Bundle("mixed", text("Mix"), (BundlePart(("cola-m",), "treats"), BundlePart(("bag",))), price=kr(20))
    menu = menu_with(mixed)
    assert priced(order(cola, bag), menu).total == kr(20)
    assert priced(order(brownie, bag), menu).total == kr(20)
    assert priced(order(fanta, bag), menu).total == kr(38)


def test_a_coupon_needs_its_code() -> None:
    assert costs(large(fanta)) == kr(39)
    assert costs(large(fanta), codes=("FANTA",)) == kr(20)
    assert costs(large(fanta), codes=("HEI",)) == kr(39)


def test_two_uses_of_a_bundle_stand_on_the_receipt_once() -> None:
    result = priced(order(times(4, burger)))
    assert [(cut.id, cut.amount) for cut in result.discounts if not cut.is_threshold] == [("two-burgers", kr(38))]


# thresholds


def test_from_the_threshold_on_one_of_the_free_item_costs_nothing() -> None:
    assert costs(times(2, meal), times(2, small(coffee))) == kr(2 * 119 + 29)
    assert costs(meal, times(2, small(coffee))) == kr(119 + 2 * 29)


def test_a_threshold_is_measured_without_what_it_rewards() -> None:
    assert costs(times(2, meal), small(coffee)) == kr(2 * 119 + 29)
    assert costs(times(2, meal), nuggets, small(coffee)) == kr(2 * 119 + 55)


def test_a_second_coffee_counts_towards_the_first() -> None:
    assert costs(times(2, meal), times(2, small(coffee))) == kr(2 * 119 + 29)
    assert costs(meal, burger, times(2, small(coffee))) == kr(119 + 89 + 2 * 29)


def test_an_amount_off_is_measured_on_all_that_is_bought() -> None:
    off = menu_with(Threshold("off", text("Avslag"), kr(200), off=kr(30)))
    assert priced(order(meal, fanta, fanta), off).total == kr(119 + 34 + 34)
    assert priced(order(meal, fanta, cola, in_size(coffee, "s")), off).total == kr(119 + 34 + 34 + 29 - 30)


def test_a_threshold_is_measured_after_the_bundles() -> None:
    assert costs(times(3, burger), small(coffee)) == kr(159 + 89 + 29)
    assert costs(times(2, burger), fanta, cola, nuggets, small(coffee)) == kr(159 + 34 + 34 + 55)
    assert costs(times(2, burger), fanta, cola, small(coffee)) == kr(159 + 34 + 34 + 29)


def test_at_most_one_threshold_counts_and_it_is_the_one_worth_most() -> None:
    result = priced(order(times(5, meal), small(coffee)))
    assert [(cut.id, cut.amount) for cut in result.discounts] == [("forty-off", kr(40))]
    assert result.threshold is result.discounts[0]
    assert result.saved == kr(40)


def test_a_threshold_with_a_code_needs_it() -> None:
    assert costs(meal, codes=("HEI",)) == kr(119 - 25)
    assert costs(meal) == kr(119)


def test_a_reward_is_never_more_than_the_order() -> None:
    everything = menu_with(Threshold("all", text("Alt"), kr(10), off=kr(999)))
    assert priced(order(cola), everything).total == ZERO


def test_the_dearest_of_the_free_things_is_the_one_that_is_free() -> None:
    priciest = Threshold("free", text("Gratis"), kr(50), free="cheeseburger")
    assert priced(order(burger, having(burger, "extra-bacon")), menu_with(priciest)).total == kr(89)


def test_an_odd_ore_of_a_discount_makes_no_line_cheaper_than_two() -> None:
    pair = Bundle("pair", text("Par"), (BundlePart(("juice",), quantity=2),), off=Money(1))
    menu = menu_with(pair, Threshold("free", text("Gratis"), kr(20), free="juice"))
    juice = line("juice")
    assert priced(order(times(2, juice)), menu).total == priced(order(juice, cola, juice), menu).total - kr(34)
