"""The port to a printer, and its errors."""

from __future__ import annotations

from typing import Protocol

from pos.domain.errors import DeviceError
from pos.domain.sale.sale import Document
from pos.wording.reasons import reason_of


class Printer(Protocol):
    """Prints documents on paper, or on a substitute."""

    def print(self, document: Document) -> None:
        """Print the whole document. Raises `DeviceError` (`printer-failed`, `printer-silent`).

        The error's value `begun` says whether a part may be on paper; only then is the next try a copy. Without an
        error the printer has accepted the document; such printers do not report whether they had paper.
        """


class NoPrinter:
    """A till without a printer: documents are read on the screen."""

    def print(self, document: Document) -> None:
        """Do nothing."""


def printer_failed(error: OSError, *, begun: bool) -> DeviceError:
    """The operating system's error as a `DeviceError`."""
    return DeviceError("printer-failed", problem=reason_of(error), begun=begun)
