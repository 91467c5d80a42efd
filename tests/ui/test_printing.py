"""The printers' queues: none waits for another, and a printer that does not answer is told of in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos.devices import FakePrinter
from pos.domain.sale.sale import Document
from pos.register import shelf
from pos.ui.printing import PrintDesk
from tests.register.shops import a_folder, ring_tile
from tests.register.test_sent_to_kitchen import in_kitchen
from tests.rig import Cashier


class Threads:
    """What was to be done in threads, done when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def __call__(self, act: Callable[[], None]) -> None:
        self.waiting.append(act)

    def run(self, place: int) -> None:
        """Let one thread run to its end."""
        self.waiting.pop(place)()


@pytest.fixture
def folder() -> Iterator[Path]:
    yield from a_folder()


def a_desk(folder: Path) -> tuple[Cashier, FakePrinter, PrintDesk, Threads]:
    """A counter with a printer in the kitchen, both printing in threads."""
    cashier, printer = in_kitchen(folder)
    threads = Threads()
    desk = PrintDesk(cashier.counter, threads, lambda act: act())
    cashier.counter.printing = desk
    return cashier, printer, desk, threads


def printed(cashier: Cashier) -> list[Document]:
    """The receipts on paper."""
    receipts = cashier.register.devices.printer
    assert isinstance(receipts, FakePrinter)
    return receipts.printed


def test_a_receipt_does_not_wait_for_the_kitchen(folder: Path) -> None:
    cashier, printer, desk, threads = a_desk(folder)
    ring_tile(cashier, "salad")
    cashier.press("enter", "1", "n", "n", "a")
    desk.print_owed()
    assert len(threads.waiting) == 2
    threads.run(1)
    assert (len(printed(cashier)), printer.printed, desk.is_busy) == (1, [], True)
    threads.run(0)
    assert (len(printer.printed), desk.is_busy, shelf.owed_papers(cashier.register)) == (1, False, ())


def test_what_the_kitchen_did_not_get_is_said_and_printed_with_the_next(folder: Path) -> None:
    cashier, printer, desk, threads = a_desk(folder)
    printer.problem = "out of paper"
    ring_tile(cashier, "salad")
    cashier.press(",", "k")
    assert cashier.said == "kitchen-sent"
    threads.run(0)
    assert (cashier.said, len(shelf.owed_in_kitchen(cashier.register))) == ("kitchen-paper-owed", 1)
    printer.problem = ""
    assert desk.owed().message_id == "printing-owed"
    threads.run(0)
    assert (cashier.said, len(printer.printed)) == ("owed-printed", 1)
