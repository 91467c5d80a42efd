"""What surrounds a till's open order: the menu, what goes with what, what is sold out, what is known of a yes."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from pos.country import Country
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
        self._menu_version = store.menu.version()
        self.menu: Menu = store.menu.load()
        self.chances: Chances = {}
        self._choosing = Choosing(store)
        self._pairings: dict[Sku, tuple[Pairing, ...]] = {}
        self._out = Out()
        self._silent_since: datetime | None = None

    def moment(self, now: datetime, *, rush: bool) -> Moment:
        """What is true at the counter at a time."""
        bounds, out = self._choosing.bounds, self._stock(now)
        return Moment(
            self.menu,
            self._country.rates(now.date()),
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
            self._pairings.update(self._store.menu.pairings_for(wanted))
            self._choosing.meet(self._pairings[item.sku] for item in wanted)

    def forget_pairings(self) -> None:
        """Another order begins: what was fetched may have changed."""
        self._pairings = {}

    def load_menu(self) -> None:
        """Take on a menu that was loaded since. Raises `StoreError`."""
        version = self._store.menu.version()
        if version != self._menu_version:
            self.menu, self._menu_version, self._pairings = self._store.menu.load(), version, {}
