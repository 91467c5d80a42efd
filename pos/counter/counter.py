"""The counter: keys, taps and scans, each given to the open panel or to the command that listens to it."""

from __future__ import annotations

from collections import Counter as Counted
from collections.abc import Callable, Sequence

from pos.counter import keys
from pos.counter.bare import BareCounter, TextPanel
from pos.counter.commands import COMMANDS, Command
from pos.counter.panels_more import Coupon
from pos.counter.scanner import Stroke
from pos.counter.states import State, Tone, say, say_error
from pos.domain.errors import PosError
from pos.domain.order import Order
from pos.domain.selling import age_limits
from pos.register import Register, TooSoon

MOST_CODES = 300
"""More codes than that in one paste are no scan."""

_TYPING = (State.RINGING, State.PAID, State.PAYMENT, State.TERMINAL)
"""Where a digit is a digit, as in a text. Everywhere else it chooses: a scanner's first one waits for the second."""


class Counter(BareCounter):
    """One cashier's counter. `press` is the one way in for every key and tap; codes that come at once are scanned."""

    def __init__(
        self,
        register: Register,
        commands: Sequence[Command] = COMMANDS,
        *,
        language: str = "nb",
        deliberate: bool = False,
    ) -> None:
        super().__init__(register, language=language, deliberate=deliberate)
        self._commands = commands
        self._held_in = State.RINGING
        self._watched: Order | None = None
        self._ages: Counted[int] = Counted()
        self.tell_news()

    def commands(self) -> list[Command]:
        """What can be done now, in the order of the footer."""
        return [command for command in self.commands_of(self.state) if command.fits(self)]

    def commands_of(self, state: State) -> list[Command]:
        """Every command of a state, for its help."""
        return [command for command in self._commands if state in command.states]

    # keys

    def press(self, key: str) -> None:
        """Take a key. What it cannot do is said in `message`; nothing raises."""
        stroke = self.scanner.hear(key, self.register.now)
        if stroke.ends_again or self._shows_paid_unread():
            return
        self.message = None
        if not stroke.repeated:
            self._held_in = self.state
        if self.scanner.goes_on(stroke):
            self.digits = ""
        elif not self._ends_scan(key):
            self._take(stroke)
        self.keep_one_chosen()
        self.tell_news()

    def tell_news(self) -> None:
        """Say what happened around the order: that the machine's clock was set far off."""
        jump = self.register.take_clock_jump()
        if jump is None:
            return
        if jump.before is None:
            self.message = say("clock-impossible", Tone.BAD, day=jump.now.date(), at=jump.now)
        else:
            was = {"was_day": jump.before.date(), "was": jump.before}
            self.message = say("clock-jumped", Tone.BAD, day=jump.now.date(), at=jump.now, **was)

    @property
    def pending(self) -> str | None:
        """A digit that waits for a scan's next one: without it, it is a press."""
        return self.scanner.pending

    def settle(self) -> None:
        """Let a digit that waited for a scan's next one count as an answer."""
        if self.pending is not None:
            key = self.scanner.let_go()
            self._attempt(lambda: self._dispatch(key))
            self.keep_one_chosen()

    def _shows_paid_unread(self) -> bool:
        """Whether a key came before anybody could have seen that the order is paid."""
        return self.panel is None and self.paid_at is not None and self.is_unread(self.paid_at)

    def _take(self, stroke: Stroke) -> None:
        """What a person pressed: a digit waits where it would answer, and a key held down counts once."""
        if isinstance(self.panel, TextPanel):
            self._attempt(lambda: self._dispatch(stroke.key))
            return
        key = stroke.key.lower()
        if key in keys.DIGITS and not self.deliberate and self.state not in _TYPING:
            self.scanner.keep(key)
        elif not stroke.repeated or self._may_repeat():
            self._attempt(lambda: self._dispatch(key))

    def _may_repeat(self) -> bool:
        """Whether a key held down goes on: in ringing, if it went down there."""
        return self._held_in is State.RINGING and self.state is State.RINGING

    def _dispatch(self, key: str) -> None:
        """Give a key to the open panel, else to the command that listens to it."""
        if self.panel is not None and self.panel.press(self, key):
            return
        command = next((entry for entry in self.commands() if key in entry.keys), None)
        if command is None:
            told = "wrong-key" if self.panel is None else "wrong-key-in-panel"
            self.message = say(told, Tone.BAD, key=key[:12])
        else:
            command.run(self, key)

    def _attempt(self, act: Callable[[], None]) -> None:
        """Do it; what is refused is said, and an answer that came too soon is no answer."""
        try:
            act()
        except TooSoon:
            return
        except PosError as error:
            self.message = say_error(error)
        self._watch_ages()

    # age limits

    def _watch_ages(self) -> None:
        """Call an age limit to mind when the order has more of what it is for, whatever route that took."""
        register = self.register
        if register.order is self._watched:
            return
        ages = age_limits(register.order, register.menu, register.country.age_limit)
        before = self._ages if self._watched is not None and self._watched.id == register.order.id else Counted()
        grown = [age for age, count in ages.items() if count > before[age]]
        self._watched, self._ages = register.order, ages
        if grown:
            self.message = say("check-age", Tone.BAD, age=max(grown))

    # scans

    def scan(self, text: str) -> None:
        """Take what a scanner or the clipboard put in at once: every run of digits is a code."""
        self.settle()
        self.message = None
        panel = self.panel
        if isinstance(panel, Coupon):
            self._attempt(lambda: panel.paste(self, text))
            return
        codes = "".join(c if c in keys.DIGITS else " " for c in text).split()
        if not codes or any(len(code) > keys.LONGEST_DIGITS for code in codes) or len(codes) > MOST_CODES:
            self.message = say("not-a-code", Tone.BAD)
            return
        for code in codes:
            self._scan(code)
        self.keep_one_chosen()

    def _ends_scan(self, key: str) -> bool:
        """Whether this is the Enter of a scan, which rings it; a digit that waited alone was a press."""
        kept = self.scanner.let_go()
        if len(kept) == 1:
            self._attempt(lambda: self._dispatch(kept))
        elif kept and key == keys.ENTER:
            self._scan(kept)
            self.scanner.end(self.register.now)
            return True
        return False

    def _scan(self, code: str) -> None:
        """A whole code, whatever panel is open: refused at payment; at a prompt it goes back to ringing and rings."""
        if self.under in (State.PAYMENT, State.TERMINAL):
            self.message = say("scan-at-payment", Tone.BAD)
            return
        self.panel = None
        self.begin_if_paid()
        self._attempt(lambda: self.ring_code(code))
