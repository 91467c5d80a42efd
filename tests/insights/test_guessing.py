"""Guessing what else belongs to an order."""

from __future__ import annotations

import csv
from datetime import datetime

import pytest

from pos.insights.baskets import Basket, held_out, most_sold, renumbered, split_in_time
from pos.insights.blend import learn_blend
from pos.insights.ease import STRENGTH, ease_rows, has_numeric
from pos.insights.guessing import contest
from pos.insights.lesson import Lesson
from pos.insights.peers import PEERS, Learn
from pos.insights.together import Together
from tests.insights.histories import REAL, at, real, with_a_habit


@pytest.fixture(params=[False, True], ids=["counted", "by NumPy"])
def numeric(request: pytest.FixtureRequest) -> bool:
    """Without the numeric extra, and with it."""
    if request.param and not has_numeric():
        pytest.skip("the numeric extra is not installed")
    return bool(request.param)


def best(scores: object, among: range) -> int:
    assert isinstance(scores, list)
    return max(among, key=lambda item: scores[item])


def test_the_first_four_fifths_of_the_days_are_learned_from_and_no_day_is_cut() -> None:
    baskets = [Basket(at(day, hour), (1,)) for day in range(10) for hour in (9, 20)]
    learn, test = split_in_time(reversed(baskets))
    assert ({basket.day for basket in learn}, {basket.day for basket in test}) == ({*range(8)}, {8, 9})


def test_one_day_leaves_nothing_to_test_on() -> None:
    assert split_in_time([Basket(at(1), (1, 2)), Basket(at(1, 20), (1, 2))])[1] == []


def test_each_item_of_an_order_is_held_out_once_and_single_things_never() -> None:
    cases = held_out([Basket(at(1), (4,)), Basket(at(1), (1, 2, 3))], 100)
    assert [(case.item, case.rest) for case in cases] == [(1, (2, 3)), (2, (1, 3)), (3, (1, 2))]


def test_of_too_many_guesses_whole_orders_are_left_out() -> None:
    baskets = [Basket(at(1), (1, 2))] * 100
    cases = held_out(baskets, 50)
    assert 0 < len(cases) <= 50
    assert len(cases) == 2 * len({case.order for case in cases})


def test_items_are_numbered_by_what_sells_most() -> None:
    baskets = [Basket(at(1), (5, 7)), Basket(at(1), (3, 7))]
    numbers = most_sold(baskets, 2)
    assert numbers == {7: 0, 3: 1}
    assert [basket.items for basket in renumbered(baskets, numbers)] == [(0,), (0, 1)]


@pytest.mark.parametrize("name", ["popularity", *sorted(set(PEERS) - {"popularity"}), "ours"])
def test_what_goes_with_a_thing_is_guessed_by_all_but_popularity(name: str, numeric: bool) -> None:
    learn = learn_blend if name == "ours" else PEERS[name]
    scores = list(learn(Lesson(with_a_habit(), 12, numeric)).scores((3,), 18))
    assert (best(scores, range(9, 12)) == 9) == (name != "popularity")


@pytest.mark.parametrize("learn", [learn_blend, PEERS["pmi-hour"]])
def test_the_hour_counts(learn: Learn, numeric: bool) -> None:
    guesser = learn(Lesson(with_a_habit(), 12, numeric))
    morning, evening = list(guesser.scores((5,), 8)), list(guesser.scores((5,), 18))
    assert best(morning, range(12)) in (5, 11)
    assert morning[11] - morning[4] > evening[11] - evening[4] + 1


def test_without_the_numeric_extra_ours_is_counted_and_says_so() -> None:
    found = contest(with_a_habit(), numeric=False)
    assert found is not None
    assert not found.numeric
    assert found.ours.hit1.value > found.peers["popularity"].hit1.value


def test_a_certain_guess_has_a_full_score_and_no_doubt() -> None:
    found = contest([Basket(at(day, hour), (1, 2)) for day in range(10) for hour in range(9, 20)])
    assert found is not None
    assert (found.learned, found.tested, found.guesses) == (88, 22, 44)
    assert all(
        (one.value, one.low, one.high) == (100, 100, 100) for one in (found.ours.hit1, found.ours.hit3, found.ours.mrr)
    )


@pytest.mark.parametrize(
    "baskets",
    [[], [Basket(at(1), (1, 2))], [Basket(at(day), (1,)) for day in range(9)]],
    ids=["nothing", "one order", "one item"],
)
def test_what_gives_nothing_to_guess_gives_no_contest(baskets: list[Basket]) -> None:
    assert contest(baskets) is None


def test_an_item_never_seen_in_learning_is_a_miss_and_no_error() -> None:
    baskets = [Basket(at(day), (1, 2)) for day in range(8)] + [Basket(at(day), (1, 77)) for day in (8, 9)]
    found = contest(baskets)
    assert found is not None
    assert found.ours.hit3.value == 50  # 1 from 77 is found, 77 from 1 is not


@pytest.mark.soak
@pytest.mark.parametrize("name", REAL)
def test_no_peer_is_clearly_better_than_ours_on_a_real_history(name: str, numeric: bool) -> None:
    found = contest(baskets_of(name), numeric=numeric)
    assert found is not None
    for part in ("hit1", "hit3", "mrr"):
        ours = getattr(found.ours, part)
        best_peer = max(getattr(score, part).value for score in found.peers.values())
        assert ours.value > best_peer - (ours.high - ours.value) / 4, part  # of two as good either may be a hair ahead


def test_the_two_ways_to_ease_agree() -> None:
    together = Together(with_a_habit(), 12)
    if not has_numeric():
        pytest.skip("the numeric extra is not installed")
    for plain, numeric in zip(ease_rows(together, False), ease_rows(together, True), strict=True):
        assert plain == pytest.approx(numeric)


def test_ease_weights_solve_the_regression_that_they_are_of() -> None:
    together = Together(with_a_habit(), 12)
    rows = ease_rows(together, False)
    for target in range(12):
        for item in set(range(12)) - {target}:
            fitted = sum(
                rows[other][target]
                * (together.pairs[item][other] + (other == item) * (together.items[item] + STRENGTH))
                for other in range(12)
            )
            assert fitted == pytest.approx(together.pairs[item][target])


def baskets_of(name: str) -> list[Basket]:
    """A real history, read without the till's own importer."""
    items: dict[str, set[int]] = {}
    when: dict[str, int] = {}
    numbers: dict[str, int] = {}
    with real(name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            items.setdefault(row["order"], set()).add(numbers.setdefault(row["item"], len(numbers)))
            since = datetime.fromisoformat(row["time"]) - datetime(1970, 1, 1)  # noqa: DTZ001  # the shop's own clock
            when[row["order"]] = int(since.total_seconds() // 60)
    return [Basket(when[order], tuple(sorted(items[order]))) for order in items]
