"""The verbs that hold, recall and discard an order, at this till or from another."""

from __future__ import annotations

from pos.domain.errors import Refused
from pos.domain.money import Money
from pos.domain.order.discards import DiscardReason
from pos.domain.order.order import Order, SaidPrice, without_intent
from pos.domain.shift.shift import Tallied
from pos.domain.value import replace, value
from pos.register.gate import Change, given, verb
from pos.register.needs import an_open_order
from pos.register.scene import Scene
from pos.register.verbs.kitchen import called_off
from pos.register.verbs.numbering import numbered
from pos.register.verbs.other_tills import brought_from
from pos.store import BroughtBack, Discarding, Fact, Move, OrderStanding, OrderState, TallyRow


@value
class Repriced:
    """The total of a recalled order when it was held, and now."""

    before: Money
    now: Money


@verb
def hold(scene: Scene) -> Change[None]:
    """Hold the order, with its open question and its payments, and begin a new one."""
    if not scene.order.lines:
        raise Refused("order-empty")
    return scene.left(OrderState.HELD, _set_aside(scene), result=None)


def _set_aside(scene: Scene) -> Order:
    """The order to be held, with its price fixed; if it was held before, at the lower price.

    A frozen order will come back to its payment. A terminal that has not answered is recorded as unknown.
    """
    order, moment = replace(scene.order, held_total=scene.priced.total), scene.moment
    if order.is_frozen:
        kept = order.said or SaidPrice(order.menu_version, scene.day, order.channel)
        return replace(without_intent(order), said=kept)
    said = order.said if moment.is_as_said(order) else SaidPrice(scene.menu_version, scene.day, order.channel)
    return replace(order, checking_out=False, said=said)


@verb
def recall(scene: Scene, order_id: str, *, elsewhere: bool = False) -> Change[Repriced | None]:
    """Recall a held or discarded order, or with `elsewhere` one with payments that another till left open. The open
    order is held instead. The result says if the price changed.

    Taking it back also undoes the hold. Raises `Refused` `order-already-recalled` if another till was faster.
    """
    found = scene.store.orders.standing(order_id)
    _check_can_be_recalled(scene, found, elsewhere=elsewhere)
    order = without_intent(found.order)
    facts: list[Fact] = []
    if found.state is OrderState.ABANDONED:
        facts.append(BroughtBack(order_id))
        if order.call_number and not scene.store.call_numbers.still_has(order.call_number, order_id):
            order = replace(order, call_number=0)
        if order.tenders:
            order, given_number = numbered(scene, order)
            facts += given_number
    facts += brought_from(scene, found.till_id, order)
    order = replace(scene.without_old_price(order), held_total=None)
    before, now = found.order.held_total, scene.moment_of(order).price(order).total
    repriced = Repriced(before, now) if before is not None and before != now else None
    return Change(repriced, (*_made_room(scene), Move(order, found.seq, found.parent)), tuple(facts))


def _check_can_be_recalled(scene: Scene, found: OrderStanding, *, elsewhere: bool) -> None:
    if elsewhere:
        fits = found.state is OrderState.OPEN and found.till_id != scene.till.id and found.order.is_frozen
    else:
        fits = found.state is OrderState.HELD or found.discarded_on == scene.day
    if not fits:
        raise Refused("order-already-recalled")


def _made_room(scene: Scene) -> tuple[Move, ...]:
    """The move that holds the open order. An order without lines is discarded, unless something of it was sent to the
    kitchen. No move before its first act."""
    if scene.seq is None:
        return ()
    is_known = scene.order.sent is not None and bool(scene.order.sent.lines)
    state = OrderState.HELD if scene.order.lines or is_known else OrderState.ABANDONED
    return (Move(_set_aside(scene), scene.seq, scene.seq, state),)


@given(an_open_order)
def abandon(scene: Scene, order: Order, reason: DiscardReason = DiscardReason.UNSAID) -> Change[None]:
    """Discard the order, for a reason. It is no sale, stays in the journal, is counted if something was rung, and can
    be recalled until the business day ends."""
    if scene.seq is None:
        raise Refused("order-empty")
    total = scene.priced.total
    order, corrections = called_off(scene, order)
    facts = discarding(scene, order, reason, total) if order.lines else ()
    given_up = replace(order, checking_out=False, held_total=total)
    return scene.left(OrderState.ABANDONED, given_up, result=None, facts=(*facts, *corrections))


@verb
def discard_held(scene: Scene, order_id: str, reason: DiscardReason) -> Change[None]:
    """Discard a held order of this till, for a reason, as if it were recalled first.

    Raises `Refused`: `order-already-recalled` if it is not held here any more, `held-has-money` if it has payments, or
    may have.
    """
    found = scene.store.orders.standing(order_id)
    if found.state is not OrderState.HELD or found.till_id != scene.till.id:
        raise Refused("order-already-recalled")
    order = found.order
    if order.is_frozen or order.open_tender is not None:
        raise Refused("held-has-money", amount=order.paid)
    total = order.held_total or scene.moment_of(order).price(order).total
    order, corrections = called_off(scene, order)
    facts = (*discarding(scene, order, reason, total), *corrections)
    return Change(None, (Move(order, found.seq, found.seq, OrderState.ABANDONED),), facts)


def discarding(scene: Scene, order: Order, reason: DiscardReason, total: Money) -> tuple[Fact, ...]:
    """The facts that an order is discarded, and that the shift counts it."""
    counted = scene.tallied(TallyRow(Tallied.DISCARD, 1, total, reason))
    return (Discarding(order.id, reason, order.units, total, scene.cashier), *counted)
