"""The panels of people: who is at the till, and whose PIN or badge approves an act."""

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
    """Takes a PIN of four digits, which is not shown, or a badge. The last digit submits it. Other keys are rows of the
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
        """Take a badge, or a PIN pasted as a whole. Raises `Refused` for any other code."""
        self.typed = ""
        if is_badge(code):
            self.show_key(counter, KeyKind.BADGE, code)
        elif len(code) == self.longest and code.isascii() and code.isdigit():
            self.show_key(counter, KeyKind.PIN, code)
        else:
            raise Refused("scan-in-pin")
        return True

    def take(self, counter: CounterState) -> None:
        """Submit the PIN. A wrong one is typed anew."""
        typed, self.typed = self.typed, ""
        self.show_key(counter, KeyKind.PIN, typed)

    def show_key(self, counter: CounterState, kind: KeyKind, code: str) -> None:
        """Use a PIN or badge for what the panel asks."""
        raise NotImplementedError


class SignInPanel(PinPanel):
    """Asks who is at the till. While nobody is signed in it covers everything, and the order stays under it."""

    state = State.SIGN_IN
    title = say("title-sign-in")

    def entries(self, counter: CounterState) -> list[Entry]:
        """Sign out, and close the till."""
        leaving = [Entry("o", say("sign-out"), sign_out)] if counter.view.person is not None else []
        return [*leaving, Entry("l", say("more-language"), _switch_language), Entry("q", say("more-quit"), _quit)]

    def show_key(self, counter: CounterState, kind: KeyKind, code: str) -> None:
        sign_in(counter, kind, code)

    def can_close(self, counter: CounterState) -> bool:
        """Only while somebody is signed in."""
        return not counter.is_nobody_there

    def close(self, counter: CounterState) -> None:
        """Close the panel, unless nobody is signed in."""
        if not self.can_close(counter):
            raise Refused("sign-in-first")
        super().close(counter)


class ApprovePanel(PinPanel):
    """Asks for the PIN or badge of somebody who holds a right, and then repeats what needed it."""

    state = State.APPROVE

    def __init__(self, right: Right, again: Callable[[], None], under: Panel | None) -> None:
        """`under` is the panel in which the key was pressed; it is open again afterwards."""
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
        """Close the panel. What was typed under it stays."""
        counter.panel = self._under


def recognised(counter: CounterState, code: str) -> bool:
    """Sign in the person whose badge a text is, wherever it was read; False for any other text."""
    people = counter.register.store.people
    if not counter.view.has_people or not is_badge(code):
        return False
    digest = people.digest(KeyKind.BADGE, code)
    if people.known_by(digest) is None:
        return False
    _sign_in(counter, KeyKind.BADGE, digest)
    return True


def sign_in(counter: CounterState, kind: KeyKind, code: str) -> None:
    """Sign in the person with a PIN or badge. Raises `Refused`."""
    _sign_in(counter, kind, counter.register.store.people.digest(kind, code))


def _sign_in(counter: CounterState, kind: KeyKind, digest: bytes) -> None:
    found = counter.do(people.sign_in, digest, kind)
    counter.panel = None
    if found is not None:
        counter.message = say("signed-in", Tone.GOOD, name=found.name)
        lacks = what_shift_lacks(counter.view)
        if lacks is not None:
            counter.message = say_error(lacks)


def open_sign_in(counter: CounterState) -> None:
    """Open the panel to switch persons. Raises `Refused` in a shop without people."""
    if not counter.view.has_people:
        raise Refused("nobody-entered")
    counter.panel = SignInPanel()


def sign_out(counter: CounterState, *, was_idle: bool = False) -> None:
    counter.do(people.sign_out, was_idle=was_idle)
    counter.panel = SignInPanel()
    counter.message = say("signed-out-idle" if was_idle else "signed-out")


def lock_if_idle(counter: CounterState, last_key_at: datetime) -> None:
    """Sign out whoever has not touched the till for the shop's number of minutes; not while a terminal is asked."""
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
