"""Paints what the cashier says next, in the menu's place and as large as it fits."""

from __future__ import annotations

from pos.ui.blocks.blocks import Block, lowered, one_row, paragraph, stacked, tall, wide, wrap
from pos.ui.blocks.letters import large_words, words_of
from pos.ui.frame import Frame
from pos.wording.saying import Spoken, spoken_at

MARGIN = 1


def spoken(frame: Frame) -> Spoken | None:
    """What the cashier says at the open prompt; None if the prompt has no words."""
    if frame.panel is not None or frame.paid is not None:
        return None
    return spoken_at(frame.spoken, frame.prompt, frame.menu)


def saying(frame: Frame, said: Spoken, width: int, height: int) -> Block:
    """The sentence on its own background under a label; in ordinary bold type if large letters do not fit."""
    ground = frame.inks.ask
    label = frame.words.text("say-this").upper()
    head = one_row(width, ground.fill, ((f" {label} ", frame.inks.badge),))
    room = (width - MARGIN, height - 1)
    large = large_words(words_of(said.text, said.price), room, ground.strong, ground.accent)
    body = large if large is not None else _in_type(frame, said, *room)
    body = wide(body, width, ground.fill, MARGIN)
    return tall(stacked((head, lowered(body, height - 1, ground.fill)), width, ground.fill), height, ground.fill)


def _in_type(frame: Frame, said: Spoken, width: int, height: int) -> Block:
    """The sentence in bold rows, with blank rows between them if there is room."""
    ground = frame.inks.ask
    lines = wrap(frame.spoken.text("quoted", words=said.text), width, max(1, height))
    if 2 * len(lines) - 1 > height:
        return paragraph(width, ground.fill, lines, ground.strong, indent=0)
    spaced = [entry for line in lines for entry in (line, "")][:-1]
    return paragraph(width, ground.fill, spaced, ground.strong, indent=0)
