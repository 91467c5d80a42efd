"""Builds a till's moments: the menu, pairings, what is sold out, and the learned chances of a yes."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import lru_cache
from operator import is_

from pos.country import Country
from pos.domain.asking.cross_sells import trigger_items
from pos.domain.business_day import business_day
from pos.domain.errors import StoreError
from pos.domain.menu.items import Sku
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Pairing
from pos.domain.moment import Chances, Moment, Prices
from pos.domain.order.order import Order
from pos.domain.shift.shift import Shift
from pos.domain.value import replace
from pos.register.choosing import Choosing
from pos.store import Changes, Staff, Store
from pos.store.selling.stock import Out
from pos.store.selling.tills import RUSH

BREATHER = timedelta(seconds=10)
"""How long a file that did not answer is not read again for looking, so that a key need not wait for it again."""


def is_within(span: timedelta, since: datetime, now: datetime) -> bool:
    """Whether less than a span has passed. False if the clock was set back, so that nobody waits for it."""
    return timedelta(0) <= now - since < span


class MomentSource:
    """Reads the file when it has changed, and otherwise remembers: a look that finds nothing new takes a few
    microseconds. What the file does not answer stays as last known."""

    def __init__(self, store: Store, country: Country, till_id: int) -> None:
        """Raises `StoreError`."""
        self._store = store
        self._country = country
        self._taxes = lru_cache(maxsize=4)(country.taxes)
        self.version, self.menu = store.menu.current()
        self._till_id = till_id
        self._rush = False
        self.staff = Staff()
        self.shift: Shift | None = None
        """The till's current shift."""
        self.has_shifts = False
        """Whether the shop works with shifts."""
        self._kept: dict[int, Menu] = {}
        self._said: tuple[int, int, str | None, Menu] | None = None
        self._chances: Chances = {}
        self.choosing = Choosing(store)
        self._pairings: dict[Sku, tuple[Pairing, ...]] = {}
        self._prices = Prices()
        self._last: tuple[datetime, tuple[object, ...], Moment] | None = None
        """The moment made last, what it was made of, and in which second."""
        self._out = Out()
        self._changes: Changes | None = None
        self._looked_at: datetime | None = None
        self._silent_since: datetime | None = None

    # the one look at the file

    def look(self, now: datetime) -> Changes:
        """Read what has changed in the file since the last look. Returns the file's state. Raises `StoreError`."""
        try:
            return self._read(now)
        except StoreError:
            self._silent_since = now
            raise

    def _read(self, now: datetime) -> Changes:
        changes = self._store.changes()
        if changes != self._changes or not self._is_out_still(now):
            self._load_menu()
            self._out = self._store.stock.out(now)
            self._rush = self._store.tills.setting(self._till_id, RUSH) == "yes"
            self.staff = self._store.people.at(self._till_id)
            self.shift = self._store.shifts.current(self._till_id)
            self.has_shifts = self.shift is not None or self._store.shifts.is_any()
            self._changes, self._looked_at, self._silent_since = changes, now, None
        return changes

    def look_if_it_answers(self, now: datetime) -> None:
        """Look, for painting only: a file that does not answer is left alone for a while."""
        if not self.is_silent(now):
            with suppress(StoreError):
                self.look(now)

    def is_silent(self, now: datetime) -> bool:
        """Whether the file failed to answer a moment ago, or is closed."""
        if self._store.file.is_let_go:
            return True
        return self._silent_since is not None and is_within(BREATHER, self._silent_since, now)

    def has_written(self, *, concerns_all: bool) -> Changes | None:
        """This till has committed the transaction of the last look: `concerns_all` if it changed what a moment is made
        of. Returns the file's state at the commit, without reading what others may have committed since; None if it is
        not known."""
        changes = None if self._changes is None else self._store.changes_by_own(self._changes)
        if not concerns_all:
            self._changes = changes
        return changes

    def forget(self) -> None:
        """Read everything again at the next look."""
        self._changes = None

    def _is_out_still(self, now: datetime) -> bool:
        """Whether what was sold out at the last look still is at a later time, because no mark has ended since."""
        if self._looked_at is None or now < self._looked_at:
            return False
        return self._out.until is None or now < self._out.until

    def _load_menu(self) -> None:
        if self._store.menu.version() != self.version:
            before, old = self.version, self.menu
            self.version, self.menu = self._store.menu.current()
            self._pairings, self._kept = {}, {before: old}

    def business_day(self, now: datetime) -> date:
        """The shop's business day at a time."""
        return business_day(now, self.menu.day_ends, self._country.zone)

    # what an order sees

    def moment(self, now: datetime, order: Order) -> Moment:
        """The moment of an order at a time, as last known."""
        menu = self._menu_of(order)
        priced_at = order.frozen_at if order.is_frozen and order.frozen_at is not None else now
        taxes = self._taxes(priced_at.date())
        said = None
        if order.said is not None:
            said = self._said_to(order, business_day(now, menu.day_ends, self._country.zone))
        made_of = menu, taxes, said, self._out, self._pairings, self._chances, self.choosing.bounds, self._rush
        second = now.replace(microsecond=0)
        if self._last is not None and self._last[0] == second and all(map(is_, self._last[1], made_of)):
            return self._last[2].later(now)
        bounds = self.choosing.bounds
        moment = Moment(
            menu,
            taxes,
            now,
            self._out.skus,
            self._pairings,
            self._chances,
            self._rush,
            bounds.exploration,
            bounds.never,
            self._country.zone,
            self._out.modifiers,
            self._country.why_unsold,
            said,
            self._prices,
        )
        self._last = second, made_of, moment
        return moment

    def with_pairings(self, now: datetime, order: Order) -> Moment:
        """The moment, after fetching the pairings of the order's items. Raises `StoreError`."""
        self._fetch_pairings(order)
        return self.moment(now, order)

    def moment_of_version(self, now: datetime, order: Order) -> Moment:
        """The moment with the menu and the fixed price by which the order was last priced, before another menu was
        loaded or its business day ended."""
        moment = self.moment(now, order)
        if order.is_frozen:
            return moment
        said = None if order.said is None else self._said_to(order, order.said.day)
        return replace(moment, menu=self.of_version(order.menu_version).on_channel(order.channel), said=said)

    def of_version(self, version: int) -> Menu:
        """The menu of a version, or today's if it is no longer known."""
        if version in (0, self.version):
            return self.menu
        if version not in self._kept:
            self._kept = {version: self._store.menu.kept(version) or self.menu}
        return self._kept[version]

    def _menu_of(self, order: Order) -> Menu:
        """The menu that an order is priced by, at its channel's prices: today's; from its first tender on, the one of
        that time."""
        menu = self.of_version(order.menu_version) if order.is_frozen else self.menu
        return menu.on_channel(order.channel)

    def _said_to(self, order: Order, day: date) -> Menu | None:
        """The menu of an order's fixed price, completed with today's; None if no fixed price holds any more. From the
        first tender on it holds for good."""
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
            self._said = (*wanted, beside(kept.on_channel(said.channel), self._menu_of(order)))
        return self._said[3]

    def _fetch_pairings(self, order: Order) -> None:
        """Fetch the pairings of items that are new in the order; none are loaded at the start."""
        wanted = [
            item for line in order.lines for item in trigger_items(line, self.menu) if item.sku not in self._pairings
        ]
        if wanted:
            # A menu loaded just now may offer items that this one does not have.
            found = self._store.menu.pairings_for(wanted)
            known = {sku: tuple(one for one in some if one.offered in self.menu.items) for sku, some in found.items()}
            self._pairings = {**self._pairings, **known}
            self.choosing.add_pairings(self._pairings[item.sku] for item in wanted)

    def begin_order(self, now: datetime) -> None:
        """Prepare for another order: fetch pairings anew, and the chances of a yes. If the file does not answer, the
        old ones stay."""
        self._pairings = {}
        with suppress(StoreError):
            self._chances = self.choosing.look(self.menu, self._taxes(now.date()), now)


def beside(said: Menu, menu: Menu) -> Menu:
    """A menu for pricing: what was said, and what the menu has that it had not."""
    return replace(
        menu,
        items={**menu.items, **said.items},
        slots={**menu.slots, **said.slots},
        groups={**menu.groups, **said.groups},
        incentives=said.incentives,
    )
