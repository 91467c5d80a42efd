"""Text that people wrote: in two languages, and safe to put on a screen."""

from __future__ import annotations

import unicodedata

from pos.domain.value import value

LANGUAGES = ("nb", "en")

_REFUSED_CATEGORIES = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_DIRECTION = {"\u061c", "\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


@value
class LocalText:
    """One text in both languages of the first market."""

    nb: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in `nb` or `en`; any other language reads English."""
        return self.nb if language == "nb" else self.en


def shown(text: str) -> str:
    """The text with a mark in place of each character that `is_safe` refuses: the name of a file may hold any."""
    if text.isprintable():
        return text
    return "".join(character if is_safe(character) else "\N{REPLACEMENT CHARACTER}" for character in text)


def is_safe(text: str) -> bool:
    """Whether a text holds no control, escape or direction-override character (they are refused at the door)."""
    return not any(
        character in _DIRECTION or unicodedata.category(character) in _REFUSED_CATEGORIES for character in text
    )
