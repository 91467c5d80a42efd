"""The floor of the screen: a bare Textual app with as many widgets, the same lines changing, one durable row a key.

`python -m tests.bench.bare FILE` runs it on a terminal; it opens the same file and has imported sqlite_utils.
"""

from __future__ import annotations

import sqlite3
import sys

import sqlite_utils
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

READY = "READY"
PLAIN, MARKED = Style.parse("white on black"), Style.parse("bold black on white")


class Lines(Widget):
    """A widget of text lines in two styles."""

    def __init__(self, rows: int, width: str) -> None:
        super().__init__()
        self.styles.height = rows
        self.styles.width = width
        self.said = READY

    def render_line(self, y: int) -> Strip:
        """Returns the text, then the rest of the line."""
        return Strip([Segment(f" {self.said} {y} ", MARKED), Segment("." * max(0, self.size.width - 20), PLAIN)])

    def say(self, said: str, rows: int) -> None:
        """Show another text and repaint the first rows."""
        self.said = said
        self.refresh(*(Region(0, y, self.size.width, 1) for y in range(rows)))


class Bare(App[None]):
    """Five widgets, three of which change with each key."""

    CSS = "Screen { layout: grid; grid-size: 2; grid-rows: 1 1fr 8 2; } .wide { column-span: 2; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, path: str) -> None:
        super().__init__()
        self.conn = sqlite3.connect(path, isolation_level=None)
        self.conn.execute("PRAGMA journal_mode = DELETE")
        self.conn.execute("PRAGMA synchronous = EXTRA")
        self.conn.execute("CREATE TABLE IF NOT EXISTS bench_floor (id INTEGER PRIMARY KEY, body TEXT)")
        self.turn = 0
        self.panes = [Lines(rows, "100%") for rows in (1, 13, 13, 8, 2)]

    def compose(self) -> ComposeResult:
        """Yields header, menu, order, bar and strip."""
        for place, pane in enumerate(self.panes):
            pane.set_class(place in (0, 3, 4), "wide")
            yield pane

    def on_key(self, event: events.Key) -> None:
        """Write one durable row, then change the header, six rows of the order and two of the bar. `q` changes the
        whole bar and the menu."""
        self.turn += 1
        self.conn.execute("BEGIN IMMEDIATE")
        self.conn.execute("INSERT INTO bench_floor (body) VALUES (?)", ("x" * 1500,))
        self.conn.execute("COMMIT")
        said = f"TURN{self.turn}"
        self.panes[0].say(said, 1)
        self.panes[2].say(said, 6)
        self.panes[3].say(said, 8 if event.key == "q" else 2)
        if event.key == "q":
            self.panes[1].say(said, 13)


if __name__ == "__main__":
    assert sqlite_utils.Database
    Bare(sys.argv[1]).run()
