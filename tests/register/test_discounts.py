"""Discounts by hand: who may give one, how much, what it holds for, and what is left of it in the sale."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.errors import Refused
from pos.domain.money import Money, half_up
from pos.domain.order.discounts import MANUAL_DISCOUNT, DiscountReason
from pos.domain.people import NeedsRight
from pos.domain.sale.sale import Sale
from pos.register import Register
from pos.register.verbs import answering, checkout, paying, people, ringing, undoing
from pos.store import KeyKind
from tests.builders import MENU, NOW, PAIRINGS, TAKE_AWAY, kr
from tests.office_acts import put_menu
from tests.rig import Clock, a_register
from tests.staff import PINS, digest, staffed

TENTH = (1000, DiscountReason.COMPLAINT)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def till(folder: Path, clock: Clock) -> Register:
    """A till whose shop gives 20 % at most, with a salad at 79 to take away."""
    register = a_register(folder, clock=clock)
    put_menu(register.store, replace(MENU, most_discount=2000), PAIRINGS, NOW)
    register.do(ringing.serve, TAKE_AWAY)
    register.do(ringing.ring, "cheeseburger")
    return register


def paid(till: Register, clock: Clock) -> Sale:
    """The order, asked about and paid in cash."""
    till.do(checkout.checkout)
    while till.view.prompt.__class__.__name__ == "QuestionPrompt":
        clock.pass_()
        till.do(answering.no)
    sale = till.do(paying.pay_cash).result
    assert isinstance(sale, Sale)
    return sale


def test_it_takes_its_share_off_whatever_is_rung(till: Register) -> None:
    till.do(ringing.give_discount, *TENTH)
    assert till.view.priced.total == Money(8010)
    till.do(ringing.ring, "salad")
    whole = till.view.moment.price(replace(till.view.order, discount=None)).total
    assert till.view.priced.total == whole - Money(half_up(whole.minor, 10))


def test_taking_back_takes_it_back(till: Register) -> None:
    till.do(ringing.give_discount, *TENTH)
    till.do(undoing.take_back)
    assert till.view.priced.total == kr(89)
    till.do(ringing.give_discount, *TENTH)
    till.do(ringing.drop_discount)
    assert (till.view.order.discount, till.view.priced.total) == (None, kr(89))


def test_it_stands_on_the_sale_and_its_lines_and_the_reason_in_the_journal(till: Register, clock: Clock) -> None:
    till.do(ringing.give_discount, *TENTH)
    due = till.view.priced.total
    sale = paid(till, clock)
    (row,) = [row for row in sale.discounts if row.id == MANUAL_DISCOUNT]
    assert (sale.total, row.amount) == (due, kr(89) - due)
    (reason,) = till.store.file.conn.execute("SELECT reason FROM journal WHERE verb = 'give_discount'").fetchone()
    assert reason == "discount-complaint"


@pytest.mark.parametrize("share", [2001, 10_000, -1])
def test_more_than_the_shop_allows_is_refused(till: Register, share: int) -> None:
    with pytest.raises(Refused, match="discount-too-large"):
        till.do(ringing.give_discount, share, DiscountReason.WAITED)


def test_a_shop_that_allows_none_gives_none(folder: Path) -> None:
    register = a_register(folder)
    register.do(ringing.ring, "cheeseburger")
    with pytest.raises(Refused, match="no-discounts"):
        register.do(ringing.give_discount, *TENTH)


def test_a_cashier_needs_a_shift_lead(till: Register, clock: Clock) -> None:
    staffed(till, clock)
    till.do(people.sign_in, digest(KeyKind.PIN, PINS["Kari"]))
    with pytest.raises(NeedsRight):
        till.do(ringing.give_discount, *TENTH)
    assert till.view.order.discount is None


def test_a_yes_is_worth_what_the_customer_pays_for_it(till: Register, clock: Clock) -> None:
    till.do(ringing.give_discount, *TENTH)
    till.do(checkout.checkout)
    clock.pass_()
    before = till.view.priced.total
    said = till.view.prompt.difference  # type: ignore[union-attr]  # the question stands
    till.do(answering.yes)
    assert till.view.priced.total == before + said.more
