"""An order is set aside with the money that is on it: nothing is lost, doubled or discarded, and it is told."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.errors import Refused
from pos.domain.money import ZERO, total
from pos.domain.order.order import TenderState
from pos.plain import run_on
from pos.register import shelf
from pos.register.verbs import aside, paying
from tests.builders import MENU, PAIRINGS, kr
from tests.office_acts import put_menu
from tests.register.shops import again, lines, new_folder, ring, settle_questions
from tests.rig import Cashier, a_cashier, a_register

ROWS = "SELECT kind, state, amount_minor, order_state, is_sale FROM tenders ORDER BY at, number"
WAITING = "SELECT call_number FROM orders WHERE state IN ('open', 'held') AND call_number > 0"


def at_payment(cashier: Cashier) -> Cashier:
    """A cheeseburger for 89 kroner, at payment."""
    ring(cashier, "cheeseburger")
    settle_questions(cashier)
    assert cashier.counter.state == "payment"
    return cashier


def tenders(cashier: Cashier) -> list[tuple[object, ...]]:
    return cashier.register.store.file.conn.execute(ROWS).fetchall()


def serve_another(cashier: Cashier) -> None:
    """The next customer in the queue pays in cash."""
    at_payment(cashier).press("a")
    assert cashier.counter.paid is not None
    cashier.press("enter")


@pytest.mark.parametrize("hold", [("f9",), (",", "h")])
@pytest.mark.parametrize("said", [(), ("u",)])
@pytest.mark.parametrize(("answer", "state"), [("+", "paid"), ("-", "payment")])
def test_an_order_whose_terminal_hangs_is_set_aside_and_settled_later(
    cashier: Cashier, hold: tuple[str, ...], said: tuple[str, ...], answer: str, state: str
) -> None:
    at_payment(cashier).press("k", *said, *hold)
    assert (cashier.counter.state, cashier.said, lines(cashier)) == ("ringing", "held-unknown", [])
    assert tenders(cashier) == [("card", "unknown", 8900, "held", 0)]
    serve_another(cashier)
    cashier.press("f10")
    assert (cashier.counter.state, lines(cashier)) == ("terminal", ["1 cheeseburger"])
    cashier.press(answer)
    assert cashier.counter.state == state
    assert cashier.register.store.sales.count() == (2 if answer == "+" else 1)
    assert tenders(cashier)[0][1] == ("approved" if answer == "+" else "declined")


def test_a_held_unknown_payment_comes_back_at_any_till_after_a_crash(cashier: Cashier, folder: Path) -> None:
    at_payment(cashier).press("k", "u", "f9")
    other = again(cashier, folder, "2")
    assert other.press("f10").counter.state == "terminal"
    third = again(other, folder, "2")
    assert third.counter.state == "terminal"
    sale = third.press("+").counter.paid
    assert sale is not None
    assert (sale.total, sale.call_number, shelf.held(third.register)) == (kr(89), 1, ())


def test_two_tills_recall_an_unsettled_order_once(cashier: Cashier, folder: Path) -> None:
    at_payment(cashier).press("k", "u", "f9")
    (held,) = shelf.held(cashier.register)
    again(cashier, folder, "2").register.do(aside.recall, held.order_id)
    with pytest.raises(Refused, match="order-already-recalled"):
        cashier.register.do(aside.recall, held.order_id)
    assert cashier.register.view.order.is_untouched()


def test_cash_and_a_card_and_vipps_that_failed_are_all_there_after_a_restart(cashier: Cashier, folder: Path) -> None:
    at_payment(cashier).press(*"20", "a", "k", "-", "v", "u", "f9")
    later = again(cashier, folder).press("f10", "-", "s")
    sale = later.counter.paid
    assert sale is not None
    assert [(tender.kind, tender.amount) for tender in sale.tenders] == [("cash", kr(20)), ("cash", kr(69))]
    assert [row[:2] for row in tenders(later)] == [
        ("cash", "approved"),
        ("card", "declined"),
        ("mobile", "declined"),
        ("cash", "approved"),
    ]


def test_nothing_discards_an_order_with_money_on_it(cashier: Cashier) -> None:
    at_payment(cashier).press("k", "u")
    cashier.press(",", "a")
    assert cashier.said == "tender-open"
    cashier.press("escape", "f9", "f10", ",", "a")
    assert (cashier.said, cashier.counter.state) == ("tender-open", "terminal")
    cashier.press("-", *"50", "a", ",", "a")
    assert (cashier.said, cashier.counter.state) == ("discard-after-giving-back", "payment")
    assert cashier.register.view.order.paid == kr(50)


def test_a_customer_who_fetches_more_money_finds_the_part_that_was_paid(cashier: Cashier) -> None:
    at_payment(cashier).press(*"50", "a", "f9")
    assert cashier.said == "held"
    serve_another(cashier)
    cashier.press("f10")
    assert (cashier.counter.state, cashier.register.view.order.paid) == ("payment", kr(50))
    sale = cashier.press("k", "+").counter.paid
    assert sale is not None
    assert [(tender.kind, tender.amount) for tender in sale.tenders] == [("cash", kr(50)), ("card", kr(39))]
    assert sale.call_number == 1
    assert [row[2:] for row in tenders(cashier)] == [(5000, "paid", 1), (8900, "paid", 1), (3900, "paid", 1)]


def test_what_stands_on_a_held_order_stays_frozen_after_the_recall(cashier: Cashier) -> None:
    at_payment(cashier).press(*"50", "a", "f9", "f10", "escape")
    assert cashier.said == "order-frozen"
    cashier.press("backspace")
    assert (cashier.said, cashier.register.view.order.paid) == ("given-back", ZERO)
    assert cashier.register.view.order.call_number == 1


def test_another_order_is_recalled_while_one_waits_for_the_terminal(cashier: Cashier) -> None:
    cashier.press("b", "f9")
    at_payment(cashier).press("k", "u", ",", "r")
    assert lines(cashier) == ["1 cheeseburger-meal-m"]
    assert [held.order.open_tender is not None for held in shelf.held(cashier.register)] == [True]


def test_the_list_of_held_orders_tells_what_is_paid_and_what_is_not_settled(cashier: Cashier) -> None:
    at_payment(cashier).press("k", "u", "f9")
    at_payment(cashier).press(*"50", "a", "f9", "b", "f9", "f10")
    panel = cashier.counter.panel
    assert panel is not None
    told = [(entry.label.message_id, entry.label.values.get("amount")) for entry in panel.entries(cashier.counter)]
    assert told == [("held-row-unknown", kr(89)), ("held-row-paid", kr(50)), ("held-row", None)]


def test_plain_mode_tells_an_unsettled_payment_at_the_start_and_with_each_order(cashier: Cashier, folder: Path) -> None:
    at_payment(cashier)
    said = io.StringIO()
    deliberate = Cashier(cashier.register, cashier.clock, deliberate=True)
    run_on(deliberate.counter, io.StringIO("k\nu\nf9\n"), said)
    told = "! Ikke avklart: Kort 89,00 på Nr. 1, 0 min siden."
    assert told in said.getvalue()
    cashier.clock.pass_(12 * 60_000)
    said = io.StringIO()
    run_on(again(cashier, folder).counter, io.StringIO(""), said)
    assert told.replace(" 0 min", " 12 min") in said.getvalue()


def load_dearer(cashier: Cashier) -> None:
    """A menu in which the cheeseburger is 110 kroner."""
    burger = replace(MENU.items["cheeseburger"], price=kr(110))
    put_menu(
        cashier.register.store,
        replace(MENU, items={**MENU.items, "cheeseburger": burger}),
        PAIRINGS,
        cashier.register.now,
    )


@pytest.mark.parametrize("keys", [("+",), ("-", "a")])
def test_the_price_that_was_said_stands_whatever_the_terminal_says(cashier: Cashier, keys: tuple[str, ...]) -> None:
    at_payment(cashier).press("k", "u", "f9")
    load_dearer(cashier)
    sale = cashier.press("f10", *keys).counter.paid
    assert sale is not None
    assert (sale.total, sale.call_number) == (kr(89), 1)


def test_what_is_left_of_a_part_payment_stands_too(cashier: Cashier) -> None:
    at_payment(cashier).press(*"50", "a", "f9")
    load_dearer(cashier)
    sale = cashier.press("f10", "a").counter.paid
    assert sale is not None
    assert [tender.amount for tender in sale.tenders] == [kr(50), kr(39)]


# an order that another till has left open


@pytest.mark.parametrize(("keys", "row"), [(("k",), "elsewhere-row-unknown"), ((*"20", "a"), "elsewhere-row-paid")])
def test_money_on_an_order_of_a_till_that_never_starts_again_is_told_and_fetched_elsewhere(
    cashier: Cashier, folder: Path, keys: tuple[str, ...], row: str
) -> None:
    at_payment(cashier).press(*keys)
    other = again(cashier, folder, "2").press("f10")
    panel = other.counter.panel
    assert panel is not None
    (entry,) = panel.entries(other.counter)
    assert (entry.label.message_id, entry.label.values["till"]) == (row, "1")
    said = io.StringIO()
    run_on(again(cashier, folder, "3").counter, io.StringIO(""), said)
    assert "på kasse 1: " in said.getvalue()
    other.press("1")
    assert lines(other) == ["1 cheeseburger"]
    sale = other.press("+" if keys == ("k",) else "a").counter.paid
    assert sale is not None
    assert (sale.total, sale.till, sale.call_number) == (kr(89), "2", 1)
    assert shelf.open_elsewhere(other.register) == ()


def test_a_payment_at_a_running_till_is_told_elsewhere_only_when_it_is_unknown(cashier: Cashier, folder: Path) -> None:
    clock = cashier.clock
    other = a_register(folder, till="2", clock=clock, is_running=lambda till: till == "1")
    at_payment(cashier).press("k")
    assert shelf.open_elsewhere(other) == ()
    cashier.press("u")
    assert [left.till_name for left in shelf.open_elsewhere(other)] == ["1"]


@pytest.mark.parametrize("key", ["+", "-", "u", "up"])
def test_a_till_whose_order_was_fetched_says_so_and_goes_on_with_the_next(
    cashier: Cashier, folder: Path, key: str
) -> None:
    at_payment(cashier).press("k", "u")
    other = again(cashier, folder, "2").press("f10", "1")
    cashier.press(key)
    assert (cashier.said, cashier.counter.state, lines(cashier)) == ("order-taken", "ringing", [])
    assert other.press("+").counter.paid is not None
    serve_another(cashier)
    assert cashier.register.store.sales.count() == 2


def test_a_row_says_no_longer_what_another_till_has_changed(cashier: Cashier, folder: Path) -> None:
    at_payment(cashier).press("k", "u")
    other = again(cashier, folder, "2").press("f10")
    cashier.press("+")
    assert cashier.counter.paid is not None
    other.press("1")
    assert (other.said, lines(other)) == ("row-gone", [])
    with pytest.raises(Refused, match="order-already-recalled"):
        other.register.do(aside.recall, cashier.counter.paid.order_id, elsewhere=True)


def test_an_order_without_money_on_it_stays_at_its_till(cashier: Cashier, folder: Path) -> None:
    at_payment(cashier).press("k", "-")
    other = again(cashier, folder, "2")
    with pytest.raises(Refused, match="order-already-recalled"):
        other.register.do(aside.recall, cashier.register.view.order.id, elsewhere=True)
    assert other.press("f10").said == "nothing-held"


# what a payment that is given back asks for


@pytest.mark.parametrize("key", ["k", "v"])
def test_what_a_terminal_took_is_given_back_with_another_key_and_says_what_to_do(cashier: Cashier, key: str) -> None:
    at_payment(cashier).press(*"20", key, "+", "backspace")
    assert cashier.counter.panel is not None
    assert cashier.counter.panel.title.message_id == "title-give-back"
    cashier.press("backspace", *"10", "a", "n", "j", "+", "enter", "k")
    assert cashier.register.view.order.paid == kr(20)
    cashier.press("g")
    assert (cashier.said, cashier.register.view.order.paid) == ("given-back-refunded", ZERO)
    cashier.press(*"20", key, "+", "backspace", "escape")
    assert (cashier.counter.state, cashier.register.view.order.paid) == ("payment", kr(20))


def test_only_the_payment_that_was_asked_about_is_given_back(cashier: Cashier, folder: Path) -> None:
    at_payment(cashier).press(*"20", "k", "+", "backspace")
    cashier.register.do(paying.pay_cash, kr(30))
    cashier.press("g")
    assert (cashier.said, cashier.register.view.order.paid) == ("row-gone", kr(50))


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["sell", "part", "ask", "unknown", "approve", "decline", "give_back", "hold", "recall", "drop"]
        ),
        st.integers(0, 1),
        st.integers(0, 3),
    ),
    max_size=25,
)


@given(ACTS)
@settings(max_examples=25)
def test_whatever_is_held_paid_and_discarded_money_adds_up_and_no_number_is_waited_with_twice(
    acts: list[tuple[str, int, int]],
) -> None:
    folder = new_folder()
    try:
        first = a_cashier(folder)
        both = (first, again(first, folder, "2"))
        for act, place, which in acts:
            play(both[place], act, which)
            check(both[place])
    finally:
        shutil.rmtree(folder)


def play(cashier: Cashier, act: str, which: int) -> None:
    """One act at a till; what does not fit there is refused, and changes nothing."""
    counter, register = cashier.counter, cashier.register
    if counter.state == "paid":
        cashier.press("enter")
    if counter.state == "ringing" and act in ("sell", "part", "ask", "unknown"):
        at_payment(cashier) if not lines(cashier) else cashier.press("enter")
    keys = {
        "sell": ("a",),
        "part": (*"20", "a"),
        "ask": ("k",),
        "unknown": ("k", "u"),
        "approve": ("+",),
        "decline": ("-",),
        "give_back": ("backspace", "g"),
        "hold": ("f9",),
        "drop": (",", "a", "1"),
    }
    if act == "recall":
        found = [(held.order_id, held.is_open) for held in (*shelf.held(register), *shelf.open_elsewhere(register))]
        found += [(entry.order_id, False) for entry in shelf.discarded(register)]
        if found:
            order_id, is_open = found[which % len(found)]
            register.catch_up()  # another till may have taken the order that was open here
            register.do(aside.recall, order_id, elsewhere=is_open)
    elif act != "give_back" or register.view.order.is_frozen:
        cashier.press(*keys[act])
    counter.panel = None
    cashier.counter.forget_typed()


def check(cashier: Cashier) -> None:
    """The file agrees with the order in hand, each sale is covered once, and nobody shares a number."""
    conn, order = cashier.register.store.file.conn, cashier.register.view.order
    kept = conn.execute(
        "SELECT state, amount_minor FROM tenders WHERE order_id = ? ORDER BY number", (order.id,)
    ).fetchall()
    assert kept == [(tender.state, tender.amount.minor) for tender in order.tenders]
    for sale_total, covered in conn.execute(
        """
        SELECT total_minor, (
            SELECT SUM(amount_minor) FROM tender WHERE order_key = sale.order_key AND state = 'approved'
        ) FROM sale
        """
    ):
        assert sale_total == covered
    numbers = [number for (number,) in conn.execute(f"{WAITING} UNION ALL SELECT call_number FROM sale")]
    assert len(numbers) == len(set(numbers)) or len(numbers) > 99
    assert all(
        tender.state is not TenderState.INTENT for held in shelf.held(cashier.register) for tender in held.order.tenders
    )
    assert total(tender.amount for tender in order.tenders if tender.counts) <= kr(89)
