"""What a command is: one thing that a key does, with its label and its help."""

from __future__ import annotations

from typing import ClassVar

from pos.counter.counter_state import CounterState
from pos.counter.states import State


class Command:
    """One thing that a key or a button does.

    The catalogues have its label as `do-<id>` and its help as `help-<id>`; footer, buttons and help are made of these.
    """

    id: ClassVar[str]
    keys: ClassVar[tuple[str, ...]]
    states: ClassVar[frozenset[State]]
    in_footer: ClassVar[bool] = True
    """Whether it has a button below the screen; other commands are in the help and the panels."""

    def has_use(self, counter: CounterState) -> bool:
        """Whether the shop has a use for it: one without is not there, and in no help."""
        return True

    def fits(self, counter: CounterState) -> bool:
        """Whether it can be done now."""
        return True

    def run(self, counter: CounterState, key: str) -> None:
        """Do it. Raises `Refused` when it does not fit."""
        raise NotImplementedError


def states(*names: State) -> frozenset[State]:
    """The states in which a command lives."""
    return frozenset(names)
