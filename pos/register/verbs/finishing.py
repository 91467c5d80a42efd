"""The beginning of a payment, which freezes the order, and its end, which makes the order a sale."""

from __future__ import annotations

from collections.abc import Sequence

from pos.country import Signable
from pos.domain.errors import Refused
from pos.domain.order.order import Order
from pos.domain.order.questions import NotApplicable, OfferKind, Outcome
from pos.domain.prompts import decisions
from pos.domain.refunds.refund import Refund
from pos.domain.sale.finished import Finished
from pos.domain.value import replace
from pos.register.gate import Change
from pos.register.scene import Scene
from pos.register.verbs.closing import make_sale
from pos.register.verbs.kitchen import has_slip
from pos.register.verbs.refunding import finished, not_made, signable
from pos.register.verbs.signing import check_signing, signed
from pos.store import Fact, OrderState, Refunded, Sold
from pos.wording.sentences import label_id


def frozen(scene: Scene) -> Order:
    """The open order as its first tender freezes it: price fixed, and decisions that do not apply final."""
    order = scene.order
    if order.is_frozen:
        return order
    check_signing(scene)
    settled = tuple(
        NotApplicable(entry.kind, entry.reason)
        for entry in decisions(order, scene.moment)
        if entry.outcome is Outcome.NOT_APPLICABLE and entry.reason is not None
    )
    said = order.said if order.said is not None and order.said.day == scene.day else None
    return replace(order, settled=settled, menu_version=scene.menu_version, said=said, frozen_at=scene.now)


def sold(scene: Scene, order: Order, facts: Sequence[Fact], back: Refund | None = None) -> Change[Finished | None]:
    """The order is paid and becomes a sale. `back` is the refund that pays for it, wholly or in part, and is finished
    with it.

    Raises `Refused` for an order without its two decisions.
    """
    moment = scene.moment_of(order)
    decided = decisions(order, moment)
    if len(decided) != len(OfferKind):
        raise Refused("not-at-payment")
    sale = make_sale(order, moment, decided, scene.till, scene.cashier, order.language or scene.language)
    series, number = scene.store.sales.next_number(scene.till.id)
    sale = replace(sale, series=series, receipt_number=number, kitchen_slip=has_slip(scene, sale))
    sale = scene.store.next_visits.with_code(sale)
    if back is not None:
        sale = replace(sale, exchange=back.of, exchanged=back.exchanged)
    key = "" if sale.next_visit is None else scene.store.next_visits.key(sale.next_visit.code)
    signs = [Signable(sale.paid_at, sale.number.name, sale.total, sale.total - sale.tax)]
    more: tuple[Fact, ...] = ()
    if back is not None:
        done = replace(finished(scene, back), exchange=sale.number)
        signs.append(signable(done))
        more = (Refunded(done), *not_made(scene, done))
    every = (*facts, *signed(scene, *signs), Sold(sale, order, key), *more)
    change: Change[Finished | None] = scene.left(OrderState.PAID, order, facts=every, result=sale, finished=sale)
    return change if back is None else replace(change, reason=label_id(back.reason))
