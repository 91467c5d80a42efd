"""Sentences on the output: whole words where somebody looks at them, whole lines for a file or a program."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable

NARROWEST = 40
BESIDE = "    "


def show(lines: Iterable[str]) -> None:
    """Print them; on a terminal no word is cut at its edge, and what does not fit into a line goes on indented."""
    width = max(NARROWEST, shutil.get_terminal_size().columns) if sys.stdout.isatty() else None
    for line in lines:
        print(line if width is None else textwrap.fill(line, width, subsequent_indent=BESIDE, break_on_hyphens=False))
