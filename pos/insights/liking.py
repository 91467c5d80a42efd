"""How much more often than expected a thing is taken: in all, in a part of the day, as one offer, and as both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp

from pos.domain.value import value
from pos.insights.chances import Answers
from pos.insights.parts_of_day import PartOfDay

PARTS = len(PartOfDay)
EVERY = range(PARTS)
LONGEST_STEP = 1.0
"""A liking moves by no more than this at a time while it is worked out, so that a single lucky answer throws nobody."""


@value
class Spreads:
    """How far likings differ, as variances of logarithms: from thing to thing, from one part of the day to another,
    from offer to offer of one thing, and what is left for an offer in a part of the day."""

    thing: float
    part: float
    offer: float
    both: float


@value
class Sums:
    """What was said to an offer in a part of the day: the yeses, and how many were expected of what was taken
    beforehand. Yeses are taken as Poisson's, which believes a lucky few less than a coin's would."""

    yes: float = 0.0
    expected: float = 0.0


@value
class Effect:
    """Several likings of one sort: the sum of their expected squares, and how many."""

    squares: float = 0.0
    count: int = 0

    def __add__(self, other: Effect) -> Effect:
        return Effect(self.squares + other.squares, self.count + other.count)


@dataclass(slots=True)
class OfferLiking:
    """One offer of the thing. `liking` is the logarithm, by part of the day; the rest is what it was found with:
    what each part's answers weigh, alone and beside what the part may do by itself, and what is the offer's own."""

    liking: list[float] = field(default_factory=lambda: [0.0] * PARTS)
    weights: list[float] = field(default_factory=lambda: [0.0] * PARTS)
    pulls: list[float] = field(default_factory=lambda: [0.0] * PARTS)
    seen: list[float] = field(default_factory=lambda: [0.0] * PARTS)
    whole: float = 1.0
    own: float = 0.0

    def weigh(self, sums: Sequence[Sums], spreads: Spreads) -> None:
        """Look at the answers from where the likings stand."""
        for part, some in enumerate(sums):
            if some.expected <= 0:
                self.weights[part] = self.pulls[part] = self.seen[part] = 0.0
                continue
            self.weights[part] = mean = some.expected * exp(self.liking[part])
            self.seen[part] = self.liking[part] + (some.yes - mean) / mean
            self.pulls[part] = mean / (1 + mean * spreads.both)
        self.whole = sum(self.pulls) + 1 / spreads.offer

    def move(self, common: Sequence[float], spreads: Spreads) -> None:
        """Move towards what the answers and the thing's likings say."""
        shares = zip(self.pulls, self.seen, common, strict=True)
        self.own = sum([pull * (seen - of_thing) for pull, seen, of_thing in shares]) / self.whole
        apart = 1 / spreads.both
        for part in EVERY:
            weight = self.weights[part]
            found = (weight * self.seen[part] + apart * (common[part] + self.own)) / (weight + apart)
            self.liking[part] += max(-LONGEST_STEP, min(LONGEST_STEP, found - self.liking[part]))


class ThingLiking:
    """The likings of one thing: a normal distribution of their logarithms, found by Newton's method. The offers hang
    together by the thing alone, so they are eliminated one by one, and the effort grows as their number does."""

    def __init__(self) -> None:
        self._offers: dict[str, OfferLiking] = {}
        self._common = [0.0] * PARTS
        self._doubt = _square(0.0)

    def find(self, answers: Mapping[str, Sequence[Sums]], spreads: Spreads, rounds: int) -> None:
        """Work the likings out from the answers, by offer and part of the day, from where they stood."""
        for offer in answers:
            self._offers.setdefault(offer, OfferLiking())
        for _ in range(rounds):
            known, pulled = _before(spreads), [0.0] * PARTS
            for offer, sums in answers.items():
                liking = self._offers[offer]
                liking.weigh(sums, spreads)
                _eliminate(liking, known, pulled)
            self._doubt = _inverse(known)
            self._common = [sum([row[part] * pulled[part] for part in EVERY]) for row in self._doubt]
            for offer in answers:
                self._offers[offer].move(self._common, spreads)

    def of(self, offer: str, part: int, spreads: Spreads) -> tuple[float, float]:
        """The logarithm of an offer's liking in a part of the day, and its variance."""
        found = self._offers.get(offer)
        if found is None:
            return self._common[part], self._doubt[part][part] + spreads.offer + spreads.both
        apart = 1 / spreads.both
        weight = found.weights[part] + apart
        return found.liking[part], 1 / weight + (apart / weight) ** 2 * self._doubt_beneath(found, part)

    def effects(self, spreads: Spreads) -> tuple[Effect, Effect, Effect, Effect]:
        """How large the likings of each sort are: of the thing, of parts of the day, of offers, and of both."""
        share = spreads.thing / (spreads.part + PARTS * spreads.thing)
        left = spreads.part * share
        thing = share * sum(self._common)
        of_thing = thing * thing + left + share * share * sum(map(sum, self._doubt))
        by_part = [[float(part == other) - share for other in EVERY] for part in EVERY]
        of_parts = sum([(self._common[part] - thing) ** 2 + self._form(by_part[part]) + left for part in EVERY])
        of_offers, of_both = Effect(), Effect()
        for offer in self._offers.values():
            of_offers += Effect(offer.own**2 + 1 / offer.whole + self._form(_shares(offer)), 1)
            of_both += self._both(offer, spreads)
        return Effect(of_thing, 1), Effect(of_parts, PARTS), of_offers, of_both

    def _both(self, offer: OfferLiking, spreads: Spreads) -> Effect:
        found = Effect()
        for part, weight in enumerate(offer.weights):
            if weight:
                whole = weight + 1 / spreads.both
                liking = offer.liking[part] - self._common[part] - offer.own
                doubt = 1 / whole + (weight / whole) ** 2 * self._doubt_beneath(offer, part)
                found += Effect(liking * liking + doubt, 1)
        return found

    def _doubt_beneath(self, offer: OfferLiking, part: int) -> float:
        """The variance of what the thing and the offer come to in a part of the day."""
        along = [-share for share in _shares(offer)]
        along[part] += 1
        return 1 / offer.whole + self._form(along)

    def _form(self, along: Sequence[float]) -> float:
        """The variance of the thing's likings, added up with these weights."""
        return sum(
            [a * sum([b * row for b, row in zip(along, self._doubt[i], strict=True)]) for i, a in enumerate(along)]
        )


def _shares(offer: OfferLiking) -> list[float]:
    return [pull / offer.whole for pull in offer.pulls]


def _eliminate(offer: OfferLiking, known: list[list[float]], pulled: list[float]) -> None:
    """Add what an offer tells of its thing, whatever the offer's own liking may be."""
    drawn = sum([pull * seen for pull, seen in zip(offer.pulls, offer.seen, strict=True)]) / offer.whole
    for part, pull in enumerate(offer.pulls):
        if pull:
            row = known[part]
            row[part] += pull
            pulled[part] += pull * (offer.seen[part] - drawn)
            for other in EVERY:
                row[other] -= pull * offer.pulls[other] / offer.whole


def _before(spreads: Spreads) -> list[list[float]]:
    """What is known of a thing's likings before anybody was asked: the inverse of their variances."""
    shared = spreads.thing / (spreads.part + PARTS * spreads.thing) / spreads.part
    return [[float(part == other) / spreads.part - shared for other in EVERY] for part in EVERY]


def _square(diagonal: float) -> list[list[float]]:
    return [[diagonal * (part == other) for other in EVERY] for part in EVERY]


def _inverse(matrix: list[list[float]]) -> list[list[float]]:
    """By Gauss and Jordan: few rows, and positive definite."""
    rows = [[*row, *unit] for row, unit in zip(matrix, _square(1.0), strict=True)]
    for place in EVERY:
        pivot = [entry / rows[place][place] for entry in rows[place]]
        rows = [
            pivot if at == place else [a - other[place] * b for a, b in zip(other, pivot, strict=True)]
            for at, other in enumerate(rows)
        ]
    return [row[PARTS:] for row in rows]


def expected_of(plain: Answers, seconds: Answers, prior: float, second: float) -> Sums:
    """An offer's answers beside what was expected of them; `second` is what is left of a chance when the order has one
    of its sort."""
    return Sums(plain.yes + seconds.yes, prior * (plain.said + seconds.said * second))
