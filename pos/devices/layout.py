"""Lines of a document as rows of so many characters."""

from __future__ import annotations

from textwrap import wrap

from pos.devices.qr import half_blocks
from pos.domain.sale import PrintLine

HANGING = "  "


def rows(line: PrintLine, width: int) -> list[str]:
    """The rows of a line: nothing is cut off, what is too long goes on below.

    A right part stands at the margin of the first row, or on a row of its own where there is no room for it.
    """
    if line.qr:
        return [row.center(width).rstrip() for row in half_blocks(line.qr)]
    if line.centred:
        return [row.center(width).rstrip() for row in _wrapped(line.left, width, hanging="")]
    if not line.right:
        return _wrapped(line.left, width)
    room = width - len(line.right) - 1
    if room < width // 3:
        below = [row.rjust(width) for row in _wrapped(line.right, width)]
        return [*(_wrapped(line.left, width) if line.left else []), *below]
    first, *rest = _wrapped(line.left, room)
    return [f"{first:<{room}} {line.right}", *rest]


def _wrapped(text: str, width: int, hanging: str = HANGING) -> list[str]:
    """The text in rows; what goes on below stands a little further in, columns inside the text are kept."""
    if not text.strip():
        return [""]
    below = text[: len(text) - len(text.lstrip())] + hanging
    return wrap(text, width, subsequent_indent=below, expand_tabs=False, break_on_hyphens=False)
