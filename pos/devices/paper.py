"""The widths of paper."""

from __future__ import annotations

WIDTH = 42
"""Characters in a row of 80 mm paper, unless another paper is named."""

PAPERS = {"58": 32, "80": WIDTH, "80/48": 48}
"""Characters in a row of the printer's first font, by the name of the paper: its millimetres, and for printers with a
narrower font the characters too."""


def split_paper(text: str) -> tuple[str, int]:
    """Split a printer's text from its paper, and return the characters in a row: `escpos:tcp:HOST,58` has 32."""
    place, comma, paper = text.rpartition(",")
    return (place, PAPERS[paper]) if comma and paper in PAPERS else (text, WIDTH)
