"""A command: one thing that a key does, with its label and its help."""

from __future__ import annotations

from typing import ClassVar

from pos.counter.counter_state import CounterState
from pos.counter.states import State


class Command:
    """One thing that a key or a button does.

    Its label in the catalogues is `do-<id>`, its help `help-<id>`; footer, buttons and help are made from these.
    """

    id: ClassVar[str]
    keys: ClassVar[tuple[str, ...]]
    states: ClassVar[frozenset[State]]
    in_footer: ClassVar[bool] = True
    """Whether it has a button at the bottom of the screen; other commands are in the help and in panels."""

    def has_use(self, counter: CounterState) -> bool:
        """Whether the shop has a use for it: one without is not there, and in no help."""
        return True

    def fits(self, counter: CounterState) -> bool:
        """Whether it is possible now."""
        return True

    def run(self, counter: CounterState, key: str) -> None:
        """Run it. Raises `Refused` if it is not possible."""
        raise NotImplementedError


def states(*names: State) -> frozenset[State]:
    """The states in which a command is available."""
    return frozenset(names)
