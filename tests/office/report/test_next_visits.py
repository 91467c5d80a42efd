"""The report's own line for next-visit offers: cut by the day of the receipt, in every form, never in the uplift."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date

import pytest

from pos.insights.figures.next_visits import NextVisitSums
from pos.office.report import Report, bring_up_to_date, make_report
from pos.office.report.files import report_csv, report_json
from pos.office.report.page import report_page
from pos.office.report.text import report_lines
from pos.register import Register
from pos.register.verbs import next_visit, paying
from pos.wording import wording
from tests.builders import TODAY
from tests.register.visits import a_code, a_till, asked_until_payment, giving_folder, ring, sold
from tests.rig import Clock

DAY = 86_400_000


@pytest.fixture(scope="module")
def till() -> Iterator[Register]:
    """Two codes of one day, of which one was used three days later, and one of that day."""
    clock = Clock()
    register = a_till(giving_folder(), clock=clock)
    code = a_code(register)
    a_code(register, "cola-m")
    clock.pass_(3 * DAY)
    ring(register, "fries-m", "coffee-s")
    register.do(next_visit.redeem, code)
    asked_until_payment(register)
    register.do(paying.pay_cash)
    bring_up_to_date(register.store)
    yield register
    register.store.close()


def reported(till: Register, since: date | None = None, until: date | None = None) -> Report:
    return make_report(till.store, TODAY, since, until)


def test_what_was_given_and_used_and_can_still_be_is_counted(till: Register) -> None:
    given, used, still_open, gain, off = till.store.next_visits.sums("0000", "9999", TODAY)
    assert (given, used, still_open, gain, off) == (3, 1, 2, 350, 350)
    assert till.store.next_visits.sums("0000", "9999", date(2026, 12, 8))[2] == 1
    assert till.store.next_visits.sums("0000", "9999", date(2027, 1, 1))[2] == 0


def test_the_days_are_those_of_the_receipts(till: Register) -> None:
    first = reported(till, until=TODAY).next_visits
    assert (first.given, first.used, first.still_open, first.gain_minor) == (2, 1, 1, 350)
    later = reported(till, since=date(2026, 11, 24)).next_visits
    assert (later.given, later.used, later.off_minor) == (1, 0, 0)


def test_the_share_has_an_interval_and_there_is_none_of_nothing() -> None:
    used = NextVisitSums(40, 10).used_share
    assert used is not None
    assert (used.value, used.count) == (0.25, 40)
    assert used.low < 0.25 < used.high
    assert NextVisitSums().used_share is None


def test_none_of_it_is_in_the_uplift(till: Register) -> None:
    report = reported(till)
    assert report.orders.gain_minor == 0
    assert report.next_visits.gain_minor == 350


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "3 gitt, 1 brukt, 33,3"),
        ("en", "3 given, 1 used, 33.3%"),
    ],
)
def test_people_read_it_in_text_and_on_the_page(till: Register, language: str, said: str) -> None:
    words = wording(language)
    report = reported(till)
    text = " ".join(line.strip() for line in report_lines(report, words, 100))
    assert said in text
    assert said in report_page(report, words)


def test_programs_read_it_in_json_and_csv(till: Register) -> None:
    report, words = reported(till), wording("en")
    found = json.loads(report_json(report, words))["next_visits"]
    assert (found["given"], found["used"], found["gain_minor"], found["off_minor"]) == (3, 1, 350, 350)
    assert found["used_share"]["count"] == 3
    rows = [row for row in csv.reader(io.StringIO(report_csv(report, words))) if row[0] == "next_visits"]
    assert {row[3] for row in rows} == {"given", "used", "still_open", "gain_minor", "off_minor", "used_share"}


def test_a_shop_that_gives_none_reads_nothing_of_it() -> None:
    register = a_till(giving_folder())
    sold(register, "salad")
    bring_up_to_date(register.store)
    text = "\n".join(report_lines(make_report(register.store, TODAY), wording("en"), 100))
    register.store.close()
    assert "Next-visit" not in text
