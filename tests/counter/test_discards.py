"""A discarded order takes one key more, its reason; it is counted, and comes back until the business day ends."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pos.domain.order.discards import SAID_DISCARD_REASONS, DiscardReason
from pos.register import shelf
from pos.register.verbs import aside
from tests.builders import kr
from tests.register.shops import again, lines, ring, settle_questions
from tests.rig import Cashier

VIEW = "SELECT reason, units, total_minor, recalled_at IS NOT NULL FROM discards"


def discards(cashier: Cashier) -> list[tuple[object, ...]]:
    return cashier.register.store.file.conn.execute(VIEW).fetchall()


def test_a_slip_of_two_keys_discards_nothing(cashier: Cashier) -> None:
    cashier.press("b", "c", ",", "a")
    assert (cashier.counter.state, len(lines(cashier))) == ("discard", 2)
    cashier.press("a", "enter", "j", "escape")
    assert (cashier.counter.state, len(lines(cashier)), discards(cashier)) == ("ringing", 2, [])


@pytest.mark.parametrize(("key", "reason"), list(zip("123456", SAID_DISCARD_REASONS, strict=True)))
def test_each_reason_has_a_key_and_is_counted(cashier: Cashier, key: str, reason: DiscardReason) -> None:
    cashier.press("b", "+", ",", "a", key)
    assert (lines(cashier), cashier.said) == ([], "abandoned")
    assert discards(cashier) == [(reason, 2, 23800, 0)]


@pytest.mark.parametrize("till", ["1", "2"])
def test_a_discarded_order_comes_back_on_the_same_day(cashier: Cashier, folder: Path, till: str) -> None:
    cashier.press("b", ",", "a", "1")
    at = again(cashier, folder, till).press("f10")
    assert (lines(at), at.said) == (["1 cheeseburger-meal-m"], "recalled")
    assert discards(at) == [("changed_mind", 1, 11900, 1)]
    at.press("backspace")
    assert lines(at) == []


def test_a_discarded_order_stands_in_the_list_behind_the_held_ones_and_is_marked(cashier: Cashier) -> None:
    cashier.press("b", ",", "a", "2", "c", "f9", ",", "r")
    panel = cashier.counter.panel
    assert panel is not None
    rows = [(entry.label.message_id, entry.label.values.get("reason")) for entry in panel.entries(cashier.counter)]
    assert rows == [("held-row", None), ("discarded-row", DiscardReason.LEFT)]
    assert lines(cashier.press("2")) == ["1 cheeseburger-meal-m"]


def test_the_one_held_order_comes_back_at_once_whatever_was_discarded(cashier: Cashier) -> None:
    cashier.press("b", ",", "a", "2", "c", "f9", "f10")
    assert lines(cashier) == ["1 kids-meal"]


def test_what_comes_back_is_paid_once_and_keeps_its_questions(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n", "escape", ",", "a", "5", "f10", "enter")
    assert cashier.register.view.order.questions[0].answer == "declined"
    settle_questions(cashier)
    sale = cashier.press("a").counter.paid
    assert sale is not None
    assert sale.total == kr(89)
    assert shelf.discarded(cashier.register) == ()


def test_the_day_after_it_is_not_brought_back(cashier: Cashier) -> None:
    cashier.press("b", ",", "a", "1")
    order_id = shelf.discarded(cashier.register)[0].order_id
    cashier.clock.now += timedelta(days=1)
    cashier.press("f10")
    assert (cashier.said, lines(cashier)) == ("nothing-held", [])
    with pytest.raises(Exception, match="order-already-recalled"):
        cashier.register.do(aside.recall, order_id)
    assert lines(cashier) == []


def test_the_shift_counts_what_this_cashier_discarded_and_left_so(cashier: Cashier, folder: Path) -> None:
    cashier.press("b", ",", "a", "1", "c", ",", "a", "5")
    other = again(cashier, folder, "2")
    assert (shelf.shift_discards(cashier.register)[0], shelf.shift_discards(other.register)) == (2, (0, kr(0)))
    cashier.press("f10", "1")
    assert shelf.shift_discards(cashier.register) == (1, kr(119))


def test_after_midnight_it_is_still_the_same_business_day(cashier: Cashier) -> None:
    cashier.clock.now = cashier.clock.now.replace(hour=22, minute=50)  # ten to midnight in Oslo
    cashier.press("b", ",", "a", "1")
    cashier.clock.now += timedelta(minutes=30)
    assert lines(cashier.press("f10")) == ["1 cheeseburger-meal-m"]


def test_an_order_that_was_discarded_at_payment_comes_back_to_ringing(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    settle_questions(cashier)
    cashier.press(",", "a", "3", "f10")
    assert (cashier.counter.state, lines(cashier)) == ("ringing", ["1 cheeseburger"])
    assert cashier.press("enter").counter.state == "payment"


def test_two_tills_bring_a_discarded_order_back_once(cashier: Cashier, folder: Path) -> None:
    cashier.press("b", ",", "a", "1")
    order_id = shelf.discarded(cashier.register)[0].order_id
    other = again(cashier, folder, "2")
    other.press("f10")
    with pytest.raises(Exception, match="order-already-recalled"):
        cashier.register.do(aside.recall, order_id)


def test_a_number_that_was_given_away_meanwhile_is_not_called_twice(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    settle_questions(cashier)
    cashier.press("k", "-", "escape", ",", "a", "1")
    cashier.clock.pass_(3 * 3600_000)
    conn = cashier.register.store.file.conn
    conn.execute("UPDATE call_number SET number = 98")  # as if ninety-eight more had been given since
    ring(cashier, "bag")
    settle_questions(cashier)
    cashier.press("a", "enter", "f10")
    assert cashier.register.view.order.call_number not in (0, 99)
    waiting = conn.execute("SELECT COUNT(*), COUNT(DISTINCT number) FROM call_number").fetchone()
    assert waiting[0] == waiting[1]


def test_an_order_in_which_nothing_is_rung_asks_no_reason(cashier: Cashier) -> None:
    cashier.press("b", "backspace", ",", "a")
    assert (cashier.said, discards(cashier)) == ("abandoned", [])


# other keys that could lose work


def test_a_note_that_was_typed_does_not_go_with_escape(cashier: Cashier) -> None:
    cashier.press("b", ",", "n", *"uten is", "escape")
    assert (cashier.counter.state, cashier.said) == ("note", "note-unsaved")
    cashier.press("enter")
    assert cashier.register.view.order.lines[0].note == "uten is"
    cashier.press(",", "n", "!", "escape", "delete")
    assert (cashier.counter.state, cashier.register.view.order.lines[0].note) == ("ringing", "uten is")


def test_a_note_that_was_not_changed_closes_with_escape(cashier: Cashier) -> None:
    assert cashier.press("b", ",", "n", "escape").counter.state == "ringing"


def test_the_last_line_taken_out_comes_back_with_one_key(cashier: Cashier) -> None:
    cashier.press("b", "delete")
    assert lines(cashier) == []
    assert lines(cashier.press("backspace")) == ["1 cheeseburger-meal-m"]


def test_a_key_held_down_takes_one_act_back_and_no_more(cashier: Cashier) -> None:
    cashier.press("b", "c", "e")
    before = len(lines(cashier))
    for _ in range(20):
        cashier.clock.pass_(30)
        cashier.counter.press("backspace")
    assert len(lines(cashier)) == before - 1
