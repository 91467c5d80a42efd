"""The panes of the counter's screen, each with its painter."""

from __future__ import annotations

from pos.counter import State
from pos.domain.menu.menu import TILE_LETTERS
from pos.domain.order.order import noted_anywhere
from pos.ui.blocks.blocks import Block, KeyTap, paragraph, tall, wrap
from pos.ui.frame import Frame
from pos.ui.painting.bar.bar import bar
from pos.ui.painting.bar.ringing import in_strip, ringing_basis
from pos.ui.painting.header import header
from pos.ui.painting.menu import menu
from pos.ui.painting.order import order_pane
from pos.ui.painting.panels import panel_pane
from pos.ui.painting.saying import saying, spoken
from pos.ui.painting.strip import strip
from pos.ui.pane import Pane


class HeaderPane(Pane):
    """The top line."""

    def basis(self, frame: Frame) -> object:
        """Cashier, the order's badges, what waits, the time and the call number."""
        order = frame.order
        noted = (
            order.serving_mode,
            noted_anywhere(order),
            order.exempt,
            order.language,
            order.call_number,
            frame.purpose,
            order.channel,
        )
        return frame.till.cashier, noted, frame.moment.rush, frame.paid is None, frame.shelf, frame.minute

    def paint(self, frame: Frame, width: int, height: int) -> Block:
        return header(frame, width, height)


class MenuPane(Pane):
    """Tabs and tiles; in their place a panel, or the words to say."""

    def basis(self, frame: Frame) -> object:
        """The words to say, or the page and the marks of its tiles. A panel is painted each time."""
        if frame.panel is not None:
            return None
        said = spoken(frame)
        if said is not None:
            return said, frame.spoken.language
        order, counter = frame.order, frame.counter
        marks = (order.allergens, order.serving_mode, frame.moment.sold_out, frame.moment.modifiers_out, frame.minute)
        return counter.category, counter.page, counter.top, id(frame.menu), marks

    def paint(self, frame: Frame, width: int, height: int) -> Block:
        if frame.panel is not None:
            return panel_pane(frame, width, height)
        said = spoken(frame)
        return menu(frame, width, height) if said is None else saying(frame, said, width, height)

    @property
    def tiles_in_sight(self) -> int:
        """How many tiles are visible now."""
        taps = [spot.tap for spot in self.block.spots]
        return sum(isinstance(tap, KeyTap) and tap.key in TILE_LETTERS for tap in taps)


class OrderPane(Pane):
    """The order and its total."""

    def paint(self, frame: Frame, width: int, height: int) -> Block:
        return order_pane(frame, width, height)


class BarPane(Pane):
    """The open prompt, and its answers."""

    def basis(self, frame: Frame) -> object:
        is_ringing = frame.under is State.RINGING and frame.panel is None
        return ringing_basis(frame) if is_ringing else None

    def paint(self, frame: Frame, width: int, height: int) -> Block:
        return bar(frame, width, height)


class StripPane(Pane):
    """All other commands."""

    def basis(self, frame: Frame) -> object:
        return tuple(command.id for command in in_strip(frame))

    def paint(self, frame: Frame, width: int, height: int) -> Block:
        return strip(frame, width, height)


class SmallPane(Pane):
    """Shown in a window that is too small to sell on."""

    def paint(self, frame: Frame, width: int, height: int) -> Block:
        ground = frame.inks.page
        lines = wrap(frame.words.text("window-too-small"), width, height)
        return tall(paragraph(width, ground.fill, lines, ground.strong, indent=0), height, ground.fill)
