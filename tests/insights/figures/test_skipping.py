"""Who leaves out questions is said only where it is more than chance, and enough to matter."""

from __future__ import annotations

import random

from pos.insights.figures.skipping import Skip, skipping
from pos.insights.figures.sums import KindSums
from pos.insights.intervals import difference_of, share_of


def test_whoever_leaves_out_clearly_more_than_the_others_is_named_with_how_much() -> None:
    persons = {"Amir": KindSums(shown=400, not_asked=140), "Kari": KindSums(shown=900, not_asked=20, too_fast=30)}
    (found,) = skipping(persons, sum(persons.values(), KindSums()))
    assert (found.person, found.skip, found.share.value) == ("Amir", Skip.NOT_ASKED, 0.35)
    assert found.apart.low < found.share.value - found.others.value < found.apart.high


def test_a_difference_too_small_to_matter_is_not_told_however_sure_it_is() -> None:
    persons = {"Amir": KindSums(shown=40_000, too_fast=4_000), "Kari": KindSums(shown=40_000, too_fast=2_500)}
    assert [*skipping(persons, sum(persons.values(), KindSums()))] == []


def test_nobody_is_named_where_all_leave_out_as_many() -> None:
    draws = random.Random(7)
    for _ in range(100):
        persons = {
            name: KindSums(shown=220, not_asked=sum(draws.random() < 0.12 for _ in range(220))) for name in "ABCD"
        }
        assert [*skipping(persons, sum(persons.values(), KindSums()))] == []


def test_whoever_is_alone_is_compared_with_nobody() -> None:
    alone = KindSums(shown=500, not_asked=400)
    assert [*skipping({"Amir": alone}, alone)] == []


def test_the_interval_of_a_difference_is_newcombes() -> None:
    one, other = share_of(56, 70), share_of(48, 80)
    assert one is not None
    assert other is not None
    found = difference_of(one, other)  # the first example of his paper: 0.0524 to 0.3339
    assert [round(value, 4) for value in (found.value, found.low, found.high)] == [0.2, 0.0524, 0.3339]
