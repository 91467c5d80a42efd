"""Each order has one wording of an offer: drawn, fixed, and each as often as the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.asking.wordings import drawn, wording_for, wording_id
from pos.domain.menu.paths import Words
from pos.domain.order.order import Order
from pos.domain.order.questions import Outcome, Question
from tests.builders import (
    CROSS_SELL,
    MENU,
    NOW,
    PAIRINGS,
    TODAY,
    UPSELL,
    answered,
    asked,
    burger,
    cola,
    fries,
    moment,
    order,
    text,
    words,
)

THREE = replace(
    words("stor"),
    also=(Words(text("Skal vi si stor? {more}.")), Words(text("Hva med stor? {more}."), many=text("{count}? {more}."))),
)


def numbered(ordinal: int) -> Order:
    return Order("o", 0, NOW, ordinal=ordinal)


def of_day(ordinal: int, days: int, offer: str, count: int) -> int:
    return drawn(numbered(ordinal), offer, TODAY + timedelta(days=days), count)


def with_wordings(entry: Order) -> Question:
    """Question 2 on a menu where every pairing has three wordings."""
    pairings = [replace(pairing, words=THREE) for pairing in PAIRINGS]
    question = asked(entry, CROSS_SELL, moment(pairings=pairings)).question(CROSS_SELL)
    assert question is not None
    return question


@pytest.mark.parametrize("count", [2, 3, 4])
def test_so_many_orders_in_a_row_have_each_wording_once(count: int) -> None:
    had = [of_day(number, 0, "meal:1", count) for number in range(count * 40)]
    for begin in range(0, len(had), count):
        assert sorted(had[begin : begin + count]) == list(range(count))
    assert max(len([*run]) for _, run in groupby(had)) <= 2


def test_which_comes_first_is_chance() -> None:
    firsts = Counter(of_day(3 * number, day, "meal:1", 3) for number in range(100) for day in range(10))
    assert all(abs(firsts[place] - 1000 / 3) < 60 for place in range(3))  # four standard errors


def test_the_wordings_of_two_offers_are_not_tied_to_each_other() -> None:
    """Ids of one length are what a plain checksum falls for."""
    orders = [(number, day) for number in range(1, 200) for day in range(5)]
    same = sum(of_day(*entry, "meal:1", 2) == of_day(*entry, "meal:2", 2) for entry in orders)
    assert abs(same / len(orders) - 0.5) < 0.1


@given(st.integers(0, 999), st.sampled_from([(burger,), (burger, fries), (cola, burger)]), st.sampled_from(Outcome))
@settings(max_examples=25)
def test_nothing_that_happens_in_an_order_changes_its_wording(
    number: int, lines: tuple[object, ...], outcome: Outcome
) -> None:
    first = replace(order(burger), ordinal=number)
    later = answered(asked(replace(order(*lines), ordinal=number), UPSELL), UPSELL, outcome)  # type: ignore[arg-type]  # lines
    wording = wording_for(first, "burgers-shake-m", THREE, moment().day_of)
    assert wording_for(later, "burgers-shake-m", THREE, moment().day_of) == wording
    (found,) = [offer for offer in with_wordings(later).candidates if offer.id == "burgers-shake-m"]
    assert found.words == wording


def test_a_question_holds_its_words_without_the_others() -> None:
    assert all(not offer.words.also for offer in with_wordings(order(burger)).candidates)


def test_an_upgrade_has_wordings_too() -> None:
    path = MENU.paths["meal"]
    steps = tuple(replace(step, words=replace(THREE) if step.words else None) for step in path.steps)
    menu = replace(MENU, paths={**MENU.paths, "meal": replace(path, steps=steps)})
    said = set()
    for number in range(3):
        question = asked(replace(order(burger), ordinal=number), UPSELL, moment(menu=menu)).question(UPSELL)
        assert question is not None
        said.add(question.offer.words)
    assert said == {replace(THREE, also=()), *THREE.also}


def test_an_edited_text_is_another_wording() -> None:
    named = wording_id(THREE)
    assert named == wording_id(replace(THREE, also=())) != wording_id(THREE.also[0])
    assert wording_id(replace(THREE, rush=text("Stor? {more}!"))) != named
    # A text in another form is other words, too.
    assert wording_id(Words(text("{more}"), rush=text("a"))) != wording_id(Words(text("{more}"), after_no=text("a")))
