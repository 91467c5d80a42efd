"""Ranks the offers that may be made, and chooses the reason to show if there are none."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from heapq import heapify, heappop

from pos.domain.menu.items import Sku
from pos.domain.menu.paths import Pairing
from pos.domain.moment import Chances
from pos.domain.order.questions import Offer, Reason
from pos.domain.value import value

_WEIGHT = {reason: place for place, reason in enumerate(Reason)}


def weightiest(reasons: Collection[Reason]) -> Reason:
    """The reason that says most about this order."""
    return min(reasons, key=_WEIGHT.__getitem__, default=Reason.NOTHING_TO_OFFER)


@value
class Eligible:
    """The offers of a kind that may be made, unranked, and the reasons against others."""

    offers: tuple[Offer, ...]
    reasons: frozenset[Reason]

    @property
    def reason(self) -> Reason:
        """The reason to show if there is no offer."""
        return weightiest(self.reasons)


def rank(offers: Iterable[Offer], chances: Chances) -> list[Offer]:
    """The offers, the best first: by the manager's priority, then chance of a yes times margin, then id."""
    return sorted(offers, key=lambda offer: (-priority_of(offer, chances), -worth_of(offer, chances)[0], offer.id))


def worth_of(offer: Offer, chances: Chances) -> tuple[float, float]:
    """The expected margin of asking, and its standard deviation, in øre. An unknown offer counts as a certain yes."""
    chance = chances.get(offer.id)
    return (offer.margin.minor, 0.0) if chance is None else chance.worth(offer.margin.minor, offer.second)


def priority_of(offer: Offer, chances: Chances) -> int:
    """The priority, which ranks before chance and margin: the manager's, unless a learned one replaces it."""
    chance = chances.get(offer.id)
    return offer.priority if chance is None or chance.priority is None else chance.priority


def best_first(
    pairings: Iterable[Pairing], margins: Mapping[Sku, int], chances: Chances, seconds: Container[Sku] = ()
) -> Iterator[Pairing]:
    """Pairings in the order in which `rank` puts their offers. `margins` are in øre; `seconds` are items of whose
    category the order has something already."""
    standing: list[tuple[int, float, str, Pairing]] = []
    for pairing in pairings:
        worth: float = margins[pairing.offered]
        chance = chances.get(pairing.id)
        if chance is None:
            priority = pairing.priority
        else:
            priority = pairing.priority if chance.priority is None else chance.priority
            worth *= chance.yes * chance.second if pairing.offered in seconds else chance.yes
        standing.append((-priority, -worth, pairing.id, pairing))
    heapify(standing)  # a heap, because only three of a hundred are needed
    while standing:
        yield heappop(standing)[3]
