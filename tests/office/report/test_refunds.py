"""What goes back is told on its own day; what asking brought in goes down on the day of the sale."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.order.exchange import RefundReason
from pos.domain.refunds.refund import Refund, RefundSum
from pos.domain.sale.ledger import KindFacts, LostFacts, RefundFacts, SaleFacts
from pos.domain.sale.sale import Sale
from pos.insights.figures.tallies import tally, tally_refunds
from pos.office.report import Report, bring_up_to_date, make_report
from pos.office.report.files import report_json
from pos.office.report.summary import sentences
from pos.office.verifying import verify_all
from pos.register.verbs import answering, checkout, paying, refunding
from pos.wording import wording
from tests.register.every_act import Till

WRONG = RefundReason.MADE_WRONG


@pytest.fixture
def till(tmp_path: Path) -> Till:
    return Till(tmp_path)


def sold_larger(till: Till) -> Sale:
    """A sale with one of two things made larger by a yes."""
    till.rung("cheeseburger", 1)
    till.do(checkout.checkout)
    till.do(answering.yes)
    while type(till.register.view.prompt).__name__ == "QuestionPrompt":
        till.do(answering.no)
    sale = till.do(paying.pay_cash)
    assert isinstance(sale, Sale)
    return sale


def take_back(till: Till, sale: Sale) -> Refund:
    done = till.do(refunding.refund, sale.number, ((1, 1),), WRONG)
    assert isinstance(done, Refund)
    return done


def reported(till: Till) -> Report:
    bring_up_to_date(till.register.store)
    return make_report(till.register.store, till.register.view.day)


def ledger(till: Till) -> list[tuple[object, ...]]:
    query = "SELECT kind, decision, kept, gain_minor FROM offer_ledger ORDER BY paid_unix, kind DESC"
    return till.register.store.file.conn.execute(query).fetchall()


@pytest.mark.parametrize("counted_between", [False, True])
def test_an_accepted_offer_whose_line_went_back_is_not_kept(till: Till, counted_between: bool) -> None:
    first, second = sold_larger(till), sold_larger(till)
    gain = first.ledger[0].gain
    assert gain.minor > 0
    before = reported(till) if counted_between else None
    take_back(till, first)
    after = reported(till)
    assert [row[2:] for row in ledger(till) if row[0] == "upsell"] == [(0, 0), (1, gain.minor)]
    assert (after.kinds["upsell"].gain_minor, after.kinds["upsell"].accepted) == (gain.minor, 2)
    assert (after.orders.total_minor, after.orders.orders) == (second.total.minor, 2)
    assert after.orders.gain_minor == gain.minor
    if before is not None:
        assert before.orders.gain_minor == 2 * gain.minor
    rows = [entry.row.gain for entry in till.register.store.ledger.rows() if entry.row.kind == "upsell"]
    assert [amount.minor for amount in rows] == [0, gain.minor]
    assert verify_all(till.register.store).finding is None


def test_the_gain_is_of_the_day_of_the_sale_and_the_refund_of_its_own(till: Till) -> None:
    sale = sold_larger(till)
    till.clock.set(timedelta(days=2))
    done = take_back(till, sale)
    bring_up_to_date(till.register.store)
    store, today = till.register.store, till.register.view.day
    of_sale = make_report(store, today, sale.day, sale.day)
    of_refund = make_report(store, today, done.business_day, done.business_day)
    assert (of_sale.orders.orders, of_sale.orders.total_minor, of_sale.orders.gain_minor) == (1, 0, 0)
    assert (of_sale.refunds, of_refund.orders.orders) == ((), 0)
    assert of_refund.refunds == (RefundSum(WRONG, 1, sale.total.minor),)


def test_the_report_says_how_much_went_back_and_why(till: Till) -> None:
    take_back(till, sold_larger(till))
    report = reported(till)
    for language, said in (("nb", "Én retur"), ("en", "One refund")):
        (told,) = [line for line in sentences(report, wording(language)) if said in line]
        assert wording(language).label(WRONG) in told
    found = json.loads(report_json(report, wording("nb")))
    assert [entry["reason"] for entry in found["refunds"]] == ["made_wrong"]


def test_counting_all_again_comes_to_the_same(till: Till) -> None:
    take_back(till, sold_larger(till))
    sold_larger(till)
    before = reported(till)
    till.register.store.asking_sums.forget()
    assert reported(till) == before


def kind(gain: int) -> KindFacts:
    return KindFacts("accepted", None, "meal:1", 2, gain, gain // 2, 0, 9_000_000, "say", 9, 10_000, "0a", 0, 4000)


amounts = st.integers(0, 5_000)


@given(st.lists(st.tuples(amounts, amounts, amounts), min_size=1, max_size=4))
@settings(max_examples=40)
def test_sums_after_refunds_are_those_of_sales_that_had_come_to_less(parts: list[tuple[int, int, int]]) -> None:
    sale = SaleFacts(1, 720, "2026-11-20", "Kari", 60_000, None, kind(20_000), kind(20_000))
    refunds, before = [], sale
    for number, (total, gain, other) in enumerate(parts, start=1):
        after = before.less(total, LostFacts(0, gain, gain), LostFacts(0, other, 0))
        refunds.append(RefundFacts(number, before, after))
        before = after
    counted, taken, wanted = tally([sale]), tally_refunds(refunds), tally([before])
    for found, changed, result in (
        (counted.orders, taken.orders, wanted.orders),
        (counted.kinds, taken.kinds, wanted.kinds),
    ):
        for key, sums in result.items():
            less = changed.get(key, [0] * len(sums))
            together = [a + b for a, b in zip(found[key], less, strict=True)]
            assert together == pytest.approx(sums)
