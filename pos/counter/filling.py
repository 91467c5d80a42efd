"""Messages about the slots of a meal: which one a rung item filled, and what a step has changed."""

from __future__ import annotations

from collections.abc import Iterator

from pos.counter.states import Say, Tone, say
from pos.domain.menu.items import MenuItem, Sku, Slot
from pos.domain.menu.menu import Menu
from pos.domain.money import ZERO
from pos.domain.order.order import LineItem, Order, open_slots
from pos.domain.pricing.deposits import displayed_price
from pos.domain.value import value
from pos.register import View


@value
class Filled:
    """A slot that was filled with `now` in place of `before`, in one meal of a line of `units`."""

    slot: Slot
    before: Sku | None
    now: Sku
    units: int


def filled(before: Order, after: Order, menu: Menu) -> Filled | None:
    """The slot that was chosen between two versions of an order; None where none was."""
    lines = {line.id: line for line in before.lines}
    for line in after.lines:
        # A line of several meals is split: the filled one is a new line after it.
        was = lines.get(line.id) or _split_from(line, before, after)
        slot = next((name for name in line.chosen if was is not None and name not in was.chosen), None)
        now = line.filling(slot) if slot is not None else None
        if was is not None and slot is not None and now is not None:
            return Filled(menu.slots[slot], was.filling(slot), now, was.quantity)
    return None


def _split_from(line: LineItem, before: Order, after: Order) -> LineItem | None:
    place = [entry.id for entry in after.lines].index(line.id)
    return before.line(after.lines[place - 1].id) if place else None


def ringing_message(view: View, before: Order, item: MenuItem) -> Say | None:
    """The message about what a rung item did to a meal, and how to ring it separately; None if it has a line of its
    own."""
    order, menu = view.order, view.menu
    rung = [line for line in order.lines if line.sku == item.sku and before.line(line.id) is None]
    if item.meal is not None and rung:
        return _told_of_open(rung[0], menu)
    into = None if rung else filled(before, order, menu)
    if into is None:
        return None
    choice = into.slot.choice(into.now)
    values: dict[str, object] = {
        "name": menu.items[into.now].name,
        "more": ZERO if choice is None else choice.supplement,
        "price": displayed_price(menu, item, order.serving_mode),
    }
    kind = "said"
    if into.before is not None and menu.items[into.before].kin != menu.items[into.now].kin:
        kind, values["before"] = "replaced", menu.items[into.before].name
    if into.units > 1:
        kind, values["units"] = f"among-{kind}", into.units
    return Say(f"slot-{kind}-dearer" if values["more"] else f"slot-{kind}", values)


def _told_of_open(line: LineItem, menu: Menu) -> Say | None:
    """The message that a rung meal's default filling is sold out: the till will ask at checkout."""
    gone = [slot for slot in open_slots(menu, line) if slot.default is not None]
    return say("slot-default-gone", name=menu.items[gone[0].default or ""].full_name) if gone else None


def step_message(before: LineItem, after: LineItem, menu: Menu) -> Say | None:
    """The message about what a line has lost or replaced by a step; None if everything was kept."""
    dropped = [modifier for modifier in dict.fromkeys(before.modifiers) if modifier not in after.modifiers]
    if dropped:
        names = tuple(menu.modifiers[modifier].name for modifier in dropped)
        return say("changes-lost-by-step", Tone.BAD, names=names, name=menu.items[after.sku].full_name)
    if before.fillings and menu.items[after.sku].meal is None:
        names = tuple(menu.items[sku].full_name for _, sku in before.fillings)
        return say("meal-lost-by-step", names=names)
    had = [menu.items[sku] for _, sku in before.fillings]
    kept = {menu.items[sku].kin for _, sku in after.fillings}
    lost = [item for item in had if item.kin not in kept]
    if not lost:
        return None
    new = list(_new_fillings(before, after, menu))
    if new:
        return say("slot-replaced-by-step", name=new[0].full_name, before=lost[0].full_name)
    return say("slot-lost-by-step", before=lost[0].full_name)


def _new_fillings(before: LineItem, after: LineItem, menu: Menu) -> Iterator[MenuItem]:
    had = {menu.items[sku].kin for _, sku in before.fillings}
    return (menu.items[sku] for _, sku in after.fillings if menu.items[sku].kin not in had)
