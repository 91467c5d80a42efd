"""What the cashier says next, in the menu's place and as large as it can be: whatever the till asks."""

from __future__ import annotations

from pos.domain.prompts import ModifierPrompt, QuestionPrompt, ServingPrompt, SlotPrompt
from pos.domain.value import value
from pos.ui.blocks.blocks import Block, lowered, one_row, paragraph, stacked, tall, wide, wrap
from pos.ui.blocks.letters import large_words, words_of
from pos.ui.frame import Frame

MARGIN = 1


@value
class Spoken:
    """A sentence in the customer's language; `price` is the part of it that says what a yes costs."""

    text: str
    price: str = ""


def spoken(view: Frame) -> Spoken | None:
    """What the cashier says at the open prompt; None where the till puts no words into anybody's mouth."""
    if view.panel is not None or view.paid is not None:
        return None
    words, items = view.spoken, view.menu.items
    match view.prompt:
        case QuestionPrompt() as prompt:
            return Spoken(words.question(prompt, view.menu), words.spoken(prompt.difference.more))
        case ServingPrompt():
            return Spoken(words.text("ask-serving"))
        case SlotPrompt() as prompt:
            return Spoken(words.text("ask-slot", slot=prompt.slot.name, name=items[prompt.line.sku].name))
        case ModifierPrompt() as prompt:
            return Spoken(words.text("ask-choice", group=prompt.group.name, name=items[prompt.line.sku].name))
        case _:
            return None


def saying(view: Frame, said: Spoken, width: int, height: int) -> Block:
    """The sentence on its own background under a label; in ordinary bold type where large letters do not fit."""
    ground = view.inks.ask
    label = view.words.text("say-this").upper()
    head = one_row(width, ground.fill, ((f" {label} ", view.inks.badge),))
    room = (width - MARGIN, height - 1)
    large = large_words(words_of(said.text, said.price), room, ground.strong, ground.accent)
    body = large if large is not None else _in_type(view, said, *room)
    body = wide(body, width, ground.fill, MARGIN)
    return tall(stacked((head, lowered(body, height - 1, ground.fill)), width, ground.fill), height, ground.fill)


def _in_type(view: Frame, said: Spoken, width: int, height: int) -> Block:
    """The sentence in bold rows, with blank rows between them where there is room."""
    ground = view.inks.ask
    lines = wrap(view.spoken.text("quoted", words=said.text), width, max(1, height))
    if 2 * len(lines) - 1 > height:
        return paragraph(width, ground.fill, lines, ground.strong, indent=0)
    spaced = [entry for line in lines for entry in (line, "")][:-1]
    return paragraph(width, ground.fill, spaced, ground.strong, indent=0)
