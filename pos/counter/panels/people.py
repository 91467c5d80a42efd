"""The panels of people: who is at the till, and whose PIN or badge goes with what not everybody may do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from pos.counter import keys
from pos.counter.counter_state import CounterState, Entry, Panel, TextPanel
from pos.counter.states import State, Tone, say, say_error
from pos.domain.errors import Refused
from pos.domain.people import PIN_LENGTH, Right, is_badge
from pos.register.needs import what_shift_lacks
from pos.register.verbs import people
from pos.store import KeyKind


class PinPanel(TextPanel):
    """Takes a PIN of four digits, which is not shown, or a badge; the last digit submits it. Other keys are rows of the
    panel."""

    longest = PIN_LENGTH
    is_secret = True
    hint = "hint-pin"

    def press(self, counter: CounterState, key: str) -> bool:
        """A digit belongs to the PIN; other keys are rows of the panel."""
        if key in keys.DIGITS:
            self._type(key)
            if len(self.typed) == self.longest:
                self.take(counter)
        elif key == keys.BACKSPACE:
            self.typed = self.typed[:-1]
        elif key == keys.ENTER:
            raise Refused("pin-too-short", count=self.longest)
        elif key == keys.ESCAPE:
            self.close(counter)
        else:
            entry = next((entry for entry in self.entries(counter) if entry.key == key.lower()), None)
            if entry is None:
                return False
            entry.run(counter)
        return True

    def scan(self, counter: CounterState, code: str) -> bool:
        """A badge, or a PIN that came in at once. Raises `Refused` for any other code."""
        self.typed = ""
        if is_badge(code):
            self.show_key(counter, KeyKind.BADGE, code)
        elif len(code) == self.longest and code.isascii() and code.isdigit():
            self.show_key(counter, KeyKind.PIN, code)
        else:
            raise Refused("scan-in-pin")
        return True

    def take(self, counter: CounterState) -> None:
        """Show the PIN; a wrong one is typed anew."""
        typed, self.typed = self.typed, ""
        self.show_key(counter, KeyKind.PIN, typed)

    def show_key(self, counter: CounterState, kind: KeyKind, code: str) -> None:
        """What a PIN or badge is for."""
        raise NotImplementedError


class SignInPanel(PinPanel):
    """Asks who is at the till. While nobody is signed in it covers everything, and the order waits under it."""

    state = State.SIGN_IN
    title = say("title-sign-in")

    def entries(self, counter: CounterState) -> list[Entry]:
        """The rows to sign out, and to close the till."""
        leaving = [Entry("o", say("sign-out"), sign_out)] if counter.view.person is not None else []
        return [*leaving, Entry("l", say("more-language"), _switch_language), Entry("q", say("more-quit"), _quit)]

    def show_key(self, counter: CounterState, kind: KeyKind, code: str) -> None:
        sign_in(counter, kind, code)

    def close(self, counter: CounterState) -> None:
        """Close the panel; while nobody is signed in it stays open."""
        if counter.is_nobody_there:
            raise Refused("sign-in-first")
        super().close(counter)


class ApprovePanel(PinPanel):
    """The PIN or badge of somebody who holds a right, and then what needed it is done again."""

    state = State.APPROVE

    def __init__(self, right: Right, again: Callable[[], None], under: Panel | None) -> None:
        """`under` is the panel that the key was pressed in, and goes on with."""
        super().__init__()
        self.right = right
        self.title = say(f"title-approve-{right.replace('_', '-')}")
        self._again = again
        self._under = under

    def show_key(self, counter: CounterState, kind: KeyKind, code: str) -> None:
        digest = counter.register.store.people.digest(kind, code)
        approver = counter.do(people.approve, digest, self.right, kind)
        counter.panel = self._under
        counter.approver = approver
        try:
            self._again()
        finally:
            counter.approver = None

    def close(self, counter: CounterState) -> None:
        """Leave it: what was typed under it still stands."""
        counter.panel = self._under


def sign_in(counter: CounterState, kind: KeyKind, code: str) -> None:
    """Sign in the person with a PIN or badge. Raises `Refused`."""
    digest = counter.register.store.people.digest(kind, code)
    found = counter.do(people.sign_in, digest, kind)
    counter.panel = None
    if found is not None:
        counter.message = say("signed-in", Tone.GOOD, name=found.name)
        lacks = what_shift_lacks(counter.view)
        if lacks is not None:
            counter.message = say_error(lacks)


def open_sign_in(counter: CounterState) -> None:
    """Open the panel to switch persons. Raises `Refused` in a shop that has entered nobody."""
    if not counter.view.has_people:
        raise Refused("nobody-entered")
    counter.panel = SignInPanel()


def sign_out(counter: CounterState, *, was_idle: bool = False) -> None:
    """Sign out."""
    counter.do(people.sign_out, was_idle=was_idle)
    counter.panel = SignInPanel()
    counter.message = say("signed-out-idle" if was_idle else "signed-out")


def lock_if_idle(counter: CounterState, last_key_at: datetime) -> None:
    """Sign out whoever has not touched the till for as many minutes as the shop has set; not while a terminal is
    asked."""
    view = counter.view
    if not view.menu.lock_after or view.person is None or counter.under is State.TERMINAL:
        return
    if not counter.register.timeline.is_within(timedelta(minutes=view.menu.lock_after), last_key_at):
        sign_out(counter, was_idle=True)


def _switch_language(counter: CounterState) -> None:
    counter.language = "en" if counter.language == "nb" else "nb"
    counter.register.language = counter.language


def _quit(counter: CounterState) -> None:
    counter.closing = True
