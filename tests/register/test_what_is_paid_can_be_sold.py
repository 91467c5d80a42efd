"""Whatever route: nothing that cannot be sold is paid, and nothing with a noted allergen that nobody has confirmed.

The check here is written anew, from the marks and the clock, and shares nothing with the till's own.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.counter import State
from pos.domain.errors import Refused
from pos.domain.menu.allergens import AllergenCard, base
from pos.domain.menu.items import MenuItem, ServingMode, VatClass
from pos.domain.menu.menu import Menu
from pos.domain.order.order import LineItem, Order
from pos.register import shelf
from pos.register.verbs import ringing, stock
from tests.builders import MENU, NOW, PAIRINGS
from tests.office_acts import put_menu
from tests.register.shops import new_folder
from tests.rig import Cashier, Clock, a_register

NOTED = ("milk", "gluten", "nuts")
ACTS = 60


def a_menu(dice: random.Random) -> Menu:
    """The small menu with other hours, allergens, taxes and fillings."""
    items = {sku: _changed(item, dice) for sku, item in MENU.items.items()}
    slots = dict(MENU.slots)
    for key, slot in MENU.slots.items():
        more = [choice for choice in slot.choices if choice.sku == slot.default or dice.random() < 0.8]
        if key.startswith("drink") and dice.random() < 0.5 and slot.choice("beer-m") is None:
            more.append(replace(slot.choices[0], sku="beer-m"))
        slots[key] = replace(slot, choices=tuple(more or slot.choices))
    return replace(MENU, items=items, slots=slots)


def _changed(item: MenuItem, dice: random.Random) -> MenuItem:
    if dice.random() < 0.15 and not item.dayparts:
        item = replace(item, dayparts=("breakfast",))
    if dice.random() < 0.2:
        allergen = dice.choice(NOTED)
        unknown = item.allergens.unknown | {allergen}
        known = {name for name in item.allergens.contains if base(name) != allergen}
        item = replace(item, allergens=AllergenCard(frozenset(known), frozenset(), frozenset(unknown)))
    return item


class Walk:
    """A till and another one, with acts drawn one after the other."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.folder: Path = new_folder()
        self.menu = a_menu(self.dice)
        clock = Clock(NOW.replace(hour=self.dice.choice([2, 5, 9, 10, 12]), minute=self.dice.choice([5, 25, 50])))
        self.cashier = Cashier(a_register(self.folder, clock=clock), clock)
        put_menu(self.cashier.register.store, self.menu, PAIRINGS, NOW)
        self.other = a_register(self.folder, till="2", clock=clock)
        self.cashier.register.catch_up()
        self.out: set[str] = set()
        self.modifiers_out: set[str] = set()
        self.paid, self.key = 0, ""

    def close(self) -> None:
        self.cashier.register.store.close()
        self.other.store.close()
        shutil.rmtree(self.folder)

    # what is true, worked out from the marks and the clock

    def cannot_be_sold(self, sku: str, mode: ServingMode | None) -> bool:
        item, now = self.menu.items[sku], self.cashier.register.now
        hours = [self.menu.dayparts[part] for part in item.dayparts]
        closed = bool(hours) and not any(part.start <= now.time() < part.end for part in hours)
        alcohol = item.vat is VatClass.ALCOHOL and (3 <= now.hour < 6 or mode is ServingMode.TAKE_AWAY)
        return sku in self.out or closed or alcohol

    def parts(self, line: LineItem) -> Iterator[str]:
        yield line.sku
        meal = self.menu.items[line.sku].meal
        if meal is not None:
            yield meal.main
        yield from (sku for _, sku in line.fillings)

    def unsellable(self, order: Order, mode: ServingMode | None) -> Counter[str]:
        found: Counter[str] = Counter()
        for line in order.lines:
            wrong = [sku for sku in self.parts(line) if self.cannot_be_sold(sku, mode)]
            wrong += [f"+{entry}" for entry in line.modifiers if entry in self.modifiers_out]
            for part in wrong:
                found[part] += line.quantity
        return found

    def unconfirmed(self, order: Order) -> list[tuple[str, str]]:
        return [
            (line.sku, allergen)
            for line in order.lines
            for allergen in sorted(order.allergens | line.allergens)
            if self.holds(line, allergen) and not self.was_confirmed(line, allergen)
        ]

    def holds(self, line: LineItem, allergen: str) -> bool:
        """Whether a line contains an allergen, or nobody knows."""
        meal = self.menu.items[line.sku].meal
        own = [line.sku] + ([meal.main] if meal is not None else [])
        modifiers = [self.menu.modifiers[entry] for entry in line.modifiers]
        removed = {base(name) for entry in modifiers for name in entry.removes}
        added = {base(name) for entry in modifiers for name in entry.adds}
        fills = [sku for _, sku in line.fillings]
        contained = {base(name) for sku in own for name in self.menu.items[sku].allergens.contains} - removed | added
        contained |= {base(name) for sku in fills for name in self.menu.items[sku].allergens.contains}
        unknown = {base(name) for sku in (*own, *fills) for name in self.menu.items[sku].allergens.unknown}
        return allergen in contained | unknown

    def was_confirmed(self, line: LineItem, allergen: str) -> bool:
        given = line.confirmed
        return given is not None and (
            allergen in (*given.contains, *given.unknown)
            and (given.sku, given.modifiers, given.fillings) == (line.sku, line.modifiers, line.fillings)
            and line.quantity <= given.quantity
        )

    # acts

    def act(self) -> None:
        before, acts = self.cashier.register.view.order, self.acts()
        name = self.dice.choice(tuple(acts))
        with suppress(Refused):
            acts[name]()
        after = self.cashier.register.view.order
        ended = after.id != before.id and name.startswith("key")
        paying = after.is_frozen and after.id == before.id  # another order may be recalled to its payment
        if not before.is_frozen and before.lines and (paying or (ended and self.sold(before))):
            self.paid += 1
            assert not self.unsellable(before, before.serving_mode or ServingMode.TAKE_AWAY), name
            assert not self.unconfirmed(before), name
        if name.startswith(("key", "code", "ring", "fill", "more", "modify", "step")) and after.id == before.id:
            was, now = self.unsellable(before, None), self.unsellable(after, None)
            assert now <= was or self.key == "backspace", (name, self.key)

    def sold(self, order: Order) -> bool:
        return self.cashier.register.store.sales.of_order(order.id) is not None

    def acts(self) -> dict[str, Callable[[], object]]:
        """What may happen next; keys are half of it."""
        found: dict[str, Callable[[], object]] = {
            "ring": lambda: (
                self.cashier.register.do(
                    ringing.ring, self.any_sku(), self.dice.choice((1, 1, 3)), self.any_line()
                ).result
            ),
            "code": lambda: self.cashier.type_fast(self.dice.choice(("11\n", "9520001000010\n"))),
            "fill": self.fill,
            "more": lambda: self.cashier.register.do(ringing.change_quantity, self.any_line(), 1).result,
            "modify": lambda: self.cashier.register.do(ringing.modify, self.any_line(), self.any_modifier()).result,
            "step": lambda: self.cashier.register.do(ringing.step, self.any_line(), self.dice.choice((1, -1))).result,
            "mark": self.mark,
            "restore": self.restore,
            "note": lambda: self.cashier.register.do(
                ringing.note_allergen, self.dice.choice(NOTED), self.any_line_or_none()
            ),
            "time": lambda: self.cashier.clock.pass_(self.dice.choice((60, 1800)) * 1000),
        }
        keys = self.dice.choice(KEYS[self.cashier.counter.state]) if self.cashier.counter.state in KEYS else "escape"
        self.key = keys
        found |= {f"key{place}": lambda: self.cashier.press(*keys.split()) for place in range(len(found))}
        found |= {f"key on {place}": self.on_to_payment for place in range(len(found))}
        return found

    def on_to_payment(self) -> None:
        """A step on from wherever the till is."""
        state, stop = self.cashier.counter.state, self.cashier.counter.stop
        ways = {
            State.STOP: "=" if stop is not None and stop.can_be_confirmed else "delete",
            State.CHOICE: self.dice.choice("12"),
            State.SERVING: self.dice.choice("12"),
            State.QUESTION: self.dice.choice("jn1"),
            State.PAYMENT: "a",
            State.TERMINAL: "+",
        }
        self.cashier.press(ways.get(state, "enter" if state in (State.RINGING, State.PAID) else "escape"))

    def any_sku(self) -> str:
        return self.dice.choice(tuple(self.menu.items))

    def any_line(self) -> int:
        return self.dice.choice([line.id for line in self.cashier.register.view.order.lines] or [0])

    def any_line_or_none(self) -> int | None:
        return self.any_line() if self.dice.random() < 0.5 else None

    def any_modifier(self) -> str:
        return self.dice.choice(tuple(self.menu.modifiers))

    def fill(self) -> None:
        line = self.cashier.register.view.order.line(self.any_line())
        slots = self.menu.meal_slots(self.menu.items[line.sku]) if line is not None else ()
        if line is not None and slots:
            slot = self.dice.choice(slots)
            self.cashier.register.do(ringing.fill, line.id, slot.id, self.dice.choice(slot.choices).sku)

    def mark(self) -> None:
        """Another till marks an item, all its sizes, a machine or a modifier."""
        if self.dice.random() < 0.2:
            modifier = self.any_modifier()
            self.other.do(stock.eighty_six, modifier=modifier)
            self.modifiers_out.add(modifier)
            return
        item = self.menu.items[self.any_sku()]
        if self.dice.random() < 0.5 and item.family is not None:
            self.other.do(stock.eighty_six, item.sku, all_sizes=True)
            self.out |= {entry.sku for entry in self.menu.items.values() if entry.family == item.family}
        elif item.made_on is not None:
            self.other.do(stock.eighty_six, machine=item.made_on)
            self.out |= {entry.sku for entry in self.menu.items.values() if entry.made_on == item.made_on}
        else:
            self.other.do(stock.eighty_six, item.sku)
            self.out.add(item.sku)

    def restore(self) -> None:
        """All is there again."""
        for entry in shelf.sold_out(self.other):
            self.other.do(stock.restore, entry.sku, entry.machine, entry.modifier)
        self.out, self.modifiers_out = set(), set()


KEYS: dict[State, tuple[str, ...]] = {
    State.RINGING: (*"bce+-><", "enter", "enter", "/ c enter", "f9", "f10", "backspace", "space"),
    State.STOP: ("=", "=", "=", "delete", "escape", "enter", "j", ". 1", "space", "backspace", "down"),
    State.CHOICE: ("1", "2", "3", "escape"),
    State.SERVING: ("1", "2", "escape"),
    State.QUESTION: ("j", "n", "1", "0", "right", "u 1", "escape", "backspace"),
    State.PAYMENT: ("a", "1 a", "k", "escape", "backspace", "f9"),
    State.TERMINAL: ("+", "-"),
    State.PAID: ("enter",),
    State.LINE: ("1", "2", "escape"),
    State.SLOT: ("1", "2", "3"),
}


def walk(seed: int) -> int:
    """A walk of so many acts; returns how many payments were begun."""
    found = Walk(seed)
    try:
        for _ in range(ACTS):
            found.act()
        return found.paid
    finally:
        found.close()


@given(st.integers(0, 2**32))
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_unsellable_or_unconfirmed_is_paid(seed: int) -> None:
    walk(seed)


def test_the_walks_come_to_payments() -> None:
    assert sum(walk(seed) for seed in range(5)) > 5


@pytest.mark.soak
@given(st.integers(0, 2**32))
@settings(max_examples=1500, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_unsellable_or_unconfirmed_is_paid_in_a_long_run(seed: int) -> None:
    walk(seed)
