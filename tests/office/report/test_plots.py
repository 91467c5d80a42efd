"""The plots show what is known, and seem to show no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.insights.figures.sums import KindSums, OrderSums
from pos.office.report import make_report
from pos.office.report.plots import plots, round_ticks
from pos.store import Store
from pos.wording import wording
from tests.builders import TODAY

NB = wording("nb")


@pytest.mark.parametrize("highest", [0.001, 0.5, 3, 9.9, 10, 11, 19.9, 33, 100])
def test_ticks_are_round_and_reach_above_the_highest(highest: float) -> None:
    ticks = round_ticks(highest)
    assert ticks[0] == 0 < highest < ticks[-1]
    assert len(ticks) <= 7
    assert all(len(f"{tick:g}") <= 6 for tick in ticks)


def test_a_day_above_the_line_is_one_bar_and_one_just_below_does_not_reach_it(store: Store) -> None:
    def sold(gain: int) -> OrderSums:
        return OrderSums(orders=50, total_minor=100_000 + gain, gain_minor=gain)

    report = replace(make_report(store, TODAY), days={f"2026-11-0{day}": sold(9_700) for day in range(1, 6)})
    report = replace(report, days={**report.days, "2026-11-06": sold(13_000)})
    rows = plots(report, NB, 80)[0].splitlines()
    at = next(place for place, row in enumerate(rows) if "-----" in row)
    assert "█" in rows[at - 1]
    assert rows[at].count("█") == rows[at - 1].count("█")


def test_an_hour_of_few_questions_is_in_no_plot(store: Store) -> None:
    many, few = KindSums(shown=60, accepted=20), KindSums(shown=4, accepted=3)
    report = replace(make_report(store, TODAY), hours={11: many, 12: many, 14: few})
    assert "14" not in plots(report, NB, 80)[0]
    assert plots(replace(report, hours={12: many, 14: few}), NB, 80) == []
