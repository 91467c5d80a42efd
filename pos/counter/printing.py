"""How the counter has things printed: at once, unless a screen sees to it in its own time."""

from __future__ import annotations

from typing import Protocol

from pos.counter.states import Say, Tone, say, say_error
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
        return say("owed-printed", Tone.GOOD) if problem is None else say_error(problem)

    def copy(self) -> tuple[Document, Say | None]:
        """Print the copy. Raises what the register and the printer raise."""
        return self._register.print_copy(), say("copy-printed", Tone.GOOD)
