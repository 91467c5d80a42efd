"""A printer that is a text file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from pos.devices.layout import rows
from pos.devices.printer import printer_failed
from pos.domain.sale import Document

WIDTH = 42
"""Characters on a row of 80 mm paper."""


class TextPrinter:
    """Adds each document to the end of a file, in UTF-8, on disk before `print` returns."""

    def __init__(self, path: Path, width: int = WIDTH) -> None:
        self.path = path
        self.width = width

    def print(self, document: Document) -> None:
        """Add the document, with a line where paper would be cut."""
        text = "".join(f"{row}\n" for line in document.lines for row in rows(line, self.width))
        written = f"{text}\n{'-' * self.width}\n\n" if document.cut else f"{text}\n"
        append(self.path, written.encode(errors="replace"))


def append(path: Path, content: bytes) -> None:
    """Add to the end of a file, in one write, and see it safe on the disk. `DeviceError` when that fails."""
    begun = False
    try:
        with path.open("ab", buffering=0) as file:
            begun = True
            while content:
                content = content[file.write(content) or 0 :]
            if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                os.fsync(file.fileno())
    except OSError as error:
        raise printer_failed(error, begun=begun) from error
