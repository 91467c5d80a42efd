"""Paints letters for a finger, while text is typed."""

from __future__ import annotations

from pos.ui.blocks.blocks import Block, Cap, KeyTap, beside, button, shares, stacked
from pos.ui.blocks.keys import key_name
from pos.ui.blocks.themes import Face
from pos.ui.frame import Frame
from pos.ui.painting.bar.parts import ground_of

ROWS = ("1234567890+", "qwertyuiopå", "asdfghjkløæ", "zxcvbnm,.-/")
LAST = ("backspace", "space", "escape", "enter")


def keyboard(frame: Frame, width: int, height: int) -> Block:
    """Four rows of keys, and a fifth with Enter and Esc."""
    fill = ground_of(frame).fill
    each = 1 if height < 10 else 2
    faces = (frame.inks.plain, frame.inks.plain_other)
    rows = [_keys(frame, keys, (width, each), faces[place % 2]) for place, keys in enumerate(ROWS)]
    labels = ("do-erase", "do-blank", "do-close", "do-take-text")
    last = [
        button(
            (room, height - 4 * each),
            frame.inks.plain,
            Cap(key_name(frame.words, key), said),
            KeyTap(key),
        )
        for room, key, said in zip(shares(width, len(LAST)), LAST, map(frame.words.text, labels), strict=True)
    ]
    return stacked((*rows, beside(last, height - 4 * each, fill, 1)), width, fill)


def digits(frame: Frame, width: int, height: int) -> Block:
    """The ten digits in one row, high enough for a finger, and below it Backspace, and Esc if that closes the panel."""
    fill, lower = ground_of(frame).fill, max(1, height // 3)
    below = [("backspace", "do-erase")]
    if frame.panel is not None and frame.panel.can_close(frame.counter):
        below.append(("escape", "do-close"))
    last = [
        button((room, lower), frame.inks.plain, Cap(key_name(frame.words, key), frame.words.text(said)), KeyTap(key))
        for room, (key, said) in zip(shares(width, len(below)), below, strict=True)
    ]
    row = _keys(frame, ROWS[0].removesuffix("+"), (width, height - lower), frame.inks.plain)
    return stacked((row, beside(last, lower, fill, 1)), width, fill)


def _keys(frame: Frame, keys: str, size: tuple[int, int], face: Face) -> Block:
    width, height = size
    blocks = [
        button((room, height), face, Cap("", key), KeyTap(key))
        for room, key in zip(shares(width, len(keys)), keys, strict=True)
    ]
    return beside(blocks, height, ground_of(frame).fill, 1)
