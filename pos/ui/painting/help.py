"""The help of a state: every command that lives in it, with its keys, its label and one sentence."""

from __future__ import annotations

from pos.counter.panels_asking import Help
from pos.ui.blocks import Block, Piece, row, text_block
from pos.ui.keys import key_names
from pos.ui.view import View

KEYS_WIDTH = 12
LABEL_WIDTH = 16


def help_pages(view: View, panel: Help, width: int, height: int) -> Block:
    """One page of it; the foot says how to turn the page and how to leave."""
    ground, words = view.inks.page, view.words
    entries = view.counter.commands_of(panel.about)
    room = max(1, height - 2)
    pages = -(-len(entries) // room)
    page = panel.page % pages
    rows = [row(width, ground.fill)]
    for command in entries[page * room : (page + 1) * room]:
        keys = f" {key_names(words, command.keys)} "
        left: list[Piece] = [
            (" ", ground.fill),
            (keys, view.inks.cap),
            (" " * max(1, KEYS_WIDTH - len(keys)), ground.fill),
            (f"{words.text(f'do-{command.id}'):<{LABEL_WIDTH}}", ground.strong),
            (words.text(f"help-{command.id}"), ground.soft),
        ]
        rows.append(row(width, ground.fill, left))
    rows += [row(width, ground.fill)] * (room + 1 - len(rows))
    foot = words.text("help-foot-pages", page=page + 1, pages=pages) if pages > 1 else words.text("help-foot")
    rows.append(row(width, ground.fill, ((f" {foot}", ground.accent),)))
    return text_block(width, rows)
