"""The panel of the shop as it is now: who is at which till, and the day's figures."""

from __future__ import annotations

from collections.abc import Iterator

from pos.counter.counter_state import CounterState, Entry, Panel
from pos.counter.states import Say, State, say
from pos.domain.errors import Refused
from pos.domain.money import Money


class ShopNowPanel(Panel):
    """Shows figures only: its rows do nothing."""

    state = State.SHOP_NOW
    title = say("title-shop-now")

    def entries(self, counter: CounterState) -> list[Entry]:
        """The day's figures, then the people."""
        told = [*_today(counter), *_people(counter)]
        return [Entry(key, row, _stay) for key, row in zip("123456789bceghilmopqrtuwxz", told, strict=False)]


def open_shop_now(counter: CounterState) -> None:
    counter.panel = ShopNowPanel()


def _today(counter: CounterState) -> Iterator[Say]:
    register, day = counter.register, counter.view.day
    sold = register.store.sales.today(day)
    average = Money(sold.total.minor // sold.count) if sold.count else Money()
    yield say("today-sales", count=sold.count, total=sold.total, average=average)
    yield say("today-asked", count=sold.accepted, gain=sold.gain)
    refunds = register.store.refunds.sums(day.isoformat(), day.isoformat())
    if refunds:
        total = Money(sum(row.minor for row in refunds))
        yield say("today-refunds", count=sum(row.count for row in refunds), total=total)


def _people(counter: CounterState) -> Iterator[Say]:
    for till, name, role in counter.register.store.people.on():
        yield say("today-person", till=till, name=name, role=role)


def _stay(counter: CounterState) -> None:
    """Refuse the key of a row: it does nothing. Raises `Refused`."""
    raise Refused("only-to-read")
