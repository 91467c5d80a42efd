"""The devices of one till."""

from __future__ import annotations

from pos.devices.drawer import Drawer, NoDrawer
from pos.devices.printer import Printer
from pos.devices.terminal import Terminal
from pos.domain.value import value


@value
class Devices:
    """The devices of one till."""

    printer: Printer
    terminal: Terminal
    kitchen: Printer | None = None
    """The printer in the kitchen; None if its papers are printed on the receipt printer."""
    drawer: Drawer = NoDrawer()

    @property
    def kitchen_printer(self) -> Printer:
        """The printer of the kitchen's papers."""
        return self.kitchen or self.printer
