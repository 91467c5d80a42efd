"""Mistakes in a menu file: recorded where they are found, reported with a place that a shop owner can look up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from pos.domain.text import is_safe

Path: TypeAlias = tuple[str | int, ...]
"""Keys and list positions (from 0) that lead to a value: `("item", 3, "name", "nb")`."""

LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: the line (from 1) if it is known, the place in words, and a sentence of the catalogues."""

    line: int | None
    place: str
    message_id: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake before its place was worked out."""

    path: Path
    message_id: str
    values: Mapping[str, object]


@dataclass(slots=True)
class Notes:
    """Collects the mistakes of one file."""

    found: list[Mistake] = field(default_factory=list)
    _spoilt: set[Path] = field(default_factory=set)

    def add(self, path: Path, message_id: str, **values: object) -> None:
        """Note a mistake at a path."""
        self.found.append(Mistake(path, message_id, values))
        self._spoilt.update(path[:length] for length in range(1, len(path) + 1))

    def is_sound(self, *path: str | int) -> bool:
        """Whether nothing is wrong at a path or below it, so that a later check may rely on it."""
        return path not in self._spoilt


def shown(text: str) -> str:
    """A text from the file as a message may show it: cut short, and without what could upset a screen."""
    return "".join(character if is_safe(character) else "�" for character in text[:LONGEST_SHOWN])


def place_of(path: Path, name: str | None) -> str:
    """A path in words: `item cheeseburger: price`, `upgrade_path coffee: steps 2, say, nb`.

    `name` is the SKU or id of the table; one without has its number in the file.
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
