"""How the counter has things printed: at once, unless a screen sees to it in its own time."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from pos.counter.states import Say, Tone, say, say_error
from pos.devices import file_of, prints_nothing
from pos.domain.errors import DeviceError
from pos.domain.sale.sale import Document
from pos.register import Register, shelf
from pos.register.verbs import papers


class Printing(Protocol):
    """What the cashier can ask to have printed."""

    def owed(self) -> Say:
        """Print what is owed, and say what came of it, or that it is being seen to."""

    def copy(self) -> tuple[Document, Say | None]:
        """Print the last receipt once more, and return it with what there is to say yet.

        Raises `Refused` when there may be no copy.
        """


class AtOnce:
    """Prints while the counter waits."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def owed(self) -> Say:
        """Print what is owed."""
        problem = print_owed(self._register)
        return say_printed(self._register, "owed") if problem is None else say_error(problem)

    def copy(self) -> tuple[Document, Say | None]:
        """Print the copy. Raises what the register and the printer raise."""
        return print_copy(self._register), say_printed(self._register, "copy")


def print_owed(register: Register) -> DeviceError | None:
    """Print what a till owes, the oldest first, until a printer fails; returns what it said, or None."""
    for paper in shelf.owed_papers(register):
        document = register.do(papers.begin_paper, paper).result
        try:
            register.devices.printer.print(document)
        except DeviceError as error:
            register.do(papers.paper_failed, paper, error)
            return error
        register.do(papers.paper_printed, paper)
    return None


def print_copy(register: Register) -> Document:
    """Print the last order's paper once more, marked as a copy. A printer that took nothing has used nothing up.

    Raises `Refused` for one too many, and `DeviceError`.
    """
    done, document = register.do(papers.reserve_copy).result
    try:
        register.devices.printer.print(document)
    except DeviceError as error:
        if not error.values.get("begun"):
            register.do(papers.release_copy, done)
        raise
    return document


PRINTED = {
    "paper": ("paper-printed", "paper-in-file", "paper-nowhere"),
    "slip": ("slip-printed", "slip-in-file", "slip-nowhere"),
    "copy": ("copy-printed", "copy-in-file", "copy-nowhere"),
    "owed": ("owed-printed", "owed-in-file", "owed-nowhere"),
}
"""What is said of a receipt, a slip, a copy and all that was owed: on paper, in a file, without a printer."""


def say_printed(register: Register, what: str) -> Say:
    """That something of `PRINTED` is printed, or in which file it stands, or that there is no printer."""
    on_paper, in_file, nowhere = PRINTED[what]
    printer = register.devices.printer
    file = file_of(printer)
    if file is not None:
        return say(in_file, Tone.GOOD, file=brief_path(file))
    return say(nowhere) if prints_nothing(printer) else say(on_paper, Tone.GOOD)


def brief_path(path: Path) -> str:
    """A path as a person would write it: from the home folder on."""
    whole = path.absolute()
    home = Path.home()
    return f"~/{whole.relative_to(home)}" if whole.is_relative_to(home) else str(whole)
