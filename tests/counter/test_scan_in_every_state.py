"""A scan is never a key press: every sort of code, in every state, with every ending, alone and two at once."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pos.counter import State
from pos.domain.next_visit import with_check_digits
from pos.domain.order import Order
from tests.counter.test_keys import WAYS, start_over
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

REFUSED_AT = frozenset({State.PAYMENT, State.TERMINAL, State.NOTE, State.COUPON})
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
    register, order, counter = cashier.register, cashier.register.order, cashier.counter
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
        register.sold_out(),
        [held.order_id for held in register.held()],
        register.rush,
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


@pytest.mark.parametrize("state", WAYS, ids=str)
def test_a_scan_rings_or_is_refused_and_nothing_else_happens(cashier: Cashier, state: State) -> None:
    WAYS[state](cashier)
    for name, code in CODES.items():
        for ending_name, ending in ENDINGS.items():
            for times in (1, 2):
                told = f"{times} × {name} with {ending_name} at {state}"
                assert cashier.counter.state is state, told
                before, order, sight = facts(cashier), cashier.register.order, cashier.counter.panel
                scan(cashier, code, ending, times)
                after = cashier.register.order
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
