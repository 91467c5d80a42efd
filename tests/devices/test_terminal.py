"""The terminal by the till, and the one that is not there."""

from datetime import UTC, datetime

import pytest

from pos.devices import Devices, FakeTerminal, ManualTerminal, NoPrinter, Terminal
from pos.domain.errors import DeviceError
from pos.domain.money import Money
from pos.domain.order.order import Tender, TenderKind, TenderState

CARD = Tender(
    1, TenderKind.CARD, Money.of(119), Money.of(119), TenderState.INTENT, datetime(2026, 11, 6, 12, 41, tzinfo=UTC)
)


def test_a_terminal_by_itself_leaves_the_answer_to_the_cashier() -> None:
    terminal: Terminal = ManualTerminal()
    assert terminal.keyed_by_cashier
    assert terminal.ask(CARD) is TenderState.INTENT


def test_a_fake_terminal_answers_in_turn_and_remembers_what_it_was_asked() -> None:
    terminal = FakeTerminal([TenderState.DECLINED, TenderState.APPROVED])
    devices = Devices(NoPrinter(), terminal)
    answers = [devices.terminal.ask(CARD) for _ in range(3)]
    assert answers == [TenderState.DECLINED, TenderState.APPROVED, TenderState.APPROVED]
    assert terminal.asked == [CARD] * 3


def test_a_fake_terminal_fails_on_demand() -> None:
    with pytest.raises(DeviceError):
        FakeTerminal(problem="no line").ask(CARD)
