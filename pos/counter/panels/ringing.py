"""The panels of ringing: search, modifiers and slots of a line, allergens."""

from __future__ import annotations

import re
from functools import partial
from typing import TypeAlias

from pos.counter import codes_brought, keys
from pos.counter.counter_state import CounterState, Entry, Panel, TextPanel
from pos.counter.panels.lists import ListPanel, ListRow
from pos.counter.panels.sold_out import open_gone
from pos.counter.states import State, say
from pos.domain.errors import Refused
from pos.domain.menu.allergens import ALLERGENS, AllergenCard
from pos.domain.menu.finding import by_likeness, by_name, by_price
from pos.domain.menu.items import MenuItem, Slot
from pos.domain.menu.menu import Menu
from pos.domain.menu.unsold import Unsold
from pos.domain.money import DECIMALS, Money
from pos.domain.order.order import line_allergens, new_line
from pos.domain.pricing.deposits import displayed_price
from pos.domain.prompts import QuestionPrompt
from pos.domain.text import LocalText
from pos.register.verbs import ringing

Named: TypeAlias = tuple[LocalText, AllergenCard]
"""The name of an item or line, and its allergens."""

SHORTEST_BARCODE = 8
PRICE = re.compile(r"(?P<kroner>[0-9]+)(?:(?P<sign>[.,])(?P<ore>[0-9]{0,2}))?", re.ASCII)
"""The form of a typed price, decimals included. More digits are a barcode."""


PAGE = 8
MOVES = {keys.UP: -1, keys.DOWN: 1, keys.PAGE_UP: -PAGE, keys.PAGE_DOWN: PAGE}
"""How many matches each key moves the choice."""


def misspelt(menu: Menu, typed: str) -> tuple[MenuItem, ...]:
    """The items whose names are spelt similarly to a name that matches nothing."""
    from rapidfuzz.distance import OSA

    return by_likeness(menu, typed, OSA.distance)


class FindPanel(TextPanel):
    """Searches items by name; digits find what costs at most that."""

    state = State.FIND
    title = say("title-find")

    def __init__(self) -> None:
        super().__init__()
        self.place = 0

    def hits(self, counter: CounterState) -> tuple[MenuItem, ...]:
        """The matches, the best first. More digits than a price has are a scanned code."""
        menu, typed = counter.view.menu, self.typed.strip()
        price = PRICE.fullmatch(typed)
        if price is None:
            return by_name(menu, typed) or misspelt(menu, typed)
        if len(typed) < SHORTEST_BARCODE or price["sign"]:
            most = Money.of(int(price["kroner"]), int((price["ore"] or "").ljust(DECIMALS, "0")))
            mode = counter.view.order.serving_mode
            return by_price(menu, most, lambda item: displayed_price(menu, item, mode))
        found = menu.coded(typed)
        return (found,) if found is not None else ()

    def is_guess(self, counter: CounterState) -> bool:
        """Whether nothing matches, and the hits are names that are spelt similarly."""
        typed = self.typed.strip()
        return bool(typed) and PRICE.fullmatch(typed) is None and not by_name(counter.view.menu, typed)

    def press(self, counter: CounterState, key: str) -> bool:
        """Up and down choose another match; the page keys move by `PAGE`."""
        hits = self.hits(counter)
        if key in MOVES and hits:
            self.place = max(0, min(len(hits) - 1, self.place + MOVES[key]))
            return True
        if key != keys.ENTER:
            self.place = 0
        return super().press(counter, key)

    def scan(self, counter: CounterState, code: str) -> bool:
        """Ring a code, or refuse it for what it is. An unknown number becomes a search without a match."""
        known = counter.view.menu.coded(code) is not None or codes_brought.is_next_visit_code(counter.view, code)
        if code.isascii() and code.isdigit() and not known:
            raise Refused("nothing-found", text=code[:20])
        return False

    def take(self, counter: CounterState) -> None:
        """Ring the chosen match."""
        hits = self.hits(counter)
        if not hits:
            counter.message = say("nothing-found", text=self.typed)
            return
        counter.panel = None
        item = hits[min(self.place, len(hits) - 1)]
        counter.ring(item, counter.quantity_typed())


class CategoriesPanel(ListPanel):
    """The categories of tiles, a key each: digits first, then the letters of tiles. If there are more than keys, Tab
    and the page keys show the next ones."""

    state = State.CATEGORIES
    title = say("title-categories")
    narrowest = 15

    def rows(self, counter: CounterState) -> list[ListRow]:
        """Every category that has tiles, with the open one marked."""
        menu = counter.view.menu
        return [
            ListRow(
                category,
                say("plain-row", name=menu.categories[category].name),
                partial(self._open, place=place),
                place == counter.category,
            )
            for place, category in enumerate(counter.categories())
        ]

    def press(self, counter: CounterState, key: str) -> bool:
        """Arrows go to the next or previous category; Tab shows more categories, and closes the panel after the
        last."""
        if key in (keys.LEFT, keys.RIGHT):
            counter.turn_category(-1 if key == keys.LEFT else 1)
            self.page = counter.category // self.size
            return True
        if key == keys.ENTER or (key == keys.TAB and self.page + 1 >= self.pages(counter)):
            self.close(counter)
            return True
        if key == keys.TAB:
            self.turn(counter, 1)
            return True
        return super().press(counter, key)

    def _open(self, counter: CounterState, place: int) -> None:
        counter.panel = None
        counter.open_category(place)


SLOT_ROWS: dict[Unsold | None, str] = {
    Unsold.SOLD_OUT: "slot-row-sold-out",
    Unsold.HOURS: "slot-row-not-now",
    Unsold.NOT_TAKEN_AWAY: "slot-row-not-taken-away",
}
"""By reason, the message about a filling that cannot be sold."""


CHOICE_ROWS: dict[Unsold | None, str] = {
    Unsold.SOLD_OUT: "choice-sold-out",
    Unsold.HOURS: "choice-not-now",
    Unsold.NOT_TAKEN_AWAY: "choice-not-taken-away",
}
"""By reason, the message about a modifier that cannot be sold."""


class EditLinePanel(ListPanel):
    """Slots and modifiers of the chosen line, a key each."""

    state = State.LINE
    title = say("title-line")

    def rows(self, counter: CounterState) -> list[ListRow]:
        """The slots, then the modifiers of every group."""
        line, menu = counter.line, counter.view.menu
        if line is None:
            return []
        moment = counter.view.moment
        item = menu.items[line.sku]
        rows: list[ListRow] = []
        for slot in menu.meal_slots(item):
            filling = line.filling(slot.id)
            name = menu.items[filling].full_name if filling is not None else LocalText("–", "–")
            fill = partial(open_slot, line_id=line.id, slot=slot)
            why = None if filling is None else moment.why_unsold(filling, counter.view.order.serving_mode)
            label = say(SLOT_ROWS.get(why, "slot-row"), slot=slot.name, name=name)
            rows.append(ListRow(("slot", slot.id), label, fill, slot.id in line.chosen))
        for group in menu.item_groups(item):
            for modifier in group.modifiers:
                label = say("modifier-row" if modifier.price else "plain-row", name=modifier.name, price=modifier.price)
                count = line.modifiers.count(modifier.id)
                if modifier.maximum > 1:
                    counted = "modifier-row-counted" if modifier.price else "plain-row-counted"
                    label = say(counted, name=modifier.name, price=modifier.price, count=count, most=modifier.maximum)
                gone = moment.why_modifier_unsold(modifier.id, counter.view.order.serving_mode)
                if gone in CHOICE_ROWS:
                    label = say(CHOICE_ROWS[gone], name=modifier.name)
                change = partial(modify, line_id=line.id, modifier=modifier.id)
                rows.append(ListRow(("modifier", modifier.id), label, change, modifier.id in line.modifiers))
        return rows

    def press(self, counter: CounterState, key: str) -> bool:
        """Enter and `.` close it. `U` marks a part of the line as sold out, unless an entry has that key."""
        if key in (keys.ENTER, "."):
            self.close(counter)
            return True
        if super().press(counter, key):
            return True
        if key == "u":
            open_gone(counter)
            return True
        return False


class FillSlotPanel(ListPanel):
    """Asks what fills a slot of a meal."""

    state = State.SLOT
    title = say("title-slot")

    def __init__(self, line_id: int, slot: Slot) -> None:
        super().__init__()
        self.line_id = line_id
        self.slot = slot

    def rows(self, counter: CounterState) -> list[ListRow]:
        """The slot's choices that are available."""
        line, menu = counter.view.order.line(self.line_id), counter.view.menu
        there = line.filling(self.slot.id) if line is not None else None
        rows = []
        for sku in counter.view.moment.slot_choices(self.slot):
            choice = self.slot.choice(sku)
            extra = choice.supplement * line.quantity if choice is not None and line is not None else Money()
            label = say("modifier-row" if extra else "plain-row", name=menu.items[sku].full_name, price=extra)
            rows.append(ListRow(sku, label, partial(self._fill, sku=sku), sku == there))
        return rows

    def close(self, counter: CounterState) -> None:
        """Go back to the line."""
        counter.panel = EditLinePanel()

    def _fill(self, counter: CounterState, sku: str) -> None:
        counter.do(ringing.fill, self.line_id, self.slot.id, sku)
        counter.panel = EditLinePanel()


def open_slot(counter: CounterState, line_id: int, slot: Slot) -> None:
    """Ask what fills a slot. Raises `Refused` if nothing is available for it."""
    if not counter.view.moment.slot_choices(slot):
        raise Refused("sold-out-item", name=slot.name)
    counter.panel = FillSlotPanel(line_id, slot)


def modify(counter: CounterState, line_id: int, modifier: str) -> None:
    """Add a modifier to a line, or remove it; the message says what the next press of the key does."""
    register = counter.register
    register.do(ringing.modify, line_id, modifier)
    line, known = register.view.order.line(line_id), register.view.menu.modifiers[modifier]
    if line is None or known.maximum == 1:
        return
    count = line.modifiers.count(modifier)
    if not count:
        counter.message = say("modifier-off", name=known.name)
    elif count == known.maximum:
        counter.message = say("modifier-most", name=known.name, count=count)
    else:
        counter.message = say("modifier-more", name=known.name, count=count)


class AllergensPanel(Panel):
    """The allergens of the question's offer, else of the chosen line, in all four states. A key notes an allergy on the
    order, or after Space on the chosen line.

    Tab, then a tile's letter, shows that tile's allergens.
    """

    state = State.ALLERGENS
    title = say("title-allergens")

    def __init__(self, offered: Named | None = None) -> None:
        self.offered = offered
        self.tile: MenuItem | None = None
        self.wants_tile = False
        self.on_line = False

    def about(self, counter: CounterState) -> Named | None:
        """The name and allergens of what is shown: the chosen tile, the offer, or the chosen line."""
        menu = counter.view.menu
        if self.tile is not None:
            return self.tile.full_name, line_allergens(menu, new_line(menu, self.tile))
        if self.offered is not None:
            return self.offered
        line = counter.line
        return (menu.items[line.sku].full_name, line_allergens(menu, line)) if line is not None else None

    def entries(self, counter: CounterState) -> list[Entry]:
        """The fourteen allergens; those noted on the order, or for the line, are marked."""
        line, noted = counter.line, counter.view.order.allergens
        if self.on_line and line is not None:
            noted |= line.allergens
        return [
            Entry(
                key,
                say(f"allergen-{name}"),
                partial(note_allergen, name=name, line_id=line.id if self.on_line and line is not None else None),
                name in noted,
            )
            for key, name in zip(keys.CHOICE_KEYS, ALLERGENS, strict=False)
        ]

    def press(self, counter: CounterState, key: str) -> bool:
        """Tab, then a tile's letter, shows that tile's allergens."""
        if key == keys.TAB:
            self.wants_tile = not self.wants_tile
            return True
        if key in (keys.ENTER, "!"):
            self.close(counter)
            return True
        if key == keys.SPACE:
            if counter.line is None:
                raise Refused("line-gone")
            self.on_line = not self.on_line
            return True
        tile = counter.tiles().get(key) if self.wants_tile else None
        if tile is not None:
            self.wants_tile, self.tile = False, tile
            return True
        return super().press(counter, key)


def offered_card(counter: CounterState) -> Named | None:
    """The allergens of the question's offer, as a yes would leave the line; None without a question."""
    prompt = counter.prompt
    if not isinstance(prompt, QuestionPrompt):
        return None
    offer, order = prompt.question.offer, counter.view.order
    line = order.line(offer.lines[0]) if offer.lines else None
    sku = offer.sku if offer.sku is not None or line is None else line.sku
    return counter.view.menu.items[sku or ""].full_name, prompt.allergens


def note_allergen(counter: CounterState, name: str, line_id: int | None) -> None:
    """Note an allergy on the order or on a line, or remove it."""
    counter.do(ringing.note_allergen, name, line_id)
