"""What ten customers came to: the panel at the end of a drill."""

from __future__ import annotations

from datetime import datetime

from pos.counter import Counter, State, keys, say
from pos.counter.panels import Entry, Panel
from pos.domain.text import LocalText
from pos.practice.drill import Drill
from pos.practice.panels import MoreInPractice, practice
from pos.register import PATIENCE, is_within


class Summary(Panel):
    """The drill that is over, and why the next customer comes. `top` is the first skill in sight."""

    state = State.HELP
    title = say("practice-title-drill")

    def __init__(self, drill: Drill, why: LocalText, opened_at: datetime) -> None:
        self.drill = drill
        self.why = why
        self.opened_at = opened_at
        self.top = 0

    def entries(self, counter: Counter) -> list[Entry]:
        """Nothing to choose."""
        return []

    def press(self, counter: Counter, key: str) -> bool:
        """Arrows move the skills, Enter begins the next drill; nobody has read it in the first moment."""
        if key in (keys.DOWN, keys.UP):
            step = 1 if key == keys.DOWN else -1
            self.top = max(0, min(len(self.drill.skills) - 1, self.top + step))
        elif key in (keys.ENTER, keys.SPACE):
            if counter.deliberate or not is_within(PATIENCE, self.opened_at, counter.register.now):
                practice(counter).receive_next()
        elif key in (keys.ESCAPE, ",", "q"):
            counter.panel = MoreInPractice()
        return True
