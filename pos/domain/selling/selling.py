"""Whether a line can be sold: the one check, whatever route it came by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from pos.domain.menu.items import MenuItem, Modifier, ServingMode, Sku
from pos.domain.menu.menu import Menu
from pos.domain.menu.unsold import Unsold
from pos.domain.moment import Moment
from pos.domain.order.order import LineItem, Order, open_groups, open_slots
from pos.domain.text import LocalText
from pos.domain.value import value


@value
class Obstacle:
    """Why a line cannot be sold, and which part is the obstacle: its item, a filling or a modifier. `part` is its SKU,
    or its modifier with a plus before it."""

    why: Unsold
    name: LocalText
    part: str


def obstacles(line: LineItem, mode: ServingMode | None, moment: Moment) -> tuple[Obstacle, ...]:
    """Everything that keeps a line from being sold now in a serving mode; empty if it can be.

    Source: rule 14.
    """
    menu = moment.menu
    found = [obstacle for sku in things_in(line, menu) if (obstacle := obstacle_of(sku, mode, moment)) is not None]
    for modifier in dict.fromkeys(line.modifiers):
        why = moment.why_modifier_unsold(modifier, mode)
        if why is not None:
            known = menu.modifiers.get(modifier)
            name = LocalText(modifier, modifier) if known is None else known.name
            found.append(Obstacle(why, name, f"+{modifier}"))
    item = menu.items.get(line.sku)
    if item is not None and not found:
        empty = [slot.name for slot in open_slots(menu, line) if not moment.slot_choices(slot)]
        empty += [
            group.name for group in open_groups(menu, line) if len(moment.can_choose(group).modifiers) < group.minimum
        ]
        found += [Obstacle(Unsold.SOLD_OUT, name, line.sku) for name in empty]
    return tuple(dict.fromkeys(found))


def obstacle_of(sku: Sku, mode: ServingMode | None, moment: Moment) -> Obstacle | None:
    """What keeps an item by itself from being sold; None if it can be."""
    why = moment.why_unsold(sku, mode)
    if why is None:
        return None
    item = moment.menu.items.get(sku)
    return Obstacle(why, LocalText(sku, sku) if item is None else item.full_name, sku)


def things_in(line: LineItem, menu: Menu) -> Iterator[Sku]:
    """The SKUs of a line: its item, a meal's main item, and its fillings."""
    yield line.sku
    item = menu.items.get(line.sku)
    if item is not None and item.meal is not None:
        yield item.meal.main
    yield from (sku for _, sku in line.fillings)


def newly_unsold(before: Order, after: Order, moment: Moment) -> Obstacle | None:
    """What an act would add to an order though it cannot be sold now; None if the act is allowed.

    Units in the order that have sold out meanwhile may stay until checkout, where they can be changed. Obstacles of the
    serving mode are also left to checkout, because it may still change.
    """
    if before.lines == after.lines:
        return None
    earlier = {line.id: line for line in before.lines}
    later = {line.id: line for line in after.lines}
    changed = [line for line in after.lines if earlier.get(line.id) != line]
    parts = _parts(changed, moment.menu)
    parts.subtract(_parts([line for line in before.lines if later.get(line.id) != line], moment.menu))
    grown = {part for part, count in parts.items() if count > 0}
    if not grown:
        return None
    found = (obstacle for line in changed for obstacle in obstacles(line, None, moment))
    return next((obstacle for obstacle in found if obstacle.part in grown), None)


def _parts(lines: list[LineItem], menu: Menu) -> Counter[str]:
    """How many of each thing and modifier are in lines."""
    parts: Counter[str] = Counter()
    for line in lines:
        for part in (*things_in(line, menu), *(f"+{modifier}" for modifier in line.modifiers)):
            parts[part] += line.quantity
    return parts


def age_limits(order: Order, menu: Menu, limit_of: Callable[[MenuItem | Modifier], int | None]) -> Counter[int]:
    """How many items of an order have each age limit, counting the parts of meals."""
    found: Counter[int] = Counter()
    for line in order.lines:
        for sku in things_in(line, menu):
            item = menu.items.get(sku)
            limit = None if item is None else limit_of(item)
            if limit is not None:
                found[limit] += line.quantity
        for modifier in line.modifiers:
            known = menu.modifiers.get(modifier)
            limit = None if known is None else limit_of(known)
            if limit is not None:
                found[limit] += line.quantity
    return found
