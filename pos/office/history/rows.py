"""Reads the rows of past orders: what each says, or why it is left out."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import repeat
from math import isfinite
from typing import NamedTuple, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from pos.domain.text import is_safe
from pos.insights.pairing.baskets import MINUTES_A_DAY
from pos.office.history.columns import STATUS, Layout, is_yes
from pos.office.history.packed import PackedItem, unpacked_items
from pos.office.history.tills import ORDER, SALE, ExportTable, is_total, plain
from pos.office.history.times import is_slashed, is_year_first, read_clock, read_moment
from pos.store.learning.history import SAME_ORDER_MINUTES

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # the shop's own clock has no zone here
EPOCH_DAY = EPOCH.toordinal()
LONGEST_TEXT = 120
NO_ZONE = "none"
EARLIEST = date(1971, 1, 1)
"""Earlier days come from empty cells: 1900 in a spreadsheet, 1970 elsewhere."""

MOST_REMEMBERED = 20_000
SUMMER_TIME = timedelta(hours=1)

TAKING_BACK = ("void", "refund")
"""Kinds of rows with a negative quantity that take back a line of the order they name."""

WHOLE_ORDER = ("void", "refund", "unpaid")
"""Kinds of rows without an item that are about the whole order."""


class Details(StrEnum):
    """What to do with sizes, variants and modifiers."""

    LEAVE = "leave"
    JOIN = "join"
    APART = "apart"


class NotTaken(NamedTuple):
    """A row that is left out, and the id of the message that says why."""

    number: int
    cells: Sequence[str]
    why: str


class Clock:
    """Reads times as the shop's clock shows them; refuses times of a second clock in the same file."""

    def __init__(self, layout: Layout, seen: str = "", zone: ZoneInfo | None = None, today: date | None = None) -> None:
        """`seen` is what an earlier clock of the same file has seen. With a `zone`, times with an offset are converted
        to that zone. Days later than the day after `today` are refused."""
        self._day_first, self._has_clock, self._fraction = (
            layout.day_first is not False,
            layout.has_clock,
            layout.fraction,
        )
        self._zone, self._latest = zone, None if today is None else today + timedelta(days=1)
        self.year_first = self.slashed = False
        self._zoned = seen != NO_ZONE if seen else None
        self._offsets = [timedelta(minutes=int(part)) for part in seen.split()] if self._zoned else []

    @property
    def seen(self) -> str:
        """Empty before the first time; then `NO_ZONE`, or the one or two offsets from UTC in minutes."""
        if self._zoned is None:
            return ""
        return " ".join(str(offset // timedelta(minutes=1)) for offset in self._offsets) if self._zoned else NO_ZONE

    def is_fine(self, day: date) -> bool:
        """Whether a day is possible for a sale."""
        return day >= EARLIEST and (self._latest is None or day <= self._latest)

    @property
    def is_plain(self) -> bool:
        """Whether the file's times are known to have no offset."""
        return self._zoned is False

    def minute(self, text: str, day: str | None = None) -> int | str:
        """The minute since 1970, or the reason why the time cannot be read. `day` is given if `text` has only the time
        of day."""
        found = read_moment(text if day is None else day, self._day_first)
        if found is None:
            other = read_moment(text if day is None else day, not self._day_first)
            return "history-time-unreadable" if other is None else "history-date-other-order"
        if not self.is_fine(found.day):
            return "history-no-day-of-sales"
        written = text if day is None else day
        self.year_first = self.year_first or is_year_first(written)
        self.slashed = self.slashed or is_slashed(written)
        clock = found.clock if day is None else read_clock(text, self._fraction)
        if clock is None and self._has_clock:
            return "history-no-clock" if day is None else "history-time-unreadable"
        at = self._on_our_clock(datetime.combine(found.day, clock or time()), found.offset)
        if at is None:
            return "history-other-zone"
        since = at - EPOCH
        return since.days * MINUTES_A_DAY + since.seconds // 60

    def _on_our_clock(self, at: datetime, offset: timedelta | None) -> datetime | None:
        """The time as the shop's clock showed it; None if it is of another clock than the times before."""
        if self._zoned is None:
            self._zoned = offset is not None
        if self._zoned != (offset is not None):
            return None
        if offset is None:
            return at
        if self._zone is not None:
            return (at - offset).replace(tzinfo=UTC).astimezone(self._zone).replace(tzinfo=None)
        return at if self._is_ours(offset) else None

    def _is_ours(self, offset: timedelta) -> bool:
        """Whether an offset is of the same clock as those before; summer and winter time are one clock."""
        if offset not in self._offsets:
            if self._offsets and (len(self._offsets) > 1 or abs(offset - self._offsets[0]) != SUMMER_TIME):
                return False
            self._offsets.append(offset)
        return True


Cell = TypeVar("Cell")
Read = TypeVar("Read")


class Remembered(dict[Cell, Read]):
    """A cache of cells that were read, because times, items and quantities repeat."""

    def __init__(self, read: Callable[[Cell], Read]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: Cell) -> Read:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        found = self[cell] = self._read(cell)
        return found


class OpenOrder:
    """An order that is being read: its number, its minute since 1970 on the shop's clock, and the numbers of its
    items."""

    __slots__ = ("items", "minute", "ref")

    def __init__(self, ref: str, minute: int) -> None:
        self.ref, self.minute = ref, minute
        self.items: set[int] = set()


NO_ORDER = OpenOrder("", 0)
NEGATIVE = -1.0
Columns: TypeAlias = tuple[Sequence[str], Sequence[int | str], Sequence[int], Iterable[float], Iterable[float | None]]
"""Orders, minutes, items, quantities and prices, one entry per row. An entry that needs a closer look is falsy, a text
or `NEGATIVE`."""


@dataclass(slots=True)
class ReadRows:
    """The result of reading a block of rows."""

    orders: dict[tuple[str, int], OpenOrder] = field(default_factory=dict)
    """By order number and half day. At most one order of a number begins in each half day."""

    refused: list[NotTaken] = field(default_factory=list)
    unpriced: int = 0
    names: list[tuple[int, str, str]] = field(default_factory=list)
    """Items that are named for the first time: number, name and code."""

    more: defaultdict[tuple[int, int], float] = field(default_factory=lambda: defaultdict(float))
    """By order and item number, the quantity beyond one."""

    back: list[tuple[str, int, int, float]] = field(default_factory=list)
    """Lines that are taken back: order number, minute, item and quantity."""

    cancelled: list[tuple[str, int]] = field(default_factory=list)
    """Whole orders that are no sales: order number and minute."""

    def order(self, ref: str, minute: int) -> OpenOrder:
        """The order with this number less than half a day away, or a new one."""
        key = (ref, minute // SAME_ORDER_MINUTES)
        found = self.orders.get(key) or self._near(*key, minute)
        if found is None:
            found = self.orders[key] = OpenOrder(ref, minute)
        return found

    def find(self, ref: str, minute: int) -> OpenOrder | None:
        """The order with this number less than half a day away, if it is in this block."""
        half_day = minute // SAME_ORDER_MINUTES
        return self.orders.get((ref, half_day)) or self._near(ref, half_day, minute)

    def _near(self, ref: str, half_day: int, minute: int) -> OpenOrder | None:
        """An order of the half day before or after that is less than half a day away."""
        before, after = self.orders.get((ref, half_day - 1)), self.orders.get((ref, half_day + 1))
        if before is not None and minute - before.minute <= SAME_ORDER_MINUTES:
            return before
        return after if after is not None and after.minute - minute <= SAME_ORDER_MINUTES else None

    def settle(self) -> list[tuple[str, int, int]]:
        """Take lines back from the orders in this block. Returns those of orders in earlier slices: order number,
        minute, and item (-1 for the whole order)."""
        before = []
        for ref, minute, item, quantity in self.back:
            order = self.find(ref, minute)
            if order is None or item not in order.items:
                before.append((ref, minute, item))
                continue
            key = (id(order), item)
            self.more[key] -= quantity
            if 1 + self.more[key] <= 0:
                order.items.discard(item)
        for ref, minute in self.cancelled:
            order = self.find(ref, minute)
            if order is None:
                before.append((ref, minute, -1))
            else:
                order.items.clear()
        if self.back or self.cancelled:
            self.orders = {key: order for key, order in self.orders.items() if order.items}
        return before


Above: TypeAlias = tuple[str, int | str, str, int]
"""The order of the row above: its number, its minute or why that cannot be read, its kind, and a bit for each column of
words that was filled."""

NOTHING_ABOVE: Above = ("", "history-no-order", SALE, 0)


def above_text(above: Above) -> str:
    """The row above as text, stored with a file that is read in parts."""
    return "\t".join(map(str, above)) if above[0] else ""


def above_of(text: str) -> Above:
    """Read what `above_text` wrote."""
    if not text:
        return NOTHING_ABOVE
    ref, minute, kind, filled = text.split("\t")
    return ref, int(minute) if minute.lstrip("-").isdigit() else minute, kind, int(filled)


class RowReader:
    """Reads the rows of one file in their order."""

    def __init__(
        self,
        layout: Layout,
        table: ExportTable,
        clock: Clock,
        number_of: Callable[[str, str], int],
        details: Details = Details.LEAVE,
        above: str = "",
        said: Mapping[str, str] | None = None,
    ) -> None:
        """`number_of` returns an item's number for its name and code. `said` is what the manager says of the words in
        columns of a status: `sale` or `none`."""
        self.clock, self.above = clock, above_of(above)
        self.unknown_words: set[str] = set()
        self._said = {plain(word): SALE if kind == SALE else "said-no-sale" for word, kind in (said or {}).items()}
        self._status: dict[int, dict[str, str]] = {}
        self._layout, self._table, self._details, self._number_of = layout, table, details, number_of
        self._form = re.compile(layout.item_form) if layout.item_form else None
        self._word_places = tuple(place for place, _ in layout.words)
        self._kind_places = (*self._word_places, *(place for place, _ in layout.flags))
        self._item_places = tuple(
            place for place in (layout.item, layout.code, *layout.details, *layout.items) if place is not None
        )
        times = [place for place in (layout.time, layout.day) if place is not None]
        self._needed = max(layout.order, *times, *(layout.items[:1] or (layout.item or 0,)))
        others = [place or 0 for place in (layout.quantity, layout.price)]
        self._last = max(self._needed, layout.register or 0, *others, *self._kind_places, *self._item_places)
        is_plain = not self._kind_places and self._form is None and not layout.packed
        self._is_simple = is_plain and len(self._item_places) == 1 and layout.register is None
        self._names = Remembered(_name)
        self._minutes = Remembered(self._minute)
        self._quantities = Remembered(_quantity)
        self._prices = Remembered(_price)
        self._kinds = Remembered(self._kind)
        self._items = Remembered(self._read_items)
        self._plain_minutes = Remembered(self._plain_minute)
        self._plain_refs, self._plain_items = Remembered(self._plain_ref), Remembered(self._plain_item)
        self._plain_sold, self._plain_prices = Remembered(_plain_sold), Remembered(_plain_price)
        self._fine_firsts = Remembered(_is_fine_first)

    def take(self, rows: Sequence[Sequence[str]], first: int, part: ReadRows) -> None:
        """Add rows to a slice; `first` is the number of the first row."""
        if self._is_simple:
            with suppress(IndexError):
                self._take_plainly(self._plain_columns(rows), rows, first, part)
                return
        for number, cells in enumerate(rows, first):
            if cells:
                self._take_one(number, cells, part)

    def _take_one(self, number: int, cells: Sequence[str], part: ReadRows) -> None:
        found = self._row(cells, part)
        if isinstance(found, str):
            part.refused.append(NotTaken(number, cells, found))

    def _plain_columns(self, rows: Sequence[Sequence[str]]) -> Columns:
        """Read whole columns at once, where most cells are simple. Raises `IndexError` if a row lacks cells."""
        layout, plain_refs, fine = self._layout, self._plain_refs, self._fine_firsts
        order, time, day, item = layout.order, layout.time, layout.day, self._item_places[0]
        minutes, items, sold, prices = self._plain_minutes, self._plain_items, self._plain_sold, self._plain_prices
        refs = [plain_refs[cells[order]] for cells in rows]
        if order:
            refs = [ref if fine[cells[0]] else "" for ref, cells in zip(refs, rows, strict=True)]
        return (
            refs,
            [minutes[cells[time]] for cells in rows]
            if day is None
            else [self._minutes[cells[time].strip(), cells[day].strip()] for cells in rows],
            [items[cells[item]] for cells in rows],
            repeat(1.0) if (place := layout.quantity) is None else [sold[cells[place]] for cells in rows],
            repeat(None) if (place := layout.price) is None else [prices[cells[place]] for cells in rows],
        )

    def _take_plainly(self, columns: Columns, rows: Sequence[Sequence[str]], first: int, part: ReadRows) -> None:
        """The same for files with only order, time, item, quantity and price. Rows that need a closer look are read one
        by one."""
        more, order, order_ref, order_minute = part.more, NO_ORDER, "", -1
        there = order.items
        for number, (ref, minute, item, sold, price) in enumerate(zip(*columns, strict=False), first):
            if not (ref and item and sold and isinstance(minute, int)) or price == NEGATIVE:
                if order_ref:
                    self.above = (order_ref, order_minute, SALE, 0)
                order_ref = ""
                self._take_one(number, rows[number - first], part)
                continue
            if ref != order_ref or minute != order_minute:
                order, order_ref, order_minute = part.order(ref, minute), ref, minute
                there = order.items
            if sold != 1 or item in there:
                more[id(order), item] += sold - (item not in there)
            there.add(item)
            if price is None:
                part.unpriced += 1
        if order_ref:
            self.above = (order_ref, order_minute, SALE, 0)

    def _plain_ref(self, text: str) -> str:
        """An order number; empty for anything else, and for a total."""
        ref = self._names[text]
        return "" if not ref or is_total(ref) else ref

    def _plain_minute(self, text: str) -> int | str:
        """The minute since 1970, or the reason why the time cannot be read. ISO 8601 without an offset, which most
        files have, is read fast."""
        if self.clock.is_plain:
            try:
                at = datetime.fromisoformat(text)
            except ValueError:
                return self.clock.minute(text.strip())
            if at.tzinfo is None and len(text) >= len("2026-03-14T13:05") and self.clock.is_fine(at.date()):
                self.clock.year_first = True
                return (at.toordinal() - EPOCH_DAY) * MINUTES_A_DAY + at.hour * 60 + at.minute
        return self.clock.minute(text.strip())

    def _plain_item(self, text: str) -> int:
        """An item's number; 0 if the cell needs a closer look."""
        found = self._items[(text,)]
        return 0 if isinstance(found, str) else found[0][0]

    def _row(self, cells: Sequence[str], part: ReadRows) -> OpenOrder | str:
        """Read one row; returns its order, or the reason why it is left out."""
        if len(cells) <= self._last:
            if len(cells) <= self._needed:
                return "history-row-short" if any(cells) else "history-row-empty"
            cells = [*cells, *[""] * (self._last + 1 - len(cells))]
        if not any(cell.strip() for cell in cells):
            return "history-row-empty"
        ref = self._names[cells[self._layout.order]]
        if ref is None:
            return "history-unsafe"
        if is_total(cells[0].strip(), ref):
            return "history-total"
        if ref and self._layout.register is not None:
            ref = f"{ref} ({self._names[cells[self._layout.register]] or ''})"
        return self._of_kind(cells, part, ref)

    def _of_kind(self, cells: Sequence[str], part: ReadRows, ref: str) -> OpenOrder | str:
        """The same for a row that is no total. What only the first row of an order says applies to its other rows
        too."""
        layout, (above_ref, above_minute, above_kind, above_filled) = self._layout, self.above
        time, day = cells[layout.time].strip(), None if layout.day is None else cells[layout.day].strip()
        is_child = not time and not day and bool(above_ref) and ref in ("", above_ref)
        kind, is_order, filled = self._kinds[tuple([cells[place] for place in self._kind_places])]
        if kind == SALE and (is_child or (ref == above_ref and above_filled & ~filled)):
            kind = above_kind
        if is_child:
            return self._of_order(cells, part, (above_ref, above_minute), kind, is_order=is_order)
        minute = self._minutes[time, day]
        if day == "" and time and isinstance(above_minute, int):
            minute = self._on_day_of(above_minute, time)
        if isinstance(minute, str) and not any(map(_has_digit, cells)):
            return "history-heading"
        if not ref and above_ref and layout.has_clock and "" in (time, day) and minute == above_minute:
            return self._of_order(cells, part, (above_ref, above_minute), kind, is_order=is_order)
        if not ref:
            return "history-no-order"
        if ref != above_ref or filled & above_filled == above_filled:
            self.above = (ref, minute, kind, filled)
        return self._of_order(cells, part, (ref, minute), kind, is_order=is_order)

    def _of_order(
        self, cells: Sequence[str], part: ReadRows, of: tuple[str, int | str], kind: str, *, is_order: bool
    ) -> OpenOrder | str:
        ref, minute = of
        found = self._items[tuple([cells[place] for place in self._item_places])]
        if kind != SALE or is_order:
            if kind in WHOLE_ORDER and isinstance(minute, int) and (is_order or found == "history-no-item"):
                part.cancelled.append((ref, minute))
            elif kind in TAKING_BACK and isinstance(minute, int) and not isinstance(found, str):
                self._take_back(cells, part, ref, minute, found)
            return f"history-{(ORDER if kind == SALE else kind).replace('_', '-')}"
        if isinstance(minute, str):
            return minute
        return found if isinstance(found, str) else self._sold(cells, part, ref, minute, found)

    def _sold(
        self, cells: Sequence[str], part: ReadRows, ref: str, minute: int, found: Sequence[tuple[int, float]]
    ) -> OpenOrder | str:
        """Add the items of a row to their order, if they were sold and not taken back."""
        layout = self._layout
        quantity = 1.0 if layout.quantity is None else self._quantities[cells[layout.quantity]]
        if isinstance(quantity, str):
            return quantity
        price = None if layout.price is None else self._prices[cells[layout.price]]
        if quantity < 0:
            part.back += [(ref, minute, item, -quantity * count) for item, count in found]
            return "history-return"
        if price is not None and price < 0:
            return "history-negative-price"
        part.unpriced += price is None
        order = part.order(ref, minute)
        for item, count in found:
            part.more[id(order), item] += quantity * count - (item not in order.items)
            order.items.add(item)
        return order

    def _take_back(
        self, cells: Sequence[str], part: ReadRows, ref: str, minute: int, found: Sequence[tuple[int, float]]
    ) -> None:
        """Remove the items of a void, or of a refund with a negative quantity, from the order it names."""
        quantity = 1.0 if self._layout.quantity is None else self._quantities[cells[self._layout.quantity]]
        if not isinstance(quantity, str) and quantity < 0:
            part.back += [(ref, minute, item, -quantity * count) for item, count in found]

    def _on_day_of(self, minute: int, text: str) -> int | str:
        """A time of day on the day of the row above: in spreadsheets only the first row of a day has the day."""
        at = read_clock(text, self._layout.fraction)
        return "history-time-unreadable" if at is None else minute - minute % MINUTES_A_DAY + at.hour * 60 + at.minute

    def _minute(self, cells: tuple[str, str | None]) -> int | str:
        text, day = cells
        return self.clock.minute(text, day)

    def _kind(self, cells: tuple[str, ...]) -> tuple[str, bool, int]:
        """A row's kind by its words and flags, whether it is about the whole order, and a bit for each filled column of
        words."""
        found, is_order, filled = SALE, False, 0
        for place, ((_, meanings), cell) in enumerate(zip(self._layout.words, cells, strict=False)):
            word = cell.strip()
            if word:
                filled |= 1 << place
                kind = self._said.get(plain(word)) or meanings.get(plain(word)) or self._table.kind_of_word(word)
                is_order = is_order or kind == ORDER
                found = kind if found == SALE and kind != ORDER else found
                self._status.setdefault(self._word_places[place], {})[plain(word)] = word
                if kind == SALE and not self._knows(word, meanings):
                    self.unknown_words.add(word)
        for (_, kind), cell in zip(self._layout.flags, cells[len(self._word_places) :], strict=True):
            if is_yes(cell, self._table.denials):
                return kind, is_order, filled
        return found, is_order, filled

    def _knows(self, word: str, meanings: Mapping[str, str]) -> bool:
        return plain(word) in self._said or plain(word) in meanings or self._table.knows_word(word)

    def open_words(self) -> list[tuple[int, str]]:
        """The unknown words of a status, each with its column. A column in which every row has the same word is
        skipped: it distinguishes nothing."""
        return [
            (place, word)
            for place, found in self._status.items()
            if len(found) > 1 and STATUS.fullmatch(plain(self._layout.header[place]))
            for word in sorted(found.values())
            if word in self.unknown_words
        ]

    def _read_items(self, cells: tuple[str, ...]) -> tuple[tuple[int, float], ...] | str:
        """The numbers of a row's items with their quantities, or the reason why there are none."""
        layout, texts = self._layout, dict(zip(self._item_places, cells, strict=True))
        code = "" if layout.code is None else texts[layout.code].strip()
        details = [texts[place].strip() for place in layout.details]
        if layout.packed:
            found = [one for place in layout.items for one in unpacked_items(texts[place].strip(), layout.packed)]
        else:
            found = [PackedItem(texts[layout.item or 0].strip() or code, 1.0, details)]
        numbers, why = [], "history-no-item"
        for one in found:
            item = self._split(one, code)
            if isinstance(item, str):
                why = item
            elif one.quantity <= 0:
                why = "history-none-sold"
            else:
                numbers += [(number, one.quantity) for number in item]
        return tuple(numbers) or why

    def _split(self, one: PackedItem, code: str) -> list[int] | str:
        """The numbers of an item, and of its details if they count as items."""
        name, details = _tidy(one.name), [_tidy(detail) for detail in one.details if detail]
        if self._form is not None and (parts := self._form.fullmatch(name)) is not None:
            said = parts.groupdict()
            name, code = (said.get("name") or name).strip(), said.get("code") or code
            details = [*filter(None, [(said.get("detail") or "").strip()]), *details]
        if not name:
            return "history-no-item"
        if (kind := self._table.kind_of_item(name)) != SALE:
            return f"history-{kind.replace('_', '-')}"
        details = [detail for detail in details if plain(detail) not in self._layout.no_detail]
        if self._details is Details.JOIN:
            name = ", ".join([name, *details])
        names = [name]
        if self._details is Details.APART:
            names += [part.strip() for detail in details for part in detail.split(",") if part.strip()]
        if not all(len(each) <= LONGEST_TEXT and is_safe(each) for each in names):
            return "history-unsafe"
        return [self._number_of(each, code if each is name else "") for each in names]


def _tidy(name: str) -> str:
    """A name with single blanks and composed accents (NFC)."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def _has_digit(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def _name(text: str) -> str | None:
    """A number or name without blanks around it; None if it cannot be displayed."""
    name = text.strip()
    return name if len(name) <= LONGEST_TEXT and is_safe(name) else None


def _quantity(text: str) -> float | str:
    """The quantity; 1 for an empty cell."""
    if not text.strip():
        return 1.0
    quantity = _number(text)
    if quantity is None:
        return "history-quantity-unreadable"
    return quantity or "history-none-sold"


def _plain_sold(text: str) -> float:
    """The quantity sold; 0 for a row that is no sale."""
    quantity = _quantity(text)
    return 0.0 if isinstance(quantity, str) or quantity < 0 else quantity


def _plain_price(text: str) -> float | None:
    """1 for a price, `NEGATIVE` for a negative one, None for none."""
    price = _number(text)
    return None if price is None else NEGATIVE if price < 0 else 1.0


def _is_fine_first(text: str) -> bool:
    """Whether a row's first cell does not mark a total."""
    return not is_total(text.strip())


def _price(text: str) -> float | None:
    return _number(text)


SIGNS = re.compile(r"[^\d.,()−-]")
GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?=[.,]\d{1,2}$)")
NUMBER = re.compile(r"(\()?(-)?\(?([\d.,]*\d)\)?(-)?")


def _number(text: str) -> float | None:
    """A number with a decimal point or comma, with or without a currency, a unit and groups of thousands. It is
    negative with a minus in front or behind, or in brackets. None for other text, NaN and infinity."""
    try:
        number = float(text)
    except ValueError:
        found = NUMBER.fullmatch(SIGNS.sub("", text).replace("−", "-").strip(".,")) if _has_digit(text) else None
        if found is None or re.search(r"\d\s*[a-zæøå]+\s*\d", text.casefold()):
            return None
        digits = GROUPED.sub(lambda group: re.sub("[.,]", "", group[0]), found[3])
        digits = digits.replace(",", ".")
        number = float(digits if digits.count(".") < 2 else digits.replace(".", ""))
        number = -number if found[1] or found[2] or found[4] else number
    return number if isfinite(number) else None
