"""The counter of practice: the shop's own, with a customer in front of it who answers only what was said aloud."""

from __future__ import annotations

from pos.counter import Command, Counter, State, Tone, say
from pos.practice.commands import INSTEAD, PRACTICE
from pos.practice.drill import Drill
from pos.practice.panels import Feedback, Ticks
from pos.practice.ready import Ready
from pos.practice.result import Result
from pos.practice.room import Guest, Room
from pos.practice.summary import Summary
from pos.practice.visit import Visit
from pos.training import Tick, Way


class PracticeCounter(Counter):
    """A counter with a customer. Every key goes the shop's own way; afterwards the visit reads off what it did."""

    def __init__(self, room: Room, *, language: str = "nb", deliberate: bool = False) -> None:
        super().__init__(room.register, language=language, deliberate=deliberate)
        self.room = room
        self.result: Result | None = None
        self.ticks: frozenset[Tick] = frozenset()
        self.warned = False
        """Whether Enter has been held back once for a customer who waits for an answer."""
        self.drill = Drill()
        self.served = 0
        self.guest: Guest = self._receive(waits=True)

    @property
    def visit(self) -> Visit:
        """The customer at the counter."""
        return self.guest.visit

    @property
    def way(self) -> Way:
        """How this customer is served."""
        return self.visit.round.way

    def commands(self) -> list[Command]:
        """The shop's commands, and those of practice before them."""
        state = self.state
        own = [command for command in PRACTICE if state in command.states and command.fits(self)]
        taken = {command.id for command in own} | INSTEAD
        return [*own, *(command for command in super().commands() if command.id not in taken)]

    def commands_of(self, state: State) -> list[Command]:
        """The same for the help."""
        own = [command for command in PRACTICE if state in command.states]
        taken = {command.id for command in own} | INSTEAD
        return [*own, *(command for command in super().commands_of(state) if command.id not in taken)]

    # after each key

    def press(self, key: str) -> None:
        """Take a key, then see what came of it."""
        super().press(key)
        self._follow()

    def settle(self) -> None:
        """Let a waiting digit count, then see what came of it."""
        super().settle()
        self._follow()

    def scan(self, text: str) -> None:
        """Ring a scanned code, then see what came of it."""
        super().scan(text)
        self._follow()

    def _follow(self) -> None:
        if self.result is not None or self.closing:
            return
        if self.visit.came is None:
            self._wait()
        before = self.visit.round
        self._attempt(self.visit.observe)
        if self.visit.rang_since(before):
            self.visit.speak_next()
        if self.visit.round.is_finished:
            self._finished()
        elif self.register.order.id != self.visit.round.order.id:
            self.room.drop(self.guest)
            self.receive_next()
            self.message = say("practice-customer-left", Tone.BAD)
        elif self.visit.round != before or self._unsaved:
            self.keep()

    def _wait(self) -> None:
        """A drill waits for Enter, whatever closed its panel; who scans something has begun."""
        if self.register.order.lines:
            self.begin_drill()
        elif self.panel is None:
            self.panel = Ready()

    _unsaved = False

    def changed(self) -> None:
        """A command of practice has put something into the round: it is kept with the key."""
        self._unsaved = True

    def keep(self) -> None:
        """Keep the round as it stands."""
        self._unsaved = False
        self._attempt(lambda: self.room.save(self.guest))

    def speak_on(self) -> None:
        """The next utterance follows what was rung."""
        if self.visit.speak_next():
            self.changed()

    # customers come and go

    def begin_drill(self) -> None:
        """The clock runs, and the first customer speaks."""
        self.panel = None
        self.visit.start()
        self.changed()

    def _finished(self) -> None:
        """The customer has paid: score the round, and show it line by line."""
        if self.way is Way.PAIR and not self.ticks:
            self.panel = self.panel if isinstance(self.panel, Ticks) else Ticks()
            self.keep()
            return
        self.show_result()

    def show_result(self) -> None:
        """Score, keep and show."""
        self.result = self.room.finish(self.guest, self.ticks)
        self.served += 1
        if self.way is Way.DRILL:
            self.drill = (Drill() if self.drill.is_over else self.drill).after(
                self.visit, self.result.total, self.result.grades
            )
        self.panel = Feedback(self.register.now)

    def go_on(self) -> None:
        """After a score: what the drill came to where it is over, else the next customer."""
        if self.way is Way.DRILL and self.drill.is_over:
            why = self.room.pick(self.room.store.rounds.count(self.room.trainee)).why
            self.panel = Summary(self.drill, why, self.register.now)
        else:
            self.receive_next()

    def receive_next(self) -> None:
        """The next customer. A drill that comes after another way waits until somebody sits ready."""
        waits = self.way is not Way.DRILL
        self.result, self.ticks, self.warned = None, frozenset(), False
        self.panel = None
        self.next_order()
        self.change = None
        self.guest = self._receive(waits=waits)

    def _receive(self, *, waits: bool) -> Guest:
        guest = self.room.next_guest(waits=waits)
        if guest.visit.came is None:
            self.panel = Ready()
        elif guest.resumed:
            self.message = say("practice-resumed")
        return guest

    def say_aloud(self) -> None:
        """Space: the words were said, and the customer answers."""
        self.visit.say()
        self.changed()
