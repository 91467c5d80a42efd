"""Blocks: rows of styled text of one width, with the places that can be tapped. Pictures are composed of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeAlias

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.segment import Segment
from rich.style import Style

from pos.domain.value import value
from pos.ui.blocks.themes import Face

Piece: TypeAlias = tuple[str, Style]
Row: TypeAlias = tuple[Segment, ...]

ELLIPSIS = "…"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


@value
class KeyTap:
    """A tap that presses a key."""

    key: str


@value
class CategoryTap:
    """A tap on the tab of a category."""

    place: int


@value
class LineTap:
    """A tap on a line of the order."""

    line_id: int


@value
class HitTap:
    """A tap on a search match."""

    place: int


@value
class OrderTap:
    """A tap on an order in the kitchen."""

    order_id: str


Tap: TypeAlias = KeyTap | CategoryTap | LineTap | HitTap | OrderTap


@value
class Spot:
    """A place that can be tapped: `width` by `height` cells from column `x` and row `y`."""

    x: int
    y: int
    width: int
    height: int
    tap: Tap

    def holds(self, x: int, y: int) -> bool:
        """Whether a cell is inside."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height

    def moved(self, x: int, y: int) -> Spot:
        """The spot, moved right and down."""
        return Spot(self.x + x, self.y + y, self.width, self.height, self.tap)


@value
class Block:
    """A picture or a part of one. Every row is exactly `width` cells wide."""

    width: int
    rows: tuple[Row, ...]
    spots: tuple[Spot, ...] = ()

    @property
    def height(self) -> int:
        """How many rows it has."""
        return len(self.rows)

    def tapped_by(self, tap: Tap) -> Block:
        """The block with one spot that covers it."""
        return Block(self.width, self.rows, (Spot(0, 0, self.width, len(self.rows), tap),))

    def spot(self, x: int, y: int) -> Spot | None:
        """The spot at a cell, or None."""
        return next((spot for spot in self.spots if spot.holds(x, y)), None)


def fit(text: str, width: int) -> str:
    """The text in at most `width` cells; an ellipsis if it is cut."""
    if len(text) * 2 <= width or cell_len(text) <= width:
        return text
    return "" if width < 1 else set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def wrap(text: str, width: int, most: int) -> list[str]:
    """The text in at most `most` rows of `width` cells, broken at spaces, and inside words that are too long."""
    if width < 1 or most < 1:
        return []
    rows: list[str] = []
    row = ""
    for word in filter(None, text.split(" ")):
        joined = f"{row} {word}" if row else word
        if cell_len(joined) <= width:
            row = joined
            continue
        if row:
            rows.append(row)
        *full, row = chop_cells(word, width) or [""]
        rows.extend(full)
    rows.append(row)
    if len(rows) > most:
        rows = [*rows[: most - 1], fit(" ".join(rows[most - 1 :]), width)]
    return rows


def row(width: int, fill: Style, left: Iterable[Piece] = (), right: Sequence[Piece] = ()) -> Row:
    """A row: the right pieces whole at the margin, the left ones in the room that they leave."""
    room = width - sum(cell_len(text) for text, _ in right)
    if room < 0:
        return row(width, fill, right)
    segments = []
    for text, style in left:
        if room <= 0:
            break
        shown = fit(text, room)
        room -= cell_len(shown)
        segments.append(Segment(shown, style))
        if shown is not text:
            break
    if room > 0:
        segments.append(Segment(" " * room, fill))
    segments.extend(Segment(text, style) for text, style in right)
    return tuple(segments)


def centred(width: int, fill: Style, pieces: Sequence[Piece]) -> Row:
    """A row with its pieces in the middle."""
    room = width - sum(cell_len(text) for text, _ in pieces)
    return row(width, fill, ((" " * (room // 2), fill), *pieces) if room > 1 else pieces)


def blank(width: int, height: int, fill: Style) -> Block:
    """An empty block."""
    return Block(width, ((Segment(" " * width, fill),) if width > 0 else (),) * max(0, height))


def beside(blocks: Iterable[Block], height: int, fill: Style, gap: int = 0) -> Block:
    """Blocks from left to right, each padded or cut to `height`."""
    rows: list[list[Segment]] = [[] for _ in range(height)]
    spots: list[Spot] = []
    x = 0
    for block in blocks:
        if x and gap:
            for cells in rows:
                cells.append(Segment(" " * gap, fill))
            x += gap
        for cells, more in zip(rows, tall(block, height, fill).rows, strict=True):
            cells.extend(more)
        spots += [spot.moved(x, 0) for spot in block.spots]
        x += block.width
    return Block(x, tuple(map(tuple, rows)), tuple(spots))


def stacked(blocks: Iterable[Block], width: int, fill: Style) -> Block:
    """Blocks from top to bottom, each padded to `width`; none may be wider."""
    rows: list[Row] = []
    spots: list[Spot] = []
    for block in blocks:
        spots += [spot.moved(0, len(rows)) for spot in block.spots]
        rows += wide(block, width, fill).rows
    return Block(width, tuple(rows), tuple(spots))


def wide(block: Block, width: int, fill: Style, indent: int = 0) -> Block:
    """The block padded to `width`, indented by `indent` cells."""
    rest = width - block.width - indent
    if not indent and rest <= 0:
        return block
    before = (Segment(" " * indent, fill),) if indent else ()
    after = (Segment(" " * rest, fill),) if rest > 0 else ()
    rows = tuple((*before, *cells, *after) for cells in block.rows)
    return Block(width, rows, tuple(spot.moved(indent, 0) for spot in block.spots))


def tall(block: Block, height: int, fill: Style) -> Block:
    """The block padded or cut to `height`."""
    if block.height == height:
        return block
    if block.height > height:
        return Block(block.width, block.rows[:height], tuple(spot for spot in block.spots if spot.y < height))
    return Block(block.width, (*block.rows, *blank(block.width, height - block.height, fill).rows), block.spots)


def lowered(block: Block, height: int, fill: Style) -> Block:
    """The block, vertically centred in `height` rows."""
    above = blank(block.width, (height - block.height) // 2, fill)
    return tall(stacked((above, block), block.width, fill), height, fill)


def text_block(width: int, rows: Iterable[Row]) -> Block:
    """Rows as a block."""
    return Block(width, tuple(rows))


def one_row(width: int, fill: Style, left: Iterable[Piece] = (), right: Sequence[Piece] = ()) -> Block:
    """A single row as a block."""
    return text_block(width, (row(width, fill, left, right),))


def lines_block(width: int, fill: Style, lines: Iterable[Piece]) -> Block:
    """Lines of text, each in its own ink."""
    return text_block(width, (row(width, fill, (line,)) for line in lines))


def paragraph(width: int, fill: Style, lines: Iterable[str], ink: Style, indent: int = 1) -> Block:
    """Lines of text in one ink, each indented by `indent` cells."""
    return lines_block(width, fill, ((" " * indent + line, ink) for line in lines))


BOTH_EDGES = 2


@value
class Cap:
    """The text of a button: its key, its label, and optional text below."""

    key: str
    label: str
    below: str = ""

    @property
    def width(self) -> int:
        """The cells of key and label side by side."""
        return cell_len(self.label) + (cell_len(self.key) + 3 if self.key else 0)


@lru_cache(maxsize=512)
def button(
    size: tuple[int, int], face: Face, cap: Cap, tap: Tap, *, stands: bool | None = None, edged: bool = True
) -> Block:
    """A button, with the label beside its key, or below it (`stands`; None: if it is too narrow).

    With two rows to spare it gets two light edges, unless its neighbours have no room for theirs (`edged`). Cached: a
    bar has twenty buttons, most of which are the same after each key.
    """
    width, height = size
    fill = face.text
    lines = cap_lines(cap, face, size, stands=stands)
    set_row = centred if height > 1 or not cap.key else row
    middle = [set_row(width, fill, line) for line in lines[:height]]
    top, foot = _edges(width, height - len(middle) if edged else 0, face)
    spare = height - len(middle) - len(top) - len(foot)
    above = blank(width, spare // 2, fill).rows
    under = blank(width, spare - spare // 2, fill).rows
    return text_block(width, (*top, *above, *middle, *under, *foot)).tapped_by(tap)


def cap_lines(cap: Cap, face: Face, size: tuple[int, int], *, stands: bool | None = None) -> list[list[Piece]]:
    """The text of a button, row by row."""
    width, height = size
    fill = face.text
    key: list[Piece] = [(f" {cap.key} ", face.key)] if cap.key else []
    if stands is None:
        stands = height >= 3 and cap.width > width
    if stands and key:
        lines: list[list[Piece]] = [key, [(fit(cap.label, width), fill)]]
    else:
        words = fit(cap.label, width - cap.width + cell_len(cap.label)) if cap.width > width else cap.label
        lines = [[*key, (f" {words}" if key else words, fill)]]
    if cap.below and height > len(lines):
        lines.append([(fit(cap.below, width), face.quiet)])
    return lines


def _edges(width: int, spare: int, face: Face) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The light lines above and below a button; both or neither."""
    if spare < BOTH_EDGES:
        return (), ()
    return ((Segment("▔" * width, face.edge),),), ((Segment("▁" * width, face.edge),),)


def shares(width: int, count: int, gap: int = 1) -> list[int]:
    """The widths of `count` blocks that fill `width` with gaps between; the first ones take the remainder."""
    if count < 1:
        return []
    room = max(0, width - gap * (count - 1))
    return [room // count + (1 if place < room % count else 0) for place in range(count)]
