"""What may be offered to an order, what comes first, and why nothing can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from pos.domain.items import MenuItem
from pos.domain.menu import Menu
from pos.domain.moment import Chances, Moment
from pos.domain.money import ZERO, Money
from pos.domain.order import LineItem, Order, everything_in, line_allergens
from pos.domain.paths import Pairing, Rung
from pos.domain.questions import Offer, OfferKind, Outcome, Question, Reason
from pos.domain.upgrades import accept, is_size_step, keeps_all, raised, rungs_above

MOST_CANDIDATES = 3
MOST_OF_AN_OFFER = 20
"""How many of a cross-sell one answer may add."""

Draws: TypeAlias = Callable[[], float]
"""A source of numbers from 0 to 1, for ranking by drawn chances; injected, so that a seed repeats a choice."""

_BY_WEIGHT = (
    Reason.SOLD_OUT,
    Reason.ALLERGEN,
    Reason.REFUSED_BEFORE,
    Reason.ALREADY_IN_ORDER,
    Reason.SIZE_STATED,
    Reason.DAYPART,
    Reason.TOP_STEP,
    Reason.NOTHING_TO_OFFER,
)
"""When several reasons hold the cashier is told the one that says most about this order."""


@dataclass(frozen=True, slots=True)
class Eligible:
    """The offers of a kind that may be made, unranked, and the reasons why others may not."""

    offers: tuple[Offer, ...]
    reasons: frozenset[Reason]

    @property
    def reason(self) -> Reason:
        """Why there is nothing, when there is nothing."""
        return next((reason for reason in _BY_WEIGHT if reason in self.reasons), Reason.NOTHING_TO_OFFER)


def eligible(order: Order, kind: OfferKind, moment: Moment) -> Eligible:
    """Every offer of a kind that the rules allow for the order at this moment."""
    return _upsells(order, moment) if kind is OfferKind.UPSELL else _cross_sells(order, moment)


def rank(offers: Iterable[Offer], chances: Chances, draws: Draws) -> list[Offer]:
    """The best first: the manager's priority, then chance of a yes times margin added, then the offer's id."""

    def worth(offer: Offer) -> float:
        chance = chances.get(offer.id)
        return offer.margin.minor if chance is None else chance.yes * chance.margin.minor * offer.units

    return sorted(offers, key=lambda offer: (-offer.priority, -worth(offer), offer.id))


def propose(order: Order, kind: OfferKind, moment: Moment, draws: Draws) -> Question | Reason:
    """Make the question of a kind for an order, or say why there is none.

    At most three candidates; the cheapest eligible one is always among them.
    """
    found = eligible(order, kind, moment)
    if not found.offers:
        return found.reason
    ranked = rank(found.offers, moment.chances, draws)
    candidates = ranked[:MOST_CANDIDATES]
    if len(ranked) > MOST_CANDIDATES:
        cheapest = min(ranked, key=lambda offer: (list_price(offer, order, moment), offer.id))
        if cheapest not in candidates:
            candidates[-1] = cheapest
    return Question(kind, tuple(candidates), moment.now, moment.now, count=candidates[0].units)


def still_eligible(question: Question, order: Order, moment: Moment) -> tuple[Offer, ...]:
    """The question's candidates that may still be made, in their order, with the lines that they cover now."""
    now = {offer.id: offer for offer in eligible(order, question.kind, moment).offers}
    return tuple(
        replace(frozen, lines=now[frozen.id].lines, units=now[frozen.id].units)
        for frozen in question.candidates
        if frozen.id in now
    )


def why_withdrawn(offer: Offer, order: Order, moment: Moment) -> Reason:
    """Why an offer that was shown may not be made any more."""
    if not any(order.line(line) for line in offer.lines):
        return Reason.NOTHING_TO_OFFER
    item = moment.menu.items.get(offer.sku or "")
    reason = moment.why_not(item) if item is not None else None
    return reason or eligible(order, offer.kind, moment).reason


def list_price(offer: Offer, order: Order, moment: Moment) -> Money:
    """What one of an offer costs by the menu, before bundles and thresholds."""
    menu = moment.menu
    if offer.modifier is not None:
        return menu.modifiers[offer.modifier].price
    assert offer.sku is not None
    price = menu.items[offer.sku].price_in(order.serving_mode)
    line = order.line(offer.lines[0]) if offer.kind is OfferKind.UPSELL else None
    return price - menu.items[line.sku].price_in(order.serving_mode) if line is not None else price


# question 1


def _upsells(order: Order, moment: Moment) -> Eligible:
    offers: dict[str, Offer] = {}
    reasons: set[Reason] = set()
    for line in order.lines:
        on_a_path = line.sku in moment.menu.ladders
        rungs = list(rungs_above(moment.menu, line))
        if on_a_path and not rungs:
            reasons.add(Reason.TOP_STEP)
        for rung in rungs:
            reason = _why_no_rung(line, rung, order, moment)
            if reason is None:
                offer = _rung_offer(line, rung, order, moment)
                offers[offer.id] = _joined(offers[offer.id], offer) if offer.id in offers else offer
            else:
                reasons.add(reason)
    return Eligible(tuple(offers.values()), frozenset(reasons))


def _why_no_rung(line: LineItem, rung: Rung, order: Order, moment: Moment) -> Reason | None:
    menu, step = moment.menu, rung.step
    if step.modifier is not None:
        if not menu.takes_modifier(menu.items[line.sku], step.modifier) or _group_is_full(line, step.modifier, moment):
            return Reason.NOTHING_TO_OFFER
        after = replace(line, modifiers=(*line.modifiers, step.modifier))
    else:
        assert step.sku is not None
        target = menu.items[step.sku]
        if line.size_said and is_size_step(menu, line, rung):
            return Reason.SIZE_STATED
        reason = moment.why_not(target)
        if reason is not None or not keeps_all(menu, line, target):
            return reason or Reason.NOTHING_TO_OFFER
        after = raised(line, target, moment)
    if order.allergens and not line_allergens(menu, after).is_safe_for(order.allergens):
        return Reason.ALLERGEN
    return None


def _group_is_full(line: LineItem, modifier: str, moment: Moment) -> bool:
    menu = moment.menu
    for group in menu.item_groups(menu.items[line.sku]):
        ids = [entry.id for entry in group.modifiers]
        if modifier in ids:
            return sum(entry in ids for entry in line.modifiers) >= group.maximum
    return True


def _rung_offer(line: LineItem, rung: Rung, order: Order, moment: Moment) -> Offer:
    menu, step = moment.menu, rung.step
    assert step.words is not None
    if step.modifier is not None:
        modifier = menu.modifiers[step.modifier]
        rate = moment.rates(menu.items[line.sku].vat, order.serving_mode)
        margin = Money(modifier.price.minor * 10_000 // (10_000 + rate)) - modifier.cost
    else:
        assert step.sku is not None
        mode = order.serving_mode
        margin = moment.margin(menu.items[step.sku], mode) - moment.margin(menu.items[line.sku], mode)
    return Offer(
        OfferKind.UPSELL,
        rung.offer_id,
        (line.id,),
        step.words,
        sku=step.sku,
        modifier=step.modifier,
        units=line.quantity,
        priority=rung.path.priority,
        margin=margin * line.quantity,
    )


def _joined(first: Offer, second: Offer) -> Offer:
    """One question covers all lines that can take the same step."""
    return replace(
        first,
        lines=(*first.lines, *second.lines),
        units=first.units + second.units,
        margin=first.margin + second.margin,
    )


# question 2


def _cross_sells(order: Order, moment: Moment) -> Eligible:
    present = kin_in(order, moment)
    refused = _refused_kin(order, moment)
    offers: dict[str, Offer] = {}
    reasons: set[Reason] = set()
    for line, pairing in _pairings(order, moment):
        item = moment.menu.items[pairing.offered]
        if item.sku in offers:
            if pairing.priority > offers[item.sku].priority:
                offers[item.sku] = _pairing_offer(line, pairing, item, order, moment)
            continue
        reason = _why_no_pairing(item, order, moment, present, refused)
        if reason is None:
            offers[item.sku] = _pairing_offer(line, pairing, item, order, moment)
        else:
            reasons.add(reason)
    return Eligible(tuple(offers.values()), frozenset(reasons))


def _pairings(order: Order, moment: Moment) -> Iterator[tuple[LineItem, Pairing]]:
    """Every pairing of what is in the order, once for each SKU; a meal calls for what its burger does, too."""
    seen: set[str] = set()
    for line in order.lines:
        for item in trigger_items(line, moment.menu):
            if item.sku not in seen:
                seen.add(item.sku)
                for pairing in moment.pairings.get(item.sku, ()):
                    yield line, pairing


def trigger_items(line: LineItem, menu: Menu) -> Sequence[MenuItem]:
    """The items of a line that call for others: itself, and what a meal is built around."""
    item = menu.items[line.sku]
    return (item,) if item.meal is None else (item, menu.items[item.meal.main])


def kin_in(order: Order, moment: Moment) -> frozenset[str]:
    """What is in the order, inside meals too; sizes of one thing are one."""
    return frozenset(item.kin for line in order.lines for item in everything_in(moment.menu, line))


def _refused_kin(order: Order, moment: Moment) -> frozenset[str]:
    """What the customer has said no to in question 1."""
    question = order.question(OfferKind.UPSELL)
    if question is None or question.answer is not Outcome.DECLINED or question.offer.sku is None:
        return frozenset()
    return frozenset({moment.menu.items[question.offer.sku].kin})


def _why_no_pairing(
    item: MenuItem, order: Order, moment: Moment, present: frozenset[str], refused: frozenset[str]
) -> Reason | None:
    if item.kin in present:
        return Reason.ALREADY_IN_ORDER
    if item.kin in refused:
        return Reason.REFUSED_BEFORE
    if order.allergens and not item.allergens.is_safe_for(order.allergens):
        return Reason.ALLERGEN
    return moment.why_not(item)


def _pairing_offer(line: LineItem, pairing: Pairing, item: MenuItem, order: Order, moment: Moment) -> Offer:
    return Offer(
        OfferKind.CROSS_SELL,
        pairing.id,
        (line.id,),
        pairing.words,
        sku=item.sku,
        priority=pairing.priority,
        margin=moment.margin(item, order.serving_mode),
    )


@dataclass(frozen=True, slots=True)
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
