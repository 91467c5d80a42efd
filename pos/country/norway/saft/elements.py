"""XML elements, and the texts in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TextIO, TypeAlias
from xml.sax.saxutils import escape

LeafText: TypeAlias = str | None


class Xml:
    """Elements written to a stream as they come."""

    def __init__(self, sink: TextIO) -> None:
        self._sink = sink

    @contextmanager
    def element(self, name: str, attributes: str = "") -> Iterator[None]:
        """An element with others inside."""
        self._sink.write(f"<{name}{attributes}>\n")
        yield
        self._sink.write(f"</{name}>\n")

    def leaves(self, values: Mapping[str, LeafText]) -> None:
        """Elements with text; what is None is left out."""
        for name, text in values.items():
            if text is not None:
                self._sink.write(f"<{name}>{escape(_valid(text))}</{name}>\n")


def date_of(at: datetime) -> str:
    """The day of a time: `2026-11-20`."""
    return f"{at:%Y-%m-%d}"


def time_of(at: datetime) -> str:
    """The time of day, to the second."""
    return f"{at:%H:%M:%S}"


def number_of(number: int | None) -> str | None:
    """A number as text; None, which is left out, where there is none."""
    return None if number is None else str(number)


def _valid(text: str) -> str:
    """A text without what XML has no place for."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")
