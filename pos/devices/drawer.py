"""The port to a cash drawer: it can be opened, and reports its state."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class DrawerState(StrEnum):
    """The state of a drawer."""

    NONE = "none"
    """The till opens no drawer."""
    CLOSED = "closed"
    OPEN = "open"
    UNKNOWN = "unknown"


class Drawer(Protocol):
    """A drawer that the till opens."""

    is_integrated: bool
    """Whether the till opens the drawer and must know its state: nothing is sold while it is open or its state is
    unknown (kassasystemforskrifta § 2-2)."""

    def open(self) -> None:
        """Open the drawer. Raises `DeviceError` if it certainly did not open."""

    def state(self) -> DrawerState:
        """The state; *unknown* if nothing answers."""


class NoDrawer:
    """A till without a drawer, or with one that is not connected and opened by key."""

    is_integrated = False

    def open(self) -> None:
        """Do nothing: the drawer is opened by key."""

    def state(self) -> DrawerState:
        """Always `NONE`."""
        return DrawerState.NONE
