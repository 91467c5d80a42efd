"""A till where taxes come on top of the menu's prices: what is due, the papers, refunds, the shift and the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.counter import Counter
from pos.display.display import CustomerDisplay, Ordering
from pos.domain.errors import StoreError
from pos.domain.money import ZERO, Money, total
from pos.domain.order.exchange import RefundReason
from pos.domain.prompts import PaymentPrompt
from pos.domain.refunds.refund import Refund
from pos.domain.sale.sale import Document, Sale
from pos.office.verifying import verify_all
from pos.plain.speech import hear
from pos.register.verbs import refunding, reports, shift
from pos.store.selling.sale_rows import ADD_KNOWN_TAX
from pos.wording.receipt import receipt
from pos.wording.refund import refund_paper
from tests.builders import BOTTLED, NOW, PAIRINGS, kr
from tests.office_acts import put_menu
from tests.quebec import GST, QST, quebec
from tests.register.every_act import Till

SOME = ("cheeseburger", "cola-m", "bag", "cheeseburger-meal-m")
HEADINGS = quebec().headings


@pytest.fixture
def till(tmp_path: Path) -> Till:
    return a_till(tmp_path)


def a_till(folder: Path) -> Till:
    till = Till(folder, country=quebec())
    put_menu(till.register.store, BOTTLED, PAIRINGS, NOW)
    return till


def refunded(till: Till, sale: Sale, *counts: tuple[int, int]) -> Refund:
    done = till.do(refunding.refund, sale.number, list(counts), RefundReason.MADE_WRONG)
    assert isinstance(done, Refund)
    return done


def printed(paper: Document) -> Iterator[tuple[str, str]]:
    return ((line.left.replace("\N{NO-BREAK SPACE}", " "), line.right) for line in paper.lines)


def query(till: Till, sql: str) -> list[tuple[object, ...]]:
    return till.register.store.file.conn.execute(sql).fetchall()


def test_the_customer_pays_the_price_of_the_menu_and_both_taxes(till: Till) -> None:
    till.at_payment()
    prompt = till.register.view.prompt
    assert isinstance(prompt, PaymentPrompt)
    assert prompt.due == kr(89) + Money(445) + Money(888)
    heard = hear(Counter(till.register))
    assert [said.replace("\N{NO-BREAK SPACE}", " ") for said in heard.discounts] == ["QST 9,975 % 8,88", "GST 5 % 4,45"]


def test_the_customer_sees_the_taxes_that_are_in_the_total(till: Till) -> None:
    till.rung("cola-m")
    view = till.register.view
    display = CustomerDisplay(till.register.store, quebec(), till.clock, view.till.name, "en")
    shown = display.shown
    assert isinstance(shown, Ordering)
    assert [line.name.en for line in shown.lines[1:]] == ["Deposit", "QST 9.975%", "GST 5%"]
    assert total(line.amount for line in shown.lines) == shown.total == view.priced.total


def test_a_rate_that_changes_under_its_name_is_not_written(till: Till) -> None:
    till.sold_of(("bag", 1))
    with pytest.raises(StoreError), till.register.store.file.writing() as conn:
        conn.execute(ADD_KNOWN_TAX, {"tax": "GST", "ppm": 60_000, "on_top": 1})
    assert query(till, "SELECT ppm FROM tax") == [(50_000,)]
    till.sold_of(("bag", 1))


def test_receipt_and_refund_add_up_to_what_was_paid(till: Till) -> None:
    sale = till.sold_of(("cola-m", 2))
    assert (sale.goods_total, sale.total, sale.tenders[0].amount) == (kr(68), Money(8_218), Money(8_218))
    lines = [*printed(receipt(sale, HEADINGS))]
    place = lines.index(("  Pant", "4,00"))
    assert lines[place + 1 : place + 4] == [("QST 9,975 %", "6,78"), ("GST 5 %", "3,40"), ("Sum NOK", "82,18")]
    first, second = refunded(till, sale, (1, 1)), refunded(till, sale, (1, 1))
    assert first.total + second.total == sale.total
    back = [*printed(refund_paper(first, HEADINGS))]
    assert ("GST 5 %", "-1,70") in back
    assert [left for left, right in back if right == "-41,09"] == ["Tilbake"]


def test_the_file_keeps_both_taxes_of_a_line(till: Till) -> None:
    sale = till.sold_of(("cola-m", 2), ("bag", 1))
    refunded(till, sale, (1, 1))
    assert query(till, "SELECT * FROM tax ORDER BY id") == [("GST", 50_000, 1), ("QST", 99_750, 1)]
    assert query(till, "SELECT number, tax, vat_rate, gross_minor, vat_minor FROM sale_line_taxes") == [
        (1, "GST", 500, 7140, 340),
        (1, "QST", 997.5, 7478, 678),
        (2, "GST", 500, 420, 20),
    ]
    assert query(till, "SELECT goods_minor, deposit_minor, total_minor, vat_minor FROM sales") == [
        (7200, 400, 7200 + 400 + 340 + 678 + 20, 340 + 678 + 20)
    ]
    assert query(till, "SELECT tax, gross_minor, vat_minor FROM refund_taxes") == [
        ("GST", 3570, 170),
        ("QST", 3739, 339),
    ]
    assert verify_all(till.register.store).finding is None


def test_the_report_of_the_shift_has_each_tax(till: Till) -> None:
    till.do(shift.enter_float, kr(1000))
    sale = till.sold_of(("cheeseburger", 1), ("bag", 1))
    figures = till.do(reports.x_report).figures  # type: ignore[attr-defined]  # a report
    assert figures.sales.amount == total(row.sum.amount for row in figures.groups) == sale.total
    assert [(row.tax, row.amount) for row in figures.taxes] == [(QST, Money(888)), (GST, Money(465))]


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(SOME), st.integers(1, 4)), min_size=1),
    st.randoms(use_true_random=False),
)
def test_partial_refunds_give_back_what_was_paid_to_the_last_tax(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int]], chance: object
) -> None:
    till = a_till(tmp_path_factory.mktemp("on-top"))
    sale = till.sold_of(*rows[:4])
    units = [number for number, line in enumerate(sale.lines, 1) for _ in range(line.quantity)]
    chance.shuffle(units)  # type: ignore[attr-defined]  # a Random
    done = [refunded(till, sale, (number, 1)) for number in units]
    assert total(back.total for back in done) == sale.total
    assert total(back.tax for back in done) == sale.tax
    for row in sale.tax_rows:
        back = [one for refund in done for one in refund.tax_rows if one.tax == row.tax]
        assert (total(one.net for one in back), total(one.amount for one in back)) == (row.net, row.amount)
    assert all(back.total >= ZERO for back in done)
    assert verify_all(till.register.store).finding is None
