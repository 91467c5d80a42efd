"""Panels: lists and typed text that lie over ringing, and forget themselves when they close."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pos.counter import keys
from pos.counter.states import Say, State
from pos.domain.value import value

if TYPE_CHECKING:
    from pos.counter.counter import Counter

Act = Callable[["Counter"], None]


@value
class Entry:
    """A row of a panel: its key, its words, whether it is on, and what it does."""

    key: str
    label: Say
    run: Act
    on: bool = False


class Panel:
    """A list of entries, each with a key of its own. Esc closes it."""

    state: State
    title: Say

    def entries(self, counter: Counter) -> list[Entry]:
        """The rows, as things are now."""
        raise NotImplementedError

    def press(self, counter: Counter, key: str) -> bool:
        """Take a key; False leaves it to the commands of the state."""
        if key == keys.ESCAPE:
            self.close(counter)
            return True
        entry = next((entry for entry in self.entries(counter) if entry.key == key), None)
        if entry is None:
            return False
        entry.run(counter)
        return True

    def close(self, counter: Counter) -> None:
        """Go back to what lies under it."""
        counter.panel = None


class TextPanel(Panel):
    """A panel that takes typed text; Enter takes it."""

    longest = 40

    def __init__(self) -> None:
        self.typed = ""

    def press(self, counter: Counter, key: str) -> bool:
        """Typed characters first, then what any panel takes."""
        if key == keys.BACKSPACE:
            self.typed = self.typed[:-1]
        elif key == keys.SPACE:
            self._type(" ")
        elif len(key) == 1 and key.isprintable():
            self._type(key)
        elif key == keys.ENTER:
            self.take(counter)
        else:
            return super().press(counter, key)
        return True

    def entries(self, counter: Counter) -> list[Entry]:
        """Nothing to choose from, unless a child says so."""
        return []

    def take(self, counter: Counter) -> None:
        """What Enter does with the text."""
        raise NotImplementedError

    def _type(self, character: str) -> None:
        if len(self.typed) < self.longest:
            self.typed += character
