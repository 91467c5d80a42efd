"""What the ledger says of a yes, shrunk."""

from __future__ import annotations

from math import isclose

import pytest

from pos.insights.choosing.chances import HALF_LIFE_DAYS, NONE, Answers, Offered, faded, prior_chance
from pos.insights.choosing.drift import age_of, drift_since
from pos.insights.choosing.known import Known, known_from
from pos.insights.pairing.affinity import UNKNOWN, Affinity, Sums

NOON = Offered("burger-shake", "shake", "noon")


def known(*taken: tuple[Offered, float, float]) -> Known:
    found = Known()
    for offer, yes, said in taken:
        found.learn(offer, Answers(yes, said), 0.17)
    found.settle(4)
    return found


def test_before_anybody_was_asked_it_is_the_prior() -> None:
    assert isclose(Known().posterior(NOON, 0.17).mean, 0.17)


def test_three_lucky_answers_are_no_rule() -> None:
    assert known((NOON, 3, 3)).posterior(NOON, 0.17).mean < 0.4


def test_many_answers_outweigh_everything_else() -> None:
    found = known((NOON, 3000, 10_000)).posterior(NOON, 0.05)
    assert abs(found.mean - 0.30) < 0.01
    assert found.spread < 0.01


def test_an_answer_tells_more_of_the_same_offer_than_of_the_same_thing_elsewhere() -> None:
    found = known((NOON, 200, 400), (Offered("wrap-shake", "shake", "noon"), 60, 400))
    same = found.posterior(Offered("burger-shake", "shake", "evening"), 0.17).mean
    elsewhere = found.posterior(Offered("nuggets-shake", "shake", "evening"), 0.17).mean
    assert 0.5 > same > elsewhere > 0.17


def test_what_is_liked_at_noon_is_liked_at_noon_after_something_else_too() -> None:
    found = known(
        *[(Offered("burger-shake", "shake", part), yes, 400) for part, yes in (("noon", 160), ("evening", 40))]
    )
    after_nuggets = [
        found.posterior(Offered("nuggets-shake", "shake", part), 0.17).mean for part in ("noon", "evening")
    ]
    assert after_nuggets[0] > 1.5 * after_nuggets[1]


def test_an_affinity_lies_between_one_and_what_the_answers_alone_say() -> None:
    def found(times: int) -> tuple[float, float]:
        return Affinity({"shake": [Sums(), Sums(30.0 * times, 15.0 * times), Sums(), Sums()]}).of("shake", 1)

    (few, wide), (many, narrow) = found(1), found(100)
    assert 1 < few < many < 2
    assert many > 1.98
    assert narrow < wide
    assert isclose(narrow, 1 / 3000, rel_tol=0.05)


def test_an_affinity_of_an_offer_that_nobody_made_is_that_of_its_item() -> None:
    affinity = Affinity({"burger-shake": [Sums(60, 30)] * 4})
    offered, spread = affinity.of("burger-shake", 2)
    other, wider = affinity.of("wrap-shake", 2)
    assert 1 < other < offered
    assert wider > spread
    assert Affinity({}).of("any", 0) == (1.0, pytest.approx(UNKNOWN))


def test_less_is_known_of_a_new_offer_than_of_one_often_made() -> None:
    found = known((NOON, 200, 1000))
    assert found.posterior(Offered("nuggets-shake", "shake", "noon"), 0.17).spread > found.posterior(NOON, 0.17).spread


def test_a_second_of_its_sort_is_learned_to_be_less_welcome() -> None:
    second = Offered("burger-shake", "shake", "noon", second=True)
    found = known((NOON, 200, 1000), *[(second, 1, 10)] * 100)
    assert found.posterior(second, 0.17).mean < 0.14
    assert abs(found.posterior(NOON, 0.17).mean - 0.20) < 0.03


def test_answers_fade_by_half_in_a_half_life() -> None:
    assert isclose(faded(HALF_LIFE_DAYS), 0.5)
    assert faded(-1) == 1


def asked_twice(old: int, young: int) -> float:
    """The chance of one of eight things: of a thousand asked half a year ago, and of two hundred now, so many yeses."""
    rows = []
    for n in range(8):
        offer = Offered(f"o-{n}", f"t-{n}", "noon")
        rows += [(offer, 0.17, Answers(old, 1000), 180.0), (offer, 0.17, Answers(young, 200), 1.0)]
    return known_from(rows).posterior(Offered("o-1", "t-1", "noon"), 0.17).mean


def test_answers_of_long_ago_count_while_later_ones_confirm_them() -> None:
    assert abs(asked_twice(200, 44) - 0.205) < 0.008
    assert asked_twice(200, 100) > 0.45


def test_only_what_chance_does_not_explain_is_drift() -> None:
    steady = [[[Answers(4, 20), Answers(40, 200), NONE, NONE]]] * 10
    drifted = [[[Answers(12, 20), Answers(40, 200), NONE, NONE]]] * 10
    assert drift_since(steady) == [0.0] * 4
    first, week_old, *_ = drift_since(drifted)
    assert first == 0.0
    assert week_old > 0.3
    assert [age_of(days) for days in (0, 6.9, 7, 30, 400)] == [0, 0, 1, 2, 3]


def test_what_is_bought_together_more_often_than_chance_starts_higher() -> None:
    assert prior_chance("cross_sell", 0.25) < prior_chance("cross_sell") < prior_chance("cross_sell", 4)
    assert prior_chance("cross_sell", 10_000) <= 0.6
