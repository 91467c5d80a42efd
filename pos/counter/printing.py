"""How the counter has things printed: at once, unless a screen sees to it in its own time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pos.counter.states import Tone, say
from pos.domain.sale import Document

if TYPE_CHECKING:
    from pos.counter.counter import Counter


class Printing(Protocol):
    """What the cashier can ask to have printed. Either says in `counter.message` what came of it, or will."""

    def owed(self, counter: Counter) -> None:
        """Print what is owed."""

    def copy(self, counter: Counter) -> Document:
        """Print the last receipt once more, and return it. Raises `Refused` when there may be none."""


class AtOnce:
    """Prints while the counter waits."""

    def owed(self, counter: Counter) -> None:
        """Print what is owed."""
        problem = counter.register.print_owed()
        if problem is None:
            counter.message = say("owed-printed", Tone.GOOD)
        else:
            counter.message = say(problem.message_id, Tone.BAD, **problem.values)

    def copy(self, counter: Counter) -> Document:
        """Print the copy. Raises what the register and the printer raise."""
        document = counter.register.print_copy()
        counter.message = say("copy-printed", Tone.GOOD)
        return document
