"""Steps up and down: what a line becomes, and which loose items it takes up."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pos.domain.menu.allergens import AllergenCard, together
from pos.domain.menu.items import MenuItem, ModifierGroup, Sku, Slot
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Rung
from pos.domain.moment import Moment
from pos.domain.money import ZERO, Money
from pos.domain.order.order import (
    LineItem,
    Order,
    change_some,
    drop_line,
    line_allergens,
    only_modifiers,
    open_groups,
    open_slots,
    put_line,
)
from pos.domain.order.questions import Offer, OfferKind
from pos.domain.value import replace


def rungs_above(menu: Menu, line: LineItem) -> Iterator[Rung]:
    """The next step of every path that the line is on; none for a path whose top it has reached."""
    for path, index in menu.ladders.get(line.sku, ()):
        place, left = index, list(line.modifiers)
        while place + 1 < len(path.steps) and (modifier := path.steps[place + 1].modifier) in left:
            left.remove(modifier or "")
            place += 1
        if place + 1 < len(path.steps):
            yield Rung(path, place + 1)


def is_size_step(menu: Menu, line: LineItem, rung: Rung) -> bool:
    """Whether a step leads to another size of the same item."""
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
    """Whether the target allows every modifier on the line."""
    return all(menu.takes_modifier(target, modifier) for modifier in line.modifiers)


def raised(line: LineItem, target: MenuItem, moment: Moment) -> LineItem:
    """The line as the target item: modifiers and note kept, and each slot filled with the target's size of what was
    chosen.

    A filling that no slot of the target takes, or that is sold out in that size, leaves the slot open, and the till
    asks.
    """
    menu = moment.menu
    left = [(slot, menu.items[sku].kin) for slot, sku in line.fillings]
    slots = menu.meal_slots(target)
    filled: dict[str, Sku] = {}
    chosen: list[str] = []
    for slot in slots:
        choices = _by_kin(slot, moment)
        kept = next((entry for entry in left if entry[1] in choices), None)
        if kept is not None:
            left.remove(kept)
            filled[slot.id] = choices[kept[1]]
            if kept[0] in line.chosen:
                chosen.append(slot.id)
    if not left:
        filled = {slot.id: sku for slot in slots if (sku := filled.get(slot.id) or _default(slot, moment)) is not None}
    modifiers = tuple(entry for entry in line.modifiers if menu.takes_modifier(target, entry))
    return replace(line, sku=target.sku, fillings=tuple(filled.items()), chosen=tuple(chosen), modifiers=modifiers)


def _by_kin(slot: Slot, moment: Moment) -> dict[str, Sku]:
    """The available choices of a slot, by kin; of two sizes the first."""
    return {moment.menu.items[sku].kin: sku for sku in reversed(moment.slot_choices(slot))}


def _default(slot: Slot, moment: Moment) -> Sku | None:
    """The filling of a slot that nobody has chosen: its default, or the only choice left without a supplement.

    Nothing else replaces a default that is sold out: the slot stays open, and the till asks with prices.
    """
    if slot.default is not None and slot.default not in moment.unavailable:
        return slot.default
    return moment.only_choice(slot) if slot.default is not None else slot.only


def stepped_up(line: LineItem, sku: Sku | None, modifier: str | None, moment: Moment) -> LineItem:
    """The line one step up: as another item, or with a modifier put on."""
    if modifier is not None:
        return replace(line, modifiers=(*line.modifiers, modifier))
    return line if sku is None else raised(line, moment.menu.items[sku], moment)


def raise_some(order: Order, line: LineItem, target: MenuItem, count: int, moment: Moment) -> Order:
    """Replace `count` of a line's units by the target. An item that becomes a meal takes up loose lines
    that fill its slots, one meal at a time."""
    if target.meal is None or line.fillings:
        return change_some(order, line, count, lambda entry: raised(entry, target, moment))
    count = min(count, line.quantity)
    one = replace(raised(line, target, moment), quantity=1)
    rows = [replace(line, quantity=line.quantity - count)] if count < line.quantity else []
    for done in range(count):
        order, meal = _take_up(order, one, target, moment)
        if meal == one:
            rows.append(replace(one, quantity=count - done))
            break
        if rows and rows[-1].is_like(meal):
            rows[-1] = replace(rows[-1], quantity=rows[-1].quantity + 1)
        else:
            rows.append(meal)
    return _put_rows(order, line.id, rows)


def _put_rows(order: Order, line_id: int, rows: list[LineItem]) -> Order:
    """Replace a line by rows: the first keeps its id, the others get new ones."""
    ids = (line_id, *range(order.next_line, order.next_line + len(rows) - 1))
    numbered = [replace(row, id=row_id) for row, row_id in zip(rows, ids, strict=True)]
    lines = tuple(row for entry in order.lines for row in (numbered if entry.id == line_id else [entry]))
    return replace(order, lines=lines, next_line=order.next_line + len(rows) - 1)


def _take_up(order: Order, meal: LineItem, target: MenuItem, moment: Moment) -> tuple[Order, LineItem]:
    """Fill one meal's slots from loose lines of the same kin, and lower those lines by one."""
    menu = moment.menu
    for slot in menu.meal_slots(target):
        sizes = _by_kin(slot, moment)
        for loose in order.lines:
            kin = menu.items[loose.sku].kin
            exact = slot.choice(loose.sku) is not None
            if _is_loose(loose, meal) and (exact or (kin in sizes and not loose.size_said)):
                meal = meal.filled(slot.id, loose.sku if exact else sizes[kin])
                fewer = replace(loose, quantity=loose.quantity - 1)
                order = put_line(order, fewer) if fewer.quantity else drop_line(order, loose.id)
                break
    return order, meal


def _is_loose(line: LineItem, meal: LineItem) -> bool:
    """Whether a line may be taken up: not the meal's own line, and nothing on it would be lost."""
    return line.id != meal.id and not (
        line.fillings or line.modifiers or line.note or line.offered or line.takes_next_visit or line.allergens
    )


def accept(order: Order, offer: Offer, count: int, moment: Moment, choice: str | None = None) -> Order:
    """The order after a yes to `count` of an offer; `choice` is a modifier, such as a flavour."""
    if offer.kind is OfferKind.CROSS_SELL:
        assert offer.sku is not None
        return add_offered(order, offer.sku, count, moment, choice)
    left = count
    for line_id in offer.lines:
        line = order.line(line_id)
        if line is None or left == 0:
            continue
        units = min(left, line.quantity)
        order = _raise_offered(order, line, offer, units, moment)
        left -= units
    return order


def add_offered(order: Order, sku: Sku, count: int, moment: Moment, choice: str | None = None) -> Order:
    """The order with `count` of an item added by a yes to question 2, on a line of their own."""
    line = added_line(moment.menu.items[sku], moment, choice)
    line = replace(line, id=order.next_line, quantity=count, offered=OfferKind.CROSS_SELL)
    return replace(order, lines=(*order.lines, line), next_line=order.next_line + 1)


def added_line(item: MenuItem, moment: Moment, choice: str | None = None) -> LineItem:
    """One of an item as a yes adds it. The till asks next what replaces a sold-out default."""
    modifiers = (choice,) if choice is not None else only_modifiers(moment.menu, item)
    return raised(LineItem(0, item.sku, 1, modifiers), item, moment)


def fillings_for(line: LineItem, slot: Slot, noted: Collection[str], moment: Moment) -> tuple[Sku, ...]:
    """The available choices of a slot. On a line that an offer brought: without age limits and noted allergens, if any
    such choice is left."""
    choices = moment.slot_choices(slot)
    if line.offered is None:
        return choices
    items = moment.menu.items
    anybody = tuple(sku for sku in choices if not moment.menu.has_age_limit(items[sku])) or choices
    return tuple(sku for sku in anybody if items[sku].allergens.is_safe_for(noted)) or anybody


def flavours_for(line: LineItem, group: ModifierGroup, noted: Collection[str], moment: Moment) -> ModifierGroup:
    """The available modifiers of a group. On a line that an offer brought: without noted allergens, if enough are
    left."""
    there = moment.can_choose(group)
    safe = there.for_anybody().without(noted) if line.offered is not None else there
    return safe if len(safe.modifiers) >= group.minimum else there


def could_contain(line: LineItem, noted: Collection[str], moment: Moment) -> AllergenCard:
    """A line's allergens; those of open choices count as *may contain*."""
    menu = moment.menu
    skus = [sku for slot in open_slots(menu, line) for sku in fillings_for(line, slot, noted, moment)]
    groups = [flavours_for(line, group, noted, moment) for group in open_groups(menu, line)]
    fillings = together(menu.items[sku].allergens for sku in skus)
    added = frozenset(name for group in groups for modifier in group.modifiers for name in modifier.adds)
    possible = AllergenCard(may_contain=fillings.contains | fillings.may_contain | added, unknown=fillings.unknown)
    return together((line_allergens(menu, line), possible))


def comes_without_supplement(line: LineItem, moment: Moment) -> bool:
    """Whether each open slot that can be filled has a choice without a supplement, so that the price as said holds."""
    slots = [(slot, moment.slot_choices(slot)) for slot in open_slots(moment.menu, line)]
    return not any(skus and all(supplement_of(slot, sku) for sku in skus) for slot, skus in slots)


def supplement_of(slot: Slot, sku: Sku) -> Money:
    """The supplement of a choice."""
    choice = slot.choice(sku)
    return ZERO if choice is None else choice.supplement


def can_be_safe(line: LineItem, noted: Collection[str], moment: Moment) -> bool:
    """Whether a line can be had without the noted allergens: each open slot needs a choice without them, and each group
    enough modifiers.

    A slot that nothing can fill is sold out, which is another reason.
    """
    menu = moment.menu
    choices = [moment.slot_choices(slot) for slot in open_slots(menu, line)]
    groups = [(group, moment.can_choose(group).for_anybody().without(noted)) for group in open_groups(menu, line)]
    return (
        line_allergens(menu, line).is_safe_for(noted)
        and all(any(menu.items[sku].allergens.is_safe_for(noted) for sku in skus) for skus in choices if skus)
        and all(len(safe.modifiers) >= group.minimum for group, safe in groups)
    )


def _raise_offered(order: Order, line: LineItem, offer: Offer, units: int, moment: Moment) -> Order:
    if offer.sku is None:
        return change_some(
            order,
            line,
            units,
            lambda row: replace(stepped_up(row, None, offer.modifier, moment), offered=offer.kind),
        )
    order = change_some(order, line, units, lambda row: replace(row, offered=offer.kind))
    part = order.line(line.id if units == line.quantity else order.next_line - 1)
    assert part is not None
    return raise_some(order, part, moment.menu.items[offer.sku], units, moment)
