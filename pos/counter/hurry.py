"""Keys that came before the screen could be read: they answer nothing, and the cashier is told."""

from __future__ import annotations

from datetime import datetime, timedelta

from pos.counter import keys
from pos.counter.counter_state import CounterState
from pos.counter.panels.refunding import RefundWaitingPanel
from pos.counter.scanner import Press
from pos.counter.states import Say, State, Tone, say
from pos.domain.prompts import QuestionPrompt, TerminalPrompt

ANSWERS = frozenset(
    {
        *(State.STOP, State.QUESTION, State.TERMINAL, State.PAID, State.NOT_NOW, State.GONE, State.GIVE_BACK),
        State.REFUND_WAITING,
    }
)
"""Where one key settles something that has to be read first."""

BY_HEART = frozenset({State.SERVING, State.CHOICE})
"""The prompts that every order has in the same words and places, so that they are answered by heart.

Only a key held down is refused there: if one key were swallowed, the next digit would answer the wrong prompt.
"""

PUTS_RIGHT = frozenset({keys.BACKSPACE, "ctrl+z"})
"""What takes the last answer back is about what was on the screen before, and is never too soon."""

LEADS_ON = frozenset({*"+-<>,/.!?xu", *keys.ARROWS, keys.PAGE_UP, keys.PAGE_DOWN, keys.TAB, keys.ESCAPE})
"""The keys that change the question or leave it. If one of them was swallowed, the answer after it was meant for
something else: for two of five, for another offer or line, or for no question at all."""

TOO_SOON = {
    State.TERMINAL: "too-soon-terminal",
    State.REFUND_WAITING: "too-soon-terminal",
    State.PAID: "too-soon-paid",
    State.PAYMENT: "too-soon-total",
}
"""What is said of a swallowed key, where it is something of its own."""

LONGEST_LAG = timedelta(seconds=10)


class Hurry:
    """Which keys came too soon, and what follows from it.

    After a swallowed key everything is swallowed until the register's `patience` has passed without a key: a cashier
    who types an order by heart is a question ahead of the screen. For the rest of that order digits answer no question:
    the one that was meant as an amount or a quantity would say yes in a flavour. Where a key that `LEADS_ON` was
    swallowed, or one that means nothing there followed, the first answer is swallowed too: it was not meant for what
    stands there.
    """

    def __init__(self, counter: CounterState) -> None:
        self._counter = counter
        self._began = counter.register.now
        self._swallowed: datetime | None = None
        """When the last key was swallowed."""
        self._hasty: set[str] = set()
        """The orders in which a key was swallowed."""
        self._swallowed_in: tuple[str, State] | None = None
        """The order and the state in which the last key was swallowed."""
        self._misled: tuple[str, State] | None = None
        """The order and the state in which somebody is ahead of the screen, until an answer was swallowed too."""

    def refusal(self, press: Press) -> Say | None:
        """The message for a key that came too soon, or a digit that no longer answers; None for a key that counts."""
        counter = self._counter
        fresh = counter.register.peek().prompt  # an hour may have begun since it was painted
        changed = counter.panel is None and counter.note_cost(fresh) and press.key not in PUTS_RIGHT
        if counter.deliberate:
            return say("changed-meanwhile", Tone.BAD) if changed else None
        if self._is_unread(self._swallowed, press.at) or self._comes_too_soon(press):
            if self._leads_on(press.key):
                self._misled = (counter.view.order.id, counter.state)
            return self.swallow(press.at)
        if self._is_misled(press.key):
            self._misled = None
            self.swallow(press.at)
            return say("read-again", Tone.BAD)
        if counter.state is State.QUESTION and press.key in keys.DIGITS and counter.view.order.id in self._hasty:
            return say("digits-off", Tone.BAD)
        return None

    def swallow(self, at: datetime) -> Say:
        """Record a swallowed key; return the message about it."""
        counter = self._counter
        self._swallowed, self._swallowed_in = at, (counter.view.order.id, counter.state)
        if counter.state is not State.PAID:
            self._hasty.add(counter.view.order.id)
        return say(TOO_SOON.get(counter.state, "too-soon"), Tone.BAD)

    def note_wrong_key(self) -> None:
        """Take note that a key meant nothing: after a swallowed one, its cashier is ahead of the screen."""
        here = (self._counter.view.order.id, self._counter.state)
        if here == self._swallowed_in:
            self._misled = here

    def _is_misled(self, key: str) -> bool:
        """Whether a key would answer what a swallowed key was to change or to leave."""
        counter = self._counter
        if self._misled != (counter.view.order.id, counter.state) or counter.state is State.PAID:
            return False  # on the paid screen a tile answers nothing: it begins the next order
        return not self._leads_on(key) and key not in PUTS_RIGHT

    def _leads_on(self, key: str) -> bool:
        """Whether a key changes or leaves what is asked; at the terminal all of its keys answer."""
        return key.lower() in LEADS_ON and self._counter.state not in (State.TERMINAL, State.REFUND_WAITING)

    def _comes_too_soon(self, press: Press) -> bool:
        state = self._counter.state
        if state in BY_HEART:
            return press.repeated
        if state is State.PAYMENT:  # a total that has just become another one was not the one to be paid
            return press.key not in PUTS_RIGHT and self._is_unread(self._counter.new_total_at, press.at)
        if state not in ANSWERS:
            return False
        if press.fast or _is_run(press):
            return True
        return press.key not in PUTS_RIGHT and self._is_unread(self._appeared(state), press.at)

    def _appeared(self, state: State) -> datetime | None:
        """When the thing that a key would answer appeared; None where the cashier's own key opened it."""
        counter, prompt = self._counter, self._counter.prompt
        shown: datetime | None = None
        if state is State.PAID:
            shown = counter.paid_at
        elif state is State.STOP:
            shown = counter.stopped_at
        elif state is State.QUESTION and isinstance(prompt, QuestionPrompt):
            shown = max(prompt.question.presented_at, counter.new_total_at or prompt.question.presented_at)
        elif state is State.TERMINAL and isinstance(prompt, TerminalPrompt):
            shown = prompt.tender.at
        elif isinstance(counter.panel, RefundWaitingPanel):
            shown = counter.panel.opened_at
        return None if shown is None else max(shown, self._began)

    def _is_unread(self, since: datetime | None, at: datetime) -> bool:
        """Whether a key arrived less than `patience` after a time, or before it, while the till was busy.

        Where the clock was set in between, and the time is unknown, no key is refused.
        """
        register = self._counter.register
        passed = None if since is None else register.timeline.elapsed(since)
        if passed is None:
            return False
        lag = min(max(register.now - at, timedelta(0)), LONGEST_LAG)
        return passed - lag < register.setup.patience


def _is_run(press: Press) -> bool:
    """Whether another key came so close behind that both are doubtful: a digit with any, a letter with another one."""
    return press.then is not None and (press.key in keys.DIGITS or press.then != press.key)
