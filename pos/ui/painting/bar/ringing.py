"""Paints the bar while ringing: typed digits, the tools of the chosen line, digits for a finger, and the way to
payment."""

from __future__ import annotations

from pos.counter import Command, State
from pos.ui.blocks.blocks import Block, Cap, KeyTap, beside, button, lowered, one_row, paragraph, stacked, tall, wrap
from pos.ui.blocks.digits import big
from pos.ui.blocks.keys import key_name
from pos.ui.frame import Frame
from pos.ui.painting.bar.parts import Button, Title, band, band_height, gap, ground_of, keypad, large_amount, split

LINE_TOOLS = ("more", "fewer", "void", "step-up", "step-down", "say-size")
TOOLS_WIDTH = 84
TOOLS_NEED = 60
"""Width of six tools with their longest labels."""
DIGITS_NEED = 16
TOOLS_HEIGHT = 2
"""In a low bar: a key with its label below it."""
TALL_BAR = 10
WIDEST_ENTER = 44


def ringing(frame: Frame, width: int, height: int) -> tuple[Title, Block]:
    """Above, what is typed and the line's tools; below, digits and Enter."""
    lower = band_height(height)
    upper = height - lower
    tools_width = min(TOOLS_WIDTH, max(width * 2 // 3, min(TOOLS_NEED, width - DIGITS_NEED)))
    tools = _line_tools(frame, tools_width, min(upper, TOOLS_HEIGHT if height < TALL_BAR else lower))
    fill = ground_of(frame).fill
    status = tall(_status(frame, width - tools.width - 1, upper), upper, fill)
    above = split(frame, status, lowered(tools, upper, fill), width, upper)
    if frame.cash_back and not (frame.order.lines or frame.counter.digits or frame.counter.times):
        above = large_amount(frame, frame.words.text("to-give-back"), frame.cash_back, width, upper)
    digits = keypad(frame, width, lower)
    below = split(frame, digits, _go_on(frame, min(WIDEST_ENTER, width - digits.width - 1), lower), width, lower)
    title = frame.words.text("bar-ringing")
    return Title(title, _hint(frame)), stacked((above, below), width, fill)


def ringing_basis(frame: Frame) -> object:
    """All that the bar depends on while ringing: a key that adds one more of a line changes none of it."""
    counter = frame.counter
    tools = tuple([command.id for command in frame.commands if command.id in LINE_TOOLS])
    typed = (counter.digits, counter.times, counter.line is None, bool(frame.order.lines))
    return frame.message, typed, tools, frame.cash_back, counter.change, counter.given_back


def _hint(frame: Frame) -> str:
    """What is good to know just now: the change of the order before, else how to begin."""
    given = frame.counter.given_back
    if given is not None and frame.cash_back:
        return frame.words.text("refund-before", amount=frame.words.money(frame.cash_back), number=given.name)
    if frame.counter.change is not None and frame.counter.change.change:
        sale = frame.counter.change
        return frame.words.text("change-before", amount=frame.words.money(sale.change), number=str(sale.call_number))
    return frame.words.text("hint-lines" if frame.order.lines else "hint-empty")


def _status(frame: Frame, width: int, height: int) -> Block:
    """Digits and quantity as typed, in large figures."""
    counter = frame.counter
    typed = f"{counter.times}×{counter.digits}" if counter.times is not None else counter.digits
    if not typed:
        return gap(frame, width, 0)
    ground = ground_of(frame)
    digits = big(typed, ground.accent)
    if digits.width > width or height < digits.height:
        return one_row(width, ground.fill, ((typed, ground.accent),))
    return beside((digits, gap(frame, width - digits.width, digits.height)), digits.height, ground.fill)


def _line_tools(frame: Frame, width: int, height: int) -> Block:
    """The buttons for the chosen line; an empty row without one."""
    found = {command.id: command for command in frame.commands if command.id in LINE_TOOLS}
    if frame.counter.line is None or not found:
        return gap(frame, width, height)
    buttons = [
        Button(found[name].keys[0], frame.words.text(f"do-{name}"), frame.inks.plain)
        for name in LINE_TOOLS
        if name in found
    ]
    return band(frame, buttons, width, height)


def _go_on(frame: Frame, width: int, height: int) -> Block:
    words, ground = frame.words, ground_of(frame)
    if not frame.order.lines and not frame.counter.digits:
        lines = wrap(words.text("hint-enter-code"), max(1, width), height)
        return paragraph(width, ground.fill, lines, ground.faint, indent=0)
    label = words.text("do-ring-code") if frame.counter.digits else words.text("do-checkout")
    return button((width, height), frame.inks.go, Cap(key_name(words, "enter"), label), KeyTap("enter"))


def shown_in_bar(frame: Frame) -> frozenset[str]:
    """The ids of the commands that the bar has buttons for, so that the strip leaves them out."""
    if frame.panel is not None:
        return frozenset()
    return SHOWN.get(frame.under, frozenset())


SHOWN: dict[State, frozenset[str]] = {
    State.RINGING: frozenset({"checkout"}),
    State.QUESTION: frozenset({"yes", "no"}),
    State.STOP: frozenset({"confirm-line", "edit-line", "void", "back"}),
    State.SERVING: frozenset({"eat-in", "take-away"}),
    State.PAYMENT: frozenset({"platform", "cash-exact", "cash-1", "cash-2", "cash-3", "card", "mobile"}),
    State.TERMINAL: frozenset({"approved", "declined", "unknown"}),
    State.PAID: frozenset({"next-order"}),
}


def in_strip(frame: Frame) -> list[Command]:
    """The commands that need a button in the strip."""
    shown = shown_in_bar(frame)
    return [command for command in frame.commands if command.in_footer and command.id not in shown]
