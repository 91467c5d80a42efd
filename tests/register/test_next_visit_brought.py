"""A next-visit code in an order: the line that takes it, what it costs, and what is asked beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pos.domain.order import Order
from pos.domain.prompts import QuestionPrompt
from pos.register import Register
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


def test_the_line_that_is_one_step_below_goes_up_before_one_that_is_two(till: Register) -> None:
    code = a_code(till, "cheeseburger-meal-m")
    ring(till, "cheeseburger", "cheeseburger-meal-m")
    till.redeem(code)
    assert skus(till.order) == ["1 cheeseburger", "1 cheeseburger-meal-l"]


def test_loose_things_that_were_a_meal_come_back_as_the_large_one(till: Register) -> None:
    offer = given(sold(till, "cheeseburger", "fries-m", "cola-m"))
    assert (offer.below, offer.sku, offer.off) == ("cheeseburger", "cheeseburger-meal-l", kr(7, 50))
    ring(till, "fries-m", "cheeseburger", "cola-m")
    before = till.priced().total
    assert till.redeem(offer.code)
    assert skus(till.order) == ["1 cheeseburger-meal-l"]
    assert till.priced().total == before + kr(7, 50)


def test_a_code_takes_off_no_more_than_one_of_the_thing_costs(till: Register) -> None:
    code = a_code(till, "cheeseburger")
    cheap = replace(GIVING.items["cheeseburger-meal-m"], price=kr(3))
    menu_of(till, replace(GIVING, items={**GIVING.items, "cheeseburger-meal-m": cheap}))
    ring(till, "cheeseburger-meal-m")
    till.change_quantity(till.order.lines[0].id, 1)
    till.redeem(code)
    assert till.priced().total == kr(3)


def test_one_more_of_the_raised_line_costs_what_it_costs(till: Register) -> None:
    code = a_code(till)
    ring(till, "fries-m")
    till.redeem(code)
    till.change_quantity(till.order.lines[0].id, 1)
    assert till.priced().total == kr(42 * 2) - kr(3, 50)
