"""A drill that has not begun: nobody speaks and no clock runs until somebody sits ready."""

from __future__ import annotations

from pos.counter import Counter, State, keys, say
from pos.counter.panels import Entry, Panel
from pos.practice.panels import MoreInPractice, practice


class Ready(Panel):
    """What a drill is, and the key that begins it."""

    state = State.HELP
    title = say("way-drill")

    def entries(self, counter: Counter) -> list[Entry]:
        """Nothing to choose."""
        return []

    def press(self, counter: Counter, key: str) -> bool:
        """Enter begins; the ways to practise are there as they are after a score."""
        if key in (keys.ENTER, keys.SPACE):
            practice(counter).begin_drill()
        elif key in (keys.ESCAPE, ",", "q"):
            counter.panel = MoreInPractice()
        return True
