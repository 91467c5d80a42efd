"""The difference that a yes makes to what an order costs."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.margins import margin_left
from pos.domain.moment import Moment
from pos.domain.money import ZERO, Money
from pos.domain.order import Order
from pos.domain.questions import Offer, OfferKind
from pos.domain.upgrades import accept
from pos.domain.value import value


@value
class Difference:
    """What a yes changes: `more` is the whole difference to pay, `total` what the order then comes to, `saving`
    what the additions would have cost beyond it; `reached` names the threshold that a yes reaches."""

    more: Money
    total: Money
    saving: Money = ZERO
    reached: str | None = None


def difference(order: Order, offer: Offer, count: int, moment: Moment) -> Difference:
    """The difference that a yes to `count` makes, by the one `price(order)` before and after."""
    before = moment.price(order)
    after = moment.price(accept(order, offer, count, moment))
    threshold = after.threshold
    newly = threshold is not None and (before.threshold is None or before.threshold.id != threshold.id)
    saving = after.saved - before.saved
    return Difference(
        after.total - before.total,
        after.total,
        max(saving, ZERO),
        threshold.id if threshold is not None and newly else None,
    )


def with_margins_left(offers: list[Offer], order: Order, moment: Moment) -> list[Offer]:
    """The offers with what a yes to all of each really leaves, by the one `price(order)` before and after: less what a
    bundle takes off, what a threshold gives away, and what loose things cost less in a meal. They come back as they
    are where the menu has nothing of that sort."""
    menu = moment.menu
    if len(offers) < 2 or not (menu.bundles or menu.thresholds or menu.meals_of):
        return offers
    before = margin_left(moment.price(order), menu)
    return [
        replace(offer, margin=margin_left(moment.price(accept(order, offer, offer.units, moment)), menu) - before)
        for offer in offers
    ]


def list_price(offer: Offer, order: Order, moment: Moment) -> Money:
    """What one of an offer costs by the menu, before bundles and thresholds."""
    menu = moment.menu
    if offer.modifier is not None:
        return menu.modifiers[offer.modifier].price
    assert offer.sku is not None
    price = menu.items[offer.sku].price_in(order.serving_mode)
    line = order.line(offer.lines[0]) if offer.kind is OfferKind.UPSELL else None
    return price - menu.items[line.sku].price_in(order.serving_mode) if line is not None else price
