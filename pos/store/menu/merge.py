"""What a new menu leaves out: kept, so that orders rung from the old one can still be priced and paid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pos.domain.menu.items import MenuItem, ModifierGroup, Sku
from pos.domain.menu.menu import Menu
from pos.domain.text import LocalText
from pos.domain.value import replace

RETIRED_GROUP = "_retired"
"""Holds the modifiers that groups have lost; no name in a menu file begins with an underscore."""

Entry = TypeVar("Entry")


def left_out(old: Mapping[str, Entry], new: Mapping[str, Entry]) -> dict[str, Entry]:
    """The old entries that the new menu does not have."""
    return {key: entry for key, entry in old.items() if key not in new}


def retired_items(old: Menu, new: Menu) -> dict[Sku, MenuItem]:
    """The items that the new menu does not sell any more."""
    return {sku: replace(item, retired=True) for sku, item in left_out(old.items, new.items).items()}


def _without(group: ModifierGroup, new: Menu) -> ModifierGroup:
    """A retired group without the modifiers that are in another group now: each modifier has one price."""
    return replace(group, modifiers=tuple(entry for entry in group.modifiers if entry.id not in new.modifiers))


def retired_groups(old: Menu, new: Menu) -> dict[str, ModifierGroup]:
    """The groups that the new menu lacks, and one for the modifiers that its groups have lost."""
    kept = {name: _without(group, new) for name, group in left_out(old.groups, new.groups).items()}
    known = new.modifiers.keys() | {modifier.id for group in kept.values() for modifier in group.modifiers}
    lost = tuple(modifier for key, modifier in old.modifiers.items() if key not in known)
    if lost:
        before = kept[RETIRED_GROUP].modifiers if RETIRED_GROUP in kept else ()
        name = LocalText("Utgått", "Retired")
        kept[RETIRED_GROUP] = ModifierGroup(RETIRED_GROUP, name, 0, 0, (*before, *lost))
    return kept
