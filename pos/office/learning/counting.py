"""Counting what all orders hold, the till's own and imported ones: each once, in short slices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b

from pos.domain.errors import Refused
from pos.domain.menu.menu import Menu
from pos.insights.pairing.pairs import Kins, new_tally
from pos.office.history.names import OWN, Names
from pos.store import Store
from pos.store.learning.baskets import Baskets
from pos.store.learning.counts import CountState

ORDERS_A_COMMIT = 200_000

LEARNED_BY = "interest"
"""What proposals are chosen by: a file that was learned from by something else is learned from again."""

Tell = Callable[[int, int], None]


def count_orders(store: Store, tell: Tell = lambda done, size: None) -> int:
    """Count the orders that are new, the till's own and imported ones, in short slices; gives how many they were.

    When other items count as one than before (a family, a mapping), all is counted again. Raises `Refused`
    `learn-counted-elsewhere` when somebody else counts at the same time.
    """
    last = store.counts.last()  # before the items are looked up, so that all of these orders are known
    menu = store.menu.load()
    names = Names(menu)
    of_history = {one.id: names.kin(one.name, one.sku, one.code) for one in store.history.items().values()}
    of_sold = {number: names.kin_of_sku(sku) for number, sku in store.counts.skus().items()}
    basis = _basis(menu, names, of_history)
    before = store.counts.state()
    known = store.counts.kins()
    state = before
    if before.basis != basis:
        state, known = replace(before, basis=basis, sale_id=0, history_id=0, orders=0), {}
    counting = _Counting(store, before, state, Kins(known), last)
    counting.count_sales(of_sold, tell)
    counting.count_history(of_history, tell)
    counting.commit()
    return counting.counted


class _Counting:
    """One count under way: what was added to the store, and the tally since."""

    def __init__(self, store: Store, before: CountState, state: CountState, kins: Kins, last: tuple[int, int]) -> None:
        self._store, self._before, self._state, self._kins = store, before, state, kins
        self._last = last
        self._tally = new_tally()
        self.counted = 0

    def count_sales(self, kins: Mapping[int, str], tell: Tell) -> None:
        """The till's own sales, from behind the last that was counted."""
        kin_of = self._kin_numbers(kins)
        while (part := self._store.counts.sales(self._state.sale_id, self._last[0])) is not None:
            self._add(part, kin_of, replace(self._state, sale_id=part.last), tell)

    def count_history(self, kins: Mapping[int, str], tell: Tell) -> None:
        """Orders from before the till, likewise."""
        kin_of = self._kin_numbers(kins)
        while (part := self._store.history.after(self._state.history_id, self._last[1])) is not None:
            self._add(part, kin_of, replace(self._state, history_id=part.last), tell)

    def _kin_numbers(self, kins: Mapping[int, str]) -> list[int]:
        """By item number the number of the kin that it counts as."""
        found = [0] * (max(kins, default=0) + 1)
        for item, kin in kins.items():
            found[item] = self._kins.number(kin)
        return found

    def _add(self, part: Baskets, kin_of: Sequence[int], state: CountState, tell: Tell) -> None:
        self._tally.add(part.sizes, part.items, kin_of)
        self._state = replace(state, orders=state.orders + len(part.sizes))
        tell(state.sale_id + state.history_id, sum(self._last))
        if self._tally.orders >= ORDERS_A_COMMIT:
            self.commit()

    def commit(self) -> None:
        """Make durable what was counted since the last time, if there is anything."""
        if self._state == self._before:
            return
        tally, self._tally = self._tally, new_tally()
        kins = {number: (kin, tally.items[number]) for kin, number in self._kins.numbers.items()}
        if not self._store.counts.add(self._before, self._state, kins, tally.pairs()):
            raise Refused("learn-counted-elsewhere")
        self.counted += tally.orders
        self._before = self._state


def _basis(menu: Menu, names: Names, of_history: Mapping[int, str]) -> str:
    """A digest of what counts as what: families, what meals are built around, and names that are items of the menu."""
    families = [f"{sku} {kin}" for sku in sorted(menu.items) if (kin := names.kin_of_sku(sku)) != sku]
    found = [f"{number} {kin}" for number, kin in sorted(of_history.items()) if not kin.startswith(OWN)]
    return blake2b("\n".join([LEARNED_BY, *families, *found]).encode(), digest_size=16).hexdigest()
