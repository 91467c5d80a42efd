"""From the first tender to the sale: what is frozen, what ends no sale, and one sale however often it is finished."""

from __future__ import annotations

import string
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.errors import Refused
from pos.domain.menu.items import ServingMode
from pos.domain.order.order import TenderState
from pos.domain.sale.sale import Sale
from pos.register.verbs import answering, aside, checkout, ringing, undoing
from tests.builders import NOW, by_percent, kr
from tests.register.shops import again, asked, ledger, lines, ring, settle_questions, take_all_back
from tests.rig import Cashier, a_register, shop_file
from tests.store.acting import finish


@pytest.fixture
def paying(cashier: Cashier) -> Cashier:
    """A cheeseburger for 89 kroner, asked about, at payment."""
    ring(cashier, "cheeseburger")
    settle_questions(cashier)
    assert cashier.counter.state == "payment"
    return cashier


def paid(cashier: Cashier) -> Sale:
    """The sale on the screen."""
    assert cashier.counter.paid is not None, cashier.said
    return cashier.counter.paid


# frozen


def test_nothing_changes_the_lines_once_money_was_taken(paying: Cashier) -> None:
    paying.press("2", "a")
    register, line = paying.register, paying.register.view.order.lines[0].id
    before = register.view.order
    for verb in (
        lambda: register.do(ringing.ring, "bag").result,
        lambda: register.do(ringing.ring, ringing.coded(register.view.menu, "11").sku).result,
        lambda: register.do(ringing.change_quantity, line, 1).result,
        lambda: register.do(ringing.void, line).result,
        lambda: register.do(ringing.modify, line, "no-onion").result,
        lambda: register.do(ringing.step, line, 1).result,
        lambda: register.do(ringing.confirm_size, line).result,
        lambda: register.do(ringing.note, "x", line).result,
        lambda: register.do(ringing.note, "x").result,
        lambda: register.do(ringing.note_allergen, "milk").result,
        lambda: register.do(ringing.serve, ServingMode.EAT_IN).result,
        lambda: register.do(ringing.add_code, "HEI").result,
        lambda: register.do(checkout.checkout),
        lambda: register.do(checkout.go_back),
        lambda: register.do(undoing.take_back),
        lambda: register.do(answering.yes),
        lambda: register.do(answering.no),
        lambda: register.do(aside.abandon),
    ):
        with pytest.raises(Refused):
            verb()
    assert register.view.order == before


def test_giving_the_only_part_back_lets_the_order_change_again(paying: Cashier) -> None:
    paying.press(*"50", "a", "backspace")
    assert paying.said == "given-back"
    assert [tender.state for tender in paying.register.view.order.tenders] == [TenderState.GIVEN_BACK]
    paying.press("escape", "+")
    assert lines(paying) == ["2 cheeseburger"]
    paying.press("enter")
    sale = paid(paying.press("a"))
    assert (sale.total, len(sale.tenders)) == (kr(159), 1)


def test_giving_one_of_two_parts_back_keeps_the_other(paying: Cashier) -> None:
    paying.press(*"20", "a", *"30", "k", "+", "backspace", "g")
    assert paying.register.view.order.paid == kr(20)
    assert paying.register.view.order.is_frozen
    sale = paid(paying.press("a"))
    assert [tender.amount for tender in sale.tenders] == [kr(20), kr(69)]


@pytest.mark.parametrize("refused", ["k -", "k u -", "2 a backspace", "2 v + backspace g"])
def test_taking_back_passes_by_a_payment_that_came_to_nothing(paying: Cashier, refused: str) -> None:
    paying.press(*refused.split())
    tenders = paying.register.view.order.tenders
    assert len(tenders) == 1
    paying.press("backspace")
    assert asked(paying) == "shake-m"
    assert paying.register.view.order.tenders == tenders
    paying.press("n", "k")
    assert [tender.id for tender in paying.register.view.order.tenders] == [1, 2]


def test_an_order_taken_back_to_nothing_after_a_declined_card_is_empty(paying: Cashier) -> None:
    paying.press("k", "-")
    take_all_back(paying.register)
    assert (paying.register.view.order.lines, paying.counter.state) == ((), "ringing")


def test_answers_stand_when_a_part_was_given_back(paying: Cashier) -> None:
    paying.press("2", "a", "backspace", "a")
    assert [row.outcome for row in ledger(paying.register)] == ["declined", "declined"]


# nothing but a payment key


@pytest.mark.parametrize("key", [*sorted(set(string.ascii_lowercase) - set("asdfkv")), "enter", "0", "*", "/", "+"])
def test_no_tile_letter_and_no_code_ends_a_sale(paying: Cashier, key: str) -> None:
    before = paying.register.view.order
    paying.press(key)
    if paying.counter.panel is None:
        assert paying.counter.state == "payment"
    assert paying.register.view.order == before
    assert paying.register.store.sales.count() == 0


@pytest.mark.parametrize("code", ["11", "9520001000010", "9520001999999"])
def test_a_scan_at_payment_is_refused(paying: Cashier, code: str) -> None:
    before = paying.register.view.order
    paying.type_fast(code + "\n")
    assert paying.said == "scan-at-payment"
    paying.counter.scan(code)
    assert paying.said == "scan-at-payment"
    assert (paying.register.view.order, paying.counter.digits) == (before, "")


def test_an_amount_typed_before_enter_stays_for_the_key_that_takes_it(paying: Cashier) -> None:
    paying.press("2", "0", "0", "enter")
    assert (paying.said, paying.counter.digits) == ("digits-then-cash", "200")
    paying.press("a")
    assert paying.counter.state == "paid"


def test_enter_at_payment_does_nothing(paying: Cashier) -> None:
    paying.press("enter", "enter")
    assert (paying.counter.state, paying.said) == ("payment", "enter-pays-nothing")


# finishing


def test_finishing_twice_is_one_sale(paying: Cashier, folder: Path) -> None:
    order, seq = paying.register.view.order, paying.register.view.seq
    sale = paid(paying.press("a"))
    store = shop_file(folder)
    paid_order = replace(order, tenders=sale.tenders, call_number=sale.call_number)
    with pytest.raises(Refused, match="order-not-open"):
        finish(store, sale, paid_order, paying.register.till.id, seq, NOW, head=seq)
    store.close()
    assert paying.register.store.sales.count() == 1
    assert len(ledger(paying.register)) == 2


def test_keys_right_after_the_sale_are_unread(paying: Cashier) -> None:
    paying.press("a")
    paying.clock.pass_(-100)
    for key in "a11bk":
        paying.clock.pass_(20)
        paying.counter.press(key)
    assert paying.counter.state == "paid"
    assert paying.register.view.order.is_untouched()


def test_the_change_stays_in_sight_until_the_next_checkout(paying: Cashier) -> None:
    paying.press("d", "b")
    assert paying.counter.change is not None
    assert paying.counter.change.change == kr(111)
    paying.press("enter")
    assert paying.counter.change is None


def test_receipt_numbers_have_no_gap_at_either_of_two_tills(cashier: Cashier, folder: Path) -> None:
    other = again(cashier, folder, "2")
    numbers: dict[str, list[int]] = {}
    for till in (cashier, other, other, cashier, cashier, other):
        ring(till, "bag")
        settle_questions(till)
        till.press("k", "-", "f9", "f10", "enter")
        sale = paid(till.press("a"))
        numbers.setdefault(sale.series, []).append(sale.receipt_number)
        ring(till, "salad")
        till.press(",", "a", "1")
    assert list(numbers.values()) == [[1, 2, 3], [1, 2, 3]]
    assert len(numbers) == 2


def test_whoever_holds_recalls_or_abandons_an_order_stands_in_the_log(cashier: Cashier) -> None:
    cashier.press("b", "f9", "b", "f10", "1")
    cashier.register.do(aside.abandon)
    log = cashier.register.store.file.conn.execute(
        "SELECT verb, name FROM journal JOIN person ON person.id = person ORDER BY seq"
    ).fetchall()
    assert [verb for verb, _ in log] == ["enter_till", "ring", "hold", "ring", "recall", "recall", "abandon"]
    assert {who for _, who in log} == {"Kari"}


def test_an_order_of_another_till_is_paid_in_this_till_s_series(paying: Cashier, folder: Path) -> None:
    paying.press("f9")
    other = again(paying, folder, "2")
    other.press("f10", "enter")
    assert asked(other) is None
    sale = paid(other.press("a"))
    assert (sale.till, sale.series, sale.receipt_number) == ("2", other.register.till.series, 1)
    assert paying.register.store.sales.count() == 1


def test_serving_mode_prices_and_taxes_the_sale_as_it_was_paid(cashier: Cashier) -> None:
    cashier.register.do(ringing.ring, "salad")
    cashier.press("enter", "1")
    settle_questions(cashier)
    assert paid(cashier.press("a")).total == kr(79)
    cashier.press("enter")
    ring(cashier, "salad")
    settle_questions(cashier)
    sale = paid(cashier.press("a"))
    assert sale.total == kr(72)
    assert by_percent(sale.tax_rows) == [(15, kr(72))]


def test_a_membership_alone_is_sold_as_taken_away_without_asking(cashier: Cashier) -> None:
    cashier.register.do(ringing.ring, "club-basic")
    cashier.press("enter")
    settle_questions(cashier)
    sale = paid(cashier.press("a"))
    assert (sale.serving_mode, sale.total) == (ServingMode.TAKE_AWAY, kr(49))


def test_a_paid_order_after_a_restart_is_over(paying: Cashier, folder: Path) -> None:
    paying.press("a")
    later = a_register(folder, clock=paying.clock)
    assert later.view.order.is_untouched()
    assert later.view.order.id != paid(paying).order_id
