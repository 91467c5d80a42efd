"""Choosing an offer: five lines, a thousand items, 999,000 pairings in the file."""

from __future__ import annotations

from pathlib import Path

from pos.country import norway
from pos.domain.items import Category, MenuItem, VatClass
from pos.domain.menu import Menu
from pos.domain.moment import Moment
from pos.domain.offers import propose
from pos.domain.order import LineItem, Order
from pos.domain.paths import Pairing
from pos.domain.questions import OfferKind, Question
from pos.store import open_store
from tests.bench.sampling import sample, shown
from tests.builders import MENU, NOW, TAKE_AWAY, card, kr, no_draws, text, words

ITEMS = 1000
LINES = 5


def thousand() -> Menu:
    """A thousand items in ten categories, prices and costs all different."""
    items = {
        f"item-{n}": MenuItem(
            f"item-{n}", text(f"Vare {n}"), f"category-{n % 10}", kr(20 + n % 90), kr(5 + n % 7), VatClass.FOOD, card()
        )
        for n in range(ITEMS)
    }
    categories = {f"category-{n}": Category(f"category-{n}", text(f"Side {n}")) for n in range(10)}
    return Menu(MENU.shop, items, categories)


def every_pair() -> list[Pairing]:
    """Each item with every other one: 999,000."""
    said = words("dette")
    return [
        Pairing(f"p-{a}-{b}", f"item-{b}", said, sku=f"item-{a}") for a in range(ITEMS) for b in range(ITEMS) if a != b
    ]


def report(folder: Path) -> list[str]:
    """The rows of the report."""
    store = open_store(folder / "pairs.db")
    menu = thousand()
    store.menu.replace(menu, every_pair(), NOW)
    skus = [f"item-{n * 37}" for n in range(LINES)]
    fetched = sample(lambda: store.menu.pairings_for([menu.items["item-500"]]), 2000)
    pairings = store.menu.pairings_for([menu.items[sku] for sku in skus])
    lines = tuple(LineItem(n, sku) for n, sku in enumerate(skus, 1))
    order = Order("o", 1, NOW, lines, LINES + 1, TAKE_AWAY, checking_out=True)
    moment = Moment(menu, norway().rates(NOW.date()), NOW, pairings=pairings)
    found = propose(order, OfferKind.CROSS_SELL, moment, no_draws)
    assert isinstance(found, Question)
    chosen = sample(lambda: propose(order, OfferKind.CROSS_SELL, moment, no_draws), 5000)
    return [
        shown("choosing an offer", chosen, bound="at most 50 µs p50, 150 µs p99"),
        shown("fetching what goes with an item, once", fetched, bound="when its line is rung"),
    ]
