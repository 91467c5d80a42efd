"""An order has one wording of an offer, whatever happens in it, and the ledger keeps which."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.asking.wordings import wording_id
from pos.domain.menu.paths import Words
from pos.register.verbs import aside, checkout, ringing
from tests.builders import MENU, NOW, PAIRINGS, text, words
from tests.office_acts import put_menu
from tests.register.shops import ledger, question, ring, settle_questions
from tests.rig import Cashier, a_cashier, shop_file

THREE = replace(words("meny"), also=(Words(text("Blir det meny? {more}.")), Words(text("Frister meny? {more}."))))


@pytest.fixture
def cashier(folder: Path) -> Cashier:
    """At a till whose meal is offered in three wordings."""
    path = MENU.paths["meal"]
    steps = tuple(replace(step, words=THREE) if step.words else step for step in path.steps)
    store = shop_file(folder)
    put_menu(store, replace(MENU, paths={**MENU.paths, "meal": replace(path, steps=steps)}), PAIRINGS, NOW)
    store.close()
    return a_cashier(folder)


def test_what_is_taken_back_held_or_rung_again_is_asked_in_the_same_words(cashier: Cashier) -> None:
    for _ in range(3):
        ring(cashier, "cheeseburger")
        said = question(cashier).words
        cashier.press("n", "backspace")
        assert question(cashier).words == said
        held = cashier.register.view.order.id
        cashier.register.do(aside.hold)
        cashier.register.do(aside.recall, held)
        cashier.press("enter")
        assert question(cashier).words == said
        cashier.register.do(checkout.go_back)
        cashier.register.do(ringing.void, cashier.register.view.order.lines[0].id)
        ring(cashier, "cheeseburger")
        assert question(cashier).words == said
        cashier.register.do(aside.abandon)


def test_each_of_three_orders_says_it_another_way_and_the_ledger_knows_how(cashier: Cashier) -> None:
    said = []
    for _ in range(2):  # to where a block of three begins
        ring(cashier, "bag")
        cashier.register.do(aside.abandon)
    for _ in range(3):
        ring(cashier, "cheeseburger-meal-m")
        said.append(question(cashier).words)
        settle_questions(cashier)
        cashier.press("a")
        row = ledger(cashier.register)[-2]
        assert (row.offer_id, row.wording) == ("meal:2", wording_id(said[-1]))
    assert set(said) == {replace(THREE, also=()), *THREE.also}
    assert set(cashier.register.store.wordings.said()) >= {wording_id(words) for words in said}
