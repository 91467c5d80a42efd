"""Paints the kitchen's screen: a card for each open order, in columns, the oldest first."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style

from pos.domain.sale.kitchen_orders import KitchenOrder
from pos.kitchen.desk import KitchenDesk
from pos.ui.blocks.blocks import (
    Block,
    OrderTap,
    Piece,
    beside,
    blank,
    fit,
    one_row,
    paragraph,
    row,
    shares,
    stacked,
    tall,
    text_block,
    wrap,
)
from pos.ui.blocks.key_row import key_row
from pos.ui.blocks.keys import format_say, key_name
from pos.ui.blocks.themes import inks
from pos.wording import Wording, wording
from pos.wording.kitchen_screen import KitchenRow, Weight, order_called, order_rows

INKS = inks(dark=True)
NARROWEST = 26
"""Least width of a column: three of them fit in 80 cells."""
GAP = 1
HEAD, FOOT = 1, 2
"""Rows above and below the cards."""

LEAST = (40, 10)
"""A smaller window shows only that it is too small."""
KEYS = (("backspace", "kitchen-key-back"), ("right", "kitchen-key-page"), ("l", "kitchen-key-language"))
LEAVE = ("q", "kitchen-key-leave")
LATE = "!"
"""Stands behind the minutes of an order that has waited too long, for those who do not see the colour."""


def page(desk: KitchenDesk, width: int, height: int) -> Block:
    """The page that the desk is on, in a size. Sets the desk's number of pages."""
    words, ground = wording(desk.language), INKS.page
    if width < LEAST[0] or height < LEAST[1]:
        lines = wrap(words.text("window-too-small"), width, height)
        return tall(paragraph(width, ground.fill, lines, ground.strong, indent=0), height, ground.fill)
    columns = shares(width, (width + GAP) // (NARROWEST + GAP), GAP)
    room = height - HEAD - FOOT
    pages = _pages([_card(desk, order, words, columns[-1], room) for order in desk.orders], len(columns), room)
    desk.pages = len(pages)
    desk.page = min(desk.page, desk.pages - 1)
    blocks = [
        tall(stacked(column, wide, ground.fill), room, ground.fill)
        for wide, column in zip(columns, pages[desk.page], strict=True)
    ]
    body = beside(blocks, room, ground.fill, GAP) if desk.orders else _nothing(words, width, room)
    return stacked((_head(desk, words, width), body, _foot(desk, words, width)), width, ground.fill)


def _head(desk: KitchenDesk, words: Wording, width: int) -> Block:
    """How many are open, how many of them are late, and the time."""
    now = desk.now
    late = sum(order.is_late(now) for order in desk.orders)
    still_open = sum(not order.is_called_off for order in desk.orders)
    told = [words.text("kitchen-title"), words.text("kitchen-open", count=still_open)]
    if late:
        told.append(words.text("kitchen-late", count=late))
    if desk.pages > 1:
        told.append(words.text("kitchen-page", page=desk.page + 1, pages=desk.pages))
    ground = INKS.sunken
    return one_row(width, ground.fill, ((f" {' · '.join(told)} ", ground.strong),), ((f"{now:%H:%M} ", ground.strong),))


def _foot(desk: KitchenDesk, words: Wording, width: int) -> Block:
    """The keys, and above them the last message, or that the file does not answer."""
    ground = INKS.sunken
    said, ink = "", ground.text
    if desk.is_silent:
        said, ink = words.text("kitchen-silent"), ground.bad
    elif desk.message is not None:
        said, ink = format_say(words, desk.message), ground.accent
    entries = [entry for entry in KEYS if desk.pages > 1 or entry[0] != "right"]
    buttons = key_row(words, (*entries, LEAVE), width, ground, INKS.cap)
    return stacked((one_row(width, ground.fill, ((f" {said}", ink),)), buttons), width, ground.fill)


def _nothing(words: Wording, width: int, height: int) -> Block:
    ground = INKS.page
    told = one_row(width, ground.fill, ((f" {words.text('kitchen-nothing')}", ground.soft),))
    return tall(stacked((blank(width, 1, ground.fill), told), width, ground.fill), height, ground.fill)


def _pages(cards: Sequence[Block], columns: int, room: int) -> list[list[list[Block]]]:
    """The cards in columns from left to right, the columns in pages; one empty page if there are no cards."""
    pages: list[list[list[Block]]] = [[[] for _ in range(columns)]]
    column, used = 0, 0
    for card in cards:
        if used and used + card.height > room:
            column, used = column + 1, 0
        if column == columns:
            pages.append([[] for _ in range(columns)])
            column = 0
        pages[-1][column].append(card)
        used += card.height
    return pages


def _card(desk: KitchenDesk, order: KitchenOrder, words: Wording, width: int, room: int) -> Block:
    """The card of an order: key, name, waiting time, and what is to be made."""
    ground = INKS.pane
    rows = [row(width, ground.fill, pieces) for entry in order_rows(words, order) for pieces in _pieces(entry, width)]
    most = room - 2
    if len(rows) > most:
        more = words.text("lines-below", count=len(rows) - most + 1)
        rows = [*rows[: most - 1], row(width, ground.fill, ((f" {more}", ground.accent),))]
    head = _card_head(desk, order, words, width)
    block = stacked((head, text_block(width, rows), blank(width, 1, INKS.page.fill)), width, ground.fill)
    return block.tapped_by(OrderTap(order.order_id))


def _card_head(desk: KitchenDesk, order: KitchenOrder, words: Wording, width: int) -> Block:
    late = order.is_late(desk.now)
    ground = INKS.tile
    key = desk.keys.get(order.order_id)
    cap: tuple[Piece, ...] = () if key is None else ((f" {key_name(words, key)} ", INKS.cap),)
    age = words.text("kitchen-age", count=order.minutes(desk.now))
    told = f" {age} {LATE} " if late else f" {age} "
    ink = INKS.badge if late else ground.text
    room = width - sum(cell_len(text) for text, _ in cap) - cell_len(told)
    name: Piece = (fit(f" {order_called(words, order)}", room), ground.strong)
    return one_row(width, ground.fill, (*cap, name), ((told, ink),))


def _pieces(entry: KitchenRow, width: int) -> list[tuple[Piece, ...]]:
    """A row of an order in as many rows of the card as it needs."""
    ground = INKS.pane
    ink: Style = {Weight.LOUD: INKS.left_out, Weight.BOLD: ground.strong, Weight.PLAIN: ground.text}[entry.weight]
    before = " " * (1 + entry.indent)
    lines = wrap(entry.text, width - len(before) - 1, 9)
    return [((before, ground.fill), (line, ink)) for line in lines]
