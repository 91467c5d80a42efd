"""How wide the paper is."""

from __future__ import annotations

WIDTH = 42
"""Characters on a row of 80 mm paper, unless the printer is said to have other paper."""

PAPERS = {"58": 32, "80": WIDTH, "80/48": 48}
"""Characters of the printer's first font on a row, by how the paper is written behind a printer: its millimetres, and
for printers with a narrower font the characters as well."""


def split_paper(text: str) -> tuple[str, int]:
    """A printer as it was written and the characters on its rows: `escpos:tcp:HOST,58` has 32."""
    place, comma, paper = text.rpartition(",")
    return (place, PAPERS[paper]) if comma and paper in PAPERS else (text, WIDTH)
