"""A sitting: one trainee from coming to leaving, with the customer who is there now, the last score, and the drill."""

from __future__ import annotations

from pos.domain.text import LocalText
from pos.practice.drill import Drill
from pos.practice.result import Result
from pos.practice.room import Guest, Room
from pos.practice.visit import Visit
from pos.training import Tick, Way


class Sitting:
    """What has come of a trainee's customers so far. It knows the room's register, and no counter."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.served = 0
        self.drill = Drill()
        self._receive(room.next_guest(waits=True))

    def _receive(self, guest: Guest) -> None:
        self.guest = guest
        self.result: Result | None = None
        """The customer's score, once they have paid."""
        self.after_drill: LocalText | None = None
        """Why the next customer comes, while somebody looks at what their drill came to."""
        self.warned = False
        """Whether Enter has been held back once for a customer who waits for an answer."""
        self._kept = guest.visit.round

    @property
    def visit(self) -> Visit:
        """The customer at the counter."""
        return self.guest.visit

    @property
    def way(self) -> Way:
        """How this customer is served."""
        return self.visit.round.way

    # the customer who is there

    @property
    def is_waiting(self) -> bool:
        """Whether nobody speaks and no clock runs yet: a drill begins when somebody sits ready."""
        return self.visit.came is None

    @property
    def wants_ticks(self) -> bool:
        """Whether a colleague has to tick what was good before the score."""
        return self.way is Way.PAIR and self.visit.round.is_finished and self.result is None

    @property
    def is_left(self) -> bool:
        """Whether the order was given up, and the customer with it."""
        return not self.visit.round.is_finished and self.visit.register.order.id != self.visit.round.order.id

    def listen(self) -> None:
        """Read off the register what has been done; who has rung something hears on."""
        before = self.visit.round
        self.visit.observe()
        if self.visit.rang_since(before):
            self.visit.speak_next()

    def keep(self) -> None:
        """Keep the round, if anything has come to it."""
        if self.visit.round != self._kept:
            self.room.save(self.guest)
            self._kept = self.visit.round

    def score(self, ticks: frozenset[Tick] = frozenset()) -> None:
        """Score a customer who has paid, and keep it."""
        self.result = self.room.finish(self.guest, ticks)
        self.served += 1
        if self.way is Way.DRILL:
            drill = Drill() if self.drill.is_over else self.drill
            self.drill = drill.after(self.visit, self.result.total, self.result.grades)

    # customers come and go

    def go_on(self) -> None:
        """After a score: what the drill came to where it is over, else the next customer."""
        if self.way is Way.DRILL and self.drill.is_over and self.after_drill is None:
            self.after_drill = self.room.pick(self.room.seed).why
        else:
            self.receive_next()

    def leave(self) -> None:
        """Go on without a score where there is none yet."""
        if self.result is None:
            self.room.drop(self.guest)
        self.receive_next()

    def serve_in(self, way: Way) -> None:
        """The next customer is served that way; this one too, while nothing has been rung."""
        self.room.way = way
        if self.result is None and not self.visit.register.order.lines:
            self.leave()

    def receive_next(self) -> None:
        """The next customer. A drill that comes after another way waits until somebody sits ready."""
        self._receive(self.room.next_guest(waits=self.way is not Way.DRILL))
