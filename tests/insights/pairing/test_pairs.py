"""Counting orders, things and pairs."""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.proposal import Proposal
from pos.insights.pairing import pairs
from pos.insights.pairing.matrix import has_numpy
from pos.insights.pairing.pairs import Kins, NumericTally, PairCounts
from pos.insights.pairing.proposals import best_of, proposals

TALLIES = [PairCounts, pytest.param(NumericTally, marks=pytest.mark.skipif(not has_numpy(), reason="no numeric extra"))]
KIN_OF = [0, 1, 2, 3, 9, 9]
"""Items 4 and 5 are two sizes of one thing."""

ORDERS = st.lists(st.lists(st.integers(1, 5), max_size=6), max_size=12)


@pytest.mark.parametrize("kind", TALLIES)
@settings(deadline=None)  # the first example imports NumPy
@given(orders=ORDERS, dense=st.booleans(), whole=st.booleans())
def test_counts_are_what_counting_by_hand_gives(
    kind: type[PairCounts], orders: list[list[int]], dense: bool, whole: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "MOST_DENSE", 512 if dense else 0)
        patch.setattr(pairs, "MOST_PAIRS", 1000 if whole else 20)
        check_counts(kind, orders)


def check_counts(kind: type[PairCounts], orders: list[list[int]]) -> None:
    tally = kind()
    for half in (orders[::2], orders[1::2]):
        tally.add([len(order) for order in half], array("I", chain.from_iterable(half)), KIN_OF)
    sets = [sorted({KIN_OF[item] for item in order}) for order in orders]
    assert tally.orders == len(orders)
    assert tally.items == Counter(chain.from_iterable(sets))
    assert tally.pairs() == Counter(pair for one in sets for pair in combinations(one, 2))


def test_known_kins_keep_their_numbers_and_new_ones_get_the_next() -> None:
    kins = Kins({"d": 7})
    assert [kins.number(kin) for kin in ("d", "a", "a", "b")] == [7, 8, 8, 9]


def test_what_comes_as_often_as_by_chance_is_not_proposed() -> None:
    kins = {1: ("a", 500), 2: ("b", 500), 3: ("c", 500)}
    found = proposals(1000, kins, {(1, 2): 250, (1, 3): 450, (2, 3): 9})
    assert {(one.trigger, one.offered) for one in found} == {("a", "c"), ("c", "a")}


def test_a_trigger_has_three_proposals_at_most_the_likeliest() -> None:
    found = best_of(Proposal("a", f"b{n}", 10_000, 500, 600, 100 + n) for n in range(9))
    assert [one.offered for one in found] == ["b8", "b7", "b6"]


def sure(trigger: str, offered: str, triggers: int, offereds: int, together: int) -> Proposal:
    return Proposal(trigger, offered, 10_000, triggers, offereds, together)


def both_ways(one: str, other: str, ones: int, others: int, together: int) -> list[Proposal]:
    return [sure(one, other, ones, others, together), sure(other, one, others, ones, together)]


def test_a_pair_is_proposed_in_one_direction_the_one_that_can_be_asked() -> None:
    found = both_ways("burger", "sauce", 600, 300, 200)
    assert [(one.trigger, one.offered) for one in best_of(found)] == [("sauce", "burger")]
    (asked,) = best_of(found, group_of=lambda one: int(one.offered != "sauce"))
    assert (asked.trigger, asked.offered) == ("burger", "sauce")


def test_what_was_said_of_a_pair_holds_for_its_direction() -> None:
    found = both_ways("burger", "sauce", 600, 300, 200)
    assert [one.offered for one in best_of(found, settled={("burger", "sauce")})] == ["sauce"]


def test_what_everybody_buys_does_not_crowd_out_what_goes_together() -> None:
    milk = [pair for n in range(60) for pair in both_ways(f"thing {n}", "milk", 600, 4_000, 320)]
    pairs = [pair for n in range(30) for pair in both_ways(f"part {n}", f"other {n}", 200, 200, 60)]
    found = best_of(milk + pairs)
    assert sum("milk" in (one.trigger, one.offered) for one in found) <= 8
    assert all("milk" not in (one.trigger, one.offered) for one in found[:30])


def test_what_can_be_asked_has_a_hundred_places_of_its_own() -> None:
    found = [sure(f"name:{n}", f"name:o{n}", 200, 200, 150) for n in range(300)]
    found += [sure(f"a{n}", f"b{n}", 200, 200, 60) for n in range(40)]
    kept = best_of(found, group_of=lambda one: int(one.trigger.startswith("name:")))
    assert [one.trigger[0] for one in kept] == ["a"] * 40 + ["n"] * 100
