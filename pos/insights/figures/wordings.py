"""Which wording of an offer gets more yeses, or quicker answers; or that no difference has been shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations
from math import log, sqrt
from typing import TypeAlias

from pos.domain.value import value
from pos.insights.intervals import NORMAL_95, Interval, Stratum, stratified_difference

Spell: TypeAlias = tuple[int, int, int, int, float]
"""One wording of an offer over some days: shown, accepted, answered, milliseconds to the answers, and their squares."""

OfferKey: TypeAlias = tuple[str, str]
"""An offer's id and kind."""

Spells: TypeAlias = Mapping[str, Mapping[str, Spell]]
"""The wordings of one offer by their ids, each by the stretch of days."""

ENOUGH_TO_COMPARE = 100
"""Two wordings are compared once each was shown this often in the stretches in which both were said: below, the normal
approximation is too rough."""

ERROR = 0.05
"""The probability that the report ever says that any wordings differ when none do."""

TIGHTEST = 500
"""The number of questions of each wording at which the intervals are about tightest: two weeks of a busy counter."""

MS = 1000


@value
class Apart:
    """How far one wording is above another: in yeses a question shown (0 to 1), or in seconds."""

    wording: str
    other: str
    by: Interval

    @property
    def is_shown(self) -> bool:
        """Whether the difference is more than chance gives."""
        return self.by.low > 0


class WordingVerdict(StrEnum):
    """What can be said of an offer's wordings: too few answers, no difference shown, or one that is better."""

    FEW = "few"
    SAME = "same"
    BETTER = "better"


@value
class Comparison:
    """The two wordings of an offer that are furthest apart in yeses, and those in seconds; None: too few answers."""

    yes: Apart | None
    seconds: Apart | None

    @property
    def verdict(self) -> WordingVerdict:
        """Compared by yeses; the seconds are shown too."""
        if self.yes is None:
            return WordingVerdict.FEW
        return WordingVerdict.BETTER if self.yes.is_shown else WordingVerdict.SAME


def stretches(spans: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """Cut the days of all wordings wherever one of them begins or has ended. Returns the first and last day of each
    piece; `spans` are first and last days (ISO).

    Within a piece every wording is said on all days or on none, and each is drawn as often as the others. So a piece
    serves as one stratum, as a day would, and a year does not make three hundred of them.
    """
    if not spans:
        return []
    end = max(last for _, last in spans)
    starts = sorted({first for first, _ in spans} | {_day(last, 1) for _, last in spans if last < end})
    return [*zip(starts, [*(_day(start, -1) for start in starts[1:]), end], strict=True)]


def _day(day: str, later: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=later)).isoformat()


def compared(offers: Mapping[OfferKey, Spells]) -> dict[OfferKey, Comparison]:
    """Compare the wordings of each offer, two at a time, over the stretches in which both were said.

    Yeses are counted per question *shown*. Longer words make more refusals too fast to have been said, so that yeses
    per question said would favour long wordings. Each stretch is compared by itself, since a wording that was edited
    has other days than the one that it replaced.
    """
    pairs = {key: [*_pairs(spells)] for key, spells in offers.items()}
    count = 2 * sum(len(found) for found in pairs.values())
    return {key: _comparison(offers[key], found, count) for key, found in pairs.items()}


def _pairs(spells: Spells) -> Iterator[tuple[str, str]]:
    """The wordings of an offer that can be compared."""
    for one, other in combinations(sorted(spells), 2):
        both = spells[one].keys() & spells[other].keys()
        if min(sum(spells[wording][stretch][0] for stretch in both) for wording in (one, other)) >= ENOUGH_TO_COMPARE:
            yield one, other


def _comparison(spells: Spells, pairs: list[tuple[str, str]], count: int) -> Comparison:
    yes = [_apart(spells, one, other, _yes, count) for one, other in pairs]
    seconds = [_apart(spells, one, other, _seconds, count) for one, other in pairs]
    return Comparison(_furthest(yes), _furthest(seconds))


Sums: TypeAlias = tuple[int, float, float]
"""How many, their sum, and the sum of their squares."""


def _yes(spell: Spell) -> Sums:
    return spell[0], spell[1], spell[1]


def _seconds(spell: Spell) -> Sums:
    return spell[2], spell[3] / MS, spell[4] / MS / MS


def _apart(spells: Spells, one: str, other: str, of: Callable[[Spell], Sums], count: int) -> Apart | None:
    """How far the higher of two wordings is above the other, with room for all comparisons and for every look."""
    both = spells[one].keys() & spells[other].keys()
    strata = [Stratum(*of(spells[one][stretch]), *of(spells[other][stretch])) for stretch in sorted(both)]
    found = stratified_difference(strata)
    if found is None:
        return None
    weighed = sum(
        day.count * day.other_count / (day.count + day.other_count) for day in strata if day.count and day.other_count
    )
    wide = (found.high - found.value) / NORMAL_95 * width_at_any_time(2 * weighed, count)
    high, low = (one, other) if found.value >= 0 else (other, one)
    apart = abs(found.value)
    return Apart(high, low, Interval(apart, apart - wide, apart + wide, round(2 * weighed)))


def _furthest(found: list[Apart | None]) -> Apart | None:
    """The one whose interval begins highest; None where there is none."""
    return max((apart for apart in found if apart is not None), key=lambda apart: apart.by.low, default=None)


def width_at_any_time(count: float, comparisons: int) -> float:
    """Half the width of an interval, in standard errors, that holds whenever somebody looks.

    A report is read every day, and a 95 % interval that is looked at a hundred times is wrong at some time far more
    often than once in twenty. This is the boundary of a normal mixture (Robbins 1970). A path of any length crosses it
    with at most the probability of the error. The error is shared among the comparisons (Bonferroni).
    """
    scale = 8 * count / TIGHTEST
    return sqrt(2 * (1 + 1 / scale) * log(sqrt(1 + scale) * comparisons / ERROR))
