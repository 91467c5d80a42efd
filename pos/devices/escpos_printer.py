"""A receipt printer with ESC/POS, the usual command language, by means of python-escpos."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pos.devices.layout import composed, rows
from pos.devices.paper import WIDTH
from pos.devices.qr import squares
from pos.devices.targets import Target
from pos.domain.errors import DeviceError
from pos.domain.sale.sale import Document, PrintLine, Style
from pos.domain.value import replace

if TYPE_CHECKING:
    from escpos.escpos import Escpos

CODE_PAGE = "CP858"
"""Has æøåÆØÅ at the places of the Nordic page 865, and also € and ×. The page is set explicitly: by itself
python-escpos switches between pages, and with some profiles prints `?` for ø."""

QR_DOTS = 6
"""Dots per square of a QR code: 0.75 mm, and 22 mm in all, which fits on 58 mm paper."""

WITHOUT_WIDTH = ("Mn", "Me", "Cf")
"""Combining marks, and characters that only join or format: they cannot be printed alone."""

LOOK_ALIKES = str.maketrans({"–": "-", "—": "-", "−": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "..."})


class EscPosPrinter:
    """Renders a document as ESC/POS and sends it to `target` in one write."""

    def __init__(self, target: Target, width: int = WIDTH) -> None:
        """Raises `DeviceError` `escpos-missing` if python-escpos is not installed."""
        if find_spec("escpos") is None:
            raise DeviceError("escpos-missing")
        self.target = target
        self.width = width

    def print(self, document: Document) -> None:
        """Print and cut. The first document takes 0.25 s longer, because python-escpos is loaded."""
        self.target.send(escpos_bytes(document, self.width))


def escpos_bytes(document: Document, width: int = WIDTH) -> bytes:
    """The document in ESC/POS. Headings are twice as high and wide as the amounts; one and a half times is required
    (kassasystemforskrifta § 2-8)."""
    from escpos.printer import Dummy

    paper = Dummy()
    paper.hw("INIT")
    paper.charcode(CODE_PAGE)
    for line in document.lines:
        if line.qr:
            _print_qr(paper, line.qr)
            continue
        large = line.style is Style.HEADING
        paper.set(
            align="center" if line.centred else "left",
            font="b" if line.style is Style.SMALL else "a",
            bold=line.style in (Style.BOLD, Style.HEADING),
            normal_textsize=not large,
            double_height=large,
            double_width=large,
        )
        there = replace(line, left=printable(line.left), right=printable(line.right))
        for row in rows(there, columns(line, width)):
            paper.textln(row.strip() if line.centred else row)
    if document.cut:
        paper.cut()
    return bytes(paper.output)


def _print_qr(paper: Escpos, content: str) -> None:
    """Print a QR code as a picture, because not all printers can draw one themselves.

    The bytes are made here: python-escpos's `image` prints a warning, which would appear on the counter's screen.
    """
    paper.set(align="center")
    paper._raw(raster(squares(content)))


def raster(rows: list[list[bool]]) -> bytes:
    """Squares as a raster picture (GS v 0), each `QR_DOTS` wide and high. Rows are filled with white to whole bytes."""
    wide = -(-len(rows[0]) * QR_DOTS // 8)
    lines = []
    for row in rows:
        dots = "".join(("1" if dark else "0") * QR_DOTS for dark in row).ljust(wide * 8, "0")
        lines.append(int(dots, 2).to_bytes(wide, "big") * QR_DOTS)
    height = len(rows) * QR_DOTS
    return b"\x1dv0\0" + wide.to_bytes(2, "little") + height.to_bytes(2, "little") + b"".join(lines)


def columns(line: PrintLine, width: int) -> int:
    """The number of characters of a line's style in a row: half as many large ones, a third more small ones."""
    return {Style.HEADING: width // 2, Style.SMALL: width * 4 // 3}.get(line.style, width)


def printable(text: str) -> str:
    """The text in characters of the code page, with the width that it has on paper.

    Dashes and quotes become similar ones. Letters lose accents that the page lacks. Other scripts and pictures are
    written in Latin letters (`汉` is Han, a peanut is :peanuts:), so that no note for the kitchen is lost. The rest
    becomes `?`. Control characters become spaces, because the printer would obey them.
    """
    return "".join(_printable(character) for character in composed(text).translate(LOOK_ALIKES))


def _printable(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    if category in WITHOUT_WIDTH:
        return ""
    return next((found for found in _candidates(character) if _has(found)), "?")


def _candidates(character: str) -> Iterator[str]:
    """The ways to write a character, the closest first."""
    yield character
    yield "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    from anyascii import anyascii

    yield anyascii(character)


def _has(text: str) -> bool:
    try:
        text.encode(CODE_PAGE)
    except UnicodeEncodeError:
        return False
    return bool(text)
