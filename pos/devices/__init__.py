"""What stands around the till: printers and the card terminal, each a port with its adapters."""

from pos.devices.destination import file_of, prints_nothing
from pos.devices.devices import Devices
from pos.devices.fake import FakePrinter, FakeTerminal
from pos.devices.naming import printer_from
from pos.devices.printer import NoPrinter, Printer
from pos.devices.terminal import ManualTerminal, Terminal

__all__ = [
    "Devices",
    "FakePrinter",
    "FakeTerminal",
    "ManualTerminal",
    "NoPrinter",
    "Printer",
    "Terminal",
    "file_of",
    "printer_from",
    "prints_nothing",
]
