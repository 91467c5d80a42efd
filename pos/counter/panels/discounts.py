"""The panels of a discount given by hand: how much, and why."""

from __future__ import annotations

from functools import partial

from pos.counter.counter_state import CounterState, Entry, Panel
from pos.counter.states import State, Tone, say
from pos.domain.errors import Refused
from pos.domain.order.discounts import DiscountReason
from pos.register.verbs import ringing

SHARES = (500, 1000, 1500, 2000, 2500, 3000, 5000, 10_000)
"""The shares on offer, in basis points, up to the shop's limit, which is offered as well."""


class DiscountPanel(Panel):
    """Asks how much is taken off the whole order; 0 removes the discount."""

    state = State.DISCOUNT
    title = say("title-discount")

    def entries(self, counter: CounterState) -> list[Entry]:
        """A digit for each share that the shop allows."""
        given, most = counter.view.order.discount, counter.view.menu.most_discount
        shares = sorted({*(share for share in SHARES if share <= most), most})
        now = 0 if given is None else given.share
        rows = [
            Entry(str(place), say("discount-share", share=share // 100), partial(_ask_why, share=share), share == now)
            for place, share in enumerate(shares, start=1)
        ]
        return rows if given is None else [*rows, Entry("0", say("discount-none"), take_back)]


class DiscountReasonPanel(Panel):
    """Asks why."""

    state = State.DISCOUNT

    def __init__(self, share: int) -> None:
        self.share = share
        self.title = say("title-discount-reason", share=share // 100)

    def entries(self, counter: CounterState) -> list[Entry]:
        return [
            Entry(str(place), say("plain-row", name=reason), partial(give, share=self.share, reason=reason))
            for place, reason in enumerate(DiscountReason, start=1)
        ]


def open_discount(counter: CounterState) -> None:
    """Ask how much. Raises `Refused` if the shop gives no discounts by hand, or the order is empty."""
    if not counter.view.menu.most_discount:
        raise Refused("no-discounts")
    if not counter.view.order.lines:
        raise Refused("order-empty")
    counter.panel = DiscountPanel()


def give(counter: CounterState, share: int, reason: DiscountReason) -> None:
    counter.do(ringing.give_discount, share, reason)
    counter.panel = None
    counter.message = say("discount-given", Tone.GOOD, share=share // 100)


def take_back(counter: CounterState) -> None:
    """Remove the discount."""
    counter.do(ringing.drop_discount)
    counter.panel = None


def _ask_why(counter: CounterState, share: int) -> None:
    counter.panel = DiscountReasonPanel(share)
