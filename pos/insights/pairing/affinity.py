"""How much more often than expected an item is taken: overall, in a part of the day, as one offer, and as one offer in
one part of the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos.domain.value import value
from pos.insights.parts_of_day import PartOfDay

EVERY = range(len(PartOfDay))
ITEM = PART = OFFER = 11.0
BOTH = 44.0
"""So many yeses are added to the yeses and to those expected, which shrinks each affinity towards 1. The numbers assume
that affinities differ by a third, and those of one offer in one part of the day by half of that. The published rates,
10 to 25 %, differ by about as much."""

ROUNDS = 2


@value
class Sums:
    """The answers to an offer in a part of the day: the yeses, and how many were expected."""

    yes: float = 0.0
    expected: float = 0.0


class Affinity:
    """The affinities of one item, each a factor on the expected yeses, from the answers by offer and part of the day.

    Yeses are taken to have a Poisson distribution, and each factor a gamma distribution around the factor above it.
    Below the item are its parts of the day and, beside them, its offers; below both is the offer in the part.
    """

    def __init__(self, answers: Mapping[str, Sequence[Sums]]) -> None:
        self._answers = answers
        self._offers = dict.fromkeys(answers, 1.0)
        for _ in range(ROUNDS):  # the effect of an offer is not counted for the part, nor the other way round
            self._find_parts()
            self._expected = {
                offer: sum([self._parts[part] * sums[part].expected for part in EVERY])
                for offer, sums in answers.items()
            }
            self._offers = {
                offer: (OFFER + sum([each.yes for each in sums])) / (OFFER + self._expected[offer])
                for offer, sums in answers.items()
            }

    def _find_parts(self) -> None:
        cells = [(self._offers[offer], sums) for offer, sums in self._answers.items()]
        yes = [sum([sums[part].yes for _, sums in cells]) for part in EVERY]
        expected = [sum([factor * sums[part].expected for factor, sums in cells]) for part in EVERY]
        item = (ITEM + sum(yes)) / (ITEM + sum(expected))
        weights = [PART + item * there for there in expected]
        self._parts = [item * (PART + yes[part]) / weights[part] for part in EVERY]
        self._variances = [1 / weight + (PART / weight) ** 2 / (ITEM + sum(yes)) for weight in weights]

    def of(self, offer: str, part: int) -> tuple[float, float]:
        """The factor of an offer in a part of the day, and the variance of its logarithm."""
        if offer not in self._answers:
            return self._parts[part], self._variances[part] + 1 / OFFER + 1 / BOTH
        factor = self._parts[part] * self._offers[offer]
        variance = self._variances[part] + 1 / (OFFER + self._expected[offer])
        sums = self._answers[offer][part]
        weight = BOTH + factor * sums.expected
        return factor * (BOTH + sums.yes) / weight, 1 / weight + (BOTH / weight) ** 2 * variance


UNKNOWN = 1 / ITEM + 1 / PART + 1 / OFFER + 1 / BOTH
"""The variance for an item that was never offered."""
