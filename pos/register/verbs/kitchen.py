"""The verbs of the kitchen: send an order before payment, correct it, and mark it as done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from pos.domain.errors import Refused
from pos.domain.menu.menu import Menu
from pos.domain.order.order import LineItem, Order, left_out_names, order_name, served
from pos.domain.order.sent import KitchenLine, Sent
from pos.domain.sale.finished import Finished
from pos.domain.sale.in_kitchen import WAITS, PartRef
from pos.domain.sale.sale import Sale
from pos.domain.sale.tickets import Ticket, after_sent, correction_of, ticket_of
from pos.domain.value import replace
from pos.register.gate import Change, given, verb
from pos.register.needs import an_open_order
from pos.register.scene import Scene
from pos.register.shop_gate import ShopScene
from pos.register.verbs.closing import accepted_in, line_details
from pos.store import Fact, KitchenMarked, Store, TicketSent


@given(an_open_order)
def send_to_kitchen(scene: Scene, order: Order) -> Change[Ticket]:
    """Send the order to the kitchen before it is paid. What was sent before is not sent again. Taking back skips this
    act, because the kitchen has the ticket.

    Raises `Refused`: `kitchen-not-made` for an order that the kitchen does not make, `order-empty`,
    `nothing-to-send`.
    """
    if scene.setup.is_practice or not order.purpose.is_made:
        raise Refused("kitchen-not-made")
    whole = ticket_now(scene, order)
    ticket = after_sent(whole, order.sent)
    if not ticket.says_something:
        raise Refused("nothing-to-send" if order.lines else "order-empty")
    first = Sent(whole.name, scene.now) if order.sent is None else order.sent
    sent = replace(
        first, lines=whole.lines, serving_mode=whole.serving_mode, allergens=whole.allergens, note=whole.note
    )
    facts = (TicketSent(ticket, _has_paper(scene)),)
    return scene.moved(replace(order, sent=sent), result=ticket, facts=facts)


def ticket_now(scene: Scene, order: Order) -> Ticket:
    """The ticket of the whole order as it is."""
    menu = scene.menu
    channel = menu.channels.get(order.channel) if order.channel is not None else None
    return Ticket(
        order_id=order.id,
        call_number=order.call_number,
        name=order_name(menu, order),
        till=scene.till.name,
        at=scene.now,
        purpose=order.purpose,
        serving_mode=served(menu, order),
        channel_name=None if channel is None else channel.name,
        allergens=tuple(sorted(order.allergens)),
        note=order.note,
        lines=tuple(_kitchen_line(menu, line, order) for line in order.lines),
    )


def _kitchen_line(menu: Menu, line: LineItem, order: Order) -> KitchenLine:
    return KitchenLine(
        line.quantity,
        menu.items[line.sku].full_name,
        line_details(menu, line),
        left_out_names(menu, line),
        line.note,
        tuple(sorted(line.allergens)),
        accepted_in(line, order),
    )


def called_off(scene: Scene, order: Order) -> tuple[Order, tuple[Fact, ...]]:
    """A discarded order without its mark of what was sent; and, if something was sent, the correction that calls it
    off."""
    sent = order.sent
    if sent is None or not sent.lines:
        return order, ()
    nothing = replace(ticket_now(scene, order), lines=(), serving_mode=sent.serving_mode)
    nothing = replace(nothing, allergens=sent.allergens, note=sent.note)
    return replace(order, sent=replace(sent, lines=())), (TicketSent(after_sent(nothing, sent), _has_paper(scene)),)


def correction(
    scene: Scene, done: Finished, gone: Mapping[int, int], made: Iterable[KitchenLine] = ()
) -> tuple[Fact, ...]:
    """The correction of a finished order: `gone` are the quantities not wanted any more, by the place of their line
    from 0, `made` what is to be made instead. None if the kitchen is done with the order, or it is two hours old."""
    if is_over(done, scene.now) or is_through(scene.store, done, scene.now):
        return ()
    ticket = correction_of(done, scene.now, scene.till.name, gone, made)
    return (TicketSent(ticket, _has_paper(scene)),) if ticket.says_something else ()


def is_over(done: Finished, now: datetime) -> bool:
    """Whether a finished order is too old to be still in the making."""
    return now - (done.paid_at if isinstance(done, Sale) else done.at) >= WAITS


def is_through(store: Store, done: Finished, now: datetime) -> bool:
    """Whether the kitchen marked a finished order as done; if all of it was sent before payment, whether it marked
    those tickets."""
    if not ticket_of(done).says_something:
        sent = store.kitchen.open_tickets(now - WAITS)
        return all(part.ticket.order_id != done.order_id for part in sent)
    ref = store.kitchen.sale_ref(done.order_id)
    return ref is not None and store.kitchen.is_done(ref)


def has_slip(scene: Scene, done: Finished) -> bool:
    """Whether a finished order gets a kitchen slip: if the shop or the till prints one, and not all of the order was
    sent before."""
    wants = scene.moment.menu.kitchen_slip or scene.setup.kitchen_slips
    is_made = isinstance(done, Sale) or done.purpose.is_made
    return wants and is_made and not scene.setup.is_practice and ticket_of(done).says_something


def _has_paper(scene: Scene) -> bool:
    return scene.moment.menu.kitchen_slip or scene.setup.kitchen_slips


@verb
def say_done(scene: ShopScene, order_id: str, parts: tuple[PartRef, ...]) -> Change[None]:
    """Mark parts of an order as done. Raises `Refused` `kitchen-done-already` if all of them are."""
    left = tuple(part for part in parts if not scene.store.kitchen.is_done(part))
    if not left:
        raise Refused("kitchen-done-already")
    return Change(None, facts=(KitchenMarked(order_id, left, is_done=True),))


@verb
def take_done_back(scene: ShopScene) -> Change[Ticket]:
    """Reopen what was marked as done last. Raises `Refused` `kitchen-nothing-to-take-back` if that was taken back
    already, or nothing was marked yet."""
    parts = scene.store.kitchen.last_done()
    if not parts:
        raise Refused("kitchen-nothing-to-take-back")
    ticket = scene.store.kitchen.part(parts[-1]).ticket
    return Change(ticket, facts=(KitchenMarked(ticket.order_id, parts, is_done=False),))
