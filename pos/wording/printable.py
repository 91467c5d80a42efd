"""Lines that may be printed on a terminal, whatever people have typed into them."""

from __future__ import annotations

GAP = "\N{NO-BREAK SPACE}"
"""Stands in numbers: `2 345,00`."""


def printable(line: str) -> str:
    """The line with a mark for every character that could be an order to the terminal; gaps in numbers are spaces."""
    spaced = line.replace(GAP, " ")
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in spaced)
