"""Shops for tests of the register and the counter: a fresh file with the small menu, in memory where there is room."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.errors import Refused
from pos.domain.menu.items import ServingMode, Sku
from pos.domain.order.order import LineItem
from pos.domain.order.questions import OfferKind, Reason
from pos.domain.prompts import PaymentPrompt, QuestionPrompt
from pos.domain.sale.ledger import EventName, LedgerRow, OfferEvent
from pos.register import Register
from pos.register.verbs import ringing, undoing
from tests.memory import room
from tests.rig import Cashier, a_register, close_shops
from tests.templates import begin_file


def new_folder() -> Path:
    """A folder with a shop's file in it."""
    folder = Path(tempfile.mkdtemp(prefix="till-test-", dir=room()))
    begin_file(folder / "shop.db")
    return folder


def a_folder() -> Iterator[Path]:
    """The same, gone after the test."""
    folder = new_folder()
    yield folder
    close_shops()
    shutil.rmtree(folder)


# at the counter


def ring_tile(cashier: Cashier, sku: Sku, quantity: str = "") -> None:
    """Go to the tile of an item and press its letter, after the digits of a quantity."""
    for _ in cashier.counter.categories():
        letter = next((letter for letter, item in cashier.counter.tiles().items() if item.sku == sku), None)
        if letter is not None:
            cashier.press(*quantity, letter)
            return
        cashier.press("right")
    raise AssertionError(f"{sku} has no tile")


def ring(cashier: Cashier, *skus: Sku) -> None:
    """Ring things, by tile where they have one, take away, and go to the first question."""
    for sku in skus:
        if cashier.register.view.menu.items[sku].tile:
            ring_tile(cashier, sku)
        else:
            cashier.register.do(ringing.ring, sku)
    if cashier.register.view.order.serving_mode is None:
        cashier.register.do(ringing.serve, ServingMode.TAKE_AWAY)
    cashier.press("enter")


def asked(cashier: Cashier) -> str | None:
    """The SKU or modifier that the question on the screen offers; None when none stands."""
    prompt = cashier.counter.prompt
    if not isinstance(prompt, QuestionPrompt):
        return None
    return prompt.question.offer.sku or prompt.question.offer.modifier


def question(cashier: Cashier) -> QuestionPrompt:
    """The question on the screen; one must stand."""
    prompt = cashier.counter.prompt
    assert isinstance(prompt, QuestionPrompt), prompt
    return prompt


def reasons(cashier: Cashier) -> dict[OfferKind, Reason | None]:
    """The reasons that stand beside the decisions at payment."""
    prompt = cashier.counter.prompt
    assert isinstance(prompt, PaymentPrompt), prompt
    return {entry.kind: entry.reason for entry in prompt.decisions}


def lines(cashier: Cashier) -> list[str]:
    """What is in the order, as `2 fries-m`."""
    return [f"{line.quantity} {line.sku}" for line in cashier.register.view.order.lines]


def the_line(cashier: Cashier, sku: Sku) -> LineItem:
    """The line of an item."""
    return next(line for line in cashier.register.view.order.lines if line.sku == sku)


def settle_questions(cashier: Cashier, *answers: str) -> None:
    """Answer with those keys, then with no until payment is reached; the first of a list where something is chosen, and
    every line at which checkout stops confirmed."""
    left = list(answers)
    for _ in range(12):
        match cashier.counter.state.value:
            case "question":
                cashier.press(left.pop(0) if left else "n")
            case "choice" | "serving":
                cashier.press("1")
            case "stop":
                cashier.press("=")
            case _:
                return


def take_all_back(register: Register) -> None:
    """Take back until nothing is left to take back."""
    with pytest.raises(Refused, match="nothing-to-take-back"):
        _take_back(register, 500)


def _take_back(register: Register, times: int) -> None:
    for _ in range(times):
        register.do(undoing.take_back)


# in the file


def ledger(register: Register) -> list[LedgerRow]:
    """The rows of the ledger, the oldest sale first, the up-sell before the cross-sell."""
    return [entry.row for entry in register.store.ledger.rows()]


def events(register: Register, order_id: str | None = None) -> list[OfferEvent]:
    """Every event of an order's offers, of the open order unless said otherwise."""
    return list(register.store.ledger.events(order_id or register.view.order.id))


def names(found: list[OfferEvent]) -> list[EventName]:
    """What happened, in order."""
    return [event.name for event in found]


def again(cashier: Cashier, folder: Path, till: str = "1") -> Cashier:
    """The till after a crash, or another one on the same file, at the same time of day."""
    return Cashier(a_register(folder, till=till, clock=cashier.clock), cashier.clock)
