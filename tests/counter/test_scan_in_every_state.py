"""A scan is never a key press: every sort of code, in every state, with every ending, alone and two at once."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pytest

from pos.counter import State
from pos.domain.menu.next_visit import with_check_digits
from pos.domain.order.order import Order
from pos.register import shelf
from tests.counter.test_keys import SAMPLED, WAYS, Way, at_payment, place_of, start_over
from tests.register.shops import ring, settle_questions
from tests.rig import Cashier

JUICE = "9520001000010"
CODES = {
    "code 39": "A12345678",
    "code 39 with signs": "K-1$/+%. V",
    "code 39 of a child": "X1-4471",
    "short code 39": "N22J",
    "code 128": "MyCard1jn+-",
    "a card": "MY-CARD-1",
    "QR with an address": "https://kort.no/?a=1&J=Yk+d",
    "EAN-13": JUICE,
    "UPC-A": "036000291452",
    "next visit": with_check_digits(48215937),
    "receipt": "K1-17",
}
ENDINGS = {"Enter": ("enter",), "Tab": ("tab",), "CR+LF": ("enter", "enter"), "nothing": ()}
"""A line feed alone is Enter too: the screen makes the same key of it."""

REFUSED_AT = frozenset(
    {
        *(State.PAYMENT, State.GIVE_BACK, State.TERMINAL, State.NOTE, State.COUPON, State.SIGN_IN, State.APPROVE),
        *(State.REFUND_NUMBER, State.REFUND_WAITING, State.PRICE, State.MONEY, State.COUNT),
    }
)
"""Where no code is rung."""


@dataclass(frozen=True)
class Facts:
    """What no scan may change but by ringing."""

    decided: tuple[object, ...]
    tenders: tuple[object, ...]
    others: tuple[object, ...]
    counts: tuple[int, ...]
    hand: tuple[object, ...]


def facts(cashier: Cashier) -> Facts:
    register, order, counter = cashier.register, cashier.register.view.order, cashier.counter
    conn = register.store.file.conn
    counts = tuple(
        conn.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in ("sale", "decision", "tender")
    )
    others = (
        order.exempt,
        order.allergens,
        order.serving_mode,
        order.language,
        order.note,
        order.codes,
        [(line.sku, line.modifiers, line.note) for line in order.lines if line.sku != "juice"],
        shelf.sold_out(register),
        [held.order_id for held in shelf.held(register)],
        register.view.rush,
    )
    decided = tuple((entry.kind, entry.answer, entry.count, entry.offer.id) for entry in order.questions)
    return Facts(decided, order.tenders, others, counts, (counter.language, counter.dark, counter.closing))


def juices(order: Order) -> int:
    """How many there are, in a meal too."""
    return sum(line.quantity for line in order.lines if "juice" in (line.sku, *dict(line.fillings).values()))


def scan(cashier: Cashier, code: str, ending: tuple[str, ...], times: int) -> None:
    """Scan a code, two milliseconds a key."""
    cashier.clock.pass_(500)
    for key in (*("space" if character == " " else character for character in code), *ending) * times:
        cashier.clock.pass_(2)
        cashier.counter.press(key)
    cashier.clock.pass_(60)
    cashier.counter.settle()
    cashier.clock.pass_(500)


def paid_in_part(cashier: Cashier) -> None:
    """A cheeseburger at 89, of which 50 is paid by card."""
    at_payment(cashier)
    cashier.press(*"50k+")


def two_at_payment(cashier: Cashier) -> None:
    """Two lines, asked about."""
    ring(cashier, "cheeseburger", "salad")
    settle_questions(cashier)


HARD = ("A12345678", "X1-4471", "N22J", "jn+-*=,.", "K1-17", "https://kort.no/?a=1&j=y+k", ",,,,a", "a" * 40, JUICE)
"""Codes whose characters are keys of most states."""

WITHIN: dict[str, Way] = {
    "digits typed at payment": lambda at: (at_payment(at), at.press("5", "0", ",")),
    "notes laid down": lambda at: (two_at_payment(at), at.press("s")),
    "paid in part": paid_in_part,
    "more at payment": lambda at: (at_payment(at), at.press(",")),
    "more at the terminal": lambda at: (at_payment(at), at.press("k", ",")),
    "a payment that is unknown": lambda at: (at_payment(at), at.press("k", "u")),
    "an unknown payment recalled": lambda at: (at_payment(at), at.press("k", "u", "f9", "f10")),
    "by person": lambda at: (two_at_payment(at), at.press("/")),
    "a search by person": lambda at: (two_at_payment(at), at.press("/", "/")),
    "a search in what is held": lambda at: at.press("b", "f9", "c", "f9", "f10", "/"),
    "every choice": lambda at: at.press("c", "enter", "/"),
    "allergens at a question": lambda at: (ring(at, "cheeseburger"), at.press("!")),
    "help at a question": lambda at: (ring(at, "cheeseburger"), at.press("?")),
    "why discard, with a note": lambda at: at.press("b", ",", "n", "x", "enter", ",", "a"),
    "a quantity typed": lambda at: at.press("b", "3"),
    "a quantity fixed": lambda at: at.press("b", "3", "*"),
}
"""What one state holds besides its shortest way."""


@pytest.mark.parametrize("within", WITHIN)
def test_a_scan_within_a_state_rings_or_is_refused_too(cashier: Cashier, within: str) -> None:
    WITHIN[within](cashier)
    at_once = cashier.counter.under in (State.PAYMENT, State.TERMINAL)
    for code in HARD:
        for ending in ENDINGS.values():
            told = f"{code} with {ending} at {within}"
            state, before, order, sight = (
                cashier.counter.state,
                facts(cashier),
                cashier.register.view.order,
                cashier.counter.panel,
            )
            scan(cashier, code, ending, 1)
            after = cashier.register.view.order
            assert cashier.said is not None or code == JUICE, told
            if code == JUICE and not at_once:
                assert facts(cashier).decided == before.decided, told
                assert cashier.counter.state is State.RINGING, told
                start_over(cashier)
                WITHIN[within](cashier)
            else:
                assert (after, facts(cashier)) == (order, before), told
                assert (cashier.counter.state, cashier.counter.panel) == (state, sight), told


SCANS = tuple(itertools.product(CODES, ENDINGS, (1, 2)))
"""Every code with every ending, once and twice."""


@SAMPLED
@pytest.mark.parametrize("state", WAYS, ids=str)
def test_a_scan_rings_or_is_refused_and_nothing_else_happens(cashier: Cashier, state: State, step: int) -> None:
    WAYS[state](cashier)
    for name, ending_name, times in SCANS[place_of(state) % step :: step]:
        code, ending, told = CODES[name], ENDINGS[ending_name], f"{times} × {name} with {ending_name} at {state}"
        assert cashier.counter.state is state, told
        before, order, sight = facts(cashier), cashier.register.view.order, cashier.counter.panel
        scan(cashier, code, ending, times)
        after = cashier.register.view.order
        rings = code == JUICE and state not in REFUSED_AT and (times == 1 or bool(ending))
        assert cashier.said is not None or rings, f"nothing was said of {told}"
        if not rings:
            assert (after, facts(cashier)) == (order, before), told
            if state is State.COUPON and cashier.counter.panel is None:
                WAYS[state](cashier)  # a code that is used up or nobody's closes it
                continue
            assert (cashier.counter.state, cashier.counter.panel) == (state, sight), told
            continue
        new = after.id != order.id
        assert juices(after) == (0 if new else juices(order)) + times, told
        assert cashier.counter.state is State.RINGING, told
        if not new:
            assert facts(cashier) == before, told
        start_over(cashier)
        WAYS[state](cashier)
