"""The prior chance of a yes to an offer, the answers to the offer, and how their weight falls with age."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log, sqrt

from pos.domain.value import value

BEFORE_ANY_ANSWER: Mapping[str, float] = {"upsell": 0.20, "cross_sell": 0.17}
"""The chance of a yes before anybody was asked, by kind. From published rates: people convert 10–25 % (Hi Auto), 33 %
upgrade in a week (RSPH 2017), a spoken prompt took a side from 20 to 35–42 % (van Kleef 2015)."""

LOWEST, HIGHEST = 0.02, 0.60
"""The bounds of the chance of a yes before anybody was asked."""

HALF_LIFE_DAYS = 120.0
"""The half-life of an answer, in days: tastes and menus move."""

EXPLORATION = 1.0
"""The share of questions in which the draw decides, unless the shop sets another."""


@value
class Answers:
    """The answers to an offer: the yeses, and how often it was said. Both are weighted by age, so they are not whole
    numbers."""

    yes: float = 0.0
    said: float = 0.0

    def __add__(self, other: Answers) -> Answers:
        return Answers(self.yes + other.yes, self.said + other.said)

    def times(self, weight: float) -> Answers:
        """These answers times a weight."""
        return Answers(self.yes * weight, self.said * weight)


NONE = Answers()


@value
class Offered:
    """An offer, the thing that it is about, and the part of the day. `second` says that the order already has something
    of its sort, as with another drink. `kind` is the question that makes the offer."""

    id: str
    thing: str
    context: str
    second: bool = False
    kind: str = "cross_sell"


def faded(days_ago: float) -> float:
    """The weight of an answer some days old."""
    return exp(-log(2) * max(0.0, days_ago) / HALF_LIFE_DAYS)


def prior_chance(kind: str, lift: float = 1.0) -> float:
    """The chance of a yes before anybody was asked, within the bounds. `lift` is how much more often the two were
    bought together than chance gives, shrunk. Its root is used, since what people buy by themselves need not be sold to
    them."""
    return min(HIGHEST, max(LOWEST, BEFORE_ANY_ANSWER[kind] * sqrt(max(0.0, lift))))


@value
class Posterior:
    """A Beta distribution of the chance of a yes."""

    alpha: float
    beta: float

    @property
    def mean(self) -> float:
        """The expected chance."""
        return self.alpha / (self.alpha + self.beta)

    @property
    def spread(self) -> float:
        """Its standard deviation."""
        whole = self.alpha + self.beta
        return sqrt(self.alpha * self.beta / (whole + 1)) / whole

    @classmethod
    def around(cls, mean: float, spread: float) -> Posterior:
        """The distribution with a mean and a standard deviation. One that is too wide is narrowed: alpha and beta add
        up to at least 1."""
        whole = max(1.0, mean * (1 - mean) / (spread * spread) - 1)
        return cls(mean * whole, (1 - mean) * whole)
