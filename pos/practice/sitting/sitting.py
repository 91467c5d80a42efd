"""A sitting: one trainee from coming to leaving, with the customer who is there now, the last score, and the drill."""

from __future__ import annotations

from pos.practice.customer.drill import Drill
from pos.practice.customer.visit import Visit
from pos.practice.sitting.result import Result
from pos.practice.sitting.room import Guest, Room
from pos.training import PracticeWay, Tick


class Sitting:
    """A trainee's customers so far. It knows the room's register, but no counter."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.served = 0
        self.drill = Drill()
        self._receive(room.next_guest(waits=True))

    def _receive(self, guest: Guest) -> None:
        self.guest = guest
        self.result: Result | None = None
        """The customer's score, once they have paid."""
        self.is_after_drill = False
        """Whether the summary of a drill is shown, while the next customer waits."""
        self.warned = False
        """Whether Enter has been held back once for a customer who waits for an answer."""
        self._kept = guest.visit.round

    @property
    def visit(self) -> Visit:
        """The customer at the counter."""
        return self.guest.visit

    @property
    def way(self) -> PracticeWay:
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
        return self.way is PracticeWay.PAIR and self.visit.round.is_finished and self.result is None

    @property
    def is_left(self) -> bool:
        """Whether the order was given up, and the customer with it."""
        return not self.visit.round.is_finished and self.visit.register.view.order.id != self.visit.round.order.id

    def listen(self) -> None:
        """Read off the register what has been done. If something was rung, the customer says the next words."""
        before = self.visit.round
        self.visit.observe()
        if self.visit.rang_since(before):
            self.visit.speak_next()

    def keep(self) -> None:
        """Store the round, if it has changed."""
        if self.visit.round != self._kept:
            self.room.save(self.guest)
            self._kept = self.visit.round

    def score(self, ticks: frozenset[Tick] = frozenset()) -> None:
        """Score a customer who has paid, and keep it."""
        self.result = self.room.finish(self.guest, ticks)
        self.served += 1
        if self.way is PracticeWay.DRILL:
            self.drill = self.drill.after(self.visit, self.result.total, self.result.grades)

    # customers come and go

    def go_on(self) -> None:
        """Go on after a score: to the next customer, or after a drill's last one to its summary, then a new drill."""
        if self.is_after_drill:
            self.drill, self.is_after_drill = Drill(), False
        else:
            self._next_of_drill() if self.way is PracticeWay.DRILL else self.receive_next()

    def _next_of_drill(self) -> None:
        """Receive the next customer of a drill. After the last one, the next waits until the summary has been read."""
        self._receive(self.room.next_guest(waits=self.drill.is_over))
        self.is_after_drill = self.drill.is_over

    def leave(self) -> None:
        """Skip the customer without a score. In a drill they count with no points."""
        if self.result is None:
            self.room.drop(self.guest)
            if self.way is PracticeWay.DRILL and not self.is_waiting and self.room.way is PracticeWay.DRILL:
                self.drill = self.drill.skipped(self.visit)
                self._next_of_drill()
                return
        self.receive_next()

    def close(self) -> None:
        """Leave practice. The customer waits until it goes on, except in a drill, where thinking time would not be
        counted."""
        if self.way is PracticeWay.DRILL and not self.is_waiting and self.result is None:
            self.room.drop(self.guest)

    def serve_in(self, way: PracticeWay) -> None:
        """Serve the next customer that way, and this one too while nothing has been rung. In a drill somebody else
        comes, because this one has been heard."""
        self.room.way = way
        if self.result is not None or self.visit.register.view.order.lines or way is self.way:
            return
        if way is PracticeWay.DRILL:
            self.leave()
        else:
            self.drill = Drill()
            self._receive(self.room.in_another_way(self.guest))

    def seat(self, name: str) -> None:
        """Let another trainee practise. A customer who was not scored leaves, and counts for nobody."""
        if self.result is None:
            self.room.drop(self.guest)
        self.room.seat(name)
        self.served = 0
        self.receive_next()

    def receive_next(self) -> None:
        """Receive the next customer. One of a drill waits until somebody sits ready."""
        self.drill = Drill()
        self._receive(self.room.next_guest(waits=True))
