"""The till's devices: printers, cash drawers and card terminals, each a port with adapters."""

from pos.devices.destination import file_of, prints_nothing
from pos.devices.devices import Devices
from pos.devices.drawer import Drawer, DrawerState, NoDrawer
from pos.devices.escpos_drawer import drawer_from
from pos.devices.fake import FakeDrawer, FakePrinter, FakeTerminal
from pos.devices.naming import printer_from
from pos.devices.printer import NoPrinter, Printer
from pos.devices.terminal import ManualTerminal, Terminal

__all__ = [
    "Devices",
    "Drawer",
    "DrawerState",
    "FakeDrawer",
    "FakePrinter",
    "FakeTerminal",
    "ManualTerminal",
    "NoDrawer",
    "NoPrinter",
    "Printer",
    "Terminal",
    "drawer_from",
    "file_of",
    "printer_from",
    "prints_nothing",
]
