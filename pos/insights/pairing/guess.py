"""Guessing which other item belongs to an order: a regression, lifts, the hour, and what sells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp, log

from pos.insights.pairing.baskets import Basket, most_sold, renumbered
from pos.insights.pairing.co_occurrence import CoOccurrence, fading, item_counts, log_shares
from pos.insights.pairing.matrix import Rows, has_numpy, inverse, inverse_by_numpy

HALF_LIFE_DAYS = 365.0
RECENT_HALF_LIFE_DAYS, RECENT_SHRINK = 45.0, 20.0
RIDGE = 10.0
"""Regression weights are shrunk towards 0 as if this many orders had spoken against each item."""

FLOOR = 0.02
"""Added to the regression's chances before their logarithm is taken: most lie between 0 and 0.3."""

LIFT_SHRINK = 5.0
LIFTS, HOURS, RECENT, POPULARITY = 0.15, 0.5, 0.5, 0.15
"""The weight of each logarithm; that of the regression has 1. A third more or less of each hardly changes the
figures."""

MOST_ITEMS = 1000
"""Only the best sellers are guessed."""

MOST_WITHOUT_NUMPY = 300
"""Without NumPy the regression covers only so many best sellers: inverting their matrix takes a second or two."""

ALONE = 0.75
"""The weight of the confidence of a pair where the regression does not reach."""

MOST_ORDERS = 5_000
"""The number of latest orders from which scores of pairs are learned."""


class Guess:
    """A guess for one shop's items, which are numbered from 0, the best seller first."""

    def __init__(self, baskets: Sequence[Basket], size: int, numpy: bool) -> None:
        several = [basket for basket in baskets if len(basket.items) > 1]
        counts = CoOccurrence(several, size, fading(baskets, HALF_LIFE_DAYS))
        recent = item_counts(several, size, fading(baskets, RECENT_HALF_LIFE_DAYS))
        sells = [
            POPULARITY * log(count + 0.5) + RECENT * share
            for count, share in zip(counts.items, log_shares(recent, counts.items, RECENT_SHRINK), strict=True)
        ]
        self._regression = ridge_weights(counts, numpy)
        self._lifts = [[LIFTS * lift for lift in row] for row in counts.log_lifts(LIFT_SHRINK)]
        self._by_hour = [
            [base + HOURS * share for base, share in zip(sells, row, strict=True)] for row in counts.log_hours()
        ]

    def scores(self, rest: Sequence[int], hour: int) -> list[float]:
        """The logarithm of each item's chance, up to a constant. Items of the order itself have scores too."""
        scores: list[float] = list(
            map(sum, zip(self._by_hour[hour], *[self._lifts[item] for item in rest], strict=True))
        )
        if not rest:
            return scores
        chances = map(sum, zip(*[self._regression[item] for item in rest], strict=True))
        return [score + log(max(chance, 0.0) + FLOOR) for score, chance in zip(scores, chances, strict=True)]


def ridge_weights(counts: CoOccurrence, numpy: bool) -> Rows:
    """The weight of each item (row) for each other item (column): a ridge regression of every item on all others, in
    closed form (EASE, Steck 2019). Without NumPy the regression covers the best sellers, and the rest have shrunk
    confidences."""
    reach = counts.size if numpy else min(counts.size, MOST_WITHOUT_NUMPY)
    gram = [row[:reach] for row in counts.pairs[:reach]]
    for place, row in enumerate(gram):
        row[place] = counts.items[place] + RIDGE
    inverted = (inverse_by_numpy if numpy else inverse)(gram)
    diagonal = [row[place] for place, row in enumerate(inverted)]
    weights = [
        [ALONE * both / (count + RIDGE) for both in row] for count, row in zip(counts.items, counts.pairs, strict=True)
    ]
    for place, row in enumerate(inverted):
        weights[place][:reach] = [-entry / own for entry, own in zip(row, diagonal, strict=True)]
        weights[place][place] = 0.0
    return weights


def pair_scores(
    baskets: Sequence[Basket], triggers: Iterable[int], numpy: bool | None = None
) -> dict[tuple[int, int], float]:
    """For each trigger and every other item, the chance from 0 to 1 that the item comes next. The order then holds the
    trigger alone, at the hour in which the trigger sells most. A trigger that is not among the best sellers is left
    out."""
    latest = sorted(baskets, key=lambda basket: basket.minute)[-MOST_ORDERS:]
    numbers = most_sold(latest, MOST_ITEMS)
    if len(numbers) < 2:
        return {}
    known = renumbered(latest, numbers)
    guess = Guess(known, len(numbers), has_numpy() if numpy is None else numpy)
    hours = CoOccurrence(known, len(numbers)).hours
    found = {}
    for trigger in triggers:
        if trigger in numbers:
            place = numbers[trigger]
            busiest = max(range(24), key=lambda hour: hours[hour][place])
            likely = [exp(score) for score in guess.scores([place], busiest)]
            whole = sum(likely) - likely[place]
            found.update({(trigger, item): likely[at] / whole for item, at in numbers.items() if item != trigger})
    return found
