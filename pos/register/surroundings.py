"""What surrounds a till's open order: the menu, what goes with what, what is sold out, what is known of a yes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

from pos.country import Country
from pos.domain.business_day import business_day
from pos.domain.cross_sells import trigger_items
from pos.domain.errors import StoreError
from pos.domain.items import Sku
from pos.domain.menu import Menu
from pos.domain.moment import Chances, Moment
from pos.domain.order import Order
from pos.domain.paths import Pairing
from pos.register.choosing import Choosing
from pos.store import Store
from pos.store.stock import Out

BREATHER = timedelta(seconds=10)
"""A file that did not answer is left alone so long by what only looks: else one key would wait for it five times."""


def is_within(span: timedelta, since: datetime, now: datetime) -> bool:
    """Whether less than a span has passed. A clock that was set back makes nobody wait."""
    return timedelta(0) <= now - since < span


class Surroundings:
    """Kept between verbs, so that a key reads little; what the file does not tell stays as it was last known."""

    def __init__(self, store: Store, country: Country) -> None:
        """Raises `StoreError`."""
        self._store = store
        self._country = country
        self.version, self.menu = store.menu.current()
        self._kept: dict[int, Menu] = {}
        self._said: tuple[int, int, str | None, Menu] | None = None
        self.chances: Chances = {}
        self._choosing = Choosing(store)
        self._pairings: dict[Sku, tuple[Pairing, ...]] = {}
        self._out = Out()
        self._silent_since: datetime | None = None

    def menu_of(self, order: Order) -> Menu:
        """The menu that an order is priced by, at its channel's prices: today's, or from its first tender on the one of
        that moment."""
        menu = self.of_version(order.menu_version) if order.is_frozen else self.menu
        return menu.on_channel(order.channel)

    def of_version(self, version: int) -> Menu:
        """The menu of a version, or today's where it is not known any more."""
        if version in (0, self.version):
            return self.menu
        if version not in self._kept:
            self._kept = {version: self._store.menu.kept(version) or self.menu}
        return self._kept[version]

    def said_to(self, order: Order, day: date) -> Menu | None:
        """The menu that an order's price was said on, with what today's has beside it; None where none holds any more.

        From the first tender on it holds for good.
        """
        said = order.said
        if said is None or said.channel != order.channel or (said.day != day and not order.is_frozen):
            return None
        version = order.menu_version if order.is_frozen else self.version
        if said.menu_version in (0, version):
            return None
        wanted = (said.menu_version, version, said.channel)
        if self._said is None or self._said[:3] != wanted:
            kept = self._store.menu.kept(said.menu_version)
            if kept is None:
                return None
            self._said = (*wanted, beside(kept.on_channel(said.channel), self.menu_of(order)))
        return self._said[3]

    def moment(self, now: datetime, order: Order, *, rush: bool) -> Moment:
        """What is true of an order at the counter at a time."""
        bounds, out, menu = self._choosing.bounds, self._stock(now), self.menu_of(order)
        priced_at = order.frozen_at if order.is_frozen and order.frozen_at is not None else now
        day = business_day(now, menu.day_ends, self._country.zone)
        return Moment(
            menu,
            self._country.rates(priced_at.date()),
            now,
            out.skus,
            self._pairings,
            self.chances,
            rush,
            bounds.exploration,
            bounds.never,
            self._country.zone,
            out.modifiers,
            self._country.why_unsold,
            self.said_to(order, day),
        )

    def _stock(self, now: datetime) -> Out:
        """What is sold out, as last known where the file does not answer: the order can be shown all the same."""
        if self._silent_since is None or not is_within(BREATHER, self._silent_since, now):
            try:
                self._out, self._silent_since = self._store.stock.out(now), None
            except StoreError:
                self._silent_since = now
        return self._out

    def look_at_chances(self, now: datetime) -> None:
        """What is known of a yes, for the order that begins; a file that does not answer leaves it as it was."""
        with suppress(StoreError):
            self.chances = self._choosing.look(self.menu, self._country.rates(now.date()), now)

    def fetch_pairings(self, order: Order) -> None:
        """Fetch what goes with a thing when it is first in an order; nothing of it is loaded at the start."""
        wanted = [
            item for line in order.lines for item in trigger_items(line, self.menu) if item.sku not in self._pairings
        ]
        if wanted:
            # A menu that was loaded just now may offer what this one does not have.
            found = self._store.menu.pairings_for(wanted)
            known = {sku: tuple(one for one in some if one.offered in self.menu.items) for sku, some in found.items()}
            self._pairings = {**self._pairings, **known}
            self._choosing.meet(self._pairings[item.sku] for item in wanted)

    def forget_pairings(self) -> None:
        """Another order begins: what was fetched may have changed."""
        self._pairings = {}

    def load_menu(self) -> None:
        """Take on a menu that was loaded since. Raises `StoreError`."""
        if self._store.menu.version() != self.version:
            before, old = self.version, self.menu
            self.version, self.menu = self._store.menu.current()
            self._pairings, self._kept = {}, {before: old}


def beside(said: Menu, menu: Menu) -> Menu:
    """A menu for pricing: what was said, and what the menu has that it had not."""
    return replace(
        menu,
        items={**menu.items, **said.items},
        slots={**menu.slots, **said.slots},
        groups={**menu.groups, **said.groups},
        incentives=said.incentives,
    )
