"""The meaning of a line: one or more keys, a code, a search, or text for a panel that asks for text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import TextIO

from pos.counter import Counter, State, TextPanel, Tone, keys, say
from pos.counter.commands.paying import LONGEST_AMOUNT
from pos.counter.panels.lists import ListPanel
from pos.counter.panels.ringing import SHORTEST_BARCODE, FindPanel
from pos.domain.prompts import PaymentPrompt, Prompt, QuestionPrompt, TerminalPrompt
from pos.plain.unseen import unseen

QUIT = ("quit", "exit", "slutt", "avslutt")
ORDER = ("order", "ordre")
TILES = ("items", "varer")

WORDS = {
    "enter": keys.ENTER,
    "esc": keys.ESCAPE,
    "escape": keys.ESCAPE,
    "back": keys.ESCAPE,
    "tilbake": keys.ESCAPE,
    "undo": keys.BACKSPACE,
    "angre": keys.BACKSPACE,
    "backspace": keys.BACKSPACE,
    "del": keys.DELETE,
    "delete": keys.DELETE,
    "slett": keys.DELETE,
    "left": keys.LEFT,
    "venstre": keys.LEFT,
    "right": keys.RIGHT,
    "høyre": keys.RIGHT,
    "up": keys.UP,
    "opp": keys.UP,
    "down": keys.DOWN,
    "ned": keys.DOWN,
    "pgup": keys.PAGE_UP,
    "pgdn": keys.PAGE_DOWN,
    "tab": keys.TAB,
    "space": keys.SPACE,
    "mellomrom": keys.SPACE,
    "help": "?",
    "hjelp": "?",
    "f1": "f1",
    "f9": "f9",
    "f10": "f10",
    "f2": "f2",
    "f12": "f12",
}
"""Keys without a character, by their words in both languages."""

LONGEST_LINE = 200
LETTERS = re.compile(r"[^\W\d_]{2,}")
"""A word of two or more letters is no key. A code of letters alone is refused as an unknown word."""
QUANTITY = re.compile(r"[0-9]{1,3}\*?[^\W\d_]|[0-9]{1,3}\*(?:[0-9]{1,14})?", re.ASCII)
"""`3b`, `30*b`, `30*201`, `30*`."""
NO_NUMBER_HERE = ("unknown-plu", "scan-at-payment")
"""What is said of the number of an item that is not there, or that is not taken."""

AMOUNT = re.compile(rf"[0-9]{{1,{LONGEST_AMOUNT}}}(?:[.,][0-9]*)?[AaKkVv]?", re.ASCII)
"""`200`, `200a`, `199,50k`."""
TIP = re.compile(rf"[0-9]{{1,{LONGEST_AMOUNT}}}(?:[.,][0-9]*)?[Tt]?", re.ASCII)
"""`20`, `20t`: a tip."""


def lines_of(stream: TextIO, is_secret: Callable[[], bool] = lambda: False) -> Iterator[str]:
    """The lines of an input. A line without an end is cut off where it is too long to mean anything. A terminal does
    not show the line while `is_secret`."""
    while line := _next_line(stream, is_secret()):
        rest = line
        while rest and not rest.endswith("\n"):
            rest = stream.readline(LONGEST_LINE)
        yield line


def _next_line(stream: TextIO, is_secret: bool) -> str:
    with unseen(stream) if is_secret else nullcontext():
        return stream.readline(LONGEST_LINE + 2)


def take(counter: Counter, text: str) -> None:
    """Handle one line. Raises only what looking at the order raises; `counter.message` says everything else."""
    stripped = text.strip()
    counter.message = None
    if len(stripped) > LONGEST_LINE:
        counter.message = say("plain-too-long", Tone.BAD, most=LONGEST_LINE)
    elif _is_text(counter, stripped):
        return
    elif stripped.lower() in WORDS:
        counter.press(WORDS[stripped.lower()])
    elif not stripped:
        counter.press(keys.ENTER)
    elif _is_keys(counter, stripped):
        _press_each(counter, "".join(stripped.split()))
    elif LETTERS.fullmatch(stripped):
        counter.message = say("plain-no-word", Tone.BAD, word=stripped[:20])
    else:
        _scan(counter, stripped)


def _scan(counter: Counter, text: str) -> None:
    """Handle a code. Where something else is asked for, a short number that does nothing is a wrong key, no wrong
    code."""
    asks_something_else = counter.panel is not None or counter.state not in (State.RINGING, State.PAID)
    counter.scan(text)
    is_short = text.isdigit() and len(text) < SHORTEST_BARCODE
    message = counter.message
    if asks_something_else and is_short and message is not None and message.message_id in NO_NUMBER_HERE:
        counter.message = say(counter.wrong_key, Tone.BAD, key=text)


def _is_text(counter: Counter, text: str) -> bool:
    """Whether a line was text, for an open panel or for a search that it opens."""
    panel, word = counter.panel, WORDS.get(text.lower())
    if isinstance(panel, TextPanel) and word == keys.DELETE:
        _type(counter, panel, "")
    elif isinstance(panel, TextPanel) and not panel.is_secret and text and word is None:
        _type(counter, panel, text)
    elif text[:1] == "/" and len(text) > 1 and _can_search(counter):
        counter.press("/")
        return isinstance(counter.panel, TextPanel) and _is_text(counter, text[1:].strip())
    else:
        return False
    return True


def _can_search(counter: Counter) -> bool:
    """Whether `/` opens a search: of the menu while ringing, of a list, of a slot's choices."""
    return counter.state in (State.RINGING, State.PAID, State.CHOICE) or isinstance(counter.panel, ListPanel)


def _is_keys(counter: Counter, text: str) -> bool:
    """Whether a line is keys: one, several with blanks between, or a number with the key that takes it. Everything else
    is a code, even if it looks like keys: `A12345678` pays nothing."""
    pieces = text.split()
    if all(piece.isdigit() for piece in pieces) and any(len(piece) > 1 for piece in pieces):
        return len(pieces) == 1 and _is_amount(counter, text)
    return all(len(piece) == 1 or _is_number_and_key(counter, piece) for piece in pieces)


def _is_number_and_key(counter: Counter, piece: str) -> bool:
    """Whether a piece is a quantity or an amount, in a state that takes one."""
    if counter.panel is not None:
        return False
    if _is_amount(counter, piece):
        return True
    return counter.state in (State.RINGING, State.PAID) and (piece.isdigit() or QUANTITY.fullmatch(piece) is not None)


def _is_amount(counter: Counter, piece: str) -> bool:
    """Whether an amount is meant, with or without the key that takes it: at payment, and for a tip on the terminal."""
    is_tip = bool(counter.view.menu.most_tip) and TIP.fullmatch(piece) is not None
    if counter.state is State.PAYMENT:
        return is_tip or AMOUNT.fullmatch(piece) is not None
    return counter.state is State.TERMINAL and is_tip


def _press_each(counter: Counter, characters: str) -> None:
    """Press keys until one is refused, or a new prompt comes, which nobody has read yet."""
    for place, character in enumerate(characters, start=1):
        before = _asking(counter)
        counter.press(character)
        if counter.message is not None and counter.message.tone is Tone.BAD:
            return
        if place < len(characters) and _asking(counter) != before:
            counter.message = say("plain-rest", Tone.BAD, rest=characters[place:][:20])
            return
    if counter.state is State.RINGING and counter.times is not None and counter.digits:
        counter.press(keys.ENTER)


def _asking(counter: Counter) -> object:
    """What identifies the open prompt: one line never answers two questions."""
    prompt: Prompt = counter.prompt
    if isinstance(prompt, QuestionPrompt):
        return prompt.question.offer.id, prompt.number
    return type(prompt) if isinstance(prompt, PaymentPrompt | TerminalPrompt) else None


def _type(counter: Counter, panel: TextPanel, text: str) -> None:
    """Put a line in the place of the text that was there; a search shows its hits first, all else is taken."""
    if len(text) > panel.longest:
        counter.message = say("plain-too-long", Tone.BAD, most=panel.longest)
        return
    while panel.typed:
        counter.press(keys.BACKSPACE)
    for character in text:
        counter.press(keys.SPACE if character == " " else character)
    if isinstance(panel, FindPanel):
        if text and not panel.hits(counter):
            panel.close(counter)
            counter.message = say("nothing-found", Tone.BAD, text=text)
    else:
        counter.press(keys.ENTER)
