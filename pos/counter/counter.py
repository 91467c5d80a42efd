"""The counter: passes each key, tap and scan to the open panel or to a command."""

from __future__ import annotations

from collections import Counter as Counted
from collections.abc import Callable, Sequence
from datetime import date, datetime

from pos.counter import keys
from pos.counter.codes import codes_in, ring_scanned
from pos.counter.commands import COMMANDS, Command
from pos.counter.counter_state import CounterState, TextPanel
from pos.counter.hurry import Hurry
from pos.counter.panels.more import CouponPanel
from pos.counter.panels.people import ApprovePanel, PinPanel, SignInPanel, lock_if_idle, recognised
from pos.counter.scanner import LONGEST_CODE, Code, Heard, KeyTiming, Press, Scanner
from pos.counter.states import Say, State, Tone, say, say_error
from pos.domain.errors import PosError
from pos.domain.menu.scanning import ScannerMode
from pos.domain.order.order import Order
from pos.domain.people import NeedsRight
from pos.domain.selling.selling import age_limits
from pos.register import FileTurnedBack, Jump, NewPrices, OrderTaken, Register, TooSoon, shelf
from pos.register.needs import what_shift_lacks

MOST_CODES = 300
"""A paste with more codes than this is no scan."""

UNREADABLE = "\N{REPLACEMENT CHARACTER}"
"""Replaces a byte that is not UTF-8."""

TYPING = (State.RINGING, State.PAID, State.PAYMENT)
"""The states in which digits are typed, where the same digit twice in a row counts twice."""


class Counter(CounterState):
    """One cashier's counter. `press` takes every key, `tap` taps and clicks, `scan` codes that come in as a whole.
    Refusals and errors become `message`; nothing raises."""

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
        self._hurry = Hurry(self)
        self._watched: Order | None = None
        self._ages: Counted[int] = Counted()
        self._told_of_shift: tuple[date, str] | None = None
        """The business day of the last message about what the shift lacks, and what it was."""
        self._last_key_at = register.now
        register.catch_up()
        self.tell_news()
        self.keep_somebody_there()
        self.note_shown()

    def commands(self) -> list[Command]:
        """The commands that are possible now, in the order of the footer."""
        return [command for command in self.commands_of(self.state) if command.fits(self)]

    def commands_of(self, state: State) -> list[Command]:
        """Every command of a state, for its help."""
        return [command for command in self._commands if state in command.states and command.has_use(self)]

    # keys and taps

    def press(self, key: str, at: datetime | None = None, *, mute: bool = False) -> bool:
        """Handle a key that arrived at a time, by default now. Returns whether anything was done or said.

        A character may have to wait until it is known that it belongs to no code: then it is in `pending` until
        `settle`. A mute one may begin a code, and does nothing else.
        """
        shop = self.view.menu.scanner
        self.scanner.setup = KeyTiming(shop.mode is ScannerMode.KEYS, shop.prefix, timed=not self.deliberate)
        every = self.scanner.hear(key, at or self.register.now, mute=mute)
        for heard in every:
            self._take(heard)
        return bool(every)

    def forget_times(self) -> None:
        """Forget the times of earlier keys, because their clock has been replaced."""
        self.scanner = Scanner(self.scanner.setup)
        self._hurry = Hurry(self)

    def tap(self, key: str) -> None:
        """Press a key by its button. A tap is no scan, so nothing waits."""
        self.settle()
        self._take(Press(key, self.register.now))

    @property
    def pending(self) -> str | None:
        """The characters that may still become a code or keys; None if there are none."""
        return self.scanner.pending

    @property
    def due(self) -> datetime | None:
        """When to call `settle`; None if nothing is pending."""
        return self.scanner.due

    def settle(self) -> None:
        """No other key has come: treat what is pending as a code without an ending, or as keys."""
        for heard in self.scanner.let_go():
            self._take(heard)

    def _take(self, heard: Heard) -> None:
        if isinstance(heard, Code):
            self._scan(heard)
        else:
            self._press(heard)
        self._last_key_at = self.register.now
        self.register.catch_up()
        self.keep_one_chosen()
        self.tell_news()
        self._call_shift_to_mind()
        self.keep_somebody_there()
        self.note_shown()

    def _press(self, press: Press) -> None:
        """Do what a key means, unless it came before the screen could be read, or repeats because it is held down."""
        self.message = self._hurry.refusal(press)
        if self.message is not None:
            return
        if not press.repeated:
            self._held_in = self.state
        key = press.key if isinstance(self.panel, TextPanel) else press.key.lower()
        if UNREADABLE in key:
            self.message = say("unreadable-key", Tone.BAD)
        elif press.repeated and not self._may_repeat(key):
            self.message = say("key-held", Tone.BAD, key=key[:12])
        else:
            self._attempt(lambda: self._dispatch(key))

    def _may_repeat(self, key: str) -> bool:
        """Whether a key that is held down repeats: in a text, as a typed digit, and while ringing if it was pressed
        there. Backspace repeats only through typed text, because taking back cannot be undone."""
        if isinstance(self.panel, TextPanel) or (key in keys.DIGITS and self.state in TYPING):
            return True
        if key == keys.BACKSPACE and not self.digits:
            return False
        return self._held_in is State.RINGING and self.state is State.RINGING

    def _dispatch(self, key: str) -> None:
        """Pass a key to the open panel, else to its command."""
        panel = self.panel
        if key == keys.ENTER and isinstance(panel, TextPanel) and not panel.is_secret and recognised(self, panel.typed):
            return  # a badge that came as keys
        if panel is not None and panel.press(self, key):
            return
        known = (entry for entry in self._commands if key in entry.keys and self.state in entry.states)
        command = next((entry for entry in known if entry.has_use(self) and entry.fits(self)), None)
        if command is None:
            self.message = say(self.wrong_key, Tone.BAD, key=key[:12])
            self._hurry.note_wrong_key()
        else:
            command.run(self, key)

    @property
    def wrong_key(self) -> str:
        """The message id for a key that does nothing here."""
        if self.panel is None:
            return "wrong-key"
        return "wrong-key-in-panel" if self.panel.can_close(self) else "wrong-key-alone"

    def _attempt(self, act: Callable[[], None]) -> None:
        """Run an act, and show its refusal.

        An answer to something that has only just appeared does not count. An act that needs approval is repeated after
        it was approved.
        """
        before = (self.panel, self.digits, self.laid, self.times, self.shared)
        try:
            act()
        except TooSoon:
            self.message = self._hurry.swallow(self.register.now)
        except NeedsRight as needs:
            self.panel, self.digits, self.laid, self.times, self.shared = before
            self.panel = ApprovePanel(needs.right, act, self.panel)
        except PosError as error:
            self.message = say_error(error)
        self._watch_ages()

    # who is there

    def say_what_hangs(self) -> None:
        """Report unfinished refunds, when the till opens."""
        hanging = shelf.hanging_refunds(self.register)
        if hanging:
            number, amount = hanging[0].of.name, hanging[0].total
            self.message = say("refunds-wait", Tone.BAD, count=len(hanging), number=number, amount=amount)

    def say_whether_anybody_signs_in(self) -> None:
        """Say that the till opens without a PIN because the shop has no people. Any other message goes first."""
        if self.message is None and not self.view.has_people:
            self.message = say("nobody-entered")

    def say_what_the_shift_lacks(self) -> None:
        """Report a missing float or yesterday's missing Z, before a customer waits."""
        lacks = what_shift_lacks(self.view)
        if lacks is not None:
            self.message = say_error(lacks)
            self._told_of_shift = (self.view.day, lacks.message_id)

    def _call_shift_to_mind(self) -> None:
        """Report it once a day while an order is rung, unless it was reported; any other message goes first."""
        view, lacks = self.view, what_shift_lacks(self.view)
        if lacks is None:
            return
        told = (view.day, lacks.message_id)
        if self.message is None:
            if told != self._told_of_shift and view.order.lines and self.state is State.RINGING:
                self.say_what_the_shift_lacks()
        elif self.message.message_id == lacks.message_id:
            self._told_of_shift = told

    def keep_somebody_there(self) -> None:
        """Ask who is at the till, while nobody is signed in."""
        if self.is_nobody_there and not isinstance(self.panel, PinPanel):
            self.panel = SignInPanel()

    def look_after_idle(self) -> None:
        """Sign out a person who has not touched the till for the shop's number of minutes."""
        self._attempt(lambda: lock_if_idle(self, self._last_key_at))

    # what happens around the order

    def tell_news(self) -> None:
        """Report what happened outside the order: another till recalled it, a new menu changed its price, the clock was
        set."""
        for news in self.register.take_news():
            match news:
                case OrderTaken():
                    self.panel = None
                    self.start_over()
                    self.message = say("order-taken", Tone.BAD, name=news.name, till=news.till)
                case NewPrices():
                    self.message = _new_prices(news)
                    self.new_total_at = self.register.now
                case Jump():
                    self.message = _jumped(news)
                case FileTurnedBack():
                    self.message = say("database-was-wal", Tone.BAD)

    def _watch_ages(self) -> None:
        """Remind of an age limit when the order has more items with it than before, by any route."""
        order = self.view.order
        if order is self._watched:
            return
        ages = age_limits(order, self.view.menu, self.view.country.age_limit)
        before = self._ages if self._watched is not None and self._watched.id == order.id else Counted()
        grown = [age for age, count in ages.items() if count > before[age]]
        self._watched, self._ages = order, ages
        if grown:
            self.message = say("check-age", Tone.BAD, age=max(grown))

    # scans

    def scan(self, text: str) -> None:
        """Handle a scan or paste: each line is a code, or several numbers."""
        self.settle()
        self.message = None
        whole = isinstance(self.panel, CouponPanel)
        codes = [" ".join(text.split())] if whole else codes_in(text, self.view.menu.scanner.prefix)
        if not any(codes) or len(codes) > MOST_CODES or any(len(code) > LONGEST_CODE for code in codes):
            self.message = say("not-a-code", Tone.BAD)
            return
        for place, code in enumerate(codes):
            self._take(Code(code, follows=place > 0))

    def _scan(self, code: Code) -> None:
        """Handle a code: refused at payment, taken by a panel that wants it; otherwise go back to ringing and ring it.
        The message about the code before stays, unless this one has a worse one."""
        refused = self.message if code.follows and self.message is not None and self.message.tone is Tone.BAD else None
        self.message = None
        if isinstance(self.panel, PinPanel):
            self._attempt(lambda: ring_scanned(self, code.text))
        elif self.under in (State.PAYMENT, State.TERMINAL):
            self.forget_typed()
            self.message = say("scan-at-payment", Tone.BAD)
        elif len(code.text) > LONGEST_CODE or UNREADABLE in code.text:
            self.message = say("not-a-code" if UNREADABLE not in code.text else "unreadable-key", Tone.BAD)
        else:
            self._attempt(lambda: ring_scanned(self, code.text))
        if refused is not None and (self.message is None or self.message.tone is not Tone.BAD):
            self.message = refused


def _jumped(jump: Jump) -> Say:
    """The message that the clock shows an impossible time, or was set."""
    now = jump.now
    if jump.before is None:
        return say("clock-impossible", Tone.BAD, day=now.date(), at=now)
    was = {"was_day": jump.before.date(), "was": jump.before}
    return say("clock-jumped", Tone.BAD, day=now.date(), at=now, **was)


def _new_prices(prices: NewPrices) -> Say:
    """The message about what a new menu changed, with amounts."""
    amounts: dict[str, object] = {"total": prices.now, "total_before": prices.before}
    if len(prices.changed) == 1:
        (one,) = prices.changed
        return say("new-price", Tone.BAD, name=one.name, now=one.now, before=one.before, **amounts)
    if prices.changed:
        return say("new-prices", Tone.BAD, count=len(prices.changed), **amounts)
    return say("new-total", Tone.BAD, **amounts)
