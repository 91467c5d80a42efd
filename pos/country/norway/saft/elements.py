"""Writing XML elements and their texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TextIO, TypeAlias
from xml.sax.saxutils import escape

LeafText: TypeAlias = str | None


class Xml:
    """Writes elements to a stream as they come."""

    def __init__(self, sink: TextIO) -> None:
        self._sink = sink

    @contextmanager
    def element(self, name: str, attributes: str = "") -> Iterator[None]:
        """An element around others."""
        self._sink.write(f"<{name}{attributes}>\n")
        yield
        self._sink.write(f"</{name}>\n")

    def leaves(self, values: Mapping[str, LeafText]) -> None:
        """Elements with text only; None is left out."""
        for name, text in values.items():
            if text is not None:
                self._sink.write(f"<{name}>{escape(_valid(text))}</{name}>\n")


def date_of(at: datetime) -> str:
    """A date as in `2026-11-20`."""
    return f"{at:%Y-%m-%d}"


def time_of(at: datetime) -> str:
    """A time of day, to the second."""
    return f"{at:%H:%M:%S}"


def number_of(number: int | None) -> str | None:
    """A number as text; None, which is left out, where there is none."""
    return None if number is None else str(number)


def _valid(text: str) -> str:
    """The text without characters that XML forbids."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")
