"""A till that plays random orders until it is killed. After each key it writes down what it has shown so far."""

from __future__ import annotations

import json
import random
import time
from datetime import datetime, timedelta
from pathlib import Path

from pos.counter import Counter, State, TextPanel
from pos.counter.printing import print_owed
from pos.country import norway
from pos.devices import Devices, ManualTerminal
from pos.devices.targets import append
from pos.domain.errors import PosError
from pos.domain.sale.sale import Document, Sale
from pos.plain.speech import opening
from pos.register import Register, Setup, shelf
from pos.register.verbs import stock
from pos.store import open_store
from pos.store.file.codec import to_json
from tests.builders import NOW

RINGING = "b b b b c c e g 2 3 * + - = > < . ! space right left backspace delete enter enter enter enter enter enter"
KEYS = {
    State.RINGING: f"{RINGING} f9 f10 up /",
    State.PAID: "b c enter right",
    State.STOP: "= . escape delete backspace",
    State.SERVING: "1 2 2 escape backspace",
    State.CHOICE: "1 2 3 1 backspace",
    State.QUESTION: "j j j n n n 1 2 0 x + - right left t escape backspace u j n j n",
    State.PAYMENT: "a a s d f k v 5 0 1 enter escape backspace f9",
    State.DISCARD: "1 2 escape",
    State.GIVE_BACK: "g g escape",
    State.TERMINAL: "+ + - u f9",
}
IN_A_TEXT, IN_A_LIST = "c o enter escape", "1 2 escape"
LAST_ROW = """
    SELECT COALESCE(MAX(seq), 0), (SELECT COUNT(*) FROM orders WHERE till_id = :till_id AND state = 'open')
    FROM journal WHERE till = :till_id AND digest IS NOT NULL
"""


class Paper:
    """A printer that writes the name of each paper safely to the disk before it returns."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def print(self, document: Document) -> None:
        append(self.path, f"{document.name}\n".encode())


class Clock:
    """A clock that moves on by 50 milliseconds each time it is read."""

    def __init__(self, seed: int) -> None:
        self.now = NOW + timedelta(seconds=seed % 1000)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=50)
        return self.now


def a_counter(db: Path, till: str, paper: Path, seed: int) -> Counter:
    """A counter on a file that has a menu, with everything real but the terminal, the clock and the paper."""
    draws = random.Random(seed)
    register = Register(
        open_store(db, wait=30),  # another till that never pauses for a customer can starve this one for seconds
        Devices(Paper(paper), ManualTerminal()),
        norway(),
        Clock(seed),
        draws=lambda seed: draws.random,
        till=till,
        setup=Setup(patience=timedelta(0)),
    )
    return Counter(register, deliberate=True)


def acknowledge(counter: Counter, key: str) -> None:
    """Write down what is on the screen now."""
    register = counter.register
    ((seq, written),) = register.store.file.conn.execute(LAST_ROW, {"till_id": register.till.id}).fetchall()
    sale = counter.paid if isinstance(counter.paid, Sale) else None
    shown = {
        "key": key,
        "order": to_json(register.view.order),
        "seq": seq,
        "written": bool(written),
        "prompt": type(counter.prompt).__name__,
        "sale": [sale.series, sale.receipt_number, sale.order_id, sale.total.minor] if sale is not None else None,
        "said": counter.message.message_id if counter.message is not None else None,
    }
    print(json.dumps(shown), flush=True)


def next_key(counter: Counter, chance: random.Random) -> str:
    """A key that a cashier might press now."""
    if counter.panel is None:
        keys = KEYS[counter.state]
    else:
        keys = IN_A_TEXT if isinstance(counter.panel, TextPanel) else IN_A_LIST
    return chance.choice(keys.split())


def play(counter: Counter, chance: random.Random) -> None:
    """Press keys for ever, and print the receipt of what is paid after the payment was shown, as the till does."""
    while True:
        press(counter, next_key(counter, chance))


def press(counter: Counter, key: str) -> None:
    """Press one key, show what it led to, print the paper that follows, and do the work left for a quiet moment."""
    before = counter.paid
    counter.press(key)
    acknowledge(counter, key)
    if counter.paid is not None and counter.paid is not before:
        try:
            print_owed(counter.register)
        except PosError as error:
            print(json.dumps({"print": error.message_id}), flush=True)
        counter.register.tidy()


def play_on(db: Path, till: str, paper: Path, seed: int, keys: str = "") -> None:
    """Play until killed, a line of JSON for each key that was painted.

    Keys that are given, apart by spaces, are pressed in place of random ones; then it waits to be killed.
    """
    counter = a_counter(db, till, paper, seed)
    for entry in shelf.sold_out(counter.register):
        counter.register.do(stock.restore, entry.sku, entry.machine, entry.modifier)
    opening(counter)
    acknowledge(counter, "")
    for key in keys.split():
        press(counter, key)
    if keys:
        time.sleep(60)
    play(counter, random.Random(seed))
