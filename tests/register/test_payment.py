"""Payment: durable tenders, cash in whole kroner, parts, and one sale however often it is finished."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.devices import Devices, FakePrinter, FakeTerminal
from pos.domain.errors import DeviceError, Refused
from pos.domain.money import Money, total
from pos.domain.order.order import Tender, TenderKind, TenderState
from pos.domain.sale.sale import Sale
from pos.register.verbs import aside, paying, ringing
from tests.builders import MENU, NOW, PAIRINGS, kr
from tests.office_acts import enter_till, put_menu
from tests.register.shops import again, ring, settle_questions
from tests.rig import Cashier, ask_terminal, shop_file


@pytest.fixture
def at_payment(cashier: Cashier) -> Cashier:
    """A cheeseburger for 89 kroner, asked about, at payment."""
    ring(cashier, "cheeseburger")
    settle_questions(cashier)
    assert cashier.counter.state == "payment"
    return cashier


def at_price(cashier: Cashier, price: Money) -> Cashier:
    """A bag at a price of its own, at payment."""
    bag = replace(MENU.items["bag"], price=price)
    put_menu(cashier.register.store, replace(MENU, items={**MENU.items, "bag": bag}), PAIRINGS, NOW)
    ring(cashier, "bag")
    settle_questions(cashier)
    return cashier


def paid(cashier: Cashier) -> Sale:
    """The sale on the screen."""
    assert cashier.counter.paid is not None, cashier.said
    return cashier.counter.paid


# cash


def test_cash_exact_pays_what_is_due(at_payment: Cashier) -> None:
    sale = paid(at_payment.press("a"))
    assert (sale.total, sale.change, sale.rounding) == (kr(89), kr(0), kr(0))
    assert [(tender.kind, tender.amount, tender.handed) for tender in sale.tenders] == [
        (TenderKind.CASH, kr(89), kr(89))
    ]


@pytest.mark.parametrize(("key", "handed"), [("s", 100), ("d", 200), ("f", 500)])
def test_each_of_three_notes_gives_its_change(at_payment: Cashier, key: str, handed: int) -> None:
    sale = paid(at_payment.press(key))
    assert (sale.tenders[0].handed, sale.change) == (kr(handed), kr(handed - 89))


def test_an_amount_typed_is_what_was_handed_over(at_payment: Cashier) -> None:
    assert paid(at_payment.press(*"120", "a")).change == kr(31)


def test_less_than_is_due_is_a_part_and_said_so(at_payment: Cashier) -> None:
    at_payment.press(*"50", "a")
    assert at_payment.said == "part-paid"
    assert at_payment.register.view.order.paid == kr(50)
    sale = paid(at_payment.press(*"20", "a", "s"))
    assert [tender.amount for tender in sale.tenders] == [kr(50), kr(20), kr(19)]
    assert total(tender.amount for tender in sale.tenders) == sale.total


@pytest.mark.parametrize("typed", ["0", "99999", "1089", "20001"])
def test_cash_that_nobody_hands_over_is_refused(at_payment: Cashier, typed: str) -> None:
    at_payment.press(*typed, "a")
    assert at_payment.said == "cash-absurd"
    assert at_payment.register.view.order.tenders == ()
    assert at_payment.counter.digits == typed


@pytest.mark.parametrize("handed", [kr(-1), kr(0), Money(-100_000)])
def test_no_or_negative_cash_is_refused(at_payment: Cashier, handed: Money) -> None:
    with pytest.raises(Refused, match="cash-absurd"):
        at_payment.register.do(paying.pay_cash, handed)


def test_an_amount_typed_is_not_forgotten_for_a_note(at_payment: Cashier) -> None:
    at_payment.press("5", "s")
    assert at_payment.said == "digits-then-cash"
    assert at_payment.register.view.order.tenders == ()


@pytest.mark.parametrize(
    ("price", "rounded"),
    [(kr(10, 49), kr(10)), (kr(10, 50), kr(11)), (kr(10, 99), kr(11)), (kr(0, 49), kr(0)), (kr(10), kr(10))],
)
def test_cash_is_rounded_to_whole_kroner(cashier: Cashier, price: Money, rounded: Money) -> None:
    sale = paid(at_price(cashier, price).press("a"))
    (tender,) = sale.tenders
    assert (sale.total, tender.amount, tender.handed) == (price, price, rounded)
    assert sale.rounding == rounded - price


@pytest.mark.parametrize("key", ["k", "v"])
def test_a_card_is_not_rounded(cashier: Cashier, key: str) -> None:
    sale = paid(at_price(cashier, kr(10, 49)).press(key, "+"))
    assert (sale.total, sale.rounding) == (kr(10, 49), kr(0))


def test_of_a_mixed_payment_only_the_cash_part_is_rounded(cashier: Cashier) -> None:
    at_price(cashier, kr(100, 40)).press(*"60", "k", "+")
    assert cashier.register.view.cash_due == kr(40)
    sale = paid(cashier.press("a"))
    card, cash = sale.tenders
    assert (card.amount, card.rounding) == (kr(60), kr(0))
    assert (cash.amount, cash.handed, cash.rounding) == (kr(40, 40), kr(40), kr(0, -40))


def test_cash_first_and_then_a_card_rounds_nothing(cashier: Cashier) -> None:
    sale = paid(at_price(cashier, kr(100, 40)).press(*"60", "a", "k", "+"))
    assert [tender.amount for tender in sale.tenders] == [kr(60), kr(40, 40)]
    assert sale.rounding == kr(0)


def test_what_costs_nothing_is_paid_with_cash_exact(cashier: Cashier) -> None:
    cashier.register.do(ringing.ring, "club-free")
    ring(cashier)
    settle_questions(cashier)
    cashier.press("k")
    assert cashier.said == "part-absurd"
    sale = paid(cashier.press("a"))
    assert (sale.total, sale.receipt_number) == (kr(0), 1)


# card and mobile


class WatchedTerminal(FakeTerminal):
    """Looks at the file from another connection while it is being asked."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.seen: list[Tender] = []

    def ask(self, tender: Tender) -> TenderState:
        store = shop_file(self.folder)
        saved = store.orders.current(enter_till(store, "1").id)
        assert saved is not None
        self.seen += saved.order.tenders
        store.close()
        return super().ask(tender)


@pytest.mark.parametrize(("key", "kind"), [("k", TenderKind.CARD), ("v", TenderKind.MOBILE)])
def test_an_intent_is_durable_before_the_terminal_is_asked(
    at_payment: Cashier, folder: Path, key: str, kind: TenderKind
) -> None:
    terminal = WatchedTerminal(folder)
    at_payment.register.devices = Devices(FakePrinter(), terminal)
    at_payment.press(key)
    assert [(tender.kind, tender.state, tender.amount) for tender in terminal.seen] == [
        (kind, TenderState.INTENT, kr(89))
    ]
    assert paid(at_payment).tenders[0].state is TenderState.APPROVED


def test_a_declined_card_leaves_the_order_as_it_was(at_payment: Cashier) -> None:
    at_payment.press("k", "-")
    assert (at_payment.counter.state, at_payment.said) == ("payment", "terminal-declined")
    assert not at_payment.register.view.order.is_frozen
    sale = paid(at_payment.press("a"))
    assert [tender.kind for tender in sale.tenders] == [TenderKind.CASH]


def test_an_unknown_answer_keeps_waiting_for_one_of_two(at_payment: Cashier) -> None:
    at_payment.press("k", "u")
    assert (at_payment.counter.state, at_payment.said) == ("terminal", "terminal-unknown")
    at_payment.press("a", "k", "escape", "backspace")
    assert at_payment.counter.state == "terminal"
    assert paid(at_payment.press("+")).total == kr(89)


def test_a_terminal_that_was_never_reached_is_no_payment(at_payment: Cashier) -> None:
    at_payment.register.devices = Devices(FakePrinter(), FakeTerminal(problem="no line"))
    with pytest.raises(DeviceError):
        ask_terminal(at_payment.register, TenderKind.CARD)
    (tender,) = at_payment.register.view.order.tenders
    assert tender.state is TenderState.DECLINED
    assert at_payment.counter.state == "payment"


@pytest.mark.parametrize("answer", ["+", "-"])
@pytest.mark.parametrize("said_before", [(), ("u",)])
def test_a_restart_while_the_terminal_is_asked_comes_back_there(
    at_payment: Cashier, folder: Path, said_before: tuple[str, ...], answer: str
) -> None:
    at_payment.press("k", *said_before)
    later = again(at_payment, folder)
    assert later.counter.state == "terminal"
    assert later.register.view.order == at_payment.register.view.order
    later.press(answer)
    assert later.register.store.sales.count() == (1 if answer == "+" else 0)


@pytest.mark.parametrize(("typed", "said"), [("90", "part-absurd"), ("0", "part-absurd"), ("99999", "part-absurd")])
def test_a_part_that_is_no_part_is_refused(at_payment: Cashier, typed: str, said: str) -> None:
    at_payment.press(*typed, "k")
    assert at_payment.said == said
    assert at_payment.register.view.order.tenders == ()


def test_no_other_payment_begins_while_the_terminal_is_asked(at_payment: Cashier) -> None:
    at_payment.press("k")
    for verb in (
        lambda: at_payment.register.do(paying.pay_cash),
        lambda: ask_terminal(at_payment.register, TenderKind.MOBILE),
        lambda: at_payment.register.do(paying.give_back),
        lambda: at_payment.register.do(aside.abandon),
    ):
        with pytest.raises(Refused, match="tender-open"):
            verb()


def test_a_terminal_answers_only_what_it_was_asked(at_payment: Cashier) -> None:
    with pytest.raises(Refused, match="no-tender-open"):
        at_payment.register.do(paying.terminal_says, TenderState.APPROVED)
