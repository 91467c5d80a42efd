"""Money that one till takes for an order that another finishes: each drawer is expected to contain what was put into
it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.errors import PosError, Refused
from pos.domain.money import Money
from pos.domain.order.exchange import RefundReason
from pos.domain.order.order import TenderKind, TenderState
from pos.domain.order.tips import Tip
from pos.domain.refunds.refund import CashReason, Refund
from pos.domain.sale.sale import Sale
from pos.domain.shift.report import ShiftReport, total_of
from pos.office.verifying import verify_all
from pos.register.verbs import aside, checkout, exchanging, paying, refunding, reports, ringing, shift, tipping
from pos.wording.shift_report import report_paper
from tests.builders import MENU, NOW, PAIRINGS, kr
from tests.office_acts import put_menu
from tests.register.every_act import Till
from tests.register.reckoning import reckoned
from tests.register.shops import a_folder


@pytest.fixture
def tills() -> Iterator[tuple[Till, Till]]:
    """Two tills with a float of 1,000 each."""
    for folder in a_folder():
        yield two_tills(folder)


def two_tills(folder: Path) -> tuple[Till, Till]:
    first = Till(folder)
    both = first, Till(folder, till="2", clock=first.clock)
    for till in both:
        till.do(shift.enter_float, kr(1000))
    return both


def paid_in_part(till: Till, amount: Money) -> str:
    """The id of a held order: a cheeseburger for 89 kroner, partly paid in cash."""
    till.at_payment()
    order = till.register.view.order.id
    till.do(paying.pay_cash, amount)
    till.do(aside.hold)
    return order


def x(till: Till) -> ShiftReport:
    report = till.do(reports.x_report)
    assert isinstance(report, ShiftReport)
    return report


def taken(till: Till) -> dict[str, int]:
    """The means of payment in a till's report, in øre; each report is first checked against the journal."""
    report = x(till)
    figures, view = report.figures, till.register.view
    told = reckoned(view_path(till), view.till.id)[view.shift_id or 0]
    rows = {row.id: row.sum.amount.minor for row in figures.tenders if row.sum.amount}
    assert rows == {kind: minor for kind, minor in told.tenders.items() if minor}
    assert figures.expected_cash.minor == told.expected
    balance = figures.net_sales + figures.rounding + figures.tips.amount + figures.on_orders + figures.other_tills
    assert total_of(figures.tenders).amount == balance
    return rows


def view_path(till: Till) -> Path:
    return till.register.store.path


def test_cash_of_an_order_that_another_till_finishes_stays_in_the_drawer_it_lies_in(tills: tuple[Till, Till]) -> None:
    first, second = tills
    order = paid_in_part(first, kr(50))
    assert (taken(first), taken(second)) == ({"cash": 5000}, {})
    second.do(aside.recall, order)
    assert (taken(first), taken(second)) == ({"cash": 5000}, {})
    second.do(paying.pay_cash, kr(39))
    assert (taken(first), taken(second)) == ({"cash": 5000}, {"cash": 3900})
    assert (x(first).figures.expected_cash, x(second).figures.expected_cash) == (kr(1050), kr(1039))
    assert (x(first).figures.other_tills, x(second).figures.other_tills) == (kr(50), -kr(50))
    for till, cash in ((first, 1050), (second, 1039)):
        till.do(shift.count_drawer, kr(cash))
        assert isinstance(till.do(reports.z_report), ShiftReport)
    assert verify_all(first.register.store).finding is None


def test_a_tip_lies_where_it_was_left_and_counts_where_the_sale_is(tills: tuple[Till, Till]) -> None:
    first, second = tills
    put_menu(first.register.store, replace(MENU, most_tip=kr(200)), PAIRINGS, NOW)
    first.at_payment()
    order = first.register.view.order.id
    first.do(tipping.note_tip, Tip(kr(10)))
    first.do(paying.pay_cash, kr(50))
    assert (x(first).figures.on_orders, x(first).figures.tips.amount) == (kr(50), kr(0))
    first.do(aside.hold)
    second.do(aside.recall, order)
    second.do(tipping.note_tip, Tip())
    second.do(paying.pay_cash, kr(50))
    assert (taken(first), taken(second)) == ({"cash": 5000}, {"cash": 5000})
    assert (x(first).figures.tips.amount, x(second).figures.tips.amount) == (kr(0), kr(11))
    assert verify_all(first.register.store).finding is None


def test_a_shift_that_was_closed_meanwhile_has_counted_what_it_took(tills: tuple[Till, Till]) -> None:
    first, second = tills
    second.do(aside.recall, paid_in_part(first, kr(50)))
    first.do(shift.count_drawer, kr(1050))
    z = first.do(reports.z_report)
    assert isinstance(z, ShiftReport)
    assert z.figures.expected_cash == kr(1050)
    first.do(shift.enter_float, kr(1000))
    second.do(paying.pay_cash, kr(39))
    assert (taken(first), taken(second)) == ({}, {"cash": 3900})


def test_money_given_back_at_another_till_comes_out_of_that_ones_drawer(tills: tuple[Till, Till]) -> None:
    first, second = tills
    second.do(aside.recall, paid_in_part(first, kr(50)))
    second.do(paying.give_back)
    assert (taken(first), taken(second)) == ({"cash": 5000}, {"cash": -5000})


def test_an_order_that_comes_home_counts_as_if_it_had_never_left(tills: tuple[Till, Till]) -> None:
    first, second = tills
    order = paid_in_part(first, kr(50))
    second.do(aside.recall, order)
    second.do(paying.pay_cash, kr(20))
    second.do(aside.hold)
    first.do(aside.recall, order)
    first.do(paying.pay_cash, kr(19))
    assert (taken(first), taken(second)) == ({"cash": 6900}, {"cash": 2000})
    assert x(first).figures.other_tills == -kr(20)


def test_a_card_that_was_tried_at_one_till_and_settled_at_another_is_on_the_first_ones_terminal(
    tills: tuple[Till, Till],
) -> None:
    first, second = tills
    first.at_payment()
    order = first.register.view.order.id
    first.do(paying.ask_terminal, TenderKind.CARD)
    first.do(paying.terminal_says, TenderState.UNKNOWN)
    first.do(aside.hold)
    second.do(aside.recall, order)
    second.do(paying.terminal_says, TenderState.APPROVED)
    assert (taken(first), taken(second)) == ({"card": 8900}, {})
    assert verify_all(first.register.store).finding is None


def test_a_card_refund_that_was_asked_at_one_till_and_settled_at_another_is_on_the_first_ones_terminal(
    tills: tuple[Till, Till],
) -> None:
    first, second = tills
    sale = paid_by_card(first)
    begun = first.do(refunding.refund, sale.number, ((1, 1),), RefundReason.MADE_WRONG)
    assert isinstance(begun, Refund)
    first.do(refunding.refund_says, begun.id, TenderState.UNKNOWN)
    done = second.do(refunding.refund_says, begun.id, TenderState.APPROVED)
    assert isinstance(done, Refund)
    assert (done.till, done.series) == ("2", "R2")
    assert (taken(first), taken(second)) == ({}, {})
    assert (x(first).figures.other_tills, x(second).figures.other_tills) == (-kr(89), kr(89))
    assert verify_all(first.register.store).finding is None


def test_a_refund_that_another_till_asks_for_again_or_pays_in_cash_is_paid_there(tills: tuple[Till, Till]) -> None:
    first, second = tills
    for in_cash in (False, True):
        sale = paid_by_card(first)
        begun = first.do(refunding.refund, sale.number, ((1, 1),), RefundReason.MADE_WRONG)
        assert isinstance(begun, Refund)
        first.do(refunding.refund_says, begun.id, TenderState.DECLINED)
        if in_cash:
            second.do(refunding.refund_in_cash, begun.id, CashReason.DECLINED)
        else:
            second.do(refunding.refund_again, begun.id)
            second.do(refunding.refund_says, begun.id, TenderState.APPROVED)
    assert (taken(first), taken(second)) == ({"card": 2 * 8900}, {"card": -8900, "cash": -8900})


def test_a_difference_that_was_asked_at_one_till_and_settled_at_another_is_on_the_first_ones_terminal(
    tills: tuple[Till, Till],
) -> None:
    first, second = tills
    sale = paid_by_card(first)
    first.do(exchanging.exchange, sale.number, ((1, 1),), RefundReason.MADE_WRONG)
    first.do(ringing.ring, "cola-m", 1)
    first.do(checkout.checkout)
    order = first.register.view.order.id
    first.do(paying.ask_terminal, TenderKind.CARD)
    first.do(paying.terminal_says, TenderState.UNKNOWN)
    first.do(aside.hold)
    second.do(aside.recall, order)
    assert isinstance(second.do(paying.terminal_says, TenderState.APPROVED), Sale)
    assert (taken(first), taken(second)) == ({"card": 8900 - 5500}, {})
    assert verify_all(first.register.store).finding is None


def paid_by_card(till: Till) -> Sale:
    """A cheeseburger."""
    till.at_payment()
    till.do(paying.ask_terminal, TenderKind.CARD)
    sale = till.do(paying.terminal_says, TenderState.APPROVED)
    assert isinstance(sale, Sale)
    return sale


def test_an_order_left_open_at_another_till_is_brought_here_with_its_money(tills: tuple[Till, Till]) -> None:
    first, second = tills
    first.at_payment()
    order = first.register.view.order.id
    first.do(paying.pay_cash, kr(50))
    second.do(aside.recall, order, elsewhere=True)
    with pytest.raises(Refused):  # by which the first till learns that its order is gone
        first.do(reports.x_report)
    second.do(paying.pay_cash, kr(39))
    assert (taken(first), taken(second)) == ({"cash": 5000}, {"cash": 3900})


def test_the_report_says_what_is_for_other_tills_and_what_is_not_finished(tills: tuple[Till, Till]) -> None:
    first, second = tills
    order = paid_in_part(first, kr(50))
    headings = first.register.view.country.headings

    def lines(till: Till) -> list[tuple[str, str]]:
        return [(line.left, line.right) for line in report_paper(x(till), "en", headings).lines]

    assert ("of this, on open orders", "50.00") in [(left, right.strip()) for left, right in lines(first)]
    second.do(aside.recall, order)
    second.do(paying.pay_cash)
    assert ("of this, for other tills", "50.00") in [(left, right.strip()) for left, right in lines(first)]
    assert ("of this, for other tills", "-50.00") in [(left, right.strip()) for left, right in lines(second)]


def ring(till: Till, number: int) -> None:
    till.at_payment()


def cash(till: Till, number: int) -> None:
    till.do(paying.pay_cash, kr(1 + number))


def card(till: Till, number: int) -> None:
    till.do(paying.ask_terminal, TenderKind.CARD, kr(1 + number))
    till.do(paying.terminal_says, (TenderState.APPROVED, TenderState.UNKNOWN)[number % 2])


def settle(till: Till, number: int) -> None:
    till.do(paying.terminal_says, TenderState.APPROVED)


def give_back(till: Till, number: int) -> None:
    till.do(paying.give_back)


def hold(till: Till, number: int) -> None:
    till.do(aside.hold)


def recall(till: Till, number: int) -> None:
    held = till.register.store.orders.held()
    if held:
        till.do(aside.recall, held[number % len(held)].order_id)


DEEDS = (ring, cash, cash, card, settle, give_back, hold, recall, recall)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(DEEDS), st.integers(0, 30)), min_size=10, max_size=40))
def test_however_orders_wander_each_drawer_is_reckoned_for_what_lies_in_it(
    deeds: list[tuple[bool, Callable[[Till, int], None], int]],
) -> None:
    for folder in a_folder():
        tills = two_tills(folder)
        for at_second, deed, number in deeds:
            with suppress(PosError, AssertionError):
                deed(tills[at_second], number)
        for till in tills:
            taken(till)
        assert verify_all(tills[0].register.store).finding is None
        for till in tills:
            till.register.store.close()
