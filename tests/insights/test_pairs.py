"""Counting orders, things and pairs."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.insights import pairs
from pos.insights.ease import has_numeric
from pos.insights.pairs import Numbers, NumericTally, Tally
from pos.insights.proposals import Proposal, best_of, proposals, share_interval

TALLIES = [Tally, pytest.param(NumericTally, marks=pytest.mark.skipif(not has_numeric(), reason="no numeric extra"))]
SKUS = st.lists(st.sampled_from(["a", "b", "c", "d-m", "d-l"]), min_size=1, max_size=6)


def kin(sku: str) -> str:
    return sku.partition("-")[0]


@pytest.mark.parametrize("kind", TALLIES)
@given(orders=st.lists(SKUS, max_size=12), dense=st.booleans())
def test_counts_are_what_counting_by_hand_gives(kind: type[Tally], orders: list[list[str]], dense: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "MOST_DENSE", 512 if dense else 0)
        check_counts(kind, orders)


def check_counts(kind: type[Tally], orders: list[list[str]]) -> None:
    tally, numbers = kind(), Numbers(kin, {"c": 4})
    for half in (orders[::2], orders[1::2]):
        tally.add_text(" ".join("\n" + " ".join(order) for order in half), numbers)
    names = {number: name for name, number in numbers.kins.items()}
    sets = [sorted({kin(sku) for sku in order}) for order in orders]
    assert tally.orders == len(orders)
    assert {names[item]: count for item, count in tally.items.items()} == Counter(x for one in sets for x in one)
    together = {frozenset((names[one], names[other])): count for (one, other), count in tally.pairs.items()}
    assert together == Counter(frozenset(pair) for one in sets for pair in combinations(one, 2))
    assert all(one < other for one, other in tally.pairs)


def test_sizes_of_one_thing_share_a_number_and_known_ones_keep_theirs() -> None:
    numbers = Numbers(kin, {"d": 7})
    assert (numbers["d-m"], numbers["d-l"], numbers["a"]) == (7, 7, 8)


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


def test_what_comes_as_often_as_by_chance_is_not_proposed() -> None:
    kins = {1: ("a", 500), 2: ("b", 500), 3: ("c", 500)}
    found = proposals(1000, kins, {(1, 2): 250, (1, 3): 450, (2, 3): 9})
    assert {(one.trigger, one.offered) for one in found} == {("a", "c"), ("c", "a")}


def test_a_trigger_has_three_proposals_at_most_the_likeliest() -> None:
    found = best_of(Proposal("a", f"b{n}", 10_000, 500, 600, 100 + n) for n in range(9))
    assert [one.offered for one in found] == ["b8", "b7", "b6"]


def test_the_interval_of_a_share_holds_it_and_nothing_says_nothing() -> None:
    low, high = share_interval(30, 100)
    assert 0.2 < low < 0.3 < high < 0.4
    assert share_interval(0, 0) == (0.0, 1.0)
