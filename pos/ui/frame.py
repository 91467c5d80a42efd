"""The frame: everything that the screen shows, gathered once after each key, so that widgets only paint."""

from __future__ import annotations

from datetime import datetime

from pos.counter import Command, Counter, Panel, Say, State, state_of
from pos.domain.menu.menu import Menu
from pos.domain.moment import Moment
from pos.domain.money import ZERO, Money
from pos.domain.order.order import Order, Purpose, Tender
from pos.domain.pricing.price import Priced
from pos.domain.prompts import Prompt
from pos.domain.refunds.refund import Refund
from pos.domain.sale.finished import Finished
from pos.domain.sale.sale import Sale
from pos.domain.value import value
from pos.register import View
from pos.register import shelf as shelf_of
from pos.register.verbs.exchanging import WaysBack
from pos.store import Held
from pos.ui.blocks.keys import format_say
from pos.ui.blocks.themes import Inks, inks
from pos.wording import Wording, wording


@value
class Shelf:
    """What waits besides the open order: held orders, unprinted papers, unsettled payments, unfinished refunds."""

    held: int = 0
    oldest: datetime | None = None
    owed: int = 0
    unsettled: tuple[Tender, ...] = ()
    """Payments of held orders with an unknown outcome, the oldest first."""
    elsewhere: tuple[Held, ...] = ()
    """Orders with payments that another till left open."""
    refunds: tuple[Refund, ...] = ()
    """Unfinished refunds, the oldest first."""


@value
class Frame:
    """Everything that the screen paints after a key. `till` is the register's view, `under` the state below an open
    panel; `words` is the till's language, `spoken` the customer's; `paper` is the state of the last receipt,
    `ways_back` the ways by which the customer can be paid back."""

    counter: Counter
    till: View
    state: State
    under: State
    prompt: Prompt
    panel: Panel | None
    order: Order
    priced: Priced
    moment: Moment
    commands: tuple[Command, ...]
    message: Say | None
    paid: Finished | None
    shelf: Shelf
    paper: Say | None
    words: Wording
    spoken: Wording
    inks: Inks
    ways_back: WaysBack

    @property
    def menu(self) -> Menu:
        return self.moment.menu

    @property
    def now(self) -> datetime:
        """The time at the counter."""
        return self.moment.now

    @property
    def minute(self) -> datetime:
        """The time to the minute: the screen shows no finer one."""
        return self.moment.now.replace(second=0, microsecond=0)

    @property
    def purpose(self) -> Purpose:
        """The open order's purpose; on the paid screen that of the finished one."""
        if self.paid is None:
            return self.order.purpose
        return Purpose.SALE if isinstance(self.paid, Sale) else self.paid.purpose

    @property
    def cash_back(self) -> Money:
        """The cash that the customer of the last refund gets, until the next checkout."""
        given = self.counter.given_back
        return ZERO if given is None else given.cash

    def say(self, sentence: Say) -> str:
        """A sentence in the till's language."""
        return format_say(self.words, sentence)


def look(counter: Counter, shelf: Shelf, paper: Say | None = None) -> Frame:
    """The frame of the counter as it is now."""
    till = counter.register.look()
    prompt = till.prompt
    counter.note_shown(prompt)
    under = state_of(prompt) if counter.paid is None else State.PAID
    panel = counter.panel
    state = panel.state if panel is not None else under
    return Frame(
        counter=counter,
        till=till,
        state=state,
        under=under,
        prompt=prompt,
        panel=panel,
        order=till.order,
        priced=till.priced,
        moment=till.moment,
        commands=tuple(command for command in counter.commands_of(state) if command.fits(counter)),
        message=counter.message,
        paid=counter.paid,
        shelf=shelf,
        paper=paper,
        words=wording(counter.language),
        spoken=wording(till.order.language or counter.language),
        inks=inks(dark=counter.dark),
        ways_back=shelf_of.ways_back(counter.register),
    )


def look_at_shelf(counter: Counter) -> Shelf:
    """Read what waits besides the order. It seldom changes, and is not read after each key."""
    held = shelf_of.held(counter.register)
    unsettled = tuple(entry.order.open_tender for entry in held if entry.order.open_tender is not None)
    return Shelf(
        len(held),
        held[0].held_at if held else None,
        len(shelf_of.owed_papers(counter.register)),
        unsettled,
        shelf_of.open_elsewhere(counter.register),
        shelf_of.hanging_refunds(counter.register),
    )
