"""How likely a yes to an offer is: what the ledger says, shrunk towards what is known before anybody was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import exp, log, sqrt

from pos.domain.value import value

BEFORE_ANY_ANSWER: Mapping[str, float] = {"upsell": 0.20, "cross_sell": 0.17}
"""Taken before anybody was asked: people convert 10–25 % (Hi Auto), 33 % upgrade in a week (RSPH 2017), a spoken
prompt took a side from 20 to 35–42 % (van Kleef 2015)."""

PRIOR_ANSWERS = 12.0
"""What is known beforehand weighs as much as so many answers."""

OFFER_ANSWERS = 100.0
"""What a thing does after something else weighs at most as much as so many answers to the offer itself."""

CONTEXT_ANSWERS = 120.0
"""What an offer does at other times of day weighs at most as much as so many answers at this one."""

LOWEST, HIGHEST = 0.02, 0.60
"""No offer is taken for less or more likely than this before anybody was asked."""

HALF_LIFE_DAYS = 60.0
"""An answer of so many days ago counts half: tastes and menus move."""

PARTS_OF_DAY = ((11, "morning"), (15, "noon"), (19, "afternoon"), (24, "evening"))
"""The contexts: until which hour each lasts."""

EXPLORATION = 0.3
"""The share of questions in which the draw decides, unless the shop sets another."""


def part_of_day(hour: int) -> str:
    """The context of an hour, 0 to 23."""
    return next(name for until, name in PARTS_OF_DAY if hour < until)


@value
class Answers:
    """What was said to an offer: so many yeses of so many times that it was said; weighted by age, so not whole."""

    yes: float = 0.0
    said: float = 0.0

    def __add__(self, other: Answers) -> Answers:
        return Answers(self.yes + other.yes, self.said + other.said)

    def times(self, weight: float) -> Answers:
        """The same, counting for less."""
        return Answers(self.yes * weight, self.said * weight)

    def less(self, other: Answers) -> Answers:
        """Without some of them."""
        return Answers(max(0.0, self.yes - other.yes), max(0.0, self.said - other.said))


NONE = Answers()
NO_SECONDS = Answers(20.0, 20.0)
"""Before anybody was asked for a second of its sort: as welcome as the first, by twenty yeses."""

MOST_OF_A_SECOND = 1.5
HIGHEST_KNOWN = 0.95
UNKNOWN = 0.17


@value
class Offered:
    """An offer, the thing that it is about, and the part of the day; `second` when the order has one of its sort
    already: another drink."""

    id: str
    thing: str
    context: str
    second: bool = False


def half_life(passed: float, span: float) -> float:
    """What is left of something that halves in a span, after so much has passed."""
    return exp(-log(2) * passed / span)


def faded(days_ago: float) -> float:
    """What an answer of so many days ago counts."""
    return half_life(max(0.0, days_ago), HALF_LIFE_DAYS)


def prior_chance(kind: str, lift: float = 1.0) -> float:
    """The chance of a yes before anybody was asked. `lift` is how much more often the two were bought together than
    chance gives, shrunk: its root, since what people buy by themselves need not be sold to them."""
    return min(HIGHEST, max(LOWEST, BEFORE_ANY_ANSWER[kind] * sqrt(max(0.0, lift))))


@value
class Posterior:
    """A Beta distribution of the chance of a yes."""

    alpha: float
    beta: float

    @property
    def mean(self) -> float:
        """The chance to reckon with."""
        return self.alpha / (self.alpha + self.beta)

    @property
    def spread(self) -> float:
        """Its standard deviation."""
        whole = self.alpha + self.beta
        return sqrt(self.alpha * self.beta / (whole + 1)) / whole


@dataclass(slots=True)
class Known:
    """What the ledger has taught: of a thing, of an offer of it (the same shake after a burger or after nuggets), and
    of the offer in a part of the day. Grows with each answer."""

    things: dict[str, Answers] = field(default_factory=dict)
    offers: dict[str, Answers] = field(default_factory=dict)
    here: dict[tuple[str, str], Answers] = field(default_factory=dict)
    seconds: Answers = NO_SECONDS

    @property
    def second_factor(self) -> float:
        """What is left of a chance when the order has one of its sort already; the same for all things."""
        return min(MOST_OF_A_SECOND, self.seconds.yes / self.seconds.said)

    def learn(self, offer: Offered, answers: Answers, prior: float = UNKNOWN) -> None:
        """Take answers in. An offer of a second of its sort counts as said as often as it is likely to be heard."""
        if offer.second:
            expected = self._plain(offer, prior).mean * answers.said
            heard = Answers(answers.yes, answers.said * self.second_factor)
            self.seconds = self.seconds + Answers(answers.yes, expected)
            answers = heard
        self.things[offer.thing] = self.things.get(offer.thing, NONE) + answers
        self.offers[offer.id] = self.offers.get(offer.id, NONE) + answers
        self.here[offer.id, offer.context] = self.here.get((offer.id, offer.context), NONE) + answers

    def posterior(self, offer: Offered, prior: float) -> Posterior:
        """What is known of an offer: its answers here; beside them, for no more than `CONTEXT_ANSWERS`, those at other
        times of day; beside these, for no more than `OFFER_ANSWERS`, those to the same thing after something else; and
        beside all what was taken beforehand."""
        found = self._plain(offer, prior)
        if not offer.second:
            return found
        weight = found.alpha + found.beta
        mean = min(HIGHEST_KNOWN, found.mean * self.second_factor)
        return Posterior(mean * weight, (1 - mean) * weight)

    def _plain(self, offer: Offered, prior: float) -> Posterior:
        """The same for an order without one of its sort."""
        here = self.here.get((offer.id, offer.context), NONE)
        own = self.offers.get(offer.id, NONE)
        thing = self.things.get(offer.thing, NONE)
        mean, weight = _joined(prior, PRIOR_ANSWERS, thing.less(own), OFFER_ANSWERS)
        mean, weight = _joined(mean, weight, own.less(here), CONTEXT_ANSWERS)
        return Posterior(mean * weight + here.yes, (1 - mean) * weight + max(0.0, here.said - here.yes))

    def fade(self, weight: float) -> None:
        """Let all that is known count for less."""
        self.things = {key: answers.times(weight) for key, answers in self.things.items()}
        self.offers = {key: answers.times(weight) for key, answers in self.offers.items()}
        self.here = {key: answers.times(weight) for key, answers in self.here.items()}
        self.seconds = self.seconds.times(weight) + NO_SECONDS.times(1 - weight)


def _joined(mean: float, weight: float, more: Answers, most: float) -> tuple[float, float]:
    """A chance with more answers joined to it, together weighing no more than `most` beside what comes next."""
    whole = weight + more.said
    return (mean * weight + more.yes) / whole, min(whole, most)


def known_from(rows: Iterable[tuple[Offered, float, float, float]]) -> Known:
    """From rows of an offer, yeses, times said, and how many days ago."""
    found = Known()
    for offer, yes, said, days_ago in rows:
        found.learn(offer, Answers(yes, said).times(faded(days_ago)))
    return found
