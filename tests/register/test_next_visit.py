"""A declined upgrade comes back as a next-visit offer: given with the sale, brought once, priced as promised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from pos.domain.errors import Refused
from pos.domain.next_visit import NextVisitRules, is_well_typed, with_check_digits
from pos.domain.order import Order
from pos.domain.prompts import QuestionPrompt
from pos.domain.questions import Reason
from pos.register import Register
from tests.builders import CROSS_SELL, MENU, UPSELL, kr
from tests.register.visits import (
    ALL_DAY,
    FREE,
    GIVING,
    a_code,
    a_till,
    asked_until_payment,
    given,
    giving_folder,
    menu_of,
    ring,
    row,
    sold,
    the_line,
)
from tests.rig import Clock

DAY = 86_400_000


@pytest.fixture
def till() -> Iterator[Register]:
    register = a_till(giving_folder(), clock=Clock())
    yield register
    register.store.close()


def skus(order: Order) -> list[str]:
    return [f"{line.quantity} {line.sku}" for line in order.lines]


def refused(register: Register, code: str) -> str:
    before = register.order
    with pytest.raises(Refused) as info:
        register.redeem(code)
    assert register.order == before
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
    till.ring("cheeseburger", 2)
    assert till.redeem(offer.code)
    assert [(line.quantity, line.modifiers, line.size_said) for line in till.order.lines] == [
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
    till.pay_cash()
    assert till.last_sale is not None
    assert till.last_sale.next_visit is None


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
    till.go_back()
    till.step(till.order.lines[0].id, 1)
    till.checkout()
    till.pay_cash()
    assert till.last_sale is not None
    assert till.last_sale.next_visit is None


def test_an_upgrade_whose_line_was_voided_gives_nothing(till: Register) -> None:
    ring(till, "fries-m", "salad")
    asked_until_payment(till)
    till.go_back()
    till.void(till.order.lines[0].id)
    till.checkout()
    till.pay_cash()
    assert till.last_sale is not None
    assert till.last_sale.next_visit is None


def test_a_customer_to_be_left_alone_gets_nothing(till: Register) -> None:
    ring(till, "fries-m")
    till.checkout()
    till._clock.pass_()  # type: ignore[attr-defined]  # the clock of tests
    till.no()
    till.not_for_customer(Reason.LEFT_ALONE)
    till.pay_cash()
    assert till.last_sale is not None
    assert till.last_sale.next_visit is None


def test_no_code_is_given_twice(till: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = iter([5, 5, 5, 6])
    monkeypatch.setattr("pos.store.next_visits.secrets.randbelow", lambda below: next(numbers))
    assert a_code(till)[:8] == "10000005"
    assert a_code(till)[:8] == "10000006"


# brought


def test_a_code_raises_a_line_that_fits_and_takes_its_share_off(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m")
    assert till.redeem(code)
    line = the_line(till)
    assert (line.sku, line.size_said, line.takes_next_visit) == ("fries-l", True, True)
    priced = till.priced()
    assert priced.total == kr(42) - kr(3, 50)
    assert [(entry.id, entry.amount) for entry in priced.discounts] == [("next_visit", kr(3, 50))]
    assert priced.vat == sum((entry.vat for entry in priced.vat_rows), kr(0))


def test_only_one_of_several_is_raised(till: Register) -> None:
    code = a_code(till)
    till.ring("fries-m", 3)
    till.redeem(code)
    assert skus(till.order) == ["2 fries-m", "1 fries-l"]
    assert till.priced().total == kr(35 * 2 + 42) - kr(3, 50)


def test_what_is_on_the_line_stays_on_it(till: Register) -> None:
    code = a_code(till, "cheeseburger")
    ring(till, "cheeseburger")
    line = the_line(till)
    till.modify(line.id, "no-onion")
    till.note("uten salt", line.id)
    till.redeem(code)
    line = the_line(till)
    assert (line.sku, line.modifiers, line.note) == ("cheeseburger-meal-m", ("no-onion",), "uten salt")


def test_a_meal_takes_up_loose_things(till: Register) -> None:
    code = a_code(till, "cheeseburger")
    ring(till, "cola-m", "cheeseburger")
    till.redeem(code)
    assert skus(till.order) == ["1 cheeseburger-meal-m"]


def test_a_size_that_was_said_does_not_stand_against_a_code(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m")
    till.say_size(the_line(till).id)
    assert till.redeem(code)


def test_what_is_large_already_costs_less_and_nothing_else_is_raised(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m", "fries-l")
    assert till.redeem(code)
    assert skus(till.order) == ["1 fries-m", "1 fries-l"]
    assert till.priced().total == kr(35 + 42) - kr(3, 50)
    assert till.order.next_visit is not None
    assert till.order.next_visit.gain == -kr(3, 50)


def test_a_free_step_costs_nothing_and_never_less(till: Register) -> None:
    menu_of(till, FREE)
    code = a_code(till)
    ring(till, "fries-m")
    till.redeem(code)
    assert till.priced().total == kr(35)
    assert till.order.next_visit is not None
    assert till.order.next_visit.gain == kr(0)


def test_a_code_waits_until_something_fits(till: Register) -> None:
    code = a_code(till)
    assert not till.redeem(code)
    ring(till, "salad")
    assert till.next_visit_line() is None
    assert not till.priced().discounts
    till.ring("fries-m")
    assert skus(till.order) == ["1 salad", "1 fries-l"]
    assert till.priced().saved == kr(3, 50)


def test_a_code_that_was_not_needed_is_still_good(till: Register) -> None:
    code = a_code(till)
    till.redeem(code)
    sold(till, "salad")
    assert row(till.store, code)["redeemed_by"] is None
    ring(till, "fries-m")
    assert till.redeem(code)


def test_a_voided_line_gives_the_code_back_to_the_order(till: Register) -> None:
    code = a_code(till)
    ring(till, "salad", "fries-m")
    till.redeem(code)
    till.void(till.order.lines[1].id)
    assert till.priced().discounts == ()
    till.ring("fries-m")
    assert till.priced().saved == kr(3, 50)


def test_a_line_stepped_down_again_gives_the_code_back_and_stays_down(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m")
    till.redeem(code)
    till.step(the_line(till).id, -1)
    till.ring("salad")
    assert skus(till.order) == ["1 fries-m", "1 salad"]
    assert not till.priced().discounts
    assert till.redeem(code), "given again, it looks once more"
    assert skus(till.order) == ["1 fries-l", "1 salad"]


def test_taking_back_takes_the_code_off_and_gives_the_line_back(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m")
    before = till.order
    till.redeem(code)
    till.take_back()
    assert till.order == before
    assert till.redeem(code)


def test_both_questions_are_asked_as_ever_and_the_step_is_not(till: Register) -> None:
    code = a_code(till, "cheeseburger")
    ring(till, "cheeseburger", "coffee-s")
    till.redeem(code)
    assert asked_until_payment(till) == ["coffee-m", "shake-m"], "the size of the meal counts as said"
    till.pay_cash()
    assert till.last_sale is not None
    assert {entry.kind for entry in till.last_sale.ledger} == {UPSELL, CROSS_SELL}


def test_a_code_at_a_question_goes_back_to_ringing(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m")
    till.checkout()
    assert isinstance(till.prompt(), QuestionPrompt)
    till.redeem(code)
    assert not till.order.checking_out
    till.checkout()
    prompt = till.prompt()
    assert not isinstance(prompt, QuestionPrompt) or prompt.question.offer.sku != "fries-l"


def test_a_sale_that_used_a_code_may_give_another(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m", "cola-m")
    till.redeem(code)
    asked_until_payment(till)
    till.pay_cash()
    assert till.last_sale is not None
    again = given(till.last_sale)
    assert again.sku == "cola-l"
    assert again.code != code


def test_what_it_brought_and_gave_away_is_kept_with_the_sale(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m")
    till.redeem(code)
    asked_until_payment(till)
    till.pay_cash()
    kept = row(till.store, code)
    assert (kept["gain_minor"], kept["given_minor"]) == (350, 350)
    assert kept["redeemed_by"] == 2


def test_the_uplift_has_nothing_of_it(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m")
    till.redeem(code)
    asked_until_payment(till)
    till.pay_cash()
    assert till.last_sale is not None
    assert [entry.gain for entry in till.last_sale.ledger] == [kr(0), kr(0)]


# refusals


def test_every_refusal_says_why_and_changes_nothing(till: Register) -> None:
    code = a_code(till)
    wrong = code[:4] + str((int(code[4]) + 1) % 10) + code[5:]
    assert refused(till, wrong) == "next-visit-mistyped"
    assert refused(till, code[:-1]) == "next-visit-mistyped"
    assert refused(till, "") == "next-visit-mistyped"
    assert refused(till, with_check_digits(12345678)) == "next-visit-unknown"
    ring(till, "fries-m")
    till.redeem(code)
    assert refused(till, code) == "next-visit-already-on"
    assert refused(till, a_code(a_till(till.store.path.parent, "2"))) == "next-visit-one-only"
    asked_until_payment(till)
    till.pay_cash()
    assert refused(till, code) == "next-visit-used"


def test_the_last_day_counts_and_the_next_does_not() -> None:
    clock = Clock()
    till = a_till(giving_folder(), clock=clock)
    code = a_code(till)
    clock.pass_(14 * DAY)
    ring(till, "fries-m")
    assert till.redeem(code)
    till.take_back()
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


def test_a_path_that_the_menu_has_lost_is_honoured_all_the_same(till: Register) -> None:
    code = a_code(till)
    menu_of(till, replace(GIVING, paths={}))
    ring(till, "fries-m")
    assert till.redeem(code)


def test_no_code_is_taken_once_money_was_handed_over(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-l")
    asked_until_payment(till)
    till.pay_cash(kr(10))
    assert refused(till, code) == "order-frozen"


# refusals that are remembered


@pytest.mark.parametrize(("menu", "asked"), [(GIVING, True), (ALL_DAY, False)])
def test_a_no_of_today_is_remembered_where_the_shop_says_so(till: Register, menu: object, asked: bool) -> None:
    menu_of(till, menu)  # type: ignore[arg-type]  # a menu
    code = a_code(till, "cola-m")
    ring(till, "salad", "cola-m", "cola-m")
    till.redeem(code)
    assert ("cola-l" in asked_until_payment(till)) is asked


def test_a_no_of_yesterday_is_not() -> None:
    clock = Clock()
    till = a_till(giving_folder("all-day"), clock=clock)
    code = a_code(till, "cola-m")
    clock.pass_(DAY)
    till.ring("cola-m", 2)
    till.redeem(code)
    assert till.order.next_visit is not None
    assert till.order.next_visit.refused == ()


def test_the_rules_of_the_day_it_was_given_stay(till: Register) -> None:
    code = a_code(till)
    menu_of(till, replace(GIVING, next_visit=NextVisitRules(1, 100)))
    ring(till, "fries-m")
    till.redeem(code)
    assert till.priced().saved == kr(3, 50)
