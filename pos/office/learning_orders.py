"""The latest orders with their times, for what counts alone cannot tell: what is likeliest beside a thing, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from pos.domain.menu import Menu
from pos.insights.baskets import Basket
from pos.office.history_names import Names
from pos.office.history_rows import EPOCH
from pos.store import Store

MOST_ORDERS = 10_000
"""Learning from so many takes some seconds; older ones stay in the counts."""


def latest_orders(store: Store, menu: Menu, kins: Mapping[str, int]) -> list[Basket]:
    """The latest orders, the till's own and imported ones, as numbers of kins, in order of time."""
    names = Names(menu)
    of_sold = {number: _numbers(names.kins_of_sku(sku), kins) for number, sku in store.counts.skus().items()}
    items = store.history.items().values()
    of_history = {one.id: _numbers(names.kins(one.name, one.sku), kins) for one in items}
    found = [_basket(_minute(at), sold, of_sold) for at, sold in store.counts.latest_sales(MOST_ORDERS)]
    found += [_basket(minute, read, of_history) for minute, read in store.counts.latest_history(MOST_ORDERS)]
    found.sort(key=lambda basket: basket.minute)
    return found[-MOST_ORDERS:]


def _numbers(found: Iterable[str], kins: Mapping[str, int]) -> list[int]:
    return [kins[kin] for kin in found if kin in kins]


def _basket(minute: int, items: Iterable[int], kins_of: Mapping[int, Sequence[int]]) -> Basket:
    return Basket(minute, tuple(sorted({kin for item in items for kin in kins_of.get(item, ())})))


def _minute(at: datetime) -> int:
    return int((at.replace(tzinfo=None) - EPOCH).total_seconds() // 60)
