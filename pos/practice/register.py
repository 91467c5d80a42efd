"""The register of a practice file: the shop's own rules, on paper that is no receipt, and the one flow past them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import ClassVar

from pos.country import Country
from pos.domain.errors import Refused
from pos.domain.items import Sku
from pos.domain.ledger import OfferEvent
from pos.domain.moment import Moment
from pos.domain.order import Order
from pos.domain.questions import Outcome, Question, Reason
from pos.domain.sale import Document, Sale
from pos.domain.upgrades import accept
from pos.register import Clock, Register
from pos.store import Held
from pos.wording.receipt import receipt

SERIES_LETTER = "Ø"
"""What the receipt numbers of practice begin with, in no shop's series."""


class PracticeClock:
    """The real clock, set to the hour at which a customer comes."""

    def __init__(self, clock: Clock, country: Country) -> None:
        self.real = clock
        self._country = country
        self._shift = timedelta(0)

    def __call__(self) -> datetime:
        return self.real() + self._shift

    def set_to(self, at: time) -> None:
        """Let it be that time of day, today."""
        local = self._country.local(self.real())
        self._shift = datetime.combine(local.date(), at, local.tzinfo) - local


class PracticeRegister(Register):
    """The till's rules, for practice. With `by_hand` the till asks nothing: the trainee does, unprompted.

    Only here can an order be marked so; a shop's register takes none that is.
    """

    flows_refused: ClassVar[frozenset[Reason]] = frozenset()
    has_kitchen: ClassVar[bool] = False
    writes_off: ClassVar[bool] = False
    by_hand = False
    paid_order: Order | None = None
    """The last paid order, with every tender that was tried."""

    def take_clock_jump(self) -> None:
        """Nothing: in practice it is as late as the customer's scenario says."""

    def open_elsewhere(self) -> tuple[Held, ...]:
        """None: each trainee serves customers of their own."""
        return ()

    def open_flow(self, *, by_hand: bool) -> None:
        """How the next customer is served; only before anything is rung."""
        self.by_hand = by_hand
        self.order = self._marked(replace(self.order, exempt=None))

    def moment_with(self, skus: Iterable[Sku]) -> Moment:
        """The moment as it is when these items have been rung: with what goes with them."""
        items = [self.menu.items[sku] for sku in skus]
        return replace(self.moment(), pairings=self.store.menu.pairings_for(items))

    def settle_by_hand(self, question: Question, outcome: Outcome, count: int = 0, choice: str | None = None) -> None:
        """What the customer answered to what the trainee asked unprompted; a yes is added to the order."""
        order, moment, offer = self._open_order(), self.moment(), question.offer
        if not self.by_hand:
            raise Refused("wrong-key", key="")
        if outcome is Outcome.ACCEPTED:
            grown = accept(order, offer, count or 1, moment, choice)
            gain = moment.price(grown).total - moment.price(order).total
            question = replace(question, gain=gain, count=count or 1)
            order = grown
        answered = replace(question, answer=outcome, answered_at=self.now)
        self._commit("by_hand", order.with_question(answered))

    def set_sold_out(self, skus: frozenset[Sku], shop: frozenset[Sku]) -> None:
        """What is sold out for this customer: what the shop has run out of, and what the scenario says."""
        now = self.now
        for entry in self.sold_out():
            self.store.stock.restore(entry.sku, entry.machine, entry.modifier)
        for sku in sorted((skus | shop) & self.menu.items.keys()):
            self.store.stock.eighty_six(sku, None, None, now)

    def _marked(self, order: Order) -> Order:
        if self.by_hand and order.exempt is None:
            return replace(order, exempt=Reason.BY_HAND)
        return order

    def _advance(self, order: Order) -> tuple[Order, list[OfferEvent]]:
        return super()._advance(self._marked(order))

    def _take(self, verb: str, order: Order) -> None:
        super()._take(verb, order)
        if self.last_sale is not None:
            self.paid_order = order

    def _receipt(self, sale: Sale, *, copy: bool) -> Document:
        return receipt(sale, self.country.headings, copy=copy, training=True)
