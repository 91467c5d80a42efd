"""The devices of one till."""

from __future__ import annotations

from pos.devices.printer import Printer
from pos.devices.terminal import Terminal
from pos.domain.value import value


@value
class Devices:
    """What one till has beside its screen."""

    printer: Printer
    terminal: Terminal
