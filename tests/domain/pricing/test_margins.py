"""What an order leaves."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.money import Money
from pos.domain.order.order import LineItem, Order
from pos.domain.pricing.margins import margin_left
from tests.builders import MENU, NOW, TAKE_AWAY, kr, moment


def test_an_order_leaves_its_price_without_vat_less_what_it_costs() -> None:
    order = Order("o", 1, NOW, (LineItem(1, "shake-m", 2, ("vanilla",)),), 2, TAKE_AWAY)
    priced = moment().price(order)
    assert margin_left(priced, MENU) == priced.total - priced.tax - MENU.items["shake-m"].cost * 2


def test_what_a_paid_modifier_costs_counts_for_each_one() -> None:
    plain = Order("o", 1, NOW, (LineItem(1, "cheeseburger", 3),), 2, TAKE_AWAY)
    with_bacon = replace(plain, lines=(LineItem(1, "cheeseburger", 3, ("extra-bacon",)),))
    before, after = moment().price(plain), moment().price(with_bacon)
    added = (after.total - after.tax) - (before.total - before.tax)
    assert margin_left(after, MENU) - margin_left(before, MENU) == added - kr(6) * 3
    assert margin_left(after, MENU) != Money()
