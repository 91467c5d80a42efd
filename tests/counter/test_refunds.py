"""Refunds at the counter, by keys: from the receipt's number or today's list to the money."""

from __future__ import annotations

import io

import pytest

from pos.counter import State
from pos.counter.panels.people import ApprovePanel
from pos.counter.panels.refunding import (
    RefundLinesPanel,
    RefundNumberPanel,
    RefundWaitingPanel,
    RefundWayPanel,
    SalesTodayPanel,
)
from pos.domain.money import ZERO
from pos.domain.order.order import TenderKind
from pos.domain.refunds.refund import CashReason, Refund
from pos.plain import run_on
from pos.register import shelf
from tests.register.shops import ring, settle_questions
from tests.rig import Cashier, a_register
from tests.staff import at_the_till


def sold(cashier: Cashier, *keys: str) -> None:
    """A sale of two cheeseburgers, paid by some keys."""
    ring(cashier, "cheeseburger")
    cashier.press("escape", "+")
    cashier.press("enter")
    settle_questions(cashier)
    cashier.press(*keys)
    assert cashier.counter.state is State.PAID


def refunds(cashier: Cashier) -> list[Refund]:
    store = cashier.register.store
    sale = store.sales.last(cashier.register.till.id)
    assert sale is not None
    return list(store.refunds.of_sale(sale.number))


def test_one_of_two_units_is_refunded_by_receipt_number(cashier: Cashier) -> None:
    sold(cashier, "a")
    cashier.press(",", "g", "1", "enter", "1", "enter", "3", "a")
    (done,) = refunds(cashier)
    assert (done.name, done.units, done.reason.value) == ("R1-1", 1, "missing")
    assert cashier.said == "refund-given"
    assert cashier.counter.refunded == done
    assert cashier.counter.panel is None


def test_what_is_rung_is_set_aside_with_f9_where_an_exchange_asks_for_it(cashier: Cashier) -> None:
    sold(cashier, "a")
    cashier.press("c", ",", "g", "1", "enter", "1", "enter", "1", "b")
    assert cashier.said == "exchange-hold-first"
    panel = cashier.counter.panel
    cashier.press("f9")
    assert (cashier.said, cashier.counter.panel) == ("held", panel)
    assert len(cashier.register.store.orders.held()) == 1
    cashier.press("b")
    assert cashier.said == "exchange-begun"
    assert cashier.register.view.order.credit


def test_a_card_refund_is_not_handed_over_in_cash(cashier: Cashier) -> None:
    sold(cashier, "k", "+")
    cashier.press(",", "g", "1", "enter", "1", "enter", "3", "k", "+")
    (done,) = refunds(cashier)
    assert done.cash == ZERO
    assert (cashier.counter.given_back, cashier.counter.state) == (done, State.PAID)


def test_the_cash_of_a_refund_stays_visible_until_the_next_checkout_or_sale(cashier: Cashier) -> None:
    sold(cashier, "a")
    cashier.press(",", "g", "1", "enter", "1", "enter", "3", "a")
    (done,) = refunds(cashier)
    assert (cashier.counter.given_back, cashier.counter.paid, cashier.counter.change) == (done, None, None)
    assert done.cash == done.tenders[0].handed > ZERO
    cashier.press("b")
    assert cashier.counter.given_back == done
    cashier.press("enter")
    assert cashier.counter.given_back is None


def test_a_whole_sale_is_refunded_from_todays_list(cashier: Cashier) -> None:
    sold(cashier, "a")
    cashier.press(",", "g", "enter")
    assert isinstance(cashier.counter.panel, SalesTodayPanel)
    cashier.press("1", "2", "enter", "1", "a")
    (done,) = refunds(cashier)
    assert done.leaves_nothing
    cashier.press(",", "g", "enter")
    assert cashier.said == "no-sale-yet"


def test_todays_list_is_searched_by_what_was_bought(cashier: Cashier) -> None:
    sold(cashier, "a")
    ring(cashier, "coffee-m")
    settle_questions(cashier)
    cashier.press("a")
    cashier.press(",", "g", "enter", "/", *"coffee", "enter")
    assert isinstance(cashier.counter.panel, RefundLinesPanel)
    assert cashier.counter.panel.number.name == "K1-2"
    cashier.press("escape", ",", "g", "enter", "/", *"12:", "enter")
    assert isinstance(cashier.counter.panel, SalesTodayPanel)
    assert len(cashier.counter.panel.found(cashier.counter)) == 2


@pytest.mark.parametrize("typed", ["K1-1", "k1-1", "1"])
def test_a_number_is_found_as_it_is_typed(cashier: Cashier, typed: str) -> None:
    sold(cashier, "a")
    cashier.press(",", "g", *typed, "enter")
    assert isinstance(cashier.counter.panel, RefundLinesPanel)


def test_an_unknown_number_stays_to_be_corrected(cashier: Cashier) -> None:
    cashier.press(",", "g", *"x-x", "enter")
    assert cashier.said == "not-a-receipt"
    assert isinstance(cashier.counter.panel, RefundNumberPanel)
    assert cashier.counter.panel.typed == "x-x"
    cashier.press(*["backspace"] * 3, *"99", "enter")
    assert cashier.said == "refund-no-such-sale"


def test_scanning_the_receipt_asks_what_goes_back(cashier: Cashier) -> None:
    sold(cashier, "a")
    cashier.type_fast("K1-1\n")
    assert isinstance(cashier.counter.panel, RefundLinesPanel)
    cashier.press("escape", ",", "g")
    cashier.type_fast("K1-1\n")
    assert isinstance(cashier.counter.panel, RefundLinesPanel)


def test_a_scan_at_payment_does_nothing_to_it(cashier: Cashier) -> None:
    sold(cashier, "a")
    ring(cashier, "cheeseburger")
    settle_questions(cashier)
    cashier.type_fast("K1-1\n")
    assert cashier.said == "scan-at-payment"
    assert cashier.counter.panel is None


def test_a_declined_refund_can_be_retried_paid_in_cash_or_dropped(cashier: Cashier) -> None:
    sold(cashier, "k", "+")
    cashier.press(",", "g", "1", "enter", "2", "enter", "1", "k")
    assert isinstance(cashier.counter.panel, RefundWaitingPanel)
    cashier.press("u")
    assert cashier.said == "refund-unknown-noted"
    cashier.press("escape")
    assert cashier.said == "refund-waits"
    cashier.press(",", "g", "enter", "1")
    assert isinstance(cashier.counter.panel, RefundWaitingPanel)
    cashier.press("-", "k", "-", "2")
    (done,) = refunds(cashier)
    assert (done.in_cash, [tender.kind for tender in done.tenders]) == (CashReason.CARD_GONE, [TenderKind.CASH])


def test_a_waiting_refund_does_not_block_other_sales(cashier: Cashier) -> None:
    sold(cashier, "k", "+")
    cashier.press(",", "g", "1", "enter", "2", "enter", "1", "k", "u", "escape", "enter")
    sold(cashier, "a")
    cashier.press(",", "g")
    assert isinstance(cashier.counter.panel, RefundNumberPanel)
    assert cashier.said == "refund-waits-first"
    cashier.press("enter")
    panel = cashier.counter.panel
    assert isinstance(panel, SalesTodayPanel)
    first = panel.entries(cashier.counter)[0]
    assert (first.label.message_id, first.on) == ("refund-open-row", False)
    cashier.press("2", "1", "enter", "1", "a")
    assert (cashier.said, [done.of.name for done in refunds(cashier)]) == ("refund-given", ["K1-2"])


def test_an_unfinished_refund_is_reported_when_the_till_opens(cashier: Cashier) -> None:
    cashier.counter.say_what_hangs()
    assert cashier.said is None
    sold(cashier, "k", "+")
    cashier.press(",", "g", "1", "enter", "2", "enter", "1", "k", "u", "escape", "enter")
    assert cashier.said is None
    cashier.counter.say_what_hangs()
    assert cashier.said == "refunds-wait"
    said = io.StringIO()
    run_on(Cashier(cashier.register, cashier.clock, deliberate=True).counter, io.StringIO(""), said)
    assert "! Returen av K1-1 på 159,00 er ikke ferdig." in said.getvalue()


def test_another_tills_pending_refund_is_not_reported_here(cashier: Cashier) -> None:
    sold(cashier, "k", "+")
    cashier.press(",", "g", "1", "enter", "2", "enter", "1", "k")
    other = a_register(cashier.register.store.path.parent, till="2", clock=cashier.clock, is_running=lambda till: True)
    assert not shelf.hanging_refunds(other)
    cashier.press("u")
    assert [refund.of.name for refund in shelf.hanging_refunds(other)] == ["K1-1"]


def test_escape_in_todays_list_goes_back_to_the_number(cashier: Cashier) -> None:
    sold(cashier, "a")
    cashier.press(",", "g", "enter", "escape")
    assert isinstance(cashier.counter.panel, RefundNumberPanel)
    cashier.press("escape")
    assert cashier.counter.panel is None


def test_an_exchange_beside_something_rung_is_refused_before_a_pin_and_keeps_what_was_chosen(cashier: Cashier) -> None:
    sold(cashier, "a")
    at_the_till(cashier)
    ring(cashier, "cheeseburger")
    cashier.press("escape", ",", "g", "1", "enter", "1", "enter", "1", "b")
    assert cashier.said == "exchange-hold-first"
    panel = cashier.counter.panel
    assert isinstance(panel, RefundWayPanel)
    assert panel.counts == ((1, 1),)


def test_an_answer_before_the_question_can_be_read_is_ignored(cashier: Cashier) -> None:
    sold(cashier, "k", "+")
    cashier.press(",", "g", "1", "enter", "2", "enter", "1", "k")
    counter = cashier.counter
    assert isinstance(counter.panel, RefundWaitingPanel)
    counter.panel.opened_at = cashier.register.now
    cashier.clock.pass_(100)
    counter.press("+")
    counter.settle()
    assert cashier.said == "too-soon-terminal"
    assert not refunds(cashier)


def test_a_refund_is_approved_by_somebody_who_may(cashier: Cashier) -> None:
    sold(cashier, "a")
    at_the_till(cashier)
    cashier.press(",", "g", "1", "enter", "1", "enter", "1", "a")
    assert isinstance(cashier.counter.panel, ApprovePanel)
    assert not refunds(cashier)


def test_there_are_no_refunds_in_practice(cashier: Cashier) -> None:
    assert "more-refund" in [entry.label.message_id for entry in _more(cashier)]
    cashier.register.setup = cashier.register.setup.__class__(is_practice=True)
    cashier.register.look()
    assert "more-refund" not in [entry.label.message_id for entry in _more(cashier)]


def _more(cashier: Cashier) -> list[object]:
    cashier.press(",")
    assert cashier.counter.panel is not None
    entries = cashier.counter.panel.entries(cashier.counter)
    cashier.press("escape")
    return list(entries)
