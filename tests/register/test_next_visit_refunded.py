"""Next-visit codes and refunds: what a sale that went back gave is void, and what it used stays used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.errors import Refused
from pos.domain.order.exchange import RefundReason
from pos.domain.sale.sale import Sale
from pos.office.verifying import verify_file
from pos.register import Register
from pos.register.verbs import next_visit, refunding, ringing
from tests.builders import TAKE_AWAY
from tests.register.visits import a_till, given, giving_folder, sold


@pytest.fixture
def register() -> Iterator[Register]:
    folder: Path = giving_folder()
    till = a_till(folder)
    yield till
    till.store.close()


def take_back(register: Register, sale: Sale, count: int) -> None:
    register.do(refunding.refund, sale.number, ((1, count),), RefundReason.CHANGED_MIND)


def redeem(register: Register, code: str) -> None:
    register.do(ringing.serve, TAKE_AWAY)
    register.do(ringing.ring, "fries-m", 1)
    register.do(next_visit.redeem, code)


def test_a_code_goes_with_the_sale_that_gave_it(register: Register) -> None:
    sale = sold(register, "fries-m")
    take_back(register, sale, 1)
    with pytest.raises(Refused, match="next-visit-refunded"):
        redeem(register, given(sale).code)
    assert register.store.next_visits.sums("0000", "9999", sale.day)[:3] == (1, 0, 0)
    assert verify_file(register.store).finding is None


def test_a_code_that_was_used_stays_used(register: Register) -> None:
    sale = sold(register, "fries-m")
    code = given(sale).code
    redeem(register, code)
    assert register.view.order.next_visit is not None
    take_back(register, sale, 1)  # an order that has it already keeps it
    assert register.view.order.next_visit is not None
