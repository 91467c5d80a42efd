"""What a till sees: a view, which is painted, and a scene, in which an act decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, fields
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import TypeVar

from pos.country import Country, Signer
from pos.devices import DrawerState
from pos.domain.errors import Refused
from pos.domain.menu.channels import Channel
from pos.domain.menu.items import ServingMode
from pos.domain.menu.menu import Menu
from pos.domain.moment import Moment
from pos.domain.money import Money
from pos.domain.order.order import LineItem, Order
from pos.domain.order.questions import Reason
from pos.domain.order.taken_offer import taken_by
from pos.domain.people import Person
from pos.domain.pricing.price import Priced
from pos.domain.prompts import PaymentPrompt, Prompt
from pos.domain.sale.finished import Finished
from pos.domain.sale.ledger import OfferEvent
from pos.domain.shift.shift import Shift
from pos.domain.value import replace, value
from pos.register.gate import Change
from pos.register.timeline import Reading
from pos.store import Fact, Move, OrderState, Store, TalliesMade, TallyRow, Till

R = TypeVar("R")

PATIENCE = timedelta(milliseconds=300)
"""Nobody reads a question faster than this: an earlier key is no answer."""


@value
class Setup:
    """How this till differs from others.

    `serving` is the serving mode of orders that set none; `exempt` is the reason why this till asks nothing;
    `flows_refused` are the reasons that no order of it may have. In practice there is no kitchen, nothing is written
    off, and receipts are marked as training.
    """

    serving: ServingMode | None = None
    patience: timedelta = PATIENCE
    exempt: Reason | None = None
    flows_refused: frozenset[Reason] = frozenset({Reason.BY_HAND})
    is_practice: bool = False
    kitchen_slips: bool = False
    """Whether it has a kitchen printer: then every paid order has a slip, whatever the shop's setting."""


@value
class View:
    """Everything that the register shows of a till, from one look at the clock and the file.

    `seq` is the journal's row of the order (None before its first act), `parent` the row that taking back leads to;
    `menu_version` is that of today's menu, `day` the business day. `finished` is what the order before became, until
    something is done to this one. `shift` is the till's current shift, `has_shifts` whether the shop works with shifts,
    `drawer` the last known state of the drawer. `person` is who is signed in, `has_people` whether the shop has people
    who sign in at all; `cashier` is the name printed on paper, or ''.
    """

    till: Till
    cashier: str
    person: Person | None
    has_people: bool
    language: str
    setup: Setup
    country: Country
    reading: Reading
    day: date
    menu_version: int
    order: Order
    seq: int | None
    parent: int | None
    moment: Moment
    prompt: Prompt
    priced: Priced
    finished: Finished | None
    shift: Shift | None
    has_shifts: bool
    drawer: DrawerState

    @property
    def now(self) -> datetime:
        """The time at the counter when it was looked at."""
        return self.moment.now

    @property
    def menu(self) -> Menu:
        """The menu that the order is priced by: today's; from its first tender on, the one of that time."""
        return self.moment.menu

    @property
    def rush(self) -> bool:
        """Whether the words of both questions are shortened."""
        return self.moment.rush

    @property
    def channel(self) -> Channel | None:
        """The order's channel; None at the counter."""
        return self.menu.channels.get(self.order.channel) if self.order.channel is not None else None

    @property
    def platform(self) -> Channel | None:
        """The platform that the customer paid; None for an order that is paid in the shop, or not at all."""
        channel = self.channel
        return channel if channel is not None and channel.is_platform and self.order.is_sale else None

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The menu's channels."""
        return tuple(channel for channel in self.menu.channels.values() if not channel.retired)

    @property
    def next_visit_line(self) -> LineItem | None:
        """The line that uses the order's next-visit offer; None if it waits for a line, or there is no offer."""
        return taken_by(self.order, self.menu)

    @property
    def cash_due(self) -> Money:
        """What is to be paid in cash: whole kroner, and the noted tip. Raises `Refused` if nothing is paid now."""
        if not isinstance(self.prompt, PaymentPrompt):
            raise Refused("not-at-payment")
        return self.country.round_cash(self.prompt.due) + self.order.tip_said

    @property
    def shift_id(self) -> int | None:
        """The id of the till's shift; None before its first."""
        return None if self.shift is None else self.shift.id

    @property
    def day_ends_at(self) -> datetime:
        """The end of the business day, in local time."""
        return self.country.day_ends_at(self.day, self.menu.day_ends)

    def elapsed(self, since: datetime) -> timedelta | None:
        """How long before the look a recorded time was, even if the clock was set since; None if unknown."""
        return self.reading.elapsed(since)

    def minutes_since(self, since: datetime) -> int:
        """The whole minutes since a time; 0 if unknown."""
        elapsed = self.elapsed(since)
        return 0 if elapsed is None else int(elapsed.total_seconds() // 60)

    def without_old_price(self, order: Order) -> Order:
        """The order, without the price that was fixed when it was held, if that business day is over."""
        over = order.said is not None and not order.is_frozen and order.said.day != self.day
        return replace(order, said=None) if over else order


PAINTED = attrgetter(*(field.name for field in fields(View)))
"""The fields of a view, in order: a scene begins with them."""


@value
class Scene(View):
    """A view for one act, with look-ups under the act's lock: what they find still holds when the act is written."""

    _: KW_ONLY
    store: Store
    moment_of: Callable[[Order], Moment]
    """The moment for another order: its menu, and the pairings of its lines."""
    approver: Person | None = None
    """Who has approved this act by PIN or badge."""
    signer: Signer | None = None
    """Signs the sales of this file; None in a country without signatures."""

    def moved(
        self, order: Order, *, result: R, events: Sequence[OfferEvent] = (), facts: Sequence[Fact] = ()
    ) -> Change[R]:
        """A change of the open order, which can be taken back."""
        return Change(result, (Move(order, self.seq, self.seq, events=tuple(events)),), tuple(facts))

    def tallied(self, *rows: TallyRow) -> tuple[Fact, ...]:
        """The fact that the till's shift tallies these; none without a shift."""
        counted = tuple(row for row in rows if row.count or row.amount)
        return () if self.shift is None or not counted else (TalliesMade(self.shift.id, counted),)

    def left(
        self,
        state: OrderState,
        order: Order,
        *,
        result: R,
        facts: Sequence[Fact] = (),
        finished: Finished | None = None,
    ) -> Change[R]:
        """A change after which the open order is no longer open."""
        return Change(result, (Move(order, self.seq, self.seq, state),), tuple(facts), finished=finished)


def scene_of(
    view: View,
    store: Store,
    moment_of: Callable[[Order], Moment],
    approver: Person | None = None,
    signer: Signer | None = None,
) -> Scene:
    """The scene of a view."""
    return Scene(*PAINTED(view), store=store, moment_of=moment_of, approver=approver, signer=signer)
