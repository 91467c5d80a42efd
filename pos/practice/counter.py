"""The counter in practice: the shop's counter with a customer, who answers only what was said aloud."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from pos.counter import Counter, Panel, Tone, say
from pos.domain.errors import StoreError
from pos.practice.commands import commands_of_practice
from pos.practice.sitting.between import FeedbackPanel, ReadyPanel, SummaryPanel, TicksPanel
from pos.practice.sitting.room import Room
from pos.practice.sitting.sitting import Sitting

LEAVE = "f10"
GONE = ("database-moved", "database-replaced", "database-emptied")


class PracticeCounter(Counter):
    """A counter with a customer. Every key does what it does in the shop; then the sitting reads the effect from the
    order."""

    def __init__(self, room: Room, *, language: str = "nb", deliberate: bool = False) -> None:
        self.sitting = Sitting(room)
        super().__init__(room.register, commands_of_practice(self.sitting), language=language, deliberate=deliberate)
        self._guest = self.sitting.guest
        if self._guest.resumed:
            self.message = say("practice-resumed")
        self._lay_panel()

    def press(self, key: str, at: datetime | None = None, *, mute: bool = False) -> bool:
        """Press a key, then let the customer react. `LEAVE` leaves practice from anywhere; the customer waits."""
        if key == LEAVE:
            self._leave()
            return True
        acted = super().press(key, at, mute=mute)
        self._follow()
        return acted

    def tap(self, key: str) -> None:
        """Press a button, then let the customer react."""
        if key == LEAVE:
            self._leave()
            return
        super().tap(key)
        self._follow()

    def settle(self) -> None:
        """Let a pending key take effect, then let the customer react."""
        super().settle()
        self._follow()

    def scan(self, text: str) -> None:
        """Scan a code, then let the customer react."""
        super().scan(text)
        self._follow()

    def _attempt(self, act: Callable[[], None]) -> None:
        """Do something, and show errors of the practice file as such. No receipt of the shop is lost with that file."""
        super()._attempt(partial(_of_practice, act))

    def _leave(self) -> None:
        self.closing = True
        self._follow()

    def _follow(self) -> None:
        if self.closing:
            self._attempt(self.sitting.close)
            return
        self._welcome()
        if self.sitting.result is None:
            self._serve()
        self._lay_panel()

    def _serve(self) -> None:
        """Add what was done to the round. A paid order is scored; one that was left is dropped."""
        sitting = self.sitting
        if sitting.is_waiting and self.register.view.order.lines:
            sitting.visit.start()  # who scans something has begun
        self._attempt(sitting.listen)
        if sitting.is_left:
            sitting.leave()
            self._welcome()
            self.message = say("practice-customer-left", Tone.BAD)
        elif sitting.visit.round.is_finished and not sitting.wants_ticks:
            self._attempt(sitting.score)
        else:
            self._attempt(sitting.keep)

    def _welcome(self) -> None:
        """Clear the counter for a new customer. Their clock starts anew, so times of earlier keys are dropped."""
        if self._guest is not self.sitting.guest:
            self._guest = self.sitting.guest
            self.forget_times()
            self.panel = self.change = None
            self.next_order()

    def _lay_panel(self) -> None:
        """Show the panel that must be dealt with first, if no other is open."""
        if self.panel is None:
            self.panel = self._due_panel()

    def _due_panel(self) -> Panel | None:
        sitting, now = self.sitting, self.register.now
        if sitting.is_after_drill:
            return SummaryPanel(sitting, now)
        if sitting.result is not None:
            return FeedbackPanel(sitting, sitting.result, now)
        if sitting.is_waiting:
            return ReadyPanel(sitting)
        return TicksPanel(sitting) if sitting.wants_ticks else None


def _of_practice(act: Callable[[], None]) -> None:
    try:
        act()
    except StoreError as error:
        if error.message_id in GONE:
            raise StoreError("practice-file-gone", **error.values) from error
        raise
