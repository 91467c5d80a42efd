"""Lines in, lines out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from pos.counter import Counter, State, keys
from pos.counter.panels import TextPanel
from pos.domain.errors import PosError
from pos.plain.speech import after, opening

QUIT = ("quit", "exit", "slutt", "avslutt")

WORDS = {
    "enter": keys.ENTER,
    "esc": keys.ESCAPE,
    "back": keys.ESCAPE,
    "tilbake": keys.ESCAPE,
    "undo": keys.BACKSPACE,
    "angre": keys.BACKSPACE,
    "del": keys.DELETE,
    "slett": keys.DELETE,
    "left": keys.LEFT,
    "venstre": keys.LEFT,
    "right": keys.RIGHT,
    "høyre": keys.RIGHT,
    "up": keys.UP,
    "opp": keys.UP,
    "down": keys.DOWN,
    "ned": keys.DOWN,
    "tab": keys.TAB,
    "space": keys.SPACE,
    "mellomrom": keys.SPACE,
}
"""The keys that have no character, by word, in both languages."""

LONGEST_LINE = 200


def run(counter: Counter, lines: Iterable[str], out: TextIO) -> int:
    """Take lines until they end or one says `quit`; returns the exit code 0."""
    _say(out, opening(counter))
    for line in lines:
        text = line.rstrip("\r\n")
        if text.strip().lower() in QUIT:
            break
        before = counter.register.order
        take(counter, text)
        _say(out, after(counter, before))
        _print_receipts(counter)
        if counter.closing:
            break
    return 0


def take(counter: Counter, text: str) -> None:
    """One line: a word for a key, a code, typed text for an open panel, else a key a character."""
    stripped = text.strip()
    if isinstance(counter.panel, TextPanel) and stripped.lower() not in WORDS:
        _type(counter, stripped)
    elif not stripped:
        counter.press(keys.ENTER)
    elif len(stripped) > LONGEST_LINE:
        counter.scan(stripped)
    elif stripped.lower() in WORDS:
        counter.press(WORDS[stripped.lower()])
    elif stripped.startswith("/") and len(stripped) > 1 and counter.state in (State.RINGING, State.PAID):
        counter.press("/")
        _type(counter, stripped[1:])
    elif stripped.isascii() and stripped.isdigit() and _is_code(counter, stripped):
        counter.scan(stripped)
    else:
        for character in stripped.replace(" ", ""):
            counter.press(character)


def _is_code(counter: Counter, digits: str) -> bool:
    """Digits alone are a code where a code can be rung; a single digit answers what is asked."""
    return counter.state in (State.RINGING, State.PAID) or (counter.panel is None and len(digits) > 1)


def _type(counter: Counter, text: str) -> None:
    """Type into the open panel, then take it."""
    for character in text:
        counter.press(keys.SPACE if character == " " else character)
    counter.press(keys.ENTER)


def _say(out: TextIO, lines: Iterable[str]) -> None:
    for line in lines:
        print(line, file=out)
    out.flush()


def _print_receipts(counter: Counter) -> None:
    """Print what is owed; a printer that fails stops nothing."""
    if counter.paid is not None:
        try:
            counter.register.print_owed()
        except PosError:
            return
