"""Tells a scanner's keys from a person's by their times alone.

A scanner is a keyboard that types fast. `Scanner.hear` takes every key with the time of its arrival and returns what is
known by then, in order: a person's key presses, and whole codes. A character is kept until the next key, or the end of
`SCAN_GAP`, shows which of the two it is. Nothing else is ever kept: arrows, Esc, function keys and an Enter without
kept characters before it are known at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeAlias

from pos.counter import keys
from pos.domain.value import value

SCAN_GAP = timedelta(milliseconds=50)
"""A scanner's keys are at most this far apart, which a person's seldom are."""

LONGEST_CODE = 300
"""The most characters of a code; a longer QR code is not for a till."""

SHORTEST_CODE = 4
SHORTEST_ENDED = 3
"""This many characters at a scanner's pace with an ending are a code; without one, one more is needed."""

ENDINGS = frozenset({keys.ENTER, keys.TAB})
"""What a scanner sends after a code. A line end is Enter, and CR+LF is two of them."""

HELD_FROM = 4
"""This many of one character in a row, right after a press of its key, are a key held down."""

FASTEST_REPEAT = timedelta(milliseconds=15)
"""No keyboard repeats a held key faster; most scanners type faster."""

LONGEST_DELAY = timedelta(seconds=1)
"""A held key begins to repeat before this."""


@value
class Press:
    """A key that a person pressed, with the time of its arrival."""

    key: str
    at: datetime
    fast: bool = False
    """It came within `SCAN_GAP` of the key before."""
    repeated: bool = False
    """It is the key before, held down."""
    then: str | None = None
    """The key that came within `SCAN_GAP` after it; only known for a character."""


@value
class Code:
    """A scanned code, without the scanner's prefix and ending."""

    text: str
    follows: bool = False
    """It came directly after another code."""


Heard: TypeAlias = Press | Code


@value
class KeyTiming:
    """How keys are told from scans: `joins` is off if the shop has no scanner; `timed` is on if keys can come too
    fast."""

    joins: bool = True
    prefix: str = ""
    timed: bool = True


@value
class _Kept:
    character: str
    at: datetime
    mute: bool = False

    @property
    def key(self) -> str:
        return keys.SPACE if self.character == " " else self.character


class Scanner:
    """The state between two keys: the kept characters, and the times of the last keys."""

    def __init__(self, setup: KeyTiming | None = None) -> None:
        self.setup = setup or KeyTiming()
        self.fast = False
        """Whether the last press came within `SCAN_GAP` of the key before."""
        self._kept: list[_Kept] = []
        self._last: tuple[str, datetime] | None = None
        self._before: tuple[str, datetime] | None = None
        """The last key before the kept ones."""
        self._held: str | None = None
        """The character that is held down, while it is."""
        self._follows_held = False
        """Whether the kept characters came at a scanner's pace after a held key: then that belongs to the code, too."""
        self._ended: datetime | None = None
        """When a code ended, or the last key of its ending."""

    @property
    def pending(self) -> str | None:
        """The kept characters; None if there are none."""
        return "".join(entry.character for entry in self._kept) or None

    @property
    def due(self) -> datetime | None:
        """When the kept characters are known without another key; None if there are none."""
        return self._kept[-1].at + SCAN_GAP if self._kept else None

    def hear(self, key: str, at: datetime, *, mute: bool = False) -> list[Heard]:
        """Take a key that arrived at a time. Returns what is known now. A mute one may begin a code, and is no
        press."""
        heard = self.let_go() if self._kept and not _is_close(self._kept[-1].at, at) else []
        previous, self._last = self._last, (key, at)
        if key in ENDINGS and self._ends_again(at):
            self._ended = at
            return heard
        character = " " if key == keys.SPACE else key
        if len(character) == 1 and character.isprintable() and self.setup.joins and self.setup.timed:
            return [*heard, *self._keep(_Kept(character, at, mute), previous)]
        self._held = None
        if mute:
            return heard
        if self._kept and key in ENDINGS and self._is_code(ended=True):
            return [*heard, self._take_code(at)]
        return [*heard, *self.let_go(then=key), self._press(key, at, previous)]

    def let_go(self, then: str | None = None) -> list[Heard]:
        """What was kept, once it is known: a code without an ending, or presses. `then` is the key that followed."""
        if self._kept and self._is_code(ended=False):
            return [self._take_code(self._kept[-1].at)]
        kept, self._kept = self._kept, []
        heard: list[Heard] = []
        previous = self._before
        following = [*(entry.key for entry in kept[1:]), then]
        for entry, after in zip(kept, following, strict=False):
            if not entry.mute:
                heard.append(self._press(entry.key, entry.at, previous, after))
            previous = (entry.key, entry.at)
        return heard

    def end(self) -> None:
        """A typed code was ended with Enter: another Enter within `SCAN_GAP` belongs to it."""
        self._ended = self._last[1] if self._last is not None else None

    def _keep(self, entry: _Kept, previous: tuple[str, datetime] | None) -> list[Heard]:
        """Keep a character, unless it belongs to a key that is known to be held down."""
        if self._held == entry.key and previous is not None and _is_close(previous[1], entry.at):
            return [self._press(entry.key, entry.at, previous)]
        heard = self.let_go(entry.key) if self._kept and entry.character == self.setup.prefix else []
        if not self._kept:
            self._before = previous
            self._follows_held = self._held is not None and previous is not None and _is_close(previous[1], entry.at)
        self._held = None
        if len(self._kept) > LONGEST_CODE:
            self._kept.pop()  # longer than any code: wait for its end
        self._kept.append(entry)
        if self._is_held_down():
            self._held = entry.key
            heard += self.let_go()
        return heard

    def _is_held_down(self) -> bool:
        """Whether the kept characters are a held key: all the same, after a press of it, no faster than keys repeat."""
        first, before = self._kept[0], self._before
        if len(self._kept) < HELD_FROM or not self._can_be_repeats():
            return False
        return before is not None and before[0] == first.key and timedelta(0) <= first.at - before[1] <= LONGEST_DELAY

    def _can_be_repeats(self) -> bool:
        """Whether the kept characters are the same one, at a pace at which a held key repeats."""
        first, last = self._kept[0], self._kept[-1]
        if any(entry.character != first.character for entry in self._kept):
            return False
        return last.at - first.at >= (len(self._kept) - 1) * FASTEST_REPEAT

    def _is_code(self, *, ended: bool) -> bool:
        if self.setup.prefix and self._kept[0].character == self.setup.prefix:
            return len(self._kept) > 1
        if self._follows_held:
            return True
        if not ended and self._can_be_repeats():
            return False  # without an ending: a held key
        return len(self._kept) >= (SHORTEST_ENDED if ended else SHORTEST_CODE)

    def _take_code(self, at: datetime) -> Code:
        follows = self._ended is not None and _is_close(self._ended, self._kept[0].at)
        text = "".join(entry.character for entry in self._kept)
        self._kept = []
        self._ended = at
        return Code(text.removeprefix(self.setup.prefix), follows)

    def _ends_again(self, at: datetime) -> bool:
        """Whether an Enter or Tab still belongs to the code before it: CR+LF sends two keys."""
        return self.setup.timed and not self._kept and self._ended is not None and _is_close(self._ended, at)

    def _press(self, key: str, at: datetime, previous: tuple[str, datetime] | None, then: str | None = None) -> Press:
        self.fast = self.setup.timed and previous is not None and _is_close(previous[1], at)
        return Press(key, at, self.fast, self.fast and previous is not None and key == previous[0], then)


def _is_close(before: datetime, at: datetime) -> bool:
    """Whether two keys came at a scanner's pace; not if the clock was set back in between."""
    return timedelta(0) <= at - before <= SCAN_GAP
