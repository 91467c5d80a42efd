"""Paints the bar below menu and order: a question, a choice, payment, the paid order, or the tools of ringing."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len

from pos.counter import Say, State, TextPanel, Tone
from pos.ui.blocks.blocks import Block, Cap, KeyTap, Row, beside, button, fit, one_row, stacked, tall, wide, wrap
from pos.ui.blocks.keys import key_name
from pos.ui.frame import Frame
from pos.ui.painting.bar.keyboard import digits, keyboard
from pos.ui.painting.bar.parts import Title, band_height, gap, ground_of, yes_no_width
from pos.ui.painting.bar.paying import paid, payment, terminal
from pos.ui.painting.bar.prompts import choice, question, question_text, serving, stop
from pos.ui.painting.bar.ringing import ringing

Painter = Callable[[Frame, int, int], tuple[Title, Block]]

PAINTERS: dict[State, Painter] = {
    State.RINGING: ringing,
    State.QUESTION: question,
    State.STOP: stop,
    State.SERVING: serving,
    State.CHOICE: choice,
    State.PAYMENT: payment,
    State.TERMINAL: terminal,
    State.PAID: paid,
}

MARKS = {Tone.PLAIN: "·", Tone.GOOD: "✓", Tone.BAD: "✗"}
MARGIN = 1
MOST_MESSAGE_ROWS = 3


def bar(frame: Frame, width: int, height: int) -> Block:
    """The till's message in a title row, and the state's content below. A message that is too long takes blank rows
    from the content, and only where there are too few the rows at its top."""
    inner = width - 2 * MARGIN
    paint = PAINTERS[frame.under] if frame.panel is None else panel_bar
    title, body = paint(frame, inner, height - 1)
    fill = ground_of(frame).fill
    head, below = _title_row(frame, title, width), wide(body, width, fill, MARGIN)
    below = _shortened(below, head.height - 1)
    return tall(stacked((head, below), width, fill), height, fill)


def _shortened(block: Block, over: int) -> Block:
    """The block with so many rows less. Blank rows above everything that can be tapped go first, the lowest of them
    first: what can be tapped stays where it is on the screen."""
    if not over:
        return block
    first = min((spot.y for spot in block.spots), default=block.height)
    blank = [y for y, row in enumerate(block.rows[:first]) if not any(part.text.strip() for part in row)]
    gone = {*blank[-over:]}
    top = over - len(gone)
    rows = [row for y, row in enumerate(block.rows) if y not in gone]
    spots = tuple(spot.moved(0, -over) for spot in block.spots if spot.y >= over)
    return Block(block.width, tuple(rows[top:]), spots)


def _title_row(frame: Frame, title: Title, width: int) -> Block:
    ground = ground_of(frame)
    badge = f" {title.badge} "
    if frame.message is not None:
        # A panel's title may be as long as the name of an order: the till's message comes first.
        return _message_rows(frame, frame.message, f" {fit(title.badge, width // 3)} ", width)
    right = beside(title.right, 1, ground.fill, 1)
    room = width - right.width - (1 if title.right else 0)
    text = title.fitting(room - cell_len(badge) - 1)
    left = one_row(room, ground.fill, ((badge, frame.inks.badge), (f" {text}", ground.soft)))
    return wide(beside((left, right), 1, ground.fill), width, ground.fill)


def _message_rows(frame: Frame, message: Say, badge: str, width: int) -> Block:
    """The till's message, in at most `MOST_MESSAGE_ROWS` rows."""
    ground = ground_of(frame)
    alert = frame.inks.alert if message.tone is Tone.BAD else ground
    style = ground.good if message.tone is Tone.GOOD else alert.strong
    indent = cell_len(badge) + len(" x ")
    first, *more = wrap(frame.say(message), width - indent, MOST_MESSAGE_ROWS)
    rows = [one_row(width, alert.fill, ((badge, frame.inks.badge), (f" {MARKS[message.tone]} {first}", style)))]
    rows += [one_row(width, alert.fill, ((" " * indent + line, style),)) for line in more]
    return stacked(rows, width, alert.fill)


def message_over(frame: Frame, message: Say, block: Block) -> Row:
    """The first row of a picture with the till's message after its badge."""
    badge, ground = block.rows[0][0], ground_of(frame)
    told = f" {MARKS[message.tone]} {frame.say(message)}"
    pieces = ((badge.text, badge.style or ground.strong), (told, ground.strong))
    return one_row(block.width, ground.fill, pieces).rows[0]


def panel_bar(frame: Frame, width: int, height: int) -> tuple[Title, Block]:
    """While a panel is open: the question that it is about, or letters for a finger, and a way out."""
    words, panel = frame.words, frame.panel
    lower = band_height(height)
    cap = Cap(key_name(words, "escape"), words.text("do-close"))
    close = button((yes_no_width(width) + 2, lower), frame.inks.plain, cap, KeyTap("escape"))
    if isinstance(panel, TextPanel):
        paint = digits if panel.is_secret else keyboard
        return Title(frame.say(panel.title)), paint(frame, width, height)
    rest = max(0, height - lower)
    above = question_text(frame, width, rest) if frame.under is State.QUESTION else gap(frame, width, rest)
    fill = ground_of(frame).fill
    body = stacked((tall(above, rest, fill), beside((close,), lower, fill)), width, fill)
    return Title(fit(frame.say(panel.title), width - cell_len("  ")) if panel else ""), body
