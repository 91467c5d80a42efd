"""QR codes as squares, drawn with half blocks if only text can be printed."""

from __future__ import annotations

BORDER = 4
"""Light squares around a code. With fewer, scanners may not find it (ISO/IEC 18004)."""

_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def squares(content: str) -> list[list[bool]]:
    """The rows of a code's squares, true for dark, with the light border. The code stays readable if a tenth of it is
    damaged."""
    import segno

    code = segno.make_qr(content, error="m")
    return [[bool(square) for square in row] for row in code.matrix_iter(border=BORDER)]


def half_blocks(content: str) -> list[str]:
    """The code as text, two rows of squares in one, dark on light."""
    rows = squares(content)
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    return [
        "".join(_HALVES[upper, lower] for upper, lower in zip(above, below, strict=True))
        for above, below in zip(rows[::2], rows[1::2], strict=True)
    ]
