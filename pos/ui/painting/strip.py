"""Paints the strip at the bottom: a button for every command that has no larger one."""

from __future__ import annotations

from rich.cells import cell_len
from rich.style import Style

from pos.counter.keys import shown_first
from pos.ui.blocks.blocks import Block, KeyTap, beside, blank, centred, row, tall, text_block, wide
from pos.ui.blocks.keys import key_name
from pos.ui.frame import Frame
from pos.ui.painting.bar.ringing import in_strip

MOST_PADDING = 3
SPARE = ("how-many", "other-offer", "other-language")
"""Left out in this order if not all fit: they are also in the question's bar, or in *More*."""


def strip(frame: Frame, width: int, height: int) -> Block:
    """Keys above, their labels below; closer together if there are many."""
    ground = frame.inks.sunken
    entries = _entries(frame, width - 2)
    if not entries:
        return blank(width, height, ground.fill)
    natural = [max(cell_len(key), cell_len(label)) for key, label, _ in entries]
    spare = width - 2 - sum(natural) - (len(entries) - 1)
    padding = max(0, min(2 * MOST_PADDING, spare // len(entries)))
    over = max(0, -spare)
    blocks = []
    for (key, label, pressed), needed in zip(entries, natural, strict=True):
        cut = min(over, max(0, needed - 5))
        over -= cut
        blocks.append(_softkey(frame, (key, label), needed - cut + padding, height).tapped_by(KeyTap(pressed)))
    return tall(wide(beside(blocks, height, ground.fill, 1), width, ground.fill, 1), height, ground.fill)


def _entries(frame: Frame, room: int) -> list[tuple[str, str, str]]:
    """Each button's key name, label and key; without what can be spared if they do not fit."""
    found = {
        command.id: (key_name(frame.words, key), frame.words.text(f"do-{command.id}"), key)
        for command, key in ((entry, shown_first(entry.keys, frame.words.language)[0]) for entry in in_strip(frame))
    }
    for spare in SPARE:
        needed = sum(max(cell_len(key), cell_len(label)) + 1 for key, label, _ in found.values())
        if needed - 1 > room:
            found.pop(spare, None)
    return list(found.values())


def _softkey(frame: Frame, said: tuple[str, str], width: int, height: int) -> Block:
    """A key above its label; with a third row, half of it belongs to the button and half is a gap."""
    face, page = frame.inks.plain, frame.inks.sunken.fill
    rows = [
        centred(width, face.key, ((said[0], face.key),)),
        centred(width, face.text, ((said[1], frame.inks.tile.text),)),
    ]
    if height > len(rows):
        edge = Style(color=face.text.bgcolor, bgcolor=page.bgcolor)
        rows.append(row(width, edge, (("▀" * width, edge),)))
    return text_block(width, rows)
