"""What the till does when its file fails in the middle of an order: a clear word, the order as it was, and on."""

from pathlib import Path

import pytest

from pos.domain.errors import StoreError
from pos.domain.order.order import TenderKind, TenderState
from pos.domain.prompts import PaymentPrompt, QuestionPrompt, Ringing, TerminalPrompt
from pos.register import shelf
from pos.register.verbs import ringing
from pos.store import Changes
from tests.builders import TAKE_AWAY, kr
from tests.durability.faults import failing, locked
from tests.rig import Cashier, a_cashier, a_register, shop_file
from tests.store.acting import eighty_six, restore


def at_payment(cashier: Cashier) -> None:
    """The canonical order up to payment."""
    cashier.press("b", "enter", "2", "j", "1")
    assert isinstance(cashier.counter.prompt, PaymentPrompt)


def test_a_locked_file_refuses_the_verb_and_leaves_the_order_as_it_was(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path)
    cashier.press("b")
    before = cashier.register.view.order
    with locked(tmp_path / "shop.db"):
        cashier.press("c")
        assert cashier.said == "database-locked"
        assert cashier.register.view.order == before
        assert cashier.register.view.priced.total == kr(119)
    cashier.press("c")
    assert cashier.said is None
    assert len(cashier.register.view.order.lines) == 2
    assert a_register(tmp_path).view.order == cashier.register.view.order


def test_a_locked_file_answers_no_question(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path)
    cashier.press("b", "enter", "2")
    asked = cashier.counter.prompt
    with locked(tmp_path / "shop.db"):
        cashier.press("j")
        assert cashier.said == "database-locked"
        assert cashier.counter.prompt == asked
    cashier.press("j")
    assert cashier.counter.prompt != asked


def test_a_locked_file_takes_no_payment(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path)
    at_payment(cashier)
    with locked(tmp_path / "shop.db"):
        cashier.press("d")
        assert cashier.said == "database-locked"
        assert cashier.counter.paid is None
    assert cashier.register.store.sales.count() == 0
    cashier.press("d")
    assert cashier.counter.paid is not None
    assert cashier.counter.paid.receipt_number == 1
    assert cashier.register.store.sales.count() == 1


def test_looking_at_a_locked_file_is_tried_once_and_then_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cashier = a_cashier(tmp_path)
    cashier.press("b")
    store, clock = cashier.register.store, cashier.clock
    looks: list[object] = []

    def silent() -> Changes:
        looks.append(clock.now)
        raise StoreError("database-locked")

    monkeypatch.setattr(store, "changes", silent)
    for _ in range(5):
        cashier.register.catch_up()
        cashier.register.look()
    assert len(looks) == 1
    clock.pass_(10_000)
    cashier.register.catch_up()
    assert len(looks) == 2


def test_backspace_on_a_locked_file_takes_back_nothing_later(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path)
    cashier.press("b", "c", "b", "c")
    with locked(tmp_path / "shop.db"):
        cashier.press("backspace", "backspace")
        assert cashier.said == "database-locked"
    cashier.press("backspace")
    assert len(cashier.register.view.order.lines) == 3


@pytest.mark.parametrize("stored", [True, False])
def test_a_commit_that_raised_is_looked_up_before_the_verb_is_refused(tmp_path: Path, stored: bool) -> None:
    cashier = a_cashier(tmp_path)
    cashier.press("b")
    with failing(cashier.register.store, stored=stored):
        cashier.press("c")
    assert cashier.said == (None if stored else "database-unwritable")
    assert len(cashier.register.view.order.lines) == (2 if stored else 1)
    assert a_register(tmp_path).view.order == cashier.register.view.order
    cashier.press("backspace")
    assert len(cashier.register.view.order.lines) == (1 if stored else 0)


@pytest.mark.parametrize("stored", [True, False])
def test_a_sale_whose_commit_raised_is_one_sale(tmp_path: Path, stored: bool) -> None:
    cashier = a_cashier(tmp_path)
    at_payment(cashier)
    with failing(cashier.register.store, stored=stored):
        cashier.press("d")
    if not stored:
        assert cashier.said == "database-unwritable"
        assert cashier.counter.paid is None
        cashier.press("d")
    assert cashier.counter.paid is not None
    assert cashier.counter.paid.receipt_number == 1
    assert cashier.register.store.sales.count() == 1
    assert cashier.register.view.order.lines == ()
    cashier.press("b")
    assert cashier.said is None


@pytest.mark.parametrize("stored", [True, False])
def test_an_approved_card_whose_commit_raised_is_asked_for_again_or_paid(tmp_path: Path, stored: bool) -> None:
    cashier = a_cashier(tmp_path)
    at_payment(cashier)
    cashier.press("k")
    with failing(cashier.register.store, stored=stored):
        cashier.press("+")
    if not stored:
        assert isinstance(cashier.counter.prompt, TerminalPrompt)
        cashier.press("+")
    assert cashier.counter.paid is not None
    tenders = cashier.counter.paid.tenders
    assert [(tender.kind, tender.state) for tender in tenders] == [(TenderKind.CARD, TenderState.APPROVED)]
    assert cashier.register.store.sales.count() == 1


@pytest.mark.parametrize("stored", [True, False])
def test_a_hold_whose_commit_raised_holds_the_order_once(tmp_path: Path, stored: bool) -> None:
    cashier = a_cashier(tmp_path)
    cashier.press("b")
    with failing(cashier.register.store, stored=stored):
        cashier.press("f9")
    if not stored:
        assert len(cashier.register.view.order.lines) == 1
        cashier.press("f9")
    assert len(shelf.held(cashier.register)) == 1
    assert cashier.register.view.order.lines == ()
    cashier.press("f10")
    assert len(cashier.register.view.order.lines) == 1


@pytest.mark.parametrize("stored", [True, False])
def test_a_recall_whose_commit_raised_brings_the_order_back_once(tmp_path: Path, stored: bool) -> None:
    cashier = a_cashier(tmp_path)
    cashier.press("b", "f9")
    with failing(cashier.register.store, stored=stored):
        cashier.press("f10")
    if not stored:
        cashier.press("f10")
    assert shelf.held(cashier.register) == ()
    assert len(cashier.register.view.order.lines) == 1
    cashier.press("c")
    assert len(cashier.register.view.order.lines) == 2


@pytest.mark.parametrize("stored", [True, False])
def test_an_order_is_set_aside_with_its_unknown_payment_though_the_commit_raised(tmp_path: Path, stored: bool) -> None:
    cashier = a_cashier(tmp_path)
    at_payment(cashier)
    cashier.press("k")
    with failing(cashier.register.store, stored=stored):
        cashier.press("f9")
    if not stored:
        assert isinstance(cashier.counter.prompt, TerminalPrompt)
        cashier.press("f9")
    (held,) = shelf.held(cashier.register)
    assert [tender.state for tender in held.order.tenders] == [TenderState.UNKNOWN]
    cashier.press("f10", "+")
    assert cashier.register.store.sales.count() == 1


@pytest.mark.parametrize("stored", [True, False])
def test_notes_that_reach_what_is_due_are_booked_once_though_the_commit_raised(tmp_path: Path, stored: bool) -> None:
    cashier = a_cashier(tmp_path)
    at_payment(cashier)
    cashier.press("s")
    with failing(cashier.register.store, stored=stored):
        cashier.press("s")
    if not stored:
        assert cashier.counter.cash_laid == kr(100)
        cashier.press("s")
    assert cashier.counter.paid is not None
    assert [tender.handed for tender in cashier.counter.paid.tenders] == [kr(200)]
    assert cashier.register.store.sales.count() == 1


@pytest.mark.parametrize("stored", [True, False])
def test_a_discarded_order_is_brought_back_once_though_the_commit_raised(tmp_path: Path, stored: bool) -> None:
    cashier = a_cashier(tmp_path)
    cashier.press("b", ",", "a", "1")
    with failing(cashier.register.store, stored=stored):
        cashier.press("f10")
    if not stored:
        cashier.press("f10")
    assert len(cashier.register.view.order.lines) == 1
    assert shelf.discarded(cashier.register) == ()


def test_an_order_is_given_up_once_though_the_commit_raised(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path)
    cashier.press("b")
    with failing(cashier.register.store, stored=True):
        cashier.press(",", "a", "1")
    assert cashier.register.view.order.is_untouched()
    cashier.press("c")
    assert cashier.said is None


@pytest.mark.parametrize("stored", [True, False])
def test_a_call_number_is_given_once_with_the_first_tender_though_the_commit_raised(
    tmp_path: Path, stored: bool
) -> None:
    cashier = a_cashier(tmp_path)
    at_payment(cashier)
    assert cashier.register.view.order.call_number == 0
    with failing(cashier.register.store, stored=stored):
        cashier.press("k")
    if not stored:
        assert cashier.register.view.order.call_number == 0
        cashier.press("k")
    assert cashier.register.view.order.call_number == 1
    assert a_register(tmp_path).view.order == cashier.register.view.order
    cashier.press("+")
    assert cashier.counter.paid is not None
    assert cashier.counter.paid.call_number == 1
    at_payment(cashier)
    cashier.press("a")
    assert cashier.counter.paid.call_number == 2


def test_recalling_swaps_two_orders_in_one_transaction(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path)
    cashier.press("b", "f9", "c")
    before = cashier.register.view.order
    with failing(cashier.register.store, stored=False):
        cashier.press("f10")
    assert cashier.said == "database-unwritable"
    assert cashier.register.view.order == before
    assert a_register(tmp_path).view.order == before
    cashier.press("f10")
    assert [held.order.id for held in shelf.held(cashier.register)] == [before.id]


def test_an_order_of_which_only_the_serving_mode_is_known_makes_room_for_a_recalled_one(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path)
    cashier.press("b", "f9", "space")
    assert cashier.register.view.order.serving_mode is TAKE_AWAY
    cashier.press("f10")
    assert cashier.said == "recalled"
    assert len(cashier.register.view.order.lines) == 1
    assert shelf.held(cashier.register) == ()


def test_a_question_that_cannot_be_written_is_not_asked(tmp_path: Path) -> None:
    """A question falls due by itself when the one thing to offer is there again."""
    cashier = a_cashier(tmp_path)
    register, other = cashier.register, shop_file(tmp_path)
    eighty_six(other, "coffee-s", cashier.clock())
    register.do(ringing.ring, "cookie")
    cashier.press("enter", "2")
    assert isinstance(register.view.prompt, PaymentPrompt)
    restore(other, "coffee-s")
    with failing(register.store, "BEGIN IMMEDIATE", stored=False, times=2):
        assert isinstance(register.look().prompt, Ringing)
        cashier.press("a")
    assert register.store.sales.count() == 0
    cashier.press("enter")
    assert isinstance(register.view.prompt, QuestionPrompt)
