"""Where the files of tests are: in memory where there is room, since a durable commit costs nothing there."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 1 << 29
"""Bytes that two runs at once do not fill; a container often has an eighth of it."""


@cache
def room() -> Path | None:
    """A folder that no disk is behind, for this process and those that it forks; None where there is no memory for one,
    or too little. It goes at the end with all that was left in it: tests that are killed, or draw their steps, leave
    files."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free <= ENOUGH:
        return None
    folder, owner = Path(tempfile.mkdtemp(prefix="till-", dir=MEMORY)), os.getpid()

    def clear() -> None:
        if os.getpid() == owner:
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(clear)
    return folder
