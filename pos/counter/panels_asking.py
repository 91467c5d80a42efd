"""The panels of a question: not for this customer, sold out, and the help of any state."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from pos.counter import keys
from pos.counter.panels import Entry, Panel
from pos.counter.states import State, say
from pos.domain.items import MenuItem
from pos.domain.questions import SAID_REASONS, Reason

if TYPE_CHECKING:
    from pos.counter.counter import Counter


class NotNow(Panel):
    """Why not for this customer? No refusal, and both questions rest."""

    state = State.NOT_NOW
    title = say("title-not-now")

    def entries(self, counter: Counter) -> list[Entry]:
        """A child alone, asked to be left alone, staff or remake."""
        return [
            Entry(str(place), say("plain-row", name=reason), partial(self._rest, reason=reason))
            for place, reason in enumerate(SAID_REASONS, start=1)
        ]

    def _rest(self, counter: Counter, reason: Reason) -> None:
        counter.panel = None
        counter.register.not_for_customer(reason)


class Gone(Panel):
    """What is sold out: this item, or all from its machine? Until the shop closes for the day."""

    state = State.GONE
    title = say("title-gone")

    def __init__(self, item: MenuItem) -> None:
        self.item = item

    def entries(self, counter: Counter) -> list[Entry]:
        """The item, and its machine where it has one."""
        rows = [Entry("1", say("gone-item", name=self.item.full_name), partial(self._mark, whole_machine=False))]
        if self.item.made_on is not None:
            row = say("gone-machine", machine=counter.register.menu.machine_name(self.item.made_on))
            rows.append(Entry("2", row, partial(self._mark, whole_machine=True)))
        return rows

    def _mark(self, counter: Counter, whole_machine: bool) -> None:
        mark_sold_out(counter, self.item, whole_machine, end_of_day(counter.register.now))


def mark_sold_out(counter: Counter, item: MenuItem, whole_machine: bool, until: datetime | None) -> None:
    """Mark an item, or all that its machine makes, as sold out until a time; say so, and close the panel that asked."""
    counter.panel = None
    if whole_machine and item.made_on is not None:
        counter.register.eighty_six(machine=item.made_on, until=until)
        counter.message = say("marked-all-sold-out", machine=counter.register.menu.machine_name(item.made_on))
    else:
        counter.register.eighty_six(sku=item.sku, until=until)
        counter.message = say("marked-sold-out", name=item.full_name)


def end_of_day(now: datetime) -> datetime:
    """Five in the morning: when a day at a counter that is open late is over."""
    end = datetime.combine(now.date(), time(5), now.tzinfo)
    return end if now < end else end + timedelta(days=1)


class Help(Panel):
    """What every key does in a state; made of the commands themselves."""

    state = State.HELP
    title = say("title-help")

    def __init__(self, about: State) -> None:
        self.about = about
        self.page = 0

    def entries(self, counter: Counter) -> list[Entry]:
        """Nothing to choose: any key that closes a panel closes it."""
        return []

    def press(self, counter: Counter, key: str) -> bool:
        """The page keys and Space turn its pages; any other key closes it, and does nothing else."""
        if key in (keys.PAGE_DOWN, keys.SPACE, keys.RIGHT, keys.DOWN):
            self.page += 1
        elif key in (keys.PAGE_UP, keys.LEFT, keys.UP):
            self.page -= 1
        else:
            counter.panel = None
        return True
