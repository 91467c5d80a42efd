"""The cashier's words at a prompt, in the customer's language."""

from __future__ import annotations

from pos.domain.menu.menu import Menu
from pos.domain.prompts import ModifierPrompt, Prompt, QuestionPrompt, ServingPrompt, SlotPrompt
from pos.domain.value import value
from pos.wording.language import Wording


@value
class Spoken:
    """A sentence in the customer's language; `price` is its part with the price of a yes."""

    text: str
    price: str = ""


def spoken_at(words: Wording, prompt: Prompt, menu: Menu) -> Spoken | None:
    """The words for a prompt; None for a prompt without words."""
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
