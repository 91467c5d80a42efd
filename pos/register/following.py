"""What follows from a move of the open order, whatever verb it was: rules that hold on every route."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.asking.exploring import Draws
from pos.domain.errors import Refused
from pos.domain.order.order import Order
from pos.domain.selling.selling import newly_unsold
from pos.domain.selling.stopping import stops
from pos.register.questions import advanced, restart_read_delay
from pos.register.scene import Scene, Setup
from pos.store import Move, OrderState
from pos.wording.stopping import WHY_UNSOLD


def followed(scene: Scene, move: Move, draws: Draws) -> Move:
    """The move with all that follows from it: questions proposed and withdrawn, slots that only one thing can fill.

    Raises `Refused` for an order that passes the questions by as it must not here, and for one that has more of
    something that cannot be sold (rule 14).
    """
    order = move.order
    if move.state is not OrderState.OPEN:
        return move
    if order.id == scene.order.id and order.lines != scene.order.lines:
        order = _checked(scene, order)
    if not order.ordinal and not order.call_number:
        order = replace(order, ordinal=scene.store.tills.next_ordinal(scene.till.id))
    if order.exempt is None and scene.setup.exempt is not None:
        order = replace(order, exempt=scene.setup.exempt)
    check_flow(order, scene.setup)
    if order.lines and order.serving_mode is None and not order.is_frozen:
        order = replace(order, serving_mode=scene.setup.serving)
    order, events = advanced(order, scene.moment_of(order), draws)
    if not order.is_frozen:
        order = replace(order, menu_version=scene.menu_version, frozen_at=None)
    return replace(move, order=order, events=(*move.events, *events))


def _checked(scene: Scene, order: Order) -> Order:
    """The order with other lines than before, if all that is new in it can be sold."""
    obstacle = newly_unsold(scene.order, order, scene.moment)
    if obstacle is not None:
        raise Refused(WHY_UNSOLD[obstacle.why], name=obstacle.name)
    if scene.order.checking_out and stops(scene.order, scene.moment):
        return restart_read_delay(order, scene.now)  # what the stop covered has only just been uncovered
    return order


def check_flow(order: Order, setup: Setup) -> None:
    """Raises `Refused` for an order that passes the questions by as it must not at this till: `practice-only`, in
    practice `no-write-offs`."""
    if order.exempt in setup.flows_refused:
        raise Refused("practice-only")
    if setup.is_practice and not order.is_sale:
        raise Refused("no-write-offs")


def time_passed(scene: Scene, draws: Draws) -> Move | None:
    """What the open order has become since its last act without anybody's doing: another hour, something sold out at
    another till, a new menu, another business day. None where nothing has. Taking back passes it by."""
    order = scene.order
    if not order.lines or order.is_frozen:
        return None
    fresh = scene.without_old_price(order)
    if order.menu_version != scene.menu_version:
        fresh = restart_read_delay(fresh, scene.now)  # it has another price, perhaps: nobody has read that yet
    move = followed(scene, Move(fresh, scene.seq, scene.parent), draws)
    return None if move.order == order else move
