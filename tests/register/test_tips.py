"""Tips: how they are noted, what they go with, and that no sale knows of them."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.country import norway
from pos.domain.errors import Refused
from pos.domain.money import ZERO, Money, total
from pos.domain.order.exchange import RefundReason, Way
from pos.domain.order.order import Tender, TenderKind, TenderState
from pos.domain.order.tips import Tip
from pos.domain.sale.sale import Sale
from pos.domain.shift.report import ReportSum
from pos.insights.figures.shifts import Turnover
from pos.office.verifying import verify_file
from pos.plain import run_on
from pos.register.verbs import checkout, exchanging, paying, refunding, reports, ringing, shift, tipping
from pos.wording.receipt import receipt
from tests.builders import MENU, NOW, PAIRINGS, kr
from tests.office_acts import put_menu
from tests.register.shops import a_folder, again, ring, settle_questions
from tests.rig import Cashier, a_cashier, ask_terminal
from tests.templates import begin_file

MOST = kr(200)


def tipping_shop(cashier: Cashier, price: Money) -> None:
    """A shop that takes tips up to 200 kroner, and sells a bag at a price."""
    bag = replace(MENU.items["bag"], price=price)
    menu = replace(MENU, items={**MENU.items, "bag": bag}, most_tip=MOST)
    put_menu(cashier.register.store, menu, PAIRINGS, NOW)


def at_price(cashier: Cashier, price: Money) -> Cashier:
    """The bag, at payment."""
    tipping_shop(cashier, price)
    ring(cashier, "bag")
    settle_questions(cashier)
    assert cashier.counter.state == "payment"
    return cashier


@pytest.fixture
def at_payment(cashier: Cashier) -> Cashier:
    """A bag for 89 kroner, at payment."""
    return at_price(cashier, kr(89))


def paid(cashier: Cashier) -> Sale:
    """The sale on the screen."""
    sale = cashier.counter.paid
    assert isinstance(sale, Sale), cashier.said
    return sale


def money_of(tender: Tender) -> tuple[str, Money, Money, Money, Money]:
    """How it was paid, what it covers, what was handed over, what went back and what was left."""
    return (str(tender.kind), tender.amount, tender.handed, tender.change, tender.tip)


# cash


def test_the_change_is_left_with_one_key_more(at_payment: Cashier) -> None:
    sale = paid(at_payment.press("t", "s"))
    assert [money_of(tender) for tender in sale.tenders] == [("cash", kr(89), kr(100), ZERO, kr(11))]
    assert (sale.total, sale.tips, sale.change) == (kr(89), kr(11), ZERO)


def test_a_part_of_the_change_is_left(at_payment: Cashier) -> None:
    sale = paid(at_payment.press("5", "t", "s"))
    assert [money_of(tender) for tender in sale.tenders] == [("cash", kr(89), kr(100), kr(6), kr(5))]


def test_with_a_tip_noted_cash_exact_is_both(at_payment: Cashier) -> None:
    at_payment.press("5", "t")
    assert (at_payment.said, at_payment.register.view.cash_due) == ("tip-noted", kr(94))
    assert money_of(paid(at_payment.press("a")).tenders[0]) == ("cash", kr(89), kr(94), ZERO, kr(5))


def test_notes_lie_there_until_they_cover_the_tip_too(at_payment: Cashier) -> None:
    at_payment.press(*"20", "t", "s")
    assert (at_payment.said, at_payment.counter.cash_laid) == ("notes-laid", kr(100))
    assert money_of(paid(at_payment.press("s")).tenders[0]) == ("cash", kr(89), kr(200), kr(91), kr(20))


def test_the_change_can_be_left_while_notes_lie_there(cashier: Cashier) -> None:
    at_price(cashier, kr(183)).press("s", "t", "s")
    assert money_of(paid(cashier).tenders[0]) == ("cash", kr(183), kr(200), ZERO, kr(17))


@pytest.mark.parametrize(
    ("price", "rounded"), [(kr(10, 49), kr(10)), (kr(10, 50), kr(11)), (kr(10, 99), kr(11)), (kr(0, 49), kr(0))]
)
def test_the_sale_is_rounded_and_the_tip_is_not(cashier: Cashier, price: Money, rounded: Money) -> None:
    sale = paid(at_price(cashier, price).press("7", "t", "a"))
    (tender,) = sale.tenders
    assert (tender.amount, tender.handed, tender.tip) == (price, rounded + kr(7), kr(7))
    assert sale.rounding == rounded - price


def test_less_than_both_pays_the_tip_and_a_part(at_payment: Cashier) -> None:
    at_payment.press(*"20", "t", *"100", "a")
    assert at_payment.said == "part-paid"
    assert (at_payment.register.view.order.paid, at_payment.register.view.order.tip) == (kr(80), None)
    assert [tender.tip for tender in paid(at_payment.press("a")).tenders] == [kr(20), ZERO]


@pytest.mark.parametrize("handed", ["20", "19"])
def test_no_more_than_the_tip_pays_nothing(at_payment: Cashier, handed: str) -> None:
    at_payment.press(*"20", "t", *handed, "a")
    assert at_payment.said == "tip-not-handed"
    assert at_payment.register.view.order.tenders == ()


def test_no_coin_makes_ore_of_a_tip(at_payment: Cashier) -> None:
    at_payment.press(*"2,50", "t", *"100", "a")
    assert at_payment.said == "tip-no-coin"
    assert paid(at_payment.press("backspace", "backspace", "backspace", "k", "+")).tips == kr(2, 50)


def test_what_costs_nothing_can_leave_a_tip(cashier: Cashier) -> None:
    tipping_shop(cashier, kr(89))
    cashier.register.do(ringing.ring, "club-free")
    ring(cashier)
    settle_questions(cashier)
    sale = paid(cashier.press(*"20", "t", "a"))
    assert (sale.total, sale.tips) == (ZERO, kr(20))


# card and mobile


@pytest.mark.parametrize(("key", "kind"), [("k", "card"), ("v", "mobile")])
def test_a_tip_is_asked_of_the_terminal_with_what_is_due(at_payment: Cashier, key: str, kind: str) -> None:
    at_payment.press(*"11", "t", key)
    waiting = at_payment.register.view.order.open_tender
    assert waiting is not None
    assert (waiting.amount, waiting.taken) == (kr(89), kr(100))
    assert money_of(paid(at_payment.press("+")).tenders[0]) == (kind, kr(89), kr(100), ZERO, kr(11))


def test_what_the_customer_adds_on_the_terminal_is_noted_there(at_payment: Cashier) -> None:
    at_payment.press("k", *"11", "t")
    assert (at_payment.counter.state, at_payment.said) == ("terminal", "tip-noted")
    assert money_of(paid(at_payment.press("+")).tenders[0]) == ("card", kr(89), kr(100), ZERO, kr(11))


def test_a_tip_that_was_noted_before_becomes_another_on_the_terminal(at_payment: Cashier) -> None:
    at_payment.press(*"11", "t", "k", *"21,50", "t", "+")
    assert paid(at_payment).tips == kr(21, 50)


@pytest.mark.parametrize("back", ["t", "backspace", "ctrl+z"])
def test_it_is_taken_back_on_the_terminal(at_payment: Cashier, back: str) -> None:
    at_payment.press("k", *"11", "t", back)
    assert at_payment.said == "tip-taken-back"
    assert money_of(paid(at_payment.press("+")).tenders[0]) == ("card", kr(89), kr(89), ZERO, ZERO)


def test_the_terminal_has_no_change_to_leave(at_payment: Cashier) -> None:
    at_payment.press("k", "t")
    assert (at_payment.counter.state, at_payment.said) == ("terminal", "tip-of-no-change")


@pytest.mark.parametrize("answer", ["+", "-", "u"])
def test_no_answer_is_taken_while_digits_stand(at_payment: Cashier, answer: str) -> None:
    at_payment.press("k", "1", "1", answer)
    assert (at_payment.counter.state, at_payment.said) == ("terminal", "digits-then-tip")
    at_payment.press("backspace", "backspace", "+")
    assert paid(at_payment).tips == ZERO


def test_change_that_is_to_stay_waits_for_cash(at_payment: Cashier) -> None:
    at_payment.press("t", *"50", "k", "+")
    assert at_payment.register.view.order.tip == Tip()
    assert [tender.tip for tender in paid(at_payment.press("s")).tenders] == [ZERO, kr(61)]


def test_a_declined_card_keeps_the_tip_for_the_next_try(at_payment: Cashier) -> None:
    at_payment.press(*"11", "t", "k", "-")
    assert (at_payment.counter.state, at_payment.register.view.order.tip) == ("payment", Tip(kr(11)))
    sale = paid(at_payment.press("a"))
    assert [money_of(tender) for tender in sale.tenders] == [("cash", kr(89), kr(100), ZERO, kr(11))]


def test_an_unknown_answer_can_still_be_given_its_tip(at_payment: Cashier) -> None:
    at_payment.press("k", "u", *"11", "t")
    assert (at_payment.counter.state, at_payment.said) == ("terminal", "tip-noted")
    assert paid(at_payment.press("+")).tips == kr(11)


def test_each_of_two_friends_leaves_one(at_payment: Cashier) -> None:
    at_payment.press("5", "t", *"40", "k", "+")
    assert at_payment.register.view.order.tip is None
    sale = paid(at_payment.press("6", "t", "k", "+"))
    assert [money_of(tender) for tender in sale.tenders] == [
        ("card", kr(40), kr(45), ZERO, kr(5)),
        ("card", kr(49), kr(55), ZERO, kr(6)),
    ]


# taking back, limits, and where there are none


@pytest.mark.parametrize("back", [("t",), ("backspace",), ("ctrl+z",), ("0", "t"), ("escape", "enter")])
@pytest.mark.parametrize("noted", [("t",), ("5", "t")])
def test_it_can_be_taken_back_before_it_is_paid(
    at_payment: Cashier, noted: tuple[str, ...], back: tuple[str, ...]
) -> None:
    at_payment.press(*noted)
    assert at_payment.register.view.order.tip is not None
    at_payment.press(*back)
    assert (at_payment.counter.state, at_payment.register.view.order.tip) == ("payment", None)
    assert paid(at_payment.press("s")).change == kr(11)


def test_taking_back_goes_on_before_the_tip_and_never_brings_one_back(at_payment: Cashier) -> None:
    at_payment.press("5", "t", "k", "-", "backspace")
    assert (at_payment.counter.state, at_payment.register.view.order.tip) == ("payment", None)
    at_payment.press("backspace")
    assert at_payment.register.view.order.tip is None
    assert at_payment.counter.state != "payment"


def test_a_part_payment_is_given_back_with_its_tip(at_payment: Cashier) -> None:
    at_payment.press("5", "t", *"45", "a", "backspace")
    assert at_payment.said == "given-back"
    assert at_payment.counter.message is not None
    assert at_payment.counter.message.values == {"amount": kr(45)}
    assert paid(at_payment.press("a")).tips == ZERO


@pytest.mark.parametrize("keys", [(*"201", "t"), ("t", "f"), ("k", *"201", "t")])
def test_more_than_the_shop_allows_is_refused_with_one_line(at_payment: Cashier, keys: tuple[str, ...]) -> None:
    at_payment.press(*keys)
    assert at_payment.said == "tip-too-large"
    assert all(tender.tip == ZERO for tender in at_payment.register.view.order.tenders)
    assert at_payment.counter.paid is None


@pytest.mark.parametrize("amount", [kr(-1), Money(-1)])
def test_none_is_below_zero(at_payment: Cashier, amount: Money) -> None:
    with pytest.raises(Refused, match="tip-too-large"):
        at_payment.register.do(tipping.note_tip, Tip(amount))


def test_a_shop_without_tips_has_no_key_for_them(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    settle_questions(cashier)
    for keys in (("t",), ("5", "t"), ("backspace", "k", "5"), ("t",)):
        cashier.press(*keys)
        assert cashier.said == "wrong-key"
    with pytest.raises(Refused, match="no-tips"):
        cashier.register.do(tipping.note_tip, Tip(kr(5)))
    assert paid(cashier.press("+")).tips == ZERO


def lines(cashier: Cashier, *written: str) -> str:
    """What plain mode says to some lines."""
    said = io.StringIO()
    cashier.counter.deliberate = True
    run_on(cashier.counter, io.StringIO("\n".join(written) + "\n"), said)
    return said.getvalue()


def test_a_line_of_plain_mode_notes_one_before_the_terminal_and_on_it(at_payment: Cashier) -> None:
    said = lines(at_payment, "20t", "k", "31t", "+")
    assert "20 kroner er tips: 109 kroner å betale." in said
    assert "109,00 på terminalen. Hva sa den?\nHerav tips 20,00." in said
    assert "31 kroner er tips: 120 kroner å betale." in said
    assert "Tips 31,00" in said
    assert paid(at_payment).tips == kr(31)


def test_a_line_of_plain_mode_leaves_the_change(at_payment: Cashier) -> None:
    assert "Vekslepengene er tips." in lines(at_payment, "t", "200a")
    assert paid(at_payment).tips == kr(111)


def test_in_a_shop_without_tips_such_a_line_notes_none(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    settle_questions(cashier)
    for written in (("20t",), ("k", "20t"), ("20",)):
        said = lines(cashier, *written)
        assert "tips" not in said.lower()
    assert cashier.said == "wrong-key"
    assert paid(cashier.press("+")).tips == ZERO


# what a crash leaves, and the sums


@pytest.mark.parametrize("keys", [("5", "t"), ("t",), ("5", "t", "k"), ("k", "5", "t"), ("5", "t", "k", "u")])
def test_a_restart_finds_the_tip_as_it_was(at_payment: Cashier, folder: Path, keys: tuple[str, ...]) -> None:
    at_payment.press(*keys)
    before = at_payment.register.view.order
    restarted = again(at_payment, folder)
    assert (restarted.register.view.order.tip, restarted.register.view.order.tip_said) == (before.tip, before.tip_said)
    waiting = restarted.register.view.order.open_tender
    assert waiting is None or (waiting.amount, waiting.tip) == (kr(89), kr(5))


# what knows of it, and what does not

SOLD = """
    SELECT receipt_number, paid_at, business_day, units, gross_minor, total_minor, vat_minor, rounding_minor FROM sales
"""
"""All of a sale but what was given back in cash."""

SALES = ("sale_line", "sale_tax", "sale_discount", "sale_basket", "decision", "next_visit", "signature")
"""What lies under it: what was sold, asked and signed."""


def what_was_sold(folder: Path, tip: Tip | None) -> dict[str, list[tuple[object, ...]]]:
    """The tables after a sale in cash, one by card and one in two parts, each payment with a tip."""
    begin_file(folder / "shop.db")
    cashier = a_cashier(folder)
    tipping_shop(cashier, kr(89, 60))
    register = cashier.register
    for part, by_card in ((None, False), (None, True), (kr(40), True)):
        ring(cashier, "bag")
        settle_questions(cashier)
        if by_card:
            register.do(tipping.note_tip, tip)
            ask_terminal(register, TenderKind.CARD, part)
            register.do(paying.terminal_says, TenderState.APPROVED)
        if part is not None or not by_card:
            register.do(tipping.note_tip, tip)
            register.do(paying.pay_cash, kr(100))
        cashier.counter.finish_if_paid()
    assert register.store.sales.count() == 3
    conn = register.store.file.conn
    left = conn.execute("SELECT SUM(tip_minor), COUNT(NULLIF(tip_minor, 0)) FROM tenders").fetchone()
    assert left == ((0, 0) if tip is None else (4 * tip.said.minor, 4))
    assert verify_file(register.store).finding is None
    tables = {name: conn.execute(f"SELECT * FROM {name}").fetchall() for name in SALES}
    return {**tables, "sale": conn.execute(SOLD).fetchall()}


def test_no_sale_tax_decision_or_signature_is_another_with_a_tip(tmp_path: Path) -> None:
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    with_tips, without = what_was_sold(tmp_path / "with", Tip(kr(7))), what_was_sold(tmp_path / "without", None)
    assert len(without["signature"]) == 3
    assert with_tips == without


def test_a_refund_gives_no_tip_back(at_payment: Cashier) -> None:
    sale = paid(at_payment.press(*"11", "t", "k", "+"))
    left = refunding.what_is_left(at_payment.register.store, sale.number)
    assert (left.total, left.way("card")) == (kr(89), kr(89))
    back = at_payment.register.do(refunding.refund, sale.number, ((1, 1),), RefundReason.NOT_GOOD).result
    assert [(way.kind, way.amount, way.handed) for way in back.tenders] == [("card", kr(89), kr(89))]
    with pytest.raises(Refused, match="refund-way"):
        refunding.without(left.ways, (Way("card", kr(100)),))


def exchanged(cashier: Cashier, sale: Sale, sku: str) -> None:
    """All of a sale goes back for something else, at payment."""
    register = cashier.register
    register.do(exchanging.exchange, sale.number, ((1, 1),), RefundReason.MADE_WRONG)
    cashier.counter.next_order()
    register.do(ringing.ring, sku)
    register.do(checkout.checkout)
    assert cashier.counter.state == "payment"


def test_an_exchange_gives_none_back_and_its_difference_can_leave_one(at_payment: Cashier) -> None:
    register = at_payment.register
    register.do(shift.enter_float, kr(1000))
    sale = paid(at_payment.press("t", "s"))
    exchanged(at_payment, sale, "cheeseburger-meal-m")
    new = paid(at_payment.press("9", "t", "k", "+"))
    assert [(tender.kind, tender.amount, tender.tip) for tender in new.tenders] == [
        ("exchange", kr(89), ZERO),
        ("card", new.total - kr(89), kr(9)),
    ]
    assert new.total > kr(89)
    figures = register.do(reports.x_report).result.figures
    assert (figures.tips.count, figures.tips.amount) == (2, kr(20))
    assert figures.expected_cash == kr(1100)
    assert verify_file(register.store).finding is None


def test_where_money_goes_to_the_customer_none_is_left(at_payment: Cashier) -> None:
    sale = paid(at_payment.press("k", "+"))
    exchanged(at_payment, sale, "cola-m")
    at_payment.press("5", "t")
    assert at_payment.said == "exchange-gives-back"
    at_payment.press("backspace", "k", "5", "t")
    assert (at_payment.counter.state, at_payment.said) == ("terminal", "exchange-gives-back")
    assert paid(at_payment.press("backspace", "+")).tips == ZERO


def test_a_disputed_payment_counts_with_its_tip(at_payment: Cashier) -> None:
    register = at_payment.register
    register.do(shift.enter_float, kr(1000))
    at_payment.press(*"11", "t", "k", "u")
    register.do(reports.book_disputed)
    figures = register.do(reports.x_report).result.figures
    assert (figures.disputed.amount, figures.tips.amount, figures.sales.amount) == (kr(100), kr(11), kr(89))
    assert [(row.id, row.sum.amount) for row in figures.tenders] == [("card", kr(100))]


def test_a_tip_lies_in_the_drawer_and_in_the_terminals_total(at_payment: Cashier) -> None:
    register = at_payment.register
    register.do(shift.enter_float, kr(1000))
    at_payment.press("t", "s")
    ring(at_payment, "bag")
    settle_questions(at_payment)
    paid(at_payment.press("v", *"11", "t", "+"))
    figures = register.do(reports.x_report).result.figures
    assert (figures.expected_cash, figures.net_sales) == (kr(1100), kr(178))
    assert (figures.tips.count, figures.tips.amount) == (2, kr(22))
    assert [person.tips.amount for person in figures.persons] == [kr(22)]
    count, _ = register.do(shift.count_drawer, kr(1100), (), {TenderKind.MOBILE: kr(100)}).result
    assert count.is_explained


def test_a_report_that_leaves_a_tip_out_is_found(at_payment: Cashier, monkeypatch: pytest.MonkeyPatch) -> None:
    register = at_payment.register
    register.do(shift.enter_float, kr(1000))
    paid(at_payment.press("t", "s"))
    register.do(reports.x_report)
    assert verify_file(register.store).finding is None
    monkeypatch.setattr(Turnover, "tips", ReportSum())
    register.do(reports.x_report)
    finding = verify_file(register.store).finding
    assert finding is not None
    assert finding.table == "shift_report"


def test_tips_are_paid_out_of_the_drawer_where_the_shop_takes_any(at_payment: Cashier) -> None:
    register = at_payment.register
    register.do(shift.enter_float, kr(1000))
    at_payment.press("t", "s", ",", "z", "u", "1", "1", "enter", "5")
    assert at_payment.said == "pay-out-done"
    figures = register.do(reports.x_report).result.figures
    assert [(row.id, row.sum.amount) for row in figures.pay_outs] == [("tips", kr(11))]
    assert (figures.expected_cash, figures.tips.amount) == (kr(1089), kr(11))


def test_the_receipt_has_it_under_the_total_and_both_together(at_payment: Cashier) -> None:
    sale = paid(at_payment.press(*"5", "t", "s"))
    lines = [(line.left, line.right) for line in receipt(sale, norway().headings).lines]
    place = lines.index(("Sum NOK", "89,00"))
    assert [line for line in lines[place + 1 :] if line != ("", "")][:4] == [
        ("Tips", "5,00"),
        ("Å betale NOK", "94,00"),
        ("Kontant", "100,00"),
        ("Tilbake", "6,00"),
    ]


def test_a_sale_without_one_says_nothing_of_it(at_payment: Cashier) -> None:
    lines = [line.left for line in receipt(paid(at_payment.press("a")), norway().headings).lines]
    assert not {"Tips", "Å betale NOK"} & {*lines}


TRIES = st.lists(
    st.tuples(
        st.sampled_from(["cash", "exact", "card", "mobile", "declined", "note", "change", "none"]),
        st.integers(0, 30_000),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(price=st.integers(0, 40_000), tries=TRIES)
def test_what_is_paid_is_what_is_due_the_tip_and_the_rounding(price: int, tries: list[tuple[str, int]]) -> None:
    for folder in a_folder():
        done = paid_somehow(at_price(a_cashier(folder), Money(price)), tries)
        handed = total(tender.handed for tender in done.tenders)
        assert handed == done.total + done.tips + done.rounding + done.change
        assert done.total == Money(price) == total(tender.amount for tender in done.tenders)
        for tender in done.tenders:
            assert ZERO <= tender.tip <= MOST
            assert tender.kind is not TenderKind.CASH or not tender.tip.minor % 100
            assert tender.rounding == ZERO or tender.kind is TenderKind.CASH
        *_, last = done.tenders
        if last.kind is TenderKind.CASH:
            assert done.rounding == norway().round_cash(last.amount) - last.amount


def paid_somehow(cashier: Cashier, tries: list[tuple[str, int]]) -> Sale:
    """The sale that payments, tips and whatever was refused lead to; the rest is paid in cash."""
    for what, minor in [*tries, ("exact", 0), ("none", 0), ("exact", 0)]:
        done = pay(cashier, what, Money(minor))
        if done is not None:
            return done
    raise AssertionError("cash exact pays the rest")


def pay(cashier: Cashier, what: str, amount: Money) -> Sale | None:
    """Try one payment, or note a tip; what does not fit is refused, and nothing else happens. The sale, if any."""
    register = cashier.register
    whole = Money(amount.minor // 100 * 100)
    done: object = None
    try:
        match what:
            case "note":
                register.do(tipping.note_tip, Tip(amount))
            case "change":
                register.do(tipping.note_tip, Tip())
            case "none":
                register.do(tipping.note_tip, None)
            case "cash":
                done = register.do(paying.pay_cash, whole).result
            case "exact":
                done = register.do(paying.pay_cash).result
            case _:
                kind = TenderKind.MOBILE if what == "mobile" else TenderKind.CARD
                register.do(paying.ask_terminal, kind, amount if amount.minor % 2 else None)
                answer = TenderState.DECLINED if what == "declined" else TenderState.APPROVED
                done = register.do(paying.terminal_says, answer).result
    except Refused:
        return None
    return done if isinstance(done, Sale) else None
