"""The fourteen allergens (EU 1169/2011, annex II), and their states in an item."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from itertools import chain

from pos.domain.value import value

KINDS: dict[str, tuple[str, ...]] = {
    "gluten": ("wheat", "rye", "barley", "oats", "spelt", "khorasan"),
    "nuts": ("almond", "hazelnut", "walnut", "cashew", "pecan", "brazil", "pistachio", "macadamia"),
}

ALLERGENS = (
    "gluten",
    "crustaceans",
    "eggs",
    "fish",
    "peanuts",
    "soybeans",
    "milk",
    "nuts",
    "celery",
    "mustard",
    "sesame",
    "sulphites",
    "lupin",
    "molluscs",
)


class AllergenState(StrEnum):
    """The state of one allergen in one item. *Unknown* is never *no*."""

    CONTAINS = "contains"
    MAY_CONTAIN = "may_contain"
    UNKNOWN = "unknown"
    NO = "no"


def base(allergen: str) -> str:
    """`gluten:wheat` is a kind of `gluten`."""
    return allergen.partition(":")[0]


def is_allergen(name: str) -> bool:
    """Whether a name is one of the fourteen, or a named kind of cereal or nut."""
    head, _, kind = name.partition(":")
    return head in ALLERGENS and (not kind or kind in KINDS.get(head, ()))


@value
class AllergenCard:
    """What an item contains, may contain, and what is unknown; it does not contain the others."""

    contains: frozenset[str] = frozenset()
    may_contain: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()

    def state(self, allergen: str) -> AllergenState:
        """The worst state among an allergen and its kinds."""
        for state, names in (
            (AllergenState.CONTAINS, self.contains),
            (AllergenState.MAY_CONTAIN, self.may_contain),
            (AllergenState.UNKNOWN, self.unknown),
        ):
            if any(base(name) == allergen for name in names):
                return state
        return AllergenState.NO

    def kinds(self, state: AllergenState) -> tuple[str, ...]:
        """The names in a state, in the order of the annex; for *no*, the fourteen without the others."""
        if state is AllergenState.NO:
            return tuple(name for name in ALLERGENS if self.state(name) is AllergenState.NO)
        names = {
            AllergenState.CONTAINS: self.contains,
            AllergenState.MAY_CONTAIN: self.may_contain,
            AllergenState.UNKNOWN: self.unknown,
        }[state]
        return tuple(sorted(names, key=lambda name: (ALLERGENS.index(base(name)), name)))

    def changed(self, adds: Iterable[str], removes: Iterable[str]) -> AllergenCard:
        """The card after modifiers: first what they remove, then what they add."""
        removed = set(removes)
        gone = {name for name in self.contains if name in removed or base(name) in removed}
        contains = (self.contains - gone) | frozenset(adds)
        return AllergenCard(contains, self.may_contain - contains, self.unknown - contains)

    def is_safe_for(self, noted: Iterable[str]) -> bool:
        """Whether every noted allergen is a plain *no*."""
        unsafe = map(base, chain(self.contains, self.may_contain, self.unknown))
        return {base(allergen) for allergen in noted}.isdisjoint(unsafe)


@value
class AllergenNames:
    """Allergens to be named in a sentence, in their order."""

    names: tuple[str, ...]


def together(cards: Iterable[AllergenCard]) -> AllergenCard:
    """The allergens of several items eaten together."""
    contains: frozenset[str] = frozenset()
    may_contain: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    for card in cards:
        contains |= card.contains
        may_contain |= card.may_contain
        unknown |= card.unknown
    return AllergenCard(contains, may_contain - contains, unknown - contains)
