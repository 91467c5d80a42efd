"""How the counter has things printed: at once, unless a screen sees to it in its own time."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from pos.counter.states import Say, Tone, say, say_error
from pos.devices import file_of, prints_nothing
from pos.domain.sale import Document
from pos.register import Register


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
        problem = self._register.print_owed()
        return say_printed(self._register, "owed") if problem is None else say_error(problem)

    def copy(self) -> tuple[Document, Say | None]:
        """Print the copy. Raises what the register and the printer raise."""
        return self._register.print_copy(), say_printed(self._register, "copy")


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
