"""The wording of plain mode: keys are called by what is typed for them, in messages too."""

from __future__ import annotations

import re
from functools import cache

from pos.counter import keys
from pos.wording import Wording, catalogue

UNTYPED = (keys.INSERT, "ctrl+z")
"""Keys that no line stands for. Their commands have others."""
SIGNS = {"⌫": keys.BACKSPACE, "←": keys.LEFT, "→": keys.RIGHT, "↑": keys.UP, "↓": keys.DOWN}
"""What stands on keys of a screen, in messages."""

SIGN = re.compile("|".join(SIGNS))


class PlainWording(Wording):
    """One language of plain mode; made by `plain_wording("nb")`."""

    __slots__ = ()

    def key(self, name: str) -> str:
        """What is typed for a key: `angre`, `B`, `F9`; for Enter `tom linje`."""
        return super()._message(f"plain-key-{name}") or super().key(name)

    def _message(self, message_id: str) -> str | None:
        found = super()._message(message_id)
        return found and SIGN.sub(lambda sign: self.quoted(self.key(SIGNS[sign[0]])), found)


@cache
def plain_wording(language: str) -> PlainWording:
    """The wording of plain mode in `nb` or `en`."""
    return PlainWording(*catalogue(language))
