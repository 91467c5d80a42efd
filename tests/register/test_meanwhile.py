"""What changes around an order while it is rung: the clock, the menu, what is sold out at another till."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.order.questions import Outcome, Reason
from pos.domain.sale.ledger import EventName
from pos.register import TooSoon
from pos.register.verbs import answering, checkout, ringing, stock
from tests.builders import CROSS_SELL, MENU, NOW, PAIRINGS, TAKE_AWAY, UPSELL, kr
from tests.office_acts import put_menu
from tests.register.shops import again, asked, events, ledger, lines, names, ring, settle_questions
from tests.rig import Cashier, Clock, a_register


def test_a_question_that_waited_behind_another_has_not_been_read_when_it_appears(cashier: Cashier) -> None:
    ring(cashier, "salad")
    assert asked(cashier) == "cola-m"
    cashier.press("escape")
    ring(cashier, "cheeseburger")
    assert asked(cashier) == "cheeseburger-meal-m"
    cashier.press("n")
    with pytest.raises(TooSoon):
        cashier.register.do(answering.no)
    assert asked(cashier) == "cola-m"


def test_a_question_after_a_slot_has_not_been_read_when_it_appears(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("escape")
    ring(cashier, "kids-meal")
    cashier.clock.pass_(1000)
    cashier.register.do(checkout.choose, "juice")
    assert asked(cashier) == "cheeseburger-meal-m"
    with pytest.raises(TooSoon):
        cashier.register.do(answering.no)


def test_a_clock_that_was_set_back_makes_nobody_wait(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.clock.pass_(-3_600_000)
    cashier.press("n", "n")
    assert cashier.counter.state == "payment"
    cashier.clock.pass_(-3_600_000)
    cashier.press("a")
    assert cashier.counter.paid is not None
    cashier.clock.pass_(-3_600_000)
    cashier.press("enter")
    assert cashier.counter.paid is None


def test_a_yes_to_what_another_till_sold_out_meanwhile_sells_nothing(cashier: Cashier, folder: Path) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n")
    assert asked(cashier) == "shake-m"
    a_register(folder, till="2", clock=cashier.clock).do(stock.eighty_six, "shake-m")
    cashier.press("j")
    assert cashier.said == "sold-out-item"
    assert lines(cashier) == ["1 cheeseburger"]
    assert asked(cashier) == "nuggets-6"
    gone = events(cashier.register)[-2]
    assert (gone.name, gone.reason) == (EventName.WITHDRAWN, Reason.SOLD_OUT)
    cashier.press("j", "a")
    (up, cross) = ledger(cashier.register)
    assert (up.outcome, cross.outcome, cross.offered) == (Outcome.DECLINED, Outcome.ACCEPTED, "nuggets-6")


def test_a_no_to_what_is_sold_out_meanwhile_answers_nothing_either(cashier: Cashier, folder: Path) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n")
    a_register(folder, till="2", clock=cashier.clock).do(stock.eighty_six, "shake-m")
    cashier.press("n")
    assert (cashier.said, asked(cashier)) == ("sold-out-item", "nuggets-6")
    assert names(events(cashier.register)).count(EventName.WITHDRAWN) == 1
    assert cashier.press("n").counter.state == "payment"


def test_the_next_best_offer_has_not_been_read_when_it_takes_the_place(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n")
    cashier.register.do(stock.eighty_six, "shake-m")
    assert asked(cashier) == "nuggets-6"
    with pytest.raises(TooSoon):
        cashier.register.do(answering.yes)


def test_looking_again_writes_nothing_when_nothing_has_changed(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    before = cashier.register.store.orders.current(cashier.register.till.id)
    cashier.register.catch_up()
    assert cashier.register.store.orders.current(cashier.register.till.id) == before


def test_taking_back_passes_by_what_was_withdrawn(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n")
    cashier.register.do(stock.eighty_six, "shake-m")
    cashier.press("backspace")
    assert asked(cashier) == "cheeseburger-meal-m"


def test_a_daypart_that_ends_during_the_question_sells_nothing_of_it(folder: Path) -> None:
    clock = Clock(NOW.replace(hour=10, minute=29))
    cashier = Cashier(a_register(folder, clock=clock), clock)
    ring(cashier, "coffee-m")
    cashier.press("n")
    assert asked(cashier) == "egg-roll"
    clock.pass_(120_000)
    cashier.press("j")
    assert cashier.said == "not-at-this-hour"
    assert asked(cashier) == "brownie"
    assert events(cashier.register)[-2].reason is Reason.DAYPART


# a new menu


def dearer(folder: Path) -> None:
    """Another program loads a menu in which a cheeseburger costs 95, and there is no double any more."""
    items = [
        replace(entry, price=kr(95)) if sku == "cheeseburger" else entry
        for sku, entry in MENU.items.items()
        if sku != "double"
    ]
    paths = {name: path for name, path in MENU.paths.items() if name != "double"}
    menu = replace(MENU, items={entry.sku: entry for entry in items}, paths=paths)
    put_menu(a_register(folder, till="office").store, menu, PAIRINGS, NOW)


def test_a_till_that_stands_idle_takes_a_new_menu_on_with_the_first_thing_rung(cashier: Cashier, folder: Path) -> None:
    dearer(folder)
    cashier.register.do(ringing.ring, "cheeseburger")
    assert cashier.register.view.priced.total == kr(95)


def test_what_the_new_menu_has_not_any_more_is_still_sold_in_a_held_order(cashier: Cashier, folder: Path) -> None:
    cashier.register.do(ringing.ring, "double")
    cashier.press("f9")
    dearer(folder)
    cashier.press("f10")
    assert cashier.register.view.priced.total == kr(119)
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter")
    settle_questions(cashier)
    cashier.press("a")
    assert cashier.counter.paid is not None


def test_an_open_order_survives_a_new_menu_and_a_restart(cashier: Cashier, folder: Path) -> None:
    ring(cashier, "double", "cheeseburger")
    dearer(folder)
    later = again(cashier, folder)
    assert lines(later) == ["1 double", "1 cheeseburger"]
    assert later.register.view.priced.total == kr(214)
    settle_questions(later)
    later.press("a")
    assert {row.kind for row in ledger(later.register)} == {UPSELL, CROSS_SELL}


def test_what_another_till_sells_out_leaves_the_question_without_a_key(cashier: Cashier, folder: Path) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n")
    assert asked(cashier) == "shake-m"
    a_register(folder, till="2", clock=cashier.clock).do(stock.eighty_six, "shake-m")
    assert cashier.register.catch_up()
    assert asked(cashier) != "shake-m"
    assert not cashier.register.catch_up()


def test_a_till_alone_sees_nothing_when_it_looks_around(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    order = cashier.register.view.order
    assert not cashier.register.catch_up()
    assert cashier.register.view.order == order
