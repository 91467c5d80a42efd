"""Long work in slices, each an act of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from pos.store.acts import Act
from pos.store.file.connection import Step, Work


class Slices(Work):
    """A fact of several acts: each runs as many steps as the lock may be kept for, and `tell` makes its JSON
    afterwards."""

    def __init__(self, steps: Iterable[Step], tell: Callable[[], object]) -> None:
        super().__init__(steps)
        self._tell = tell

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Run the next steps."""
        self.go_on(conn)

    def told(self) -> object:
        return self._tell()
