"""A proposed pair says how often it happens, and how sure that is."""

from __future__ import annotations

import pytest

from pos.domain.proposal import Proposal


def proposal(together: int, triggers: int = 412, offereds: int = 1000, orders: int = 10_000) -> Proposal:
    return Proposal("cheeseburger", "fries", orders, triggers, offereds, together)


def test_a_proposal_says_how_often_and_how_many_times_chance() -> None:
    found = proposal(118)
    assert found.support == 0.0118
    assert found.confidence == pytest.approx(118 / 412)
    assert found.raw_lift == pytest.approx(118 / 41.2)
    assert 1 < found.lift < found.raw_lift
    assert found.lift_interval[0] < found.lift < found.lift_interval[1]


def test_three_lucky_orders_are_no_rule() -> None:
    lucky = Proposal("a", "b", 10_000, 4, 5, 3)
    assert lucky.raw_lift > 1000
    assert lucky.lift < 1.5
    assert not lucky.is_sure


def test_more_orders_of_the_same_kind_are_surer() -> None:
    few, many = proposal(12, 41, 1000, 10_000), proposal(1200, 4100, 10_000, 100_000)
    assert many.lift_interval[1] - many.lift_interval[0] < few.lift_interval[1] - few.lift_interval[0]
    assert many.is_sure
