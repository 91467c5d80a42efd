"""Tickets for the kitchen: what to make of an order, and what of an earlier ticket is called off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from pos.domain.menu.items import ServingMode
from pos.domain.order.order import Purpose
from pos.domain.order.sent import FirstTicket, KitchenLine, Sent
from pos.domain.sale.finished import Finished
from pos.domain.sale.leaving_out import left_out_of
from pos.domain.sale.sale import PaperKind, ReceiptState, Sale, SaleLine
from pos.domain.sale.write_offs import WriteOffLine
from pos.domain.text import LocalText
from pos.domain.value import replace, value


@value
class Ticket:
    """What the kitchen is sent at one time. `call_number` is 0 while the order goes by its `name`. `lines` are to be
    made; `cancelled` was sent earlier and is called off. `is_changed` says that allergens, note or serving mode, which
    hold for the whole order, differ from the ticket before. `first` is that ticket, if any."""

    order_id: str
    call_number: int
    name: LocalText
    till: str
    at: datetime
    purpose: Purpose
    serving_mode: ServingMode | None
    lines: tuple[KitchenLine, ...]
    channel_name: LocalText | None = None
    allergens: tuple[str, ...] = ()
    note: str = ""
    cancelled: tuple[KitchenLine, ...] = ()
    is_changed: bool = False
    first: FirstTicket | None = None

    @property
    def says_something(self) -> bool:
        """Whether it says anything new: not if everything was sent before."""
        return bool(self.lines or self.cancelled or self.is_changed)

    @property
    def is_correction(self) -> bool:
        """Whether it corrects an earlier ticket."""
        return bool(self.cancelled or self.is_changed)


@value
class OwedTicket:
    """A ticket with its id in the file and the state of its paper: sent before payment, or a correction. A paid order
    has a kitchen slip instead."""

    id: int
    ticket: Ticket
    state: ReceiptState

    @property
    def kind(self) -> PaperKind:
        """Its kind among the papers."""
        return PaperKind.KITCHEN_TICKET


def difference(
    now: Iterable[KitchenLine], before: Iterable[KitchenLine]
) -> tuple[tuple[KitchenLine, ...], tuple[KitchenLine, ...]]:
    """What is to be made and was not sent before, and what was sent and is called off. Lines that differ in anything
    but quantity are different. Applied to what was sent, the two give the current order."""
    wanted, told = _counted(now), _counted(before)
    return _lines(wanted, told), _lines(told, wanted)


def _counted(lines: Iterable[KitchenLine]) -> Counter[KitchenLine]:
    counts: Counter[KitchenLine] = Counter()
    for line in lines:
        counts[replace(line, quantity=1)] += line.quantity
    return counts


def _lines(more: Mapping[KitchenLine, int], less: Mapping[KitchenLine, int]) -> tuple[KitchenLine, ...]:
    left = ((line, count - less.get(line, 0)) for line, count in more.items())
    return tuple(replace(line, quantity=count) for line, count in left if count > 0)


def after_sent(ticket: Ticket, sent: Sent | None) -> Ticket:
    """A ticket of a whole order without what was sent before, and with what of that is called off."""
    if sent is None:
        return ticket
    made, cancelled = difference(ticket.lines, sent.lines)
    header = (sent.serving_mode or ticket.serving_mode, sent.allergens, sent.note)
    is_changed = bool(sent.lines) and header != (ticket.serving_mode, ticket.allergens, ticket.note)
    first = FirstTicket(sent.name, sent.at)
    return replace(ticket, lines=made, cancelled=cancelled, is_changed=is_changed, first=first)


def ticket_of(done: Finished) -> Ticket:
    """The ticket of a finished order: all of it, or what was not sent before."""
    whole = Ticket(
        order_id=done.order_id,
        call_number=done.call_number,
        name=called(done.call_number),
        till=done.till,
        at=done.paid_at if isinstance(done, Sale) else done.at,
        purpose=Purpose.SALE if isinstance(done, Sale) else done.purpose,
        serving_mode=done.serving_mode,
        channel_name=done.channel_name if isinstance(done, Sale) else None,
        allergens=done.allergens,
        note=done.note,
        lines=tuple(map(line_of, done.lines)),
        first=None if isinstance(done, Sale) else done.remakes,
    )
    return after_sent(whole, done.sent)


def called(call_number: int) -> LocalText:
    """What an order with a call number is called."""
    return LocalText(f"Nr. {call_number}", f"No. {call_number}")


def line_of(line: SaleLine | WriteOffLine) -> KitchenLine:
    """A finished line as the kitchen makes it."""
    left_out = left_out_of(line)
    return KitchenLine(line.quantity, line.name, line.details, left_out, line.note, line.allergens, line.accepted)


def correction_of(
    done: Finished, at: datetime, till: str, gone: Mapping[int, int], made: Iterable[KitchenLine] = ()
) -> Ticket:
    """The correction of a finished order's ticket: of the lines in `gone`, by their places from 0, these quantities are
    called off, and `made` is to be made instead."""
    was = ticket_of(done)
    lines = [line_of(line) for line in done.lines]
    cancelled = tuple(
        replace(lines[place], quantity=min(count, lines[place].quantity)) for place, count in gone.items() if count > 0
    )
    first = FirstTicket(was.name, was.at)
    return replace(was, till=till, at=at, lines=tuple(made), cancelled=cancelled, is_changed=False, first=first)
