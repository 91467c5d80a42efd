"""How the counter prints: at once, unless a screen prints in the background."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from pos.counter.states import Say, Tone, say, say_error
from pos.devices import Printer, file_of, prints_nothing
from pos.domain.errors import DeviceError
from pos.domain.refunds.refund import RefundPaper
from pos.domain.sale.sale import Document
from pos.domain.sale.tickets import OwedTicket, called
from pos.domain.text import LocalText
from pos.register import Register, shelf
from pos.register.verbs import papers


class Printing(Protocol):
    """What the cashier can ask to have printed."""

    def owed(self) -> Say:
        """Print what is owed. Returns the result, or that it is in progress."""

    def sent(self) -> Say | None:
        """Print new kitchen tickets. Returns an error, if known already."""

    def copy(self) -> tuple[Document, Say | None]:
        """Print a copy of the last receipt. Returns it with a message, if there is one yet.

        Raises `Refused` if there may be no copy.
        """

    def report(self, document: Document) -> Say | None:
        """Print a shift's report. Returns the result, if known already."""


class AtOnce:
    """Prints while the counter waits."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def owed(self) -> Say:
        problem = print_owed(self._register)
        return say_printed(self._register, "owed") if problem is None else say_error(problem)

    def sent(self) -> Say | None:
        problem = print_owed(self._register)
        return None if problem is None else say_error(problem)

    def copy(self) -> tuple[Document, Say | None]:
        """Print the copy. Raises what the register and the printer raise."""
        return print_copy(self._register), say_printed(self._register, "copy")

    def report(self, document: Document) -> Say | None:
        """Print the report. If that fails, the report is still in the file."""
        try:
            self._register.devices.printer.print(document)
        except DeviceError as error:
            return say_error(error)
        return say_printed(self._register, "report")


def print_owed(register: Register) -> DeviceError | None:
    """Print what a till owes, the kitchen's papers first, at each printer until it fails. Returns the first error, or
    None."""
    devices = register.devices
    if devices.kitchen is None:
        return _print_all(register, devices.printer, shelf.owed_papers(register))
    silent = _print_all(register, devices.kitchen, shelf.owed_in_kitchen(register))
    failed = _print_all(register, devices.printer, shelf.owed_receipts(register))
    return failed or silent


def _print_all(register: Register, printer: Printer, owed: Iterable[papers.Owing]) -> DeviceError | None:
    for paper in owed:
        document = register.do(papers.begin_paper, paper).result
        try:
            printer.print(document)
        except DeviceError as error:
            register.do(papers.paper_failed, paper, error)
            return error if printer is not register.devices.kitchen else kitchen_silent(paper)
        register.do(papers.paper_printed, paper)
    return None


def kitchen_silent(paper: papers.Owing) -> DeviceError:
    """The error about a kitchen printer that did not take a paper: that it is owed, and which one."""
    return DeviceError("kitchen-paper-owed", name=_called(paper))


def _called(paper: papers.Owing) -> LocalText:
    """What a paper's order is called in the kitchen."""
    if isinstance(paper, OwedTicket):
        return paper.ticket.name
    return called(paper.refund.number if isinstance(paper, RefundPaper) else paper.sale.call_number)


def print_copy(register: Register) -> Document:
    """Print a copy of the last order's paper. If the printer takes nothing, the copy is not used up.

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
    "report": ("xz-printed", "xz-in-file", "xz-nowhere"),
}
"""The messages about a receipt, a slip, a copy and everything owed: on paper, in a file, without a printer."""


def say_printed(register: Register, what: str) -> Say:
    """The message that something of `PRINTED` is printed, in which file it is, or that there is no printer."""
    on_paper, in_file, nowhere = PRINTED[what]
    printer = register.devices.printer
    file = file_of(printer)
    if file is not None:
        return say(in_file, Tone.GOOD, file=brief_path(file))
    return say(nowhere) if prints_nothing(printer) else say(on_paper, Tone.GOOD)


def brief_path(path: Path) -> str:
    """A path in short form, from the home folder on."""
    whole = path.absolute()
    home = Path.home()
    return f"~/{whole.relative_to(home)}" if whole.is_relative_to(home) else str(whole)
