"""The orders of last week in which the till would have asked something else, with what was learned."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pos.domain.asking.offers import propose
from pos.domain.menu.items import Sku
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Pairing
from pos.domain.moment import Moment
from pos.domain.order.order import Order
from pos.domain.order.questions import OfferKind, Question
from pos.domain.pricing.taxes import TaxRules
from pos.domain.value import replace
from pos.office.learning.learning import Learned, pairings_of
from pos.store import Store
from pos.store.selling.stock import EightySix

WEEK = timedelta(days=7)
MOST_ORDERS = 20_000


@dataclass(frozen=True, slots=True)
class AskedInstead:
    """An order: when it was paid, the cross-sell that was asked (None: nothing), and the one that would be asked now
    because of the proposal `why`."""

    at: datetime
    call_number: int
    asked: str | None
    would: str
    why: str


@dataclass(frozen=True, slots=True)
class Week:
    """The number of orders checked, and those that would have had another question."""

    orders: int
    differences: tuple[AskedInstead, ...]


def last_week(store: Store, found: list[Learned], now: datetime, taxes: Callable[[date], TaxRules]) -> Week:
    """Ask again for each order of the week before `now`, with everything learned and not switched off.

    Orders that were exempt from questions are skipped, and so are differences that come from the manager's later
    changes to the menu. Items sold out at the time are not asked, as far as that is still known: marks that somebody
    removed are forgotten.
    """
    menu = store.menu.load()
    pairings = pairings_of(store, found, menu)
    orders = store.learned.paid_orders(now - WEEK, MOST_ORDERS)
    out = store.stock.entries(now - WEEK)
    proposed = {one.id for one in found}
    differences = []
    for at, order in orders:
        if order.exempt is None and all(line.sku in menu.items for line in order.lines):
            moment = Moment(menu, taxes(at.date()), at, sold_out=_sold_out(menu, out, at))
            difference = _difference(store, moment, pairings, order)
            if difference is not None and difference.why in proposed:
                differences.append(difference)
    return Week(len(orders), tuple(differences))


def _sold_out(menu: Menu, out: Iterable[EightySix], at: datetime) -> frozenset[Sku]:
    """The items sold out at a time: by themselves, with their other sizes, or because of a machine."""
    then = [one for one in out if one.at <= at and (one.until is None or at < one.until)]
    skus, machines = {one.sku for one in then}, {one.machine for one in then if one.machine is not None}
    every = [item for one in then if one.all_sizes and (item := menu.items.get(one.sku or "")) is not None]
    skus |= {size.sku for item in every for size in menu.sizes_of(item)}
    return frozenset(item.sku for item in menu.items.values() if item.sku in skus or item.made_on in machines)


def _difference(store: Store, then: Moment, learned: dict[str, list[Pairing]], order: Order) -> AskedInstead | None:
    """The new cross-sell question of an order as it was then; None if it is the same."""
    question = order.question(OfferKind.CROSS_SELL)
    before = replace(
        order, lines=tuple(line for line in order.lines if line.offered is not OfferKind.CROSS_SELL), tenders=()
    ).without_question(OfferKind.CROSS_SELL)
    items = [then.menu.items[line.sku] for line in before.lines]
    mains = [then.menu.items[item.meal.main] for item in items if item.meal is not None]
    written = store.menu.pairings_for([*items, *mains])
    together = {
        sku: (*[one for one in there if one.id not in {x.id for x in learned.get(sku, [])}], *learned.get(sku, []))
        for sku, there in written.items()
    }
    now = propose(before, OfferKind.CROSS_SELL, replace(then, pairings=together), lambda: 0.5)
    if not isinstance(now, Question) or now.offer.sku is None:
        return None
    asked = question.candidates[0].sku if question is not None else None  # whatever the customer led to after that
    if now.offer.sku == asked:
        return None
    return AskedInstead(then.now, order.call_number, asked, now.offer.sku, now.offer.id.rpartition("-")[0])
