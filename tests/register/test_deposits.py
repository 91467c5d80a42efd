"""Bottles and cans at the till: their deposits are paid, given back and exchanged, and count nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.country import norway
from pos.domain.errors import Refused
from pos.domain.order.exchange import RefundReason
from pos.domain.order.order import Purpose
from pos.domain.prompts import PaymentPrompt, QuestionPrompt
from pos.domain.refunds.refund import Refund
from pos.domain.sale.sale import Document, Sale
from pos.domain.sale.write_offs import WriteOff
from pos.domain.shift.shift import MoneyReason
from pos.office.report.account import bring_up_to_date
from pos.office.verifying import verify_all, verify_file
from pos.register.verbs import answering, checkout, exchanging, paying, refunding, reports, ringing, shift
from pos.wording.receipt import receipt
from pos.wording.refund import refund_paper
from tests.builders import BOTTLED, NOW, PAIRINGS, TODAY, by_percent, kr, taxed
from tests.durability.tampering import without_triggers
from tests.office_acts import put_menu
from tests.register.every_act import Till

HEADINGS = norway().headings
WRONG = RefundReason.MADE_WRONG


@pytest.fixture
def till(tmp_path: Path) -> Till:
    """A till of a shop with a medium cola in a bottle of 2 kroner and a large one in one of 3."""
    till = Till(tmp_path)
    put_menu(till.register.store, BOTTLED, PAIRINGS, NOW)
    return till


def printed(paper: Document) -> list[tuple[str, str]]:
    return [(line.left, line.right) for line in paper.lines]


def query(till: Till, sql: str) -> list[tuple[object, ...]]:
    return till.register.store.file.conn.execute(sql).fetchall()


def test_a_bottle_is_paid_with_its_deposit_and_the_sale_keeps_them_apart(till: Till) -> None:
    sale = till.sold_of(("cola-m", 2))
    (line,) = sale.lines
    assert (line.total, line.deposit, line.due) == (kr(68), taxed(0, kr(4)), kr(72))
    assert (sale.total, sale.tenders[0].amount) == (kr(72), kr(72))
    assert by_percent(sale.tax_rows) == [(15, kr(68)), (0, kr(4))]
    assert query(till, "SELECT gross_minor, deposit_minor, total_minor FROM sales") == [(6800, 400, 7200)]
    assert query(till, "SELECT total_minor, deposit_minor FROM sale_lines") == [(6800, 400)]


def test_the_receipt_and_its_copy_have_the_deposit_under_its_line(till: Till) -> None:
    sale = till.sold_of(("cola-m", 2))
    for copy in (False, True):
        lines = printed(receipt(sale, HEADINGS, copy=copy))
        place = lines.index(("  Pant", "4,00"))
        assert lines[place - 2 : place] == [("2 cola-m, m", "68,00"), ("  à 34,00", "")]
        assert lines[place + 1] == ("Sum NOK", "72,00")
        assert [right for left, right in lines if left.startswith("0\N{NO-BREAK SPACE}%")] == ["4,00"]


def test_one_of_two_goes_back_with_its_deposit_and_no_more_than_was_paid(till: Till) -> None:
    sale = till.sold_of(("cola-m", 2))
    first = till.do(refunding.refund, sale.number, [(1, 1)], WRONG)
    assert isinstance(first, Refund)
    assert (first.total, first.lines[0].line.deposit) == (kr(36), taxed(0, kr(2)))
    lines = printed(refund_paper(first, HEADINGS))
    assert ("  Pant", "-2,00") in lines
    assert [left for left, right in lines if right == "-36,00"] == ["Tilbake", "Kontant"]
    second = till.do(refunding.refund, sale.number, [(1, 1)], WRONG)
    assert isinstance(second, Refund)
    assert first.total + second.total == sale.total
    with pytest.raises(Refused, match="refund-all-gone"):
        till.do(refunding.refund, sale.number, [(1, 1)], WRONG)
    assert query(till, "SELECT total_minor, deposit_minor FROM refunds") == [(3600, 200)] * 2
    assert query(till, "SELECT total_minor, deposit_minor FROM refund_lines") == [(3400, 200)] * 2


def test_an_exchange_counts_the_deposit_in_the_difference(till: Till) -> None:
    sale = till.sold_of(("cola-m", 1))
    till.do(exchanging.exchange, sale.number, [(1, 1)], WRONG)
    till.do(ringing.ring, "cola-l", 1)
    till.do(checkout.checkout)
    prompt = till.register.view.prompt
    assert isinstance(prompt, PaymentPrompt)
    assert prompt.due == kr(39 + 3) - kr(34 + 2)


def test_a_question_is_said_with_the_deposit_and_gains_without_it(till: Till) -> None:
    till.asked("cola-m", 2)
    prompt = till.register.view.prompt
    assert isinstance(prompt, QuestionPrompt)
    assert (prompt.difference.more, prompt.difference.total) == (kr(2 * (42 - 36)), kr(2 * 42))
    till.do(answering.yes)
    while isinstance(till.register.view.prompt, QuestionPrompt):
        till.do(answering.no)
    sale = till.do(paying.pay_cash)
    assert isinstance(sale, Sale)
    assert (sale.ledger[0].gain, sale.ledger[0].order_total) == (kr(10), kr(78))
    assert sale.total == kr(84)
    columns = "gain_minor, order_minor, total_minor"
    assert query(till, f"SELECT {columns} FROM offer_ledger WHERE kind = 'upsell'") == [(1000, 7800, 7800)]


def test_what_asking_brought_is_measured_on_goods_alone(till: Till) -> None:
    sale = till.sold_of(("cola-m", 3))
    till.do(refunding.refund, sale.number, [(1, 1)], WRONG)
    store = till.register.store
    assert store.sales.today(TODAY).total == kr(3 * 34)
    assert [entry.total for entry in store.ledger.rows()] == [kr(3 * 34)] * 2
    bring_up_to_date(store)
    assert query(till, "SELECT orders, total_minor FROM order_sum WHERE cut = 'all'") == [(1, 2 * 3400)]


def test_a_staff_meal_leaves_nothing_for_its_bottle(till: Till) -> None:
    till.do(checkout.set_purpose, Purpose.STAFF)
    till.rung("cola-m")
    till.do(checkout.checkout)
    done = till.do(paying.write_off)
    assert isinstance(done, WriteOff)
    assert done.worth == kr(34)


def test_the_file_verifies_and_only_lines_with_a_deposit_have_rows(till: Till) -> None:
    sale = till.sold_of(("cola-m", 2))
    till.sold("cheeseburger")
    till.do(refunding.refund, sale.number, [(1, 1)], WRONG)
    assert query(till, "SELECT sale_id, number, tax, price_minor, tax_minor FROM sale_line_deposit") == [
        (1, 1, "mva-0", 400, 0)
    ]
    assert query(till, "SELECT refund_id, number, price_minor FROM refund_line_deposit") == [(1, 1, 200)]
    assert verify_all(till.register.store).finding is None


@pytest.mark.parametrize("table", ["sale_line_deposit", "refund_line_deposit"])
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {table} SET price_minor = 100",
        "DELETE FROM {table}",
        "INSERT INTO {table} VALUES (2, 1, 'mva-0', 1, 0)",
    ],
)
def test_a_deposit_that_was_changed_by_hand_is_found(till: Till, table: str, change: str) -> None:
    sale = till.sold_of(("cola-m", 2))
    till.sold("cheeseburger")
    till.do(refunding.refund, sale.number, [(1, 1)], WRONG)
    store = till.register.store
    with without_triggers(store.file.conn):
        store.file.conn.execute(change.format(table=table))
    finding = verify_file(store).finding
    assert finding is not None
    assert finding.table == table


def test_what_empties_cost_is_paid_out_of_the_drawer(till: Till) -> None:
    till.do(shift.enter_float, kr(1000))
    till.sold_of(("cola-m", 2))
    till.do(shift.pay_out, kr(4), MoneyReason.EMPTIES)
    figures = till.do(reports.x_report).figures  # type: ignore[attr-defined]  # a report
    assert [(row.id, row.sum.amount) for row in figures.pay_outs] == [("empties", kr(4))]
    assert figures.expected_cash == kr(1000 + 72 - 4)
    assert verify_all(till.register.store).finding is None
