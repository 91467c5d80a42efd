"""The latest orders with their times. The guess and the parts of the day are learned from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from pos.domain.menu.menu import Menu
from pos.insights.pairing.baskets import Basket
from pos.office.history.names import Names
from pos.office.history.rows import EPOCH
from pos.store import Store

MOST_ORDERS = 10_000
"""The most orders to learn from, which takes a few seconds. Older ones are only in the counts."""


def latest_orders(store: Store, menu: Menu, kins: Mapping[str, int]) -> list[Basket]:
    """The latest orders, the till's own and imported ones, as numbers of families, in order of time."""
    names = Names(menu)
    of_sold = {number: kins.get(names.kin_of_sku(sku)) for number, sku in store.counts.skus().items()}
    of_history = {one.id: kins.get(names.kin(one.name, one.sku, one.code)) for one in store.history.items().values()}
    found = [_basket(_minute(at), sold, of_sold) for at, sold in store.counts.latest_sales(MOST_ORDERS)]
    found += [_basket(minute, read, of_history) for minute, read in store.counts.latest_history(MOST_ORDERS)]
    found.sort(key=lambda basket: basket.minute)
    return found[-MOST_ORDERS:]


def _basket(minute: int, items: Iterable[int], kin_of: Mapping[int, int | None]) -> Basket:
    return Basket(minute, tuple(sorted({kin for item in items if (kin := kin_of.get(item)) is not None})))


def _minute(at: datetime) -> int:
    return int((at.replace(tzinfo=None) - EPOCH).total_seconds() // 60)
