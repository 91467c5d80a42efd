"""What the ledger has taught of a yes: the answers to every offer, and the chances that they come to together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import exp, sqrt

from pos.insights.chances import NONE, Answers, Offered, Posterior, faded
from pos.insights.liking import Effect, Spreads, Sums, ThingLiking, expected_of
from pos.insights.parts_of_day import PARTS
from pos.insights.turning import AGES, age_of, borne_out, moved

BEFOREHAND = Spreads(thing=0.09, part=0.09, offer=0.09, both=0.0225)
"""Taken before anybody was asked: likings differ by a third or so, and an offer in a part of the day by half of that.
Between the 10 and the 25 % of the published rates lie about as much."""

LIKINGS_BEFOREHAND = 30.0
"""What is taken beforehand of how far likings differ weighs as much as so many likings."""

YESES_BEFOREHAND = 20.0
"""Before anybody was asked a shop's customers say yes as often as others, and as often to a second of its sort as to
the first, by so many yeses."""

MOST_OF_A_SECOND = 1.5
HIGHEST_KNOWN = 0.95
ROUNDS = 2
TOGETHER = 4
"""How often all answers are looked at together; what is learned of a shop as a whole hardly moves after that."""

LEAST_SPREAD = 1e-3


@dataclass(slots=True)
class Asked:
    """What was said to one offer, by part of the day, second or not, and age; and the chance taken beforehand."""

    kind: str
    prior: float
    answers: dict[tuple[int, bool], list[Answers]] = field(default_factory=dict)

    def learn(self, part: int, second: bool, age: int, answers: Answers) -> None:
        """Take answers in."""
        by_age = self.answers.setdefault((part, second), [NONE] * AGES)
        by_age[age] = by_age[age] + answers

    def sums(self, usual: float, second: float, counts: Sequence[float]) -> list[Sums]:
        """The answers beside what was expected, in a shop with its own usual and its own way with seconds; `counts` is
        what those of each age count."""
        found = []
        for part in range(len(PARTS)):
            plain, of_seconds = self.counted(part, False, counts), self.counted(part, True, counts)
            found.append(expected_of(plain, of_seconds, usual * self.prior, second))
        return found

    def counted(self, part: int, second: bool, counts: Sequence[float]) -> Answers:
        """The answers of all ages together."""
        by_age = self.answers.get((part, second))
        if by_age is None:
            return NONE
        counted = list(zip(by_age, counts, strict=True))
        return Answers(
            sum([some.yes * count for some, count in counted]), sum([a.said * count for a, count in counted])
        )


class Known:
    """What has been learned; grows with each answer.

    A chance is what was taken beforehand, times what is usual in this shop, times how the thing, the part of the day
    and the offer are liked, times what is left for a second of its sort. All of it is shrunk towards 1, by as much as
    this shop's own answers show that likings differ.
    """

    def __init__(self) -> None:
        self.second_factor = 1.0
        self._things: dict[str, dict[str, Asked]] = {}
        self._likings: dict[str, ThingLiking] = {}
        self._stale: set[str] = set()
        self._usual: dict[str, float] = {}
        self._spreads = BEFOREHAND
        self._moved = [0.0] * AGES

    def learn(self, offer: Offered, answers: Answers, prior: float, age: int = 0) -> None:
        """Take answers of an age in. `prior` is the chance taken beforehand of this offer, by what is known today."""
        asked = self._things.setdefault(offer.thing, {}).setdefault(offer.id, Asked(offer.kind, prior))
        asked.prior = prior
        asked.learn(PARTS.index(offer.context), offer.second, age, answers)
        self._stale.add(offer.thing)

    def posterior(self, offer: Offered, prior: float) -> Posterior:
        """What is known of an offer here. `prior` is for one that was never asked."""
        asked = self._things.get(offer.thing, {}).get(offer.id)
        prior = prior if asked is None else asked.prior
        mean = prior * self._usual.get(offer.kind, 1.0) * (self.second_factor if offer.second else 1.0)
        spreads = self._spreads
        if offer.thing in self._things:
            liking, variance = self._liking(offer.thing).of(offer.id, PARTS.index(offer.context), spreads)
            mean *= exp(liking)
        else:
            variance = spreads.thing + spreads.part + spreads.offer + spreads.both
        mean = min(HIGHEST_KNOWN, mean)
        return Posterior.around(mean, mean * sqrt(variance))

    def settle(self, times: int = 1) -> None:
        """Learn from all answers together whether tastes have turned, what is usual here, what is left of a second, and
        how far likings differ."""
        by_thing = [
            [cell for asked in offers.values() for cell in asked.answers.values()] for offers in self._things.values()
        ]
        self._moved = moved(by_thing)
        for _ in range(times):
            self._stale.update(self._things)
            effects = (Effect(), Effect(), Effect(), Effect())
            for thing in self._things:
                found = self._liking(thing).effects(self._spreads)
                effects = tuple([a + b for a, b in zip(effects, found, strict=True)])  # type: ignore[assignment]  # four
            self._learn_usual()
            self._spreads = _spreads(*effects)
        self._stale.update(self._things)

    def _liking(self, thing: str) -> ThingLiking:
        liking = self._likings.setdefault(thing, ThingLiking())
        if thing in self._stale:
            counts = self._counts(thing)
            sums = {
                offer: asked.sums(self._usual.get(asked.kind, 1.0), self.second_factor, counts)
                for offer, asked in self._things[thing].items()
            }
            liking.find(sums, self._spreads, ROUNDS)
            self._stale.discard(thing)
        return liking

    def _counts(self, thing: str) -> list[float]:
        """What a thing's answers of each age count."""
        yeses = [0.0] * AGES
        for asked in self._things[thing].values():
            for by_age in asked.answers.values():
                yeses = [a + some.yes for a, some in zip(yeses, by_age, strict=True)]
        return [borne_out(yes, variance) for yes, variance in zip(yeses, self._moved, strict=True)]

    def _learn_usual(self) -> None:
        """Each of these is yeses over what was expected of the rest."""
        usual: dict[str, Answers] = {}
        seconds = NONE
        for thing, offers in self._things.items():
            counts = self._counts(thing)
            for offer, asked in offers.items():
                for some in asked.sums(1.0, self.second_factor, counts):
                    usual[asked.kind] = usual.get(asked.kind, NONE) + Answers(some.yes, some.expected)
                seconds = seconds + self._seconds(thing, offer, asked, counts)
        self._usual = {kind: _ratio(some) for kind, some in usual.items()}
        self.second_factor = min(MOST_OF_A_SECOND, _ratio(seconds))

    def _seconds(self, thing: str, offer: str, asked: Asked, counts: Sequence[float]) -> Answers:
        """The yeses to seconds, of those expected if they were firsts."""
        found = NONE
        for part, second in asked.answers:
            if second:
                some = asked.counted(part, True, counts)
                liking, _ = self._likings[thing].of(offer, part, self._spreads)
                chance = asked.prior * self._usual.get(asked.kind, 1.0) * exp(liking)
                found = found + Answers(some.yes, chance * some.said)
        return found


def _ratio(answers: Answers) -> float:
    """Yeses over what was expected, shrunk towards 1."""
    return (YESES_BEFOREHAND + answers.yes) / (YESES_BEFOREHAND + answers.said)


def _spreads(thing: Effect, part: Effect, offer: Effect, both: Effect) -> Spreads:
    """How far likings differ, by what was found beside what was taken beforehand."""
    return Spreads(
        _variance(BEFOREHAND.thing, thing),
        _variance(BEFOREHAND.part, part),
        _variance(BEFOREHAND.offer, offer),
        _variance(BEFOREHAND.both, both),
    )


def _variance(before: float, found: Effect) -> float:
    squares = LIKINGS_BEFOREHAND * before + found.squares
    return max(LEAST_SPREAD, squares / (LIKINGS_BEFOREHAND + found.count))


def known_from(rows: Iterable[tuple[Offered, float, Answers, float]]) -> Known:
    """From rows of an offer, its prior, what was said to it, and how many days ago."""
    found = Known()
    for offer, prior, answers, days_ago in rows:
        found.learn(offer, answers.times(faded(days_ago)), prior, age_of(days_ago))
    found.settle(TOGETHER)
    return found
