"""Exchange in one act: returned goods pay for others, and both are counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.counter import State
from pos.counter.devices import ask_device
from pos.devices import FakeTerminal
from pos.domain.errors import Refused
from pos.domain.money import ZERO, Money
from pos.domain.order.exchange import EXCHANGE, RefundReason
from pos.domain.order.order import TenderKind, TenderState
from pos.domain.order.questions import Outcome, Reason
from pos.domain.prompts import PaymentPrompt, TerminalPrompt
from pos.domain.refunds.refund import CashReason, Refund
from pos.domain.sale.sale import Sale
from pos.office.verifying import verify_all
from pos.register import shelf
from pos.register.verbs import aside, checkout, exchanging, paying, refunding, ringing, undoing
from tests.builders import kr
from tests.register.every_act import ALL_OF_IT, Till, another
from tests.register.shops import a_folder, ring, settle_questions
from tests.rig import Cashier, a_cashier, ask_terminal

WRONG = RefundReason.MADE_WRONG


@pytest.fixture
def till(tmp_path: Path) -> Till:
    return Till(tmp_path)


@pytest.fixture
def cashier() -> Iterator[Cashier]:
    for folder in a_folder():
        yield a_cashier(folder)


def by_card(till: Till, sku: str = "cheeseburger") -> Sale:
    till.at_payment(sku)
    ask_terminal(till.register, TenderKind.CARD)
    sale = till.do(paying.terminal_says, TenderState.APPROVED)
    assert isinstance(sale, Sale)
    return sale


def instead(till: Till, sale: Sale, *skus: str) -> PaymentPrompt | TerminalPrompt:
    """A whole sale exchanged for other items, at payment."""
    till.do(exchanging.exchange, sale.number, ALL_OF_IT, WRONG)
    for sku in skus:
        till.do(ringing.ring, sku, 1)
    till.do(checkout.checkout)
    prompt = till.register.view.prompt
    assert isinstance(prompt, PaymentPrompt)
    return prompt


def the_refund(till: Till, sale: Sale) -> Refund:
    (done,) = till.register.store.refunds.of_sale(sale.number)
    return done


def is_whole(till: Till) -> bool:
    return verify_all(till.register.store).finding is None


def test_something_dearer_is_paid_for_in_part(till: Till) -> None:
    sale = till.sold("cola-m")
    prompt = instead(till, sale, "cheeseburger")
    assert (prompt.due, prompt.back) == (kr(89) - sale.total, ZERO)
    new = till.do(paying.pay_cash)
    assert isinstance(new, Sale)
    done = the_refund(till, sale)
    assert [(tender.kind, tender.amount) for tender in new.tenders] == [
        (EXCHANGE, sale.total),
        ("cash", kr(89) - sale.total),
    ]
    assert [(tender.kind, tender.amount) for tender in done.tenders] == [(EXCHANGE, sale.total)]
    assert (done.exchange, new.exchange, done.leaves_nothing) == (new.number, sale.number, True)
    assert (done.name, new.number.name) == ("R1-1", "K1-2")
    assert is_whole(till)


def test_nothing_is_asked_and_both_decisions_say_why(till: Till) -> None:
    instead(till, till.sold("cola-m"), "cheeseburger")
    new = till.do(paying.pay_cash)
    assert isinstance(new, Sale)
    assert [(row.outcome, row.reason) for row in new.ledger] == [(Outcome.NOT_APPLICABLE, Reason.EXCHANGE)] * 2


def test_something_cheaper_gives_the_difference_back(till: Till) -> None:
    sale = till.sold()
    prompt = instead(till, sale, "cola-m")
    assert prompt.due == ZERO
    new = till.do(paying.pay_cash)
    assert isinstance(new, Sale)
    done = the_refund(till, sale)
    assert [tender.kind for tender in new.tenders] == [EXCHANGE]
    assert [(tender.kind, tender.amount) for tender in done.tenders] == [
        (EXCHANGE, new.total),
        ("cash", sale.total - new.total),
    ]
    assert done.total == sale.total
    assert is_whole(till)


def test_the_same_for_the_same_moves_no_money(till: Till) -> None:
    sale = till.sold()
    prompt = instead(till, sale, "cheeseburger")
    assert (prompt.due, prompt.back) == (ZERO, ZERO)
    new = till.do(paying.pay_cash)
    assert isinstance(new, Sale)
    assert [tender.kind for tender in (*new.tenders, *the_refund(till, sale).tenders)] == [EXCHANGE, EXCHANGE]


def test_a_card_gets_the_difference_by_card_or_not(till: Till) -> None:
    sale = by_card(till)
    instead(till, sale, "cola-m")
    with pytest.raises(Refused, match="refund-way-too-much"):
        till.do(paying.pay_cash)
    (ask,) = till.register.do(paying.ask_terminal, TenderKind.CARD).asks
    assert ask.refund is not None
    prompt = till.register.view.prompt
    assert isinstance(prompt, TerminalPrompt)
    assert prompt.back == ask.tender.amount == sale.total - till.register.view.priced.total
    with pytest.raises(Refused, match="refund-open"):
        another(till).do(refunding.refund, sale.number, ALL_OF_IT, WRONG)
    assert shelf.open_refunds(till.register) == ()
    till.do(paying.terminal_says, TenderState.UNKNOWN)
    till.do(paying.terminal_says, TenderState.DECLINED)
    assert not till.register.view.order.is_frozen
    assert till.register.store.refunds.open() == ()
    new = till.do(paying.pay_cash)
    assert isinstance(new, Sale)
    done = the_refund(till, sale)
    assert done.in_cash is CashReason.DECLINED
    assert [tender.kind for tender in done.tenders] == [EXCHANGE, "cash"]
    assert is_whole(till)


def test_a_terminal_that_answers_pays_the_difference_back_at_once(till: Till) -> None:
    sale = by_card(till)
    instead(till, sale, "cola-m")
    terminal = FakeTerminal()
    till.register.devices = replace(till.register.devices, terminal=terminal)
    (ask,) = till.register.do(paying.ask_terminal, TenderKind.CARD).asks
    ask_device(till.register, ask)
    assert isinstance(till.register.view.finished, Sale)
    assert [tender.kind for tender in the_refund(till, sale).tenders] == [EXCHANGE, "card"]


def test_while_the_rest_is_with_the_terminal_the_goods_are_spoken_for(till: Till) -> None:
    sale, other = till.sold("cola-m"), another(till)
    instead(till, sale, "cheeseburger")
    till.register.do(paying.ask_terminal, TenderKind.CARD)
    with pytest.raises(Refused, match="refund-open"):
        other.do(refunding.refund, sale.number, ALL_OF_IT, WRONG)
    till.do(paying.terminal_says, TenderState.DECLINED)
    assert not till.register.view.order.is_frozen
    done = other.do(refunding.refund, sale.number, ALL_OF_IT, WRONG)
    assert isinstance(done, Refund)
    with pytest.raises(Refused, match="refund-all-gone"):
        till.do(paying.pay_cash)


def test_money_for_the_rest_can_be_given_back_and_the_exchange_begun_anew(till: Till) -> None:
    sale = till.sold("cola-m")
    instead(till, sale, "cheeseburger")
    till.do(paying.pay_cash, kr(20))
    assert till.do(paying.give_back) == kr(20)
    assert (till.register.view.order.is_frozen, till.register.store.refunds.open()) == (False, ())
    new = till.do(paying.pay_cash)
    assert isinstance(new, Sale)
    assert is_whole(till)


def test_an_exchange_that_was_set_aside_is_finished_at_another_till(till: Till) -> None:
    sale = till.sold("cola-m")
    instead(till, sale, "cheeseburger")
    order_id = till.register.view.order.id
    till.do(paying.pay_cash, kr(20))
    till.do(aside.hold)
    other = another(till)
    other.do(aside.recall, order_id)
    new = other.do(paying.pay_cash)
    assert isinstance(new, Sale)
    assert (new.number.name, the_refund(till, sale).name) == ("K2-1", "R2-1")
    assert is_whole(till)


def test_taking_it_back_leaves_the_sale_as_it_was(till: Till) -> None:
    sale = till.sold("cola-m")
    till.do(exchanging.exchange, sale.number, ALL_OF_IT, WRONG)
    till.do(undoing.take_back)
    assert till.register.view.order.exchange is None
    assert till.register.view.order.exempt is None


def test_what_was_exchanged_goes_back_by_the_way_its_money_came(till: Till) -> None:
    sale = by_card(till)
    instead(till, sale, "cheeseburger")
    new = till.do(paying.pay_cash)
    assert isinstance(new, Sale)
    left = refunding.what_is_left(till.register.store, new.number)
    assert [(way.kind, way.amount) for way in left.ways] == [("card", sale.total)]


def test_only_ways_that_can_give_the_difference_are_offered(till: Till) -> None:
    instead(till, till.sold(), "cola-m")
    assert [kind for kind, _ in shelf.ways_back(till.register)] == [TenderKind.CASH]


def test_after_the_terminals_no_cash_is_offered_too(till: Till) -> None:
    instead(till, by_card(till), "cola-m")
    assert [kind for kind, _ in shelf.ways_back(till.register)] == [TenderKind.CARD]
    ask_terminal(till.register, TenderKind.CARD)
    till.do(paying.terminal_says, TenderState.DECLINED)
    assert [kind for kind, _ in shelf.ways_back(till.register)] == [TenderKind.CASH, TenderKind.CARD]


def test_an_exchange_begins_on_an_empty_order_and_stays_one(till: Till) -> None:
    sale = till.sold("cola-m")
    till.rung("cheeseburger")
    with pytest.raises(Refused, match="exchange-hold-first"):
        till.do(exchanging.exchange, sale.number, ALL_OF_IT, WRONG)
    till.do(aside.abandon)
    till.do(exchanging.exchange, sale.number, ALL_OF_IT, WRONG)
    with pytest.raises(Refused, match="exchange-not-asked"):
        till.do(checkout.not_for_customer, Reason.CHILD)


def test_at_the_counter_it_is_one_panel_more(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    settle_questions(cashier)
    cashier.press("a", ",", "g", "1", "enter", "1", "enter", "1", "b")
    assert cashier.said == "exchange-begun"
    assert cashier.counter.state is State.RINGING
    cashier.register.do(ringing.ring, "cola-m", 1)
    cashier.press("enter")
    assert cashier.counter.state is State.PAYMENT
    cashier.press("d")
    assert cashier.said == "exchange-gives-back"
    cashier.press("a")
    assert cashier.counter.state is State.PAID
    assert cashier.register.store.sales.count() == 2


def amounts(till: Till) -> tuple[Money, Money]:
    """What was sold, and what was refunded."""
    conn = till.register.store.file.conn
    ((sold, back),) = conn.execute(
        "SELECT (SELECT SUM(total_minor) FROM sales), (SELECT SUM(total_minor) FROM refunds)"
    ).fetchall()
    return Money(sold), Money(back)


def test_both_are_counted(till: Till) -> None:
    sale = till.sold()
    instead(till, sale, "cola-m")
    new = till.do(paying.pay_cash)
    assert isinstance(new, Sale)
    assert amounts(till) == (sale.total + new.total, sale.total)


# a difference that goes back by several ways


def in_parts(till: Till, *parts: tuple[TenderKind, int]) -> Sale:
    """A cheeseburger of 89 kroner paid in parts: so many kroner each, the last one all that is left."""
    till.at_payment()
    sale: object = None
    for kind, kroner in parts:
        amount = kr(kroner) if kroner else None
        if kind is TenderKind.CASH:
            sale = till.do(paying.pay_cash, amount)
        else:
            till.do(paying.ask_terminal, kind, amount)
            sale = till.do(paying.terminal_says, TenderState.APPROVED)
    assert isinstance(sale, Sale)
    return sale


CASH, CARD, MOBILE = TenderKind.CASH, TenderKind.CARD, TenderKind.MOBILE


def gone_back(refund: Refund) -> dict[str, Money]:
    return {tender.kind: tender.amount for tender in refund.tenders if tender.kind != EXCHANGE}


@pytest.mark.parametrize(("first", "went"), [(CASH, {CARD: kr(5), CASH: kr(50)}), (CARD, {CARD: kr(39), CASH: kr(16)})])
def test_a_difference_of_a_sale_paid_in_two_ways_goes_back_by_both(
    till: Till, first: TenderKind, went: dict[TenderKind, Money]
) -> None:
    sale = in_parts(till, (CASH, 50), (CARD, 0))
    assert instead(till, sale, "cola-m").back == kr(55)
    if first is CASH:
        till.do(paying.pay_cash)
    else:
        till.do(paying.ask_terminal, CARD)
    prompt = till.register.view.prompt
    assert isinstance(prompt, TerminalPrompt)
    assert prompt.back == went[CARD]
    new = till.do(paying.terminal_says, TenderState.APPROVED)
    assert isinstance(new, Sale)
    done = the_refund(till, sale)
    assert gone_back(done) == went
    assert done.in_cash is None
    left = refunding.what_is_left(till.register.store, new.number)
    came = {CASH: kr(50), CARD: kr(39)}
    assert {way.kind: way.amount for way in left.ways} == {
        kind: amount - went[kind] for kind, amount in came.items() if amount != went[kind]
    }
    assert is_whole(till)


def test_a_difference_that_the_terminal_declines_leaves_the_order_to_be_changed_and_may_go_in_cash(till: Till) -> None:
    sale = in_parts(till, (CASH, 50), (CARD, 0))
    instead(till, sale, "cola-m")
    till.do(paying.pay_cash)
    till.do(paying.terminal_says, TenderState.DECLINED)
    assert till.register.store.refunds.of_sale(sale.number) == ()
    assert isinstance(till.register.view.prompt, PaymentPrompt)
    till.do(paying.pay_cash)
    done = the_refund(till, sale)
    assert (gone_back(done), done.in_cash) == ({CASH: kr(55)}, CashReason.DECLINED)
    assert is_whole(till)


def test_of_two_terminals_the_second_may_decline_and_its_part_goes_in_cash(till: Till) -> None:
    sale = in_parts(till, (CASH, 10), (CARD, 40), (MOBILE, 0))
    instead(till, sale, "cola-m")
    till.do(paying.ask_terminal, CARD)
    till.do(paying.terminal_says, TenderState.APPROVED)
    prompt = till.register.view.prompt
    assert isinstance(prompt, TerminalPrompt)
    assert till.register.view.order.exchange is not None
    assert till.register.view.order.exchange.asked is not None
    assert till.register.view.order.exchange.asked.kind == MOBILE
    till.do(paying.terminal_says, TenderState.UNKNOWN)
    till.do(paying.terminal_says, TenderState.DECLINED)
    done = the_refund(till, sale)
    assert done.in_cash is CashReason.DECLINED
    assert gone_back(done)[CARD] == kr(40)
    assert sum(amount.minor for amount in gone_back(done).values()) == 5500
    assert is_whole(till)


@pytest.mark.parametrize("parts", [((CASH, 0),), ((CASH, 50), (CARD, 0)), ((MOBILE, 20), (CARD, 30), (CASH, 0))])
def test_no_way_back_is_offered_more_than_came_in_by_it(till: Till, parts: tuple[tuple[TenderKind, int], ...]) -> None:
    sale = in_parts(till, *parts)
    back = instead(till, sale, "cola-m").back
    came = {way.kind: way.amount for way in refunding.what_is_left(till.register.store, sale.number).ways}
    plans = dict(shelf.ways_back(till.register))
    assert {*plans} == {kind for kind, _ in parts}
    for kind, plan in plans.items():
        assert sum(way.amount.minor for way in plan) == back.minor
        assert all(way.amount <= came[way.kind] for way in plan)
        assert min(back, came[kind]) in [way.amount for way in plan if way.kind == kind]


def test_a_split_way_back_is_named_with_its_amounts_at_the_till(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    settle_questions(cashier)
    cashier.press("5", "0", "a", "k", "+")
    cashier.press(",", "g", "1", "enter", "1", "enter", "1", "b")
    cashier.press(*"/cola", "enter", "enter")
    settle_questions(cashier)
    assert cashier.counter.state is State.PAYMENT
    cashier.press("a")
    assert cashier.counter.state is State.TERMINAL
    cashier.press("+")
    assert (cashier.said, cashier.counter.state) == ("refund-given", State.PAID)
