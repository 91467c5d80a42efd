"""From Textual's key events to the counter's keys, and what a key is called on a button."""

from __future__ import annotations

from collections.abc import Sequence

from textual._keyboard_protocol import MODIFIER_FUNCTIONAL_KEYS
from textual.events import Key

from pos.counter import Say, keys
from pos.wording import Wording

KNOWN = frozenset(
    {
        keys.ENTER,
        keys.ESCAPE,
        keys.BACKSPACE,
        keys.DELETE,
        keys.TAB,
        keys.LEFT,
        keys.RIGHT,
        keys.UP,
        keys.DOWN,
        keys.PAGE_UP,
        keys.PAGE_DOWN,
        keys.SPACE,
        "f1",
        "f2",
        "f9",
        "f10",
        "f12",
        "ctrl+z",
    }
)
SAME_AS = {"ctrl+j": keys.ENTER, "ctrl+m": keys.ENTER, "ctrl+h": keys.BACKSPACE, "ctrl+i": keys.TAB}
LEAVING = frozenset({"ctrl+q", "ctrl+c"})
"""What quits other programs, and asks how to leave in this one."""

ALT = "alt+"
UNKNOWN = "unknown"
"""A key without a name."""

SHORT = {keys.BACKSPACE: "⌫", keys.DELETE: "Del"}
"""What is drawn on the key itself, where its name is long."""

MOST_NAMED = 3


def counter_key(event: Key) -> str | None:
    """The counter's name of a key; None for one that means nothing anywhere.

    A terminal sends Alt with a key as Escape and the key, so an Escape with a character close behind it comes as one.
    Nothing of the till needs Alt: it is an Escape. An Alt that is known to be one brings no character.
    """
    name = SAME_AS.get(event.key, event.key)
    if name.startswith(ALT):
        return keys.ESCAPE if event.character is not None else None
    if name in KNOWN:
        return name
    if event.character is not None and len(event.character) == 1 and event.character.isprintable():
        return event.character
    return None


def counter_keys(event: Key) -> tuple[str, ...]:
    """The counter's names of all that was pressed: a digit close behind an Escape counts too.

    A letter or an Enter there does not: it could be an answer to what the Escape was to leave.
    """
    key = counter_key(event)
    if key is None:
        return ()
    if event.key.startswith(ALT) and event.character is not None and event.character in keys.DIGITS:
        return key, event.character
    return (key,)


def mute_key(event: Key) -> str | None:
    """The character close behind an Escape that does not count: it may still begin a scanned code."""
    character = event.character
    if not event.key.startswith(ALT) or character is None or character in keys.DIGITS or not character.isprintable():
        return None
    return character


def name_to_tell(event: Key) -> str | None:
    """What a key is called that the till has no use for; None where no key of its own was pressed, as with Shift."""
    if event.key in MODIFIER_FUNCTIONAL_KEYS:
        return None
    return event.key if len(event.key) > 1 and event.key.isprintable() else UNKNOWN


def key_name(words: Wording, key: str) -> str:
    """What stands on a button for a key: `B`, `Esc`, `Mellomrom`, `F9`."""
    if key in SHORT:
        return SHORT[key]
    modifier, _, plain = key.rpartition("+")
    if modifier == "ctrl":
        return f"Ctrl+{plain.upper()}"
    if len(key) == 1 or (key[0] == "f" and key[1:].isdigit()):
        return key.upper()
    name = words.key(key)
    return name[:1].upper() + name[1:]


def format_say(words: Wording, sentence: Say) -> str:
    """A sentence in a language, with the key that it is about called as its button is."""
    values = dict(sentence.values)
    if isinstance(key := values.get("key"), str):
        values["key"] = key_name(words, key)
    return words.text(sentence.message_id, **values)


def yes_key(words: Wording) -> str:
    """The key that is shown for yes: J in Norwegian, Y in English. Both always work."""
    return keys.shown_first(("j", "y"), words.language)[0]


def key_names(words: Wording, every: Sequence[str]) -> str:
    """All keys of a command in short: `J Y`, `1…9`, `→ ← Tab`."""
    if len(every) > MOST_NAMED:
        return f"{key_name(words, every[0])}…{key_name(words, every[-1])}"
    return " ".join(key_name(words, key) for key in every)
