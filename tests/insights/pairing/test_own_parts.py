"""A pair's own part of the day is told where it is sure, and what is likely beside a thing by the guess."""

from __future__ import annotations

import pytest

from pos.insights.pairing.baskets import Basket
from pos.insights.pairing.guess import pair_scores
from pos.insights.pairing.own_parts import OwnPart, own_parts
from pos.insights.parts_of_day import PartOfDay
from tests.insights.histories import at, with_a_habit


def orders(hour: int, together: int, apart: int) -> list[Basket]:
    """Orders with the trigger 1 at an hour, some of them with 2, too."""
    return [Basket(at(day, hour) + 1, (1, 2) if day < together else (1,)) for day in range(together + apart)]


def test_a_pair_of_the_morning_is_told_with_its_counts() -> None:
    found = own_parts(orders(8, 40, 20) + orders(19, 20, 180), [(1, 2)])
    assert found == {(1, 2): OwnPart(PartOfDay.MORNING, 60, 40, 200, 20)}


@pytest.mark.parametrize(
    "baskets",
    [orders(8, 40, 20) + orders(19, 130, 70), orders(8, 9, 0) + orders(19, 0, 200), orders(8, 40, 20), []],
    ids=["alike all day", "too few", "one part only", "nothing"],
)
def test_a_pair_of_the_whole_day_has_no_part_of_its_own(baskets: list[Basket]) -> None:
    assert own_parts(baskets, [(1, 2)]) == {}


def test_orders_whose_time_of_day_nobody_knows_tell_of_no_part() -> None:
    midnight = [Basket(at(day, 0), (1, 2)) for day in range(100)]
    assert own_parts(midnight + orders(8, 0, 100), [(1, 2)]) == {}


def test_what_people_take_with_a_thing_is_likeliest_beside_it() -> None:
    scores = pair_scores(with_a_habit(), [3])
    assert max(scores, key=lambda pair: scores[pair]) == (3, 9)
    assert sum(scores.values()) == pytest.approx(1)


@pytest.mark.parametrize("baskets", [[], [Basket(at(1), (1,))]], ids=["nothing", "one item"])
def test_where_nothing_can_be_beside_a_thing_nothing_is_said(baskets: list[Basket]) -> None:
    assert pair_scores(baskets, [1]) == {}
