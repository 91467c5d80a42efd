"""Lays out a document's lines in rows of character cells. A wide character takes two cells, a combining one none."""

from __future__ import annotations

import textwrap
import unicodedata

from pos.devices.qr import half_blocks
from pos.domain.sale.sale import PrintLine

HANGING = "  "
FIRST_MARK = "\N{COMBINING GRAVE ACCENT}"
"""The first character without a cell of its own. All characters before it are Latin letters, with accents or
without."""


def rows(line: PrintLine, width: int) -> list[str]:
    """The rows of a line. Text that is too long continues on the next row.

    The right part is at the margin of the first row, or on its own row if there is no room. Letters with combining
    marks are composed (NFC).
    """
    if line.qr:
        return _qr_rows(line.qr, width)
    left, right = composed(line.left), composed(line.right)
    if line.centred:
        return [_centred(row, width) for row in _wrapped(left, width, hanging="")]
    if not right:
        return _wrapped(left, width)
    room = width - cells(right) - 1
    if room < width // 3:
        below = [" " * (width - cells(row)) + row for row in _wrapped(right, width)]
        return [*(_wrapped(left, width) if left else []), *below]
    first, *rest = _wrapped(left, room)
    return [f"{first}{' ' * (room - cells(first))} {right}", *rest]


def composed(text: str) -> str:
    """The text with each letter and its marks as one character if there is one: `e` and an accent become `é`."""
    return unicodedata.normalize("NFC", text)


def cells(text: str) -> int:
    """The number of cells that a text takes."""
    if _is_narrow(text):
        return len(text)
    from wcwidth import width

    return width(text)


def _is_narrow(text: str) -> bool:
    """Whether each character takes one cell, as Latin letters do; then no table is needed."""
    return text.isascii() or all(character < FIRST_MARK for character in text)


def _centred(text: str, width: int) -> str:
    """The text centred like `str.center`."""
    spare = max(0, width - cells(text)) if text else 0
    return " " * (spare // 2 + (spare & width & 1)) + text


def _qr_rows(content: str, width: int) -> list[str]:
    """A QR code, centred; without its light border if the paper is too narrow for that."""
    shown = half_blocks(content)
    over = max(0, len(shown[0]) - width)
    return [row[over - over // 2 : len(row) - over // 2].center(width).rstrip() for row in shown]


def _wrapped(text: str, width: int, hanging: str = HANGING) -> list[str]:
    """The text in rows. Continued rows are indented; columns inside the text are kept."""
    if not text.strip():
        return [""]
    below = text[: len(text) - len(text.lstrip())] + hanging
    if _is_narrow(text):
        return textwrap.wrap(text, width, subsequent_indent=below, expand_tabs=False, break_on_hyphens=False)
    from wcwidth import wrap

    return wrap(text, width, subsequent_indent=below, expand_tabs=False, break_on_hyphens=False)
