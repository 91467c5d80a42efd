"""The kitchen's desk follows the file, gives each open order a key, and marks orders as done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from pos.counter import Say, Tone, keys, say, say_error
from pos.domain.errors import PosError, StoreError
from pos.domain.sale.in_kitchen import WAITS
from pos.domain.sale.kitchen_orders import KitchenOrder, open_orders
from pos.domain.text import LANGUAGES
from pos.register import ShopGate
from pos.register.verbs.kitchen import say_done, take_done_back
from pos.store import Changes

KEYS = "1234567890abcdefghijkmnoprstvwxyz"
"""The keys of orders, in the order in which they are given out; L, Q and U have other meanings."""

BACK = (keys.BACKSPACE, "u", "ctrl+z")
LANGUAGE = ("l", "f12")
LEAVE = ("q",)
NEXT = (keys.RIGHT, keys.DOWN, keys.PAGE_DOWN, keys.SPACE)
PREVIOUS = (keys.LEFT, keys.UP, keys.PAGE_UP)


class KitchenDesk:
    """The open orders in the kitchen of one shop. Only marking an order as done writes: it is an act of the journal,
    without a till."""

    def __init__(self, gate: ShopGate, language: str) -> None:
        self._gate = gate
        self._store = gate.store
        self.database = gate.store.path
        self.language = language
        self.orders: tuple[KitchenOrder, ...] = ()
        """The order that has waited longest is the first."""
        self.keys: dict[str, str] = {}
        """Key by order id. An order keeps its key while it is open."""
        self._last_key = ""
        self.page = 0
        self.pages = 1
        """How many pages the orders fill; set by the screen."""
        self.message: Say | None = None
        self.is_silent = False
        """Whether the file did not answer at the last look. `orders` are then those of the look before."""
        self.closing = False
        self._seen: tuple[Changes, datetime] | None = None
        self.follow()

    @property
    def now(self) -> datetime:
        """The local time of the shop."""
        return self._gate.country.local(self._gate.clock())

    def follow(self) -> bool:
        """Read the file if something was committed, or if a minute has passed. Returns whether there is something new
        to show. If the file does not answer, the next call tries again."""
        was = self.orders, self.is_silent, self._seen
        try:
            self._look()
            self.is_silent = False
        except StoreError:
            self.is_silent = True
        return was != (self.orders, self.is_silent, self._seen)

    def _look(self) -> None:
        file, now = self._store.file, self.now
        if file.is_let_go:
            file.leave_wal()
        seen = self._store.changes(), now.replace(second=0, microsecond=0)
        if seen == self._seen and not self.is_silent:
            return
        file.leave_wal()
        self.orders = open_orders(self._store.kitchen.open_parts(now - WAITS))
        self._seen = seen
        self._give_keys()

    def _give_keys(self) -> None:
        """Keep the keys of orders that are still open, and give each new order the next free key. Going round all keys
        keeps a key from soon meaning another order."""
        self.keys = {order.order_id: self.keys[order.order_id] for order in self.orders if order.order_id in self.keys}
        for order in self.orders:
            if order.order_id not in self.keys:
                key = self._next_key()
                if key is None:
                    break
                self.keys[order.order_id] = self._last_key = key

    def _next_key(self) -> str | None:
        start = KEYS.find(self._last_key) + 1 if self._last_key else 0
        taken = set(self.keys.values())
        return next((key for key in KEYS[start:] + KEYS[:start] if key not in taken), None)

    # keys

    def press(self, key: str) -> None:
        """Handle a key; a key that does nothing sets a message."""
        self.message = None
        order = next((one for one in self.orders if self.keys.get(one.order_id) == key), None)
        if order is not None:
            self.done(order)
        elif key in BACK:
            self.take_back()
        elif key in NEXT:
            self.page = min(self.pages - 1, self.page + 1)
        elif key in PREVIOUS:
            self.page = max(0, self.page - 1)
        elif key in LANGUAGE:
            self.language = next(other for other in LANGUAGES if other != self.language)
        elif key in LEAVE:
            self.closing = True
        else:
            self.message = say("kitchen-wrong-key", Tone.BAD, key=key[:12])

    def tap(self, order_id: str) -> None:
        """Mark a tapped order as done."""
        self.message = None
        order = next((one for one in self.orders if one.order_id == order_id), None)
        if order is not None:
            self.done(order)

    def done(self, order: KitchenOrder) -> None:
        """Mark all open parts of an order as done."""
        self._attempt(lambda: self._gate.do(say_done, order.order_id, order.parts))
        if self.message is None:
            self.message = say("kitchen-done", Tone.GOOD, name=order.name)

    def take_back(self) -> None:
        """Reopen what was marked as done last; a second time is refused."""
        self._attempt(self._take_back)

    def _take_back(self) -> None:
        ticket = self._gate.do(take_done_back).result
        self.message = say("kitchen-open-again", Tone.GOOD, name=ticket.name)

    def _attempt(self, act: Callable[[], object]) -> None:
        """Run an act and read the file again. A refusal, or an error of the file, becomes the message."""
        try:
            act()
        except PosError as error:
            self.message = say_error(error)
        with suppress(PosError):
            self.follow()
