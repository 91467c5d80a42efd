"""The port to a printer, and its errors."""

from __future__ import annotations

from typing import Protocol

from pos.domain.errors import DeviceError
from pos.domain.sale.sale import Document
from pos.wording.reasons import reason_of


class Printer(Protocol):
    """Puts documents on paper, or where paper would be."""

    def print(self, document: Document) -> None:
        """Print the whole document, or raise `DeviceError` (`printer-failed`, `printer-silent`).

        The error's value `begun` says whether some of it may be on paper: only then is the next try a copy. No error
        means that the printer took it, not that it had paper: printers of this kind do not say.
        """


class NoPrinter:
    """A till without a printer: documents are read on the screen."""

    def print(self, document: Document) -> None:
        """Nothing to do."""


def printer_failed(error: OSError, *, begun: bool) -> DeviceError:
    """What the system said, as an error of the till."""
    return DeviceError("printer-failed", problem=reason_of(error), begun=begun)
