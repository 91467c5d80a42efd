"""Ignores keys that came before the screen could be read, and tells the cashier."""

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
"""States in which one key settles something that has to be read first."""

BY_HEART = frozenset({State.SERVING, State.CHOICE})
"""Prompts with the same words and places in every order, which cashiers answer by heart.

Here only a held key is refused: if one key were ignored, the next digit would answer the wrong prompt.
"""

PUTS_RIGHT = frozenset({keys.BACKSPACE, "ctrl+z"})
"""Taking the last answer back is about what was on the screen before, and never too early."""

LEADS_ON = frozenset({*"+-<>,/.!?xu", *keys.ARROWS, keys.PAGE_UP, keys.PAGE_DOWN, keys.TAB, keys.ESCAPE})
"""Keys that change or leave the question. If one of them was ignored, the next answer was meant for something else:
another count, offer or line, or no question at all."""

TOO_SOON = {
    State.TERMINAL: "too-soon-terminal",
    State.REFUND_WAITING: "too-soon-terminal",
    State.PAID: "too-soon-paid",
    State.PAYMENT: "too-soon-total",
}
"""Special messages about ignored keys, by state."""

LONGEST_LAG = timedelta(seconds=10)


class Hurry:
    """Decides which keys came too early.

    After an ignored key, further keys are ignored until the register's `patience` has passed without a key: a cashier
    who types an order by heart is a question ahead of the screen. For the rest of that order digits answer no question:
    one meant as an amount or a quantity would say yes in a flavour. If a key in `LEADS_ON` was ignored, or a key
    without a meaning followed, the first answer is ignored, too: it was meant for something else.
    """

    def __init__(self, counter: CounterState) -> None:
        self._counter = counter
        self._began = counter.register.now
        self._swallowed: datetime | None = None
        """When the last key was ignored."""
        self._hasty: set[str] = set()
        """The orders in which a key was ignored."""
        self._swallowed_in: tuple[str, State] | None = None
        """The order and the state of the last ignored key."""
        self._misled: tuple[str, State] | None = None
        """The order and the state in which the cashier is ahead of the screen, until an answer is ignored as well."""

    def refusal(self, press: Press) -> Say | None:
        """The message for a key that came too early, or a digit that no longer answers; None for a key that counts."""
        counter = self._counter
        fresh = counter.register.peek().prompt  # read anew: the price may have changed since it was painted
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
        """Record an ignored key. Returns the message about it."""
        counter = self._counter
        self._swallowed, self._swallowed_in = at, (counter.view.order.id, counter.state)
        if counter.state is not State.PAID:
            self._hasty.add(counter.view.order.id)
        return say(TOO_SOON.get(counter.state, "too-soon"), Tone.BAD)

    def note_wrong_key(self) -> None:
        """Record that a key had no meaning: after an ignored one, the cashier is ahead of the screen."""
        here = (self._counter.view.order.id, self._counter.state)
        if here == self._swallowed_in:
            self._misled = here

    def _is_misled(self, key: str) -> bool:
        """Whether a key would answer what an ignored key was meant to change or leave."""
        counter = self._counter
        if self._misled != (counter.view.order.id, counter.state) or counter.state is State.PAID:
            return False  # on the paid screen a tile begins the next order
        return not self._leads_on(key) and key not in PUTS_RIGHT

    def _leads_on(self, key: str) -> bool:
        """Whether a key changes or leaves the prompt; at the terminal all of its keys answer."""
        return key.lower() in LEADS_ON and self._counter.state not in (State.TERMINAL, State.REFUND_WAITING)

    def _comes_too_soon(self, press: Press) -> bool:
        state = self._counter.state
        if state in BY_HEART:
            return press.repeated
        if state is State.PAYMENT:  # the cashier meant the total before it changed
            return press.key not in PUTS_RIGHT and self._is_unread(self._counter.new_total_at, press.at)
        if state not in ANSWERS:
            return False
        if press.fast or _is_run(press):
            return True
        return press.key not in PUTS_RIGHT and self._is_unread(self._appeared(state), press.at)

    def _appeared(self, state: State) -> datetime | None:
        """When the thing that a key would answer appeared; None if the cashier's own key opened it."""
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

        If the clock was set in between, so that the time is unknown, no key is refused.
        """
        register = self._counter.register
        passed = None if since is None else register.timeline.elapsed(since)
        if passed is None:
            return False
        lag = min(max(register.now - at, timedelta(0)), LONGEST_LAG)
        return passed - lag < register.setup.patience


def _is_run(press: Press) -> bool:
    """Whether another key came so close behind that both are doubtful: a digit with any key, a letter with another
    letter."""
    return press.then is not None and (press.key in keys.DIGITS or press.then != press.key)
