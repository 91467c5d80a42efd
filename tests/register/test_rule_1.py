"""Rule 1: no sale without two decisions in the ledger, on any route."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos.counter import COMMANDS, Counter
from pos.domain.errors import Refused
from pos.domain.order.order import TenderKind
from pos.domain.order.questions import Outcome, Reason
from pos.plain.lines import take
from pos.register.verbs import paying, stock
from tests.builders import CROSS_SELL, UPSELL
from tests.register.shops import (
    again,
    asked,
    ledger,
    ring,
    ring_tile,
)
from tests.rig import Cashier, ask_terminal

Route = Callable[[Cashier, Path], Cashier]


def by_tile(cashier: Cashier, folder: Path) -> Cashier:
    ring_tile(cashier, "cheeseburger")
    return cashier


def by_quantity(cashier: Cashier, folder: Path) -> Cashier:
    ring_tile(cashier, "cheeseburger", "3")
    return cashier


def by_large_quantity(cashier: Cashier, folder: Path) -> Cashier:
    ring_tile(cashier, "cheeseburger", "30*")
    return cashier


def by_plu(cashier: Cashier, folder: Path) -> Cashier:
    return cashier.press("1", "1", "enter")


def by_scan(cashier: Cashier, folder: Path) -> Cashier:
    return cashier.type_fast("9520001000010\n")


def by_paste(cashier: Cashier, folder: Path) -> Cashier:
    cashier.counter.scan("9520001000010\r\n11\r\n")
    return cashier


def by_find(cashier: Cashier, folder: Path) -> Cashier:
    return cashier.press("/", *"cheeseb", "enter")


def by_price(cashier: Cashier, folder: Path) -> Cashier:
    return cashier.press("/", *"29", "down", "enter")


def by_recall(cashier: Cashier, folder: Path) -> Cashier:
    return by_tile(cashier, folder).press("f9", "f10")


def by_recall_of_several(cashier: Cashier, folder: Path) -> Cashier:
    by_tile(cashier, folder).press("f9")
    return by_plu(cashier, folder).press("f9", "f10", "2")


def by_recall_at_another_till(cashier: Cashier, folder: Path) -> Cashier:
    by_tile(cashier, folder).press("enter", "2", "f9")
    return again(cashier, folder, "2").press("f10")


def by_restart(cashier: Cashier, folder: Path) -> Cashier:
    by_tile(cashier, folder).press("enter", "2")
    return again(cashier, folder)


def by_button(cashier: Cashier, folder: Path) -> Cashier:
    by_id = {command.id: command for command in COMMANDS}
    for command, key in (("category", "right"), ("ring-tile", "b"), ("checkout", None)):
        cashier.clock.pass_(500)
        cashier.counter.press(key or by_id[command].keys[0])
    return cashier


def by_plain_line(cashier: Cashier, folder: Path) -> Cashier:
    cashier.register.setup = replace(cashier.register.setup, patience=timedelta(0))
    cashier.counter = Counter(cashier.register, deliberate=True)
    take(cashier.counter, "11")
    return cashier


def by_plain_search(cashier: Cashier, folder: Path) -> Cashier:
    cashier.register.setup = replace(cashier.register.setup, patience=timedelta(0))
    cashier.counter = Counter(cashier.register, deliberate=True)
    for line in ("/cheeseburger", ""):
        take(cashier.counter, line)
    return cashier


ROUTES: tuple[Route, ...] = (
    by_tile,
    by_quantity,
    by_large_quantity,
    by_plu,
    by_scan,
    by_paste,
    by_find,
    by_price,
    by_recall,
    by_recall_of_several,
    by_recall_at_another_till,
    by_restart,
    by_button,
    by_plain_line,
    by_plain_search,
)
PAYING = ("a", "s", "d", "f", "k", "v", "enter")


def try_to_pay(cashier: Cashier) -> None:
    """Every key of payment, and every verb of it, before the questions are answered."""
    state, order = cashier.counter.state, cashier.register.view.order
    cashier.press(*(PAYING if state != "ringing" else PAYING[:-1]))
    for pay in (
        lambda: cashier.register.do(paying.pay_cash),
        lambda: ask_terminal(cashier.register, TenderKind.CARD),
    ):
        with pytest.raises(Refused):
            pay()
    assert cashier.register.store.sales.count() == 0
    assert (cashier.counter.state, cashier.register.view.order.tenders) == (state, ())
    assert cashier.register.view.order.lines == order.lines


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
def test_rule_1_no_sale_without_two_decisions_on_any_route(route: Route, cashier: Cashier, folder: Path) -> None:
    cashier = route(cashier, folder)
    answered = 0
    for _ in range(6):
        if cashier.counter.state == "payment":
            break
        try_to_pay(cashier)
        if cashier.counter.state == "ringing":
            cashier.press("enter")
        elif cashier.counter.state == "question":
            cashier.press("n")
            answered += 1
        else:
            cashier.press("1")
    assert answered >= 1
    cashier.press("a")
    assert [row.kind for row in ledger(cashier.register)] == [UPSELL, CROSS_SELL]


def test_rule_1_not_applicable_is_worked_out_again_when_the_order_changes(cashier: Cashier) -> None:
    ring(cashier, "latte")
    assert asked(cashier) == "muffin"
    cashier.press("n")
    assert cashier.counter.state == "payment"
    cashier.press("escape")
    ring_tile(cashier, "cheeseburger", "5")
    cashier.press("enter")
    assert asked(cashier) == "cheeseburger-meal-m"
    cashier.press("n", "a")
    up, cross = ledger(cashier.register)
    assert (up.outcome, up.units) == (Outcome.DECLINED, 5)
    assert (cross.outcome, cross.offered) == (Outcome.DECLINED, "muffin")


def test_rule_1_not_applicable_is_final_with_the_first_tender(cashier: Cashier) -> None:
    cashier.register.do(stock.eighty_six, "coffee-s")
    ring(cashier, "bag")
    assert cashier.counter.state == "payment"
    cashier.press("2", "a")
    cashier.register.do(stock.restore, "coffee-s")
    assert cashier.counter.state == "payment"
    cashier.press("a")
    assert [(row.outcome, row.reason) for row in ledger(cashier.register)] == [
        (Outcome.NOT_APPLICABLE, Reason.NOTHING_TO_OFFER),
        (Outcome.NOT_APPLICABLE, Reason.SOLD_OUT),
    ]


def test_rule_1_a_payment_given_back_makes_not_applicable_provisional_again(cashier: Cashier) -> None:
    cashier.register.do(stock.eighty_six, "coffee-s")
    ring(cashier, "bag")
    cashier.press("2", "a")
    cashier.register.do(stock.restore, "coffee-s")
    cashier.press("backspace")
    assert asked(cashier) == "coffee-s"
