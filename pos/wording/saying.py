"""What the cashier says at a prompt, in the customer's language."""

from __future__ import annotations

from pos.domain.menu.menu import Menu
from pos.domain.prompts import ModifierPrompt, Prompt, QuestionPrompt, ServingPrompt, SlotPrompt
from pos.domain.value import value
from pos.wording.language import Wording


@value
class Spoken:
    """A sentence in the customer's language; `price` is the part of it that says what a yes costs."""

    text: str
    price: str = ""


def spoken_at(words: Wording, prompt: Prompt, menu: Menu) -> Spoken | None:
    """What is said at a prompt; None where the till puts no words into anybody's mouth."""
    match prompt:
        case QuestionPrompt():
            return Spoken(words.question(prompt, menu), words.spoken(prompt.difference.more))
        case ServingPrompt():
            return Spoken(words.text("ask-serving"))
        case SlotPrompt():
            return Spoken(words.text("ask-slot", slot=prompt.slot.name, name=menu.items[prompt.line.sku].name))
        case ModifierPrompt():
            return Spoken(words.text("ask-choice", group=prompt.group.name, name=menu.items[prompt.line.sku].name))
        case _:
            return None
