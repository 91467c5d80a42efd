"""The counter: a register, and what the cashier has in hand between two verbs: digits, a chosen line, an open panel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pos.counter import keys, next_visit
from pos.counter.commands import COMMANDS, Command
from pos.counter.pages import Pages
from pos.counter.panels import Panel, TextPanel
from pos.counter.panels_more import Coupon
from pos.counter.printing import AtOnce, Printing
from pos.counter.scanner import Scanner, Stroke
from pos.counter.states import Say, State, Tone, say
from pos.domain.errors import PosError, Refused
from pos.domain.items import MenuItem
from pos.domain.order import LineItem
from pos.domain.prompts import (
    ModifierPrompt,
    PaymentPrompt,
    Prompt,
    QuestionPrompt,
    ServingPrompt,
    SlotPrompt,
    TerminalPrompt,
)
from pos.domain.sale import Sale
from pos.register import PATIENCE, Register, TooSoon, is_within

LARGEST_BARE_QUANTITY = 20
MOST_CODES = 300
"""More codes than that in one paste are no scan."""

_TYPING = (State.RINGING, State.PAID, State.FIND, State.NOTE, State.COUPON, State.PAYMENT, State.TERMINAL)
"""Where a digit is a digit. Everywhere else it chooses, and a scanner's first one waits for the second."""

_STATES: dict[type[object], State] = {
    SlotPrompt: State.CHOICE,
    ModifierPrompt: State.CHOICE,
    ServingPrompt: State.SERVING,
    QuestionPrompt: State.QUESTION,
    PaymentPrompt: State.PAYMENT,
    TerminalPrompt: State.TERMINAL,
}


def state_of(prompt: Prompt) -> State:
    """What a key means while the till asks this, and no panel lies over it."""
    return _STATES.get(type(prompt), State.RINGING)


class Counter(Pages):
    """One cashier's counter. `press` is the one way in for every key, tap, scan and line of text.

    With `deliberate` keys count however fast they come: a line of text was meant, and no timer applies.
    """

    def __init__(self, register: Register, *, language: str = "nb", deliberate: bool = False) -> None:
        super().__init__(register)
        self.language = language
        self.deliberate = deliberate
        self.digits = ""
        self.times: int | None = None
        self.chosen: int | None = self._last_line()
        self.panel: Panel | None = None
        self.message: Say | None = None
        self.paid: Sale | None = None
        self.change: Sale | None = None
        self.dark = True
        self.closing = False
        self._paid_at: datetime | None = None
        self._held_in = State.RINGING
        self._scanner = Scanner(deliberate=deliberate)
        self.printing: Printing = AtOnce()

    # what is there

    @property
    def state(self) -> State:
        """What a key means now."""
        if self.panel is not None:
            return self.panel.state
        if self.paid is not None:
            return State.PAID
        return state_of(self.prompt)

    @property
    def prompt(self) -> Prompt:
        """What the till asks."""
        return self.register.prompt()

    @property
    def line(self) -> LineItem | None:
        """The chosen line, if it is still there."""
        return self.register.order.line(self.chosen) if self.chosen is not None else None

    def commands(self) -> list[Command]:
        """What can be done now, in the order of the footer."""
        state = self.state
        return [command for command in COMMANDS if state in command.states and command.fits(self)]

    def commands_of(self, state: State) -> list[Command]:
        """Every command of a state, for its help."""
        return [command for command in COMMANDS if state in command.states]

    # keys

    def press(self, key: str) -> None:
        """Take a key. What it cannot do is said in `message`; nothing raises."""
        now = self.register.now
        stroke = self._scanner.hear(key, now)
        if stroke.ends_again or self._is_unread(now):
            return
        self.message = None
        if not stroke.repeated:
            self._held_in = self.state
        if self._scanner.goes_on(stroke):
            self.digits = ""
        elif not self._ends_scan(key):
            self._take(stroke)
        self._keep_in_range()

    @property
    def pending(self) -> str | None:
        """A digit that waits for a scan's next one: without it, it is a press."""
        return self._scanner.pending

    @property
    def is_scanning(self) -> bool:
        """Whether the key at hand came faster than anybody presses."""
        return self._scanner.fast

    def settle(self) -> None:
        """Let a digit that waited for a scan's next one count as an answer."""
        if self.pending is not None:
            key = self._scanner.let_go()
            self._attempt(lambda: self._dispatch(key))
            self._keep_in_range()

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
        self._keep_in_range()

    def run(self, command: Command, key: str | None = None) -> None:
        """Run a command from a button, as its key would."""
        self.press(key or command.keys[0])

    def _take(self, stroke: Stroke) -> None:
        """What a person pressed: a digit waits where it would answer, and a key held down counts once."""
        types_text = isinstance(self.panel, TextPanel)
        key = stroke.key if types_text or len(stroke.key) > 1 else stroke.key.lower()
        if key in keys.DIGITS and not self.deliberate and self.state not in _TYPING:
            self._scanner.keep(key)
        elif types_text or not stroke.repeated or self._may_repeat():
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
            self.message = say("wrong-key", Tone.BAD, key=key[:12])
        else:
            command.run(self, key)

    def _attempt(self, act: Callable[[], None]) -> None:
        """Do it; what is refused is said, and an answer that came too soon is no answer."""
        try:
            act()
        except TooSoon:
            return
        except PosError as error:
            self.message = Say(error.message_id, dict(error.values), Tone.BAD)

    # scans

    def _ends_scan(self, key: str) -> bool:
        """Whether this is the Enter of a scan, which rings it; a digit that waited alone was a press."""
        kept = self._scanner.let_go()
        if len(kept) == 1:
            self._attempt(lambda: self._dispatch(kept))
        elif kept and key == keys.ENTER:
            self._scan(kept)
            self.end_scan()
            return True
        return False

    def _scan(self, code: str) -> None:
        """A whole code: at payment it is refused, at a prompt it goes back to ringing and rings."""
        state = self.state
        if state in (State.PAYMENT, State.TERMINAL):
            self.message = say("scan-at-payment", Tone.BAD)
            return
        self.panel = None
        if state is State.PAID:
            self.next_order()
        self._attempt(lambda: self.ring_code(code))

    def _is_unread(self, now: datetime) -> bool:
        """Whether a key came before anybody could have seen that the order is paid."""
        if self.paid is None or self._paid_at is None or self.deliberate or self.panel is not None:
            return False
        return is_within(PATIENCE, self._paid_at, now)

    # what commands use

    def take_digits(self) -> int | None:
        """The number typed, taken; None when nothing was."""
        typed, self.digits = self.digits, ""
        return int(typed) if typed else None

    def quantity_typed(self) -> int:
        """How many were typed before a tile, taken; 1 when nothing was.

        Raises `Refused` for an unlikely number without `*`, so that a forgotten Enter after a code orders no hundred.
        """
        typed, many = self.take_digits(), self.take_times()
        if many is None and typed is not None and typed > LARGEST_BARE_QUANTITY:
            raise Refused("quantity-needs-star", quantity=typed, most=LARGEST_BARE_QUANTITY)
        return many or (1 if typed is None else typed)

    def take_times(self) -> int | None:
        """The quantity that `*` fixed, taken; None when there is none."""
        many, self.times = self.times, None
        return many

    def forget_typed(self) -> None:
        """Let go of digits and quantity: what they were typed for is over."""
        self.digits, self.times = "", None

    def end_scan(self) -> None:
        """A code that ended with Enter: one more Enter right after belongs to it."""
        self._scanner.end(self.register.now)

    def ring(self, item: MenuItem, quantity: int) -> None:
        """Ring an item; a line that it could go into is the chosen one. An age limit is called to mind."""
        waited = self.register.next_visit_line() is None
        self.choose_line(self.register.ring(item.sku, quantity, onto=self.chosen))
        if waited and self.register.next_visit_line() is not None:
            self.message = next_visit.told(self.register)
        if item.age_limit is not None:
            self.message = say("check-age", Tone.BAD, age=item.age_limit)

    def ring_code(self, code: str) -> None:
        """Ring a PLU or a barcode, as often as `*` has fixed; a code from an earlier visit is redeemed."""
        if next_visit.is_brought(self.register, code):
            next_visit.redeem(self, code)
            return
        self.ring(self.register.coded(code), self.take_times() or 1)

    def choose_line(self, line_id: int | None) -> None:
        """Choose a line; what is keyed next concerns it."""
        self.chosen = line_id

    def finish_if_paid(self) -> None:
        """After a tender: if it completed the payment, show so."""
        sale = self.register.last_sale
        if sale is not None:
            self.paid = self.change = sale
            self._paid_at = self.register.now
            self.chosen = None

    def next_order(self) -> None:
        """Leave the paid order; its change stays in sight until the next checkout."""
        self.paid = None
        self.start_over()

    def start_over(self) -> None:
        """Another order: nothing typed, no line chosen, the home page."""
        self.forget_typed()
        self.choose_line(None)
        self.go_home()

    def _last_line(self) -> int | None:
        lines = self.register.order.lines
        return lines[-1].id if lines else None

    def _keep_in_range(self) -> None:
        if self.chosen is None or self.register.order.line(self.chosen) is None:
            self.chosen = self._last_line()
