"""What follows from a move of the open order, whatever the verb: rules that hold on every route."""

from __future__ import annotations

from pos.domain.asking.exploring import Draws
from pos.domain.errors import Refused
from pos.domain.order.order import Order
from pos.domain.selling.selling import newly_unsold
from pos.domain.selling.stopping import stops
from pos.domain.value import replace
from pos.register.questions import advanced, restart_read_delay
from pos.register.scene import Scene, Setup
from pos.store import Move, OrderState
from pos.wording.stopping import WHY_UNSOLD


def followed(scene: Scene, move: Move, draws: Draws) -> Move:
    """The move with everything that follows from it: questions proposed and withdrawn, slots filled that have only one
    choice.

    Raises `Refused` for an order that skips the questions and must not, and for one with new units that cannot be sold
    (rule 14). An order that is brought back may hold such units: checkout stops at them.
    """
    order = move.order
    if move.state is not OrderState.OPEN:
        return move
    if order.id == scene.order.id and order.lines != scene.order.lines:
        order = _checked(scene, order, restored=move.restores)
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


def _checked(scene: Scene, order: Order, *, restored: bool) -> Order:
    """The order, if its new lines can be sold; one that is restored has none."""
    obstacle = None if restored else newly_unsold(scene.order, order, scene.moment)
    if obstacle is not None:
        raise Refused(WHY_UNSOLD[obstacle.why], name=obstacle.name)
    if scene.order.checking_out and stops(scene.order, scene.moment):
        return restart_read_delay(order, scene.now)  # what lay behind the stop has only just become visible
    return order


def check_flow(order: Order, setup: Setup) -> None:
    """Raises `Refused` for an order that skips the questions in a way that this till does not allow: `practice-only`,
    in practice `no-write-offs`."""
    if order.exempt in setup.flows_refused:
        raise Refused("practice-only")
    if setup.is_practice and not order.is_sale:
        raise Refused("no-write-offs")


def time_passed(scene: Scene, draws: Draws) -> Move | None:
    """What the open order has become since its last act by itself: another hour, something sold out at another till, a
    new menu, another business day. None if nothing changed. Taking back skips this act."""
    order = scene.order
    if not order.lines or order.is_frozen:
        return None
    fresh = scene.without_old_price(order)
    if order.menu_version != scene.menu_version:
        fresh = restart_read_delay(fresh, scene.now)  # its price may have changed, and nobody has read that yet
    move = followed(scene, Move(fresh, scene.seq, scene.parent), draws)
    return None if move.order == order else move
