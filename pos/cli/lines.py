"""Printing sentences: wrapped at words on a terminal, in whole lines for a file or a program."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable

NARROWEST = 40
BESIDE = "    "


def show(lines: Iterable[str]) -> None:
    """Print lines. On a terminal they are wrapped at words, and continuations are indented."""
    width = max(NARROWEST, shutil.get_terminal_size().columns) if sys.stdout.isatty() else None
    for line in lines:
        print(line if width is None else textwrap.fill(line, width, subsequent_indent=BESIDE, break_on_hyphens=False))
