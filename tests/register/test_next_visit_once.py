"""A code is used once: whatever two tills, an undo, a hold, a crash or a race make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain.errors import PosError, Refused
from pos.domain.menu.next_visit import is_code, is_well_typed, with_check_digits
from pos.domain.order.order import Order, Purpose
from pos.domain.prompts import QuestionPrompt
from pos.register import Register, shelf
from pos.register.verbs import aside, checkout, next_visit, paying, ringing, stock, undoing
from tests.builders import NOW, TAKE_AWAY
from tests.register.visits import a_code, a_till, asked_until_payment, giving_folder, key_of, ring, row
from tests.rig import Clock
from tests.store.acting import finish, keep


@pytest.fixture
def folder() -> Path:
    return giving_folder()


@pytest.fixture
def tills(folder: Path) -> Iterator[tuple[Register, Register]]:
    first, second = a_till(folder), a_till(folder, "2")
    yield first, second
    for till in (first, second):
        till.store.close()


def why_not(register: Register, code: str) -> Refused:
    before = register.view.order
    with pytest.raises(Refused) as info:
        register.do(next_visit.redeem, code)
    assert register.view.order == before
    return info.value


def test_a_code_at_one_till_is_in_use_at_the_other(tills: tuple[Register, Register]) -> None:
    first, second = tills
    code = a_code(first)
    first.do(next_visit.redeem, code)
    said = why_not(second, code)
    assert (said.message_id, said.values) == ("next-visit-in-use", {"till": "1"})


def test_the_slower_of_two_tills_that_both_saw_it_free_is_refused(
    tills: tuple[Register, Register], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tills
    code = a_code(first)
    seen = second.store.next_visits.find(code, second.view.order.id, NOW.date())
    monkeypatch.setattr(second.store.next_visits, "find", lambda *_: seen)
    first.do(next_visit.redeem, code)
    assert why_not(second, code).message_id == "next-visit-in-use"
    assert second.store.orders.current(second.till.id) is None


def test_taken_back_it_is_free_for_the_other_till(tills: tuple[Register, Register]) -> None:
    first, second = tills
    code = a_code(first)
    ring(first, "fries-m")
    first.do(next_visit.redeem, code)
    first.do(undoing.take_back)
    ring(second, "fries-m")
    assert second.do(next_visit.redeem, code).result
    assert why_not(first, code).message_id == "next-visit-in-use"


def test_a_staff_meal_does_not_use_it_up(tills: tuple[Register, Register]) -> None:
    first, second = tills
    code = a_code(first)
    ring(first, "fries-m")
    first.do(next_visit.redeem, code)
    first.do(checkout.set_purpose, Purpose.WASTE)
    first.do(checkout.checkout)
    first.do(paying.write_off)
    ring(second, "fries-m")
    assert second.do(next_visit.redeem, code).result


def test_an_abandoned_order_lets_go_of_it(tills: tuple[Register, Register]) -> None:
    first, second = tills
    code = a_code(first)
    first.do(next_visit.redeem, code)
    first.do(aside.abandon)
    assert not second.do(next_visit.redeem, code).result


def test_a_held_order_keeps_it_and_takes_it_along_to_another_till(tills: tuple[Register, Register]) -> None:
    first, second = tills
    code = a_code(first)
    ring(first, "fries-m")
    first.do(next_visit.redeem, code)
    held = first.view.order.id
    first.do(aside.hold)
    assert why_not(first, code).values == {"till": "1"}
    second.do(aside.recall, held)
    assert second.view.next_visit_line is not None
    assert why_not(first, code).values == {"till": "2"}
    asked_until_payment(second)
    second.do(paying.pay_cash)
    assert why_not(first, code).message_id == "next-visit-used"


def test_a_used_code_says_when(tills: tuple[Register, Register]) -> None:
    first, second = tills
    code = a_code(first)
    ring(first, "fries-m")
    first.do(next_visit.redeem, code)
    asked_until_payment(first)
    first.do(paying.pay_cash)
    assert why_not(second, code).values["day"] == date(2026, 11, 23)


def test_a_crash_leaves_the_code_with_its_order(folder: Path) -> None:
    first = a_till(folder)
    code = a_code(first)
    ring(first, "fries-m")
    first.do(next_visit.redeem, code)
    order = first.view.order
    again = a_till(folder)
    assert again.view.order == order
    asked_until_payment(again)
    again.do(paying.pay_cash)
    assert row(again.store, code)["redeemed_by"] == 2


def test_what_changes_around_the_order_leaves_the_code_with_it(tills: tuple[Register, Register]) -> None:
    first, second = tills
    code = a_code(first)
    ring(first, "fries-m")
    first.do(next_visit.redeem, code)
    first.do(checkout.checkout)
    second.do(stock.eighty_six, "shake-m")
    first.catch_up()
    assert first.view.next_visit_line is not None
    assert row(first.store, code)["claimed_by"] == key_of(first.store, first.view.order.id)


def test_finishing_twice_uses_it_once(tills: tuple[Register, Register]) -> None:
    first, _ = tills
    code = a_code(first)
    ring(first, "fries-m")
    first.do(next_visit.redeem, code)
    asked_until_payment(first)
    order, seq = first.view.order, first.view.seq
    first.do(paying.pay_cash)
    sale = first.view.finished
    assert sale is not None
    paid = replace(order, tenders=sale.tenders, call_number=sale.call_number)
    with pytest.raises(Refused, match="next-visit-used"):
        finish(first.store, sale, paid, first.till.id, seq, first.now, head=seq)
    assert row(first.store, code)["redeemed_by"] == 2


def test_an_order_that_has_lost_its_code_cannot_be_written(tills: tuple[Register, Register]) -> None:
    first, second = tills
    code = a_code(first)
    first.do(next_visit.redeem, code)
    carrying = first.view.order
    first.do(undoing.take_back)
    second.do(next_visit.redeem, code)
    with pytest.raises(Refused):
        keep(first.store, first.till.id, "forged", carrying, None, first.now)


# any two tills, any sequence

ACTS = ("redeem", "fries", "void", "take_back", "hold", "recall", "abandon", "pay")


def act(register: Register, name: str, code: str) -> None:
    """One act of a cashier; what is refused changes nothing."""
    lines = register.view.order.lines
    acts: dict[str, Callable[[], object]] = {
        "redeem": lambda: register.do(next_visit.redeem, code).result,
        "fries": lambda: ring(register, "fries-m"),
        "void": lambda: register.do(ringing.void, lines[-1].id if lines else 0).result,
        "take_back": lambda: register.do(undoing.take_back),
        "hold": lambda: register.do(aside.hold),
        "recall": lambda: (
            register.do(aside.recall, shelf.held(register)[0].order_id).result if shelf.held(register) else None
        ),
        "abandon": lambda: register.do(aside.abandon),
        "pay": lambda: (
            register.do(ringing.serve, TAKE_AWAY),
            asked_until_payment(register),
            register.do(paying.pay_cash).result,
        ),
    }
    try:
        acts[name]()
    except PosError:
        if isinstance(register.view.prompt, QuestionPrompt):
            register.do(checkout.go_back)


def carriers(tills: tuple[Register, Register], code: str) -> list[Order]:
    key = tills[0].store.next_visits.key(code)
    orders = [till.view.order for till in tills] + [held.order for held in shelf.held(tills[0])]
    return [order for order in orders if order.next_visit is not None and order.next_visit.code == key]


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 1), st.sampled_from(ACTS)), min_size=4, max_size=14))
def test_whatever_two_tills_do_a_code_is_used_once_at_most(played: list[tuple[int, str]]) -> None:
    folder, clock = giving_folder("free"), Clock()
    tills = a_till(folder, clock=clock), a_till(folder, "2", clock)
    code = a_code(tills[0])
    for till, name in played:
        clock.pass_()
        act(tills[till], name, code)
        assert len(carriers(tills, code)) <= 1
        assert all(entry.view.priced.total.minor >= 0 for entry in tills)
    store = tills[0].store
    used = "SELECT COUNT(*) FROM sale_discount WHERE incentive_id = 'next_visit'"
    gone = "SELECT COUNT(*) FROM next_visit WHERE redeemed_by IS NOT NULL"
    counts = [store.file.conn.execute(query).fetchone()[0] for query in (used, gone)]
    assert counts[0] == counts[1]
    assert row(store, code)["redeemed_by"] is None or not carriers(tills, code)
    for till in tills:
        till.store.close()


@given(st.integers(10_000_000, 99_999_999), st.data())
@settings(max_examples=60, deadline=None)
def test_one_wrong_digit_or_two_that_changed_places_are_seen(number: int, data: st.DataObject) -> None:
    code = with_check_digits(number)
    assert is_well_typed(code)
    assert is_code(code)
    place = data.draw(st.integers(0, 8))
    digit = data.draw(st.sampled_from([entry for entry in "0123456789" if entry != code[place]]))
    assert not is_well_typed(code[:place] + digit + code[place + 1 :])
    if code[place] != code[place + 1]:
        assert not is_well_typed(code[:place] + code[place + 1] + code[place] + code[place + 2 :])
