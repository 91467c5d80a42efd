"""Parts shared by several painters of the bar."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from pos.counter import State
from pos.domain.money import Money
from pos.domain.value import value
from pos.ui.blocks.blocks import (
    BOTH_EDGES,
    Block,
    Cap,
    KeyTap,
    beside,
    blank,
    button,
    cap_lines,
    lowered,
    one_row,
    shares,
    stacked,
    tall,
    wide,
)
from pos.ui.blocks.digits import HEIGHT, big
from pos.ui.blocks.keys import key_name
from pos.ui.blocks.letters import can_be_large, cells_of, large_line
from pos.ui.blocks.themes import Face, Ground
from pos.ui.frame import Frame

BAND = 3
"""The least height of the lowest row of buttons. Yes and No stand there, and no payment button ever does."""


TOO_WIDE = 1_000
"""Wider than any window."""

STANDING = 2
"""From this height on, a key is above its label."""


def band_height(height: int) -> int:
    """The height of the lowest row of buttons, in a bar of some height; it depends on the window alone."""
    return BAND if height < 10 else BAND + 1 if height < 11 else BAND + 2


def yes_no_width(width: int) -> int:
    """The width of Yes, and of No."""
    return max(17, min(24, width // 6))


def digit_width(width: int) -> int:
    """The width of a digit's button."""
    return max(4, min(7, width // 20))


@value
class Title:
    """The first row of the bar: a badge, some words, and small buttons at the right; `shorter` has ever shorter words
    for a narrow row."""

    badge: str
    text: str = ""
    right: tuple[Block, ...] = ()
    shorter: tuple[str, ...] = ()

    def fitting(self, width: int) -> str:
        """The longest of its words that fit; the shortest if none do."""
        every = (self.text, *self.shorter)
        return next((text for text in every if cell_len(text) <= width), every[-1])


@value
class Button:
    """A button before it has a size; `below` is text under its label, if there is room."""

    key: str
    label: str
    face: Face
    below: str = ""


def ground_of(frame: Frame) -> Ground:
    """The background of the bar; a question has its own."""
    return frame.inks.ask if frame.under is State.QUESTION else frame.inks.bar


def band(frame: Frame, buttons: Sequence[Button | None], width: int, height: int, *, most_width: int = 0) -> Block:
    """Buttons of equal width in a row; None leaves a gap."""
    ground = ground_of(frame)
    widths = shares(width, len(buttons))
    if most_width:
        widths = [min(most_width, each) for each in widths]
    return beside(_sized(frame, buttons, widths, height), height, ground.fill, 1)


def large_band(frame: Frame, buttons: Sequence[Button], width: int, height: int) -> Block:
    """Buttons of `width` cells side by side, all keys in large letters of one size and all labels too, if they fit."""
    for sizes in ((2, 2), (2, 1), (1, 1)):
        if height >= BAND and all(_large_width(frame, entry, sizes) <= width for entry in buttons):
            blocks = [_large_button(frame, entry, (width, height), sizes) for entry in buttons]
            return beside(blocks, height, ground_of(frame).fill, 1)
    return band(frame, buttons, len(buttons) * (width + 1) - 1, height)


def _large_width(frame: Frame, entry: Button, sizes: tuple[int, int]) -> int:
    """The width of a button with its key and label in large letters of these sizes, with a cell at each side of
    both."""
    key = key_name(frame.words, entry.key)
    if not (can_be_large(key) and can_be_large(entry.label)):
        return TOO_WIDE
    return cells_of(key, sizes[0]) + cells_of(entry.label, sizes[1]) + 4


def _large_button(frame: Frame, entry: Button, size: tuple[int, int], sizes: tuple[int, int]) -> Block:
    (width, height), face = size, entry.face
    key = large_line(key_name(frame.words, entry.key), sizes[0], face.key)
    label = large_line(entry.label, sizes[1], face.text)
    cap = key.width + 2
    parts = (
        wide(lowered(key, height, face.key), cap, face.key, 1),
        wide(lowered(label, height, face.text), width - cap, face.text, 1),
    )
    return beside(parts, height, face.text).tapped_by(KeyTap(entry.key))


def _sized(frame: Frame, buttons: Sequence[Button | None], widths: Sequence[int], height: int) -> list[Block]:
    """The buttons as blocks of one form: in a row, either all or none have the key above the label."""
    sized = list(zip(widths, buttons, strict=True))
    stands = height >= STANDING and any(entry is not None and _cap(frame, entry).width > each for each, entry in sized)
    rows = max(
        (
            len(cap_lines(_cap(frame, entry), entry.face, (each, height), stands=stands))
            for each, entry in sized
            if entry is not None
        ),
        default=0,
    )
    edged = height - rows >= BOTH_EDGES
    return [
        button((each, height), entry.face, _cap(frame, entry), KeyTap(entry.key), stands=stands, edged=edged)
        if entry is not None
        else gap(frame, each, height)
        for each, entry in sized
    ]


def _cap(frame: Frame, entry: Button) -> Cap:
    return Cap(key_name(frame.words, entry.key), entry.label, entry.below)


def board(frame: Frame, buttons: Sequence[Button], width: int, height: int) -> Block:
    """Buttons in as many rows as needed, as high as there is room for, at most `BAND`."""
    ground = ground_of(frame)
    longest = max((cell_len(entry.label) for entry in buttons), default=0) + 8
    columns = max(1, min(len(buttons), width // min(longest, width)))
    rows = -(-len(buttons) // columns)
    while rows > height and columns < len(buttons):
        columns += 1
        rows = -(-len(buttons) // columns)
    each = min(BAND, max(1, height // max(1, rows)))
    lines = [
        _padded(frame, buttons[start : start + columns], columns, width, each)
        for start in range(0, len(buttons), columns)
    ]
    return stacked(lines[: max(1, height // each)], width, ground.fill)


def _padded(frame: Frame, buttons: Sequence[Button], columns: int, width: int, height: int) -> Block:
    widths = shares(width, columns)[: len(buttons)]
    return beside(_sized(frame, buttons, widths, height), height, ground_of(frame).fill, 1)


KEYPAD_SIGNS = {State.RINGING: "*", State.PAYMENT: ",", State.TERMINAL: ","}
"""The sign after the digits."""


def keypad(frame: Frame, width: int, height: int) -> Block:
    """The digits for a finger, with `*` while ringing and the decimal sign at payment; as wide as the bar allows."""
    keys = "1234567890" + KEYPAD_SIGNS.get(frame.under, "")
    size = (digit_width(width), height)
    blocks = [button(size, frame.inks.plain, Cap("", key), KeyTap(key)) for key in keys]
    return beside(blocks, height, ground_of(frame).fill, 1)


def gap(frame: Frame, width: int, height: int) -> Block:
    """Empty rows of the bar."""
    return blank(width, height, ground_of(frame).fill)


def split(frame: Frame, left: Block, right: Block, width: int, height: int) -> Block:
    """A block at the left margin and one at the right."""
    ground = ground_of(frame)
    middle = blank(max(0, width - left.width - right.width), height, ground.fill)
    return beside((left, middle, right), height, ground.fill)


def large_amount(frame: Frame, label: str, amount: Money, width: int, height: int) -> Block:
    """A label, and below it an amount in large digits."""
    ground = ground_of(frame)
    written = frame.words.money(amount)
    digits = big(written, ground.accent)
    shown = digits if digits.width < width else one_row(width, ground.fill, ((written, ground.accent),))
    return labelled(frame, label, shown, width, height)


def labelled(frame: Frame, label: str, shown: Block, width: int, height: int) -> Block:
    """Something large, with a label above it if there is room."""
    ground = ground_of(frame)
    head = one_row(width, ground.fill, ((label, ground.soft),))
    return tall(stacked((head, shown) if height > HEIGHT else (shown,), width, ground.fill), height, ground.fill)
