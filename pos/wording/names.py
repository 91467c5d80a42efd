"""The names of items, sizes and allergens."""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.menu.allergens import ALLERGENS, AllergenCard, AllergenState, base
from pos.domain.menu.menu import Menu
from pos.domain.order.questions import Offer
from pos.wording.sentences import Sentences


def offered_name(sentences: Sentences, offer: Offer, menu: Menu) -> str:
    """The name of an offer's target inside a sentence: `stor Cheeseburgermeny`, `Ekstra bacon`."""
    if offer.modifier is not None:
        return sentences.local(menu.modifiers[offer.modifier].name)
    item = menu.items[offer.sku or ""]
    name = sentences.local(item.name)
    return name if item.size is None else f"{sentences.local(item.size)} {name}"


def allergen_name(sentences: Sentences, allergen: str) -> str:
    """An allergen: `melk`; with a kind `gluten (hvete)`."""
    return _list(sentences, (allergen,))


def allergens_line(sentences: Sentences, card: AllergenCard) -> str:
    """What an item contains, may contain, and what is not known, in one line; or that it contains no allergens."""
    parts = []
    for state in (AllergenState.CONTAINS, AllergenState.MAY_CONTAIN, AllergenState.UNKNOWN):
        names = card.kinds(state)
        if set(names) >= set(ALLERGENS):
            parts.append(sentences.text(f"allergens-{state.value.replace('_', '-')}-all"))
        elif names:
            line = f"allergens-{state.value.replace('_', '-')}"
            parts.append(sentences.text(line, allergens=_list(sentences, names)))
    return "; ".join(parts) if parts else sentences.text("allergens-none")


def _list(sentences: Sentences, names: Iterable[str]) -> str:
    """The allergens, each once, with its kinds after it."""
    kinds: dict[str, list[str]] = {}
    for name in names:
        found = kinds.setdefault(base(name), [])
        _, _, kind = name.partition(":")
        if kind:
            found.append(sentences.text(f"allergen-kind-{kind}"))
    shown = []
    for allergen, listed in kinds.items():
        called = sentences.text(f"allergen-{allergen}")
        shown.append(f"{called} ({', '.join(listed)})" if listed else called)
    return ", ".join(shown)
