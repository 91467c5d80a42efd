"""A pane: a widget that paints a block, refreshes only the rows that changed, and sends taps."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from pos.ui.blocks.blocks import Block, Row, Tap
from pos.ui.frame import Frame

LEFT_BUTTON = 1


def strip_of(block: Block, y: int) -> Strip:
    """A row of a picture as Textual's `Strip`; empty below the last row."""
    return _strip(block.rows[y], block.width) if y < block.height else Strip(())


@lru_cache(maxsize=512)
def _strip(row: Row, width: int) -> Strip:
    """Neighbours in one style become one segment: Textual filters and writes each by itself."""
    runs = groupby((segment for segment in row if segment.text), attrgetter("style"))
    return Strip([Segment("".join(segment.text for segment in run), style) for style, run in runs], width)


class Pane(Widget):
    """The base of the counter's widgets: `show(frame)` is the one way in, `Tapped` the one way out."""

    can_focus = False

    class Tapped(Message):
        """Something was tapped or clicked."""

        def __init__(self, tap: Tap) -> None:
            super().__init__()
            self.tap = tap

    def __init__(self) -> None:
        super().__init__()
        self._frame: Frame | None = None
        self.block = Block(0, ())
        """The block on the screen now."""
        self._basis: object = None

    def paint(self, frame: Frame, width: int, height: int) -> Block:
        """The picture of a frame, in a width and height."""
        raise NotImplementedError

    def basis(self, frame: Frame) -> object:
        """What the picture depends on, besides size, language and inks; None if comparing it is not worth it."""
        return None

    def show(self, frame: Frame) -> None:
        """Show a frame, unless its basis is unchanged. Only rows that differ are painted again."""
        self._frame = frame
        width, height = size = self.outer_size  # a pane has no border, and `size` is slow to find
        if width < 1 or height < 1:
            return
        found = self.basis(frame)
        basis = None if found is None else (found, size, frame.words.language, frame.inks)
        if basis is not None and basis == self._basis:
            return
        self._basis = basis
        block, before = self.paint(frame, width, height), self.block
        self.block = block
        if block.width != before.width or block.height != before.height:
            self.refresh()
            return
        pairs = zip(before.rows, block.rows, strict=True)
        changed = [y for y, (old, new) in enumerate(pairs) if old is not new and old != new]
        if len(changed) == block.height:
            self.refresh()
        elif changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def show_row(self, y: int, row: Row) -> None:
        """Replace a row of the picture until the next frame is shown."""
        if y < self.block.height:
            self.block = Block(
                self.block.width, (*self.block.rows[:y], row, *self.block.rows[y + 1 :]), self.block.spots
            )
            self._basis = None
            self.refresh(Region(0, y, self.block.width, 1))

    def render_line(self, y: int) -> Strip:
        return strip_of(self.block, y)

    def on_resize(self) -> None:
        if self._frame is not None:
            self.show(self._frame)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Send the tapped spot."""
        event.stop()
        spot = self.block.spot(event.x, event.y)
        if spot is not None and event.button == LEFT_BUTTON:
            self.post_message(self.Tapped(spot.tap))
