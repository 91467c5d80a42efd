"""Long work that becomes true slice by slice, each an act of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from pos.store.acts import Act
from pos.store.file.connection import Step, Work


class Slices(Work):
    """A fact of several acts: each takes as many steps as the lock may be kept for, and `tell` says afterwards what
    they came to."""

    def __init__(self, steps: Iterable[Step], tell: Callable[[], object]) -> None:
        super().__init__(steps)
        self._tell = tell

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Take the next steps."""
        self.go_on(conn)

    def told(self) -> object:
        return self._tell()
