"""Lines of a document as rows of so many cells: a wide character takes two of them, a combining one none."""

from __future__ import annotations

import textwrap
import unicodedata

from pos.devices.qr import half_blocks
from pos.domain.sale.sale import PrintLine

HANGING = "  "
FIRST_MARK = "\N{COMBINING GRAVE ACCENT}"
"""The first character that takes no cell of its own; before it stand the Latin letters, with their accents."""


def rows(line: PrintLine, width: int) -> list[str]:
    """The rows of a line: nothing is cut off, what is too long goes on below.

    A right part stands at the margin of the first row, or on a row of its own where there is no room for it. Letters
    with combining marks are composed where Unicode has them so (NFC).
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
    """The text with each letter and its marks as one character, where there is one: `e` and an accent as `é`."""
    return unicodedata.normalize("NFC", text)


def cells(text: str) -> int:
    """How many cells of a row a text takes."""
    if _is_narrow(text):
        return len(text)
    from wcwidth import width

    return width(text)


def _is_narrow(text: str) -> bool:
    """Whether each character surely takes one cell, as Latin letters do: no table is needed then."""
    return text.isascii() or all(character < FIRST_MARK for character in text)


def _centred(text: str, width: int) -> str:
    """The text in the middle, as `str.center` has it."""
    spare = max(0, width - cells(text)) if text else 0
    return " " * (spare // 2 + (spare & width & 1)) + text


def _qr_rows(content: str, width: int) -> list[str]:
    """A code in the middle; where its light border is too wide for the paper, which is light too, without that."""
    shown = half_blocks(content)
    over = max(0, len(shown[0]) - width)
    return [row[over - over // 2 : len(row) - over // 2].center(width).rstrip() for row in shown]


def _wrapped(text: str, width: int, hanging: str = HANGING) -> list[str]:
    """The text in rows; what goes on below stands a little further in, columns inside the text are kept."""
    if not text.strip():
        return [""]
    below = text[: len(text) - len(text.lstrip())] + hanging
    if _is_narrow(text):
        return textwrap.wrap(text, width, subsequent_indent=below, expand_tabs=False, break_on_hyphens=False)
    from wcwidth import wrap

    return wrap(text, width, subsequent_indent=below, expand_tabs=False, break_on_hyphens=False)
