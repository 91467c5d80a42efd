"""What comes faster than a person presses: the digits of a scan, the Enter that ends it twice, a key held down."""

from __future__ import annotations

from datetime import datetime, timedelta

from pos.counter import keys
from pos.domain.value import value
from pos.register import is_within

SCAN_GAP = timedelta(milliseconds=50)
"""Keys closer together than this come from a scanner or a key held down, not from two presses."""


@value
class Stroke:
    """A key, and how it came."""

    key: str
    fast: bool = False
    """It came on the heels of the one before."""
    repeated: bool = False
    """It is the one before, held down; digits never are: a scanner sends the same one twice."""
    ends_again: bool = False
    """It is the second Enter of a scanner that ends its codes with two."""


class Scanner:
    """Knows keys by their times alone, and keeps the digits of which it cannot be told yet what they are.

    Where every key is deliberate none comes fast, whatever the clock says.
    """

    def __init__(self, *, deliberate: bool = False) -> None:
        self.deliberate = deliberate
        self.fast = False
        """Whether the last key came on the heels of the one before."""
        self._kept = ""
        self._last: tuple[str, datetime] | None = None
        self._ended: datetime | None = None

    @property
    def pending(self) -> str | None:
        """The one digit that waits: a press, unless a second digit follows at once."""
        return self._kept if len(self._kept) == 1 else None

    def hear(self, key: str, now: datetime) -> Stroke:
        """Take note of a key, and say how it came."""
        before, self._last = self._last, (key, now)
        self.fast = fast = not self.deliberate and before is not None and is_within(SCAN_GAP, before[1], now)
        repeated = fast and before is not None and key == before[0] and key not in keys.DIGITS
        ended, self._ended = self._ended, None
        ends_again = key == keys.ENTER and ended is not None and is_within(SCAN_GAP, ended, now)
        return Stroke(key, fast, repeated, ends_again)

    def keep(self, digit: str) -> None:
        """Keep a digit that may be a scan's first."""
        self._kept = digit

    def goes_on(self, stroke: Stroke) -> bool:
        """Whether this is the next digit of what is kept: then it is kept too."""
        if not self._kept or not stroke.fast or stroke.key not in keys.DIGITS:
            return False
        self._kept += stroke.key
        return True

    def let_go(self) -> str:
        """What was kept, now let go: nothing, one digit that was a press, or the digits of a scan."""
        kept, self._kept = self._kept, ""
        return kept

    def end(self, now: datetime) -> None:
        """A code ended with Enter: one more Enter right after belongs to it."""
        self._ended = now
