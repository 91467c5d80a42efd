"""The answers to every offer in the ledger, and the chances of a yes that are learned from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import sqrt

from pos.insights.choosing.chances import NONE, Answers, Offered, Posterior, faded
from pos.insights.choosing.drift import AGES, age_of, drift_since, weight_after
from pos.insights.pairing.affinity import UNKNOWN, Affinity, Sums
from pos.insights.parts_of_day import PARTS

YESES_BEFOREHAND = 20.0
"""The weight, in yeses, of two assumptions: that a shop's customers say yes as often as others, and that they say yes
to a second of its sort as often as to the first."""

MOST_OF_A_SECOND = 1.5
HIGHEST_KNOWN = 0.95
TOGETHER = 4
"""How many rounds of learning go over all answers together. After these, what is learned of the whole shop hardly
changes."""


@dataclass(slots=True)
class AnswersToOffer:
    """The answers to one offer, by part of the day, second or not, and age; and its chance before anybody was asked."""

    kind: str
    prior: float
    answers: dict[tuple[int, bool], list[Answers]] = field(default_factory=dict)

    def learn(self, part: int, second: bool, age: int, answers: Answers) -> None:
        """Add answers."""
        by_age = self.answers.setdefault((part, second), [NONE] * AGES)
        by_age[age] = by_age[age] + answers

    def sums(self, usual: float, second: float, weights: Sequence[float]) -> list[Sums]:
        """By part of the day, the yeses and how many were expected. The expected chance is `usual` times the prior, and
        for a second of its sort also times `second`. `weights` are the weights of an answer by age."""
        found = []
        for part in range(len(PARTS)):
            plain, of_seconds = self.counted(part, False, weights), self.counted(part, True, weights)
            expected = usual * self.prior * (plain.said + of_seconds.said * second)
            found.append(Sums(plain.yes + of_seconds.yes, expected))
        return found

    def counted(self, part: int, second: bool, weights: Sequence[float]) -> Answers:
        """The answers of all ages together, weighted by age."""
        by_age = self.answers.get((part, second))
        if by_age is None:
            return NONE
        weighed = [some.times(weight) for some, weight in zip(by_age, weights, strict=True)]
        return sum(weighed, NONE)


class Known:
    """What is learned from the answers.

    A chance is the prior, times the factor of this shop for the kind, times the affinity of the item, the part of the
    day and the offer; for a second of its sort, also times `second_factor`. All factors are shrunk towards 1.
    """

    def __init__(self) -> None:
        self.second_factor = 1.0
        self._things: dict[str, dict[str, AnswersToOffer]] = {}
        self._affinities: dict[str, Affinity] = {}
        self._usual: dict[str, float] = {}
        self._drift = [0.0] * AGES

    def learn(self, offer: Offered, answers: Answers, prior: float, age: int = 0) -> None:
        """Add answers of an age group. `prior` is the chance of this offer before anybody was asked, by what is known
        today."""
        asked = self._things.setdefault(offer.thing, {}).setdefault(offer.id, AnswersToOffer(offer.kind, prior))
        asked.prior = prior
        asked.learn(PARTS.index(offer.context), offer.second, age, answers)
        self._affinities.pop(offer.thing, None)

    def posterior(self, offer: Offered, prior: float) -> Posterior:
        """The distribution of the chance of an offer. `prior` is used only for an offer that was never asked."""
        asked = self._things.get(offer.thing, {}).get(offer.id)
        prior = prior if asked is None else asked.prior
        mean = prior * self._usual_of(offer.kind) * (self.second_factor if offer.second else 1.0)
        variance = UNKNOWN
        if offer.thing in self._things:
            factor, variance = self._affinity(offer.thing).of(offer.id, PARTS.index(offer.context))
            mean *= factor
        mean = min(HIGHEST_KNOWN, mean)
        return Posterior.around(mean, mean * sqrt(variance))

    def settle(self, times: int = 1) -> None:
        """Learn from all answers together how far tastes have drifted, the factor of this shop for each kind, and the
        factor for a second of its sort."""
        self._drift = drift_since(
            [cell for asked in offers.values() for cell in asked.answers.values()] for offers in self._things.values()
        )
        for _ in range(times):
            self._affinities.clear()
            self._learn_usual()
        self._affinities.clear()

    def _usual_of(self, kind: str) -> float:
        return self._usual.get(kind, 1.0)

    def _affinity(self, thing: str) -> Affinity:
        found = self._affinities.get(thing)
        if found is None:
            weights = self._weights(thing)
            found = self._affinities[thing] = Affinity(
                {
                    offer: asked.sums(self._usual_of(asked.kind), self.second_factor, weights)
                    for offer, asked in self._things[thing].items()
                }
            )
        return found

    def _weights(self, thing: str) -> list[float]:
        """The weight of an answer to a thing, by age."""
        yeses = [0.0] * AGES
        for asked in self._things[thing].values():
            for by_age in asked.answers.values():
                yeses = [a + some.yes for a, some in zip(yeses, by_age, strict=True)]
        return [weight_after(yes, drift) for yes, drift in zip(yeses, self._drift, strict=True)]

    def _learn_usual(self) -> None:
        """Set the factor of each kind and the factor for seconds. Each is the yeses over those expected without it."""
        usual: dict[str, Answers] = {}
        seconds = NONE
        for thing, offers in self._things.items():
            weights = self._weights(thing)
            for offer, asked in offers.items():
                for some in asked.sums(1.0, self.second_factor, weights):
                    usual[asked.kind] = usual.get(asked.kind, NONE) + Answers(some.yes, some.expected)
                seconds = seconds + self._seconds(thing, offer, asked, weights)
        self._usual = {kind: _ratio(some) for kind, some in usual.items()}
        self.second_factor = min(MOST_OF_A_SECOND, _ratio(seconds))

    def _seconds(self, thing: str, offer: str, asked: AnswersToOffer, weights: Sequence[float]) -> Answers:
        """The yeses to seconds, and how many would be expected if they were firsts."""
        found = NONE
        for part, second in asked.answers:
            if second:
                some = asked.counted(part, True, weights)
                factor, _ = self._affinity(thing).of(offer, part)
                found = found + Answers(some.yes, asked.prior * self._usual_of(asked.kind) * factor * some.said)
        return found


def _ratio(answers: Answers) -> float:
    """Yeses over what was expected, shrunk towards 1."""
    return (YESES_BEFOREHAND + answers.yes) / (YESES_BEFOREHAND + answers.said)


def known_from(rows: Iterable[tuple[Offered, float, Answers, float]]) -> Known:
    """What is learned from rows: an offer, its prior, the answers to it, and how many days ago they were given."""
    found = Known()
    for offer, prior, answers, days_ago in rows:
        found.learn(offer, answers.times(faded(days_ago)), prior, age_of(days_ago))
    found.settle(TOGETHER)
    return found
