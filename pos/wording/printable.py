"""Makes lines safe to print on a terminal, whatever people have typed into them."""

from __future__ import annotations

GAP = "\N{NO-BREAK SPACE}"
"""Separates thousands in numbers: `2 345,00`."""


def printable(line: str) -> str:
    """The line with a mark in place of every character that could be a terminal command. Gaps in numbers become
    spaces."""
    spaced = line.replace(GAP, " ")
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in spaced)
