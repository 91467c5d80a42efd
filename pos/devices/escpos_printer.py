"""A receipt printer that speaks ESC/POS, as most do; python-escpos knows the language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pos.devices.layout import composed, rows
from pos.devices.paper import WIDTH
from pos.devices.qr import squares
from pos.devices.targets import Target
from pos.domain.errors import DeviceError
from pos.domain.sale.sale import Document, PrintLine, Style

if TYPE_CHECKING:
    from escpos.escpos import Escpos

CODE_PAGE = "CP858"
"""It has æøåÆØÅ at the places where the Nordic page 865 has them, and € and × beside. One page, named outright:
left to choose, python-escpos hops between pages, and prints `?` for ø with some profiles."""

QR_DOTS = 6
"""Dots to a square of a QR code: three quarters of a millimetre, and 22 mm in all, which fits on 58 mm paper."""

WITHOUT_WIDTH = ("Mn", "Me", "Cf")
"""Marks on the letter before, and signs that only join or format: nothing of them can be printed alone."""

LOOK_ALIKES = str.maketrans({"–": "-", "—": "-", "−": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "..."})


class EscPosPrinter:
    """Renders a document to the bytes of its language and sends them to `target` in one go."""

    def __init__(self, target: Target, width: int = WIDTH) -> None:
        """Raises `DeviceError` (`escpos-missing`) where python-escpos is not installed."""
        if find_spec("escpos") is None:
            raise DeviceError("escpos-missing")
        self.target = target
        self.width = width

    def print(self, document: Document) -> None:
        """Print and cut. The first one takes a quarter of a second longer: python-escpos is loaded for it."""
        self.target.send(escpos_bytes(document, self.width))


def escpos_bytes(document: Document, width: int = WIDTH) -> bytes:
    """The document in ESC/POS. Headings are twice as high and wide as the amounts (at least half as large again is
    asked of them: kassasystemforskrifta § 2-8)."""
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
    """A QR code as a picture: every printer of this kind takes one, not all of them can draw a code themselves.

    As its bytes, for python-escpos's own `image` prints a warning, which would stand across the counter's screen.
    """
    paper.set(align="center")
    paper._raw(raster(squares(content)))


def raster(rows: list[list[bool]]) -> bytes:
    """Squares as a picture of dots (GS v 0), `QR_DOTS` wide and high each; white to the end of the last byte."""
    wide = -(-len(rows[0]) * QR_DOTS // 8)
    lines = []
    for row in rows:
        dots = "".join(("1" if dark else "0") * QR_DOTS for dark in row).ljust(wide * 8, "0")
        lines.append(int(dots, 2).to_bytes(wide, "big") * QR_DOTS)
    height = len(rows) * QR_DOTS
    return b"\x1dv0\0" + wide.to_bytes(2, "little") + height.to_bytes(2, "little") + b"".join(lines)


def columns(line: PrintLine, width: int) -> int:
    """How many characters of a line's style stand on a row: half as many large ones, a third more small ones."""
    return {Style.HEADING: width // 2, Style.SMALL: width * 4 // 3}.get(line.style, width)


def printable(text: str) -> str:
    """The text in characters that the code page has, as wide as it will be on paper.

    Look-alikes for dashes and quotes; letters without the accents that the page lacks; other scripts and pictures in
    Latin letters (`汉` is Han, a peanut is :peanuts:), so that no note for the kitchen is lost; `?` for what is left.
    Control characters become spaces: they would be orders to the printer.
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
    """How a character may be written, the nearest first."""
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
