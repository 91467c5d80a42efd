"""The panels of what is sold out: what is, for how long, and what a question offered that is gone."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from pos.counter import keys
from pos.counter.bare import BareCounter, Entry, Panel
from pos.counter.states import State, say
from pos.domain.items import MenuItem
from pos.store import EightySix


class SoldOut(Panel):
    """What is sold out: a tile's letter marks another, a digit brings one back."""

    state = State.SOLD_OUT
    title = say("title-sold-out")

    def entries(self, counter: BareCounter) -> list[Entry]:
        """What is marked now, a digit each."""
        register = counter.register
        rows = []
        for key, entry in zip(keys.DIGITS[1:], register.sold_out(), strict=False):
            if entry.sku is not None:
                name = register.menu.items[entry.sku].full_name
                label = say("sold-out-row" if entry.until else "sold-out-open-row", name=name, until=entry.until)
            else:
                message_id = "sold-out-machine-row" if entry.until else "sold-out-machine-open-row"
                label = say(message_id, machine=register.menu.machine_name(entry.machine or ""), until=entry.until)
            rows.append(Entry(key, label, partial(restore, entry=entry), on=True))
        return rows

    def press(self, counter: BareCounter, key: str) -> bool:
        """A tile's letter chooses what is gone; arrows go to another category, the page keys to another page."""
        tile = counter.tiles().get(key)
        if tile is not None:
            counter.panel = HowLong(tile)
            return True
        if key in (keys.LEFT, keys.RIGHT, keys.TAB):
            counter.turn_category(-1 if key == keys.LEFT else 1)
            return True
        if key in (keys.PAGE_UP, keys.PAGE_DOWN):
            counter.turn_page(-1 if key == keys.PAGE_UP else 1)
            return True
        return super().press(counter, key)


class HowLong(Panel):
    """For how long is it sold out, and is it the item alone or all that its machine makes?"""

    state = State.HOW_LONG
    title = say("title-how-long")

    def __init__(self, item: MenuItem) -> None:
        self.item = item
        self.whole_machine = False

    def entries(self, counter: BareCounter) -> list[Entry]:
        """One, two or four hours, the day, until further notice; `M` for the machine."""
        now = counter.register.now
        spans = (
            ("1", "span-1h", now + timedelta(hours=1)),
            ("2", "span-2h", now + timedelta(hours=2)),
            ("3", "span-4h", now + timedelta(hours=4)),
            ("4", "span-day", end_of_day(counter)),
            ("5", "span-open", None),
        )
        rows = [Entry(key, say(message_id), partial(self._mark, until=until)) for key, message_id, until in spans]
        if self.item.made_on is not None:
            label = say("whole-machine", machine=counter.register.menu.machine_name(self.item.made_on))
            rows.append(Entry("m", label, self._switch, self.whole_machine))
        return rows

    def _switch(self, counter: BareCounter) -> None:
        self.whole_machine = not self.whole_machine

    def _mark(self, counter: BareCounter, until: datetime | None) -> None:
        mark_sold_out(counter, self.item, self.whole_machine, until)


class Gone(Panel):
    """What is sold out: this item, or all from its machine? Until the shop closes for the day."""

    state = State.GONE
    title = say("title-gone")

    def __init__(self, item: MenuItem) -> None:
        self.item = item

    def entries(self, counter: BareCounter) -> list[Entry]:
        """The item, and its machine where it has one."""
        rows = [Entry("1", say("gone-item", name=self.item.full_name), partial(self._mark, whole_machine=False))]
        if self.item.made_on is not None:
            row = say("gone-machine", machine=counter.register.menu.machine_name(self.item.made_on))
            rows.append(Entry("2", row, partial(self._mark, whole_machine=True)))
        return rows

    def _mark(self, counter: BareCounter, whole_machine: bool) -> None:
        mark_sold_out(counter, self.item, whole_machine, end_of_day(counter))


def open_sold_out(counter: BareCounter) -> None:
    """Look at what is sold out."""
    counter.panel = SoldOut()


def restore(counter: BareCounter, entry: EightySix) -> None:
    """What was sold out is there again."""
    counter.register.restore(entry.sku, entry.machine)


def mark_sold_out(counter: BareCounter, item: MenuItem, whole_machine: bool, until: datetime | None) -> None:
    """Mark an item, or all that its machine makes, as sold out until a time; say so, and close the panel that asked."""
    counter.panel = None
    if whole_machine and item.made_on is not None:
        counter.register.eighty_six(machine=item.made_on, until=until)
        counter.message = say("marked-all-sold-out", machine=counter.register.menu.machine_name(item.made_on))
    else:
        counter.register.eighty_six(sku=item.sku, until=until)
        counter.message = say("marked-sold-out", name=item.full_name)


def end_of_day(counter: BareCounter) -> datetime:
    """When the business day is over."""
    return counter.register.day_ends_at()
