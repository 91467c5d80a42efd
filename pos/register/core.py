"""What every verb stands on: the open order, the moment, one durable row a verb, and taking back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import ClassVar

from pos.country import Country
from pos.devices import Devices
from pos.domain.errors import Refused, StoreError
from pos.domain.exploring import Draws
from pos.domain.finished import Finished
from pos.domain.items import ServingMode
from pos.domain.ledger import OfferEvent
from pos.domain.menu import Menu
from pos.domain.moment import Chances, Moment
from pos.domain.money import Money
from pos.domain.order import LineItem, Order
from pos.domain.price import Priced
from pos.domain.prompts import Prompt, Ringing, next_prompt
from pos.domain.questions import OfferKind, Reason
from pos.domain.sale import Sale
from pos.domain.selling import newly_unsold
from pos.domain.stopping import stops
from pos.domain.text import LocalText
from pos.domain.value import value
from pos.domain.write_offs import WriteOff
from pos.register.doubt import stored_after_all
from pos.register.questions import advanced, appearing, before_last_act, substance, taken_back
from pos.register.surroundings import Surroundings
from pos.register.timeline import Clock, Jump, Ticks, Timeline
from pos.store import Saved, Store
from pos.wording.stopping import WHY_UNSOLD

PATIENCE = timedelta(milliseconds=300)
"""Nobody has read a question sooner than that: an answer within it answers nothing."""


class TooSoon(Refused):
    """An answer that came before anybody could have read the question."""


@value
class PriceChange:
    """What one of a line cost, and costs."""

    name: LocalText
    before: Money
    now: Money


@value
class NewPrices:
    """What a new menu made of the open order: the lines with another price, and what the order came and comes to."""

    changed: tuple[PriceChange, ...]
    before: Money
    now: Money


class Core:
    """A till's open order and what surrounds it. Each verb is committed before it returns."""

    flows_refused: ClassVar[frozenset[Reason]] = frozenset({Reason.BY_HAND})
    """Ways past the two questions that are none of a shop's: no verb takes an order that is marked with one."""

    has_kitchen: ClassVar[bool] = True
    """Whether somebody makes what is sold, and may want a slip of it."""

    writes_off: ClassVar[bool] = True
    """Whether there are staff meals, remakes and waste."""

    order: Order
    last_sale: Sale | None = None
    last_write_off: WriteOff | None = None
    _seq: int | None = None
    _parent: int | None = None
    _last_prompt: tuple[Order, Moment, Prompt] | None = None
    """What was asked last, and of which order at which moment."""
    new_prices: NewPrices | None = None

    def __init__(  # noqa: PLR0913 - what varies is passed in, by name
        self,
        store: Store,
        devices: Devices,
        country: Country,
        clock: Clock,
        draws: Draws,
        *,
        till: str,
        cashier: str = "",
        language: str = "nb",
        patience: timedelta = PATIENCE,
        ticks: Ticks | None = None,
        serving: ServingMode | None = None,
        is_running: Callable[[str], bool] = lambda till: False,
    ) -> None:
        self.store = store
        self.devices = devices
        self.country = country
        self.language = language
        self.cashier = cashier
        self.patience = patience
        self.serving = serving
        """How everything is served at this till, unless an order says otherwise; None: it is asked."""
        self._is_running = is_running
        """Whether another till of that name is running now, as far as this one can tell."""
        self._clock = clock
        self.timeline = Timeline(clock, ticks, store.orders.last_at())
        self._doubted = False
        self._draws = draws
        self.till = store.tills.enter(till)
        self.around = Surroundings(store, country)
        self.opened_after = store.asking_sums.last_sale()
        """The number of the last sale, of any till, when this one was opened."""
        self.discards_after = store.orders.last_discard()
        """The number of the last discard, of any till, when this one was opened."""
        self.rush = store.tills.setting(self.till.id, "rush") == "yes"
        self._pick_up()

    # what is there

    @property
    def now(self) -> datetime:
        """The time at the counter."""
        return self.country.local(self.timeline.now())

    def elapsed(self, since: datetime) -> timedelta | None:
        """How long ago a time was that this machine wrote down, however its clock was set since; None if unknown."""
        return self.timeline.elapsed(since)

    def minutes_since(self, since: datetime) -> int:
        """The whole minutes since a time; 0 if unknown."""
        elapsed = self.elapsed(since)
        return 0 if elapsed is None else int(elapsed.total_seconds() // 60)

    def take_clock_jump(self) -> Jump | None:
        """That the machine's clock shows what it cannot, as long as nobody has been told; None while it does not."""
        now = self.now
        jump = self.timeline.take_jump()
        if jump is None and not self._doubted and not self.country.has_rates(now.date()):
            jump = Jump(None, now)
        if jump is None:
            return None
        self._doubted = True
        if jump.before is not None and jump.before > now:
            with suppress(StoreError):
                self.store.stock.begin_again(now)
        return Jump(jump.before and self.country.local(jump.before), now)

    @property
    def menu(self) -> Menu:
        """What the shop sells, as the open order sees it: from its first tender on, as it was then."""
        return self.around.menu_of(self.order)

    @property
    def chances(self) -> Chances:
        """What is known of a yes to each offer; nothing while the choice is the menu's."""
        return self.around.chances

    def moment(self) -> Moment:
        """What is true at the counter now."""
        return self.around.moment(self.now, self.order, rush=self.rush)

    @property
    def business_day(self) -> date:
        """The shop's day that it is now."""
        return self.country.business_day(self.now, self.around.menu.day_ends)

    def day_ends_at(self) -> datetime:
        """When the business day that it is now ends, on the shop's clocks."""
        return self.country.day_ends_at(self.business_day, self.around.menu.day_ends)

    def priced(self) -> Priced:
        """The open order with its money."""
        return self.moment().price(self.order)

    def prompt(self) -> Prompt:
        """What the till asks now."""
        order = self.order
        if not order.checking_out or not order.lines:
            return Ringing()
        # A prompt is a function of order and moment, and of the time only in which hours of sale it lies: these begin
        # at whole seconds. A key asks for the prompt ten times.
        moment = self.moment()
        moment = replace(moment, now=moment.now.replace(microsecond=0))
        if self._last_prompt is not None and self._last_prompt[0] is order and self._last_prompt[1] == moment:
            return self._last_prompt[2]
        prompt = next_prompt(order, moment)
        if isinstance(prompt, OfferKind):
            # The moment moved on (a daypart began) since the last verb: propose as that verb would have. What cannot be
            # written is not asked: the next Enter tries again.
            try:
                self.look_again()
            except StoreError:
                return Ringing()
            return self.prompt()
        self._last_prompt = order, moment, prompt
        return prompt

    def look_again(self) -> None:
        """Take on what has changed around the order: sold out at another till, a new hour, a new menu.

        An open question that has lost its offer gets the next best. It is no act: taking back passes it by.
        """
        before = self._priced_by()
        self.around.load_menu()
        follows = self.order.lines and not self.order.is_frozen
        is_new = bool(follows) and self.order.menu_version != self.around.version
        order, events = self._advance(self.without_old_price(self.order) if follows else self.order)
        if order != self.order or is_new:
            # What is asked has another price, perhaps: nobody has read that yet.
            self._write("look_again", appearing(order, self.now) if is_new else order, self._parent, events)
        self._tell_prices(before)

    def without_old_price(self, order: Order) -> Order:
        """The order, without the price that was said when it was set aside if that business day is over."""
        over = order.said is not None and not order.is_frozen and order.said.day != self.business_day
        return replace(order, said=None) if over else order

    def _priced_by(self) -> tuple[Order, Menu, Priced]:
        """The order and what it came to by the menu that it was last priced by."""
        order, moment = self.order, self.moment()
        if order.is_frozen:
            return order, moment.menu, moment.price(order)
        if order.said is not None:
            moment = replace(moment, said=self.around.said_to(order, order.said.day))
        menu = self.around.of_version(order.menu_version).on_channel(order.channel)
        return order, menu, replace(moment, menu=menu).price(order)

    def _tell_prices(self, before: tuple[Order, Menu, Priced]) -> None:
        """Keep for the cashier what has another price than before. A new menu may have filled a slot, too."""
        order, menu, then = before
        now = self.priced()
        if order.id != self.order.id:
            return
        now_of = {new.line.id: new.unit_price for new in now.lines}
        changed = tuple(
            PriceChange(menu.items[was.line.sku].full_name, was.unit_price, now_of[was.line.id])
            for was in then.lines
            if now_of.get(was.line.id, was.unit_price) != was.unit_price
        )
        if changed or then.total != now.total:
            self.new_prices = NewPrices(changed, then.total, now.total)

    def take_new_prices(self) -> NewPrices | None:
        """What a new menu changed in the open order, once; None for nothing."""
        found, self.new_prices = self.new_prices, None
        return found

    @property
    def finished(self) -> Finished | None:
        """What the order before became, as long as nothing was done to the next one."""
        return self.last_sale or self.last_write_off

    # one row a verb

    def _commit(self, verb: str, order: Order, events: Sequence[OfferEvent] = ()) -> None:
        """Write the order as it is after a verb, with the question that follows from it, then take it on.

        Raises `Refused` for a verb that would add what cannot be sold, whatever route it took.
        """
        if order.lines != self.order.lines:
            moment = self.moment()
            self._check_selling(order, moment)
            if self.order.checking_out and stops(self.order, moment):
                order = appearing(order, moment.now)  # what the stop covered has only just been uncovered
        order, asked = self._advance(order)
        self._write(verb, order, self._seq, (*events, *asked))

    def _check_selling(self, order: Order, moment: Moment) -> None:
        """Raises `Refused` if the order, as a verb would leave it, has more of something that cannot be sold."""
        obstacle = newly_unsold(self.order, order, moment)
        if obstacle is not None:
            raise Refused(WHY_UNSOLD[obstacle.why], name=obstacle.name)

    def _commit_answer(self, verb: str, order: Order, events: Sequence[OfferEvent] = ()) -> None:
        """The same, and whatever question stands after it has only just appeared."""
        self._commit(verb, appearing(order, self.now), events)

    def _write(self, verb: str, order: Order, parent: int | None, events: Sequence[OfferEvent]) -> None:
        if not order.is_frozen:
            order = replace(order, menu_version=self.around.version, frozen_at=None)
        try:
            saved = self.store.orders.write(
                self.till.id, verb, order, parent, self.now, events, cashier=self.cashier, day=self.business_day
            )
        except StoreError as error:
            saved = stored_after_all(error, lambda: self._row_of(order))
        self._seq, self._parent = saved.seq, parent
        self.order = saved.order
        self.last_sale = self.last_write_off = None

    def _row_of(self, order: Order) -> Saved | None:
        """The till's last row if it holds this order; its numbers it may have got with the row."""
        saved = self.store.orders.current(self.till.id)
        if saved is None:
            return None
        return saved if _without_numbers(saved.order) == _without_numbers(order) else None

    def _advance(self, order: Order) -> tuple[Order, list[OfferEvent]]:
        """The order with the question that stands now, and what happened to offers on the way."""
        self._check_flow(order)
        if order.lines and order.serving_mode is None and not order.is_frozen:
            order = replace(order, serving_mode=self.serving)
        self.around.fetch_pairings(order)
        return advanced(order, self.around.moment(self.now, order, rush=self.rush), self._draws)

    def _check_flow(self, order: Order) -> None:
        """Raises `Refused` for an order that passes the questions by as it must not here: `practice-only`, in practice
        `no-write-offs`."""
        if order.exempt in self.flows_refused:
            raise Refused("practice-only")
        if not (order.is_sale or self.writes_off):
            raise Refused("no-write-offs")

    # taking back

    def take_back(self) -> None:
        """Take the last act back: a new row with the order as it was before it. Raises `Refused`."""
        if self.order.is_frozen:
            raise Refused("order-frozen")
        earlier, parent = self._before()
        now = self.now
        events = taken_back(self.order, earlier, now)
        order, asked = self._advance(appearing(earlier, now))
        self._write("take_back", order, parent, (*events, *asked))

    def _before(self) -> tuple[Order, int | None]:
        """The order before the last act that the cashier would see undone, and the row before that one.

        Payments that were declined or given back stay what they are: a tender is never taken back.
        """
        seq, now, ringing = self._parent, self.order, not self.order.checking_out
        there = substance(now, ringing)
        while seq is not None:
            row = self.store.orders.at(seq)
            if substance(row.order, ringing) != there:
                earlier = before_last_act(row.order, now)
                kept = replace(earlier, call_number=now.call_number, ordinal=now.ordinal, tenders=now.tenders)
                return replace(kept, settled=(), said=now.said), row.parent
            seq = row.parent
        empty = Order(now.id, now.call_number, now.opened_at, tenders=now.tenders, ordinal=now.ordinal, said=now.said)
        if substance(empty, ringing) == there:
            raise Refused("nothing-to-take-back")
        return empty, None

    # orders come and go

    def _pick_up(self) -> None:
        """Go on with this till's open order, or begin one."""
        saved = self.store.orders.current(self.till.id)
        if saved is None:
            self._begin()
            return
        self.around.look_at_chances(self.now)
        self.order, self._seq, self._parent = saved.order, saved.seq, saved.parent
        self.around.fetch_pairings(self.order)
        if not self.order.is_frozen:
            with suppress(StoreError, Refused):  # what is refused is said at the first verb
                self.look_again()

    def _begin(self) -> None:
        """A new, empty order; nothing of it is written before the first verb.

        What came before it is safe by now: a file that does not answer any more takes nothing of that back.
        """
        self.order = Order(order_id(self.now), 0, self.now)
        self._seq = self._parent = None
        self.around.forget_pairings()
        with suppress(StoreError):
            self.refresh_menu()
            self.around.look_at_chances(self.now)

    def _leave(self, write: Callable[[], Saved]) -> None:
        """Write that the order is not this till's open one any more, and begin the next."""
        try:
            write()
        except StoreError as error:
            stored_after_all(error, lambda: True if self.store.orders.current(self.till.id) is None else None)
        self._begin()

    def refresh_menu(self) -> None:
        """Take a newly loaded menu on, unless something has been rung: that is looked at whole, by `look_again`."""
        if not self.order.lines:
            self.around.load_menu()

    def tidy(self) -> None:
        """What can wait until nobody does: a part of the log that has grown old is packed. Ask when a sale is done and
        seen. What the file does not take now it takes another time."""
        with suppress(StoreError):
            self.store.orders.pack()

    # what verbs share

    def _open_order(self) -> Order:
        """The order, if it may be changed. Raises `Refused` once money has been handed over."""
        if self.order.open_tender is not None:
            raise Refused("tender-open")
        if self.order.is_frozen:
            raise Refused("order-frozen")
        return self.order

    def _line(self, line_id: int) -> LineItem:
        line = self._open_order().line(line_id)
        if line is None:
            raise Refused("line-gone")
        return line


def _without_numbers(order: Order) -> Order:
    return replace(order, call_number=0, ordinal=0)


def order_id(now: datetime) -> str:
    """A name that no other order has, on any till; later ones sort later, which keeps a large file quick."""
    return f"{int(now.timestamp() * 1000):012x}{uuid.uuid4().hex[:20]}"
