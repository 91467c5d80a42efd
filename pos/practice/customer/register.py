"""A till for practice: the shop's rules, paper that is no receipt, and an option to ask no questions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from pos.country import Country
from pos.domain.asking.upgrades import accept
from pos.domain.errors import Refused
from pos.domain.menu.items import Sku
from pos.domain.moment import Moment
from pos.domain.order.order import Order
from pos.domain.order.questions import Outcome, Question, Reason
from pos.domain.value import replace
from pos.register import Change, Clock, Register, Scene, Setup, given, verb
from pos.register.needs import an_open_order
from pos.store.selling.stock import MarkedOut, Restored
from pos.store.selling.tills import RUSH, SettingSet

SERIES_LETTER = "Ø"
"""The beginning of receipt numbers in practice; no shop's series begins with it."""


class PracticeClock:
    """The real clock, shifted to the hour at which the customer comes."""

    def __init__(self, clock: Clock, country: Country) -> None:
        self.real = clock
        self._country = country
        self._shift = timedelta(0)

    def __call__(self) -> datetime:
        return self.real() + self._shift

    def set_to(self, at: time) -> None:
        """Set the time of day, today."""
        local = self._country.local(self.real())
        self._shift = datetime.combine(local.date(), at, local.tzinfo) - local


def practice_setup(*, by_hand: bool = False) -> Setup:
    """The setup of a till for practice. With `by_hand` the till asks nothing and the trainee asks unprompted. Only
    practice can mark an order so; a shop's till refuses such orders."""
    return Setup(exempt=Reason.BY_HAND if by_hand else None, flows_refused=frozenset(), is_practice=True)


def moment_with(register: Register, skus: Iterable[Sku]) -> Moment:
    """The moment, with the pairings of these items."""
    view = register.view
    items = [view.menu.items[sku] for sku in skus]
    return replace(view.moment, pairings=register.store.menu.pairings_for(items))


def paid_order(register: Register) -> Order | None:
    """The last paid order, with all tenders that were tried; None once the next one has begun."""
    finished = register.view.finished
    return None if finished is None else register.store.orders.standing(finished.order_id).order


@given(an_open_order)
def settle_by_hand(
    scene: Scene, order: Order, question: Question, outcome: Outcome, count: int = 0, choice: str | None = None
) -> Change[None]:
    """Record the customer's answer to a question that the trainee asked unprompted; a yes is added to the order."""
    moment, offer = scene.moment, question.offer
    if scene.setup.exempt is not Reason.BY_HAND:
        raise Refused("wrong-key", key="")
    if outcome is Outcome.ACCEPTED:
        grown = accept(order, offer, count or 1, moment, choice)
        gain = moment.price(grown).goods - moment.price(order).goods
        question = replace(question, gain=gain, count=count or 1)
        order = grown
    answered = replace(question, answer=outcome, answered_at=scene.now)
    return scene.moved(order.with_question(answered), result=None)


@verb
def set_the_scene(scene: Scene, skus: frozenset[Sku], *, rush: bool) -> Change[None]:
    """Set what is sold out for this customer, and whether there is a queue."""
    restored = [Restored(entry.sku, entry.machine, entry.modifier) for entry in scene.store.stock.all_entries()]
    marked = [MarkedOut(sku, None, None) for sku in sorted(skus & scene.menu.items.keys())]
    queue = SettingSet(scene.till.id, RUSH, "yes" if rush else "no")
    return Change(None, facts=(*restored, *marked, queue), concerns_all=True)
