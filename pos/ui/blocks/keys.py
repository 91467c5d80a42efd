"""Converts Textual's key events to the counter's keys, and names keys on buttons."""

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
"""Keys that quit other programs; here they ask how to leave."""

ALT = "alt+"
UNKNOWN = "unknown"
"""A key without a name."""

SHORT = {keys.BACKSPACE: "⌫", keys.DELETE: "Del"}
"""Short names for keys with long ones."""

MOST_NAMED = 3


def counter_key(event: Key) -> str | None:
    """The counter's name of a key; None if it means nothing anywhere.

    A terminal sends Alt with a key as Escape and the key, so an Escape with a character close behind it arrives as one
    event. The till does not use Alt: it counts as Escape. A real Alt event has no character.
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
    """The counter's names of what was pressed. A digit close behind an Escape counts, too.

    A letter or an Enter there does not: it could answer what the Escape was meant to leave.
    """
    key = counter_key(event)
    if key is None:
        return ()
    if event.key.startswith(ALT) and event.character is not None and event.character in keys.DIGITS:
        return key, event.character
    return (key,)


def mute_key(event: Key) -> str | None:
    """The character close behind an Escape that does not count. It may still begin a scanned code."""
    character = event.character
    if not event.key.startswith(ALT) or character is None or character in keys.DIGITS or not character.isprintable():
        return None
    return character


def name_to_tell(event: Key) -> str | None:
    """The name of a key that the till does not use; None if no key of its own was pressed, as with Shift."""
    if event.key in MODIFIER_FUNCTIONAL_KEYS:
        return None
    return event.key if len(event.key) > 1 and event.key.isprintable() else UNKNOWN


def key_name(words: Wording, key: str) -> str:
    """The name of a key on a button: `B`, `Esc`, `Mellomrom`, `F9`."""
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
    """A sentence in a language, in which a key has the name that is on its button."""
    values = dict(sentence.values)
    if isinstance(key := values.get("key"), str):
        values["key"] = key_name(words, key)
    return words.text(sentence.message_id, **values)


def yes_key(words: Wording) -> str:
    """The key shown for yes: J in Norwegian, Y in English. Both always work."""
    return keys.shown_first(("j", "y"), words.language)[0]


def key_names(words: Wording, every: Sequence[str]) -> str:
    """All keys of a command, abbreviated: `J Y`, `1…9`, `→ ← Tab`."""
    if len(every) > MOST_NAMED:
        return f"{key_name(words, every[0])}…{key_name(words, every[-1])}"
    return " ".join(key_name(words, key) for key in every)
