"""Times serving simulated customers without a screen, against only the register's verbs on the same order."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from pos.country import norway
from pos.devices import Devices, FakePrinter, ManualTerminal
from pos.domain.menu.items import ServingMode
from pos.domain.order.order import TenderKind, TenderState
from pos.domain.prompts import PaymentPrompt, QuestionPrompt, ServingPrompt, SlotPrompt, TerminalPrompt
from pos.register import Register, Setup
from pos.register.verbs import answering, checkout, paying, ringing
from tests.bench.sampling import in_turn, shown
from tests.builders import no_draws
from tests.practice.rigs import Rig, a_rig, listen_and_ring, shipped_shop
from tests.practice.serving import step
from tests.rig import Clock, ask_terminal

CUSTOMER, SKU = "plain-meal", "cheeseburger-meal-m"
RUNS = 150


def verbs_alone(register: Register) -> None:
    """Ring the order by the register's verbs, check out, decline both questions and pay by card."""
    register.do(ringing.ring, SKU)
    register.do(checkout.checkout)
    while register.view.order.lines:
        match register.view.prompt:
            case SlotPrompt() as prompt:
                register.do(checkout.choose, prompt.choices[0])
            case ServingPrompt():
                register.do(ringing.serve, ServingMode.TAKE_AWAY)
            case QuestionPrompt():
                register.do(answering.no)
            case PaymentPrompt():
                ask_terminal(register, TenderKind.CARD)
            case TerminalPrompt():
                register.do(paying.terminal_says, TenderState.APPROVED)
            case other:
                raise AssertionError(other)


def customer(rig: Rig) -> None:
    """Serve a simulated customer from the first word to the stored score: ring by verbs, check out by keys."""
    listen_and_ring(rig)
    rig.press("enter")
    while rig.sitting.result is None:
        step(rig)
    rig.next_customer()


def report(folder: Path) -> list[str]:
    """The rows of the report."""
    devices = Devices(FakePrinter(), ManualTerminal())
    floor = Register(
        shipped_shop(folder),
        devices,
        norway(),
        Clock(),
        draws=lambda seed: no_draws,
        till="1",
        setup=Setup(patience=timedelta(0)),
    )
    rig = a_rig(folder, CUSTOMER)
    alone, served = in_turn(lambda: verbs_alone(floor), lambda: customer(rig), RUNS, warm=10)
    rate = f"{1 / served.p50:.0f} customers a second; the verbs alone {1 / alone.p50:.0f}"
    return [shown("a simulated customer, scored and kept", served, alone, rate)]
