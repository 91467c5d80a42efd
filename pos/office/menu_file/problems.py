"""Mistakes in a menu file: noted where they are found, reported with a place that a shop owner can find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from pos.domain.text import is_safe

Path: TypeAlias = tuple[str | int, ...]
"""Keys and list indexes (from 0) of a value: `("item", 3, "name", "nb")`."""

LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: its line (from 1) if known, its place in words, and a message."""

    line: int | None
    place: str
    message_id: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake without its line and place."""

    path: Path
    message_id: str
    values: Mapping[str, object]


@dataclass(slots=True)
class Notes:
    """Collects the mistakes of one file."""

    found: list[Mistake] = field(default_factory=list)
    _spoilt: set[Path] = field(default_factory=set)
    _allowed: set[tuple[Path, str]] = field(default_factory=set)

    def allow(self, path: Path, message_id: str) -> None:
        """The file says that what is noted with this message at this path is meant."""
        self._allowed.add((path, message_id))

    def add(self, path: Path, message_id: str, **values: object) -> None:
        """Note a mistake at a path, unless the file says that it is meant."""
        if (path, message_id) in self._allowed:
            return
        self.found.append(Mistake(path, message_id, values))
        self._spoilt.update(path[:length] for length in range(1, len(path) + 1))

    def is_sound(self, *path: str | int) -> bool:
        """Whether there is no mistake at a path or below it; a later check may then rely on the value."""
        return path not in self._spoilt


def shown(text: str) -> str:
    """A text from the file for a message: cut short, and without control characters."""
    return "".join(character if is_safe(character) else "�" for character in text[:LONGEST_SHOWN])


def place_of(path: Path, name: str | None) -> str:
    """A path in words: `item cheeseburger: price`, `upgrade_path coffee: steps 2, say, nb`.

    `name` is the SKU or id of the table; a table without one is named by its number in the file.
    """
    head = [shown(str(path[0]))]
    rest = path[1:]
    if rest and isinstance(rest[0], int):
        head.append(name or str(rest[0] + 1))
        rest = rest[1:]
    words: list[str] = []
    for key in rest:
        if isinstance(key, int) and words:
            words[-1] += f" {key + 1}"
        else:
            words.append(shown(str(key)))
    return ": ".join([" ".join(head), ", ".join(words)]) if words else " ".join(head)
