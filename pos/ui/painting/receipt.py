"""Paints a receipt on the screen, as it is printed."""

from __future__ import annotations

from rich.style import Style as Ink

from pos.counter.panels.paper import ReceiptPanel
from pos.devices.layout import rows
from pos.devices.qr import half_blocks
from pos.domain.sale.sale import PrintLine, Style
from pos.ui.blocks.blocks import Block, Row, centred, row, text_block, wide
from pos.ui.frame import Frame

PAPER_WIDTH = 44
BLACK_ON_WHITE = Ink(color="#000000", bgcolor="#ffffff")
"""A QR code is dark on light in both themes."""


def receipt(frame: Frame, panel: ReceiptPanel, width: int, height: int) -> Block:
    """The visible part of the document, and how much is below; arrows scroll."""
    ground = frame.inks.tile
    room = min(PAPER_WIDTH, width - 2)
    lines = [cells for line in panel.document.lines for cells in _rows(frame, line, room - 2)]
    top = min(panel.top, max(0, len(lines) - height))
    below = len(lines) - top - height
    if below > 0:
        mark = frame.words.text("lines-below", count=below + 1)
        lines[top + height - 1] = centred(room - 2, ground.fill, ((mark, ground.accent),))
    shown = [(*row(1, ground.fill), *cells, *row(1, ground.fill)) for cells in lines[top : top + height]]
    return wide(text_block(room, shown), width, frame.inks.page.fill, max(1, (width - room) // 2))


def _rows(frame: Frame, line: PrintLine, width: int) -> list[Row]:
    if not line.qr:
        return [row(width, frame.inks.tile.fill, ((text, _style(frame, line)),)) for text in rows(line, width)]
    ground = frame.inks.tile
    return [centred(width, ground.fill, ((cells, BLACK_ON_WHITE),)) for cells in half_blocks(line.qr)]


def _style(frame: Frame, line: PrintLine) -> Ink:
    ground = frame.inks.tile
    return {Style.BOLD: ground.strong, Style.HEADING: ground.accent, Style.SMALL: ground.soft}.get(
        line.style, ground.text
    )
