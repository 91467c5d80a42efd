"""Our guess: the opinions added, each by a weight that the last days of what was learned from have shown it to earn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log

from pos.insights.baskets import HeldOut, held_out, split_in_time
from pos.insights.ease import inverse
from pos.insights.lesson import Lesson
from pos.insights.opinions import WITH_NUMPY, WITHOUT, opinions
from pos.insights.rows import Guesser, Vector, mixed

MOST_TRIED = 3000
"""Guesses by which the weights are found."""

LIKELY, OTHERS = 15, 15
"""Each of them among so many items that the weights to start from find likeliest, and so many of all others, each of
which stands for its neighbours, too: weights must not lift what nobody looked at."""

PULL = 10.0
"""How strongly weights are drawn to those that they start from: about so many guesses."""

BOUNDED = 0.5
"""What a guess teaches counts by its chance to this power: a guess that was hopeless anyway should not move the rest
(Zhang and Sabuncu 2018)."""

LEAST_CHANCE = 1e-9
MOST_STEPS, LEAST_GAIN, SHORTEST = 12, 0.01, 0.01

Row = list[float]


@dataclass(frozen=True, slots=True)
class Tried:
    """What each opinion said of each candidate, the right one first, and the logarithm of how many it stands for."""

    said: list[Row]
    stands_for: Row


@dataclass(frozen=True, slots=True)
class Point:
    """Weights, the loss with them, and its slope and bend there."""

    weights: Row
    loss: float
    slope: Row
    bend: list[Row]


class Blend:
    """Opinions added by their weights."""

    def __init__(self, parts: Mapping[str, Guesser], weights: Mapping[str, float]) -> None:
        self.weights = dict(weights)
        self._parts = [(weight, parts[name]) for name, weight in weights.items() if weight]

    def scores(self, rest: Sequence[int], hour: int) -> Vector:
        """The logarithm of each item's chance, but for a constant."""
        return mixed((weight, part.scores(rest, hour)) for weight, part in self._parts)


def learn_blend(lesson: Lesson) -> Blend:
    """Learn from all orders, with weights that learning from the first four fifths of their days and guessing in the
    rest has shown to be right."""
    weights = WITH_NUMPY if lesson.numeric else WITHOUT
    before, after = split_in_time(lesson.baskets)
    cases = held_out(after, MOST_TRIED)
    if cases and before:
        parts = opinions(replace(lesson, baskets=before))
        tried = []
        for case in cases:
            heard = {name: part.scores(case.rest, case.hour) for name, part in parts.items()}
            tried.append(_tried(heard, weights, case))
        weights = fitted(tried, weights)
    return Blend(opinions(lesson), weights)


def _tried(heard: Mapping[str, Vector], weights: Mapping[str, float], case: HeldOut) -> Tried:
    """The right item, the likeliest, and some of the others."""
    scores = mixed((weights[name], said) for name, said in heard.items())
    ranked = [place for place in sorted(range(len(scores)), key=lambda place: -scores[place]) if place not in case.rest]
    ranked.remove(case.item)
    likely, others = ranked[:LIKELY], ranked[LIKELY:]
    step = 1 + len(others) // OTHERS
    some = others[case.order % step :: step]
    chosen = [case.item, *likely, *some]
    heft = log(len(others) / len(some)) if some else 0.0
    said = [[float(opinion[place]) for opinion in heard.values()] for place in chosen]
    return Tried(said, [0.0] * (1 + len(likely)) + [heft] * len(some))


def fitted(tried: Sequence[Tried], start: Mapping[str, float]) -> dict[str, float]:
    """The weights, none below nothing, that make the right items likeliest, by Newton's steps."""
    centred = [Tried(_centred(one.said), one.stands_for) for one in tried]
    pulls = [2 * PULL * spread for spread in _spreads(centred)]
    first = list(start.values())

    def at(weights: Row) -> Point:
        return Point(weights, *_loss(centred, weights, first, pulls))

    point = at(first)
    for _ in range(MOST_STEPS):
        lower = _stepped(point, at)
        gain = point.loss - lower.loss
        point = lower
        if gain < LEAST_GAIN:
            break
    return dict(zip(start, point.weights, strict=True))


def _stepped(point: Point, at: Callable[[Row], Point]) -> Point:
    """One step, halved until it leads down; the same point where none does."""
    step = _newton(point)
    length = 1.0
    while length > SHORTEST:
        moved = at([max(0.0, weight - length * part) for weight, part in zip(point.weights, step, strict=True)])
        if moved.loss < point.loss:
            return moved
        length /= 2
    return point


def _centred(rows: Sequence[Row]) -> list[Row]:
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    return [[entry - mean for entry, mean in zip(row, means, strict=True)] for row in rows]


def _spreads(tried: Sequence[Tried]) -> Row:
    """The variance of each opinion, so that a pull is as strong whatever its scale."""
    count = sum(len(one.said) for one in tried)
    columns = zip(*[row for one in tried for row in one.said], strict=True)
    return [sum([entry * entry for entry in column]) / count + 1e-6 for column in columns]


def _loss(tried: Sequence[Tried], weights: Row, first: Row, pulls: Row) -> tuple[float, Row, list[Row]]:
    """The bounded loss, its slope, and its bend (of which only what is never negative is kept)."""
    away = [weight - own for weight, own in zip(weights, first, strict=True)]
    loss = sum([pull * part * part / 2 for pull, part in zip(pulls, away, strict=True)])
    slope = [pull * part for pull, part in zip(pulls, away, strict=True)]
    bend = [[0.0] * len(pulls) for _ in pulls]
    for place, pull in enumerate(pulls):
        bend[place][place] = pull
    for one in tried:
        loss += _add_case(one, weights, slope, bend)
    for row, entries in enumerate(bend):
        for column in range(row):
            bend[column][row] = entries[column]
    return loss, slope, bend


def _add_case(one: Tried, weights: Row, slope: Row, bend: list[Row]) -> float:
    """The loss of one guess; adds its slope and the lower half of its bend."""
    scores = [
        heft + sum([weight * entry for weight, entry in zip(weights, row, strict=True)])
        for row, heft in zip(one.said, one.stands_for, strict=True)
    ]
    highest = max(scores)
    shares = [exp(score - highest) for score in scores]
    whole = sum(shares)
    part = max(shares[0] / whole, LEAST_CHANCE) ** BOUNDED
    columns = list(zip(*one.said, strict=True))
    weighed = [[share * entry / whole for share, entry in zip(shares, column, strict=True)] for column in columns]
    means = [sum(column) for column in weighed]
    for row, mean in enumerate(means):
        slope[row] += part * (mean - one.said[0][row])
        for column in range(row + 1):
            both = sum([share * entry for share, entry in zip(weighed[row], columns[column], strict=True)])
            bend[row][column] += part * (both - mean * means[column])
    return float((1 - part) / BOUNDED)


def _newton(point: Point) -> Row:
    """The step to where the slope would be nothing, for the weights that may move."""
    slope = point.slope
    free = [place for place, weight in enumerate(point.weights) if weight > 0 or slope[place] < 0]
    solved = inverse([[point.bend[row][column] for column in free] for row in free])
    step = [0.0] * len(slope)
    for place, row in zip(free, solved, strict=True):
        step[place] = sum([entry * slope[other] for entry, other in zip(row, free, strict=True)])
    return step
