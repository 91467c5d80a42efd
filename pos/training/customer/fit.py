"""How well offers fit an order, and all questions that could be asked of it, rightly or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pos.domain.asking.cross_sells import CrossSells, trigger_items
from pos.domain.asking.offers import eligible
from pos.domain.asking.ranking import rank
from pos.domain.asking.upgrades import rungs_above
from pos.domain.asking.upsells import why_not_up
from pos.domain.menu.items import Sku
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Pairing, Words
from pos.domain.moment import Moment
from pos.domain.order.order import Order, everything_in
from pos.domain.order.questions import Offer, OfferKind, Reason
from pos.training.customer.draws import shuffled

BEST_FIT = 1.0
BY_SKU, BY_CATEGORY, BY_ANYTHING = 1.0, 0.7, 0.35
"""The fit of a cross-sell, by what calls for it: this very thing, its category, or anything at all. What fits is what
sells (Ebster, Wagner, Valis 2006)."""
TO_A_MEAL, TO_A_SIZE, TO_A_BETTER, WITH_AN_EXTRA = 1.0, 0.9, 0.6, 0.5
"""The fit of an up-sell, by where the step leads."""
SECOND_OF_ITS_SORT = 0.5
"""The factor on the fit when the order has something of the same category already: a second drink."""

MOST_RIGHT, MOST_WRONG = 3, 3
"""How many choices of each sort a trainee on their own looks at."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a trainee could ask. `why_not` says why it may not be offered; then there is no `offer`."""

    kind: OfferKind
    offer_id: str
    lines: tuple[int, ...]
    words: Words
    fit: float
    sku: Sku | None = None
    modifier: str | None = None
    why_not: Reason | None = None
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything that could be asked in one question; `first` is what the till itself would ask."""

    kind: OfferKind
    choices: tuple[Choice, ...]
    first: str | None

    @property
    def best(self) -> float:
        """The fit of the best that may be offered; 0 when nothing may."""
        return max((choice.fit for choice in self.choices if choice.why_not is None), default=0.0)

    def fit_of(self, choice: Choice) -> float:
        """The fit of a choice for the score. The till's own first choice counts as the best, an unfit one as 0."""
        if choice.why_not is not None:
            return 0.0
        return self.best if choice.offer_id == self.first else choice.fit


def fit(offer: Offer, order: Order, moment: Moment) -> float:
    """How well an offer fits an order, 0 to 1, by the menu's own structure; money plays no part in it."""
    if offer.kind is OfferKind.CROSS_SELL:
        pairing = _pairing(offer.id, order, moment)
        called = BY_ANYTHING if pairing is None else _by_trigger(pairing)
        return called * _novelty(offer.sku, order, moment.menu)
    if offer.modifier is not None:
        return WITH_AN_EXTRA
    line = next((line for line in order.lines if line.id in offer.lines), None)
    return TO_A_BETTER if line is None else _by_step(moment.menu, line.sku, offer.sku or line.sku)


def survey(order: Order, kind: OfferKind, moment: Moment) -> Survey:
    """Collect everything that could be asked of an order, fit and unfit, each offer once."""
    found = eligible(order, kind, moment).offers
    first = next(iter(rank(found, moment.chances)), None)
    right = {offer.id: _choice(offer, order, moment) for offer in found}
    unfit = _unfit_steps(order, moment) if kind is OfferKind.UPSELL else _unfit_pairings(order, moment)
    wrong = {choice.offer_id: choice for choice in unfit if choice.offer_id not in right}
    return Survey(kind, (*right.values(), *wrong.values()), first.id if first is not None else None)


def laid_out(found: Survey, seed: int) -> tuple[Choice, ...]:
    """What a trainee on their own chooses from: the best that fit and some that do not, shuffled; one of each thing."""
    right = sorted(
        (choice for choice in found.choices if choice.why_not is None),
        key=lambda choice: (choice.offer_id != found.first, -choice.fit, choice.offer_id),
    )
    wrong = shuffled([choice for choice in found.choices if choice.why_not is not None], seed, "wrong", found.kind)
    shown = [*_one_of_each(right)[:MOST_RIGHT], *_one_of_each(wrong)[:MOST_WRONG]]
    return tuple(shuffled(shown, seed, "laid out", found.kind))


def _one_of_each(choices: list[Choice]) -> list[Choice]:
    by_thing: dict[tuple[str | None, str | None], Choice] = {}
    for choice in choices:
        by_thing.setdefault((choice.sku, choice.modifier), choice)
    return list(by_thing.values())


def _choice(offer: Offer, order: Order, moment: Moment) -> Choice:
    how_well = fit(offer, order, moment)
    return Choice(offer.kind, offer.id, offer.lines, offer.words, how_well, offer.sku, offer.modifier, None, offer)


def _unfit_steps(order: Order, moment: Moment) -> Iterator[Choice]:
    """The next step of every line, with the reason why it may not be offered, if there is one."""
    for line in order.lines:
        for rung in rungs_above(moment.menu, line) if line.offered is None else ():
            step = rung.step
            if step.words is not None:
                offer = Offer(OfferKind.UPSELL, rung.offer_id, (line.id,), step.words, step.sku, step.modifier)
                reason = why_not_up(offer, order, moment)
                yield Choice(offer.kind, offer.id, offer.lines, step.words, 0.0, step.sku, step.modifier, reason)


def _unfit_pairings(order: Order, moment: Moment) -> Iterator[Choice]:
    calls = CrossSells.of(order, moment)
    for pairing in calls.pairings.values():
        reason = calls.why_not(pairing.offered)
        if reason is not None:
            yield Choice(OfferKind.CROSS_SELL, pairing.id, (), pairing.words, 0.0, sku=pairing.offered, why_not=reason)


def _pairing(offer_id: str, order: Order, moment: Moment) -> Pairing | None:
    """The pairing behind an offer, among those that the order triggers."""
    triggers = (item.sku for line in order.lines for item in trigger_items(line, moment.menu))
    called = (entry for sku in triggers for entry in moment.pairings.get(sku, ()))
    return next((entry for entry in called if entry.id == offer_id), None)


def _by_trigger(pairing: Pairing) -> float:
    if pairing.sku is not None:
        return BY_SKU
    return BY_CATEGORY if pairing.category is not None else BY_ANYTHING


def _novelty(sku: Sku | None, order: Order, menu: Menu) -> float:
    if sku is None:
        return BEST_FIT
    there = {item.category for line in order.lines for item in everything_in(menu, line) if item.meal is None}
    return SECOND_OF_ITS_SORT if menu.items[sku].category in there else BEST_FIT


def _by_step(menu: Menu, sku: Sku, target: Sku) -> float:
    below, above = menu.items[sku], menu.items[target]
    if below.kin == above.kin:
        return TO_A_SIZE
    return TO_A_MEAL if above.meal is not None and below.meal is None else TO_A_BETTER
