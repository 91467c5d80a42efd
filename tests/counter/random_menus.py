"""Menus made from the small one at random: other prices, things gone, things new, parts of meals changed."""

from __future__ import annotations

import random
from dataclasses import replace

from pos.domain.menu.channels import Channel, PaidWhere
from pos.domain.menu.incentives import Bundle
from pos.domain.menu.items import MenuItem, Modifier, ModifierGroup, ServingMode, Slot
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Pairing, UpgradePath
from pos.domain.money import Money
from tests.builders import MENU, PAIRINGS, item, menu_of, pairing, text


def another_menu(draws: random.Random, number: int) -> tuple[Menu, tuple[Pairing, ...]]:
    """A menu that could replace the small one, and its pairings; `number` names what is new on it."""
    gone = {sku for sku in MENU.items if draws.random() < 0.12}
    groups = _groups(draws)
    slots = _slots(draws, gone)
    items = _items(draws, gone, groups, slots)
    new = replace(item(f"new-{number}", "burgers", draws.randrange(20, 200), 10), modifiers=tuple(groups)[:1])
    items[new.sku] = new
    modifiers = {modifier.id for group in groups.values() for modifier in group.modifiers}
    paths = [found for path in MENU.paths.values() if (found := _path(path, items.keys(), modifiers)) is not None]
    incentives = [
        entry
        for entry in MENU.incentives.values()
        if draws.random() < 0.8
        and (
            all(sku in items for part in entry.parts for sku in part.skus)
            if isinstance(entry, Bundle)
            else entry.free is None or entry.free in items
        )
    ]
    menu = menu_of(
        items.values(),
        slots=slots.values(),
        groups=groups.values(),
        paths=paths,
        incentives=incentives,
        dayparts=MENU.dayparts.values(),
        machines=MENU.machines.values(),
    )
    menu = replace(menu, channels=_channels(draws, menu))
    kept = [one for one in PAIRINGS if one.offered in items and (one.sku is None or one.sku in items)]
    return menu, (pairing("anything", new.sku, priority=draws.randrange(-5, 30)), *kept)


def _channels(draws: random.Random, menu: Menu) -> dict[str, Channel]:
    """Platforms and the telephone, each in two menus of three, with other prices each time."""
    found = {}
    for name in ("foodora", "wolt", "phone"):
        if draws.random() < 0.66:
            own = draws.sample(sorted(menu.items), 2)
            found[name] = Channel(
                name,
                text(name),
                PaidWhere.HERE if name == "phone" or draws.random() < 0.1 else PaidWhere.PLATFORM,
                draws.choice([0, 1000, 1575, -500]),
                tuple((sku, Money(draws.randrange(1000, 20_000, 100))) for sku in own),
                draws.choice([None, ServingMode.TAKE_AWAY]),
                draws.random() < 0.3,
            )
    return found


def _groups(draws: random.Random) -> dict[str, ModifierGroup]:
    found = {}
    for name, group in MENU.groups.items():
        left = [_dearer(draws, entry) for entry in group.modifiers if draws.random() < 0.8]
        if left and draws.random() < 0.9:
            found[name] = replace(group, modifiers=tuple(left), minimum=min(group.minimum, len(left)))
    return found


def _dearer(draws: random.Random, entry: Modifier) -> Modifier:
    return replace(entry, price=Money(entry.price.minor and draws.randrange(100, 4000, 100)))


def _slots(draws: random.Random, gone: set[str]) -> dict[str, Slot]:
    found = {}
    for name, slot in MENU.slots.items():
        left = tuple(choice for choice in slot.choices if choice.sku not in gone and draws.random() < 0.85)
        if left and draws.random() < 0.9:
            default = slot.default if slot.default in {choice.sku for choice in left} else None
            new = name if draws.random() < 0.85 else f"{name}-new"
            found[new] = replace(slot, id=new, choices=left, default=default, ask=draws.random() < 0.3)
    return found


def _items(
    draws: random.Random, gone: set[str], groups: dict[str, ModifierGroup], slots: dict[str, Slot]
) -> dict[str, MenuItem]:
    found = {}
    for sku, entry in MENU.items.items():
        meal = entry.meal
        if sku in gone or (meal is not None and meal.main in gone):
            continue
        if meal is not None:
            meal = replace(meal, slots=tuple(name for name in slots if name.removesuffix("-new") in meal.slots))
        found[sku] = replace(
            entry,
            price=entry.price if draws.random() < 0.5 else Money(draws.randrange(1000, 20_000, 100)),
            modifiers=tuple(name for name in entry.modifiers if name in groups),
            meal=meal if draws.random() < 0.9 else None,
            name=text(f"{sku} {draws.randrange(3)}"),
        )
    return found


def _path(path: UpgradePath, skus: object, modifiers: set[str]) -> UpgradePath | None:
    steps = [
        step
        for step in path.steps
        if (step.sku is None or step.sku in skus)  # type: ignore[operator]  # the keys of a dictionary
        and (step.modifier is None or step.modifier in modifiers)
    ]
    if len(steps) < 2 or steps[0].modifier is not None:
        return None
    return replace(path, steps=(replace(steps[0], words=None), *steps[1:]))
