"""Times choosing an offer: five lines, a thousand items, 999,000 pairings in the file."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from pos.country import norway
from pos.domain.asking.cross_sells import trigger_items
from pos.domain.asking.offers import propose
from pos.domain.menu.items import Category, MenuItem, VatClass
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Pairing
from pos.domain.moment import Moment
from pos.domain.order.order import LineItem, Order
from pos.domain.order.questions import OfferKind, Question
from pos.insights.choosing.chances import EXPLORATION, Answers, Offered
from pos.insights.choosing.known import Known
from pos.office.menu_file import read_menu
from pos.register import OfferChances
from pos.register.choosing import Bounds
from pos.resources import shipped
from pos.store import open_store
from tests.bench.sampling import sample, shown
from tests.builders import MENU, NOW, TAKE_AWAY, card, kr, no_draws, text, words
from tests.office_acts import put_menu

ITEMS = 1000
LINES = 5
SHIPPED = ("cheeseburger", "chicken-burger", "fries-m", "nuggets-6", "apple-pie")


def thousand() -> Menu:
    """Returns a menu of a thousand items in ten categories, all with different prices and costs."""
    items = {
        f"item-{n}": MenuItem(
            f"item-{n}", text(f"Vare {n}"), f"category-{n % 10}", kr(20 + n % 90), kr(5 + n % 7), VatClass.FOOD, card()
        )
        for n in range(ITEMS)
    }
    categories = {f"category-{n}": Category(f"category-{n}", text(f"Side {n}")) for n in range(10)}
    return Menu(MENU.shop, items, categories)


def every_pair() -> list[Pairing]:
    """Returns the pairings of each item with every other one: 999,000."""
    said = words("dette")
    return [
        Pairing(f"p-{a}-{b}", f"item-{b}", said, sku=f"item-{a}") for a in range(ITEMS) for b in range(ITEMS) if a != b
    ]


def _known(menu: Menu, pairings: Iterable[Pairing]) -> OfferChances:
    """Returns what a till has learned of these pairings after two hundred answers to each."""
    known, draws = Known(), random.Random(2)
    called = list(pairings)
    for pairing in called:
        offered = Offered(pairing.id, pairing.offered, "noon", kind="cross_sell")
        known.learn(offered, Answers(float(draws.randrange(10, 60)), 200.0), 0.17)
    known.settle()
    chances = OfferChances(menu, norway().taxes(NOW.date()), known, Bounds(exploration=EXPLORATION), "noon")
    chances.add_pairings(called)
    return chances


def _with_incentives(folder: Path) -> list[str]:
    """The same on the shipped menu. It has bundles, thresholds and meals, so the best few candidates are priced."""
    book, problems = read_menu(shipped("menu.toml"), norway())
    assert book is not None, problems
    store = open_store(folder / "shipped.db")
    put_menu(store, book.menu, book.pairings, NOW)
    menu = store.menu.load()
    lines = tuple(LineItem(n, sku) for n, sku in enumerate(SHIPPED, 1))
    order = Order("o", 1, NOW, lines, len(lines) + 1, TAKE_AWAY, checking_out=True)
    fetched = store.menu.pairings_for([item for line in lines for item in trigger_items(line, menu)])
    moment = Moment(menu, norway().taxes(NOW.date()), NOW, pairings=fetched)
    known = _known(menu, dict.fromkeys(pairing for some in fetched.values() for pairing in some))
    learning = replace(moment, chances=known, exploration=EXPLORATION)
    rows = []
    for kind in OfferKind:
        taken = sample(partial(propose, order, kind, learning, random.Random(1).random), 1000)
        rows.append(shown(f"the same on the menu that ships, {kind.value}", taken, bound="bundles, meals, thresholds"))
    return rows


def report(folder: Path) -> list[str]:
    """The rows of the report."""
    store = open_store(folder / "pairs.db")
    menu = thousand()
    put_menu(store, menu, every_pair(), NOW)
    skus = [f"item-{n * 37}" for n in range(LINES)]
    fetched = sample(lambda: store.menu.pairings_for([menu.items["item-500"]]), 2000)
    pairings = store.menu.pairings_for([menu.items[sku] for sku in skus])
    lines = tuple(LineItem(n, sku) for n, sku in enumerate(skus, 1))
    every = [pairing for some in pairings.values() for pairing in some]
    order = Order("o", 1, NOW, lines, LINES + 1, TAKE_AWAY, checking_out=True)
    moment = Moment(menu, norway().taxes(NOW.date()), NOW, pairings=pairings)
    found = propose(order, OfferKind.CROSS_SELL, moment, no_draws)
    assert isinstance(found, Question)
    chosen = sample(lambda: propose(order, OfferKind.CROSS_SELL, moment, no_draws), 5000)
    learning = replace(moment, chances=_known(menu, every), exploration=EXPLORATION)
    draws = random.Random(1).random
    learned = sample(lambda: propose(order, OfferKind.CROSS_SELL, learning, draws), 5000)
    return [
        shown("choosing an offer", chosen, bound="at most 50 µs p50, 150 µs p99"),
        shown("choosing an offer by what was learned", learned, bound="at most 50 µs p50, 150 µs p99"),
        *_with_incentives(folder),
        shown("fetching what goes with an item, once", fetched, bound="when its line is rung"),
    ]
