"""The score cannot be gamed: no way of asking comes near asking rightly, in any scenario."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from statistics import fmean

import pytest

from pos.domain.order.order import Order
from pos.training import PracticeWay, ScorePart, score
from tests.training.playing import POLICIES, Player, never_ask, perfect
from tests.training.shop import menu, moment_of, scenarios

SEEDS = range(2)
OWN, GUIDED = PracticeWay.ON_YOUR_OWN, PracticeWay.GUIDED
CHEATS = [name for name in POLICIES if name != "perfect"]

ROUNDING = 1
"""Two rounds have lines of other worths: whole points may differ by one."""

MARGIN = {OWN: 25, GUIDED: 6}
"""Points between perfect and the next best, on average. Guided, the till shows only what fits: whoever asks everybody
differs from perfect with those alone who should not be asked."""


@cache
def totals(name: str, way: PracticeWay) -> dict[str, float]:
    """What a policy comes to in each scenario, on average."""
    return {
        entry.id: fmean(
            score(Player(entry, seed, POLICIES[name], way, moment_of(entry)).play(), menu()).total for seed in SEEDS
        )
        for entry in scenarios()
    }


@pytest.mark.parametrize("way", [OWN, GUIDED])
def test_a_perfect_trainee_gets_everything(way: PracticeWay) -> None:
    assert {name: total for name, total in totals("perfect", way).items() if total < 100} == {}


@pytest.mark.parametrize("way", [OWN, GUIDED])
@pytest.mark.parametrize("name", CHEATS)
def test_perfect_is_above_every_other_policy_by_a_margin(name: str, way: PracticeWay) -> None:
    assert fmean(totals("perfect", way).values()) - fmean(totals(name, way).values()) >= MARGIN[way]


@pytest.mark.parametrize("name", ["never ask", "fast no", "random", "fast space"])
@pytest.mark.parametrize("way", [OWN, GUIDED])
def test_whoever_does_not_ask_loses_far_more(name: str, way: PracticeWay) -> None:
    assert fmean(totals(name, way).values()) < 60


@pytest.mark.parametrize("name", ["always ask anything", "always first offer"])
@pytest.mark.parametrize("way", [OWN, GUIDED])
def test_asking_someone_who_should_not_be_asked_fails_the_round(name: str, way: PracticeWay) -> None:
    resting = [entry.id for entry in scenarios() if entry.rest is not None]
    assert resting
    assert all(totals(name, way)[entry] < 40 for entry in resting)


def marked(order: Order) -> Order:
    """Every size marked as said, so that nobody has to ask for a larger one."""
    return replace(order, lines=tuple(replace(line, size_said=True) for line in order.lines))


def allergic(order: Order) -> Order:
    """Allergies that nobody mentioned, so that nothing may be offered."""
    return replace(order, allergens=order.allergens | {"milk", "gluten", "eggs", "soybeans", "celery"})


@pytest.mark.parametrize("trick", [marked, allergic])
@pytest.mark.parametrize("way", [OWN, GUIDED])
def test_a_question_is_not_got_rid_of_by_marking_something(trick: Callable[[Order], Order], way: PracticeWay) -> None:
    for entry in scenarios():
        honest = score(Player(entry, 1, never_ask, way, moment_of(entry)).play(), menu())
        tricked = score(Player(entry, 1, never_ask, way, moment_of(entry), tweak=trick).play(), menu())
        assert tricked.total <= honest.total + ROUNDING, entry.id


@pytest.mark.parametrize("entry", scenarios(), ids=lambda entry: entry.id)
def test_every_part_of_a_perfect_round_is_whole(entry) -> None:  # type: ignore[no-untyped-def]
    scored = score(Player(entry, 7, perfect, OWN, moment_of(entry)).play(), menu())
    assert all(earned == pytest.approx(worth) for earned, worth in scored.parts.values())
    assert {ScorePart.ORDER, ScorePart.ASKING, ScorePart.PAYMENT} <= scored.parts.keys()


def test_an_answer_to_words_that_nobody_can_have_said_is_void_and_not_missing() -> None:
    entry = next(entry for entry in scenarios() if entry.id == "one-cheeseburger")
    hurried = Player(entry, 0, POLICIES["fast space"], GUIDED, moment_of(entry)).play()
    answers = [line.message_id for line in score(hurried, menu()).lines if line.part is ScorePart.ANSWERS]
    assert answers == ["score-answer-void"] * 2
