"""Every key in every state: nothing raises, nothing but a payment key ends a sale, and a wrong key is told."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import replace

import pytest

from pos.counter import State
from pos.domain.order.order import TenderState
from pos.register import Register, shelf
from pos.register.verbs import aside, paying, refunding, stock
from tests.builders import MENU, NOW, PAIRINGS, kr
from tests.office_acts import put_menu
from tests.register.shops import asked, lines, ring, settle_questions
from tests.rig import Cashier
from tests.staff import ask_for_approval, at_the_till

NAMED = (
    *("enter", "escape", "backspace", "delete", "tab", "left", "right", "up", "down", "pageup", "pagedown", "space"),
    *("home", "end", "insert", "ctrl+z", "ctrl+c", "ctrl+q", "ctrl+p", "shift+tab", "alt+1"),
    *(f"f{number}" for number in range(1, 13)),
)
OTHERS = (
    *("æ", "Å", "ß", "İ", "€", "\u00a0", "\u202e", "\x1b", "\x00", "½", "٣", "漢", "🍔", "", "[/]"),
    "ctrl+" + "x" * 90,
)
KEYS = (*string.printable[:94], *NAMED, *OTHERS)

SAMPLED = pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.soak)])
"""In each state a third of what is alike, another one than in the state before it, and with `-m soak` all of it."""

Way = Callable[[Cashier], object]


def at_payment(cashier: Cashier) -> None:
    """A cheeseburger, asked about."""
    ring(cashier, "cheeseburger")
    settle_questions(cashier)


def waiting_for_a_refund(cashier: Cashier) -> None:
    """A card sale whose money the terminal was asked to pay back, after whatever it was asked before was settled."""
    for refund in shelf.open_refunds(cashier.register):
        if refund.open_tender is not None:
            cashier.register.do(refunding.refund_says, refund.id, TenderState.DECLINED)
        cashier.register.do(refunding.drop_refund, refund.id)
    at_payment(cashier)
    cashier.press("k", "+", ",", "g", "enter", "1", "2", "enter", "1", "k")


def discounting(cashier: Cashier) -> None:
    """A shop that gives discounts by hand."""
    if not cashier.register.view.menu.most_discount:
        put_menu(cashier.register.store, replace(MENU, most_discount=2000), PAIRINGS, NOW)


def taking_tips(cashier: Cashier) -> None:
    """A shop that takes tips."""
    if not cashier.register.view.menu.most_tip:
        put_menu(cashier.register.store, replace(MENU, most_tip=kr(200)), PAIRINGS, NOW)


BEGUN = (",", "z", "f", "5", "0", "enter")
"""The float of a shift."""


WAYS: dict[State, Way] = {
    State.RINGING: lambda at: at.press("b"),
    State.CATEGORIES: lambda at: at.press("b", "tab"),
    State.FIND: lambda at: at.press("b", "/", "c"),
    State.LINE: lambda at: at.press("b", "."),
    State.SLOT: lambda at: at.press("b", ".", "1"),
    State.ALLERGENS: lambda at: at.press("b", "!"),
    State.MORE: lambda at: at.press("b", ","),
    State.HELD: lambda at: at.press("b", "f9", "c", "f9", "f10"),
    State.DISCARD: lambda at: at.press("b", ",", "a"),
    State.SHOP_NOW: lambda at: at.press("b", ",", "y"),
    State.PRICE: lambda at: at.press("b", ",", "e"),
    State.DISCOUNT: lambda at: (discounting(at), at.press("b", ",", "v")),
    State.PURPOSE: lambda at: at.press("b", ",", "m"),
    State.SOLD_OUT: lambda at: at.press("b", ",", "s"),
    State.HOW_LONG: lambda at: at.press("b", ",", "s", "b"),
    State.NOTE: lambda at: at.press("b", ",", "n"),
    State.COUPON: lambda at: at.press("b", ",", "c"),
    State.HELP: lambda at: at.press("b", "?"),
    State.SIGN_IN: lambda at: (at_the_till(at), at.press("b", "f2")),
    State.APPROVE: lambda at: (at_the_till(at), at.press("b"), ask_for_approval(at)),
    State.RECEIPT: lambda at: (at_payment(at), at.press("a", ",", "p", ",", "p")),
    State.CHOICE: lambda at: at.press("c", "enter"),
    State.STOP: lambda at: at.press("!", "7", "enter", "b", "enter"),
    State.SERVING: lambda at: at.press("b", "enter"),
    State.QUESTION: lambda at: ring(at, "cheeseburger"),
    State.NOT_NOW: lambda at: (ring(at, "cheeseburger"), at.press("x")),
    State.GONE: lambda at: (ring(at, "cheeseburger"), at.press("u")),
    State.PAYMENT: at_payment,
    State.GIVE_BACK: lambda at: (at_payment(at), at.press(*"20", "k", "+", "backspace")),
    State.TERMINAL: lambda at: (at_payment(at), at.press("k")),
    State.REFUND_NUMBER: lambda at: at.press("b", ",", "g"),
    State.REFUND: lambda at: (at_payment(at), at.press("a", ",", "g", "enter")),
    State.REFUND_WAITING: waiting_for_a_refund,
    State.PAID: lambda at: (at_payment(at), at.press("a")),
    State.SHIFT: lambda at: at.press(",", "z"),
    State.MONEY: lambda at: at.press(",", "z", "f"),
    State.COUNT: lambda at: at.press(*BEGUN, ",", "z", "c"),
    State.CLOSING: lambda at: at.press(*BEGUN, ",", "z", "z"),
}
"""The shortest way to each state."""


WITH_TIPS: dict[State, Way] = {
    State.PAYMENT: lambda at: (taking_tips(at), at_payment(at)),
    State.TERMINAL: lambda at: (taking_tips(at), at_payment(at), at.press("k")),
}
"""The same where the shop takes tips."""


def test_there_is_a_way_to_every_state() -> None:
    assert set(WAYS) == set(State)


ENDS_A_SALE = {State.PAYMENT: set("asdfASDF"), State.TERMINAL: {"+"}}
MOVES = {"up", "down", "pageup", "pagedown", "backspace"}
"""What may be at its end already, with nothing to tell: a list, a receipt, an empty text."""


def sight(cashier: Cashier) -> tuple[object, ...]:
    """Everything that a key can change."""
    counter, register = cashier.counter, cashier.register
    panel = None if counter.panel is None else {**vars(counter.panel)}
    hand = (counter.digits, counter.times, counter.category, counter.page, counter.chosen, counter.paid)
    look = (counter.language, counter.dark, counter.closing, register.view.rush)
    return register.view.order, counter.state, panel, hand, look, shelf.held(register), shelf.sold_out(register)


@SAMPLED
@pytest.mark.parametrize("state", WAYS, ids=str)
def test_a_key_does_something_or_is_told_and_only_payment_keys_pay(cashier: Cashier, state: State, step: int) -> None:
    press_every_key(cashier, state, WAYS[state], step)


@SAMPLED
@pytest.mark.parametrize("state", WITH_TIPS, ids=str)
def test_so_it_is_where_tips_are_taken(cashier: Cashier, state: State, step: int) -> None:
    press_every_key(cashier, state, WITH_TIPS[state], step)


def place_of(state: State) -> int:
    """The place of a state among all of them."""
    return list(State).index(state)


def press_every_key(cashier: Cashier, state: State, way: Way, step: int) -> None:
    """Press each key in a state: something changes, or something is said. Of the capital letters every so many."""
    store = cashier.register.store
    way(cashier)
    sales, before = store.sales.count(), sight(cashier)
    capitals = string.ascii_uppercase[place_of(state) % step :: step]
    for key in KEYS:
        if key in string.ascii_uppercase and key not in capitals:
            continue
        assert cashier.counter.state is state, (key, cashier.said)
        cashier.press(key)
        assert store.sales.count() - sales == (key in ENDS_A_SALE.get(state, ())), key
        if sight(cashier) != before:
            start_over(cashier)
            way(cashier)
            sales, before = store.sales.count(), sight(cashier)
        else:
            assert cashier.said is not None or key in MOVES, f"{key} was neither done nor told"


def give_up(register: Register) -> None:
    """Leave the open order, whatever has been paid on it."""
    if register.view.order.open_tender is not None:
        register.do(paying.terminal_says, TenderState.DECLINED)
    while register.view.order.is_frozen:
        register.do(paying.give_back)
    if not register.view.order.is_untouched():
        register.do(aside.abandon)


def start_over(cashier: Cashier) -> None:
    """Leave whatever stands, so that the next key finds an empty till."""
    counter, register = cashier.counter, cashier.register
    counter.panel = None
    counter.closing = False
    if counter.is_nobody_there:
        at_the_till(cashier)
    give_up(register)
    counter.next_order()
    for held in shelf.held(register):
        register.do(aside.recall, held.order_id)
        give_up(register)
    for entry in shelf.sold_out(register):
        register.do(stock.restore, entry.sku, entry.machine, entry.modifier)
    register.do(stock.set_rush, False)


@SAMPLED
@pytest.mark.parametrize("state", WAYS, ids=str)
def test_a_capital_letter_means_what_its_key_means(cashier: Cashier, state: State, step: int) -> None:
    if state in (State.FIND, State.NOTE, State.COUPON):
        return
    for letter in "bjnakx"[place_of(state) % step :: step]:
        found = []
        for key in (letter, letter.upper()):
            WAYS[state](cashier)
            cashier.press(key)
            found.append((lines(cashier), cashier.counter.state, cashier.said))
            start_over(cashier)
        assert found[0] == found[1], letter


def test_a_wrong_key_is_told_with_its_name(cashier: Cashier) -> None:
    cashier.press("ctrl+" + "x" * 90)
    assert cashier.counter.message is not None
    assert cashier.counter.message.values == {"key": "ctrl+xxxxxxx"}


# quantities


@pytest.mark.parametrize(
    ("keys", "found", "said"),
    [
        ("3b", ["3 cheeseburger-meal-m"], None),
        ("20b", ["20 cheeseburger-meal-m"], None),
        ("21b", [], "quantity-needs-star"),
        ("25b", [], "quantity-needs-star"),
        ("25*b", ["25 cheeseburger-meal-m"], None),
        ("999*b", ["999 cheeseburger-meal-m"], None),
        ("0b", [], "quantity-absurd"),
        ("0*", [], "quantity-absurd"),
        ("1000*", [], "quantity-absurd"),
        ("10000*", [], "quantity-absurd"),
        ("10000b", [], "quantity-needs-star"),
        ("*", [], "type-quantity-first"),
        ("3*b", ["3 cheeseburger-meal-m"], None),
        ("z", [], "no-tile"),
    ],
)
def test_digits_before_a_tile_are_its_quantity(cashier: Cashier, keys: str, found: list[str], said: str | None) -> None:
    cashier.press(*keys)
    assert (lines(cashier), cashier.said) == (found, said)


@pytest.mark.parametrize(
    ("code", "found", "said"),
    [
        ("11", ["1 cheeseburger"], None),
        ("3*11", ["3 cheeseburger"], None),
        ("12", [], "unknown-plu"),
        ("0", [], "unknown-plu"),
        ("9520001000010", ["1 juice"], None),
        ("2*9520001000010", ["2 juice"], None),
        ("95200010", [], "unknown-barcode"),
        ("12345678901234567", [], "order-empty"),
    ],
)
def test_digits_and_enter_are_a_code(cashier: Cashier, code: str, found: list[str], said: str | None) -> None:
    cashier.press(*code, "enter")
    assert (lines(cashier), cashier.said) == (found, said)


def test_one_more_than_the_largest_quantity_is_refused(cashier: Cashier) -> None:
    cashier.press(*"999*b", "+")
    assert (lines(cashier), cashier.said) == (["999 cheeseburger-meal-m"], "quantity-absurd")


def test_more_digits_than_a_code_has_are_let_go(cashier: Cashier) -> None:
    cashier.press(*"12345678901234567")
    assert (cashier.counter.digits, cashier.said) == ("", "not-a-code")


def test_the_question_stands_however_many_wrong_keys_come(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press(*"abcdefgkmopqrsvwz", "enter", "space")
    assert asked(cashier) == "cheeseburger-meal-m"
    assert cashier.said == "wrong-key"


@pytest.mark.parametrize("panel", [",", "!"])
def test_a_wrong_key_in_a_panel_is_told_the_way_out_that_there_is(cashier: Cashier, panel: str) -> None:
    ring(cashier, "cheeseburger")
    cashier.press(panel, "?")
    assert cashier.said == "wrong-key-in-panel"
