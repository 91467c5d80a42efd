"""The report tells of money that no sale accounts for, and of orders that were discarded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pos.domain.order.discards import DiscardReason
from pos.insights.figures.off_sales import DiscardedFor, OffSales
from pos.office.report import Report, bring_up_to_date, make_report
from pos.office.report.files import report_csv, report_json
from pos.office.report.summary import sentences
from pos.wording import wording
from tests.builders import NOW
from tests.register.shops import again, ring, settle_questions
from tests.rig import Cashier, a_cashier


@pytest.fixture
def cashier(tmp_path: Path) -> Cashier:
    return a_cashier(tmp_path)


def reported(cashier: Cashier) -> Report:
    store = cashier.register.store
    bring_up_to_date(store)
    return make_report(store, NOW.date())


def at_payment(cashier: Cashier) -> Cashier:
    ring(cashier, "cheeseburger")
    settle_questions(cashier)
    return cashier


def told(cashier: Cashier, language: str) -> list[str]:
    marks = (
        "gitt tilbake",
        "ferdig betalt",
        "avklart",
        "forkastet",
        "given back",
        "paid whole",
        "settled",
        "discarded",
    )
    return [line for line in sentences(reported(cashier), wording(language)) if any(mark in line for mark in marks)]


def test_a_shop_that_sold_without_a_hitch_hears_nothing(cashier: Cashier) -> None:
    at_payment(cashier).press("k", "-", "a")
    assert reported(cashier).off_sales == OffSales()
    assert told(cashier, "nb") == []


def test_each_payment_that_no_sale_has_is_told_with_its_sum(cashier: Cashier) -> None:
    at_payment(cashier).press(*"50", "a", "backspace", "escape", ",", "a", "3")
    at_payment(cashier).press(*"20", "a", "f9")
    at_payment(cashier).press("k", "u", "f9")
    found = reported(cashier).off_sales
    assert reported(cashier).discards == (DiscardedFor(DiscardReason.CANNOT_PAY, 1, 8900),)
    assert found == OffSales(1, 5000, 1, 2000, 1, 8900, 1, 8900)
    assert json.loads(report_json(reported(cashier), wording("en")))["off_sales"]["on_no_sale_minor"] == 2000
    assert [len(told(cashier, language)) for language in ("nb", "en")] == [5, 5]


def test_discards_are_told_by_reason_the_most_frequent_first(cashier: Cashier) -> None:
    for reason in "1221":
        at_payment(cashier).press("escape", ",", "a", reason)
    at_payment(cashier).press("escape", ",", "a", "2")
    at_payment(cashier).press("escape", ",", "a", "3", ",", "r", "1")
    values = json.loads(report_json(reported(cashier), wording("en")))
    assert values["discards"] == [
        {"reason": "left", "count": 3, "total_minor": 26700},
        {"reason": "changed_mind", "count": 2, "total_minor": 17800},
    ]
    assert "discards,left,,count,3,,," in report_csv(reported(cashier), wording("en"))
    assert "Hvorfor ordrer er forkastet: " in " ".join(told(cashier, "nb"))


def test_what_was_paid_or_brought_back_in_the_end_is_told_no_more(cashier: Cashier, tmp_path: Path) -> None:
    at_payment(cashier).press("k", "u", "f9", "b", ",", "a", "1", ",", "r", "1", "+", "enter", "f10")
    assert reported(again(cashier, tmp_path)).off_sales == OffSales()
