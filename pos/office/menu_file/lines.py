"""Finds the line of a value in the source of a menu file; tomllib does not tell it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping

from pos.office.menu_file.problems import Path

_HEADER = re.compile(r"\s*\[\[?\s*([\w.\-\"' \t]+?)\s*\]\]?\s*(?:#.*)?", re.ASCII)
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*[=.]", re.ASCII)


class Lines:
    """Finds lines by the headers of tables. A line that is not certain is None.

    A text over several lines may contain what looks like a header, so headers are trusted only if there are as many as
    tables.
    """

    def __init__(self, source: str, document: Mapping[str, object]) -> None:
        self._lines = source.split("\n")
        self._document = document
        self._headers: dict[str, list[int]] = {}
        self._starts: list[tuple[int, str]] = []
        self._keys: dict[tuple[int, int], dict[str, int]] = {}
        for number, line in enumerate(self._lines):
            if line.lstrip()[:1] == "[" and (match := _HEADER.fullmatch(line.rstrip("\r"))):
                name = re.sub(r"[\s\"']", "", match[1])
                self._headers.setdefault(name, []).append(number)
                self._starts.append((number, name))

    def line(self, path: Path) -> int | None:
        """The line (from 1) of the deepest part of a path that can be found."""
        found = self._find(path)
        return None if found is None else found + 1

    def _find(self, path: Path) -> int | None:
        if not path:
            return None
        name, rest = str(path[0]), path[1:]
        headers = self._headers.get(name, [])
        if rest and isinstance(rest[0], int) and headers:
            tables = self._document.get(name)
            if not isinstance(tables, list) or len(tables) != len(headers):
                return None
            start = headers[rest[0]]
            return self._inside(start, self._end(start, name, len(self._lines)), name, rest[1:])
        if headers:
            return self._inside(headers[0], self._end(headers[0], name, len(self._lines)), name, rest)
        return self._own_keys(-1, len(self._lines)).get(name)

    def _inside(self, start: int, end: int, name: str, rest: Path) -> int:
        """The line of a key in the table that begins at `start`; the table's own if it is not found."""
        if not rest:
            return start
        deeper = f"{name}.{rest[0]}"
        headers = self._headers.get(deeper, [])
        within = headers[bisect_left(headers, start) : bisect_left(headers, end)]
        after = rest[1:]
        if not within:
            key = self._own_keys(start, end).get(str(rest[0]))
            return start if key is None else self._element(key, after, end)
        place = 0
        if after and isinstance(after[0], int):
            place, after = after[0], after[1:]
        chosen = within[min(place, len(within) - 1)]
        return self._inside(chosen, self._end(chosen, deeper, end), deeper, after)

    def _element(self, key: int, after: Path, end: int) -> int:
        """The line of an element in a list with one inline table per line; else the line of the list's key."""
        if not after or not isinstance(after[0], int):
            return key
        number = key + 1 + after[0]
        line = self._lines[number] if number < end else ""
        alone = self._lines[key].rstrip().endswith("[")
        return number if alone and line.lstrip().startswith(("{", '"')) else key

    def _end(self, start: int, name: str, end: int) -> int:
        """The line of the next header outside of the table."""
        place = bisect_left(self._starts, (start + 1, ""))
        while place < len(self._starts) and self._starts[place][0] < end:
            number, other = self._starts[place]
            if not other.startswith(f"{name}."):
                return number
            place += 1
        return end

    def _own_keys(self, start: int, end: int) -> dict[str, int]:
        """The lines of the keys between a header and the next one."""
        if (start, end) not in self._keys:
            place = bisect_left(self._starts, (start + 1, ""))
            stop = min(end, self._starts[place][0]) if place < len(self._starts) else end
            keys: dict[str, int] = {}
            for number in range(start + 1, stop):
                if match := _KEY.match(self._lines[number]):
                    keys.setdefault(match[1], number)
            self._keys[start, end] = keys
        return self._keys[start, end]
