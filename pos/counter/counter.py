"""The counter: a register, and what the cashier has in hand between two verbs: digits, a chosen line, an open panel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from pos.counter import keys
from pos.counter.commands import COMMANDS, Command
from pos.counter.panels import Panel, TextPanel
from pos.counter.states import Say, State, Tone, say
from pos.domain.errors import PosError
from pos.domain.items import MenuItem
from pos.domain.menu import TILE_LETTERS
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
from pos.register import PATIENCE, Register, TooSoon

SCAN_GAP = timedelta(milliseconds=50)
"""Keys closer together than this come from a scanner or a key held down, not from two presses."""

LONGEST_DIGITS = 14

_STATES: dict[type[object], State] = {
    SlotPrompt: State.CHOICE,
    ModifierPrompt: State.CHOICE,
    ServingPrompt: State.SERVING,
    QuestionPrompt: State.QUESTION,
    PaymentPrompt: State.PAYMENT,
    TerminalPrompt: State.TERMINAL,
}


class Counter:
    """One cashier's counter. `press` is the one way in for every key, tap, scan and line of text.

    With `deliberate` keys count however fast they come: a line of text was meant, and no timer applies.
    """

    def __init__(self, register: Register, *, language: str = "nb", deliberate: bool = False) -> None:
        self.register = register
        self.language = language
        self.deliberate = deliberate
        self.digits = ""
        self.times: int | None = None
        self.category = 0
        self.page = 0
        self.chosen: int | None = self._last_line()
        self.panel: Panel | None = None
        self.message: Say | None = None
        self.paid: Sale | None = None
        self.change: Sale | None = None
        self.dark = True
        self.closing = False
        self._paid_at: datetime | None = None
        self._last_key = ""
        self._last_at: datetime | None = None
        self._scanned = False
        self._scan_ended: datetime | None = None
        self.pending: str | None = None

    # what is there

    @property
    def state(self) -> State:
        """What a key means now."""
        if self.panel is not None:
            return self.panel.state
        if self.paid is not None:
            return State.PAID
        return _STATES.get(type(self.prompt), State.RINGING)

    @property
    def prompt(self) -> Prompt:
        """What the till asks."""
        return self.register.prompt()

    @property
    def line(self) -> LineItem | None:
        """The chosen line, if it is still there."""
        return self.register.order.line(self.chosen) if self.chosen is not None else None

    def categories(self) -> list[str]:
        """The ids of the categories that have tiles; the first is the home page."""
        return [category for category in self.register.menu.categories if self.register.menu.tiles(category)]

    def tiles(self) -> tuple[tuple[str, MenuItem], ...]:
        """The tiles of the page: a letter and its item. A letter stays its item's."""
        every = self.register.menu.tiles(self.categories()[self.category])
        page = every[self.page * len(TILE_LETTERS) : (self.page + 1) * len(TILE_LETTERS)]
        return tuple(zip(TILE_LETTERS, page, strict=False))

    def pages(self) -> int:
        """How many pages of tiles the category has."""
        return -(-len(self.register.menu.tiles(self.categories()[self.category])) // len(TILE_LETTERS))

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
        gap = now - self._last_at if self._last_at is not None else None
        fast = not self.deliberate and gap is not None and gap < SCAN_GAP
        repeated = fast and key == self._last_key and key not in keys.DIGITS
        self._last_key, self._last_at = key, now
        if self._belongs_to_scan(key, now) or self._is_unread(now):
            return
        self.message = None
        types_text = isinstance(self.panel, TextPanel)
        self._take(key if types_text or len(key) > 1 else key.lower(), fast, repeated and not types_text)
        self._keep_in_range()

    def settle(self) -> None:
        """Let a digit that waited for a scan's next one count as an answer."""
        if self.pending is not None:
            key, self.pending = self.pending, None
            self._attempt(lambda: self._dispatch(key))
            self._keep_in_range()

    def scan(self, text: str) -> None:
        """Take what a scanner or the clipboard put in at once: every run of digits is a code."""
        codes = [code for code in "".join(c if c in keys.DIGITS else " " for c in text).split() if code]
        if not codes or any(len(code) > LONGEST_DIGITS for code in codes) or len(codes) > MOST_CODES:
            self.message = say("not-a-code", Tone.BAD)
            return
        for code in codes:
            self._scan(code)

    def run(self, command: Command, key: str | None = None) -> None:
        """Run a command from a button, as its key would."""
        self.press(key or command.keys[0])

    def _take(self, key: str, fast: bool, repeated: bool) -> None:
        if self.pending is not None:
            held, self.pending = self.pending, None
            if fast and key in keys.DIGITS:
                self.digits, self._scanned = held + key, True
                return
            self._attempt(lambda: self._dispatch(held))
        if self._collects(key, fast) or (repeated and self.state is not State.RINGING):
            return
        self._attempt(lambda: self._dispatch(key))

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

    def _collects(self, key: str, fast: bool) -> bool:
        """Whether a digit or an Enter is part of a scan, where digits would mean something else."""
        state = self.state
        if self._scanned and key in keys.DIGITS and fast:
            self.digits += key
            return True
        if self._scanned and key == keys.ENTER:
            code, self.digits, self._scanned = self.digits, "", False
            self._scan(code)
            self._scan_ended = self.register.now
            return True
        if self._scanned:
            self.digits, self._scanned = "", False
        answers = state in (State.QUESTION, State.CHOICE, State.SERVING, State.GONE, State.NOT_NOW)
        if key in keys.DIGITS and answers and not self.deliberate:
            self.pending = key
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
        quantity, self.times = self.times or 1, None
        self._attempt(lambda: self.choose_line(self.register.ring_code(code, quantity, onto=self.chosen)))

    def _belongs_to_scan(self, key: str, now: datetime) -> bool:
        """Whether an Enter is the second one of a scanner that ends its codes with two."""
        ended, self._scan_ended = self._scan_ended, None
        return key == keys.ENTER and ended is not None and now - ended < SCAN_GAP

    def _is_unread(self, now: datetime) -> bool:
        """Whether a key came before anybody could have seen that the order is paid."""
        if self.paid is None or self._paid_at is None or self.deliberate or self.panel is not None:
            return False
        return now - self._paid_at < PATIENCE

    # what commands use

    def take_digits(self) -> int | None:
        """The number typed, taken; None when nothing was."""
        typed, self.digits = self.digits, ""
        return int(typed) if typed else None

    def end_scan(self) -> None:
        """Digits that ended with Enter: one more Enter right after belongs to them."""
        self._scan_ended = self.register.now

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
        self.category = self.page = 0

    def _last_line(self) -> int | None:
        lines = self.register.order.lines
        return lines[-1].id if lines else None

    def _keep_in_range(self) -> None:
        if self.chosen is None or self.register.order.line(self.chosen) is None:
            self.chosen = self._last_line()


MOST_CODES = 300
"""More codes than that in one paste are no scan."""
