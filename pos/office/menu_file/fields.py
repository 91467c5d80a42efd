"""Typed reading of one table of a menu file. Mistakes are noted, and a harmless value is returned instead."""

from __future__ import annotations

from collections.abc import Callable, Collection
from decimal import Decimal
from typing import TypeAlias, TypeVar

from pos.domain.menu.allergens import is_allergen
from pos.domain.money import ZERO, Money
from pos.domain.text import LANGUAGES, LocalText
from pos.office.menu_file.problems import Notes, Path, shown
from pos.office.menu_file.texts import LONGEST_NAME, checked_id, checked_phrase, checked_text

LARGEST_PRICE_KRONER = 100_000
LARGEST_NUMBER = 1_000_000

T = TypeVar("T")
Check: TypeAlias = Callable[[object, Path, Notes], str]


class Reader:
    """Reads one table. Each method takes a key; `close` notes the keys that were not read."""

    def __init__(self, value: object, path: Path, notes: Notes) -> None:
        self.path = path
        self.notes = notes
        self._known: set[str] = set()
        self._is_table = isinstance(value, dict)
        self._table: dict[str, object] = value if isinstance(value, dict) else {}
        if not self._is_table:
            notes.add(path, "menu-not-table")

    def close(self) -> None:
        """Note every unknown key."""
        for key in self._table:
            if key not in self._known:
                self.notes.add((*self.path, key), "menu-unknown-key", key=shown(key))

    def has(self, key: str) -> bool:
        """Whether an optional key is there."""
        self._known.add(key)
        return key in self._table

    def wrong(self, message_id: str, key: str | None = None, **values: object) -> None:
        """Note a mistake in the table or one of its keys."""
        self.notes.add((*self.path, key) if key else self.path, message_id, **values)

    def one_of(self, *keys: str) -> str | None:
        """The key of several that is there. None or more than one is a mistake."""
        given = [key for key in keys if self.has(key)]
        if len(given) == 1:
            return given[0]
        if self._is_table:
            self.wrong("menu-needs-one-of" if not given else "menu-needs-only-one-of", keys=", ".join(keys))
        return given[0] if given else None

    def checked(self, key: str, check: Check) -> str:
        """A text that passes a check; empty if it does not."""
        return self._read(key, lambda value, path: check(value, path, self.notes), "")

    def checked_or_none(self, key: str, check: Check) -> str | None:
        """The same for an optional key."""
        return self.checked(key, check) if self.has(key) else None

    def text(self, key: str, most: int = LONGEST_NAME) -> str:
        """A text for people, in one language (a name, a street)."""
        return self._read(key, lambda value, path: checked_text(value, path, self.notes, most), "")

    def id(self, key: str) -> str:
        """An id."""
        return self.checked(key, checked_id)

    def id_or_none(self, key: str) -> str | None:
        """An optional id."""
        return self.checked_or_none(key, checked_id)

    def ids(self, key: str) -> tuple[str, ...]:
        """A list of different ids; empty if it is left out."""
        found: list[str] = []
        seen: set[str] = set()
        for place, value in self.each(key):
            name = checked_id(value, (*self.path, key, place), self.notes)
            if name in seen:
                self.notes.add((*self.path, key, place), "menu-twice-in-list", text=name)
            if name:
                seen.add(name)
            found.append(name)
        return tuple(found)

    def local_text(self, key: str) -> LocalText:
        """A name in every language."""
        return self._translated(key, lambda value, path: checked_text(value, path, self.notes))

    def phrase(self, key: str, placeholders: Collection[str] = ("more",)) -> LocalText:
        """Words to say, in every language."""
        return self._translated(key, lambda value, path: checked_phrase(value, path, self.notes, placeholders))

    def money(self, key: str) -> Money:
        """An amount in kroner, from 0 to 100,000, as øre."""
        return self._read(key, self._amount, ZERO)

    def money_or_none(self, key: str) -> Money | None:
        """An optional amount."""
        return self.money(key) if self.has(key) else None

    def money_or_zero(self, key: str) -> Money:
        """An optional amount; zero if it is left out."""
        return self.money(key) if self.has(key) else ZERO

    def number(self, key: str, least: int = -LARGEST_NUMBER, most: int = LARGEST_NUMBER) -> int:
        """A whole number in a range."""

        def whole(value: object, path: Path) -> int:
            if not isinstance(value, int) or isinstance(value, bool):
                self.notes.add(path, "menu-not-whole-number")
            elif not least <= value <= most:
                self.notes.add(path, "menu-number-out-of-range", least=least, most=most)
            else:
                return value
            return max(least, 0)

        return self._read(key, whole, max(least, 0))

    def number_or(self, default: int, key: str, least: int = -LARGEST_NUMBER, most: int = LARGEST_NUMBER) -> int:
        """An optional whole number."""
        return self.number(key, least, most) if self.has(key) else default

    def percent(self, key: str, least: int, most: int) -> int:
        """A percentage in a range, with at most two decimals, as basis points."""

        def points(value: object, path: Path) -> int:
            if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
                self.notes.add(path, "menu-not-percent")
                return 0
            rate = Decimal(value)
            exponent = rate.as_tuple().exponent
            if not least <= rate <= most:
                self.notes.add(path, "menu-number-out-of-range", least=least, most=most)
            elif isinstance(exponent, int) and exponent < -2:
                self.notes.add(path, "menu-percent-decimals")
            else:
                return int(rate * 100)
            return 0

        return self._read(key, points, 0)

    def names(self) -> tuple[str, ...]:
        """The keys of a table whose keys are names."""
        return tuple(self._table)

    def yes_no(self, key: str, default: bool) -> bool:
        """`true` or `false`."""

        def boolean(value: object, path: Path) -> bool:
            if isinstance(value, bool):
                return value
            self.notes.add(path, "menu-not-yes-no")
            return default

        return self._read(key, boolean, default) if self.has(key) else default

    def allergens(self, key: str) -> frozenset[str]:
        """A list of allergens, with the kind of cereal or nut; empty if it is left out."""
        names: set[str] = set()
        for place, value in self.each(key):
            path = (*self.path, key, place)
            if not isinstance(value, str):
                self.notes.add(path, "menu-not-text")
            elif not is_allergen(value):
                self.notes.add(path, "menu-unknown-allergen", text=shown(value))
            else:
                names.add(value)
        return frozenset(names)

    def each(self, key: str) -> list[tuple[int, object]]:
        """The entries of a list with their indexes; empty if it is left out."""

        def entries(value: object, path: Path) -> list[tuple[int, object]]:
            if isinstance(value, list):
                return list(enumerate(value))
            self.notes.add(path, "menu-not-list")
            return []

        return self._read(key, entries, []) if self.has(key) else []

    def tables(self, key: str) -> list[Reader]:
        """The tables of a list, such as the steps of a path; at least one."""
        if not self.has(key):
            self._missing(key)
            return []
        found = [Reader(value, (*self.path, key, place), self.notes) for place, value in self.each(key)]
        if not found and self.notes.is_sound(*self.path, key):
            self.wrong("menu-empty-list", key)
        return found

    def table(self, key: str) -> Reader:
        """A table within the table; it must be there."""
        if not self.has(key):
            self._missing(key)
            return Reader({}, (*self.path, key), Notes())
        return Reader(self._table[key], (*self.path, key), self.notes)

    def raw(self, key: str) -> object:
        """The value as TOML gave it; None when the key is left out."""
        return self._table[key] if self.has(key) else None

    def _missing(self, key: str) -> None:
        if self._is_table:
            self.notes.add((*self.path, key), "menu-missing", key=key)

    def _read(self, key: str, read: Callable[[object, Path], T], otherwise: T) -> T:
        if self.has(key):
            return read(self._table[key], (*self.path, key))
        self._missing(key)
        return otherwise

    def _translated(self, key: str, check: Callable[[object, Path], str]) -> LocalText:
        def translated(value: object, path: Path) -> LocalText:
            if not isinstance(value, dict):
                self.notes.add(path, "menu-not-translated")
                return LocalText("", "")
            inner = Reader(value, path, self.notes)
            texts: dict[str, str] = {}
            for language in LANGUAGES:
                if inner.has(language):
                    texts[language] = check(inner.raw(language), (*path, language))
                else:
                    inner.wrong("menu-missing-translation", language, language=language)
            inner.close()
            return LocalText(texts.get("nb", ""), texts.get("en", ""))

        return self._read(key, translated, LocalText("", ""))

    def _amount(self, value: object, path: Path) -> Money:
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
            self.notes.add(path, "menu-not-amount")
            return ZERO
        amount = Decimal(value)
        exponent = amount.as_tuple().exponent
        if amount < 0:
            self.notes.add(path, "menu-amount-negative")
        elif amount > LARGEST_PRICE_KRONER:
            self.notes.add(path, "menu-amount-absurd", most=LARGEST_PRICE_KRONER)
        elif isinstance(exponent, int) and exponent < -2:
            self.notes.add(path, "menu-amount-decimals")
        else:
            return Money(int(amount * 100))
        return ZERO
