"""The difference that a yes makes to the price of an order."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.asking.upgrades import accept, add_offered
from pos.domain.menu.items import Sku
from pos.domain.moment import Moment
from pos.domain.money import ZERO, Money
from pos.domain.order.order import LineItem, Order
from pos.domain.order.questions import Offer, OfferKind
from pos.domain.pricing.cover import EXACT_UNITS
from pos.domain.pricing.margins import margin_left
from pos.domain.pricing.price import Priced, as_meals
from pos.domain.text import LocalText
from pos.domain.value import replace, value


@value
class Difference:
    """What a yes changes: `more` is what it costs more by the menu board, deposits included and taxes on top not (rule
    7), `total` what is to pay afterwards, `saving` what the additions would have cost beyond `more`; `reached` is the
    name of the threshold that a yes reaches."""

    more: Money
    total: Money
    saving: Money = ZERO
    reached: LocalText | None = None


def difference(order: Order, offer: Offer, count: int, moment: Moment) -> Difference:
    """The difference that a yes to `count` makes, by `price(order)` before and after."""
    before = moment.price(order)
    after = moment.price(accept(order, offer, count, moment))
    threshold = after.threshold
    newly = threshold is not None and (before.threshold is None or before.threshold.id != threshold.id)
    saving = after.saved - before.saved
    return Difference(
        after.menu_total - before.menu_total,
        after.total,
        max(saving, ZERO),
        threshold.name if threshold is not None and newly else None,
    )


def lures(order: Order, after: Order, moment: Moment) -> bool:
    """Whether the order after a yes gives something away that not everybody may buy. Source: rule 3."""
    reached = moment.price(after).threshold
    if reached is None or reached.id not in moment.menu.lures:
        return False
    before = moment.price(order).threshold
    return before is None or before.id != reached.id


MOST_COUNTS = 12
"""Every count up to this is checked; of more units, half as many from either end."""


def is_fair(order: Order, offer: Offer, count: int, moment: Moment, before: Priced | None = None) -> bool:
    """Whether a yes to `count` costs no more than the list difference between what the customer would have and what
    they have. Source: rule 7.

    A meal that takes up loose items is compared with the meals that these make up already: the large meal costs what it
    costs more than the medium one.
    """
    before = before or moment.price(order)
    if not before.saved or offer.modifier is not None:
        return True  # nothing that a yes could lose
    if offer.kind is OfferKind.CROSS_SELL:
        return not costs_more_than_listed(order, offer.sku or "", count, moment, before)
    lines = [line for line_id in offer.lines if (line := order.line(line_id)) is not None]
    target = moment.menu.items[offer.sku or ""]
    takes_up = target.meal is not None and not any(line.fillings for line in lines)
    if not takes_up and _is_beside_discounts(order, lines, before):
        return True
    after_order = accept(order, offer, count, moment)
    after = moment.price(after_order)
    if after.saved >= before.saved:
        return True
    if not takes_up or target.meal is None:
        return False
    mains = {target.meal.main}
    listed = as_meals(after_order, moment.menu, mains) - as_meals(order, moment.menu, mains)
    return after.goods - before.goods <= listed


def _is_beside_discounts(order: Order, lines: list[LineItem], before: Priced) -> bool:
    """Whether these lines earn no discount: then the cover of the other lines does not depend on them. Checked only
    where covers are exact."""
    if before.threshold is not None or order.next_visit is not None:
        return False
    few = sum([line.quantity for line in order.lines]) <= EXACT_UNITS
    return few and not any(before.line(line.id).discount for line in lines)


def costs_more_than_listed(order: Order, sku: Sku, count: int, moment: Moment, before: Priced | None = None) -> bool:
    """Whether adding units of an item costs more than their menu price, because a discount is lost."""
    before = before or moment.price(order)
    return bool(before.saved) and moment.price(add_offered(order, sku, count, moment)).saved < before.saved


def is_fair_in_every_count(order: Order, offer: Offer, moment: Moment, before: Priced) -> bool:
    """Whether an up-sell is fair for each count that the cashier can choose."""
    units = offer.units
    counts: Sequence[int] = range(1, units + 1)
    if units > MOST_COUNTS:
        counts = (*counts[: MOST_COUNTS // 2], *counts[-MOST_COUNTS // 2 :])
    return all(is_fair(order, offer, count, moment, before) for count in reversed(counts))


def with_margins_left(offers: list[Offer], order: Order, moment: Moment) -> list[Offer]:
    """The offers with the margin that a yes to all of each leaves, by `price(order)` before and after: less bundles,
    free items of thresholds, and what loose items cost less in a meal. Unchanged if the menu has none of these."""
    menu = moment.menu
    if len(offers) < 2 or not (menu.bundles or menu.thresholds or menu.meals_of):
        return offers
    before = margin_left(moment.price(order), menu)
    return [
        replace(offer, margin=margin_left(moment.price(accept(order, offer, offer.units, moment)), menu) - before)
        for offer in offers
    ]


def list_price(offer: Offer, order: Order, moment: Moment) -> Money:
    """The menu price of one of an offer, before bundles and thresholds."""
    menu = moment.menu
    if offer.modifier is not None:
        return menu.modifiers[offer.modifier].price
    assert offer.sku is not None
    price = menu.items[offer.sku].price_in(order.serving_mode)
    line = order.line(offer.lines[0]) if offer.kind is OfferKind.UPSELL else None
    return price - menu.items[line.sku].price_in(order.serving_mode) if line is not None else price
