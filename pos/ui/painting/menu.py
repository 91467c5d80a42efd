"""The menu: tabs of the categories, and the tiles of the page."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len
from rich.style import Style

from pos.domain.allergens import AllergenState
from pos.domain.items import MenuItem
from pos.domain.menu import TILE_LETTERS
from pos.domain.money import MINOR_PER_KRONE, Money
from pos.domain.order import line_allergens, new_line
from pos.domain.value import value
from pos.ui.blocks import (
    Block,
    CategoryTap,
    KeyTap,
    Piece,
    Row,
    beside,
    one_row,
    row,
    shares,
    stacked,
    tall,
    text_block,
    wide,
    wrap,
)
from pos.ui.painting.allergens import warnings
from pos.ui.themes import Ground, Inks
from pos.ui.view import View
from pos.wording import Wording

NARROWEST_TILE = 21
WIDEST_TILE = 26
TALLEST_TILE = 6
MOST_TAB_ROWS = 3
EDGED = 3
"""From so many rows on a tile has half a row of the page below it."""

GAP = 1


def menu(view: View, width: int, height: int) -> Block:
    """Tabs above, tiles below."""
    head = tabs(view, width, 1 if height < 16 else MOST_TAB_ROWS)
    body = tiles(view, width, height - head.height)
    return tall(stacked((head, body), width, view.inks.page.fill), height, view.inks.page.fill)


# tabs


def tabs(view: View, width: int, most_rows: int) -> Block:
    """A tab for each category, in as many rows as it takes; in the last one only what stands near the open one."""
    counter, fill = view.counter, view.inks.page.fill
    blocks = [
        _tab(view.words.local(view.menu.categories[name].name), place, place == counter.category, view.inks)
        for place, name in enumerate(counter.categories())
    ]
    rows: list[list[Block]] = [[]]
    for block in blocks:
        if rows[-1] and sum(entry.width for entry in rows[-1]) + block.width > width:
            rows.append([])
        rows[-1].append(block)
    if len(rows) > most_rows:
        rows = [_around(blocks, counter.category, width, view.inks.page.faint)]
    return stacked([beside(entries, 1, fill) for entries in rows], width, fill)


def _tab(name: str, place: int, is_open: bool, inks: Inks) -> Block:
    style = inks.badge if is_open else inks.page.soft
    label = f"▸{name} " if is_open else f" {name} "
    width = cell_len(label)
    return one_row(width, style, ((label, style),)).tapped_by(CategoryTap(place))


def _around(blocks: list[Block], place: int, width: int, style: Style) -> list[Block]:
    """As many tabs as fit with the open one among them; arrows show that there are more."""
    first = last = place
    used = blocks[place].width + 2
    while True:
        if last + 1 < len(blocks) and used + blocks[last + 1].width <= width:
            last += 1
            used += blocks[last].width
        elif first > 0 and used + blocks[first - 1].width <= width:
            first -= 1
            used += blocks[first].width
        else:
            break
    arrows = ("‹" if first > 0 else " ", "›" if last + 1 < len(blocks) else " ")
    before, after = (one_row(1, style, ((arrow, style),)) for arrow in arrows)
    return [before, *blocks[first : last + 1], after]


# tiles


@value
class Grid:
    """How tiles are laid out: the same for every category, so that nothing jumps."""

    columns: int
    rows: int
    tile_height: int


def grid(most: int, width: int, height: int) -> Grid:
    """The layout for pages of at most so many tiles."""
    widest = max(1, (width - GAP) // (NARROWEST_TILE + GAP))
    narrowest = max(1, (width - GAP) // (WIDEST_TILE + GAP))
    for columns in range(narrowest, widest + 1):
        rows = -(-most // columns)
        tile_height = height // rows
        if tile_height >= 3 or columns == widest:
            return Grid(columns, rows, max(1, min(TALLEST_TILE, tile_height)))
    return Grid(widest, -(-most // widest), 1)


def tiles(view: View, width: int, height: int) -> Block:
    """The tiles of the open page, each with its letter."""
    counter, fill = view.counter, view.inks.page.fill
    fullest = max(len(view.menu.tiles(category)) for category in counter.categories())
    pages = counter.pages()
    foot = 1 if pages > 1 else 0
    plan = grid(min(len(TILE_LETTERS), fullest), width, height - foot)
    widths = shares(width - 2 * GAP, plan.columns, GAP)
    shown = []
    for place, (letter, item) in enumerate(counter.tiles().items()):
        is_other = plan.tile_height < 3 and (place // plan.columns) % 2 == 1
        shown.append(_tile_of(view, letter, item, (widths[place % plan.columns], plan.tile_height), is_other))
    rows = [shown[start : start + plan.columns] for start in range(0, len(shown), plan.columns)]
    lines = [wide(beside(entries, plan.tile_height, fill, GAP), width, fill, GAP) for entries in rows]
    body = tall(stacked(lines, width, fill), height - foot, fill)
    return body if not foot else stacked((body, _page_foot(view, width, pages)), width, fill)


def _page_foot(view: View, width: int, pages: int) -> Block:
    text = view.words.text("tile-page", page=view.counter.page + 1, pages=pages)
    foot = one_row(width, view.inks.page.fill, ((f" {text}", view.inks.page.accent),))
    return foot.tapped_by(KeyTap("pagedown"))


WARNINGS = {
    AllergenState.CONTAINS: "tile-contains",
    AllergenState.UNKNOWN: "tile-unknown",
    AllergenState.MAY_CONTAIN: "tile-may-contain",
}


@value
class Mark:
    """What a tile warns of, and whether it can be rung at all."""

    text: str
    is_gone: bool


def _tile_of(view: View, letter: str, item: MenuItem, size: tuple[int, int], is_other: bool) -> Block:
    name = view.words.local(item.name)
    price = short_money(view.words, item.price_in(view.order.serving_mode))
    return _tile(letter, (name, price), _mark(view, item), size, view.inks, is_other)


def _mark(view: View, item: MenuItem) -> Mark | None:
    words, moment = view.words, view.moment
    if moment.is_sold_out(item):
        return Mark(f"✗ {words.text('tile-sold-out')}", is_gone=True)
    if not moment.in_daypart(item):
        return Mark(f"✗ {words.text('tile-not-now')}", is_gone=True)
    if view.order.allergens:
        card = line_allergens(view.menu, new_line(view.menu, item))
        worst = next(warnings(card, view.order.allergens, words, WARNINGS), None)
        if worst is not None:
            return Mark(worst, is_gone=False)
    return None


@lru_cache(maxsize=1024)
def _tile(
    letter: str, said: tuple[str, str], mark: Mark | None, size: tuple[int, int], inks: Inks, is_other: bool
) -> Block:
    """A tile: where tiles stand close together every other row of them has another shade (`is_other`)."""
    width, height = size
    ground = inks.tile_other if is_other else inks.tile
    is_gone = mark is not None and mark.is_gone
    cap_ink = inks.cap_gone if is_gone else inks.cap
    name_ink = ground.gone if is_gone else ground.strong
    warn: list[Piece] = [(mark.text, ground.bad)] if mark is not None else []
    amount: list[Piece] = [] if is_gone and height == 1 else [(f" {said[1]} ", ground.soft)]
    cap: Piece = (f" {letter.upper()} ", cap_ink)
    if height == 1:
        right = [*([(" ", ground.fill), *warn] if warn else []), *amount]
        rows = [row(width, ground.fill, (cap, (" ", ground.fill), (said[0], name_ink)), right)]
        return text_block(width, rows).tapped_by(KeyTap(letter))
    lines = wrap(said[0], width - 5, 1 if height < 4 and mark is not None else 2)
    if height < 4 and len(lines) > 1:
        warn, lines = [(lines[1], name_ink)], lines[:1]
    rows = _inside(cap, [(line, name_ink) for line in lines], (warn, amount), size, ground)
    if height >= EDGED:
        rows.append(_under_edge(width, ground.fill, cap_ink, inks.page.fill))
    return text_block(width, rows).tapped_by(KeyTap(letter))


def _inside(
    cap: Piece, names: list[Piece], foot: tuple[list[Piece], list[Piece]], size: tuple[int, int], ground: Ground
) -> list[Row]:
    """The rows of a tile but for its edge: the name near the top, what warns and the price at the foot."""
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
