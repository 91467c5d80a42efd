"""The chances of a yes when an order begins: from the ledger, within the shop's settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from pos.domain.business_day import business_day
from pos.domain.menu.items import MenuItem, ServingMode, Sku
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Pairing, Step, UpgradePath
from pos.domain.moment import Chance
from pos.domain.money import ZERO, Money
from pos.domain.order.questions import OfferKind
from pos.domain.pricing.margins import margins_of
from pos.domain.pricing.taxes import TaxRules, tax_in
from pos.domain.value import value
from pos.insights.choosing.chances import EXPLORATION, Answers, Offered, prior_chance
from pos.insights.choosing.known import Known, known_from
from pos.insights.figures.tallies import part_of_name, tally, tally_refunds
from pos.insights.parts_of_day import part_of_day
from pos.store import Store

LEARNING, EXPLORING, FLOOR = "offers-learn", "offers-exploration", "offers-floor"
PINNED, NEVER = "offers-pinned", "offers-never"
"""The settings: on or off; two shares in basis points; and two lists of offers, one a line."""

FLOOR_BASIS_POINTS = 300
"""An offer that fewer than three in a hundred accept is asked only when nothing else is left."""

REFRESH = timedelta(minutes=10)
MEMORY = timedelta(days=365)
SLICE = 500
"""Sales counted at a time between two orders; the rest waits for the next order."""


@value
class Bounds:
    """The shop's limits for what the till may choose. `exploration` is None while nothing is learned from answers."""

    exploration: float | None = None
    floor: float = FLOOR_BASIS_POINTS / 10_000
    pinned: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()


def bounds_of(store: Store) -> Bounds:
    """The shop's limits, from its settings."""
    settings = store.settings
    never = frozenset((settings.get(NEVER) or "").split("\n")) - {""}
    if settings.get(LEARNING) != "on":
        return Bounds(never=never)
    share, floor = settings.get(EXPLORING), settings.get(FLOOR)
    return Bounds(
        EXPLORATION if share is None else int(share) / 10_000,
        (FLOOR_BASIS_POINTS if floor is None else int(floor)) / 10_000,
        frozenset((settings.get(PINNED) or "").split("\n")) - {""},
        never,
    )


class OfferChances(dict[str, Chance]):
    """The chances of offers at a time of day: of every up-sell on the menu, and of the pairings added so far."""

    def __init__(
        self,
        menu: Menu,
        taxes: TaxRules,
        known: Known,
        bounds: Bounds,
        context: str,
        lifts: Mapping[str, float] | None = None,
    ) -> None:
        super().__init__()
        self._lifts = lifts or {}
        self._menu, self._known, self._bounds = menu, known, bounds
        self._taxes, self._context = taxes, context
        self._margins = margins_of(menu, ServingMode.TAKE_AWAY, taxes)
        for path in menu.paths.values():
            for index in range(1, len(path.steps)):
                self._put(f"{path.id}:{index}", up_sell(path, index, menu))

    def add_pairings(self, pairings: Iterable[Pairing]) -> None:
        """Compute the chances of pairings when they are fetched, so that a question only looks them up."""
        for pairing in pairings:
            if pairing.id not in self:
                self._put(pairing.id, cross_sell(pairing.offered, self._menu))

    def of(self, offer: str, store: Store) -> Chance | None:
        """The chance of an offer in the ledger; None if the menu no longer has it."""
        if offer not in self:
            self._put(offer, about_offer(offer, self._menu, store))
        return self.get(offer)

    def _put(self, offer: str, about: About | None) -> None:
        if about is None:
            return
        offered = Offered(offer, about.thing, self._context, kind=about.kind.value)
        found = self._known.posterior(offered, prior_of(offer, about, self._lifts))
        priority = 1 if offer in self._bounds.pinned else -1 if found.mean < self._bounds.floor else 0
        second = self._known.second_factor if about.kind is OfferKind.CROSS_SELL else 1.0
        self[offer] = Chance(found.mean, self._margin(about), spread=found.spread, priority=priority, second=second)

    def _margin(self, about: About) -> Money:
        below = about.below
        if about.item is not None:
            return Money(self._margins[about.item.sku] - (0 if below is None else self._margins[below.sku]))
        extra = self._menu.modifiers[about.thing]
        tax = ZERO if below is None else tax_in(extra.price, self._taxes(below.vat, ServingMode.TAKE_AWAY))
        return extra.price - tax - extra.cost


@value
class About:
    """What an offer is about: a thing (an item's kin, or a modifier), and for an up-sell the item below the step."""

    kind: OfferKind
    thing: str
    item: MenuItem | None = None
    below: MenuItem | None = None


def about_offer(offer: str, menu: Menu, store: Store) -> About | None:
    """What an offer in the ledger is about, by today's menu; None where the menu no longer has it."""
    path, _, index = offer.rpartition(":")
    if path in menu.paths and index.isdigit():
        return up_sell(menu.paths[path], int(index), menu)
    return cross_sell(store.asking_sums.offered(offer) or "", menu)


def up_sell(path: UpgradePath, index: int, menu: Menu) -> About | None:
    """What the step up to a place on a path is about."""
    if not 0 < index < len(path.steps):
        return None
    step = path.steps[index]
    below = _item_below(path.steps[:index], menu)
    if step.modifier is not None:
        return About(OfferKind.UPSELL, step.modifier, None, below) if step.modifier in menu.modifiers else None
    item = menu.items.get(step.sku or "")
    return None if item is None else About(OfferKind.UPSELL, item.kin, item, below)


def _item_below(lower: Sequence[Step], menu: Menu) -> MenuItem | None:
    """The item that a step starts from; for a category, its first item."""
    step = next((step for step in reversed(lower) if step.modifier is None), None)
    if step is None:
        return None
    if step.sku is not None:
        return menu.items.get(step.sku)
    return next((item for item in menu.items.values() if item.category == step.category), None)


def cross_sell(sku: Sku, menu: Menu) -> About | None:
    """What offering an item is about."""
    item = menu.items.get(sku)
    return None if item is None else About(OfferKind.CROSS_SELL, item.kin, item)


def lifts_of(store: Store) -> Mapping[str, float]:
    """By learned pairing, how much more often than by chance both are bought together."""
    return {one.id: one.proposal.lift for one in store.learned.proposals()}


def prior_of(offer: str, about: About, lifts: Mapping[str, float]) -> float:
    """The chance of a yes before anybody was asked. The id of a learned pairing ends at its last hyphen."""
    return prior_chance(about.kind.value, lifts.get(offer.rpartition("-")[0], 1.0))


class Choosing:
    """Keeps what is learned, and reads the ledger again at quiet moments."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._looked_at: datetime | None = None
        self._basis: tuple[object, ...] = ()
        self._chances: OfferChances | None = None
        self.bounds = Bounds()

    def look(self, menu: Menu, taxes: TaxRules, now: datetime) -> Mapping[str, Chance]:
        """The chances for an order that begins now; empty while nothing is learned. Raises `StoreError`."""
        self.bounds = bounds_of(self._store)
        if self.bounds.exploration is None:
            self._chances, self._looked_at = None, None
            return {}
        basis = (id(menu), part_of_day(now.hour), self.bounds)
        fresh = self._looked_at is not None and timedelta(0) <= now - self._looked_at < REFRESH
        if self._chances is None or not fresh or basis != self._basis:
            known = known_at(self._store, menu, business_day(now, menu.day_ends))
            context = part_of_day(now.hour)
            self._chances = OfferChances(menu, taxes, known, self.bounds, context, lifts_of(self._store))
            self._looked_at, self._basis = now, basis
        return self._chances

    def update_sums(self) -> None:
        """Count the oldest new sales, while anything is learned from answers."""
        if bounds_of(self._store).exploration is not None:
            count_new_sales(self._store)

    def add_pairings(self, pairings: Iterable[tuple[Pairing, ...]]) -> None:
        """Add the pairings that were fetched for an order."""
        if self._chances is not None:
            for some in pairings:
                self._chances.add_pairings(some)


def count_new_sales(store: Store, most: int = SLICE) -> int | None:
    """Add the oldest uncounted sales to the sums. Returns the number of the last one, or None."""
    after = store.asking_sums.counted_to()
    sales = store.asking_sums.new_sales(most)
    if not sales:
        return None
    counted = tally(sales)
    store.asking_sums.add(after, sales[-1].id, counted.kinds, counted.orders)
    return sales[-1].id


def count_new_refunds(store: Store, most: int = SLICE) -> int | None:
    """Subtract the oldest uncounted refunds from the sums of their sales. Returns the number of the last one, or None
    if there are none whose sales are counted."""
    after = store.asking_sums.refunds_counted_to()
    refunds = store.asking_sums.new_refunds(most)
    if not refunds:
        return None
    counted = tally_refunds(refunds)
    store.asking_sums.add_refunds(after, refunds[-1].id, counted.kinds, counted.orders)
    return refunds[-1].id


def known_at(store: Store, menu: Menu, today: date) -> Known:
    """What was learned from the ledger of the last year, older answers counting for less."""
    return known_from(_answers(store, menu, today))


def _answers(store: Store, menu: Menu, today: date) -> Iterator[tuple[Offered, float, Answers, float]]:
    abouts: dict[str, About | None] = {}
    lifts = lifts_of(store)
    for name, _, day, yes, said in store.asking_sums.answers((today - MEMORY).isoformat()):
        context, offer, second = part_of_name(name)
        if offer not in abouts:
            abouts[offer] = about_offer(offer, menu, store)
        about = abouts[offer]
        if about is not None:
            offered = Offered(offer, about.thing, context, second, about.kind.value)
            days_ago = max(0, (today - date.fromisoformat(day)).days)  # at least 0, even if the clock was ahead
            yield offered, prior_of(offer, about, lifts), Answers(float(yes), float(said)), days_ago
