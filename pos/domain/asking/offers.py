"""The question of each kind for an order, and whether it may still be asked."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.asking.cross_sells import CrossSells
from pos.domain.asking.differences import list_price, with_margins_left
from pos.domain.asking.exploring import Draws, drawn
from pos.domain.asking.ranking import Eligible, priority_of, rank, worth_of
from pos.domain.asking.upsells import upsells, why_not_up
from pos.domain.moment import Moment
from pos.domain.order.order import Order
from pos.domain.order.questions import Offer, OfferKind, Question, Reason
from pos.domain.value import replace

MOST_CANDIDATES = 3

MOST_OF_AN_OFFER = 20
"""The most of a cross-sell that one answer can add."""


def eligible(order: Order, kind: OfferKind, moment: Moment) -> Eligible:
    """Every offer of a kind that the rules allow for the order at this moment."""
    return upsells(order, moment) if kind is OfferKind.UPSELL else CrossSells.of(order, moment).eligible()


def why_nothing(order: Order, kind: OfferKind, moment: Moment) -> Reason | None:
    """Why nothing of a kind can be offered; None while something can."""
    if kind is OfferKind.CROSS_SELL:
        return CrossSells.of(order, moment).why_nothing()
    found = upsells(order, moment)
    return None if found.offers else found.reason


def propose(order: Order, kind: OfferKind, moment: Moment, draws: Draws) -> Question | Reason:
    """The question of a kind for an order, or the reason why there is none.

    At most three candidates; the cheapest eligible one is always among them.
    """
    if kind is OfferKind.UPSELL:
        found = upsells(order, moment)
        if not found.offers:
            return found.reason
        best = rank(found.offers, moment.chances)[:MOST_CANDIDATES]
        candidates = _with_cheapest(_led(best, order, moment, draws), found.offers, order, moment)
    else:
        calls = CrossSells.of(order, moment)
        best = calls.best(MOST_CANDIDATES)
        if not best:
            return calls.why_nothing() or Reason.NOTHING_TO_OFFER
        candidates = calls.with_cheapest(_led(best, order, moment, draws), MOST_CANDIDATES)
    return Question(kind, tuple(candidates), moment.now, moment.now, count=candidates[0].units)


def _led(best: list[Offer], order: Order, moment: Moment, draws: Draws) -> list[Offer]:
    """The best few offers, ranked by the expected margin of asking.

    While the till learns from answers, the drawn offer comes first; only offers with the first one's priority are drawn
    from.
    """
    chances, left = moment.chances, with_margins_left(best, order, moment)
    ranked = best if left is best else rank(left, chances)
    if moment.exploration is None:
        return ranked
    first = priority_of(ranked[0], chances)
    worths = [worth_of(offer, chances) for offer in ranked if priority_of(offer, chances) == first]
    place, propensity = drawn(worths, moment.exploration, draws)
    return [ranked[place].chosen_with(propensity), *ranked[:place], *ranked[place + 1 :]]


def _with_cheapest(best: list[Offer], offers: Sequence[Offer], order: Order, moment: Moment) -> list[Offer]:
    """The best few, the last of them the cheapest of all if it was not among them."""
    if len(best) < len(offers):
        cheapest = min(offers, key=lambda offer: list_price(offer, order, moment))
        if all(offer.id != cheapest.id for offer in best):
            best[-1] = cheapest
    return best


def still_eligible(question: Question, order: Order, moment: Moment) -> tuple[Offer, ...]:
    """The question's candidates that may still be made, in order, with the lines that they now cover."""
    if question.kind is OfferKind.CROSS_SELL:
        calls = CrossSells.of(order, moment)
        now = {offer.id: calls.still(offer) for offer in question.candidates}
    else:
        now = {offer.id: offer for offer in upsells(order, moment).offers}
    return tuple(
        replace(frozen, lines=fresh.lines, units=fresh.units)
        for frozen in question.candidates
        if (fresh := now.get(frozen.id)) is not None
    )


def why_withdrawn(offer: Offer, order: Order, moment: Moment) -> Reason:
    """Why an offer that was shown may no longer be made."""
    if offer.kind is OfferKind.UPSELL:
        return why_not_up(offer, order, moment)
    calls = CrossSells.of(order, moment)
    if offer.id not in calls.pairings or offer.sku is None:
        return Reason.NOTHING_TO_OFFER
    return calls.why_not(offer.sku) or Reason.NOTHING_TO_OFFER
