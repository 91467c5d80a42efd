"""A next-visit code in an order: the line that takes it, what it costs, and what is asked beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pos.domain.order.order import Order
from pos.domain.prompts import QuestionPrompt
from pos.register import Register
from pos.register.verbs import checkout, next_visit, paying, ringing, undoing
from tests.builders import CROSS_SELL, UPSELL, kr
from tests.register.visits import (
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


@pytest.fixture
def till() -> Iterator[Register]:
    register = a_till(giving_folder(), clock=Clock())
    yield register
    register.store.close()


def skus(order: Order) -> list[str]:
    return [f"{line.quantity} {line.sku}" for line in order.lines]


def test_a_code_raises_a_line_that_fits_and_takes_its_share_off(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m")
    assert till.do(next_visit.redeem, code).result
    line = the_line(till)
    assert (line.sku, line.size_said, line.takes_next_visit) == ("fries-l", True, True)
    priced = till.view.priced
    assert priced.total == kr(42) - kr(3, 50)
    assert [(entry.id, entry.amount) for entry in priced.discounts] == [("next_visit", kr(3, 50))]
    assert priced.tax == sum((entry.amount for entry in priced.tax_rows), kr(0))


def test_only_one_of_several_is_raised(till: Register) -> None:
    code = a_code(till)
    till.do(ringing.ring, "fries-m", 3)
    till.do(next_visit.redeem, code)
    assert skus(till.view.order) == ["2 fries-m", "1 fries-l"]
    assert till.view.priced.total == kr(35 * 2 + 42) - kr(3, 50)


def test_what_is_on_the_line_stays_on_it(till: Register) -> None:
    code = a_code(till, "cheeseburger")
    ring(till, "cheeseburger")
    line = the_line(till)
    till.do(ringing.modify, line.id, "no-onion")
    till.do(ringing.note, "uten salt", line.id)
    till.do(next_visit.redeem, code)
    line = the_line(till)
    assert (line.sku, line.modifiers, line.note) == ("cheeseburger-meal-m", ("no-onion",), "uten salt")


def test_a_meal_takes_up_loose_things(till: Register) -> None:
    code = a_code(till, "cheeseburger")
    ring(till, "cola-m", "cheeseburger")
    till.do(next_visit.redeem, code)
    assert skus(till.view.order) == ["1 cheeseburger-meal-m"]


def test_a_size_that_was_said_does_not_stand_against_a_code(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m")
    till.do(ringing.confirm_size, the_line(till).id)
    assert till.do(next_visit.redeem, code).result


def test_what_is_large_already_costs_less_and_nothing_else_is_raised(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m", "fries-l")
    assert till.do(next_visit.redeem, code).result
    assert skus(till.view.order) == ["1 fries-m", "1 fries-l"]
    assert till.view.priced.total == kr(35 + 42) - kr(3, 50)
    assert till.view.order.next_visit is not None
    assert till.view.order.next_visit.gain == -kr(3, 50)


def test_a_free_step_costs_nothing_and_never_less(till: Register) -> None:
    menu_of(till, FREE)
    code = a_code(till)
    ring(till, "fries-m")
    till.do(next_visit.redeem, code)
    assert till.view.priced.total == kr(35)
    assert till.view.order.next_visit is not None
    assert till.view.order.next_visit.gain == kr(0)


def test_a_code_waits_until_something_fits(till: Register) -> None:
    code = a_code(till)
    assert not till.do(next_visit.redeem, code).result
    ring(till, "salad")
    assert till.view.next_visit_line is None
    assert not till.view.priced.discounts
    till.do(ringing.ring, "fries-m")
    assert skus(till.view.order) == ["1 salad", "1 fries-l"]
    assert till.view.priced.saved == kr(3, 50)


def test_a_code_that_was_not_needed_is_still_good(till: Register) -> None:
    code = a_code(till)
    till.do(next_visit.redeem, code)
    sold(till, "salad")
    assert row(till.store, code)["redeemed_by"] is None
    ring(till, "fries-m")
    assert till.do(next_visit.redeem, code).result


def test_a_voided_line_gives_the_code_back_to_the_order(till: Register) -> None:
    code = a_code(till)
    ring(till, "salad", "fries-m")
    till.do(next_visit.redeem, code)
    till.do(ringing.void, till.view.order.lines[1].id)
    assert till.view.priced.discounts == ()
    till.do(ringing.ring, "fries-m")
    assert till.view.priced.saved == kr(3, 50)


def test_a_line_stepped_down_again_gives_the_code_back_and_stays_down(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m")
    till.do(next_visit.redeem, code)
    till.do(ringing.step, the_line(till).id, -1)
    till.do(ringing.ring, "salad")
    assert skus(till.view.order) == ["1 fries-m", "1 salad"]
    assert not till.view.priced.discounts
    assert till.do(next_visit.redeem, code).result, "given again, it looks once more"
    assert skus(till.view.order) == ["1 fries-l", "1 salad"]


def test_taking_back_takes_the_code_off_and_gives_the_line_back(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m")
    before = till.view.order
    till.do(next_visit.redeem, code)
    till.do(undoing.take_back)
    assert till.view.order == before
    assert till.do(next_visit.redeem, code).result


def test_both_questions_are_asked_as_ever_and_the_step_is_not(till: Register) -> None:
    code = a_code(till, "cheeseburger")
    ring(till, "cheeseburger", "coffee-s")
    till.do(next_visit.redeem, code)
    assert asked_until_payment(till) == ["coffee-m", "shake-m"], "the size of the meal counts as said"
    till.do(paying.pay_cash)
    assert till.view.finished is not None
    assert {entry.kind for entry in till.view.finished.ledger} == {UPSELL, CROSS_SELL}


def test_a_code_at_a_question_goes_back_to_ringing(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m")
    till.do(checkout.checkout)
    assert isinstance(till.view.prompt, QuestionPrompt)
    till.do(next_visit.redeem, code)
    assert not till.view.order.checking_out
    till.do(checkout.checkout)
    prompt = till.view.prompt
    assert not isinstance(prompt, QuestionPrompt) or prompt.question.offer.sku != "fries-l"


def test_a_sale_that_used_a_code_may_give_another(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m", "cola-m")
    till.do(next_visit.redeem, code)
    asked_until_payment(till)
    till.do(paying.pay_cash)
    assert till.view.finished is not None
    again = given(till.view.finished)
    assert again.sku == "cola-l"
    assert again.code != code


def test_what_it_brought_and_gave_away_is_kept_with_the_sale(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m")
    till.do(next_visit.redeem, code)
    asked_until_payment(till)
    till.do(paying.pay_cash)
    kept = row(till.store, code)
    assert (kept["gain_minor"], kept["given_minor"]) == (350, 350)
    assert kept["redeemed_by"] == 2


def test_the_uplift_has_nothing_of_it(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m")
    till.do(next_visit.redeem, code)
    asked_until_payment(till)
    till.do(paying.pay_cash)
    assert till.view.finished is not None
    assert [entry.gain for entry in till.view.finished.ledger] == [kr(0), kr(0)]


def test_the_line_that_is_one_step_below_goes_up_before_one_that_is_two(till: Register) -> None:
    code = a_code(till, "cheeseburger-meal-m")
    ring(till, "cheeseburger", "cheeseburger-meal-m")
    till.do(next_visit.redeem, code)
    assert skus(till.view.order) == ["1 cheeseburger", "1 cheeseburger-meal-l"]


def test_loose_things_that_were_a_meal_come_back_as_the_large_one(till: Register) -> None:
    offer = given(sold(till, "cheeseburger", "fries-m", "cola-m"))
    assert (offer.below, offer.sku, offer.off) == ("cheeseburger", "cheeseburger-meal-l", kr(7, 50))
    ring(till, "fries-m", "cheeseburger", "cola-m")
    before = till.view.priced.total
    assert till.do(next_visit.redeem, offer.code).result
    assert skus(till.view.order) == ["1 cheeseburger-meal-l"]
    assert till.view.priced.total == before + kr(7, 50)


def test_a_code_takes_off_no_more_than_one_of_the_thing_costs(till: Register) -> None:
    code = a_code(till, "cheeseburger")
    cheap = replace(GIVING.items["cheeseburger-meal-m"], price=kr(3))
    menu_of(till, replace(GIVING, items={**GIVING.items, "cheeseburger-meal-m": cheap}))
    ring(till, "cheeseburger-meal-m")
    till.do(ringing.change_quantity, till.view.order.lines[0].id, 1)
    till.do(next_visit.redeem, code)
    assert till.view.priced.total == kr(3)


def test_one_more_of_the_raised_line_costs_what_it_costs(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m")
    till.do(next_visit.redeem, code)
    till.do(ringing.change_quantity, till.view.order.lines[0].id, 1)
    assert till.view.priced.total == kr(42 * 2) - kr(3, 50)
