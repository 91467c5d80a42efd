"""Killed while a copy of a receipt is made: there are never two copies on paper, nor one that the file does not
know."""

from __future__ import annotations

import os
import signal
from contextlib import closing, suppress
from pathlib import Path

import pytest

from pos.counter.printing import print_copy
from pos.devices import Devices, ManualTerminal, Printer
from pos.domain.errors import DeviceError, Refused
from pos.domain.sale.sale import Document
from pos.office.verifying import verify_file
from pos.register import Register
from tests.durability.child import Paper
from tests.durability.faults import counted, dying
from tests.durability.scenery import a_folder, scenery
from tests.forks import fork

SOLD = "reserve_copy"
"""What leads to this act is a sale whose receipt may be copied."""


class OutOfPaper(Paper):
    """A printer that takes nothing."""

    def print(self, document: Document) -> None:
        raise DeviceError("printer-failed", problem="paper")


class BreaksOff(Paper):
    """A printer that has printed when it fails."""

    def print(self, document: Document) -> None:
        super().print(document)
        raise DeviceError("printer-failed", problem="paper", begun=True)


class Deadly(Paper):
    """A printer that has printed when the till dies."""

    def print(self, document: Document) -> None:
        super().print(document)
        os.kill(os.getpid(), signal.SIGKILL)


def till_with(folder: Path, printer: Printer) -> Register:
    """The till that has sold something, with a printer."""
    register = scenery(SOLD).open(folder).register
    register.devices = Devices(printer, ManualTerminal())
    return register


def copied_and_killed(folder: Path, kind: type[Paper], statement: int, *, after: bool) -> bool:
    """Have a copy printed by a till that dies at one statement. Returns whether it came that far."""
    scenery(SOLD).begin(folder).register.store.close()

    def copy() -> None:
        register = till_with(folder, kind(folder / "paper"))
        with counted(register.store, dying(statement, after=after)), suppress(DeviceError):
            print_copy(register)

    return fork(copy, folder / "told").was_killed()


def copies_on_paper(folder: Path) -> int:
    paper = folder / "paper"
    return len(paper.read_text().split()) if paper.exists() else 0


def assert_one_copy_at_most(folder: Path) -> None:
    """Check that the file knows what is on paper, and that whoever asks again gets the one copy unless it is used
    up."""
    register = till_with(folder, Paper(folder / "paper"))
    with closing(register.store) as store:
        sale = store.sales.last(register.till.id)
        assert sale is not None
        on_paper, known = copies_on_paper(folder), store.receipts.copies(sale.order_id)
        assert on_paper <= known <= 1
        if known:
            with pytest.raises(Refused, match="one-copy-only"):
                print_copy(register)
        else:
            print_copy(register)
        assert copies_on_paper(folder) == on_paper + (1 - known)
        with pytest.raises(Refused, match="one-copy-only"):
            print_copy(register)
        assert verify_file(store).finding is None


def killed_at(kind: type[Paper], step: int) -> int:
    """Kill a till at each statement of a copy, or at each so many; how often."""
    kills = 0
    for after in (False, True):
        for statement in range(1, 1000, step):
            with a_folder() as folder:
                if not copied_and_killed(folder, kind, statement, after=after):
                    break
                kills += 1
                assert_one_copy_at_most(folder)
    print(f"{kills} kills")
    return kills


@pytest.mark.parametrize("kind", [Paper, OutOfPaper])
def test_killed_in_the_middle_of_a_copy_there_is_one_at_most(kind: type[Paper]) -> None:
    assert killed_at(kind, 11) >= 4


@pytest.mark.soak
@pytest.mark.parametrize("kind", [Paper, OutOfPaper, BreaksOff])
def test_killed_at_any_statement_of_a_copy_there_is_one_at_most(kind: type[Paper]) -> None:
    assert killed_at(kind, 1) >= 30


@pytest.mark.parametrize("kind", [Deadly, BreaksOff])
def test_a_copy_that_was_printed_is_used_up_whatever_became_of_the_till(kind: type[Paper]) -> None:
    with a_folder() as folder:
        assert copied_and_killed(folder, kind, 1000, after=False) is (kind is Deadly)
        assert copies_on_paper(folder) == 1
        assert_one_copy_at_most(folder)
