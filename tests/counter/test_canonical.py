"""What fourteen orders take at the counter."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.office.menus import load_menu_file
from pos.resources import shipped
from pos.store import open_store
from tests.builders import NOW
from tests.canonical import ORDERS, Canonical
from tests.rig import Cashier, a_cashier


@pytest.fixture
def cashier(tmp_path: Path) -> Cashier:
    """A counter with the menu that ships."""
    store = open_store(tmp_path / "shop.db")
    assert load_menu_file(store, shipped("menu.toml"), NOW) == []
    store.close()
    return a_cashier(tmp_path)


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.name)
def test_an_order_is_paid_with_its_keys_and_nothing_is_left_over(order: Canonical, cashier: Cashier) -> None:
    store = cashier.register.store
    cashier.press(*order.keys)
    paid = [store.sales.by_number("K1", number) for number in range(1, store.sales.count() + 1)]
    assert [sale.total.minor for sale in paid if sale] == list(order.totals), cashier.said
    assert cashier.register.order.is_untouched()
    assert store.orders.held() == ()


def test_the_canonical_order_takes_six_keys() -> None:
    assert next(order for order in ORDERS if order.name == "both accepted").count == 6
