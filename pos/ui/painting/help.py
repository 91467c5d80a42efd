"""Paints the help of a state: every command that it has, with its keys, its label and one sentence."""

from __future__ import annotations

from rich.cells import cell_len

from pos.counter import Command
from pos.counter.keys import shown_first
from pos.counter.panels.asking import HelpPanel
from pos.ui.blocks.blocks import Block, Piece, Row, row, text_block, wrap
from pos.ui.blocks.keys import key_names
from pos.ui.frame import Frame

KEYS_WIDTH = 12
LABEL_WIDTH = 16


def help_pages(frame: Frame, panel: HelpPanel, width: int, height: int) -> Block:
    """One page of the help; the foot says how to turn the page and how to leave."""
    ground, words = frame.inks.page, frame.words
    pages = _pages(frame, panel, width, max(1, height - 2))
    page = panel.page % len(pages)
    foot = words.text("help-foot")
    if len(pages) > 1:
        foot = words.text("help-foot-pages", page=page + 1, pages=len(pages))
    rows = [row(width, ground.fill), *pages[page]]
    rows += [row(width, ground.fill)] * (height - 1 - len(rows))
    return text_block(width, (*rows, row(width, ground.fill, ((f" {foot}", ground.accent),))))


def _pages(frame: Frame, panel: HelpPanel, width: int, room: int) -> list[list[Row]]:
    """The rows of every command, a command never on two pages."""
    pages: list[list[Row]] = [[]]
    for command in frame.counter.commands_of(panel.about):
        rows = _command(frame, command, width)
        if len(pages[-1]) + len(rows) > room and pages[-1]:
            pages.append([])
        pages[-1] += rows
    return pages


def _command(frame: Frame, command: Command, width: int) -> list[Row]:
    ground, words = frame.inks.page, frame.words
    keys = f" {key_names(words, shown_first(command.keys, words.language))} "
    label = words.text(f"do-{command.id}")
    room = max(0, LABEL_WIDTH - cell_len(label))
    lines = wrap(words.text(f"help-{command.id}"), width - KEYS_WIDTH - LABEL_WIDTH - 2, 2)
    left: list[Piece] = [
        (" ", ground.fill),
        (keys, frame.inks.cap),
        (" " * max(1, KEYS_WIDTH - cell_len(keys)), ground.fill),
        (label + " " * room, ground.strong),
        (lines[0] if lines else "", ground.soft),
    ]
    indent = " " * (1 + KEYS_WIDTH + LABEL_WIDTH)
    return [
        row(width, ground.fill, left),
        *(row(width, ground.fill, ((indent + line, ground.soft),)) for line in lines[1:]),
    ]
