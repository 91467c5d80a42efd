"""The counter's screen: its panes, and when each is painted."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen

from pos.counter import Say
from pos.domain.value import value
from pos.ui.frame import Frame
from pos.ui.painting.bar.bar import message_over
from pos.ui.painting.panels import is_whole
from pos.ui.pane import Pane
from pos.ui.panes import BarPane, HeaderPane, MenuPane, OrderPane, SmallPane, StripPane

SMALLEST = Size(60, 20)
"""The smallest window in which the till can be used."""


@value
class WindowPlan:
    """How a window is divided: the width of the order, the heights of bar and strip."""

    order: int
    bar: int
    strip: int


def plan(size: Size) -> WindowPlan:
    """The plan for a window. It depends on the size alone, so that nothing moves between states."""
    order = max(28, min(64, size.width * 2 // 5))
    spare = max(0, size.height - 24)
    return WindowPlan(order, min(12, 8 + spare // 5), 2 if spare < 6 else 3)


class CounterScreen(Screen[None], inherit_bindings=False):
    """Header, menu, order, bar, strip."""

    def __init__(self) -> None:
        super().__init__()
        self._frame: Frame | None = None
        self._panes: tuple[Pane, ...] = ()
        self.is_small = False
        """Whether the window shows only that it is too small."""

    def compose(self) -> ComposeResult:
        """All panes; CSS classes decide which are visible."""
        yield HeaderPane()
        with Container(id="body"):
            yield MenuPane()
            yield OrderPane()
        yield BarPane()
        yield StripPane()
        yield SmallPane()

    def show(self, frame: Frame) -> None:
        """Show a frame in every visible pane."""
        self._frame = frame
        self.set_class(is_whole(frame.state), "-whole")
        for pane in self.panes:
            if pane.display:
                pane.show(frame)

    @property
    def panes(self) -> tuple[Pane, ...]:
        """All panes, searched until they are mounted: none is added or removed later."""
        if not self._panes:
            self._panes = tuple(self.query(Pane))
        return self._panes

    def say_at_once(self, message: Say) -> None:
        """Paint a message in the title row of the bar at once, before the current key is handled: the event loop stands
        still until then. The next frame removes it."""
        frame, shown = self._frame, [pane for pane in self.panes if pane.display and pane.block.height]
        pane = next((one for one in shown if isinstance(one, BarPane)), shown[0] if shown else None)
        if frame is None or pane is None:
            return
        pane.show_row(0, message_over(frame, message, pane.block))
        self._compositor.update_widgets({pane})
        self._compositor_refresh()

    @property
    def tiles_in_sight(self) -> int:
        """How many tiles are visible now; 0 before the panes are mounted."""
        return sum(pane.tiles_in_sight for pane in self.panes if isinstance(pane, MenuPane))

    def on_resize(self, event: Resize) -> None:
        """Divide the window anew."""
        shared = plan(event.size)
        self.query_one(OrderPane).styles.width = shared.order
        self.query_one(BarPane).styles.height = shared.bar
        self.query_one(StripPane).styles.height = shared.strip
        self.is_small = event.size.width < SMALLEST.width or event.size.height < SMALLEST.height
        self.set_class(self.is_small, "-small")
        self.call_after_refresh(self._show_again)

    def _show_again(self) -> None:
        """Show the last frame, which may be newer than the resize."""
        if self._frame is not None:
            self.show(self._frame)
