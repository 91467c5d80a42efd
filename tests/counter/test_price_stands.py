"""The price that is paid is the one that was said: whatever menu is loaded, at which till, after whatever restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from pos.domain.errors import Refused
from pos.domain.menu.items import Sku
from pos.domain.money import Money, total
from pos.domain.order.order import TenderKind, TenderState
from pos.domain.prompts import QuestionPrompt
from pos.plain.speech import hear
from pos.register import Register, TooSoon, shelf
from pos.register.verbs import answering, aside, paying, ringing, stock
from tests.builders import MENU, NOW, PAIRINGS, TAKE_AWAY, item, kr, pairing
from tests.office_acts import put_menu
from tests.register.shops import again, lines, ring, settle_questions
from tests.rig import Cashier, a_register, ask_terminal

HOUR = 3_600_000


def load(cashier: Cashier, **prices: int) -> None:
    """Another program loads a menu with these prices in kroner."""
    named = {name.replace("_", "-"): kr(amount) for name, amount in prices.items()}
    items = {sku: replace(entry, price=named.get(sku, entry.price)) for sku, entry in MENU.items.items()}
    put_menu(office(cashier).store, replace(MENU, items=items), PAIRINGS, NOW)


def office(cashier: Cashier) -> Register:
    return a_register(Path(cashier.register.store.path).parent, till="office", clock=cashier.clock)


def without(cashier: Cashier, *gone: Sku) -> None:
    """Another program loads a menu without some items."""
    items = {sku: entry for sku, entry in MENU.items.items() if sku not in gone}
    paths = {name: path for name, path in MENU.paths.items() if not {step.sku for step in path.steps} & {*gone}}
    slots = {
        name: replace(slot, choices=tuple(entry for entry in slot.choices if entry.sku not in gone), default=None)
        for name, slot in MENU.slots.items()
    }
    menu = replace(MENU, items=items, paths=paths, slots=slots)
    left = [entry for entry in PAIRINGS if entry.offered in items and (entry.sku is None or entry.sku in items)]
    put_menu(office(cashier).store, menu, left, NOW)


def at_payment(cashier: Cashier, *skus: Sku) -> Cashier:
    ring(cashier, *skus)
    settle_questions(cashier)
    assert cashier.counter.state == "payment"
    return cashier


def sold(cashier: Cashier) -> Money:
    sale = cashier.counter.paid
    assert sale is not None
    assert total(tender.amount for tender in sale.tenders) == sale.total == total(line.total for line in sale.lines)
    return sale.total


def test_a_card_that_was_asked_for_119_pays_119_after_a_restart_with_another_menu(
    cashier: Cashier, folder: Path
) -> None:
    at_payment(cashier, "cheeseburger-meal-m").press("k")
    load(cashier, cheeseburger_meal_m=99)
    later = again(cashier, folder)
    later.press("+")
    assert sold(later) == kr(119)


@pytest.mark.parametrize("price", [99, 139])
@pytest.mark.parametrize("restarted", [False, True])
def test_after_a_part_payment_the_rest_of_the_same_price_is_due(
    cashier: Cashier, folder: Path, price: int, restarted: bool
) -> None:
    at_payment(cashier, "cheeseburger-meal-m").register.do(paying.pay_cash, kr(110))
    load(cashier, cheeseburger_meal_m=price)
    till = again(cashier, folder) if restarted else cashier
    till.register.catch_up()
    assert till.register.view.cash_due == kr(9)
    till.press("a")
    assert sold(till) == kr(119)


def test_a_price_loaded_between_the_screen_and_the_key_is_not_charged(cashier: Cashier) -> None:
    at_payment(cashier, "cheeseburger-meal-m")
    load(cashier, cheeseburger_meal_m=139)
    cashier.press("a")
    assert (cashier.said, cashier.counter.paid) == ("new-price", None)
    cashier.press("a")
    assert sold(cashier) == kr(139)


@pytest.mark.parametrize("ends", ["declined", "given back"])
def test_an_order_that_nothing_pays_for_any_more_follows_the_menu_again(cashier: Cashier, ends: str) -> None:
    at_payment(cashier, "cheeseburger-meal-m")
    if ends == "declined":
        cashier.press("k")
        load(cashier, cheeseburger_meal_m=99)
        cashier.press("-")
    else:
        cashier.register.do(paying.pay_cash, kr(50))
        load(cashier, cheeseburger_meal_m=99)
        cashier.press("escape", "backspace")
        if cashier.register.view.order.is_frozen:
            cashier.register.do(paying.give_back)
            cashier.counter.tell_news()
    assert not cashier.register.view.order.is_frozen
    assert cashier.register.view.priced.total == kr(99)
    assert cashier.said == "new-price"


def test_an_order_being_rung_follows_the_menu_at_once_and_says_what_changed(cashier: Cashier) -> None:
    cashier.press("b")
    load(cashier, cheeseburger_meal_m=129)
    cashier.press("up")
    assert cashier.register.view.priced.total == kr(129)
    assert cashier.said == "new-price"
    assert cashier.counter.message is not None
    values = cashier.counter.message.values
    assert (values["before"], values["now"]) == (kr(119), kr(129))
    assert (values["total_before"], values["total"]) == (kr(119), kr(129))
    cashier.press("up")
    assert cashier.said is None


def test_an_order_that_a_restart_finds_with_another_menu_says_what_changed(cashier: Cashier, folder: Path) -> None:
    cashier.press("b")
    load(cashier, cheeseburger_meal_m=129)
    later = again(cashier, folder)
    assert (later.register.view.priced.total, later.said) == (kr(129), "new-price")
    assert again(later, folder).said is None


@pytest.mark.parametrize(("hours", "price", "due"), [(0, 95, 89), (0, 79, 79), (20, 95, 95), (20, 79, 79)])
def test_a_held_order_keeps_what_was_said_until_the_business_day_ends_unless_it_is_less_now(
    cashier: Cashier, hours: int, price: int, due: int
) -> None:
    cashier.register.do(ringing.ring, "cheeseburger")
    cashier.press("f9")
    load(cashier, cheeseburger=price)
    cashier.clock.pass_(hours * HOUR)
    cashier.press("f10")
    assert cashier.register.view.priced.total == kr(due)
    assert (cashier.said == "repriced") is (due != 89)


def test_what_was_said_holds_for_what_stays_when_more_is_rung_and_set_aside_again(cashier: Cashier) -> None:
    cashier.register.do(ringing.ring, "cheeseburger")
    cashier.press("f9")
    load(cashier, cheeseburger=95, bag=5)
    cashier.press("f10")
    cashier.register.do(ringing.ring, "bag")
    assert cashier.register.view.priced.total == kr(93)
    cashier.press("f9")
    load(cashier, cheeseburger=99, bag=9)
    cashier.press("f10")
    assert cashier.register.view.priced.total == kr(93)
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter")
    settle_questions(cashier)
    cashier.press("k")
    load(cashier, cheeseburger=199, bag=99)
    cashier.press("+")
    assert sold(cashier) == kr(93)


def test_a_refused_recall_changes_nothing(cashier: Cashier, folder: Path) -> None:
    cashier.register.do(ringing.ring, "cheeseburger")
    cashier.press("f9")
    (held,) = shelf.held(cashier.register)
    cashier.register.do(ringing.ring, "bag")
    a_register(folder, till="2", clock=cashier.clock).do(aside.recall, held.order_id)
    load(cashier, bag=99)
    cashier.register.catch_up()
    before = cashier.register.view.order, cashier.register.view.priced, cashier.register.view.menu
    with pytest.raises(Refused, match="order-already-recalled"):
        cashier.register.do(aside.recall, held.order_id)
    assert (cashier.register.view.order, cashier.register.view.priced, cashier.register.view.menu) == before


def test_a_new_item_that_is_offered_at_once_is_no_stranger_to_an_open_order(cashier: Cashier) -> None:
    cashier.press("right", "b")
    new = replace(item("new", "sides", 10, 1), tile=False)
    menu = replace(MENU, items={**MENU.items, "new": new})
    put_menu(office(cashier).store, menu, [pairing("anything", "new", priority=99), *PAIRINGS], NOW)
    cashier.press("enter")
    settle_questions(cashier)
    cashier.press("a")
    assert cashier.counter.paid is not None


def test_held_orders_of_another_till_with_what_this_ones_menu_lacks_are_listed_and_recalled(
    cashier: Cashier, folder: Path
) -> None:
    new = item("new", "sides", 10, 1)
    other = office(cashier)
    put_menu(other.store, replace(MENU, items={**MENU.items, "new": new}), PAIRINGS, NOW)
    for _ in range(2):
        other.catch_up()
        other.do(ringing.ring, "new")
        other.do(aside.hold)
    cashier.press("f10")
    assert cashier.counter.panel is not None
    assert len(cashier.counter.panel.entries(cashier.counter)) == 2
    cashier.press("1")
    assert lines(cashier) == ["1 new"]


def test_a_terminal_payment_of_unknown_outcome_keeps_its_price_too(cashier: Cashier, folder: Path) -> None:
    ask_terminal(at_payment(cashier, "double").register, TenderKind.CARD)
    cashier.register.do(paying.terminal_says, TenderState.UNKNOWN)
    without(cashier, "double", "cheeseburger", "fries-m")
    till = again(cashier, folder)
    assert till.register.view.priced.total == kr(119)
    till.register.do(paying.terminal_says, TenderState.APPROVED)
    till.counter.finish_if_paid()
    assert sold(till) == kr(119)


def test_a_payment_that_an_older_program_began_is_paid_by_the_menu_as_it_is(cashier: Cashier, folder: Path) -> None:
    at_payment(cashier, "cheeseburger-meal-m").register.do(paying.pay_cash, kr(50))
    conn = cashier.register.store.file.conn
    conn.execute("DROP TRIGGER order_body_is_so")
    conn.execute(
        "UPDATE order_body SET body = json_remove(body, '$.menu_version', '$.frozen_at', '$.said') WHERE body <> ''"
    )
    till = again(cashier, folder)
    assert till.register.view.cash_due == kr(69)


def test_a_recalled_order_that_is_still_open_when_the_business_day_ends_says_what_it_costs_now(
    cashier: Cashier,
) -> None:
    cashier.register.do(ringing.ring, "cheeseburger")
    cashier.press("f9")
    load(cashier, cheeseburger=95)
    cashier.press("f10")
    assert cashier.register.view.priced.total == kr(89)
    cashier.clock.pass_(20 * HOUR)
    cashier.press("up")
    assert (cashier.register.view.priced.total, cashier.said) == (kr(95), "new-price")
    cashier.press("up")
    assert cashier.said is None


@pytest.mark.parametrize("new", [None, 95])
def test_the_price_that_was_said_ends_with_the_business_day_where_nothing_else_begins_or_ends_then(
    cashier: Cashier, folder: Path, new: int | None
) -> None:
    cashier.clock.now = NOW.replace(hour=4, minute=50).astimezone(UTC)
    cashier.register.catch_up()
    cashier.register.do(ringing.ring, "cheeseburger")
    cashier.press("f9")
    if new is not None:
        load(cashier, cheeseburger=new)
    cashier.press("f10")
    cashier.clock.pass_(HOUR // 3)
    cashier.register.catch_up()
    view = cashier.register.view
    assert (view.order.said, view.priced.total) == (None, kr(new or 89))
    assert again(cashier, folder).register.view.order == view.order


def test_a_payment_keeps_what_was_said_also_when_the_business_day_ends_meanwhile(cashier: Cashier) -> None:
    cashier.register.do(ringing.ring, "cheeseburger")
    cashier.press("f9")
    load(cashier, cheeseburger=95)
    cashier.press("f10")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter")
    settle_questions(cashier)
    cashier.press("k")
    cashier.clock.pass_(20 * HOUR)
    cashier.press("+")
    assert sold(cashier) == kr(89)


def test_a_question_whose_price_a_menu_changes_has_not_been_read_yet(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    assert cashier.counter.state == "question"
    load(cashier, cheeseburger_meal_m=129)
    cashier.clock.pass_(1000)
    cashier.register.catch_up()
    cashier.clock.pass_(100)
    with pytest.raises(TooSoon):
        cashier.register.do(answering.yes)


def test_a_threshold_that_only_the_menu_of_the_price_that_was_said_has_is_named_in_a_question(cashier: Cashier) -> None:
    cashier.register.do(ringing.add_code, "HEI")
    cashier.register.do(ringing.ring, "cheeseburger")
    cashier.press("f9")
    items = {sku: replace(entry, price=entry.price + kr(50)) for sku, entry in MENU.items.items()}
    put_menu(office(cashier).store, replace(MENU, items=items, incentives={}), PAIRINGS, NOW)
    cashier.press("f10")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter")
    assert cashier.counter.state == "question"
    assert any("Velkommen" in line for line in hear(cashier.counter).asked)


def test_a_new_total_is_told_also_where_the_new_menu_fills_a_slot_anew(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger-meal-m")
    assert cashier.counter.state == "question"
    side = MENU.slots["side-m"]
    slot = replace(side, id="side-new", choices=side.choices[:1])
    meal = MENU.items["cheeseburger-meal-m"]
    assert meal.meal is not None
    new = replace(meal, price=kr(140), meal=replace(meal.meal, slots=("side-new", "drink-m")))
    menu = replace(MENU, items={**MENU.items, meal.sku: new}, slots={**MENU.slots, "side-new": slot})
    put_menu(office(cashier).store, menu, PAIRINGS, NOW)
    cashier.press("right")
    assert ("side-new", "fries-m") in cashier.register.view.order.lines[0].fillings
    assert (cashier.register.view.priced.total, cashier.said) == (kr(140), "new-price")


# a total that has only just become another one


def looks_up(cashier: Cashier) -> None:
    """The till looks at the file by itself, as it does every two seconds, and paints what it finds."""
    cashier.register.catch_up()
    cashier.counter.tell_news()


@pytest.mark.parametrize("key", ["a", "s", "k", "v", "5"])
def test_a_key_meant_for_the_old_total_answers_nothing(cashier: Cashier, key: str) -> None:
    at_payment(cashier, "cheeseburger")
    load(cashier, cheeseburger=60)
    cashier.clock.pass_(1000)
    looks_up(cashier)
    assert cashier.said == "new-price"
    cashier.clock.pass_(100)
    cashier.counter.press(key)
    cashier.counter.settle()
    assert (cashier.said, cashier.register.view.order.tenders, cashier.counter.digits) == ("too-soon-total", (), "")
    assert cashier.counter.laid == ()
    sale = cashier.press("a").counter.paid
    assert sale is not None
    assert sale.total == kr(60)


@pytest.mark.parametrize(("key", "deliberate"), [("a", False), ("k", False), ("5", False), ("a", True), ("k", True)])
def test_nobody_pays_a_total_that_the_end_of_the_day_has_changed_unseen(
    cashier: Cashier, key: str, deliberate: bool
) -> None:
    cashier.register.do(ringing.ring, "cheeseburger")
    cashier.press("f9")
    load(cashier, cheeseburger=95)
    till = Cashier(cashier.register, cashier.clock, deliberate=deliberate).press("f10")
    till.register.do(ringing.serve, TAKE_AWAY)
    till.press("enter")
    settle_questions(till)
    till.press("up")
    assert (till.counter.state, till.register.view.priced.total) == ("payment", kr(89))
    till.clock.pass_(20 * HOUR)
    till.press(key)
    assert (till.register.view.order.tenders, till.register.view.priced.total, till.said) == ((), kr(95), "new-price")
    assert till.press("a").counter.paid is not None
    assert sold(till) == kr(95)


@pytest.mark.parametrize("looks", [True, False])
def test_a_yes_meant_for_what_sold_out_elsewhere_meanwhile_books_nothing(cashier: Cashier, looks: bool) -> None:
    ring(cashier, "cheeseburger")
    prompt = cashier.counter.prompt
    assert isinstance(prompt, QuestionPrompt)
    assert prompt.instead == ()
    office(cashier).do(stock.eighty_six, "fries-m", None)
    cashier.clock.pass_(1000)
    if looks:
        looks_up(cashier)
        cashier.counter.note_shown()
        cashier.clock.pass_(100)
    cashier.counter.press("j")
    cashier.counter.settle()
    prompt = cashier.counter.prompt
    assert isinstance(prompt, QuestionPrompt)
    assert (cashier.said, prompt.instead) == ("too-soon", (("fries-m", "nuggets-4"),))
    cashier.press("j")
    assert lines(cashier) == ["1 cheeseburger-meal-m"]


def test_an_amount_typed_for_the_old_total_can_be_taken_back_at_once(cashier: Cashier) -> None:
    at_payment(cashier, "cheeseburger").press(*"89")
    load(cashier, cheeseburger=95)
    looks_up(cashier)
    cashier.clock.pass_(100)
    cashier.counter.press("backspace")
    assert cashier.counter.digits == "8"


def test_a_total_that_stays_makes_nobody_wait(cashier: Cashier) -> None:
    at_payment(cashier, "cheeseburger")
    load(cashier, fries_m=60)
    cashier.clock.pass_(1000)
    looks_up(cashier)
    cashier.clock.pass_(100)
    cashier.counter.press("a")
    cashier.counter.settle()
    assert cashier.counter.paid is not None
