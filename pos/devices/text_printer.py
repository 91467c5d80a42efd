"""A printer that is a text file."""

from __future__ import annotations

from pathlib import Path

from pos.devices.layout import rows
from pos.devices.paper import WIDTH
from pos.devices.targets import FileTarget
from pos.domain.sale.sale import Document


class TextPrinter:
    """Appends each document to a file, in UTF-8. It is on the disk when `print` returns."""

    def __init__(self, path: Path, width: int = WIDTH) -> None:
        """Raises `BadInput` for a path that cannot be written."""
        self.path = path
        self.width = width
        self._file = FileTarget(path)

    def print(self, document: Document) -> None:
        """Append the document, with a line where paper would be cut."""
        text = "".join(f"{row}\n" for line in document.lines for row in rows(line, self.width))
        written = f"{text}\n{'-' * self.width}\n\n" if document.cut else f"{text}\n"
        self._file.send(written.encode(errors="replace"))
