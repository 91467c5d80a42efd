"""Paints the menu: tabs of the categories, and the tiles of the page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rich.cells import cell_len
from rich.style import Style

from pos.domain.menu.allergens import AllergenState
from pos.domain.menu.items import MenuItem
from pos.domain.menu.menu import TILE_LETTERS
from pos.domain.money import MINOR_PER_KRONE, Money
from pos.domain.order.order import line_allergens, new_line
from pos.domain.pricing.deposits import displayed_price
from pos.domain.value import replace, value
from pos.ui.blocks.blocks import (
    Block,
    CategoryTap,
    KeyTap,
    Piece,
    Row,
    beside,
    blank,
    fit,
    one_row,
    row,
    shares,
    stacked,
    tall,
    text_block,
    wide,
    wrap,
)
from pos.ui.blocks.keys import key_name
from pos.ui.blocks.shortening import shortened
from pos.ui.blocks.themes import Ground, Inks
from pos.ui.frame import Frame
from pos.ui.painting.allergens import brief_warnings
from pos.wording import Wording

NARROWEST_TILE = 21
WIDEST_TILE = 26
TALLEST_TILE = 6
MOST_TAB_ROWS = 3
SHORT, TALL = 12, 16
"""With fewer rows than `SHORT` for tabs and tiles there is one row of tabs; below `TALL` there are two."""

TWO_ROWS_OF_NAME = 4
"""From this height on, a tile has two rows for its name; below it, the second row has the price too."""

EDGED = 3
"""From this height on, a tile has half a row of the page below it."""

GAP = 1


def menu(frame: Frame, width: int, height: int) -> Block:
    """Tabs above, tiles below."""
    head = tabs(frame, width, tab_rows(height))
    body = tiles(frame, width, height - head.height)
    return tall(stacked((head, body), width, frame.inks.page.fill), height, frame.inks.page.fill)


# tabs


def tab_rows(height: int) -> int:
    """The most rows of tabs, by the height of tabs and tiles together."""
    return 1 if height < SHORT else 2 if height < TALL else MOST_TAB_ROWS


def tabs(frame: Frame, width: int, most_rows: int) -> Block:
    """A tab for each category, in as many rows as needed. If they are too many, the part with the open one, and its
    place among all."""
    counter, fill = frame.counter, frame.inks.page.fill
    names = [frame.words.local(frame.menu.categories[name].name) for name in counter.categories()]
    blocks = [
        _tab(fit(name, width // 2), place, place == counter.category, frame.inks) for place, name in enumerate(names)
    ]
    rows = _flowing(blocks, width)
    if len(rows) <= most_rows:
        return stacked([beside(entries, 1, fill) for entries in rows], width, fill)
    where = _where(frame, f" {counter.category + 1}/{len(blocks)} ")
    part = _part(blocks, counter.category, width - where.width, most_rows)
    room = width - sum(entry.width for entry in part[-1]) - where.width
    last = beside((*part[-1], one_row(room, fill), where), 1, fill)
    return stacked([*(beside(entries, 1, fill) for entries in part[:-1]), last], width, fill)


def _where(frame: Frame, text: str) -> Block:
    """A row that is as wide as its text."""
    faint = frame.inks.page.accent
    return one_row(cell_len(text), faint, ((text, faint),)).tapped_by(KeyTap("tab"))


def _tab(name: str, place: int, is_open: bool, inks: Inks) -> Block:
    """A category's colour and name; the open one stands on its colour."""
    own = inks.category(place)
    pieces: tuple[Piece, ...] = (
        ((f"▸{name} ", own.cap),) if is_open else (("▌", own.mark), (f"{name} ", inks.page.text))
    )
    width = sum(cell_len(text) for text, _ in pieces)
    return one_row(width, inks.page.fill, pieces).tapped_by(CategoryTap(place))


def _flowing(blocks: Sequence[Block], width: int) -> list[list[Block]]:
    """Tabs in rows."""
    rows: list[list[Block]] = [[]]
    used = 0
    for block in blocks:
        if rows[-1] and used + block.width > width:
            rows.append([])
            used = 0
        rows[-1].append(block)
        used += block.width
    return rows


def _part(blocks: list[Block], place: int, width: int, most_rows: int) -> list[list[Block]]:
    """The rows of tabs with the open one: the first rows, the next ones, and so on."""
    first = 0
    while True:
        rows = _flowing(blocks[first:], width)[:most_rows]
        following = first + sum(map(len, rows))
        if place < following:
            return rows
        first = following


# tiles


@value
class Grid:
    """The layout of tiles, the same for every category, so that nothing jumps."""

    columns: int
    rows: int
    tile_height: int


def grid(most: int, width: int, height: int) -> Grid:
    """The layout for pages of at most `most` tiles; with fewer rows than they need if there is no room."""
    widest = max(1, (width - GAP) // (NARROWEST_TILE + GAP))
    narrowest = max(1, (width - GAP) // (WIDEST_TILE + GAP))
    for columns in range(narrowest, widest + 1):
        rows = -(-most // columns)
        tile_height = height // rows
        if tile_height >= EDGED or columns == widest:
            return Grid(columns, rows, max(1, min(TALLEST_TILE, tile_height)))
    return Grid(widest, -(-most // widest), 1)


def tiles(frame: Frame, width: int, height: int) -> Block:
    """The visible tiles of the open page, each with its letter."""
    counter, fill = frame.counter, frame.inks.page.fill
    every = list(counter.tiles().items())
    if not every or height < 1:
        return blank(width, max(0, height), fill)
    fullest = min(len(TILE_LETTERS), max(len(frame.menu.tiles(category)) for category in counter.categories()))
    plan = grid(fullest, width, height)
    foot = 1 if counter.pages() > 1 or plan.rows > height else 0
    plan = grid(fullest, width, height - foot)
    at_once = plan.columns * max(1, (height - foot) // plan.tile_height)
    top = min(counter.top, max(0, len(every) - at_once))
    shown = every[top : top + at_once]
    body = tall(_laid_out(frame, shown, plan, (width, height - foot)), height - foot, fill)
    return stacked((body, _page_foot(frame, width, (top, len(shown), len(every)))), width, fill) if foot else body


def _laid_out(frame: Frame, shown: list[tuple[str, MenuItem]], plan: Grid, room: tuple[int, int]) -> Block:
    """Tiles in rows. If rows are low and some height is left over, rows with long names get it."""
    width, height = room
    fill, columns = frame.inks.page.fill, plan.columns
    widths = shares(width - 2 * GAP, columns, GAP)
    faces = [_face_of(frame, item) for _, item in shown]
    starts = range(0, len(shown), columns)
    heights = dict.fromkeys(starts, plan.tile_height)
    spare = height - sum(heights.values())
    for start in starts:
        long = any(
            cell_len(face.name) > _name_room(face, each, 1)
            for face, each in zip(faces[start : start + columns], widths, strict=False)
        )
        if plan.tile_height == 1 and long and spare > 0:
            heights[start] += 1
            spare -= 1
    sizes = [(widths[place % columns], heights[place - place % columns]) for place in range(len(shown))]
    rooms = tuple(_name_room(face, *size) for face, size in zip(faces, sizes, strict=True))
    names = shortened(tuple(face.name for face in faces), rooms)
    made = [
        _tile(
            letter,
            replace(face, name=name),
            sizes[place],
            frame.inks,
            frame.counter.category,
            plan.tile_height < EDGED and (place // columns) % 2 == 1,
        )
        for place, ((letter, _), face, name) in enumerate(zip(shown, faces, names, strict=True))
    ]
    lines = [
        wide(beside(made[start : start + columns], heights[start], fill, GAP), width, fill, GAP) for start in starts
    ]
    return stacked(lines, width, fill)


def _page_foot(frame: Frame, width: int, sight: tuple[int, int, int]) -> Block:
    """The page's number, and which of its tiles are visible if not all; a tap goes on."""
    words, counter, page = frame.words, frame.counter, frame.inks.page
    top, shown, every = sight
    parts = []
    if counter.pages() > 1:
        parts.append(words.text("tile-page", page=counter.page + 1, pages=counter.pages()))
    if shown < every:
        parts.append(words.text("tiles-in-sight", first=top + 1, last=top + shown, count=every))
    text = " · ".join((*parts, f"{key_name(words, 'pagedown')} {key_name(words, 'pageup')}")) if parts else ""
    return one_row(width, page.fill, ((f" {text}", page.accent),)).tapped_by(KeyTap("pagedown"))


WARNINGS = {
    AllergenState.CONTAINS: "tile-contains",
    AllergenState.UNKNOWN: "tile-unknown",
    AllergenState.MAY_CONTAIN: "tile-may-contain",
}


@value
class TileMark:
    """A tile's warning, from the longest form to the shortest, and whether the item cannot be rung."""

    texts: tuple[str, ...]
    is_gone: bool

    def fitting(self, width: int) -> str:
        """The longest of its texts that fits; the shortest if none does."""
        return next((text for text in self.texts if cell_len(text) <= width), self.texts[-1])


@value
class TileFace:
    """The text of a tile, besides its letter."""

    name: str
    price: str
    mark: TileMark | None


def _face_of(frame: Frame, item: MenuItem) -> TileFace:
    price = short_money(frame.words, displayed_price(frame.menu, item, frame.order.serving_mode))
    return TileFace(frame.words.local(item.name), price, _mark(frame, item))


def _mark(frame: Frame, item: MenuItem) -> TileMark | None:
    words, moment = frame.words, frame.moment
    if moment.is_sold_out(item):
        return TileMark((f"✗ {words.text('tile-sold-out')}",), is_gone=True)
    if not moment.in_daypart(item):
        return TileMark((f"✗ {words.text('tile-not-now')}",), is_gone=True)
    if frame.order.allergens:
        card = line_allergens(frame.menu, new_line(frame.menu, item))
        worst = brief_warnings(card, frame.order.allergens, words, WARNINGS)
        if worst:
            return TileMark(worst, is_gone=False)
    return None


def _name_room(face: TileFace, width: int, height: int) -> int:
    """The cells for a name on a tile of some height; if it goes on in a second row, those of both rows, less what the
    first may leave unused."""
    if height == 1:
        mark = cell_len(face.mark.fitting(width // 3)) + 1 if face.mark is not None else 0
        price = 0 if face.mark is not None and face.mark.is_gone else cell_len(face.price) + 2
        return max(4, width - 4 - mark - price)
    if height < TWO_ROWS_OF_NAME and face.mark is not None:
        return width - 5
    lines = wrap(face.name, width - 5, 9)
    second = width - 5 - (cell_len(face.price) + 2 if height < TWO_ROWS_OF_NAME else 0)
    fits = len(lines) == 1 or (len(lines) == 2 and cell_len(lines[1]) <= second)
    return cell_len(face.name) if fits else second


@lru_cache(maxsize=1024)
def _tile(letter: str, face: TileFace, size: tuple[int, int], inks: Inks, category: int, is_other: bool) -> Block:
    """A tile: its letter stands on its category's colour. Where tiles are close together, every other row has another
    shade (`is_other`)."""
    width, height = size
    mark = face.mark
    ground = inks.tile_other if is_other else inks.tile
    is_gone = mark is not None and mark.is_gone
    cap_ink = inks.cap_gone if is_gone else inks.category(category).cap
    name_ink = ground.gone if is_gone else ground.strong
    room = width // 3 if height == 1 else width - 4 - cell_len(face.price) - 2
    warn: list[Piece] = [(mark.fitting(room), ground.bad)] if mark is not None else []
    amount: list[Piece] = [] if is_gone and height == 1 else [(f" {face.price} ", ground.soft)]
    cap: Piece = (f" {letter.upper()} ", cap_ink)
    if height == 1:
        right = [*([(" ", ground.fill), *warn] if warn else []), *amount]
        rows = [row(width, ground.fill, (cap, (" ", ground.fill), (face.name, name_ink)), right)]
        return text_block(width, rows).tapped_by(KeyTap(letter))
    lines = wrap(face.name, width - 5, 1 if height < TWO_ROWS_OF_NAME and mark is not None else 2)
    if height < TWO_ROWS_OF_NAME and len(lines) > 1:
        warn, lines = [(lines[1], name_ink)], lines[:1]
    rows = _inside(cap, [(line, name_ink) for line in lines], (warn, amount), size, ground)
    if height >= EDGED:
        rows.append(_under_edge(width, ground.fill, cap_ink, inks.page.fill))
    return text_block(width, rows).tapped_by(KeyTap(letter))


def _inside(
    cap: Piece, names: list[Piece], foot: tuple[list[Piece], list[Piece]], size: tuple[int, int], ground: Ground
) -> list[Row]:
    """The rows of a tile without its edge: the name near the top, the warning and the price at the bottom."""
    width, height = size
    room = height - len(names) - 1 - (height >= EDGED)
    above = 1 if room > 1 else 0
    named: list[list[Piece]] = [[name] for name in names]
    texts = [*([[]] * above), *named, *([[]] * (room - above))]
    heads = [cap if place == above else ("   ", cap[1]) for place in range(len(texts) + 1)]
    rows = [
        row(width, ground.fill, (head, (" ", ground.fill), *pieces)) for head, pieces in zip(heads, texts, strict=False)
    ]
    return [*rows, row(width, ground.fill, (heads[-1], (" ", ground.fill), *foot[0]), foot[1])]


def _under_edge(width: int, fill: Style, cap: Style, page: Style) -> Row:
    """Half a row of the tile, half a row of the page."""
    left, right = (Style(color=style.bgcolor, bgcolor=page.bgcolor) for style in (cap, fill))
    return row(width, right, (("▀▀▀", left), ("▀" * (width - 3), right)))


def short_money(words: Wording, amount: Money) -> str:
    """`119` where there are no øre, else `119,50`."""
    if amount.minor % MINOR_PER_KRONE:
        return words.money(amount)
    return words.number(amount.minor // MINOR_PER_KRONE)
