"""The verb of next-visit codes: an order at one till, and no other, takes a code."""

from __future__ import annotations

from pos.domain.errors import Refused
from pos.domain.menu.next_visit import NextVisit, Refusals, is_well_typed
from pos.domain.next_visit.redeeming import redeemed
from pos.domain.order.order import Order
from pos.domain.order.taken_offer import taken_by
from pos.domain.value import replace
from pos.register.gate import Change, given
from pos.register.needs import an_open_order
from pos.register.scene import Scene
from pos.register.verbs.ringing import refuse_without_deals
from pos.store.offers.next_visits import GivenOffer, Tried


@given(an_open_order)
def redeem(scene: Scene, order: Order, code: str) -> Change[bool]:
    """Take a next-visit code. The result says whether a line of the order uses it; otherwise the code waits for the
    next line.

    A waiting code may be entered again, to look among all lines once more. Every attempt is recorded. Refused:
    mistyped, unknown, used, expired, no longer sold, carried by another order, or a second one in this order.
    """
    refuse_without_deals(scene)
    if not is_well_typed(code):
        raise Refused("next-visit-mistyped", code=code[:20])
    codes = scene.store.next_visits
    codes.wait_after_wrong_tries(scene.now)
    if order.next_visit is not None and order.next_visit.code != codes.key(code):
        raise Refused("next-visit-one-only")
    if scene.next_visit_line is not None:
        raise Refused("next-visit-already-on")
    try:
        given_offer = codes.find(code, order.id, scene.day)
    except Refused as error:
        return Change(False, facts=(Tried(scene.cashier, order.id, error.message_id),), refused=error)
    offer = _remembered(scene, given_offer)
    if not _is_sold(scene, offer):
        gone = Refused("next-visit-gone", name=offer.name)
        return Change(False, facts=(Tried(scene.cashier, order.id, gone.message_id),), refused=gone)
    tried = Tried(scene.cashier, order.id, None)
    after = redeemed(replace(order, next_visit=offer, checking_out=False), scene.moment)
    return scene.moved(after, result=taken_by(after, scene.menu) is not None, facts=(tried,))


def _remembered(scene: Scene, given_offer: GivenOffer) -> NextVisit:
    """The offer. It keeps what its sale refused only if the shop remembers refusals for the day, and the sale was
    today."""
    if scene.menu.refusals is Refusals.DAY and given_offer.day == scene.day:
        return given_offer.offer
    return replace(given_offer.offer, refused=())


def _is_sold(scene: Scene, offer: NextVisit) -> bool:
    if offer.sku is None:
        return offer.modifier in scene.menu.modifiers
    item = scene.menu.items.get(offer.sku)
    return item is not None and not item.retired
