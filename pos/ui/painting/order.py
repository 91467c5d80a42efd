"""Paints the order: its lines with fillings and modifiers, discounts, and the total."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.cells import cell_len

from pos.domain.menu.allergens import ALLERGENS, AllergenState
from pos.domain.menu.menu import Menu
from pos.domain.money import ZERO, Money
from pos.domain.order.order import LineItem, Purpose, left_out_names, line_allergens, modifier_names, noted_on
from pos.domain.pricing.deposits import DEPOSIT_NAME
from pos.domain.pricing.price import PricedLine
from pos.domain.pricing.taxes import TaxRow, on_top
from pos.domain.prompts import QuestionPrompt
from pos.domain.sale.finished import Finished
from pos.domain.sale.leaving_out import left_out_of
from pos.domain.sale.sale import Sale, SaleLine, deposits_of
from pos.domain.sale.write_offs import WriteOffLine
from pos.domain.text import LocalText
from pos.ui.blocks.blocks import (
    NO_BREAK_SPACE,
    Block,
    LineTap,
    Piece,
    Row,
    beside,
    blank,
    fit,
    lowered,
    one_row,
    paragraph,
    row,
    stacked,
    tall,
    text_block,
    wide,
    wrap,
)
from pos.ui.blocks.digits import HEIGHT, big
from pos.ui.blocks.shortening import shortened
from pos.ui.blocks.themes import Inks
from pos.ui.frame import Frame
from pos.ui.painting.allergens import warnings
from pos.ui.painting.notes import given, notes
from pos.wording import Wording
from pos.wording.stopping import unsold_marks

TALL_ENOUGH_FOR_BIG = 16
MOST_DETAIL_ROWS = 4


def order_pane(frame: Frame, width: int, height: int) -> Block:
    """The open order; on the paid screen the one that was paid."""
    fill = frame.inks.pane.fill
    head = _head(frame, width)
    foot = _paid_foot(frame, frame.paid, width, height) if frame.paid is not None else _foot(frame, width, height)
    room = height - head.height - foot.height
    body = _paid_lines(frame, frame.paid, width, room) if frame.paid is not None else _lines(frame, width, room)
    return tall(stacked((head, tall(body, max(0, room), fill), foot), width, fill), height, fill)


def _head(frame: Frame, width: int) -> Block:
    ground, words = frame.inks.pane, frame.words
    number = frame.paid.call_number if frame.paid is not None else frame.order.call_number
    mode = frame.paid.serving_mode if frame.paid is not None else frame.order.serving_mode
    title = words.text("order-title", number=str(number)) if number else words.text("order-title-new")
    said = [words.local(name) for name in _channel_names(frame)]
    if mode is not None:
        said.append(words.serving_mode(mode))
    right: list[Piece] = [(f"{' · '.join(said)} ", ground.accent)] if said else []
    if frame.purpose is not Purpose.SALE:
        right.insert(0, (f" {words.label(frame.purpose).upper()} ", frame.inks.badge))
        right.insert(1, (" ", ground.fill))
    return one_row(width, ground.fill, ((f" {title}", ground.strong),), right)


def _channel_names(frame: Frame) -> list[LocalText]:
    """The order's channel; empty at the counter."""
    if frame.paid is None:
        channel = frame.till.channel
        return [] if channel is None else [channel.name]
    name = frame.paid.channel_name if isinstance(frame.paid, Sale) else None
    return [] if name is None else [name]


# lines


def _lines(frame: Frame, width: int, room: int) -> Block:
    """As many lines as fit, the chosen one among them. Names take two rows where all lines fit so, else one."""
    ground, lines = frame.inks.pane, frame.priced.lines
    if not lines:
        return _empty(frame, width, room)
    note = notes(frame, width)
    room = max(1, room - note.height)
    blocks = [_line(frame, line, width, None) for line in lines]
    if sum(block.height for block in blocks) > room:
        rooms = tuple(_name_room(frame.words, line, width) for line in lines)
        names = shortened(tuple(frame.words.item_name(frame.menu.items[line.line.sku]) for line in lines), rooms)
        blocks = [_line(frame, line, width, name) for line, name in zip(lines, names, strict=True)]
    if sum(block.height for block in blocks) <= room:
        return stacked((*blocks, note), width, ground.fill)
    chosen = frame.counter.chosen
    place = next((index for index, line in enumerate(lines) if line.line.id == chosen), len(lines) - 1)
    first, last = _window([block.height for block in blocks], place, room - 1)
    marks = []
    if first:
        marks.append(frame.words.text("lines-above", count=first))
    if last < len(lines):
        marks.append(frame.words.text("lines-below", count=len(lines) - last))
    above = paragraph(width, ground.fill, ["   ".join(marks)], ground.faint, 4)
    return stacked((above, *blocks[first:last], note), width, ground.fill)


def _window(heights: Sequence[int], place: int, room: int) -> tuple[int, int]:
    """The first and last index of the lines shown in some rows: those that end with the last line, or begin with the
    one at `place` if that would be left out. At least one."""
    first, used = len(heights), 0
    while first > 0 and (first == len(heights) or used + heights[first - 1] <= room):
        first -= 1
        used += heights[first]
    if first <= place:
        return first, len(heights)
    last, used = place, 0
    while last < len(heights) and (last == place or used + heights[last] <= room):
        used += heights[last]
        last += 1
    return place, last


def _empty(frame: Frame, width: int, room: int) -> Block:
    ground = frame.inks.pane
    lines = wrap(frame.words.text("order-is-empty"), width - 4, 3)
    above = blank(width, max(0, min(2, room - len(lines) - 1)), ground.fill)
    said = paragraph(width, ground.fill, lines, ground.faint, 2)
    return stacked((above, said, notes(frame, width)), width, ground.fill)


def _line(frame: Frame, priced: PricedLine, width: int, name: str | None) -> Block:
    """A line's rows; with `name` its name in one row, as it is written there."""
    of, noted = _Of(frame), noted_on(frame.order, priced.line)
    unsold = unsold_marks(frame.words, priced.line, frame.order, frame.moment)
    return _line_block(priced, noted, unsold, priced.line.id == frame.counter.chosen, width, of, name)


def _name_room(words: Wording, priced: PricedLine, width: int) -> int:
    """The cells between a line's count and its amount."""
    return max(1, width - 1 - len(f"{priced.line.quantity:>2} ") - len(f" {words.money(priced.gross)} "))


class _Of:
    """The menu, words and inks of a line, as a cache key."""

    __slots__ = ("inks", "menu", "words")

    def __init__(self, frame: Frame) -> None:
        self.menu: Menu = frame.menu
        self.words: Wording = frame.words
        self.inks: Inks = frame.inks

    def __hash__(self) -> int:
        return id(self.menu)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Of):
            return False
        return other.menu is self.menu and other.words is self.words and other.inks is self.inks


def _in_two_rows(name: str, width: int) -> list[str]:
    """A name in at most two rows, broken between words; in one row if one of the two would be too long."""
    if any(cell_len(word) > width for word in name.split()):
        return list(shortened((name,), (width,)))
    return wrap(name, width, 2)


@lru_cache(maxsize=512)
def _line_block(
    priced: PricedLine,
    noted: frozenset[str],
    unsold: tuple[str, ...],
    is_chosen: bool,
    width: int,
    of: _Of,
    name: str | None,
) -> Block:
    line, words, inks = priced.line, of.words, of.inks
    ground = inks.chosen if is_chosen else inks.pane
    item = of.menu.items[line.sku]
    price = f" {words.money(priced.gross)} "
    count = f"{line.quantity:>2} "
    details = details_of(of.menu, words, line)
    if line.confirmed is not None and line.stands_confirmed is not None:
        details = [words.text("line-confirmed"), *details]
    if line.size_said:
        details = [words.text("size-is-said"), *details]
    names = [name] if name is not None else _in_two_rows(words.item_name(item), _name_room(words, priced, width))
    left = (("▸" if is_chosen else " ", ground.accent), (count, ground.soft), (names[0], ground.strong))
    below: list[Piece] = [(more, ground.bad) for mark in unsold for more in wrap(mark, width - 5, 2)]
    marks = f"{NO_BREAK_SPACE}· ".join(warnings(line_allergens(of.menu, line), noted, words, WARNINGS))
    below += [(more, ground.bad) for more in wrap(marks, width - 5, len(ALLERGENS)) if more]
    text = f"{NO_BREAK_SPACE}· ".join(details)
    below += [(more, ground.soft) for more in wrap(text, width - 5, MOST_DETAIL_ROWS) if more]
    if line.note:
        below += [(f"✎ {more}", ground.accent) for more in wrap(line.note, width - 7, 2)]
    rows = [row(width, ground.fill, left, ((price, ground.text),))]
    rows += [row(width, ground.fill, (("    ", ground.fill), (more, ground.strong))) for more in names[1:]]
    rows += _left_out(left_out_names(of.menu, line), words, width, inks)
    rows += [row(width, ground.fill, (("    ", ground.fill), piece)) for piece in below]
    return text_block(width, rows).tapped_by(LineTap(line.id))


def details_of(menu: Menu, words: Wording, line: LineItem) -> list[str]:
    """The line's fillings, then its modifiers except parts left out. A filling of the meal's own size is named without
    the size."""
    size = menu.items[line.sku].size
    items = (menu.items[sku] for _, sku in line.fillings)
    fillings = [words.local(item.name) if item.size == size else words.item_name(item) for item in items]
    left_out = left_out_names(menu, line)
    return [*fillings, *(words.local(name) for name in modifier_names(menu, line) if name not in left_out)]


def _left_out(names: Iterable[LocalText], words: Wording, width: int, inks: Inks) -> list[Row]:
    """A row for each part left out, on a colour of its own."""
    rows = []
    for name in names:
        pieces = (("    ", inks.pane.fill), (f" {fit(words.local(name).upper(), width - 7)} ", inks.left_out))
        rows.append(row(width, inks.pane.fill, pieces))
    return rows


WARNINGS = {
    AllergenState.CONTAINS: "line-contains",
    AllergenState.UNKNOWN: "line-unknown",
    AllergenState.MAY_CONTAIN: "line-may-contain",
}


# the total


def _foot(frame: Frame, width: int, height: int) -> Block:
    words, inks = frame.words, frame.inks
    rows = [(words.local(discount.name), words.money(-discount.amount)) for discount in frame.priced.discounts]
    paid = frame.order.paid
    after = _on_top(words, frame.priced.deposits, frame.priced.on_top_rows)
    if paid:
        after.append((words.text("order-paid"), words.money(-paid)))
    if not frame.order.is_sale:
        after.append(_worth(frame, sum((line.worth for line in frame.priced.lines), start=ZERO)))
    due = frame.priced.total - paid
    label = words.text("order-left") if paid else words.text("order-total")
    blocks = [_rows(rows, width, inks, good=True), _rows(after, width, inks), total(label, due, frame, width, height)]
    prompt = frame.prompt
    if isinstance(prompt, QuestionPrompt) and prompt.question.is_open:
        blocks.append(_after_yes(frame, prompt.difference.total, width))
    return stacked(blocks, width, inks.pane.fill)


def _on_top(words: Wording, deposits: Money, taxes: Iterable[TaxRow]) -> list[tuple[str, str]]:
    """What comes on top of the lines: the deposits of bottles and cans, and taxes that the menu's prices do not have in
    them; no rows for none."""
    rows = [(words.local(DEPOSIT_NAME), words.money(deposits))] if deposits else []
    return rows + [(words.tax(row.tax), words.money(row.amount)) for row in taxes]


def _worth(frame: Frame, worth: Money) -> tuple[str, str]:
    """The price of an order that is no sale."""
    return frame.words.text("write-off-worth"), frame.words.money(worth)


def _rows(rows: Iterable[tuple[str, str]], width: int, inks: Inks, *, good: bool = False) -> Block:
    """Names, in two rows where they are long, with their amounts."""
    ground = inks.pane
    style = ground.good if good else ground.soft
    made = []
    for name, amount in rows:
        first, *more = wrap(name, width - 6 - cell_len(amount), 2)
        made.append(row(width, ground.fill, ((f"    {first}", style),), ((f" {amount} ", style),)))
        made += [row(width, ground.fill, ((f"    {below}", style),)) for below in more]
    return text_block(width, made)


def total(label: str, amount: Money, frame: Frame, width: int, height: int) -> Block:
    """A line under the lines, and the total; large where there is room."""
    ground = frame.inks.pane
    rule = one_row(width, ground.rule, (("─" * width, ground.rule),))
    if height < TALL_ENOUGH_FOR_BIG:
        written = (f"{frame.words.money(amount)} ", ground.accent)
        one = one_row(width, ground.fill, ((f" {label}", ground.strong),), (written,))
        return stacked((rule, one), width, ground.fill)
    digits = big(frame.words.money(amount), ground.accent)
    name = one_row(max(0, width - digits.width - 1), ground.fill, ((f" {label}", ground.strong),))
    body = beside((lowered(name, HEIGHT, ground.fill), digits), HEIGHT, ground.fill)
    return stacked((rule, wide(body, width, ground.fill)), width, ground.fill)


def _after_yes(frame: Frame, amount: Money, width: int) -> Block:
    ground = frame.inks.pane
    label = f" {frame.words.text('total-after-yes')}"
    right = ((f"→ {frame.words.money(amount)} ", ground.good),)
    return one_row(width, ground.fill, ((label, ground.soft),), right)


# the paid order


def _paid_lines(frame: Frame, sale: Finished, width: int, room: int) -> Block:
    """The last lines that fit, and how many are hidden above them."""
    ground, lines = frame.inks.pane, [_paid_line(frame, line, width) for line in sale.lines]
    above = 0
    while above < len(lines) and sum(map(len, lines[above:])) + min(above, 1) > room:
        above += 1
    mark = frame.words.text("lines-above", count=above)
    rows = [row(width, ground.fill, ((f"    {mark}", ground.faint),))] if above else []
    return text_block(width, [*rows, *(entry for line in lines[above:] for entry in line)])


def _paid_line(frame: Frame, line: SaleLine | WriteOffLine, width: int) -> list[Row]:
    """A line's name in at most two rows, its amount, and the parts left out."""
    ground, amount = frame.inks.pane, line.gross if isinstance(line, SaleLine) else ZERO
    price = f" {frame.words.money(amount)} "
    name, *rest = wrap(frame.words.local(line.name), width - 4 - len(price), 2)
    left = ((f" {line.quantity:>2} ", ground.faint), (name, ground.soft))
    first = row(width, ground.fill, left, ((price, ground.soft),))
    below = [row(width, ground.fill, ((f"    {more}", ground.soft),)) for more in rest]
    return [first, *below, *_left_out(left_out_of(line), frame.words, width, frame.inks)]


def _paid_foot(frame: Frame, sale: Finished, width: int, height: int) -> Block:
    words = frame.words
    if not isinstance(sale, Sale):
        foot = total(words.text("order-total"), ZERO, frame, width, height)
        return stacked((_rows([_worth(frame, sale.worth)], width, frame.inks), foot), width, frame.inks.pane.fill)
    rows = [(words.local(discount.name), words.money(-discount.amount)) for discount in sale.discounts]
    foot = total(words.text("order-total"), sale.total, frame, width, height)
    deposits = _rows(_on_top(words, deposits_of(sale.lines), on_top(sale.tax_rows)), width, frame.inks)
    blocks = (_rows(rows, width, frame.inks, good=True), deposits, given(frame, sale, width), foot)
    return stacked(blocks, width, frame.inks.pane.fill)
