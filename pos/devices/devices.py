"""The devices of one till."""

from __future__ import annotations

from dataclasses import dataclass

from pos.devices.printer import Printer
from pos.devices.terminal import Terminal


@dataclass(frozen=True, slots=True)
class Devices:
    """What one till has beside its screen."""

    printer: Printer
    terminal: Terminal
