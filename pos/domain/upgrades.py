"""Steps up and down: what a line becomes, and what it takes up on the way."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from pos.domain.items import MenuItem, Sku, Slot
from pos.domain.menu import Menu
from pos.domain.moment import Moment
from pos.domain.order import LineItem, Order, change_some, drop_line, put_line
from pos.domain.paths import Rung
from pos.domain.questions import Offer, OfferKind


def rungs_above(menu: Menu, line: LineItem) -> Iterator[Rung]:
    """The next step of every path that the line stands on; a path whose top it has reached gives none."""
    for path, index in menu.ladders.get(line.sku, ()):
        place = index
        while place + 1 < len(path.steps) and path.steps[place + 1].modifier in line.modifiers:
            place += 1
        if place + 1 < len(path.steps):
            yield Rung(path, place + 1)


def is_size_step(menu: Menu, line: LineItem, rung: Rung) -> bool:
    """Whether a step leads to another size of the same thing."""
    target = rung.step.sku
    return target is not None and menu.items[target].kin == menu.items[line.sku].kin


def neighbour(menu: Menu, line: LineItem, direction: int) -> Sku | None:
    """The item one step up (1) or down (-1) from a line: another size first, else along the first path."""
    found: list[Sku] = []
    for path, index in menu.ladders.get(line.sku, ()):
        if 0 <= index + direction < len(path.steps):
            sku = path.steps[index + direction].sku
            if sku is not None and not menu.items[sku].retired:
                found.append(sku)
    kin = menu.items[line.sku].kin
    return next((sku for sku in found if menu.items[sku].kin == kin), found[0] if found else None)


def keeps_all(menu: Menu, line: LineItem, target: MenuItem) -> bool:
    """Whether the target takes every modifier that is on the line."""
    return all(menu.takes_modifier(target, modifier) for modifier in line.modifiers)


def raised(line: LineItem, target: MenuItem, moment: Moment) -> LineItem:
    """The line as the target: modifiers and note kept, each slot filled as near as can be to what was chosen."""
    kin = {moment.menu.items[sku].kin: slot for slot, sku in line.fillings}
    fillings, chosen = [], []
    for slot in moment.menu.meal_slots(target):
        sku = _nearest(slot, kin.keys(), moment)
        if sku is not None:
            fillings.append((slot.id, sku))
            if kin.get(moment.menu.items[sku].kin) in line.chosen:
                chosen.append(slot.id)
    modifiers = tuple(entry for entry in line.modifiers if moment.menu.takes_modifier(target, entry))
    return replace(line, sku=target.sku, fillings=tuple(fillings), chosen=tuple(chosen), modifiers=modifiers)


def _nearest(slot: Slot, kin: Collection[str], moment: Moment) -> Sku | None:
    """What fills a slot: the size of what was chosen before, else the default, else nothing (the till asks)."""
    choices = moment.slot_choices(slot)
    kept = next((sku for sku in choices if moment.menu.items[sku].kin in kin), None)
    if kept is not None:
        return kept
    if slot.default is None:
        return None
    return choices[0] if choices else slot.default


def raise_some(order: Order, line: LineItem, target: MenuItem, count: int, moment: Moment) -> Order:
    """Replace `count` of a line's units by the target. An item that becomes a meal takes up loose lines
    that fill its slots, one meal at a time."""
    if target.meal is None or line.fillings:
        return change_some(order, line, count, lambda entry: raised(entry, target, moment))
    for _ in range(min(count, line.quantity)):
        current = order.line(line.id)
        if current is None:
            break
        new_id = order.next_line
        order = change_some(order, current, 1, lambda entry: raised(entry, target, moment))
        meal = order.line(new_id) or order.line(line.id)
        if meal is not None:
            order = _join_like(_take_up(order, meal, target, moment), meal.id)
    return order


def _take_up(order: Order, meal: LineItem, target: MenuItem, moment: Moment) -> Order:
    """Fill one meal's slots from loose lines of the same kin, and lower those lines by one."""
    menu = moment.menu
    for slot in menu.meal_slots(target):
        choices = {menu.items[sku].kin: sku for sku in reversed(moment.slot_choices(slot))}
        loose = next(
            (line for line in order.lines if _is_loose(line, meal) and menu.items[line.sku].kin in choices), None
        )
        if loose is not None:
            exact = slot.choice(loose.sku)
            meal = meal.filled(slot.id, exact.sku if exact else choices[menu.items[loose.sku].kin])
            order = put_line(order, meal)
            fewer = replace(loose, quantity=loose.quantity - 1)
            order = put_line(order, fewer) if fewer.quantity else drop_line(order, loose.id)
    return order


def _is_loose(line: LineItem, meal: LineItem) -> bool:
    """Whether a line may be taken up: not a meal, and nothing on it that would get lost."""
    return line.id != meal.id and not (line.fillings or line.modifiers or line.note or line.offered)


def _join_like(order: Order, line_id: int) -> Order:
    """Put a line onto the row before or after it when they are the same thing."""
    rows = list(order.lines)
    place = next(index for index, row in enumerate(rows) if row.id == line_id)
    for other in (place - 1, place + 1):
        if 0 <= other < len(rows) and rows[other].is_like(rows[place]) and rows[other].sku == rows[place].sku:
            joined = replace(rows[other], quantity=rows[other].quantity + rows[place].quantity)
            return drop_line(put_line(order, joined), line_id)
    return order


def accept(order: Order, offer: Offer, count: int, moment: Moment, choice: str | None = None) -> Order:
    """The order after a yes to `count` of what is offered; `choice` is a modifier, such as a flavour."""
    if offer.kind is OfferKind.CROSS_SELL:
        return _add_offered(order, offer, count, choice)
    left = count
    for line_id in offer.lines:
        line = order.line(line_id)
        if line is None or left == 0:
            continue
        units = min(left, line.quantity)
        order = _raise_offered(order, line, offer, units, moment)
        left -= units
    return order


def _add_offered(order: Order, offer: Offer, count: int, choice: str | None) -> Order:
    assert offer.sku is not None
    modifiers = (choice,) if choice is not None else ()
    line = LineItem(order.next_line, offer.sku, count, modifiers, offered=offer.kind)
    return replace(order, lines=(*order.lines, line), next_line=order.next_line + 1)


def _raise_offered(order: Order, line: LineItem, offer: Offer, units: int, moment: Moment) -> Order:
    if offer.modifier is not None:
        added = (*line.modifiers, offer.modifier)
        return change_some(order, line, units, lambda row: replace(row, modifiers=added, offered=offer.kind))
    assert offer.sku is not None
    marked = replace(line, offered=offer.kind)
    target = moment.menu.items[offer.sku]
    if units == line.quantity:
        return raise_some(put_line(order, marked), marked, target, units, moment)
    order = change_some(order, line, units, lambda row: replace(row, offered=offer.kind))
    part = order.line(order.next_line - 1)
    return raise_some(order, part, target, units, moment) if part is not None else order
