"""What fourteen orders take on the real screen; docs/keys.md tells the same figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.register import shelf
from pos.store.file import packing
from tests.canonical import ORDERS
from tests.ui.driver import a_screen

PAGE = Path(__file__).parent.parent.parent / "docs" / "keys.md"


async def test_fourteen_orders_are_paid_with_their_keys_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "PACK", 4)
    monkeypatch.setattr(packing, "PLAIN", 4)
    async with a_screen() as screen:
        sales = screen.counter.register.store.sales
        for order in ORDERS:
            before = sales.count()
            await screen.press(*order.keys)
            paid = [sales.by_number("K1", number) for number in range(before + 1, sales.count() + 1)]
            assert [sale.total.minor for sale in paid if sale] == list(order.totals), f"{order.name}\n{screen.text}"
            assert screen.counter.register.view.order.is_untouched(), order.name
            assert shelf.held(screen.counter.register) == ()
        ((packs,),) = screen.counter.register.store.file.conn.execute("SELECT COUNT(*) FROM body_pack").fetchall()
        assert packs >= len(ORDERS) - 2


def test_the_canonical_order_takes_seven_keys() -> None:
    assert next(order for order in ORDERS if order.name == "both accepted").count == 7


def test_the_page_of_keys_tells_how_many_keys_each_order_takes() -> None:
    told = PAGE.read_text(encoding="utf-8")
    for order in ORDERS:
        assert f"| {order.name} | {order.count} |" in told
