"""Taxes that come on top of the menu's prices, several on one price, with rates to a thousandth of a per cent."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.asking.differences import difference
from pos.domain.asking.upgrades import accept
from pos.domain.menu.items import ServingMode, VatClass
from pos.domain.money import ZERO, Money, half_up, total
from pos.domain.order.discounts import DiscountReason, ManualDiscount
from pos.domain.order.order import Order
from pos.domain.order.questions import OfferKind
from pos.domain.pricing.margins import margin_left
from pos.domain.pricing.price import price
from pos.domain.pricing.taxes import Tax, Taxes, tax_in
from tests.builders import (
    BOTTLED,
    EAT_IN,
    TAKE_AWAY,
    asked,
    bag,
    beer,
    burger,
    coffee,
    cola,
    fries,
    having,
    kr,
    meal,
    moment,
    order,
    shake,
    times,
)
from tests.quebec import BOTH, GST, QST, taxes

goods = [burger, fries, cola, coffee, bag, beer, shake, meal, having(burger, "extra-bacon")]
rows = st.builds(times, st.integers(1, 4), st.sampled_from(goods))
discounts = st.none() | st.builds(ManualDiscount, st.integers(1, 10_000), st.sampled_from(DiscountReason))


@st.composite
def orders(draw: st.DrawFn) -> Order:
    lines = draw(st.lists(rows, min_size=1, max_size=6))
    rung = order(*lines, mode=draw(st.sampled_from([EAT_IN, TAKE_AWAY])), codes=("FANTA", "HEI"))
    return replace(rung, discount=draw(discounts))


def test_two_taxes_lie_on_one_price() -> None:
    priced = price(order(burger), BOTTLED, taxes)
    (line,) = priced.lines
    assert (priced.goods, line.total) == (kr(89), kr(89))
    assert [(row.tax, row.net, row.amount) for row in priced.tax_rows] == [
        (QST, kr(89), Money(888)),  # 8.8778
        (GST, kr(89), Money(445)),
    ]
    assert (priced.on_top, priced.total) == (Money(1333), kr(89) + Money(1333))


@given(orders())
def test_what_is_due_is_what_the_menu_says_and_the_taxes(rung: Order) -> None:
    priced = price(rung, BOTTLED, taxes)
    assert priced.goods == total(line.total for line in priced.lines)
    assert priced.menu_total == priced.goods + priced.deposits
    assert priced.total == priced.menu_total + total(row.amount for row in priced.tax_rows)
    assert priced.total == total(line.due for line in priced.lines)
    assert priced.tax == priced.on_top == total(row.amount for row in priced.tax_rows)


@given(orders())
def test_each_tax_is_rounded_once_of_all_that_it_is_on(rung: Order) -> None:
    priced = price(rung, BOTTLED, taxes)
    for row in priced.tax_rows:
        on = [part for line in priced.lines for part in line.parts if row.tax in part.levied]
        assert row.net == total(part.price for part in on)
        assert row.amount.minor == half_up(row.net.minor * row.tax.ppm, 1_000_000)


@given(orders())
def test_the_menu_says_the_same_wherever_the_tax_is(rung: Order) -> None:
    in_it = price(rung, BOTTLED, lambda vat, mode: (Tax("in-it", 150_000),))
    on_top = price(rung, BOTTLED, taxes)
    assert (on_top.goods, on_top.deposits, on_top.discounts) == (in_it.goods, in_it.deposits, in_it.discounts)
    assert on_top.menu_total == in_it.total


@given(orders())
def test_no_tax_is_margin(rung: Order) -> None:
    untaxed = price(rung, BOTTLED, lambda vat, mode: ())
    assert margin_left(price(rung, BOTTLED, taxes), BOTTLED) == margin_left(untaxed, BOTTLED)
    assert (untaxed.tax_rows, untaxed.total, untaxed.tax) == ((), untaxed.menu_total, ZERO)


def test_a_question_says_what_the_menu_board_says() -> None:
    """Source: rule 7; where tax comes on top, the difference is the one before it."""
    rung, there = order(burger), replace(moment(), taxes=taxes)
    question = asked(rung, OfferKind.UPSELL, there).question(OfferKind.UPSELL)
    assert question is not None
    offer = question.offer
    here, listed = difference(rung, offer, 1, there), difference(rung, offer, 1, moment())
    assert (here.more, here.saving) == (listed.more, listed.saving)
    assert here.total == there.price(accept(rung, offer, 1, there)).total > listed.total


def test_a_tax_on_top_is_not_in_a_price() -> None:
    assert tax_in(kr(100), BOTH) == ZERO
    assert tax_in(kr(115), (Tax("in-it", 150_000), GST)) == kr(15)


@given(st.integers(0, 10_000_00), st.integers(0, 400_000))
def test_a_rate_has_parts_in_a_million(minor: int, ppm: int) -> None:
    priced = Money(minor)
    assert tax_in(priced, (Tax("in-it", ppm),)).minor == half_up(minor * ppm, 1_000_000 + ppm)


@given(orders())
def test_no_tax_in_a_price_is_margin(rung: Order) -> None:
    two = (Tax("a", 150_000), Tax("b", 30_000))
    priced = price(rung, BOTTLED, lambda vat, mode: () if vat is VatClass.DEPOSIT else two)
    assert priced.tax == tax_in(priced.goods, two)
    assert margin_left(priced, BOTTLED) == margin_left(price(rung, BOTTLED, lambda vat, mode: ()), BOTTLED) - priced.tax


@given(orders())
def test_taxes_in_the_price_and_on_top_go_together(rung: Order) -> None:
    """Both are reckoned on the price without any tax."""

    def both(vat: VatClass, mode: ServingMode | None) -> Taxes:
        return (Tax("in-it", 150_000), QST)

    priced = price(rung, BOTTLED, both)
    upper, lower = priced.tax_rows
    assert (upper.tax.id, lower.tax.id) == ("in-it", "QST")
    assert upper.net == lower.net == priced.menu_total - upper.amount
    assert abs(lower.amount.minor - lower.net.minor * 0.09975) <= 1
    assert priced.total == priced.menu_total + lower.amount
