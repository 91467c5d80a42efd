"""Amounts at payment: the decimal sign, amounts that are too long, and notes that are laid down."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pos.domain.money import ZERO, Money, total
from pos.domain.order.order import TenderState
from pos.plain import run_on
from pos.register.verbs import checkout
from tests.builders import MENU, NOW, PAIRINGS, kr
from tests.office_acts import put_menu
from tests.register.shops import again, new_folder, ring, settle_questions
from tests.rig import Cashier, a_cashier


def at_payment(cashier: Cashier, due: Money) -> Cashier:
    """A bag at a price of its own, at payment."""
    bag = replace(MENU.items["bag"], price=due)
    put_menu(cashier.register.store, replace(MENU, items={**MENU.items, "bag": bag}), PAIRINGS, NOW)
    ring(cashier, "bag")
    settle_questions(cashier)
    assert cashier.counter.state == "payment"
    return cashier


def tendered(cashier: Cashier) -> list[tuple[str, Money, Money]]:
    """What was booked: of the paid order, or so far."""
    sale = cashier.counter.paid
    tenders = cashier.register.view.order.tenders if sale is None else sale.tenders
    return [(tender.kind.value, tender.amount, tender.handed) for tender in tenders]


# the decimal sign


@pytest.mark.parametrize("typed", ["200,00", "200.00", "200,0", "200.", "200"])
def test_an_amount_is_the_same_with_and_without_its_decimals(cashier: Cashier, typed: str) -> None:
    at_payment(cashier, kr(119)).press(*typed, "a")
    assert tendered(cashier) == [("cash", kr(119), kr(200))]


@pytest.mark.parametrize(
    ("typed", "part"), [("1.00", kr(1)), ("4,5", kr(4, 50)), ("0,05", kr(0, 5)), ("9.99", kr(9, 99))]
)
def test_a_part_by_card_may_have_decimals(cashier: Cashier, typed: str, part: Money) -> None:
    at_payment(cashier, kr(10)).press(*typed, "k")
    assert tendered(cashier) == [("card", part, part)]


def test_ten_with_decimals_is_ten_in_cash(cashier: Cashier) -> None:
    at_payment(cashier, kr(10)).press(*"10.00", "a")
    assert tendered(cashier) == [("cash", kr(10), kr(10))]


@pytest.mark.parametrize(
    ("typed", "left", "said"),
    [
        ("1,2,", "1,2", "amount-one-sign"),
        ("1..", "1.", "amount-one-sign"),
        ("1,.", "1,", "amount-one-sign"),
        ("1.234", "1.23", "amount-decimals"),
        ("123456", "12345", "amount-too-long"),
        ("12345,67", "12345,67", None),
    ],
)
def test_what_is_no_amount_is_refused_and_what_was_typed_stays(
    cashier: Cashier, typed: str, left: str, said: str | None
) -> None:
    at_payment(cashier, kr(119)).press(*typed)
    assert (cashier.counter.digits, cashier.said, cashier.counter.state) == (left, said, "payment")


@pytest.mark.parametrize("typed", ["1.000,00", "1,000.00", "12,345", "123456", "123456,00", "1.234"])
@pytest.mark.parametrize("key", ["a", "k", "v"])
def test_an_amount_of_which_a_digit_was_refused_pays_nothing(cashier: Cashier, typed: str, key: str) -> None:
    at_payment(cashier, kr(20_000)).press(*typed)
    left = cashier.counter.digits
    cashier.press(key)
    assert (cashier.said, cashier.counter.digits, tendered(cashier)) == ("amount-cut", left, [])
    cashier.press("backspace", "v")
    assert [kind for kind, _, _ in tendered(cashier)] == ["mobile"]


def test_a_decimal_sign_that_was_pressed_twice_leaves_the_amount_as_it_is(cashier: Cashier) -> None:
    at_payment(cashier, kr(119)).press(*"100,,50", "k")
    assert tendered(cashier) == [("card", kr(100, 50), kr(100, 50))]


@pytest.mark.parametrize("typed", ["10,5", "0,49", "99999"])
def test_cash_that_cannot_be_is_refused_and_stays_typed(cashier: Cashier, typed: str) -> None:
    at_payment(cashier, kr(10)).press(*typed, "a")
    assert cashier.said in ("cash-no-coin", "cash-absurd")
    assert (cashier.counter.digits, tendered(cashier)) == (typed, [])


def test_backspace_takes_an_amount_back_character_by_character(cashier: Cashier) -> None:
    at_payment(cashier, kr(119)).press(*"20,5", "backspace", "backspace")
    assert cashier.counter.digits == "20"
    cashier.press("0", "a")
    assert tendered(cashier) == [("cash", kr(119), kr(200))]


def test_a_comma_opens_more_where_no_digit_was_typed(cashier: Cashier) -> None:
    assert at_payment(cashier, kr(119)).press(",").counter.state == "more"


@pytest.mark.parametrize("typed", ["/100,5", "/100.50", "/100,"])
def test_a_price_that_is_looked_for_may_have_decimals(cashier: Cashier, typed: str) -> None:
    cashier.press(*typed)
    panel = cashier.counter.panel
    assert panel is not None
    hits = panel.hits(cashier.counter)  # type: ignore[attr-defined]  # of the search
    assert hits
    assert all(item.price <= kr(100, 50) for item in hits)


def test_a_line_of_plain_mode_pays_with_decimals(cashier: Cashier) -> None:
    at_payment(cashier, kr(119))
    cashier.counter.deliberate = True
    run_on(cashier.counter, io.StringIO("200,00a\n"), io.StringIO())
    assert tendered(cashier) == [("cash", kr(119), kr(200))]


def test_plain_mode_says_what_lies_there(cashier: Cashier) -> None:
    said = io.StringIO()
    at_payment(cashier, kr(238))
    cashier.counter.deliberate = True
    run_on(cashier.counter, io.StringIO("d\nk\nds\n"), said)
    assert "Lagt fram 200,00, mangler 38,00" in said.getvalue()


def test_an_amount_that_another_till_took_the_payment_from_is_no_quantity(cashier: Cashier) -> None:
    at_payment(cashier, kr(119)).press(*"10,5")
    cashier.register.do(checkout.go_back)
    cashier.press("b")
    assert [line.quantity for line in cashier.register.view.order.lines] == [1, 1]


# notes laid down


@pytest.mark.parametrize(
    ("due", "keys_", "handed"),
    [
        (kr(89), "s", 100),
        (kr(100), "s", 100),
        (kr(238), "d s", 300),
        (kr(238), "s s s", 300),
        (kr(450), "s s d s", 500),
        (kr(480), "f", 500),
        (kr(199, 49), "s s", 200),
        (kr(200, 49), "d", 200),
        (kr(200, 50), "d s", 300),
    ],
)
def test_notes_add_up_and_those_that_reach_what_is_due_are_one_tender(
    cashier: Cashier, due: Money, keys_: str, handed: int
) -> None:
    at_payment(cashier, due)
    *before, last = keys_.split()
    for key in before:
        cashier.press(key)
        assert (tendered(cashier), cashier.said, cashier.counter.state) == ([], "notes-laid", "payment")
    cashier.press(last)
    assert tendered(cashier) == [("cash", due, kr(handed))]
    assert cashier.counter.cash_laid is None


def test_what_lies_there_and_what_is_missing_is_told(cashier: Cashier) -> None:
    at_payment(cashier, kr(238)).press("d")
    assert cashier.counter.message is not None
    assert cashier.counter.message.values == {"laid": kr(200), "missing": kr(38)}


@pytest.mark.parametrize("key", ["k", "v", "1", "0", "escape", "f9", ","])
def test_while_notes_lie_there_other_ways_are_refused_and_say_why(cashier: Cashier, key: str) -> None:
    at_payment(cashier, kr(238)).press("d", key)
    assert (cashier.said, cashier.counter.state) == ("notes-lie-there", "payment")
    assert (cashier.counter.cash_laid, cashier.counter.digits, tendered(cashier)) == (kr(200), "", [])
    cashier.press("s")
    assert tendered(cashier) == [("cash", kr(238), kr(300))]


def test_enter_books_nothing_of_what_lies_there(cashier: Cashier) -> None:
    at_payment(cashier, kr(238)).press("d", "enter")
    assert (cashier.said, cashier.counter.cash_laid, tendered(cashier)) == ("enter-pays-nothing", kr(200), [])


def test_backspace_takes_one_note_back_and_then_no_payment(cashier: Cashier) -> None:
    at_payment(cashier, kr(455)).press("s", "d", "backspace")
    assert (cashier.counter.cash_laid, cashier.said) == (kr(100), "note-taken-back")
    cashier.press("backspace")
    assert (cashier.counter.cash_laid, cashier.counter.state) == (None, "payment")
    assert cashier.press("k").counter.state == "terminal"


def test_what_lies_there_is_taken_as_a_part_with_a(cashier: Cashier) -> None:
    at_payment(cashier, kr(238)).press("d", "a")
    assert (tendered(cashier), cashier.said) == ([("cash", kr(200), kr(200))], "part-paid")
    assert cashier.counter.cash_laid is None


def test_a_note_is_refused_after_digits_and_the_digits_stay(cashier: Cashier) -> None:
    at_payment(cashier, kr(238)).press("2", "d")
    assert (cashier.said, cashier.counter.digits, cashier.counter.cash_laid) == ("digits-then-cash", "2", None)


def test_notes_that_lie_there_are_no_tender_after_a_restart(cashier: Cashier, folder: Path) -> None:
    at_payment(cashier, kr(238)).press("d")
    later = again(cashier, folder)
    assert (later.counter.cash_laid, later.register.view.order.tenders, later.counter.state) == (None, (), "payment")


# whatever keys are pressed


KEYS = st.lists(st.sampled_from([*"0123456789,.asdfkv+-u", "backspace", "enter", "escape"]), min_size=1, max_size=25)


@given(KEYS, st.integers(1, 499_00))
@example(["1", "0", ".", "0", "0", "a"], 10_00)
@example(["d", "a", "k", "+"], 238_00)
@settings(max_examples=60, deadline=None)
def test_what_is_booked_is_what_is_due_and_the_change(pressed: list[str], due: int) -> None:
    folder = new_folder()
    try:
        play(at_payment(a_cashier(folder), Money(due)), pressed, due)
    finally:
        shutil.rmtree(folder)


def play(cashier: Cashier, pressed: list[str], due: int) -> None:
    """Press keys until it is paid; after each, and at the end, the money adds up."""
    for key in pressed:
        if cashier.counter.paid is not None:
            break
        if key == "," and not cashier.counter.digits:
            continue  # that one opens More
        before = cashier.register.view.order.tenders
        cashier.press(key)
        if cashier.counter.state == "ringing":
            cashier.press("enter")
        order = cashier.register.view.order
        booked = total(tender.amount for tender in order.tenders if tender.state is TenderState.APPROVED)
        assert ZERO <= booked < Money(due) or not booked
        assert cashier.counter.paid is not None or len(order.tenders) >= len(before)
    sale = cashier.counter.paid
    if sale is not None:
        assert total(tender.amount for tender in sale.tenders) == sale.total == Money(due)
        assert total(tender.handed for tender in sale.tenders) == sale.total + sale.rounding + sale.change
        assert all(tender.handed.minor % 100 == 0 for tender in sale.tenders if tender.kind == "cash")


@pytest.mark.parametrize("pay", [("5", "0", "a"), ("5", "0", "k", "+"), ("5", "0", "v", "+")])
def test_a_part_that_is_paid_is_told_with_what_is_still_due(cashier: Cashier, pay: tuple[str, ...]) -> None:
    at_payment(cashier, kr(119, 50)).press(*pay)
    assert cashier.counter.message is not None
    assert cashier.counter.message.message_id == "part-paid"
    assert cashier.counter.message.values == {"amount": kr(50), "due": kr(69, 50)}
