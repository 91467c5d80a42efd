"""A new price from now on: what follows it, and what keeps the old one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.errors import Refused
from pos.domain.money import Money
from pos.office.menus import export_menu
from pos.register.verbs import aside, prices, ringing
from tests.builders import TAKE_AWAY, kr
from tests.rig import Clock, a_register


def test_the_open_order_and_every_till_follow_a_new_price(folder: Path) -> None:
    clock = Clock()
    till, other = a_register(folder, clock=clock), a_register(folder, till="2", clock=clock)
    till.do(ringing.ring, "cheeseburger")
    before = till.do(prices.change_price, "cheeseburger", kr(95)).result
    assert (before.price, till.view.priced.total) == (kr(89), kr(95))
    other.do(ringing.ring, "cheeseburger")
    assert other.view.priced.total == kr(95)


def test_what_was_said_to_an_order_that_was_set_aside_holds(folder: Path) -> None:
    till = a_register(folder)
    till.do(ringing.ring, "cheeseburger")
    held = till.view.order.id
    till.do(aside.hold)
    till.do(prices.change_price, "cheeseburger", kr(95))
    till.do(aside.recall, held)
    assert till.view.priced.total == kr(89)


def test_a_price_of_its_own_to_take_away_is_changed_when_the_order_goes_away(folder: Path) -> None:
    till = a_register(folder)
    menu = till.view.menu
    sku = next((sku for sku, item in menu.items.items() if item.price_take_away is not None), None)
    if sku is None:
        pytest.fail("the small menu has nothing with a price to take away")
    till.do(ringing.serve, TAKE_AWAY)
    till.do(prices.change_price, sku, kr(77))
    now = till.view.menu.items[sku]
    assert (now.price, now.price_take_away) == (menu.items[sku].price, kr(77))


def test_the_menu_that_is_exported_has_the_new_price_and_the_change_is_kept(folder: Path) -> None:
    till = a_register(folder)
    till.do(prices.change_price, "cheeseburger", Money(9550))
    assert "price = 95.50" in export_menu(till.store)
    rows = till.store.file.conn.execute("SELECT sku, old_minor, new_minor FROM price_change").fetchall()
    assert ("cheeseburger", 8900, 9550) in [tuple(row) for row in rows]


@pytest.mark.parametrize(("sku", "price", "why"), [("gone", kr(9), "item-gone"), ("salad", kr(0), "price-impossible")])
def test_what_is_no_price_is_refused(folder: Path, sku: str, price: Money, why: str) -> None:
    till = a_register(folder)
    version = till.store.menu.version()
    with pytest.raises(Refused, match=why):
        till.do(prices.change_price, sku, price)
    assert till.store.menu.version() == version


def test_the_same_price_again_is_no_act(folder: Path) -> None:
    till = a_register(folder)
    before = till.store.journal.last_seq()
    till.do(prices.change_price, "cheeseburger", kr(89))
    assert till.store.journal.last_seq() == before
