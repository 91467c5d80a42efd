"""Who leaves out clearly more questions than the others do: for practice, not for a ranking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from pos.domain.value import value
from pos.insights.figures.sums import KindSums
from pos.insights.intervals import Interval, difference_of, share_of

CLEARLY = 0.05
"""The whole interval of the difference must lie above this. With at least 200 questions that is some four standard
errors when there is no difference, so that looking at many persons on many days raises hardly any false alarm."""


class Skip(StrEnum):
    """How a question was left out: by saying so, or by a no that came too fast for it to have been said."""

    NOT_ASKED = "not_asked"
    TOO_FAST = "too_fast"


@value
class Skipping:
    """A person whose questions were left out clearly more often than those of all others: their share and the others',
    of questions shown, and how far apart the two are."""

    person: str
    skip: Skip
    share: Interval
    others: Interval
    apart: Interval


def skipping(persons: Mapping[str, KindSums], whole: KindSums) -> Iterator[Skipping]:
    """The persons who leave out clearly more questions than all others, in the order given. `whole` holds everybody's
    questions, theirs included."""
    for person, sums in persons.items():
        for skip in Skip:
            mine, all_of_them = _count(sums, skip), _count(whole, skip)
            share = share_of(mine, sums.shown)
            others = share_of(all_of_them - mine, whole.shown - sums.shown)
            if share is None or others is None:
                continue
            apart = difference_of(share, others)
            if apart.low > CLEARLY:
                yield Skipping(person, skip, share, others, apart)


def _count(sums: KindSums, skip: Skip) -> int:
    return sums.not_asked if skip is Skip.NOT_ASKED else sums.too_fast
