"""Equal wordings are hardly ever told apart, however often somebody looks; different ones are."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.insights.figures.wordings import Apart, Comparison, Spell, Spells, compared, stretches

KEY = ("meal:1", "upsell")


def a_day(draws: random.Random, shown: int, rate: float, ms: int = 0) -> Spell:
    """So many questions with a chance of a yes; answers take about so long, where that is asked for."""
    yes = sum(draws.random() < rate for _ in range(shown))
    times = [max(300, round(draws.gauss(ms, 1500))) for _ in range(shown if ms else 0)]
    return (shown, yes, len(times), sum(times), float(sum(time * time for time in times)))


def said(draws: random.Random, days: int, *rates: float, shown: int = 50) -> Spells:
    """As many wordings as rates, each shown so often a day."""
    return {
        f"w{place}": {f"2026-{day:04}": a_day(draws, shown, rate) for day in range(days)}
        for place, rate in enumerate(rates)
    }


def comparison(days: Spells) -> Comparison:
    return compared({KEY: days})[KEY]


def difference(days: Spells) -> Apart:
    found = comparison(days).yes
    assert found is not None
    return found


def test_equal_wordings_are_hardly_ever_told_apart_though_somebody_looks_every_day() -> None:
    """Two hundred shops that look at the report on each of twenty days."""
    alarms = 0
    for seed in range(200):
        days = said(random.Random(seed), 20, 0.2, 0.2)
        until = [f"2026-{day:04}" for day in range(20)]
        looks = ({name: {day: of[day] for day in until[:last]} for name, of in days.items()} for last in range(2, 21))
        alarms += any(difference(look).is_shown for look in looks)
    assert alarms <= 10


def test_a_true_difference_is_found_at_two_thousand() -> None:
    found = [difference(said(random.Random(seed), 20, 0.2, 0.3)) for seed in range(20)]
    assert sum(apart.is_shown and apart.wording == "w1" for apart in found) >= 18
    assert sum(apart.by.low < 0.1 < apart.by.high for apart in found) >= 19


def test_more_comparisons_need_more_proof() -> None:
    draws = random.Random(1)
    two = said(draws, 20, 0.2, 0.26)
    alone = difference(two)
    beside = compared({KEY: two, **{(f"meal:{n}", "upsell"): said(draws, 20, 0.2, 0.2) for n in range(2, 12)}})[KEY].yes
    assert beside is not None
    assert (beside.by.value, beside.by.count) == (alone.by.value, alone.by.count)
    assert beside.by.low < alone.by.low


@pytest.mark.parametrize(("days", "enough"), [(1, False), (2, True)])
def test_too_few_are_not_compared(days: int, enough: bool) -> None:
    assert (comparison(said(random.Random(1), days, 0.2, 0.9)).yes is not None) is enough


def test_a_wording_that_was_edited_is_not_compared_with_the_one_that_it_replaced() -> None:
    """January with the old words and February with the new ones tells about the months."""
    draws = random.Random(1)
    old = {f"2026-01{day:02}": a_day(draws, 50, 0.2) for day in range(28)}
    new = {f"2026-02{day:02}": a_day(draws, 50, 0.6) for day in range(28)}
    assert comparison({"old": old, "new": new}) == Comparison(None, None)
    beside = {day: a_day(draws, 50, 0.2 if day in old else 0.6) for day in (*old, *new)}
    assert not difference({"old": old, "new": new, "beside": beside}).is_shown


def test_of_three_the_pair_that_is_surest_is_told() -> None:
    found = difference(said(random.Random(3), 30, 0.2, 0.22, 0.4))
    assert (found.wording, found.other, found.is_shown) == ("w2", "w0", True)


def test_words_that_take_longer_are_told_with_their_seconds() -> None:
    draws = random.Random(1)
    slow = {f"d{day}": a_day(draws, 50, 0.2, 6000) for day in range(20)}
    quick = {f"d{day}": a_day(draws, 50, 0.2, 4000) for day in range(20)}
    found = comparison({"slow": slow, "quick": quick}).seconds
    assert found is not None
    assert (found.wording, found.other, found.is_shown) == ("slow", "quick", True)
    assert found.by.low < 2.0 < found.by.high


def test_days_are_cut_where_a_wording_begins_or_has_ended() -> None:
    old, new, beside = ("2026-01-01", "2026-01-20"), ("2026-01-20", "2026-02-28"), ("2026-01-01", "2026-02-28")
    assert stretches([old, new, beside]) == [
        ("2026-01-01", "2026-01-19"),
        ("2026-01-20", "2026-01-20"),
        ("2026-01-21", "2026-02-28"),
    ]
    assert stretches([beside]) == [beside]
    assert stretches([]) == []


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 60)), min_size=1, max_size=6))
def test_in_each_stretch_a_wording_is_said_on_all_days_or_on_none(days: list[tuple[int, int]]) -> None:
    spans = [(day_of(first), day_of(first + more)) for first, more in days]
    pieces = stretches(spans)
    assert (pieces[0][0], pieces[-1][1]) == (min(first for first, _ in spans), max(last for _, last in spans))
    for (_, last), (following, _) in pairwise(pieces):
        assert date.fromisoformat(following) - date.fromisoformat(last) == timedelta(days=1)
    for begins, ends in pieces:
        assert begins <= ends
        for first, last in spans:
            assert (first <= begins and ends <= last) or ends < first or last < begins


def day_of(number: int) -> str:
    """A day around a change of the year."""
    return (date(2025, 11, 1) + timedelta(days=number)).isoformat()
