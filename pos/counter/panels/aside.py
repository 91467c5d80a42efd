"""Panels and commands to hold, recall and discard orders."""

from __future__ import annotations

from functools import partial

from pos.counter.counter_state import CounterState, Entry, Panel
from pos.counter.panels.lists import ListPanel, ListRow
from pos.counter.states import Say, State, Tone, say
from pos.domain.errors import Refused
from pos.domain.money import Money
from pos.domain.order.discards import SAID_DISCARD_REASONS, DiscardReason
from pos.domain.order.order import Order, order_name
from pos.domain.text import LocalText
from pos.register import shelf
from pos.register.verbs import aside
from pos.store import Discarded, Held
from pos.wording import wording


class HeldOrdersPanel(ListPanel):
    """Orders with payments that are open at other tills, then held orders, the oldest first, then those discarded
    today, the latest first."""

    state = State.HELD
    title = say("title-held")

    def rows(self, counter: CounterState) -> list[ListRow]:
        """Name, age, payments and contents of each order. Notes are searched, too."""
        held = (*shelf.open_elsewhere(counter.register), *shelf.held(counter.register))
        found = [(entry.order, held_row(counter, entry), entry.is_open) for entry in held]
        found += [(entry.order, discarded_row(counter, entry), False) for entry in shelf.discarded(counter.register)]
        return [
            ListRow(
                (order.id, is_open),  # if another till recalls it meanwhile, it is another row
                label,
                partial(recall, order_id=order.id, elsewhere=is_open),
                also=searched(counter, order),
            )
            for order, label, is_open in found
        ]


class DiscardPanel(Panel):
    """Asks why the order is discarded: an extra key, so that no order is lost by a slip."""

    state = State.DISCARD

    def __init__(self, name: LocalText, total: Money) -> None:
        self.title = say("title-discard", name=name, total=total)

    def entries(self, counter: CounterState) -> list[Entry]:
        return [
            Entry(str(place), say("plain-row", name=reason), partial(abandon, reason=reason))
            for place, reason in enumerate(SAID_DISCARD_REASONS, start=1)
        ]


def held_row(counter: CounterState, held: Held) -> Say:
    """The row of a held order in a list: its payments come first."""
    register, order, tender = counter.register, held.order, held.order.open_tender
    name, minutes = order_name(register.view.menu, order), register.view.minutes_since(held.held_at)
    names = contents(counter, order)
    if tender is not None:
        kind, amount, till = tender.kind, tender.taken, held.till_name
        if held.is_open:
            row_id = "elsewhere-row-unknown"
            return say(row_id, till=till, kind=kind, amount=amount, name=name, minutes=minutes, names=names)
        return say("held-row-unknown", kind=kind, amount=amount, name=name, minutes=minutes, names=names)
    if held.is_open:
        row_id, till = "elsewhere-row-paid", held.till_name
        return say(row_id, till=till, amount=order.paid, name=name, minutes=minutes, names=names)
    if order.paid:
        return say("held-row-paid", amount=order.paid, name=name, minutes=minutes, names=names)
    return say("held-row", name=name, minutes=minutes, names=names)


def discarded_row(counter: CounterState, discarded: Discarded) -> Say:
    """The row of a discarded order in a list."""
    register, order = counter.register, discarded.order
    minutes, name = register.view.minutes_since(discarded.at), order_name(register.view.menu, order)
    names = contents(counter, order)
    return say("discarded-row", name=name, minutes=minutes, names=names, reason=discarded.reason)


def contents(counter: CounterState, order: Order) -> str:
    """The contents of an order, in the till's language: `1 Cheeseburgermeny, 2 Cola`. For a write-off, its purpose
    comes first."""
    menu = counter.view.menu
    purpose = "" if order.is_sale else f"{wording(counter.language).label(order.purpose)}: "
    return purpose + ", ".join(
        f"{line.quantity} {menu.name_of(line.sku).in_language(counter.language)}" for line in order.lines
    )


def searched(counter: CounterState, order: Order) -> str:
    """Further text to find an order by: number, notes, fillings and modifiers, in both languages."""
    menu = counter.view.menu
    parts = [str(order.call_number or ""), order.note]
    for line in order.lines:
        names = [menu.name_of(sku) for sku in (line.sku, *(sku for _, sku in line.fillings))]
        names += [menu.modifiers[modifier].name for modifier in line.modifiers if modifier in menu.modifiers]
        parts += [line.note, *(text for name in names for text in (name.nb, name.en))]
    return " ".join(parts)


def called(counter: CounterState) -> LocalText:
    """The name of the open order."""
    return order_name(counter.view.menu, counter.view.order)


def hold(counter: CounterState) -> None:
    """Hold the order."""
    name, tender = called(counter), counter.view.order.open_tender
    counter.do(aside.hold)
    counter.start_over()
    if tender is None:
        counter.message = say("held", name=name)
    else:
        counter.message = say("held-unknown", Tone.BAD, name=name, kind=tender.kind, amount=tender.taken)


def open_held(counter: CounterState) -> None:
    """Recall the only held order. If there are several, or some were discarded today, show the list."""
    held = shelf.held(counter.register)
    if len(held) == 1:
        recall(counter, held[0].order_id)
    else:
        list_held(counter)


def list_held(counter: CounterState) -> None:
    """Show held orders and those discarded today; if there is only one, recall it. An order open at another till is
    always shown first."""
    register = counter.register
    found = [held.order_id for held in shelf.held(register)] + [order.order_id for order in shelf.discarded(register)]
    elsewhere = shelf.open_elsewhere(register)
    if not found and not elsewhere:
        raise Refused("nothing-held")
    if len(found) == 1 and not elsewhere:
        recall(counter, found[0])
    else:
        counter.panel = HeldOrdersPanel()


def recall(counter: CounterState, order_id: str, *, elsewhere: bool = False) -> None:
    """Recall an order, and say if its price changed."""
    counter.panel = None
    repriced = counter.do(aside.recall, order_id, elsewhere=elsewhere)
    counter.next_order()
    if repriced is not None:
        counter.message = say("repriced", before=repriced.before, now=repriced.now)
    else:
        counter.message = say("recalled", name=called(counter))


def discard(counter: CounterState) -> None:
    """Ask why the order is discarded; an empty order is discarded at once."""
    register = counter.register
    if not register.view.order.lines:
        abandon(counter, DiscardReason.UNSAID)
        return
    if register.view.order.open_tender is not None:
        raise Refused("tender-open")
    if register.view.order.is_frozen:
        raise Refused("discard-after-giving-back", amount=register.view.order.paid)
    counter.panel = DiscardPanel(called(counter), register.view.priced.total)


def abandon(counter: CounterState, reason: DiscardReason) -> None:
    """Discard the order."""
    counter.panel = None
    name, sent = called(counter), counter.view.order.sent
    counter.do(aside.abandon, reason)
    counter.start_over()
    problem = None if sent is None else counter.printing.sent()
    counter.message = problem or say("abandoned", name=name)
