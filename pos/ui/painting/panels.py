"""Paints panels over the menu: lists, typed text, allergens, receipts and help."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style

from pos.counter import Entry, Panel, State, TextPanel
from pos.counter.panels.asking import HelpPanel
from pos.counter.panels.lists import ListPanel, SearchPanel
from pos.counter.panels.more import NotePanel
from pos.counter.panels.paper import ReceiptPanel
from pos.counter.panels.prices import PricePanel
from pos.counter.panels.ringing import AllergensPanel, CategoriesPanel, FindPanel
from pos.counter.panels.sold_out import SoldOutPanel
from pos.domain.menu.items import MenuItem
from pos.domain.pricing.deposits import displayed_price
from pos.ui.blocks.blocks import (
    Block,
    HitTap,
    KeyTap,
    Piece,
    beside,
    blank,
    one_row,
    paragraph,
    row,
    shares,
    stacked,
    tall,
    text_block,
    wide,
    wrap,
)
from pos.ui.blocks.keys import key_name
from pos.ui.frame import Frame
from pos.ui.painting.allergens import allergens
from pos.ui.painting.help import help_pages
from pos.ui.painting.menu import short_money, tiles
from pos.ui.painting.receipt import receipt

WIDEST_COLUMN = 46


def panel_pane(frame: Frame, width: int, height: int) -> Block:
    """A panel's title and content."""
    panel, fill = frame.panel, frame.inks.page.fill
    assert panel is not None
    title = frame.say(panel.title)
    text = title_with_message(frame, title) if is_whole(frame.state) else title
    if panel.can_close(frame.counter):
        head = title_row(frame, text, width)
    else:
        head = one_row(width, frame.inks.badge, ((f" {text}", frame.inks.badge),))
    body = _body(frame, panel, width, height - 1)
    return tall(stacked((head, tall(body, max(0, height - 1), fill)), width, fill), height, fill)


def is_whole(state: State) -> bool:
    """Whether a panel also covers the order and the bar."""
    return state in (State.HELP, State.RECEIPT)


def title_with_message(frame: Frame, title: str) -> str:
    """The title of a panel that hides the bar, with the till's message after it."""
    return title if frame.message is None else f"{title} · {frame.say(frame.message)}"


def title_row(frame: Frame, text: str, width: int, *, closes: bool = True) -> Block:
    """The title row of a panel, with a button to close it. If Esc does not close it (`closes`), the button opens
    *More*."""
    style = frame.inks.badge
    leads_to = "✕" if closes else frame.words.text("do-more-commands")
    label = f"  {key_name(frame.words, 'escape')} {leads_to} "
    close = one_row(cell_len(label), style, ((label, style),))
    head = one_row(width - close.width, style, ((f" {text}", style),))
    return beside((head, close.tapped_by(KeyTap("escape"))), 1, style)


def _body(frame: Frame, panel: Panel, width: int, height: int) -> Block:
    if isinstance(panel, HelpPanel):
        return help_pages(frame, panel, width, height)
    if isinstance(panel, ReceiptPanel):
        return receipt(frame, panel, width, height)
    if isinstance(panel, AllergensPanel):
        return tiles(frame, width, height) if panel.wants_tile else allergens(frame, panel, width, height)
    if isinstance(panel, PricePanel):
        return tiles(frame, width, height)
    if isinstance(panel, TextPanel):
        return _typed(frame, panel, width, height)
    if isinstance(panel, SoldOutPanel):
        listed = list_page(frame, panel, width, max(1, height // 3))
        hint = _hint(frame, "hint-sold-out", width)
        room = height - listed.height - hint.height
        return stacked((hint, listed, tiles(frame, width, room)), width, frame.inks.page.fill)
    if isinstance(panel, ListPanel):
        return list_page(frame, panel, width, height)
    return entry_list(frame, panel.entries(frame.counter), width, height)


def list_page(frame: Frame, panel: ListPanel, width: int, height: int) -> Block:
    """A page of a list, the number of other rows, and the search."""
    counter, page, words = frame.counter, frame.inks.page, frame.words
    every, columns = len(panel.kept(counter)), max(1, width // panel.narrowest)
    fits_whole = every <= min(len(panel.page_keys), height * columns) and not panel.wanted
    panel.has_room_for(height * columns if fits_whole else max(1, height - 1) * columns)
    entries = panel.entries(counter)
    caps = None
    if isinstance(panel, CategoriesPanel):
        ids: list[object] = [*counter.categories()]
        rows = panel.kept(counter)[panel.first : panel.first + len(entries)]
        caps = [frame.inks.category(ids.index(row.id) if row.id in ids else 0).cap for row in rows]
    last = panel.first + len(entries)
    found = [words.text("list-searched", text=panel.wanted)] if panel.wanted else []
    if len(entries) < every:
        found.append(words.text("list-in-sight", first=panel.first + 1, last=last, count=every))
    if not found:
        return entry_list(frame, entries, width, height, caps)
    foot = one_row(width, page.fill, ((f" {' · '.join(found)}", page.accent),))
    body = entry_list(frame, entries, width, height - 1, caps)
    way = KeyTap("pagedown") if len(entries) < every else KeyTap("escape")
    return stacked((body, foot.tapped_by(way)), width, page.fill)


def _searched(frame: Frame, panel: SearchPanel, width: int, height: int) -> Block:
    """The rows that match what was typed so far, and how many more there are."""
    page, found = frame.inks.page, panel.found(frame.counter)
    if panel.typed.strip() and not found:
        lines = wrap(frame.words.text("nothing-found", text=panel.typed.strip()), width - 2, 2)
        return paragraph(width, page.fill, lines, page.accent)
    room = height if len(found) <= height else max(0, height - 1)
    rows = [one_row(width, page.fill, ((f"   {frame.say(row.label)}", page.strong),)) for row in found[:room]]
    if len(found) > room:
        more = frame.words.text("lines-below", count=len(found) - room)
        rows.append(one_row(width, page.fill, ((f"   {more}", page.accent),)))
    return stacked(rows, width, page.fill)


def _hint(frame: Frame, message_id: str, width: int) -> Block:
    ground = frame.inks.page
    lines = wrap(frame.words.text(message_id), width - 2, 2)
    return paragraph(width, ground.fill, lines, ground.soft)


# lists


def entry_list(
    frame: Frame, entries: list[Entry], width: int, height: int, caps: Sequence[Style] | None = None
) -> Block:
    """Rows with a key each, in as many columns as needed, as high as there is room for; `caps` are the inks of the
    keys, if they differ."""
    fill = frame.inks.page.fill
    if not entries or height < 1:
        return blank(width, 0, fill)
    columns = max(-(-len(entries) // height), 1)
    if columns == 1 and len(entries) > height // 2 and width >= 2 * WIDEST_COLUMN:
        columns = 2
    rows = -(-len(entries) // columns)
    each = max(1, min(3, height // rows))
    widths = shares(width - 2, columns)
    inked = list(zip(entries, caps or [frame.inks.cap] * len(entries), strict=True))
    stacks = [
        stacked([_entry(frame, *pair, (room, each)) for pair in inked[place * rows : (place + 1) * rows]], room, fill)
        for place, room in enumerate(widths)
    ]
    return wide(beside(stacks, rows * each, fill, 1), width, fill, 1)


def _entry(frame: Frame, entry: Entry, cap_ink: Style, size: tuple[int, int]) -> Block:
    width, height = size
    ground, inks = frame.inks.tile, frame.inks
    mark = ((" ● ", ground.good),) if entry.on else ()
    cap = (f" {key_name(frame.words, entry.key)} ", cap_ink)
    text = (frame.say(entry.label), ground.strong if entry.on else ground.text)
    first = row(width, ground.fill, (cap, (" ", ground.fill), text), mark)
    under = inks.page.rule
    rest = () if height == 1 else (row(width, under, (("▔" * width, under),)),)
    above = blank(width, height - 1 - len(rest), ground.fill).rows
    return text_block(width, (first, *above, *rest)).tapped_by(KeyTap(entry.key))


# typed text


def _typed(frame: Frame, panel: TextPanel, width: int, height: int) -> Block:
    ground, field = frame.inks.page, frame.inks.tile
    room = width - 4
    shown = panel.shown if cell_len(panel.shown) < room - 1 else "…" + panel.shown[-(room - 3) :]
    line = row(room + 2, field.fill, ((f" {shown}", field.strong), ("▏", field.accent)))
    entry = wide(text_block(room + 2, (blank(room + 2, 1, field.fill).rows[0], line)), width, ground.fill, 1)
    blocks = [entry, _hint(frame, _hint_id(panel), width)]
    used = sum(block.height for block in blocks)
    if isinstance(panel, FindPanel):
        blocks.append(_hits(frame, panel, width, height - used))
    elif isinstance(panel, SearchPanel):
        blocks.append(_searched(frame, panel, width, height - used))
    else:
        blocks.append(entry_list(frame, panel.entries(frame.counter), width, height - used))
    return stacked(blocks, width, ground.fill)


def _hint_id(panel: TextPanel) -> str:
    if isinstance(panel, NotePanel):
        return "hint-note-line" if panel.on_line else "hint-note-order"
    if isinstance(panel, SearchPanel):
        return "hint-search"
    return "hint-find" if isinstance(panel, FindPanel) else panel.hint


def _hits(frame: Frame, panel: FindPanel, width: int, height: int) -> Block:
    """The matches with their prices, the one that Enter rings marked; how many more there are above and below; or that
    there are none, or only similar spellings."""
    words, page, hits = frame.words, frame.inks.page, panel.hits(frame.counter)
    typed = panel.typed.strip()
    head = []
    if typed and not hits:
        head = wrap(words.text("nothing-found", text=typed), width - 2, 2)
    elif panel.is_guess(frame.counter):
        head = wrap(words.text("spelt-nearly-so", text=typed), width - 2, 2)
    room = max(0, height - len(head))
    place = min(panel.place, len(hits) - 1)
    first, last = _in_sight(len(hits), place, room)
    rows = [_hit(frame, item, number, number == place, width) for number, item in enumerate(hits)][first:last]
    more = [("lines-above", first), ("lines-below", len(hits) - last)]
    marks = [words.text(message_id, count=count) for message_id, count in more if count]
    foot = [one_row(width, page.fill, ((f"   {'   '.join(marks)}", page.accent),)).tapped_by(KeyTap("pagedown"))]
    blocks = (paragraph(width, page.fill, head, page.accent), *rows, *(foot if marks else []))
    return stacked(blocks, width, page.fill)


def _in_sight(count: int, place: int, room: int) -> tuple[int, int]:
    """Which of `count` matches are shown in some rows: those around the chosen one. One row says how many more there
    are."""
    if count <= room:
        return 0, count
    rows = max(1, room - 1)
    first = max(0, min(place - rows // 2, count - rows))
    return first, first + rows


def _hit(frame: Frame, item: MenuItem, number: int, is_chosen: bool, width: int) -> Block:
    words = frame.words
    ground = frame.inks.tile if is_chosen else frame.inks.page
    sold_out = frame.moment.is_sold_out(item)
    gone = sold_out or not frame.moment.in_daypart(item)
    name: list[Piece] = [(" ▸ " if is_chosen else "   ", ground.accent)]
    name.append((words.item_name(item), ground.gone if gone else ground.strong))
    if gone:
        name.append((f" ✗ {words.text('tile-sold-out' if sold_out else 'tile-not-now')}", ground.bad))
    price = displayed_price(frame.menu, item, frame.order.serving_mode)
    amount = (f" {short_money(words, price)} ", ground.text)
    return one_row(width, ground.fill, name, (amount,)).tapped_by(HitTap(number))
