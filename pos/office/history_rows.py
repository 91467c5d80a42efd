"""One row of a shop's past orders: what it says, or why it cannot be taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from math import isfinite
from typing import NamedTuple, TypeVar

from pos.domain.text import is_safe
from pos.insights.baskets import MINUTES_A_DAY
from pos.office.history_columns import Columns
from pos.office.history_times import read_clock, read_time

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # the shop's own clock has no zone here
LONGEST_TEXT = 120
NO_ZONE = "none"
MOST_REMEMBERED = 20_000
SUMMER_TIME = timedelta(hours=1)


class PastLine(NamedTuple):
    """A row that can be taken: `minute` since 1970 on the shop's own clock."""

    order: str
    minute: int
    item: str
    has_price: bool


class Clock:
    """Reads times as the shop's own clock showed them, and refuses a second clock in the same file."""

    def __init__(self, day_first: bool = True, seen: str = "") -> None:
        """`seen` is what an earlier clock of the same file had seen."""
        self._day_first = day_first
        self._zoned = seen != NO_ZONE if seen else None
        self._offsets = [timedelta(minutes=int(part)) for part in seen.split()] if self._zoned else []

    @property
    def seen(self) -> str:
        """Nothing before the first time; then `NO_ZONE`, or the one or two offsets from UTC in minutes."""
        if self._zoned is None:
            return ""
        return " ".join(str(offset // timedelta(minutes=1)) for offset in self._offsets) if self._zoned else NO_ZONE

    def minute(self, text: str, day: str = "") -> int | str:
        """Minutes since 1970, or why not; `day` is given where the text has the time of day alone."""
        at = self._on(day, text) if day else read_time(text, self._day_first)
        if at is None:
            return "history-time-unreadable"
        offset = at.utcoffset()
        if self._zoned is None:
            self._zoned = offset is not None
        if self._zoned != (offset is not None) or (offset is not None and not self._is_ours(offset)):
            return "history-other-zone"
        since = at.replace(tzinfo=None) - EPOCH
        return since.days * MINUTES_A_DAY + since.seconds // 60

    def _on(self, day: str, text: str) -> datetime | None:
        at, clock = read_time(day, self._day_first), read_clock(text)
        return None if at is None or clock is None else datetime.combine(at.date(), clock)

    def _is_ours(self, offset: timedelta) -> bool:
        """Summer and winter time are one clock; anything else is another."""
        if offset not in self._offsets:
            if self._offsets and (len(self._offsets) > 1 or abs(offset - self._offsets[0]) != SUMMER_TIME):
                return False
            self._offsets.append(offset)
        return True


Cell = TypeVar("Cell")
Read = TypeVar("Read")


class Remembered(dict[Cell, Read]):
    """What cells were read as: the same times, items and quantities come again and again."""

    def __init__(self, read: Callable[[Cell], Read]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: Cell) -> Read:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        found = self[cell] = self._read(cell)
        return found


class RowReader:
    """Reads the rows of one file."""

    def __init__(self, columns: Columns, clock: Clock) -> None:
        self.clock = clock
        self._order, self._time, self._item = columns.order, columns.time, columns.item
        self._day, self._quantity, self._price = columns.day, columns.quantity, columns.price
        self._needed = max(columns.order, columns.time, columns.item)
        self._last = max(self._needed, columns.day or 0, columns.quantity or 0, columns.price or 0)
        self._names = Remembered(_name)
        self._minutes = Remembered(self._minute)
        self._quantities = Remembered(_why_not_quantity)
        self._prices = Remembered(_is_number)

    def read(self, row: Sequence[str]) -> PastLine | str:
        """What a row says, or the id of the message that says why it cannot be taken."""
        if len(row) <= self._last:
            if len(row) <= self._needed:
                return "history-row-short"
            row = [*row, *[""] * self._last]
        order, item = self._names[row[self._order]], self._names[row[self._item]]
        if not order:
            return "history-unsafe" if order is None else "history-no-order"
        if not item:
            return "history-unsafe" if item is None else "history-no-item"
        if self._quantity is not None and (wrong := self._quantities[row[self._quantity]]):
            return wrong
        minute = self._minutes[row[self._time] if self._day is None else (row[self._time], row[self._day])]
        if isinstance(minute, str):
            return minute
        return PastLine(order, minute, item, self._price is not None and self._prices[row[self._price]])

    def _minute(self, cells: str | tuple[str, str]) -> int | str:
        if isinstance(cells, str):
            return self.clock.minute(cells.strip())
        text, day = (cell.strip() for cell in cells)
        return self.clock.minute(text, day) if day else "history-time-unreadable"


def _name(text: str) -> str | None:
    """A number or a name without the blanks around it; None for one that cannot be shown."""
    name = text.strip()
    return name if len(name) <= LONGEST_TEXT and is_safe(name) else None


def _is_number(text: str) -> bool:
    return _number(text) is not None


def _why_not_quantity(text: str) -> str | None:
    if not text.strip():
        return None  # the row stands for one
    quantity = _number(text)
    if quantity is None:
        return "history-quantity-unreadable"
    if quantity < 0:
        return "history-return"
    return None if quantity else "history-none-sold"


def _number(text: str) -> float | None:
    """A number with a point or a comma; nothing that is none, and neither NaN nor infinity."""
    try:
        number = float(text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", "."))
    except ValueError:
        return None
    return number if isfinite(number) else None
