"""Intervals hold what they promise."""

from __future__ import annotations

import random
from math import isclose, sqrt

from hypothesis import given
from hypothesis import strategies as st

from pos.insights.intervals import PairSums, Stratum, mean_of, ratio_of, share_of, stratified_difference


def sums_of(pairs: list[tuple[float, float]]) -> PairSums:
    return PairSums(
        len(pairs),
        sum(x for x, _ in pairs),
        sum(y for _, y in pairs),
        sum(x * x for x, _ in pairs),
        sum(y * y for _, y in pairs),
        sum(x * y for x, y in pairs),
    )


def test_a_share_of_nothing_is_no_figure_rather_than_zero() -> None:
    assert share_of(0, 0) is None
    assert mean_of(0, 0, 0) is None
    assert ratio_of(PairSums(0, 0, 0, 0, 0, 0)) is None


def test_a_share_is_wilsons_interval() -> None:
    found = share_of(10, 40)
    assert found is not None
    assert isclose(found.low, 0.1419, abs_tol=0.0005)
    assert isclose(found.high, 0.4019, abs_tol=0.0005)


@given(st.integers(1, 5000), st.floats(0, 1), st.sampled_from([1.0, 1.959964, 3.0]))
def test_at_either_end_a_share_is_so_many_standard_errors_away(count: int, part: float, errors: float) -> None:
    found = share_of(round(part * count), count, errors)
    assert found is not None
    for end in (found.low, found.high):  # what makes it Wilson's: the error is that of the end
        assert isclose(abs(found.value - end), errors * sqrt(end * (1 - end) / count), abs_tol=1e-7)


def test_no_share_reaches_below_none_or_above_all() -> None:
    none, every = share_of(0, 5), share_of(5, 5)
    assert none is not None
    assert every is not None
    assert none.low >= 0
    assert every.high <= 1
    assert none.high > 0.3
    assert none.is_few


def test_an_uplifts_interval_holds_the_truth_nineteen_times_in_twenty() -> None:
    draws = random.Random(4)
    truth = 0.13 * 15 / 120
    held = 0
    for _ in range(400):
        pairs = []
        for _ in range(300):
            base = draws.choice((60.0, 90.0, 120.0, 210.0))
            pairs.append((15.0 if draws.random() < 0.13 else 0.0, base))
        found = ratio_of(sums_of(pairs))
        assert found is not None
        held += found.low <= truth <= found.high
    assert 0.91 <= held / 400 <= 0.98


def test_orders_with_questions_are_compared_with_those_without_on_the_same_day() -> None:
    # A dear day with few control orders and a cheap one with many: the difference is ten on either.
    dear = Stratum(4, 4 * 210.0, 4 * 210.0**2 + 40, 2, 2 * 200.0, 2 * 200.0**2 + 20)
    cheap = Stratum(2, 2 * 60.0, 2 * 60.0**2 + 20, 6, 6 * 50.0, 6 * 50.0**2 + 60)
    found = stratified_difference([dear, cheap])
    assert found is not None
    assert isclose(found.value, 10)
    assert found.low < 10 < found.high
    assert found.count == 8


def test_without_a_day_that_has_both_groups_there_is_no_increment() -> None:
    assert stratified_difference([Stratum(4, 800.0, 160_000.0, 0, 0, 0)]) is None
