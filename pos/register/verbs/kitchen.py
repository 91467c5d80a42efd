"""The verbs of the kitchen: what it is sent before payment, what is corrected, and what it says is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from pos.domain.errors import Refused
from pos.domain.menu.menu import Menu
from pos.domain.order.order import LineItem, Order, left_out_names, order_name, served
from pos.domain.order.sent import KitchenLine, Sent
from pos.domain.sale.finished import Finished
from pos.domain.sale.in_kitchen import WAITS, PartRef
from pos.domain.sale.sale import Sale
from pos.domain.sale.tickets import Ticket, after_sent, correction_of, ticket_of
from pos.register.gate import Change, given, verb
from pos.register.needs import an_open_order
from pos.register.scene import Scene
from pos.register.shop_gate import ShopScene
from pos.register.verbs.closing import accepted_in, line_details
from pos.store import Fact, KitchenMarked, Store, TicketSent


@given(an_open_order)
def send_to_kitchen(scene: Scene, order: Order) -> Change[Ticket]:
    """Send the order to the kitchen before it is paid: what was sent before is not sent again. Taking back passes it
    by: the kitchen has it.

    Raises `Refused`: `kitchen-not-made` for what nobody makes, `order-empty`, `nothing-to-send`.
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
    """The ticket of an order as it is, all of it."""
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
    """An order that is given up, as if nothing had been sent; and the correction that tells the kitchen so, if it was
    sent anything."""
    sent = order.sent
    if sent is None or not sent.lines:
        return order, ()
    nothing = replace(ticket_now(scene, order), lines=(), serving_mode=sent.serving_mode)
    nothing = replace(nothing, allergens=sent.allergens, note=sent.note)
    return replace(order, sent=replace(sent, lines=())), (TicketSent(after_sent(nothing, sent), _has_paper(scene)),)


def correction(
    scene: Scene, done: Finished, gone: Mapping[int, int], made: Iterable[KitchenLine] = ()
) -> tuple[Fact, ...]:
    """What tells the kitchen that of a finished order's lines, by their places from 0, so many are not wanted any more,
    and what is to be made in their place. Nothing where the kitchen is through with the order: it said so, or the order
    is two hours old."""
    if is_over(done, scene.now) or is_through(scene.store, done, scene.now):
        return ()
    ticket = correction_of(done, scene.now, scene.till.name, gone, made)
    return (TicketSent(ticket, _has_paper(scene)),) if ticket.says_something else ()


def is_over(done: Finished, now: datetime) -> bool:
    """Whether nobody can still be making a finished order."""
    return now - (done.paid_at if isinstance(done, Sale) else done.at) >= WAITS


def is_through(store: Store, done: Finished, now: datetime) -> bool:
    """Whether the kitchen has said that a finished order is done; where all of it was sent before, that those tickets
    are."""
    if not ticket_of(done).says_something:
        sent = store.kitchen.open_tickets(now - WAITS)
        return all(part.ticket.order_id != done.order_id for part in sent)
    ref = store.kitchen.sale_ref(done.order_id)
    return ref is not None and store.kitchen.is_done(ref)


def has_slip(scene: Scene, done: Finished) -> bool:
    """Whether the kitchen has a slip of what is finished: where the shop or the till wants one, and not all of it was
    sent before."""
    wants = scene.moment.menu.kitchen_slip or scene.setup.kitchen_slips
    is_made = isinstance(done, Sale) or done.purpose.is_made
    return wants and is_made and not scene.setup.is_practice and ticket_of(done).says_something


def _has_paper(scene: Scene) -> bool:
    return scene.moment.menu.kitchen_slip or scene.setup.kitchen_slips


@verb
def say_done(shop: ShopScene, order_id: str, parts: tuple[PartRef, ...]) -> Change[None]:
    """The kitchen says that parts of an order are done. Raises `Refused` `kitchen-done-already` where all of them
    are."""
    left = tuple(part for part in parts if not shop.store.kitchen.is_done(part))
    if not left:
        raise Refused("kitchen-done-already")
    return Change(None, facts=(KitchenMarked(order_id, left, is_done=True),))


@verb
def take_done_back(shop: ShopScene) -> Change[Ticket]:
    """What was said to be done last is open again. Raises `Refused` `kitchen-nothing-to-take-back` where that was taken
    back already, or nothing was done yet."""
    parts = shop.store.kitchen.last_done()
    if not parts:
        raise Refused("kitchen-nothing-to-take-back")
    ticket = shop.store.kitchen.part(parts[-1]).ticket
    return Change(ticket, facts=(KitchenMarked(ticket.order_id, parts, is_done=False),))
