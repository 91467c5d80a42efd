"""One language of the till: turns all values into text."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from pos.domain.menu.allergens import AllergenCard, AllergenState
from pos.domain.menu.items import MenuItem, Modifier, ServingMode, Slot
from pos.domain.menu.menu import Menu
from pos.domain.money import ZERO, Money
from pos.domain.order.order import Tender, TenderKind
from pos.domain.order.questions import OfferKind, Outcome, Reason
from pos.domain.prompts import ModifierPrompt, QuestionPrompt, SlotPrompt
from pos.domain.text import LANGUAGES, LocalText
from pos.wording.names import allergen_name, allergens_line
from pos.wording.question_words import question_words
from pos.wording.sentences import Sentences

LOCALE = Path(__file__).parent / "locale"


class Wording(Sentences):
    """One language; made by `wording("nb")`."""

    __slots__ = ()

    def question(self, prompt: QuestionPrompt, menu: Menu) -> str:
        """The cashier's words for a question, with all values filled in."""
        return question_words(self, prompt, menu)

    def item_name(self, item: MenuItem) -> str:
        """An item with its size: `Cheeseburgermeny, stor`."""
        return self.local(item.full_name)

    def filling_name(self, slot: Slot, item: MenuItem, count: int = 1) -> str:
        """A choice for a slot, with its supplement for all meals: `Appelsinjuice + 5,00`."""
        choice = slot.choice(item.sku)
        return self._with_price(item.full_name, ZERO if choice is None else choice.supplement * count)

    def modifier_name(self, modifier: Modifier, count: int = 1) -> str:
        """A modifier, with its price for all units: `Ekstra bacon + 20,00`."""
        return self._with_price(modifier.name, modifier.price * count)

    def choice_names(self, prompt: SlotPrompt | ModifierPrompt, noted: Collection[str], menu: Menu) -> list[str]:
        """The choices, each with its price for all units that the answer is for, and the noted allergens that it
        contains: `Milkshake + 40 kroner MELK!`."""
        if isinstance(prompt, SlotPrompt):
            items = [menu.items[sku] for sku in prompt.choices]
            named = [(self.filling_name(prompt.slot, item, prompt.count), item.allergens) for item in items]
        else:
            modifiers = prompt.group.modifiers
            named = [(self.modifier_name(entry, prompt.count), AllergenCard(entry.adds)) for entry in modifiers]
        return [name + self._warning(card, noted) for name, card in named]

    def _warning(self, card: AllergenCard, noted: Collection[str]) -> str:
        loud = [name for name in sorted(noted) if card.state(name) is AllergenState.CONTAINS]
        unsure = [name for name in sorted(noted) if card.state(name) is AllergenState.UNKNOWN]
        said = [("line-contains", loud), ("line-unknown", unsure)]
        return "".join(
            f" {self.text(message_id, allergens=', '.join(map(self.allergen, names)).upper())}"
            for message_id, names in said
            if names
        )

    def _with_price(self, name: LocalText, price: Money) -> str:
        return self.text("name-and-price", name=name, price=price) if price else self.local(name)

    def size_name(self, item: MenuItem) -> str:
        """The size: `stor`; empty for an item of one size."""
        return self.local(item.size) if item.size is not None else ""

    def allergen(self, name: str) -> str:
        """An allergen: `melk`, `gluten (hvete)`."""
        return allergen_name(self, name)

    def allergens_line(self, card: AllergenCard) -> str:
        """All allergens of an item: `inneholder: gluten (hvete), melk; kan inneholde: sesam`."""
        return allergens_line(self, card)

    def key(self, name: str) -> str:
        """The label of a key: `Esc`, `←`, `F9`, `Ctrl+Z`; letters in upper case."""
        if len(name) == 1 or (name[0] == "f" and name[1:].isdigit()):
            return name.upper()
        if name.startswith("ctrl+"):
            return name.title()
        return self._message(f"key-{name}") or name.replace("_", " ").title()

    def reason(self, reason: Reason) -> str:
        """Why a question does not apply."""
        return self.label(reason)

    def outcome(self, outcome: Outcome) -> str:
        """The outcome of a question."""
        return self.label(outcome)

    def offer_kind(self, kind: OfferKind) -> str:
        """The name of one of the two questions."""
        return self.label(kind)

    def tender_kind(self, kind: TenderKind) -> str:
        """A means of payment."""
        return self.label(kind)

    def tender(self, tender: Tender) -> str:
        """How something was paid: `Kort`, `Foodora`."""
        return self._shown(tender.called)

    def serving_mode(self, mode: ServingMode | None) -> str:
        """The serving mode; empty while it is not chosen."""
        return self.label(mode) if mode is not None else ""


@cache
def wording(language: str) -> Wording:
    """The wording of `nb` or `en`; any other language gets English, as in `LocalText`."""
    return Wording(*catalogue(language))


@cache
def catalogue(language: str) -> tuple[str, GNUTranslations]:
    """Which language is spoken for a wanted one, and its messages. Loaded once."""
    known = language if language in LANGUAGES else "en"
    with (LOCALE / known / "LC_MESSAGES" / "pos.mo").open("rb") as file:
        return known, GNUTranslations(file)
