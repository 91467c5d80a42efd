"""Texts in two languages, and checking texts from people."""

from __future__ import annotations

import unicodedata

from pos.domain.value import value

LANGUAGES = ("nb", "en")

_REFUSED_CATEGORIES = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_DIRECTION = {"\u061c", "\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


@value
class LocalText:
    """A text in both languages."""

    nb: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in `nb` or `en`; English for any other language."""
        return self.nb if language == "nb" else self.en


def shown(text: str) -> str:
    """The text with a mark in place of each character that `is_safe` refuses, because a file name may contain any."""
    if text.isprintable():
        return text
    return "".join(character if is_safe(character) else "\N{REPLACEMENT CHARACTER}" for character in text)


def is_safe(text: str) -> bool:
    """Whether a text has no control, escape or direction-override characters, which are refused in input."""
    return not any(
        character in _DIRECTION or unicodedata.category(character) in _REFUSED_CATEGORIES for character in text
    )
