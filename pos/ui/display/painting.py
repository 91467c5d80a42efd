"""Paints the customer's display, as large as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from pos.display.display import CustomerDisplay, Ordering, ShownLine, Thanks, Welcome
from pos.domain.money import ZERO, Money
from pos.ui.blocks.blocks import (
    ELLIPSIS,
    Block,
    Row,
    beside,
    blank,
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
from pos.ui.blocks.digits import big
from pos.ui.blocks.letters import large_words, words_of
from pos.ui.blocks.themes import Ground, inks
from pos.wording import Wording, wording
from pos.wording.saying import Spoken

INKS = inks(dark=True)
MARGIN = 2
FEW_ROWS = 8
"""With fewer rows, no amount is large."""

NOTHING = (2 * MARGIN + 8, 2)
"""In less than this, nothing is readable."""


def picture(display: CustomerDisplay, width: int, height: int) -> Block:
    """The picture for a window of this size."""
    words, fill = wording(display.language), INKS.page.fill
    if width < NOTHING[0] or height < NOTHING[1]:
        return blank(width, height, fill)
    block = _shown(display, words, width, height)
    if display.is_silent:
        told = one_row(width, INKS.sunken.fill, ((f" {ELLIPSIS}", INKS.sunken.soft),))
        block = stacked((tall(block, height - 1, fill), told), width, fill)
    return tall(block, height, fill)


def _shown(display: CustomerDisplay, words: Wording, width: int, height: int) -> Block:
    match display.shown:
        case Ordering() as ordering:
            return _ordering(words, ordering, width, height)
        case Thanks() as thanks:
            return _thanks(words, thanks, width, height)
        case Welcome() as welcome:
            return _sentence(welcome.shop or words.text("display-welcome"), width, height, INKS.page)


# an order


def _ordering(words: Wording, ordering: Ordering, width: int, height: int) -> Block:
    """The lines, below them the total, and at the bottom the question."""
    asked = _asked(words, ordering, width, height)
    foot = _total(words, ordering, width, height - asked.height)
    lines = _lines(words, ordering.lines, width, height - asked.height - foot.height)
    return stacked((lines, foot, asked), width, INKS.page.fill)


def _asked(words: Wording, ordering: Ordering, width: int, height: int) -> Block:
    """The question, as large as two fifths of the screen allow; empty if nothing is asked."""
    said, ground = ordering.asked, INKS.ask
    if said is None and ordering.at_terminal:
        said = Spoken(words.text("display-terminal"))
    if said is None:
        return blank(width, 0, ground.fill)
    room = max(1, height * 2 // 5)
    large = large_words(words_of(said.text, said.price), (width - 2 * MARGIN, room - 1), ground.strong, ground.accent)
    if large is None:
        lines = wrap(said.text, width - 2 * MARGIN, max(1, room - 1))
        large = paragraph(width - 2 * MARGIN, ground.fill, lines, ground.strong, indent=0)
    body = wide(large, width, ground.fill, MARGIN)
    return tall(lowered(body, min(room, body.height + 2), ground.fill), min(room, body.height + 2), ground.fill)


def _total(words: Wording, ordering: Ordering, width: int, height: int) -> Block:
    """The total; during payment what is due, and what has been paid."""
    ground = INKS.pane
    rows: list[Row] = []
    if ordering.paid > ZERO:
        rows.append(_amount_row(words, words.text("display-paid"), ordering.paid, width, ground))
    rows += _tip_rows(words, ordering.tip, width)
    label = words.text("order-total" if ordering.due is None else "to-pay")
    amount = ordering.total if ordering.due is None else ordering.due
    above = text_block(width, rows)
    if height < FEW_ROWS:
        return stacked(
            (above, text_block(width, (_amount_row(words, label, amount, width, ground),))), width, ground.fill
        )
    return stacked((above, _large_amount(words, label, amount, width, ground)), width, ground.fill)


def _large_amount(words: Wording, label: str, amount: Money, width: int, ground: Ground) -> Block:
    """A label, and an amount in digits three rows high, right-aligned."""
    digits = big(words.money(amount), ground.accent)
    room = width - digits.width - MARGIN
    name = lowered(
        one_row(max(0, room), ground.fill, ((" " * MARGIN + label, ground.strong),)), digits.height, ground.fill
    )
    line = beside((name, digits), digits.height, ground.fill)
    return (
        wide(line, width, ground.fill)
        if room > 0
        else one_row(width, ground.fill, ((words.money(amount), ground.accent),))
    )


def _amount_row(words: Wording, label: str, amount: Money, width: int, ground: Ground) -> Row:
    right = ((f"{words.money(amount)}{' ' * MARGIN}", ground.strong),)
    return row(width, ground.fill, ((" " * MARGIN + label, ground.strong),), right)


def _tip_rows(words: Wording, tip: Money, width: int) -> list[Row]:
    """The tip, where there is one."""
    return [_amount_row(words, words.text("receipt-tips"), tip, width, INKS.pane)] if tip > ZERO else []


def _lines(words: Wording, lines: Sequence[ShownLine], width: int, height: int) -> Block:
    """As many of the latest lines as fit, and how many are hidden above them."""
    ground = INKS.page
    every = [_line_rows(words, line, width, ground) for line in lines]
    room, shown = height, 0
    while shown < len(every) and len(every[-1 - shown]) <= room - (1 if shown + 1 < len(every) else 0):
        room -= len(every[-1 - shown])
        shown += 1
    rows = [one for some in every[len(every) - shown :] for one in some]
    hidden = len(every) - shown
    if hidden and height > 0:
        more = words.text("lines-above", count=hidden)
        rows = [row(width, ground.fill, ((" " * MARGIN + more, ground.soft),)), *rows]
    return tall(text_block(width, rows), max(0, height), ground.fill)


def _line_rows(words: Wording, line: ShownLine, width: int, ground: Ground) -> list[Row]:
    name = words.local(line.name)
    label = f"{line.quantity} {name}" if line.quantity else name
    rows = [_amount_row(words, label, line.amount, width, ground)]
    if line.details:
        told = " · ".join(words.local(detail) for detail in line.details)
        rows.append(row(width, ground.fill, ((" " * (MARGIN + 2) + told, ground.soft),)))
    return rows


# before and after


def _thanks(words: Wording, thanks: Thanks, width: int, height: int) -> Block:
    """Thanks, the number that will be called out, what was paid and what goes back."""
    ground = INKS.page
    number = words.text("receipt-call-number", number=str(thanks.call_number)) if thanks.call_number else ""
    paid = _amount_row(words, words.text("display-paid"), thanks.handed, width, INKS.pane)
    foot_rows = [paid, *_tip_rows(words, thanks.tip, width)]
    foot = text_block(width, foot_rows)
    if thanks.change > ZERO and height >= 2 * FEW_ROWS:
        back = _large_amount(words, words.text("display-change"), thanks.change, width, INKS.pane)
        foot = stacked((foot, back), width, ground.fill)
    elif thanks.change > ZERO:
        change = _amount_row(words, words.text("display-change"), thanks.change, width, INKS.pane)
        foot = text_block(width, (*foot_rows, change))
    room = max(1, height - foot.height)
    said = words.text("display-thanks")
    return stacked(
        (_sentence(f"{said} {number}".strip(), width, room, ground, strong=number), foot), width, ground.fill
    )


def _sentence(text: str, width: int, height: int, ground: Ground, *, strong: str = "") -> Block:
    """A sentence, centred, as large as it fits."""
    size = max(1, width - 2 * MARGIN), max(1, min(height - 2, height * 3 // 4))
    block = large_words(words_of(text, strong), size, ground.strong, ground.accent)
    if block is None:
        block = paragraph(size[0], ground.fill, wrap(text, *size), ground.strong, indent=0)
    return lowered(wide(block, width, ground.fill, MARGIN), height, ground.fill)
