"""A next-visit code at the counter: typed, scanned, or taken in the coupon panel; on the screen and in plain lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pos.counter import State
from pos.domain.menu.next_visit import grouped, with_check_digits
from pos.plain.lines import take
from pos.plain.speech import after, hear
from tests.builders import kr
from tests.register.visits import GIVING, a_code, a_till, giving_folder, menu_of, ring
from tests.rig import Cashier, Clock


@pytest.fixture
def cashier() -> Iterator[Cashier]:
    clock = Clock()
    register = a_till(giving_folder(), clock=clock)
    yield Cashier(register, clock)
    register.store.close()


def skus(cashier: Cashier) -> list[str]:
    return [line.sku for line in cashier.register.view.order.lines]


def test_a_code_is_typed_like_a_number(cashier: Cashier) -> None:
    code = a_code(cashier.register)
    ring(cashier.register, "fries-m", "salad")
    cashier.press(*code, "enter")
    assert cashier.said == "next-visit-taken"
    assert skus(cashier) == ["fries-l", "salad"]
    assert cashier.counter.line == cashier.register.view.next_visit_line


def test_a_scanned_code_at_a_question_goes_back_to_ringing(cashier: Cashier) -> None:
    code = a_code(cashier.register)
    ring(cashier.register, "fries-m")
    cashier.press("enter")
    assert cashier.counter.state is State.QUESTION
    cashier.type_fast(f"{code}\n")
    assert (cashier.counter.state, cashier.said) == (State.RINGING, "next-visit-taken")
    assert skus(cashier) == ["fries-l"]


def test_a_scanned_code_at_payment_is_refused(cashier: Cashier) -> None:
    code = a_code(cashier.register)
    ring(cashier.register, "fries-l")
    cashier.press("enter", "n")
    assert cashier.counter.state is State.PAYMENT
    cashier.counter.scan(code)
    assert cashier.said == "scan-at-payment"
    assert cashier.register.view.order.next_visit is None


def test_a_code_on_the_paid_screen_begins_the_next_order(cashier: Cashier) -> None:
    ring(cashier.register, "fries-m")
    cashier.press("enter", "n", "n", "a")
    assert cashier.counter.state is State.PAID
    assert cashier.counter.paid is not None
    assert cashier.counter.paid.next_visit is not None
    cashier.press(*cashier.counter.paid.next_visit.code, "enter")
    assert cashier.said == "next-visit-waits"
    assert cashier.counter.state is State.RINGING


def test_the_coupon_panel_takes_a_code_with_its_gaps(cashier: Cashier) -> None:
    code = a_code(cashier.register)
    ring(cashier.register, "fries-m")
    keys = ["space" if digit == " " else digit for digit in grouped(code)]
    cashier.press(",", "c", *keys, "enter")
    assert (cashier.said, cashier.counter.panel) == ("next-visit-taken", None)


def test_a_pasted_code_with_gaps_is_one_code_in_the_coupon_panel(cashier: Cashier) -> None:
    code = a_code(cashier.register)
    ring(cashier.register, "fries-m")
    cashier.press(",", "c", "1")
    cashier.counter.scan(f" {grouped(code)}\r\n")
    assert (cashier.said, skus(cashier), cashier.counter.panel) == ("next-visit-taken", ["fries-l"], None)


def test_a_wrongly_typed_code_stays_in_the_panel_and_a_used_one_does_not(cashier: Cashier) -> None:
    code = a_code(cashier.register)
    ring(cashier.register, "salad")
    cashier.press(",", "c", *code[:-1], "enter")
    assert (cashier.said, cashier.counter.state) == ("coupon-unknown", State.COUPON)
    cashier.press(*code[-1:], "enter")
    assert (cashier.said, cashier.counter.panel) == ("next-visit-waits", None)
    cashier.press("f9", ",", "c", *code, "enter")
    assert (cashier.said, cashier.counter.panel) == ("next-visit-in-use", None)
    cashier.press(",", "c", "enter")
    assert (cashier.said, cashier.counter.panel) == (None, None)


def test_a_code_that_waited_says_so_when_it_is_taken(cashier: Cashier) -> None:
    code = a_code(cashier.register)
    cashier.counter.scan(code)
    assert cashier.said == "next-visit-waits"
    ring(cashier.register, "salad")
    cashier.counter.ring(cashier.register.view.menu.items["fries-m"], 1)
    assert cashier.said == "next-visit-taken"
    assert cashier.counter.message is not None
    assert cashier.counter.message.values["off"] == kr(3, 50)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (with_check_digits(12345678), "next-visit-unknown"),
        ("1234567890", "next-visit-mistyped"),
        ("123456789", "unknown-barcode"),
        ("12345678901", "unknown-barcode"),
    ],
)
def test_what_is_no_code_is_said_to_be_none(cashier: Cashier, typed: str, said: str) -> None:
    cashier.press(*typed, "enter")
    assert cashier.said == said
    assert cashier.register.view.order.lines == ()


@pytest.mark.parametrize("code", [with_check_digits(10**13 + 9), "1234567890123456"])
def test_a_message_shows_all_digits_of_a_code_as_they_were_typed(cashier: Cashier, code: str) -> None:
    cashier.press(",", "c", *code, "enter")
    assert cashier.counter.message is not None
    assert cashier.counter.message.values["code"] == code


def test_a_barcode_of_ten_digits_is_still_a_barcode(cashier: Cashier) -> None:
    code = with_check_digits(12345678)
    juice = replace(GIVING.items["juice"], barcode=code)
    menu_of(cashier.register, replace(GIVING, items={**GIVING.items, "juice": juice}))
    cashier.register.catch_up()
    cashier.counter.scan(code)
    assert skus(cashier) == ["juice"]


def test_plain_lines_say_what_the_code_is_for_and_what_it_did(cashier: Cashier) -> None:
    code = a_code(cashier.register)
    counter = cashier.counter
    before = hear(counter)
    take(counter, code)
    assert after(counter, before) == ["Koden venter på fries-l, l."]
    before = hear(counter)
    counter.ring(cashier.register.view.menu.items["fries-m"], 1)
    said = after(counter, before)
    assert "fries-l, l: 3 kroner og 50 øre billigere, som lovet sist." in said
    assert "Tilbud fra sist -3,50" in said


def test_a_wrong_code_as_a_line_of_text_leaves_no_panel_open(cashier: Cashier) -> None:
    cashier.counter.deliberate = True
    take(cashier.counter, ", c")
    take(cashier.counter, "1234567890")
    assert (cashier.said, cashier.counter.panel) == ("next-visit-mistyped", None)


def test_plain_lines_say_what_the_receipt_offers(cashier: Cashier) -> None:
    ring(cashier.register, "fries-m")
    cashier.press("enter", "n", "n")
    before = hear(cashier.counter)
    cashier.counter.deliberate = True
    take(cashier.counter, "a")
    assert "Neste gang 3 kroner og 50 øre billigere: fries-l, l" in after(cashier.counter, before)
