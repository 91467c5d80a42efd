"""A declined upgrade is given for the next visit, and a code that cannot be used says why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from pos.counter.printing import print_copy, print_owed
from pos.devices import FakePrinter
from pos.domain.errors import Refused
from pos.domain.menu.next_visit import NextVisitRules, grouped, is_well_typed, with_check_digits
from pos.domain.order.questions import Reason
from pos.register import Register
from pos.register.verbs import answering, checkout, next_visit, paying, ringing, undoing
from tests.builders import MENU, kr
from tests.register.visits import (
    ALL_DAY,
    GIVING,
    a_code,
    a_till,
    asked_until_payment,
    given,
    giving_folder,
    menu_of,
    ring,
    sold,
)
from tests.rig import Clock

DAY = 86_400_000


@pytest.fixture
def till() -> Iterator[Register]:
    register = a_till(giving_folder(), clock=Clock())
    yield register
    register.store.close()


def refused(register: Register, code: str) -> str:
    before = register.view.order
    with pytest.raises(Refused) as info:
        register.do(next_visit.redeem, code)
    assert register.view.order == before
    return info.value.message_id


# given


def test_a_declined_upgrade_is_given_for_the_next_visit(till: Register) -> None:
    offer = given(sold(till, "fries-m"))
    assert (offer.sku, offer.below, offer.offer_id, offer.off) == ("fries-l", "fries-m", "fries:2", kr(3, 50))
    assert offer.last_day == date(2026, 12, 7)
    assert is_well_typed(offer.code)


def test_a_declined_extra_is_given_too_and_taken_by_the_next_line(till: Register) -> None:
    menu_of(till, replace(GIVING, paths={"bacon": GIVING.paths["bacon"]}))
    offer = given(sold(till, "cheeseburger"))
    assert (offer.modifier, offer.sku, offer.off) == ("extra-bacon", None, kr(10))
    till.do(ringing.ring, "cheeseburger", 2)
    assert till.do(next_visit.redeem, offer.code).result
    assert [(line.quantity, line.modifiers, line.size_said) for line in till.view.order.lines] == [
        (1, (), False),
        (1, ("extra-bacon",), False),
    ]


def test_an_accepted_or_unasked_upgrade_gives_nothing(till: Register) -> None:
    assert sold(till, "fries-m", first="yes").next_visit is None
    assert sold(till, "fries-m", first="not_asked").next_visit is None
    assert sold(till, "salad").next_visit is None


def test_a_declined_cross_sell_alone_gives_nothing(till: Register) -> None:
    ring(till, "fries-l")
    assert asked_until_payment(till) != []
    till.do(paying.pay_cash)
    assert till.view.finished is not None
    assert till.view.finished.next_visit is None


@pytest.mark.parametrize(
    "menu",
    [
        MENU,
        replace(GIVING, paths={**GIVING.paths, "fries": replace(GIVING.paths["fries"], next_visit=False)}),
    ],
)
def test_nothing_is_given_where_the_shop_or_the_path_gives_none(till: Register, menu: object) -> None:
    menu_of(till, menu)  # type: ignore[arg-type]  # a menu
    assert sold(till, "fries-m").next_visit is None


def test_a_customer_who_stepped_up_after_the_no_gets_nothing(till: Register) -> None:
    ring(till, "fries-m")
    asked_until_payment(till)
    till.do(checkout.go_back)
    till.do(ringing.step, till.view.order.lines[0].id, 1)
    till.do(checkout.checkout)
    till.do(paying.pay_cash)
    assert till.view.finished is not None
    assert till.view.finished.next_visit is None


def test_an_upgrade_whose_line_was_voided_gives_nothing(till: Register) -> None:
    ring(till, "fries-m", "salad")
    asked_until_payment(till)
    till.do(checkout.go_back)
    till.do(ringing.void, till.view.order.lines[0].id)
    till.do(checkout.checkout)
    till.do(paying.pay_cash)
    assert till.view.finished is not None
    assert till.view.finished.next_visit is None


def test_a_customer_to_be_left_alone_gets_nothing(till: Register) -> None:
    ring(till, "fries-m")
    till.do(checkout.checkout)
    till.timeline._clock.pass_()  # type: ignore[attr-defined]  # the clock of tests
    till.do(answering.no)
    till.do(checkout.not_for_customer, Reason.LEFT_ALONE)
    till.do(paying.pay_cash)
    assert till.view.finished is not None
    assert till.view.finished.next_visit is None


def test_no_code_is_given_twice(till: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = iter([5, 5, 5, 6])
    monkeypatch.setattr("secrets.randbelow", lambda below: next(numbers))
    assert a_code(till)[:14] == "10000000000005"
    assert a_code(till)[:14] == "10000000000006"


# refused


def test_every_refusal_says_why_and_changes_nothing(till: Register) -> None:
    code = a_code(till)
    wrong = code[:4] + str((int(code[4]) + 1) % 10) + code[5:]
    assert refused(till, wrong) == "next-visit-mistyped"
    assert refused(till, code[:-1]) == "next-visit-mistyped"
    assert refused(till, "") == "next-visit-mistyped"
    assert refused(till, with_check_digits(12345678)) == "next-visit-unknown"
    ring(till, "fries-m")
    till.do(next_visit.redeem, code)
    assert refused(till, code) == "next-visit-already-on"
    assert refused(till, a_code(a_till(till.store.path.parent, "2"))) == "next-visit-one-only"
    asked_until_payment(till)
    till.do(paying.pay_cash)
    assert refused(till, code) == "next-visit-used"


def test_the_last_day_counts_and_the_next_does_not() -> None:
    clock = Clock()
    till = a_till(giving_folder(), clock=clock)
    code = a_code(till)
    clock.pass_(14 * DAY)
    ring(till, "fries-m")
    assert till.do(next_visit.redeem, code).result
    till.do(undoing.take_back)
    clock.pass_(DAY)
    assert refused(till, code) == "next-visit-ended"


def test_what_is_no_longer_sold_is_said(till: Register) -> None:
    code = a_code(till)
    rest = {sku: item for sku, item in GIVING.items.items() if sku != "fries-l"}
    paths = {name: path for name, path in GIVING.paths.items() if name != "fries"}
    slots = {name: slot for name, slot in GIVING.slots.items() if not name.endswith("-l")}
    meals = {sku: item for sku, item in rest.items() if sku != "cheeseburger-meal-l"}
    paths.pop("meal")
    menu_of(till, replace(GIVING, items=meals, paths=paths, slots=slots))
    assert refused(till, code) == "next-visit-gone"
    outcomes = till.store.file.conn.execute("SELECT outcome FROM next_visit_try").fetchall()
    assert outcomes == [("ended",)]


def test_a_path_that_the_menu_has_lost_is_honoured_all_the_same(till: Register) -> None:
    code = a_code(till)
    menu_of(till, replace(GIVING, paths={}))
    ring(till, "fries-m")
    assert till.do(next_visit.redeem, code).result


def test_no_code_is_taken_once_money_was_handed_over(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-l")
    asked_until_payment(till)
    till.do(paying.pay_cash, kr(10))
    assert refused(till, code) == "order-frozen"


# refusals that are remembered


@pytest.mark.parametrize(("menu", "asked"), [(GIVING, True), (ALL_DAY, False)])
def test_a_no_of_today_is_remembered_where_the_shop_says_so(till: Register, menu: object, asked: bool) -> None:
    menu_of(till, menu)  # type: ignore[arg-type]  # a menu
    code = a_code(till, "cola-m")
    ring(till, "salad", "cola-m", "cola-m")
    till.do(next_visit.redeem, code)
    assert ("cola-l" in asked_until_payment(till)) is asked


def test_a_no_of_yesterday_is_not() -> None:
    clock = Clock()
    till = a_till(giving_folder("all-day"), clock=clock)
    code = a_code(till, "cola-m")
    clock.pass_(DAY)
    till.do(ringing.ring, "cola-m", 2)
    till.do(next_visit.redeem, code)
    assert till.view.order.next_visit is not None
    assert till.view.order.next_visit.refused == ()


def test_the_rules_of_the_day_it_was_given_stay(till: Register) -> None:
    code = a_code(till)
    menu_of(till, replace(GIVING, next_visit=NextVisitRules(1, 100)))
    ring(till, "fries-m")
    till.do(next_visit.redeem, code)
    assert till.view.priced.saved == kr(3, 50)


# not to be guessed


def test_the_file_holds_no_code_once_its_receipt_is_on_paper(till: Register) -> None:
    code = a_code(till)
    conn = till.store.file.conn
    assert conn.execute("SELECT next_visit_code FROM receipt").fetchall() == [(code,)]
    assert print_owed(till) is None
    assert code not in "\n".join(conn.iterdump())
    assert conn.execute("SELECT code FROM next_visit_offers").fetchall() == [("",)]


def test_the_original_has_the_code_and_the_copy_says_where_it_is(till: Register) -> None:
    code = a_code(till)
    printer = till.devices.printer
    assert isinstance(printer, FakePrinter)
    print_owed(till)
    print_copy(till)
    original, copy = ([line.left for line in document.lines] for document in printer.printed)
    assert grouped(code) in original
    assert grouped(code) not in copy
    assert "Koden står på originalen" in copy


def test_a_receipt_that_broke_off_is_printed_again_with_its_code(till: Register) -> None:
    code = a_code(till)
    printer = till.devices.printer
    assert isinstance(printer, FakePrinter)
    printer.problem, printer.begun = "paper", True
    print_owed(till)
    printer.problem = ""
    print_owed(till)
    assert grouped(code) in [line.left for line in printer.printed[-1].lines]


def test_after_five_unknown_codes_one_in_thirty_seconds_is_looked_at() -> None:
    folder, clock = giving_folder(), Clock()
    till, other = a_till(folder, clock=clock), a_till(folder, "2", clock)
    code = a_code(till)
    tries = [refused(till, with_check_digits(10**13 + number)) for number in range(8)]
    assert tries == ["next-visit-unknown"] * 5 + ["next-visit-slow"] * 3
    assert refused(other, code) == "next-visit-slow"
    again = a_till(folder, "3", clock)
    assert refused(again, code) == "next-visit-slow"
    clock.pass_(31_000)
    assert refused(till, with_check_digits(10**13 + 9)) == "next-visit-unknown"
    assert refused(till, with_check_digits(10**13 + 10)) == "next-visit-slow"
    clock.pass_(31_000)
    ring(till, "fries-m")
    assert till.do(next_visit.redeem, code).result
    outcomes = till.store.file.conn.execute("SELECT outcome FROM next_visit_try ORDER BY id").fetchall()
    assert [outcome for (outcome,) in outcomes] == ["unknown"] * 6 + ["taken"]


def test_a_clock_that_was_set_back_locks_nobody_out_for_long() -> None:
    folder, clock = giving_folder(), Clock()
    till = a_till(folder, clock=clock)
    for number in range(5):
        refused(till, with_check_digits(10**13 + number))
    clock.pass_(-3_600_000)
    assert refused(till, with_check_digits(10**13 + 9)) == "next-visit-unknown"


def test_a_code_of_ten_digits_that_was_given_before_is_still_good(till: Register) -> None:
    code = a_code(till)
    old = with_check_digits(12345678)
    till.store.file.conn.execute(
        "UPDATE next_visit SET code = ? WHERE code = ?", (old, till.store.next_visits.key(code))
    )
    ring(till, "fries-m")
    assert till.do(next_visit.redeem, old).result
    assert till.store.file.conn.execute("SELECT code FROM next_visit_offers").fetchall() == [(old,)]
