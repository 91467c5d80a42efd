"""Space is *I have said it*: only then the customer answers, and what was passed over shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.counter import State
from pos.register.verbs import ringing
from pos.training import Did, Meaning
from tests.practice.rigs import Rig, a_rig, listen_and_ring, serve
from tests.practice.serving import check_to, last_reply


def at_question(folder: Path, name: str = "one-cheeseburger") -> Rig:
    rig = a_rig(folder, name)
    listen_and_ring(rig)
    rig.press("enter")
    check_to(rig, State.QUESTION)
    return rig


def kinds(rig: Rig) -> list[Did]:
    return [step.did for step in rig.sitting.visit.round.steps if step.kind is not None]


def test_the_customer_answers_only_after_space(folder: Path) -> None:
    rig = at_question(folder)
    assert Did.REPLIED not in kinds(rig)
    rig.think(6).press("space")
    assert kinds(rig)[-2:] == [Did.SAID, Did.REPLIED]


@pytest.mark.parametrize("key", ["j", "n", "1"])
def test_an_answer_before_the_words_were_said_is_refused_with_help(folder: Path, key: str) -> None:
    rig = at_question(folder)
    rig.think(6).press(key)
    assert rig.said == "practice-say-first"
    assert rig.counter.state is State.QUESTION
    assert Did.KEYED not in kinds(rig)


@pytest.mark.parametrize("key", ["1", "2"])
def test_eat_in_or_take_away_is_refused_before_it_was_asked(folder: Path, key: str) -> None:
    rig = a_rig(folder, "serving-not-said")
    listen_and_ring(rig)
    rig.press("enter")
    check_to(rig, State.SERVING)
    rig.press(key)
    assert (rig.said, rig.counter.state) == ("practice-say-first", State.SERVING)
    rig.press("space", key)
    assert rig.counter.state is not State.SERVING


def test_a_drink_is_refused_before_it_was_asked(folder: Path) -> None:
    rig = a_rig(folder, "kids-drink-not-said")
    rig.counter.register.do(ringing.ring, "kids-burger-meal", 2)
    rig.press("enter", "enter")
    check_to(rig, State.CHOICE)
    rig.press("1")
    assert (rig.said, rig.counter.state) == ("practice-say-first", State.CHOICE)


def test_a_second_space_is_no_second_asking(folder: Path) -> None:
    rig = at_question(folder)
    rig.think(6).press("space", "space")
    assert rig.said == "practice-has-answered"
    assert kinds(rig).count(Did.SAID) == 1


def test_no_tender_before_the_customer_has_said_how_they_pay(folder: Path) -> None:
    rig = at_question(folder)
    rig.press("0").press("0")
    assert rig.counter.state is State.PAYMENT
    rig.press("a")
    assert rig.said == "practice-ask-payment"
    rig.press("space")
    assert last_reply(rig).means is Meaning.PAYS


def test_a_wrong_answer_put_right_with_backspace_counts_as_put_right(folder: Path) -> None:
    rig = at_question(folder)
    rig.think(6).press("space").think(2)
    wrong, right = ("j", "n") if last_reply(rig).means is Meaning.NO else ("n", "j")
    rig.press(wrong, "backspace").think(1).press(right)
    assert Did.TAKEN_BACK in kinds(rig)
    check_to(rig, State.PAID)
    assert rig.sitting.result is not None
    assert "score-put-right" in [line.message_id for line in rig.sitting.result.lines]


def test_the_next_words_come_once_something_was_rung_and_enter_waits_for_all_of_them(folder: Path) -> None:
    rig = a_rig(folder, "one-cheeseburger")
    assert rig.sitting.visit.heard == 1
    rig.counter.register.do(ringing.ring, "cheeseburger")
    rig.press("=")
    assert rig.sitting.visit.heard == 2
    other = a_rig(folder, "plain-meal", name="Ola")
    other.counter.register.do(ringing.ring, "cheeseburger-meal-m")
    assert other.sitting.visit.has_more
    other.press("enter")
    assert other.said in ("practice-not-all", None)


def test_practice_has_no_hold_and_no_recall(folder: Path) -> None:
    rig = a_rig(folder, "one-cheeseburger")
    rig.counter.register.do(ringing.ring, "cheeseburger")
    rig.press("f9")
    assert rig.said == "wrong-key"


def test_the_same_round_scores_the_same(folder: Path) -> None:
    rig = a_rig(folder, "one-cheeseburger")
    serve(rig)
    first = rig.sitting.result
    again = a_rig(folder, "one-cheeseburger", name="Ola")
    again.next_customer()
    serve(again)
    assert first is not None
    assert again.sitting.result is not None
    assert [line.message_id for line in first.lines] == [line.message_id for line in again.sitting.result.lines]
