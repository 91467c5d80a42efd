"""The draw that now and then asks something else."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.asking.exploring import Worth, best_shares, drawn
from pos.domain.asking.offers import propose
from pos.domain.moment import Chance
from pos.domain.order.questions import OfferKind, Question
from tests.builders import kr, line, moment, order, pairing

WORTHS = st.lists(st.tuples(st.integers(-500, 5000), st.integers(0, 800)), min_size=1, max_size=6)
CLOSE: list[Worth] = [(400.0, 100.0), (360.0, 100.0), (-300.0, 20.0)]
SHAKE, PIE = "fries-m-cola-m", "fries-m-muffin"


def test_of_two_the_chance_of_being_the_best_is_what_drawing_from_each_would_give() -> None:
    draws, worths = random.Random(7), [(400.0, 100.0), (300.0, 200.0)]
    above = sum(draws.gauss(*worths[0]) > draws.gauss(*worths[1]) for _ in range(20_000)) / 20_000
    assert isclose(best_shares(worths)[0], above, abs_tol=0.015)


@given(WORTHS)
def test_the_chances_of_all_add_up_to_one_and_none_is_below_nothing(worths: list[Worth]) -> None:
    shares = best_shares(worths)
    assert isclose(sum(shares), 1)
    assert min(shares) >= 0


@given(st.lists(st.integers(-500, 5000), min_size=2, max_size=6), st.integers(0, 800))
def test_of_equally_well_known_ones_the_better_is_never_drawn_less_often(means: list[int], spread: int) -> None:
    shares = best_shares([(float(mean), float(spread)) for mean in sorted(means, reverse=True)])
    assert all(better >= worse - 1e-9 for better, worse in pairwise(shares))


def test_of_equals_without_any_doubt_the_first_is_the_best() -> None:
    assert best_shares([(5.0, 0.0), (5.0, 0.0), (4.0, 0.0)]) == [1.0, 0.0, 0.0]


def test_what_it_says_of_how_likely_a_choice_was_is_how_often_it_is_made() -> None:
    draws = random.Random(3)
    chosen = Counter(drawn(CLOSE, 0.5, draws.random) for _ in range(4000))
    for (_, likely), times in chosen.items():
        assert isclose(times / 4000, likely, abs_tol=0.025)
    assert [place for (place, _), _ in chosen.most_common()] == [0, 1]


def test_the_same_draw_gives_the_same_choice() -> None:
    assert len({drawn(CLOSE, 1.0, random.Random(5).random) for _ in range(5)}) == 1


def test_without_exploration_the_best_known_is_asked_for_certain() -> None:
    assert drawn([*CLOSE[1:], CLOSE[0]], 0.0, lambda: 0.999) == (2, 1.0)


def test_surer_knowledge_is_drawn_by_more_boldly() -> None:
    assert best_shares(CLOSE, boldness=0.5)[0] > best_shares(CLOSE)[0]


def asked(dice: float, priority: int) -> str:
    """What is asked with fries of two things of which the second is hardly worth less, or pinned."""
    chances = {
        SHAKE: Chance(0.20, kr(20), spread=0.1, priority=0),
        PIE: Chance(0.20, kr(20), spread=0.1, priority=priority),
    }
    pairings = (pairing("fries-m", "cola-m"), pairing("fries-m", "muffin"))
    now = replace(moment(pairings=pairings, chances=chances), exploration=1.0)
    found = propose(order(line("fries-m")), OfferKind.CROSS_SELL, now, lambda: dice)
    assert isinstance(found, Question)
    return found.offer.id


def test_nothing_of_a_lower_priority_is_tried_in_the_place_of_what_is_pinned() -> None:
    throws = [place / 50 for place in range(50)]
    assert {asked(dice, priority=0) for dice in throws} == {SHAKE, PIE}
    assert {asked(dice, priority=1) for dice in throws} == {PIE}
