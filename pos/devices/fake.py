"""Simulated devices for practice and tests."""

from __future__ import annotations

from collections.abc import Iterable

from pos.devices.drawer import DrawerState
from pos.domain.errors import DeviceError
from pos.domain.order.order import Tender, TenderState
from pos.domain.sale.sale import Document


class FakePrinter:
    """Keeps what it printed. It fails while `problem` is set; with `begun`, after printing."""

    def __init__(self, problem: str = "", *, begun: bool = False) -> None:
        self.printed: list[Document] = []
        self.problem = problem
        self.begun = begun

    def print(self, document: Document) -> None:
        """Keep the document, or fail."""
        if self.begun or not self.problem:
            self.printed.append(document)
        if self.problem:
            raise DeviceError("printer-failed", problem=self.problem, begun=self.begun)


class FakeTerminal:
    """Returns its answers one after another, and the last one from then on. It fails while `problem` is set."""

    keyed_by_cashier = False

    def __init__(self, answers: Iterable[TenderState] = (TenderState.APPROVED,), problem: str = "") -> None:
        self.asked: list[Tender] = []
        self.problem = problem
        self._answers = list(answers)

    def ask(self, tender: Tender) -> TenderState:
        """The next answer."""
        self.asked.append(tender)
        if self.problem:
            raise DeviceError("terminal-failed", problem=self.problem)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

    def give_back(self, tender: Tender) -> TenderState:
        """The next answer."""
        return self.ask(tender)


class FakeDrawer:
    """Counts how often it was opened; its state is set from outside. It fails while `problem` is set."""

    is_integrated = True

    def __init__(self, state: DrawerState = DrawerState.CLOSED, problem: str = "") -> None:
        self.stands = state
        self.problem = problem
        self.opened = 0

    def open(self) -> None:
        """Count the opening, or fail."""
        if self.problem:
            raise DeviceError("drawer-failed", problem=self.problem)
        self.opened += 1

    def state(self) -> DrawerState:
        """The state that was set."""
        return self.stands
