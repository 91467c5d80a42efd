"""The panels of what is sold out: the list, for how long, and parts of a line or offer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from pos.counter import keys
from pos.counter.counter_state import CounterState, Entry, Panel
from pos.counter.panels.lists import ListPanel, ListRow
from pos.counter.states import Say, State, say
from pos.domain.errors import Refused
from pos.domain.menu.items import MenuItem, Modifier
from pos.domain.order.order import LineItem, everything_in
from pos.domain.text import LocalText
from pos.domain.value import value
from pos.register import shelf
from pos.register.verbs import stock
from pos.store import EightySix

A_PAGE = keys.DIGITS[1:]
"""The keys of a page of marks; letters are tiles."""


@value
class SoldOutMark:
    """What is marked as sold out: an item, in all its sizes or in one; everything made on its machine; or a
    modifier."""

    item: MenuItem | None = None
    modifier: Modifier | None = None
    machine: str | None = None
    one_size: bool = False


class SoldOutPanel(ListPanel):
    """What is sold out. A tile's letter marks another item, Enter the item of the chosen line; a digit restores."""

    state = State.SOLD_OUT
    title = say("title-sold-out")
    page_keys = A_PAGE

    def rows(self, counter: CounterState) -> list[ListRow]:
        """The current marks."""
        rows = []
        for entry in shelf.sold_out(counter.register):
            name = (entry.sku, entry.machine, entry.modifier)
            rows.append(ListRow(name, _row(counter, entry), partial(restore, entry=entry), on=True))
        return rows

    def press(self, counter: CounterState, key: str) -> bool:
        """A tile's letter marks its item. Arrows go to another category, the page keys to another page of the tiles and
        of the marks."""
        tile = counter.tiles().get(key)
        if tile is not None:
            counter.panel = HowLongPanel(SoldOutMark(tile))
            return True
        if key == keys.ENTER and counter.line is not None:
            counter.panel = PartsPanel(_in_line(counter, counter.line), asks_how_long=True)
            return True
        if key in (keys.LEFT, keys.RIGHT, keys.TAB):
            counter.turn_category(-1 if key == keys.LEFT else 1)
            return True
        if key in (keys.PAGE_UP, keys.PAGE_DOWN):
            counter.turn_page(-1 if key == keys.PAGE_UP else 1)
        return super().press(counter, key)


def _row(counter: CounterState, entry: EightySix) -> Say:
    """The row of a mark: what is sold out, and until when."""
    menu, until = counter.view.menu, entry.until
    if entry.machine is not None:
        message_id = "sold-out-machine-row" if until else "sold-out-machine-open-row"
        return say(message_id, machine=menu.machine_name(entry.machine), until=until)
    if entry.modifier is not None:
        modifier = menu.modifiers.get(entry.modifier)
        name = LocalText(entry.modifier, entry.modifier) if modifier is None else modifier.name
        return say("sold-out-row" if until else "sold-out-open-row", name=name, until=until)
    item = menu.items.get(entry.sku or "")
    if item is None:
        name = LocalText(entry.sku or "", entry.sku or "")
    elif entry.all_sizes and len(menu.sizes_of(item)) > 1:
        message_id = "sold-out-sizes-row" if until else "sold-out-sizes-open-row"
        return say(message_id, name=item.name, until=until)
    else:
        name = item.full_name
    return say("sold-out-row" if until else "sold-out-open-row", name=name, until=until)


class HowLongPanel(Panel):
    """Asks for how long. Also switches between every size and this one, and to everything made on the machine."""

    state = State.HOW_LONG
    title = say("title-how-long")

    def __init__(self, mark: SoldOutMark) -> None:
        self.mark = mark
        self.whole_machine = False
        self.one_size = mark.one_size

    def entries(self, counter: CounterState) -> list[Entry]:
        """One, two or four hours, the day, until further notice; `M` for the machine, `O` for one size, `E` for the
        item's modifiers."""
        now, menu = counter.register.now, counter.view.menu
        spans = (
            ("1", "span-1h", now + timedelta(hours=1)),
            ("2", "span-2h", now + timedelta(hours=2)),
            ("3", "span-4h", now + timedelta(hours=4)),
            ("4", "span-day", end_of_day(counter)),
            ("5", "span-open", None),
        )
        rows = [Entry(key, say(message_id), partial(self._mark, until=until)) for key, message_id, until in spans]
        item = self.mark.item
        if item is None or self.mark.machine is not None:
            return rows
        if item.made_on is not None:
            label = say("whole-machine", machine=menu.machine_name(item.made_on))
            rows.append(Entry("m", label, self._switch, self.whole_machine))
        if item.size is not None and len(menu.sizes_of(item)) > 1:
            rows.append(Entry("o", say("one-size", name=item.full_name), self._switch_size, self.one_size))
        if any(group.modifiers for group in menu.item_groups(item)):
            rows.append(Entry("e", say("a-modifier-instead", name=item.name), self._modifiers))
        return rows

    def _switch(self, counter: CounterState) -> None:
        self.whole_machine = not self.whole_machine

    def _switch_size(self, counter: CounterState) -> None:
        self.one_size = not self.one_size

    def _modifiers(self, counter: CounterState) -> None:
        if self.mark.item is not None:
            counter.panel = PartsPanel(tuple(_modifiers_of(counter, self.mark.item)), asks_how_long=True)

    def _mark(self, counter: CounterState, until: datetime | None) -> None:
        machine = self.mark.item.made_on if self.whole_machine and self.mark.item is not None else self.mark.machine
        mark_sold_out(counter, SoldOutMark(self.mark.item, self.mark.modifier, machine, self.one_size), until)


class PartsPanel(ListPanel):
    """Asks which part of something is sold out: until the end of the business day, unless it asks for how long."""

    state = State.GONE
    title = say("title-gone")
    narrowest = 40

    def __init__(self, marks: tuple[SoldOutMark, ...], *, asks_how_long: bool = False) -> None:
        super().__init__()
        self.marks = marks
        self.asks_how_long = asks_how_long

    def rows(self, counter: CounterState) -> list[ListRow]:
        """The parts that may be sold out."""
        return [
            ListRow(place, _label(counter, mark), partial(self._mark, mark=mark))
            for place, mark in enumerate(self.marks)
        ]

    def _mark(self, counter: CounterState, mark: SoldOutMark) -> None:
        if self.asks_how_long:
            counter.panel = HowLongPanel(mark)
        else:
            mark_sold_out(counter, mark, end_of_day(counter))


def _label(counter: CounterState, mark: SoldOutMark) -> Say:
    if mark.machine is not None:
        return say("gone-machine", machine=counter.view.menu.machine_name(mark.machine))
    if mark.modifier is not None:
        return say("plain-row", name=mark.modifier.name)
    assert mark.item is not None
    if mark.one_size or len(counter.view.menu.sizes_of(mark.item)) == 1:
        return say("gone-item", name=mark.item.full_name)
    return say("gone-sizes", name=mark.item.name)


def gone_of(counter: CounterState, item: MenuItem, *, size_is_meant: bool = False) -> tuple[SoldOutMark, ...]:
    """What may be sold out with an item: first what is meant, then its machine, then its size or all sizes, then its
    modifiers."""
    menu = counter.view.menu
    marks = [SoldOutMark(item, one_size=size_is_meant)]
    if item.made_on is not None:
        marks.append(SoldOutMark(machine=item.made_on))
    if len(menu.sizes_of(item)) > 1:
        marks.append(SoldOutMark(item, one_size=not size_is_meant))
    return (*marks, *_modifiers_of(counter, item))


def _in_line(counter: CounterState, line: LineItem) -> tuple[SoldOutMark, ...]:
    """What may be sold out of a line: the item, its fillings and its modifiers."""
    menu = counter.view.menu
    first, *inside = everything_in(menu, line)
    marks = gone_of(counter, first)
    return (*marks[:3], *(SoldOutMark(item) for item in inside), *(mark for mark in marks if mark.modifier is not None))


def _modifiers_of(counter: CounterState, item: MenuItem) -> Iterator[SoldOutMark]:
    """The modifiers of an item."""
    groups = counter.view.menu.item_groups(item)
    return (SoldOutMark(modifier=modifier) for group in groups for modifier in group.modifiers)


def open_sold_out(counter: CounterState) -> None:
    """Show what is sold out."""
    counter.panel = SoldOutPanel()


def open_gone(counter: CounterState) -> None:
    """Ask which part of the chosen line is sold out."""
    if counter.line is None:
        raise Refused("line-gone")
    counter.panel = PartsPanel(_in_line(counter, counter.line))


def restore(counter: CounterState, entry: EightySix) -> None:
    """Remove a mark."""
    counter.do(stock.restore, entry.sku, entry.machine, entry.modifier)


def mark_sold_out(counter: CounterState, mark: SoldOutMark, until: datetime | None) -> None:
    """Mark something as sold out until a time, say so, and close the panel that asked."""
    counter.panel = None
    register, item = counter.register, mark.item
    if mark.machine is not None:
        register.do(stock.eighty_six, machine=mark.machine, until=until)
        counter.message = say("marked-all-sold-out", machine=register.view.menu.machine_name(mark.machine))
    elif mark.modifier is not None:
        register.do(stock.eighty_six, modifier=mark.modifier.id, until=until)
        counter.message = say("marked-sold-out", name=mark.modifier.name)
    elif item is not None:
        every = not mark.one_size and len(register.view.menu.sizes_of(item)) > 1
        register.do(stock.eighty_six, item.sku, until=until, all_sizes=every)
        counter.message = say("marked-sold-out", name=item.name if every else item.full_name)


def end_of_day(counter: CounterState) -> datetime:
    """The end of the business day."""
    return counter.register.look().day_ends_at
