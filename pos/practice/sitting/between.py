"""The panels between two customers: before a drill, a colleague's ticks, the score, and the menu of everything else."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from pos.counter import CounterState, Entry, Panel, State, TextPanel, Tone, keys, say
from pos.counter.panels.more import MorePanel, quit_till
from pos.domain.errors import Refused
from pos.practice.sitting.result import Result
from pos.practice.sitting.room import LONGEST_NAME, check_name
from pos.practice.sitting.sitting import Sitting
from pos.training import PracticeWay, Tick
from pos.training.customer.speaking import both

ON = (keys.ENTER, keys.SPACE)
OUT = (keys.ESCAPE, ",", "q")
"""The keys that leave a page, and those that open other panels."""


class ReadyPanel(Panel):
    """A drill that has not begun: its description, and the key that begins it."""

    state = State.HELP
    title = say("way-drill")

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting

    def press(self, counter: CounterState, key: str) -> bool:
        """Enter begins the drill; the ways to practise can be chosen as after a score."""
        if key in ON:
            counter.panel = None
            self.sitting.visit.start()
        elif key in OUT:
            counter.panel = MoreInPracticePanel(self.sitting)
        else:
            counter.message = say("practice-wrong-key-begin", Tone.BAD, key=key[:12])
        return True


class TicksPanel(Panel):
    """The colleague who played the customer ticks what was good."""

    state = State.HELD
    title = say("practice-title-ticks")

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.ticked: frozenset[Tick] = frozenset()

    def entries(self, counter: CounterState) -> list[Entry]:
        """The ticks (clear, friendly, not pushy), and Enter to finish."""
        rows = [
            Entry(str(place), say(f"practice-tick-{tick.value}"), partial(self._tick, tick=tick), tick in self.ticked)
            for place, tick in enumerate(Tick, start=1)
        ]
        return [*rows, Entry(keys.ENTER, say("practice-ticks-done"), self.close)]

    def close(self, counter: CounterState) -> None:
        """Take the ticks, as Enter does: a round in a pair needs them."""
        self.sitting.score(self.ticked)
        counter.panel = None

    def scan(self, counter: CounterState, code: str) -> bool:
        """Refuse a code: the customer has paid."""
        raise Refused("practice-no-scan")

    def _tick(self, counter: CounterState, tick: Tick) -> None:
        self.ticked ^= {tick}


class ReviewPanel(Panel):
    """A page to read before the next customer comes. `top` is the first of `rows` rows that is visible."""

    state = State.HELP

    def __init__(self, sitting: Sitting, opened_at: datetime, rows: int) -> None:
        self.sitting = sitting
        self.opened_at = opened_at
        self.rows = rows
        self.top = 0

    def press(self, counter: CounterState, key: str) -> bool:
        """Arrows scroll and Enter continues, but not in the first moment, before anybody can have read the page."""
        if key in (keys.DOWN, keys.UP):
            self.top = max(0, min(self.rows - 1, self.top + (1 if key == keys.DOWN else -1)))
        elif key in ON:
            if counter.is_unread(self.opened_at):
                counter.message = say("too-soon-page", Tone.BAD)
            else:
                self.sitting.go_on()
                counter.panel = None
        elif key in OUT:
            counter.panel = MoreInPracticePanel(self.sitting)
        else:
            counter.message = say("practice-wrong-key", Tone.BAD, key=key[:12])
        return True

    def scan(self, counter: CounterState, code: str) -> bool:
        """Refuse a code: this order is over, and the next has not begun."""
        raise Refused("practice-no-scan")


class FeedbackPanel(ReviewPanel):
    """The score of a customer, line by line."""

    title = say("practice-title-score")

    def __init__(self, sitting: Sitting, result: Result, opened_at: datetime) -> None:
        super().__init__(sitting, opened_at, len(result.lines))
        self.result = result


class SummaryPanel(ReviewPanel):
    """The result of a drill, with the grade of each skill."""

    title = say("practice-title-drill")

    def __init__(self, sitting: Sitting, opened_at: datetime) -> None:
        super().__init__(sitting, opened_at, len(sitting.drill.skills))
        self.drill = sitting.drill


class WhoPractisesPanel(TextPanel):
    """Asks the name of the next trainee; their rounds are stored under it."""

    state = State.NOTE
    title = say("practice-title-name")
    hint = "practice-hint-name"
    longest = LONGEST_NAME

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting

    def take(self, counter: CounterState) -> None:
        """Seat the trainee, with a new customer."""
        name = check_name(self.typed)
        counter.panel = None
        self.sitting.seat(name)
        counter.message = say("practice-name-now", name=name)


class MoreInPracticePanel(MorePanel):
    """The menu of everything else: the ways to practise, and the shop's commands that make sense here."""

    title = say("practice-title-more")
    kept = ("n", "c", "p", "l", "w", "d")

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting

    def entries(self, counter: CounterState) -> list[Entry]:
        """An entry by letter for each command, and by digit for each way to practise."""
        rows = [
            Entry(str(place), say(way.message_id), partial(self._serve_in, way=way), way is self.sitting.room.way)
            for place, way in enumerate(PracticeWay, start=1)
        ]
        rows += [entry for entry in super().entries(counter) if entry.key in self.kept]
        rows.append(Entry("o", say("practice-leave-customer"), self._leave))
        rows.append(Entry("e", say("practice-change-name"), self._ask_name))
        rows.append(Entry("q", say("more-quit"), partial(self._do, act=quit_till)))
        return rows

    def _serve_in(self, counter: CounterState, way: PracticeWay) -> None:
        counter.panel = None
        before = self.sitting.visit.scenario
        self.sitting.serve_in(way)
        called = both(lambda words: words.text(way.message_id))
        if self.sitting.result is not None or self.sitting.way is not way:
            counter.message = say("practice-way-next", way=called)
        elif self.sitting.visit.scenario is before:
            counter.message = say("practice-way-now", way=called)

    def _ask_name(self, counter: CounterState) -> None:
        counter.panel = WhoPractisesPanel(self.sitting)

    def _leave(self, counter: CounterState) -> None:
        counter.panel = None
        self.sitting.leave()
