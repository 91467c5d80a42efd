"""Names of offers: by what they offer, and if that is ambiguous by what triggers them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Step
from pos.domain.text import LocalText
from pos.store import Store

ANYTHING = LocalText("hva som helst", "anything")


def offer_names(offers: Iterable[str], menu: Menu | None, store: Store) -> dict[str, LocalText]:
    """The names of offers by id, by what they offer on today's menu. Offers that it no longer has are left out.

    If several offer the same thing, each has its trigger in brackets: `Shake (Burgers)`. Raises `StoreError`.
    """
    if menu is None:
        return {}
    names = {offer: name for offer in offers if (name := _offered(offer, menu, store)) is not None}
    often = Counter(names.values())
    return {
        offer: name if often[name] == 1 else _beside(name, _called_by(offer, menu, store))
        for offer, name in names.items()
    }


def _offered(offer: str, menu: Menu, store: Store) -> LocalText | None:
    rungs = _rungs(offer, menu)
    if rungs:
        return _step_name(rungs[-1], menu)
    sku = store.asking_sums.offered(offer)
    return menu.items[sku].full_name if sku is not None and sku in menu.items else None


def _called_by(offer: str, menu: Menu, store: Store) -> LocalText | None:
    """The item from which a step starts, or the trigger of a pairing."""
    rungs = _rungs(offer, menu)
    if rungs:
        return _step_name(rungs[-2], menu)
    kind, key = store.asking_sums.trigger(offer) or ("", "")
    if kind == "anything":
        return ANYTHING
    return _step_name(Step(sku=key) if kind == "sku" else Step(category=key), menu)


def _rungs(offer: str, menu: Menu) -> tuple[Step, ...]:
    """The path up to the step of an upsell; empty for a cross-sell."""
    path, _, index = offer.rpartition(":")
    if path in menu.paths and index.isdigit() and 0 < int(index) < len(menu.paths[path].steps):
        return menu.paths[path].steps[: int(index) + 1]
    return ()


def _step_name(step: Step, menu: Menu) -> LocalText | None:
    if step.modifier is not None:
        return menu.modifiers[step.modifier].name if step.modifier in menu.modifiers else None
    if step.category is not None:
        return menu.categories[step.category].name if step.category in menu.categories else None
    return menu.items[step.sku].full_name if step.sku is not None and step.sku in menu.items else None


def _beside(name: LocalText, other: LocalText | None) -> LocalText:
    return name if other is None else LocalText(f"{name.nb} ({other.nb})", f"{name.en} ({other.en})")
