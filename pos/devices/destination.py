"""Where a printer's documents go: onto paper, into a file, or nowhere."""

from __future__ import annotations

from pathlib import Path

from pos.devices.escpos_printer import EscPosPrinter
from pos.devices.printer import NoPrinter, Printer
from pos.devices.targets import FileTarget
from pos.devices.text_printer import TextPrinter


def file_of(printer: Printer) -> Path | None:
    """The file that the documents are written to; None if they go to paper."""
    if isinstance(printer, TextPrinter):
        return printer.path
    if isinstance(printer, EscPosPrinter) and isinstance(printer.target, FileTarget):
        return printer.target.path
    return None


def prints_nothing(printer: Printer) -> bool:
    """Whether there is no printer at all."""
    return isinstance(printer, NoPrinter)
