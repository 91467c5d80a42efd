"""Where the files of tests are: in memory where there is room, since a durable commit costs nothing there."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 1 << 29
"""Bytes that two runs at once do not fill; a container often has an eighth of it."""


@cache
def room() -> Path | None:
    """A folder of this process that no disk is behind; None where there is no memory for one, or too little."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free <= ENOUGH:
        return None
    return Path(tempfile.mkdtemp(prefix="till-", dir=MEMORY))


def clear_room() -> None:
    """Remove that folder with all that was left in it: tests that are killed, or draw their steps, leave files."""
    folder = room()
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
