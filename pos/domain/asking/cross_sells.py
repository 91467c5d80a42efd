"""Question 2: the cross-sells for an order, which of them may be offered, and why the others may not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from pos.domain.asking.differences import costs_more_than_listed, lures
from pos.domain.asking.ranking import Eligible, best_first, weightiest
from pos.domain.asking.upgrades import add_offered, added_line, can_be_safe, comes_without_supplement
from pos.domain.asking.wordings import wording_for
from pos.domain.menu.items import MenuItem, Sku
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Pairing
from pos.domain.moment import Moment
from pos.domain.money import Money
from pos.domain.order.order import LineItem, Order, everything_in, noted_anywhere, open_groups
from pos.domain.order.questions import Offer, OfferKind, Outcome, Reason
from pos.domain.pricing.cover import EXACT_UNITS
from pos.domain.pricing.price import Priced
from pos.domain.value import value


def trigger_items(line: LineItem, menu: Menu) -> Sequence[MenuItem]:
    """The items of a line that can trigger pairings: the line's own, and a meal's main item."""
    item = menu.items[line.sku]
    return (item,) if item.meal is None else (item, menu.items[item.meal.main])


COUNTS = (1, 2, 3)
"""The counts that are tried before an item is offered; others are tried when the cashier chooses them."""


@value
class CrossSells:
    """The pairings that the items of an order trigger, by id. They are checked lazily: of a hundred pairings three are
    shown.

    `present` are the kins in the order, inside meals too, `sorts` their categories; `margins` the margin of one of each
    item, in øre; `noted` the allergens noted on the order or a line.
    """

    order: Order
    moment: Moment
    pairings: dict[str, Pairing]
    present: frozenset[str]
    refused: frozenset[str]
    sorts: frozenset[str]
    margins: Mapping[Sku, int]
    noted: frozenset[str]
    saving: Priced | None
    """The priced order, if it has a discount that a further item could cost it."""

    @classmethod
    def of(cls, order: Order, moment: Moment) -> CrossSells:
        """The cross-sells of an order."""
        called: list[Pairing] = []
        for line in order.lines:
            for item in trigger_items(line, moment.menu):
                called += moment.pairings.get(item.sku, ())
        pairings = {pairing.id: pairing for pairing in called if pairing.id not in moment.never}
        there = [item for line in order.lines for item in everything_in(moment.menu, line)]
        present = frozenset([item.kin for item in there])
        sorts = frozenset([item.category for item in there if item.meal is None])
        margins = moment.margins(order.serving_mode)
        refused = _refused_kin(order, moment.menu)
        noted = noted_anywhere(order)
        saving = _with_saving(order, moment)
        return cls(order, moment, pairings, present, refused, sorts, margins, noted, saving)

    def eligible(self) -> Eligible:
        """Every offer that may be made, one for each item, and the reasons against the others."""
        reasons = {self.why_not(pairing.offered) for pairing in self.pairings.values()}
        offers = [self._offer(pairing) for pairing in self._best_first()]
        return Eligible(tuple(offers), frozenset(reason for reason in reasons if reason is not None))

    def why_nothing(self) -> Reason | None:
        """Why there is nothing to offer; None if there is something."""
        reasons: set[Reason] = set()
        for pairing in self.pairings.values():
            reason = self.why_not(pairing.offered)
            if reason is None:
                return None
            reasons.add(reason)
        return weightiest(reasons)

    def best(self, most: int) -> list[Offer]:
        """The best offers, at most `most`."""
        return [self._offer(pairing) for pairing in islice(self._best_first(), most)]

    def with_cheapest(self, ranked: list[Offer], most: int) -> list[Offer]:
        """The first offers; the cheapest of all replaces the last if it is not among them."""
        best = ranked[:most]
        if len(best) == most:
            cheapest = self._cheapest()
            if cheapest not in [offer.sku for offer in best]:
                best[-1] = self._offer(self._pairing_for(cheapest))
        return best

    def _best_first(self) -> Iterator[Pairing]:
        """The eligible pairings, ranked, one for each item."""
        seen: set[Sku] = set()
        seconds: frozenset[Sku] = self._seconds() if self.moment.chances else frozenset()
        for pairing in best_first(self.pairings.values(), self.margins, self.moment.chances, seconds):
            if pairing.offered not in seen:
                seen.add(pairing.offered)
                if self.why_not(pairing.offered) is None:
                    yield pairing

    def _seconds(self) -> frozenset[Sku]:
        """The offered items of whose category the order has something already."""
        items = self.moment.menu.items
        offered = {pairing.offered for pairing in self.pairings.values()}
        return frozenset([sku for sku in offered if items[sku].category in self.sorts])

    def _cheapest(self) -> Sku | None:
        """The cheapest eligible item."""
        prices = self.moment.menu.prices[self.order.serving_mode]
        offered = [pairing.offered for pairing in self.pairings.values()]
        cheapest = min(offered, key=prices.__getitem__)
        if self.why_not(cheapest) is None:  # usually so, and then nothing needs to be sorted
            return cheapest
        return next((sku for sku in sorted(offered, key=prices.__getitem__) if self.why_not(sku) is None), None)

    def _pairing_for(self, sku: Sku | None) -> Pairing:
        """The pairing with the highest priority among those that offer an item."""
        offering = [pairing for pairing in self.pairings.values() if pairing.offered == sku]
        return min(offering, key=lambda pairing: (-pairing.priority, pairing.id))

    def still(self, offer: Offer) -> Offer | None:
        """The offer as it can be made now; None if it cannot."""
        pairing = self.pairings.get(offer.id)
        if pairing is None or self.why_not(pairing.offered) is not None:
            return None
        return self._offer(pairing)

    def why_not(self, sku: Sku) -> Reason | None:
        """Why an item may not be offered, or None."""
        menu, noted = self.moment.menu, self.noted
        item = menu.items[sku]
        if item.kin in self.present:
            return Reason.ALREADY_IN_ORDER
        if item.kin in self.refused:
            return Reason.REFUSED_BEFORE
        if noted and not _is_safe(item, noted, self.moment):
            return Reason.ALLERGEN
        if (item.meal is not None or item.modifiers) and not _is_for_anybody(item, self.moment):
            return Reason.NOTHING_TO_OFFER
        reason = self.moment.why_not(item)
        if reason is None and item.meal is not None and not _has_its_price(item, self.moment):
            return Reason.SOLD_OUT
        if reason is None and menu.lures and self._lures(sku):
            return Reason.NOTHING_TO_OFFER
        if reason is None and self.saving is not None and not self._keeps_savings(sku):
            return Reason.NOTHING_TO_OFFER
        return reason

    def _lures(self, sku: Sku) -> bool:
        """Whether adding the item earns the order something that not everybody may buy."""
        return any(lures(self.order, add_offered(self.order, sku, count, self.moment), self.moment) for count in COUNTS)

    def _keeps_savings(self, sku: Sku) -> bool:
        """Whether the order keeps its discounts when one or more of an item are added. Source: rule 7."""
        return not any(costs_more_than_listed(self.order, sku, count, self.moment, self.saving) for count in COUNTS)

    def _offer(self, pairing: Pairing) -> Offer:
        return Offer(
            OfferKind.CROSS_SELL,
            pairing.id,
            (self._caller(pairing).id,),
            wording_for(self.order, pairing.id, pairing.words, self.moment.day_of),
            sku=pairing.offered,
            priority=pairing.priority,
            margin=Money(self.margins[pairing.offered]),
            second=self.moment.menu.items[pairing.offered].category in self.sorts,
        )

    def _caller(self, pairing: Pairing) -> LineItem:
        """The first line that triggers the pairing."""
        for line in self.order.lines:
            if pairing.sku == line.sku:
                return line
            for item in trigger_items(line, self.moment.menu):
                if pairing.is_called_by(item):
                    return line
        raise KeyError(pairing.id)


def _refused_kin(order: Order, menu: Menu) -> frozenset[str]:
    """The kins that the customer refused: in question 1, and earlier today if that is remembered."""
    before = order.next_visit.refused if order.next_visit is not None else ()
    kin = frozenset([menu.items[sku].kin for sku in before if sku in menu.items])
    question = order.question(OfferKind.UPSELL)
    if question is None or question.answer is not Outcome.DECLINED or question.offer.sku is None:
        return kin
    return kin | {menu.items[question.offer.sku].kin}


def _has_its_price(item: MenuItem, moment: Moment) -> bool:
    """Whether a meal is available at its price: each slot has a choice without a supplement."""
    return comes_without_supplement(added_line(item, moment), moment)


def _is_for_anybody(item: MenuItem, moment: Moment) -> bool:
    """Whether nothing that a yes adds has an age limit, nor anything that has to be chosen with it."""
    menu = moment.menu
    if item.meal is None and not any(group.minimum for group in menu.item_groups(item)):
        return True
    line = added_line(item, moment)
    if any(menu.has_age_limit(part) for part in everything_in(menu, line)):
        return False
    chosen = (menu.modifiers[modifier] for modifier in line.modifiers)
    open_ = ((group, moment.can_choose(group).for_anybody()) for group in open_groups(menu, line))
    return not any(entry.is_restricted for entry in chosen) and all(
        len(there.modifiers) >= group.minimum for group, there in open_
    )


def _with_saving(order: Order, moment: Moment) -> Priced | None:
    """The priced order, if it has a saving that a further item could cost it: completing a bundle can lower it below a
    threshold. The saving by bundles only grows with further items, as long as the cover is exact."""
    menu = moment.menu
    many = sum([line.quantity for line in order.lines]) > EXACT_UNITS
    if not menu.thresholds and not (many and (menu.bundles or menu.meals_of)):
        return None
    priced = moment.price(order)
    return priced if priced.threshold is not None or (many and priced.saved) else None


def _is_safe(item: MenuItem, noted: frozenset[str], moment: Moment) -> bool:
    """Whether an item can be had without a noted allergen, in at least one flavour if it has flavours."""
    if item.meal is None and not item.modifiers:
        return item.allergens.is_safe_for(noted)
    return can_be_safe(added_line(item, moment), noted, moment)
