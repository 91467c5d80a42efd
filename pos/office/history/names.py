"""Matches what a past order calls an item with the items of the menu: by SKU, by name, or as a proposal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pos.domain.menu.items import MenuItem, Sku
from pos.domain.menu.menu import Menu

NEAR, NEAR_IN_ALL = 80.0, 90.0
"""How similar two words (`NEAR`) or two whole names (`NEAR_IN_ALL`) must be to mean the same, in percent of their
letters: one slip in six letters of a word (*burgar*), or one in ten of a name. *Butter chicken* and *Chicken burger*
share 86 % of their letters."""

LIKELY = 5
"""The most items that each name is compared with."""

MOST_LETTERS_LOST = 2

SHORTEST = 4
"""Shorter names are similar by chance."""

FEWEST_DIGITS = 6
"""Shorter codes of digits alone may mean another item in another till."""

OWN = "name:"
"""Prefix of a name that the menu does not have; no SKU has a colon."""

_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th"})


def plain(text: str) -> str:
    """A name without capitals, accents and signs: `Crème Brûlée` equals `creme brulee`."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    letters = "".join(part if part.isalnum() else " " for part in parts if not unicodedata.combining(part))
    return " ".join(letters.split())


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name that the menu does not have, the number of the file's orders with it, its code, and the proposed item."""

    name: str
    orders: int
    code: str = ""
    proposed: MenuItem | None = None


class Names:
    """All names of the menu's items. A name that several sizes share means the one with a tile."""

    def __init__(self, menu: Menu) -> None:
        self._items = menu.items
        self._by_name: dict[str, Sku] = {}
        ranked = sorted(menu.items.values(), key=lambda item: (item.retired, not item.tile))
        self._by_code: dict[str, Sku] = {}
        for item in ranked:
            for code in (item.sku, item.barcode):
                if code:
                    self._by_code.setdefault(code.casefold(), item.sku)
            for name in _names(item):
                self._by_name.setdefault(plain(name), item.sku)

    def find(self, name: str) -> Sku | None:
        """The item with this SKU, or with this name in either language."""
        return name if name in self._items else self._by_name.get(plain(name))

    def of_code(self, code: str) -> Sku | None:
        """The item with this SKU or barcode. Short numbers are ignored."""
        tells = len(re.sub(r"\D", "", code)) >= FEWEST_DIGITS or any(map(str.isalpha, code))
        return self._by_code.get(code.casefold()) if tells else None

    def kin(self, name: str, said: Sku | None = None, code: str = "") -> str:
        """The family of the item that a name means; the name itself if the menu has no such item."""
        sku = said if said in self._items else self.find(name) or self.of_code(code)
        return OWN + name if sku is None else self.kin_of_sku(sku)

    def kin_of_sku(self, sku: Sku) -> str:
        """The family of an item; for a meal that of its main item. An unknown SKU is its own family."""
        item = self._items.get(sku)
        if item is not None and item.meal is not None:
            item = self._items[item.meal.main]
        return sku if item is None else item.kin

    def near(self, names: Sequence[str]) -> dict[str, MenuItem]:
        """The most similarly written item for each name that the menu does not have, if one is similar enough."""
        from rapidfuzz import fuzz, process

        known: dict[str, list[str]] = {}
        for name in self._by_name:
            known.setdefault(_digits(name), []).append(name)
        found = {}
        for name in names:
            wanted = plain(name)
            there = known.get(_digits(wanted), ())
            likely = [
                *process.extract(wanted, there, scorer=fuzz.ratio, processor=_closed, limit=LIKELY),
                *process.extract(wanted, there, scorer=fuzz.token_sort_ratio, limit=LIKELY),
            ]
            near = next((other for other, _, _ in likely if is_near(wanted, other)), None)
            if near is not None:
                found[name] = self._items[self._by_name[near]]
        return found


def is_near(one: str, other: str) -> bool:
    """Whether two plain names may mean the same: all of their letters are similar, or each of their words. Names with
    different numbers mean different items, and short names are similar by chance."""
    from rapidfuzz import fuzz

    if min(len(one), len(other)) < SHORTEST or _digits(one) != _digits(other):
        return False
    if fuzz.ratio(_closed(one), _closed(other)) >= NEAR_IN_ALL:
        return True
    words = [(one.split(), other.split()), (other.split(), one.split())]
    return all(any(_is_slip(word, there) for there in others) for some, others in words for word in some)


def _is_slip(word: str, other: str) -> bool:
    """Whether one word may be a misspelling of the other. *muffin* is none of *eggmuffin*, though their letters are
    similar."""
    from rapidfuzz import fuzz

    return abs(len(word) - len(other)) <= MOST_LETTERS_LOST and fuzz.ratio(word, other) >= NEAR


def _closed(name: str) -> str:
    """A name without blanks: two lists may differ in whether they write a name as one word."""
    return name.replace(" ", "")


def _names(item: MenuItem) -> Iterable[str]:
    yield item.sku
    yield item.kin
    for name, size in (
        (item.name.nb, item.size.nb if item.size else ""),
        (item.name.en, item.size.en if item.size else ""),
    ):
        yield name
        if size:
            yield f"{name}, {size}"
            yield f"{size} {name}"


def _digits(name: str) -> str:
    return " ".join(re.findall(r"\d+", name))
