"""A row of keys with their labels, each a button."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.style import Style

from pos.ui.blocks.blocks import Block, KeyTap, beside, one_row, wide
from pos.ui.blocks.keys import key_name
from pos.ui.blocks.themes import Ground
from pos.wording import Wording


def key_row(words: Wording, entries: Iterable[tuple[str, str]], width: int, ground: Ground, cap: Style) -> Block:
    """Keys and the ids of their labels, from the left; cut at the margin."""
    buttons: list[Block] = []
    room = width
    for key, message_id in entries:
        pieces = ((f" {key_name(words, key)} ", cap), (f" {words.text(message_id)} ", ground.text))
        cells = min(room, sum(cell_len(text) for text, _ in pieces))
        button = one_row(cells, ground.fill, pieces)
        buttons.append(button.tapped_by(KeyTap(key)))
        room -= cells
    return wide(beside(buttons, 1, ground.fill), width, ground.fill)
