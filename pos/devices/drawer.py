"""The port to a cash drawer: it opens, and says how it stands."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class DrawerState(StrEnum):
    """How a drawer stands."""

    NONE = "none"
    """There is none that the till opens."""
    CLOSED = "closed"
    OPEN = "open"
    UNKNOWN = "unknown"


class Drawer(Protocol):
    """A drawer that the till opens."""

    is_integrated: bool
    """Whether the till opens it and has to know how it stands: nothing is sold while it is open, or while nobody knows
    (kassasystemforskrifta § 2-2)."""

    def open(self) -> None:
        """Open it. Raises `DeviceError` where it surely did not open."""

    def state(self) -> DrawerState:
        """How it stands; *unknown* where nothing answers."""


class NoDrawer:
    """A till without a drawer, or with one that has a key and no wire."""

    is_integrated = False

    def open(self) -> None:
        """Nothing to do: whoever has the key opens it."""

    def state(self) -> DrawerState:
        """There is none."""
        return DrawerState.NONE
