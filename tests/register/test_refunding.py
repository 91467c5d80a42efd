"""Refunds: what was paid, to the øre, by the way it came in, in a series of their own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.counter.devices import ask_device
from pos.country import norway
from pos.devices import FakeTerminal
from pos.domain.errors import Refused
from pos.domain.menu.menu import Menu
from pos.domain.money import ZERO, Money, total
from pos.domain.order.exchange import RefundReason, SaleNumber, Way
from pos.domain.order.order import Order, TenderKind, TenderState
from pos.domain.people import Right
from pos.domain.pricing.taxes import TaxRow, tax_rows
from pos.domain.refunds.refund import CashReason, Refund
from pos.domain.refunds.remaining import first_by, in_proportion, part_of, remaining
from pos.domain.sale.sale import ReceiptState, Sale, deposits_of
from pos.register import shelf
from pos.register.verbs import answering, checkout, papers, paying, refunding, ringing
from pos.register.verbs.closing import make_sale
from pos.store import Till as StoredTill
from tests.builders import (
    BOTTLED,
    EAT_IN,
    MENU,
    TAKE_AWAY,
    beer,
    burger,
    coffee,
    cola,
    fries,
    having,
    kr,
    meal,
    moment,
    order,
    times,
)
from tests.register.every_act import Till, another
from tests.rig import ask_terminal

WRONG = RefundReason.MADE_WRONG
AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def till(tmp_path: Path) -> Till:
    return Till(tmp_path)


def of(sale: Sale) -> SaleNumber:
    return SaleNumber(sale.series, sale.receipt_number)


def paid(till: Till, *rows: tuple[str, int], card: Money = ZERO) -> Sale:
    """A sale of some quantities, partly paid by card, the rest in cash."""
    till.do(ringing.serve, TAKE_AWAY)
    for sku, quantity in rows:
        till.do(ringing.ring, sku, quantity)
    till.do(checkout.checkout)
    while type(till.register.view.prompt).__name__ == "QuestionPrompt":
        till.do(answering.no)
    if card:
        till.clock.pass_()
        ask_terminal(till.register, TenderKind.CARD, card)
        sale = till.do(paying.terminal_says, TenderState.APPROVED)
        if sale is not None:
            assert isinstance(sale, Sale)
            return sale
    sale = till.do(paying.pay_cash)
    assert isinstance(sale, Sale)
    return sale


def refund(till: Till, sale: Sale, *counts: tuple[int, int], ways: tuple[Way, ...] = ()) -> Refund:
    done = till.do(refunding.refund, of(sale), counts or all_of(till, sale), WRONG, ways)
    assert isinstance(done, Refund)
    return done


def all_of(till: Till, sale: Sale) -> tuple[tuple[int, int], ...]:
    return tuple(refunding.what_is_left(till.register.store, of(sale)).counts.items())


# amounts

GOODS = [burger, fries, cola, coffee, beer, meal, having(burger, "extra-bacon")]
some_rows = st.lists(
    st.builds(times, st.integers(1, 5), st.sampled_from(GOODS)),
    min_size=1,
    max_size=5,
)


def sold(entry: Order, menu: Menu = MENU) -> Sale:
    sale = make_sale(entry, moment(menu=menu), (), StoredTill(1, "1", "K1"), "", "nb")
    return replace(sale, receipt_number=17)


@st.composite
def in_pieces(draw: st.DrawFn) -> tuple[Sale, list[dict[int, int]]]:
    """A sale, refunded wholly in several parts."""
    rung = order(*draw(some_rows), mode=draw(st.sampled_from([EAT_IN, TAKE_AWAY])), codes=["FANTA", "HEI"])
    sale = sold(rung, draw(st.sampled_from([MENU, BOTTLED])))
    units = [number for number, line in enumerate(sale.lines, start=1) for _ in range(line.quantity)]
    units = draw(st.permutations(units))
    cuts = sorted(draw(st.sets(st.integers(1, max(1, len(units) - 1)), max_size=4)))
    pieces = [units[start:end] for start, end in zip([0, *cuts], [*cuts, len(units)], strict=True)]
    return sale, [dict(Counter(piece)) for piece in pieces if piece]


def a_refund(sale: Sale, counts: dict[int, int], before: list[Refund]) -> Refund:
    lines = part_of(remaining(sale, before), counts)
    rows = tax_rows(part for entry in lines for part in entry.line.everything)
    return Refund(
        "r", sale.number, sale.order_id, AT, "1", "R1", len(before) + 1, 0, WRONG, AT, AT.date(), "", "nb", EAT_IN,
        sale.shop, lines, rows, (), total(entry.line.due for entry in lines), total(row.amount for row in rows),
    )  # fmt: skip


@given(in_pieces())
@settings(max_examples=60)
def test_partial_refunds_add_up_to_what_was_paid_row_by_row(found: tuple[Sale, list[dict[int, int]]]) -> None:
    sale, pieces = found
    done: list[Refund] = []
    for piece in pieces:
        done.append(a_refund(sale, piece, done))
    assert total(refund.total for refund in done) == sale.total
    assert total(refund.tax for refund in done) == sale.tax
    assert total(refund.total for refund in done) == total(e.line.due for r in done for e in r.lines)
    assert total(map(deposits_of, ([e.line for e in r.lines] for r in done))) == deposits_of(sale.lines)
    sums: dict[str, TaxRow] = {}
    for row in (row for refund in done for row in refund.tax_rows):
        before = sums.get(row.tax.id, TaxRow(row.tax, ZERO, ZERO))
        sums[row.tax.id] = TaxRow(row.tax, before.net + row.net, before.amount + row.amount)
    assert tuple(sums[tax] for tax in sorted(sums, reverse=True)) == sale.tax_rows
    assert remaining(sale, done).lines == ()
    for refund in done:
        for entry in refund.lines:
            assert entry.line.gross - entry.line.discount == entry.line.total
            assert entry.line.discount >= ZERO


@given(in_pieces())
@settings(max_examples=20)
def test_no_more_is_refunded_than_is_left(found: tuple[Sale, list[dict[int, int]]]) -> None:
    sale, pieces = found
    first = a_refund(sale, pieces[0], [])
    for number, line in enumerate(sale.lines, start=1):
        with pytest.raises(Refused, match="refund-too-much"):
            part_of(remaining(sale, [first]), {number: line.quantity + 1 - pieces[0].get(number, 0)})


amounts = st.integers(1, 50_000)


@given(st.lists(amounts, min_size=1, max_size=3), st.data())
@settings(max_examples=60)
def test_a_split_stays_within_what_came_in_by_each_way(came: list[int], data: st.DataObject) -> None:
    ways = [Way(kind, Money(minor)) for kind, minor in zip(("card", "cash", "mobile"), came, strict=False)]
    amount = Money(data.draw(st.integers(0, sum(came))))
    for split in (in_proportion(amount, ways), *(first_by(amount, way.kind, ways) for way in ways)):
        assert total(way.amount for way in split) == amount
        for way in split:
            assert ZERO < way.amount <= next(entry.amount for entry in ways if entry.kind == way.kind)


# at the till


def test_a_refund_has_a_number_of_its_own_and_leaves_the_sale_as_it_was(till: Till) -> None:
    sale = paid(till, ("cheeseburger", 2), ("cola-m", 1))
    before = till.register.store.sales.by_number(sale.series, sale.receipt_number)
    first = refund(till, sale, (1, 1))
    second = refund(till, sale)
    assert (first.name, second.name) == ("R1-1", "R1-2")
    assert (first.of.name, first.reason, first.leaves_nothing) == (of(sale).name, WRONG, False)
    assert second.leaves_nothing
    assert first.total + second.total == sale.total
    assert till.register.store.sales.by_number(sale.series, sale.receipt_number) == before
    with pytest.raises(Refused, match="refund-all-gone"):
        refund(till, sale, (1, 1))


def test_cash_goes_back_in_whole_kroner_with_its_own_rounding(till: Till) -> None:
    sale = paid(till, ("cheeseburger", 3), ("fries-m", 1))
    done = refund(till, sale, (1, 1))
    (tender,) = done.tenders
    assert tender.kind is TenderKind.CASH
    assert tender.handed == norway().round_cash(done.total)
    assert done.rounding == tender.handed - done.total


def test_two_tills_do_not_give_the_same_goods_back_twice(till: Till) -> None:
    sale, other = paid(till, ("cheeseburger", 1)), another(till)
    assert refund(other, sale).name == "R2-1"
    with pytest.raises(Refused, match="refund-all-gone"):
        till.do(refunding.refund, of(sale), ((1, 1),), WRONG)


def test_a_split_payment_goes_back_in_proportion_or_as_chosen(till: Till) -> None:
    sale = paid(till, ("cheeseburger", 2), card=kr(50))
    half = refund(till, sale, (1, 1))
    assert half.open_tender is not None
    assert half.open_tender.amount == kr(25)
    done = till.do(refunding.refund_says, half.id, TenderState.APPROVED)
    assert isinstance(done, Refund)
    assert [(tender.kind, tender.amount) for tender in done.tenders] == [("card", kr(25)), ("cash", kr(54, 50))]
    assert (done.tenders[1].handed, done.rounding) == (kr(55), kr(0, 50))
    chosen = refund(till, sale, (1, 1), ways=(Way("cash", kr(54, 50)), Way("card", kr(25))))
    assert chosen.open_tender is not None
    assert chosen.open_tender.amount == kr(25)


def test_no_more_is_refunded_by_a_way_than_came_in_by_it(till: Till) -> None:
    sale = paid(till, ("cheeseburger", 1), card=kr(50))
    with pytest.raises(Refused, match="refund-way-too-much"):
        refund(till, sale, (1, 1), ways=(Way("cash", sale.total),))
    with pytest.raises(Refused, match="refund-ways-differ"):
        refund(till, sale, (1, 1), ways=(Way("card", kr(50)),))
    with pytest.raises(Refused, match="refund-way-too-much"):
        refund(till, sale, (1, 1), ways=(Way("mobile", sale.total),))


def test_a_card_is_written_down_before_the_terminal_is_asked(till: Till) -> None:
    sale = paid(till, ("cheeseburger", 1), card=kr(89))
    begun = refund(till, sale)
    assert (begun.number, begun.given, begun.open_tender) == (0, ZERO, begun.tenders[0])
    assert another(till).register.store.refunds.open() == (begun,)
    with pytest.raises(Refused, match="refund-open"):
        refund(another(till), sale)
    done = till.do(refunding.refund_says, begun.id, TenderState.APPROVED)
    assert isinstance(done, Refund)
    assert (done.name, done.given) == ("R1-1", sale.total)
    assert till.register.store.refunds.open() == ()


def test_a_terminal_that_answers_finishes_the_refund_at_once(till: Till) -> None:
    sale = paid(till, ("cheeseburger", 1), card=kr(89))
    terminal = FakeTerminal()
    till.register.devices = replace(till.register.devices, terminal=terminal)
    (ask,) = till.register.do(refunding.refund, of(sale), ((1, 1),), WRONG).asks
    assert ask_device(till.register, ask) is TenderState.APPROVED
    assert [tender.amount for tender in terminal.asked] == [sale.total]
    assert [done.name for done in till.register.store.refunds.of_sale(of(sale))] == ["R1-1"]


def test_an_unknown_refund_is_settled_from_the_slip_at_any_till(till: Till) -> None:
    sale = paid(till, ("cheeseburger", 1), card=kr(89))
    begun = refund(till, sale)
    till.do(refunding.refund_says, begun.id, TenderState.UNKNOWN)
    other = another(till)
    assert [found.id for found in shelf.open_refunds(other.register)] == [begun.id]
    with pytest.raises(Refused, match="tender-open"):
        other.do(refunding.refund_in_cash, begun.id, CashReason.DECLINED)
    done = other.do(refunding.refund_says, begun.id, TenderState.APPROVED)
    assert isinstance(done, Refund)
    assert (done.name, done.till) == ("R2-1", "2")


def test_a_declined_card_refund_goes_in_cash_with_its_reason_recorded(till: Till) -> None:
    sale = paid(till, ("cheeseburger", 1), card=kr(89))
    begun = refund(till, sale)
    with pytest.raises(Refused, match="tender-open"):
        till.do(refunding.refund_in_cash, begun.id, CashReason.DECLINED)
    till.do(refunding.refund_says, begun.id, TenderState.DECLINED)
    again = till.do(refunding.refund_again, begun.id)
    assert isinstance(again, Refund)
    assert again.open_tender is not None
    till.do(refunding.refund_says, begun.id, TenderState.DECLINED)
    done = till.do(refunding.refund_in_cash, begun.id, CashReason.CARD_GONE)
    assert isinstance(done, Refund)
    assert ([tender.kind for tender in done.tenders], done.in_cash) == ([TenderKind.CASH], CashReason.CARD_GONE)
    row = till.register.store.file.conn.execute("SELECT reason FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    assert row == ("cash-reason-card-gone",)


def test_a_dropped_refund_leaves_the_whole_sale_refundable(till: Till) -> None:
    sale = paid(till, ("cheeseburger", 1), card=kr(89))
    begun = refund(till, sale)
    till.do(refunding.refund_says, begun.id, TenderState.DECLINED)
    till.do(refunding.drop_refund, begun.id)
    with pytest.raises(Refused, match="refund-over"):
        till.do(refunding.drop_refund, begun.id)
    assert refund(till, sale).number == 0  # begun anew


def test_the_paper_is_owed_and_may_be_copied_once(till: Till) -> None:
    done = refund(till, paid(till, ("cheeseburger", 1)))
    (paper,) = [one for one in shelf.owed_papers(till.register) if getattr(one, "refund", None) is not None]
    document = till.register.do(papers.begin_paper, paper).result
    assert document.name == "R1-1"
    till.do(papers.paper_printed, paper)
    assert till.register.store.refund_papers.state(done) is ReceiptState.PRINTED
    found, copy = till.register.do(papers.reserve_copy).result
    assert (found, copy.name) == (done, "R1-1-copy")
    assert copy.lines[0].left == "KOPI"
    with pytest.raises(Refused, match="one-copy-only"):
        till.do(papers.reserve_copy)
    till.do(papers.release_copy, done)
    till.do(papers.reserve_copy)


def test_only_somebody_with_the_right_gives_money_back(till: Till) -> None:
    assert refunding.refund.right is Right.REFUND
    assert refunding.refund_in_cash.right is Right.REFUND
    assert refunding.refund_says.right is None


def test_numbers_in_a_series_have_no_gaps_whatever_was_refused(till: Till) -> None:
    sale = paid(till, ("cheeseburger", 5))
    names = []
    for _ in range(3):
        with pytest.raises(Refused):
            till.do(refunding.refund, of(sale), ((1, 9),), WRONG)
        names.append(refund(till, sale, (1, 1)).name)
    assert names == ["R1-1", "R1-2", "R1-3"]
