"""Counting what all orders hold, the till's own and imported ones: each once, in short slices."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b

from pos.domain.errors import Refused
from pos.domain.menu import Menu
from pos.insights.pairs import Kins, new_tally
from pos.office.history_names import OWN, Names
from pos.store import Store
from pos.store.baskets import Baskets
from pos.store.history_counts import CountState

ORDERS_A_COMMIT = 200_000

Tell = Callable[[int, int], None]


def count_orders(store: Store, tell: Tell = lambda done, size: None) -> int:
    """Count the orders that are new, the till's own and imported ones, in short slices; gives how many they were.

    When other items count as one than before (a family, a mapping), all is counted again. Raises `Refused`
    `learn-counted-elsewhere` when somebody else counts at the same time.
    """
    last = store.counts.last()  # before the items are looked up, so that all of these orders are known
    menu = store.menu.load()
    names = Names(menu)
    of_history = {one.id: names.kins(one.name, one.sku) for one in store.history.items().values()}
    of_sold = {number: names.kins_of_sku(sku) for number, sku in store.counts.skus().items()}
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

    def count_sales(self, kins: Mapping[int, Sequence[str]], tell: Tell) -> None:
        """The till's own sales, from behind the last that was counted."""
        content = _Content(kins, self._kins)
        while (part := self._store.counts.sales(self._state.sale_id, self._last[0])) is not None:
            self._add(part, content, replace(self._state, sale_id=part.last), tell)

    def count_history(self, kins: Mapping[int, Sequence[str]], tell: Tell) -> None:
        """Orders from before the till, likewise."""
        content = _Content(kins, self._kins)
        while (part := self._store.history.after(self._state.history_id, self._last[1])) is not None:
            self._add(part, content, replace(self._state, history_id=part.last), tell)

    def _add(self, part: Baskets, content: _Content, state: CountState, tell: Tell) -> None:
        self._tally.add(*content.opened(part), content.kin_of)
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


class _Content:
    """What each item number counts as: `kin_of` has the number of its kin. A meal counts as what is inside: its own
    number as the first part of it, numbers beyond all others as the rest."""

    def __init__(self, kins: Mapping[int, Sequence[str]], numbers: Kins) -> None:
        self.kin_of = [0] * (max(kins, default=0) + 1)
        self._inside: dict[int, list[int]] = {}
        for item, (first, *rest) in kins.items():
            self.kin_of[item] = numbers.number(first)
            if rest:
                self._inside[item] = [item, *range(len(self.kin_of), len(self.kin_of) + len(rest))]
                self.kin_of += [numbers.number(kin) for kin in rest]

    def opened(self, part: Baskets) -> tuple[list[int], array[int]]:
        """How many items each order has, and all of them, with meals opened."""
        if self._inside.keys().isdisjoint(part.items):
            return part.sizes, part.items
        sizes, items, place = [], array("I"), 0
        for size in part.sizes:
            before = len(items)
            for item in part.items[place : place + size]:
                items.extend(self._inside.get(item, (item,)))
            sizes.append(len(items) - before)
            place += size
        return sizes, items


def _basis(menu: Menu, names: Names, of_history: Mapping[int, Sequence[str]]) -> str:
    """A digest of what counts as what: families, the content of meals, and names that are items of the menu."""
    goods = {sku: names.kins_of_sku(sku) for sku in sorted(menu.items)}
    families = [f"{sku} {' '.join(kins)}" for sku, kins in goods.items() if kins != (sku,)]
    found = [f"{number} {' '.join(kins)}" for number, kins in sorted(of_history.items()) if not kins[0].startswith(OWN)]
    return blake2b("\n".join([*families, *found]).encode(), digest_size=16).hexdigest()
