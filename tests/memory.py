"""Where the files of tests are: in memory where there is room, since a durable commit costs nothing there."""

from __future__ import annotations

import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 1 << 29
"""Bytes that two runs at once do not fill; a container often has an eighth of it."""


def room() -> Path | None:
    """A folder that no disk is behind; None where there is none, or too small a one."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH else None
