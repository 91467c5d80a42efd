"""Searches items: by words of their names, also misspelt, or by price."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

from pos.domain.menu.items import MenuItem
from pos.domain.menu.menu import Menu
from pos.domain.money import ZERO, Money

Distance: TypeAlias = Callable[[str, str], int]
"""The number of letters to change, add, drop or swap to turn one word into the other."""

NO_FIT = 99
LETTERS_A_MISTAKE = 4
"""A word of this many letters may have one mistake, one of twice as many two; a shorter one none."""

WITHOUT_DECOMPOSITION = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ł": "l", "þ": "th", "ð": "d", "œ": "oe"})


def by_name(menu: Menu, typed: str) -> tuple[MenuItem, ...]:
    """The items with all the typed words in their name in one language, in any order: first names that begin with them,
    then beginnings of words, then parts of words.

    Accents, capitals and blanks make no difference, but a name with the letters as typed comes before one without the
    accents. Of a family's sizes, the one with a tile comes first.
    """
    wanted, exact = folded(typed), typed.casefold().split()
    if not exact:
        return ()
    hits = []
    for place, item in enumerate(_sold(menu)):
        names = (item.full_name.nb, item.full_name.en)
        fit = min(_fit(folded(name), wanted) if wanted else _has_signs(name, exact) for name in names)
        if fit < NO_FIT:
            other = not any(all(word in name.casefold() for word in exact) for name in names)
            hits.append((fit, other, not item.tile, place, item))
    return tuple(item for *_, item in sorted(hits, key=lambda hit: hit[:4]))


def by_likeness(menu: Menu, typed: str, distance: Distance) -> tuple[MenuItem, ...]:
    """The items whose name has every typed word with at most a mistake or two: the fewest mistakes first."""
    wanted = folded(typed)
    if not wanted:
        return ()
    hits = []
    for place, item in enumerate(_sold(menu)):
        names = (item.full_name.nb, item.full_name.en)
        mistakes, missing = min(_mistakes(folded(name), wanted, distance) for name in names)
        if mistakes < NO_FIT:
            hits.append(((mistakes, missing), not item.tile, place, item))
    return tuple(item for *_, item in sorted(hits, key=lambda hit: hit[:3]))


def by_price(menu: Menu, most: Money, price_of: Callable[[MenuItem], Money]) -> tuple[MenuItem, ...]:
    """The items that cost at most `most`, the cheapest first. Free ones are left out."""
    prices = [(price_of(item), not item.tile, place, item) for place, item in enumerate(_sold(menu))]
    return tuple(item for *_, item in sorted(entry for entry in prices if ZERO < entry[0] <= most))


@lru_cache(maxsize=16_384)
def folded(text: str) -> tuple[str, ...]:
    """The words of a text in lower case without accents: `Crème brûlée, 2 stk` is creme, brulee, 2, stk."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(WITHOUT_DECOMPOSITION))
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return tuple(re.findall(r"\w+", letters.translate(WITHOUT_DECOMPOSITION)))


def _fit(name: tuple[str, ...], wanted: tuple[str, ...]) -> int:
    """0 for a name that begins with the words, 1 if its words begin with them, 2 if it contains them."""
    if " ".join(name).startswith(" ".join(wanted)):
        return 0
    if all(any(word.startswith(part) for word in name) for part in wanted):
        return 1
    return 2 if all(any(part in word for word in name) for part in wanted) else NO_FIT


def _has_signs(name: str, typed: list[str]) -> int:
    """2 for a name that contains what was typed, if that has no letters and digits, such as `[/]`."""
    return 2 if all(signs in name.casefold() for signs in typed) else NO_FIT


def _mistakes(name: tuple[str, ...], wanted: tuple[str, ...], distance: Distance) -> tuple[int, int]:
    """The mistakes in all typed words, each against the nearest word of the name, and how much else the name has:
    letters of those words, other words; `NO_FIT` mistakes if a word has too many."""
    found, missing = 0, 0
    for part in wanted:
        every = ((_to_beginning(part, word, distance), abs(len(word) - len(part))) for word in name)
        fewest, letters = min(every, default=(NO_FIT, 0))
        if fewest > len(part) // LETTERS_A_MISTAKE:
            return NO_FIT, 0
        found, missing = found + fewest, missing + letters
    return found, missing + len(name) - len(wanted)


def _to_beginning(part: str, word: str, distance: Distance) -> int:
    """The mistakes in a part, as the beginning of a word."""
    most = len(part) // LETTERS_A_MISTAKE
    return min(distance(part, word[:end]) for end in range(max(1, len(part) - most), len(part) + most + 1))


def _sold(menu: Menu) -> list[MenuItem]:
    return [item for item in menu.items.values() if not item.retired]
