"""Deposits: in what is due, and in nothing else that a till works out of an order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.country.norway.taxes import mva
from pos.domain.asking.differences import difference
from pos.domain.asking.offers import propose
from pos.domain.asking.upgrades import accept
from pos.domain.menu.items import ServingMode, VatClass
from pos.domain.menu.menu import Menu
from pos.domain.money import ZERO, Money, total
from pos.domain.order.discounts import DiscountReason, ManualDiscount
from pos.domain.order.order import LineItem, Order, Purpose, everything_in
from pos.domain.order.questions import OfferKind, Question
from pos.domain.pricing.deposits import displayed_price
from pos.domain.pricing.margins import margin_left
from pos.domain.pricing.price import Priced, price
from pos.domain.pricing.taxes import Taxes
from tests.builders import (
    BOTTLED,
    DEPOSITS,
    EAT_IN,
    MENU,
    TAKE_AWAY,
    beer,
    brownie,
    burger,
    coffee,
    cola,
    double,
    fanta,
    fries,
    having,
    kids_meal,
    kr,
    large,
    large_meal,
    latte,
    line,
    meal,
    moment,
    no_draws,
    nuggets,
    order,
    shake,
    taxed,
    taxes,
    times,
    with_filling,
)

goods = [burger, double, fries, cola, large(cola), fanta, large(fanta), nuggets, coffee, latte, brownie, shake, beer]
meals = [meal, large_meal, kids_meal, with_filling(meal, "drink-m", "latte"), having(meal, "extra-bacon")]
rows = st.builds(times, st.integers(1, 4), st.sampled_from([*goods, *meals, line("coffee-s"), line("juice")]))
discounts = st.none() | st.builds(ManualDiscount, st.integers(1, 10_000), st.sampled_from(DiscountReason))


@st.composite
def orders(draw: st.DrawFn) -> Order:
    lines = draw(st.lists(rows, min_size=1, max_size=6))
    codes = sorted(draw(st.sets(st.sampled_from(["FANTA", "HEI"]))))
    rung = order(*lines, mode=draw(st.sampled_from([EAT_IN, TAKE_AWAY])), codes=codes)
    return replace(rung, discount=draw(discounts))


def all_taxed(vat: VatClass, mode: ServingMode | None) -> Taxes:
    """A country in which a deposit is taxed as food to take away is."""
    return (mva(15),) if vat is VatClass.DEPOSIT else taxes(vat, mode)


def without_deposits(priced: Priced) -> Priced:
    """What is left of a priced order when its deposits are taken out."""
    lines = tuple(replace(entry, deposit=None) for entry in priced.lines)
    tax = priced.tax - total(entry.deposit.tax for entry in priced.lines if entry.deposit is not None)
    return Priced(lines, priced.discounts, priced.goods, tax)


def contained(rung: LineItem) -> Money:
    """The deposits of a line, thing by thing."""
    return rung.quantity * total(DEPOSITS.get(it.sku, ZERO) for it in everything_in(BOTTLED, rung))


@given(orders())
def test_lines_and_deposits_are_what_is_due(rung: Order) -> None:
    priced = price(rung, BOTTLED, taxes)
    assert priced.total == total(entry.total for entry in priced.lines) + total(map(contained, rung.lines))
    assert priced.total == total(entry.due for entry in priced.lines) == total(row.gross for row in priced.tax_rows)
    assert priced.deposits == total(map(contained, rung.lines)) == priced.total - priced.goods
    assert priced.tax == total(row.amount for row in priced.tax_rows)


@given(orders())
def test_without_deposits_the_order_costs_what_its_goods_cost(rung: Order) -> None:
    assert without_deposits(price(rung, BOTTLED, taxes)) == price(rung, MENU, taxes)


@given(orders())
def test_a_deposit_is_in_no_margin(rung: Order) -> None:
    bottled, bare = price(rung, BOTTLED, taxes), price(rung, MENU, taxes)
    assert margin_left(bottled, BOTTLED) == margin_left(bare, MENU)


@given(orders())
def test_where_deposits_are_taxed_lines_rows_and_total_agree(rung: Order) -> None:
    priced = price(rung, BOTTLED, all_taxed)
    assert priced.total == price(rung, BOTTLED, taxes).total
    lines = [(entry.tax, ZERO if entry.deposit is None else entry.deposit.tax) for entry in priced.lines]
    assert priced.tax == total(tax for pair in lines for tax in pair) == total(row.amount for row in priced.tax_rows)


def questions(rung: Order, menu: Menu) -> list[tuple[object, ...]]:
    """Both questions of an order with what a yes to each gains, or why there is none."""
    found: list[tuple[object, ...]] = []
    at = moment(menu=menu)
    for kind in OfferKind:
        question = propose(rung, kind, at, no_draws)
        if not isinstance(question, Question):
            found.append((question,))
            continue
        before = at.price(rung).goods
        for offer in question.candidates:
            after = at.price(accept(rung, offer, offer.units, at))
            found.append(
                (offer, after.goods - before, after.threshold, difference(rung, offer, offer.units, at).saving)
            )
    return found


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(orders())
def test_deposits_change_no_question_no_threshold_and_no_gain(rung: Order) -> None:
    assert questions(rung, BOTTLED) == questions(rung, MENU)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(orders())
def test_a_question_says_what_the_customer_pays_more(rung: Order) -> None:
    at = moment(menu=BOTTLED)
    for kind in OfferKind:
        question = propose(rung, kind, at, no_draws)
        for offer in question.candidates if isinstance(question, Question) else ():
            after = accept(rung, offer, offer.units, at)
            said = difference(rung, offer, offer.units, at)
            assert said.more == at.price(after).total - at.price(rung).total
            assert said.total == total(entry.due for entry in at.price(after).lines)


def test_a_large_cola_in_place_of_a_medium_one_is_said_with_the_krone_of_its_bottle() -> None:
    at = moment(menu=BOTTLED)
    rung = order(cola)
    question = propose(rung, OfferKind.UPSELL, at, no_draws)
    assert isinstance(question, Question)
    assert difference(rung, question.offer, 1, at).more == kr(39 - 34 + 3 - 2)


def test_a_deposit_helps_nobody_over_a_threshold() -> None:
    rung = order(times(2, burger), times(2, cola))
    short = price(rung, replace(BOTTLED, incentives={}), taxes)
    reached = replace(next(iter(MENU.thresholds)), at_least=short.goods + kr(1))
    assert price(rung, replace(BOTTLED, incentives={"x": reached}), taxes).threshold is None
    assert short.total > reached.at_least


def test_a_free_drink_still_costs_its_deposit() -> None:
    rung = order(times(4, burger), line("coffee-s"))
    priced = price(rung, BOTTLED, taxes)
    coffee_line = priced.lines[-1]
    assert priced.threshold is not None
    assert (coffee_line.total, coffee_line.due) == (ZERO, kr(1, 50))


def test_a_discount_by_hand_takes_nothing_off_a_deposit() -> None:
    rung = replace(order(cola), discount=ManualDiscount(10_000, DiscountReason.AGREED))
    assert price(rung, BOTTLED, taxes).total == kr(2)


def test_a_drink_in_a_meal_carries_its_deposit() -> None:
    priced = price(order(times(2, meal)), BOTTLED, taxes)
    assert priced.lines[0].deposit == taxed(0, kr(4))
    assert priced.total == kr(2 * 119 + 4)
    latte_in_it = price(order(with_filling(meal, "drink-m", "latte")), BOTTLED, taxes)
    assert latte_in_it.lines[0].deposit is None


def test_nothing_is_paid_for_the_bottle_of_a_staff_meal() -> None:
    for purpose in Purpose:
        if purpose is not Purpose.SALE:
            priced = price(replace(order(cola), purpose=purpose), BOTTLED, taxes)
            assert (priced.total, priced.deposits, priced.lines[0].worth) == (ZERO, ZERO, kr(34))


def test_a_shown_price_has_the_deposit_in_it() -> None:
    shown = {sku: displayed_price(BOTTLED, BOTTLED.items[sku], EAT_IN) for sku in ("cola-m", "latte", meal.sku)}
    assert shown == {"cola-m": kr(36), "latte": kr(46), meal.sku: kr(119 + 2)}
