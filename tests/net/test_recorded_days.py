"""Recorded days at the counter are the same days now: whatever is rebuilt beneath the keys.

`drawing` drew the keys, `seen` says what is recorded, and `python -m tests.net.record` records anew where a behaviour
is meant to change. The days that tell most are played in each run of the tests, all of them with `-m soak`.
"""

from __future__ import annotations

import pytest

from tests.net.days import difference, play
from tests.net.kept import DAYS, SAMPLE, kept
from tests.net.reached import counting, table, too_seldom


def assert_same(number: int) -> None:
    """Play a day again, and check that each key shows the same and that the same is left at the end."""
    columns, days = kept()
    differs = difference(days[number], play(days[number], columns))
    assert not differs, f"\n{differs}"


@pytest.mark.parametrize("number", range(SAMPLE))
def test_a_recorded_day_is_the_same_day_again(number: int) -> None:
    assert_same(number)


@pytest.mark.soak
@pytest.mark.parametrize("number", range(SAMPLE, DAYS))
def test_every_other_recorded_day_is_the_same_day_again(number: int) -> None:
    assert_same(number)


@pytest.mark.soak
def test_the_recorded_days_reach_every_verb() -> None:
    columns, days = kept()
    with counting() as counted:
        for day in days:
            play(day, columns)
    print(table(counted))
    assert too_seldom(counted) == []
