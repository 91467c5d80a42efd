"""Giving a next-visit offer: what a sale with a declined upgrade earns for the next visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from pos.domain.asking.differences import difference, list_price
from pos.domain.asking.upgrades import stepped_up
from pos.domain.menu.next_visit import NextVisit
from pos.domain.moment import Moment
from pos.domain.money import Money, half_up
from pos.domain.order.order import LineItem, Order, everything_in
from pos.domain.order.questions import SAID_REASONS, Decision, Offer, OfferKind, Outcome
from pos.domain.text import LocalText
from pos.domain.value import replace


def given_next_visit(order: Order, decided: Sequence[Decision], moment: Moment) -> NextVisit | None:
    """The next-visit offer that a sale earns, without its code; None if it earns none.

    Only a declined up-sell comes back, if a line could still take it, and the shop and the path allow it. Nothing with
    an age limit does, nor anything for a customer who is not to be asked.
    """
    rules, offer = moment.menu.next_visit, _declined(decided)
    if rules is None or offer is None or order.exempt in SAID_REASONS or not _path_allows(offer, moment):
        return None
    line = next((row for number in offer.lines if (row := order.line(number)) and _without(row, offer, moment)), None)
    if line is None:
        return None
    off = Money(half_up(_extra(line, offer, order, moment).minor * rules.off, 100))
    if off.minor <= 0:
        return None
    return NextVisit(
        "",
        offer.id,
        line.sku,
        off,
        moment.business_day + timedelta(days=rules.days),
        _name(offer, moment),
        offer.sku,
        offer.modifier,
        refused_in(decided),
    )


def refused_in(decided: Sequence[Decision]) -> tuple[str, ...]:
    """The SKUs and modifiers that were declined, of both kinds."""
    offers = [entry.question.offer for entry in decided if entry.question and entry.outcome is Outcome.DECLINED]
    return tuple(offer.sku or offer.modifier or "" for offer in offers)


def _declined(decided: Sequence[Decision]) -> Offer | None:
    """What was declined in question 1."""
    for entry in decided:
        if entry.kind is OfferKind.UPSELL and entry.outcome is Outcome.DECLINED and entry.question is not None:
            return entry.question.offer
    return None


def _path_allows(offer: Offer, moment: Moment) -> bool:
    path = moment.menu.paths.get(offer.id.rpartition(":")[0])
    return path is not None and path.next_visit


def _without(line: LineItem, offer: Offer, moment: Moment) -> bool:
    """Whether a line has not become what was declined after all, and what it would become is for everybody."""
    if line.sku == offer.sku or offer.modifier in line.modifiers or line.offered is not None:
        return False
    after = stepped_up(line, offer.sku, offer.modifier, moment)
    return not any(item.is_restricted for item in everything_in(moment.menu, after))


def _extra(line: LineItem, offer: Offer, order: Order, moment: Moment) -> Money:
    """What one of the step would have cost the customer: the price as said, and never more than the menu price."""
    one = replace(offer, lines=(line.id,), units=1)
    return min(difference(order, one, 1, moment).more, list_price(one, order, moment))


def _name(offer: Offer, moment: Moment) -> LocalText:
    if offer.sku is not None:
        return moment.menu.items[offer.sku].full_name
    return moment.menu.modifiers[offer.modifier or ""].name
