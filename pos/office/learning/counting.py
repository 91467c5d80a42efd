"""Counts all orders, the till's own and imported ones, each once, in short slices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b

from pos.domain.errors import Refused
from pos.domain.menu.menu import Menu
from pos.domain.value import replace
from pos.insights.pairing.pairs import Kins, new_tally
from pos.office.history.names import OWN, Names
from pos.store import Store
from pos.store.learning.baskets import Baskets
from pos.store.learning.counts import CountState

ORDERS_A_COMMIT = 200_000

LEARNED_BY = "interest"
"""How proposals are chosen. A file whose proposals were chosen in another way is learned from again."""

Tell = Callable[[int, int], None]


def count_orders(store: Store, tell: Tell = lambda done, size: None) -> int:
    """Count all new orders, the till's own and imported ones, in short slices; returns their number.

    If items are grouped differently than before (families, mapped names), everything is counted again. Raises `Refused`
    `learn-counted-elsewhere` if somebody else is counting.
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
    """A count in progress: what is in the store, and the tally since."""

    def __init__(self, store: Store, before: CountState, state: CountState, kins: Kins, last: tuple[int, int]) -> None:
        self._store, self._before, self._state, self._kins = store, before, state, kins
        self._last = last
        self._tally = new_tally()
        self.counted = 0

    def count_sales(self, kins: Mapping[int, str], tell: Tell) -> None:
        """Count the till's own sales after the last one counted."""
        kin_of = self._kin_numbers(kins)
        while (part := self._store.counts.sales(self._state.sale_id, self._last[0])) is not None:
            self._add(part, kin_of, replace(self._state, sale_id=part.last), tell)

    def count_history(self, kins: Mapping[int, str], tell: Tell) -> None:
        """Count imported orders after the last one counted."""
        kin_of = self._kin_numbers(kins)
        while (part := self._store.history.after(self._state.history_id, self._last[1])) is not None:
            self._add(part, kin_of, replace(self._state, history_id=part.last), tell)

    def _kin_numbers(self, kins: Mapping[int, str]) -> list[int]:
        """The number of the family of each item, by item number."""
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
        """Write the tally since the last commit, if there is any."""
        if self._state == self._before:
            return
        tally, self._tally = self._tally, new_tally()
        kins = {number: (kin, tally.items[number]) for kin, number in self._kins.numbers.items()}
        if not self._store.counts.add(self._before, self._state, kins, tally.pairs()):
            raise Refused("learn-counted-elsewhere")
        self.counted += tally.orders
        self._before = self._state


def _basis(menu: Menu, names: Names, of_history: Mapping[int, str]) -> str:
    """A digest of how items are grouped: families, main items of meals, and names mapped to items of the menu."""
    families = [f"{sku} {kin}" for sku in sorted(menu.items) if (kin := names.kin_of_sku(sku)) != sku]
    found = [f"{number} {kin}" for number, kin in sorted(of_history.items()) if not kin.startswith(OWN)]
    return blake2b("\n".join([LEARNED_BY, *families, *found]).encode(), digest_size=16).hexdigest()
