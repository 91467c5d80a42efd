"""What the ledger says of a yes, shrunk."""

from __future__ import annotations

from math import isclose

from pos.insights.chances import HALF_LIFE_DAYS, Answers, Known, Offered, faded, part_of_day, prior_chance

NOON = Offered("burger-shake", "shake", "noon")


def known(*taken: tuple[Offered, float, float]) -> Known:
    found = Known()
    for offer, yes, said in taken:
        found.learn(offer, Answers(yes, said))
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
    elsewhere = found.posterior(Offered("nuggets-shake", "shake", "noon"), 0.17).mean
    other = found.posterior(Offered("burger-pie", "pie", "noon"), 0.17).mean
    assert 0.5 > same > elsewhere > other == 0.17


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
    found = known((NOON, 300, 1000))
    before = found.posterior(NOON, 0.17)
    found.fade(0.5)
    assert found.posterior(NOON, 0.17).spread > before.spread


def test_what_is_bought_together_more_often_than_chance_starts_higher() -> None:
    assert prior_chance("cross_sell", 0.25) < prior_chance("cross_sell") < prior_chance("cross_sell", 4)
    assert prior_chance("cross_sell", 10_000) <= 0.6


def test_every_hour_has_its_part_of_the_day() -> None:
    assert [part_of_day(hour) for hour in (0, 10, 11, 14, 15, 18, 19, 23)] == [
        "morning", "morning", "noon", "noon", "afternoon", "afternoon", "evening", "evening",
    ]  # fmt: skip
