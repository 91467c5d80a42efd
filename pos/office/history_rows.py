"""One row of a shop's past orders: what it says, or why it cannot be taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import isfinite

from pos.domain.errors import BadInput
from pos.domain.text import is_safe

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # the shop's own clock has no zone here
LONGEST_TEXT = 120
SUMMER_TIME = timedelta(hours=1)

TIMES = ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M")
"""Besides ISO 8601."""

NAMES: Mapping[str, tuple[str, ...]] = {
    "order": ("order", "order_id", "orderid", "order number", "order id", "transaction", "transaction_id", "receipt",
              "invoice", "ordre", "ordrenummer", "bestilling", "kvittering", "bilag"),
    "time": ("time", "datetime", "date", "timestamp", "order date", "order_time", "date_time", "tid", "tidspunkt",
             "dato"),
    "item": ("item", "sku", "item name", "item_name", "product", "name", "vare", "varenavn", "navn", "produkt"),
    "quantity": ("quantity", "qty", "count", "antall"),
    "price": ("price", "product price", "unit price", "unit_price", "amount", "pris", "beløp"),
}  # fmt: skip
"""What each column may be called when nobody has said."""

NEEDED = ("order", "time", "item")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row each thing stands; None for a column that the file does not have."""

    order: int
    time: int
    item: int
    quantity: int | None
    price: int | None


@dataclass(frozen=True, slots=True)
class PastLine:
    """A row that can be taken: `minute` since 1970 on the shop's own clock."""

    order: str
    minute: int
    item: str
    has_price: bool


@dataclass(slots=True)
class Clock:
    """Reads times as the shop's own clock showed them, and refuses a second clock in the same file."""

    zoned: bool | None = None
    offsets: list[timedelta] = field(default_factory=list)

    def minute(self, text: str) -> int | str:
        """Minutes since 1970, or why not."""
        at = _time(text)
        if at is None:
            return "history-time-unreadable"
        offset = at.utcoffset()
        if self.zoned is None:
            self.zoned = offset is not None
        if self.zoned != (offset is not None) or (offset is not None and not self._is_ours(offset)):
            return "history-other-zone"
        return (at.replace(tzinfo=None) - EPOCH) // timedelta(minutes=1)

    def _is_ours(self, offset: timedelta) -> bool:
        """Summer and winter time are one clock; anything else is another."""
        if offset not in self.offsets:
            if self.offsets and (len(self.offsets) > 1 or abs(offset - self.offsets[0]) != SUMMER_TIME):
                return False
            self.offsets.append(offset)
        return True


def columns_in(header: Sequence[str], chosen: Mapping[str, str]) -> Columns:
    """Find the columns by the names given, else by those that such files use. Raises `BadInput`."""
    places = {name.strip().casefold(): place for place, name in reversed(list(enumerate(header)))}
    found: dict[str, int] = {}
    for what, names in NAMES.items():
        if what in chosen:
            place = places.get(chosen[what].strip().casefold())
            if place is None:
                raise BadInput("history-no-such-column", column=chosen[what], columns=_shown(header))
        else:
            place = next((places[name] for name in names if name in places), None)
        if place is not None:
            found[what] = place
        elif what in NEEDED:
            raise BadInput("history-no-column", column=what, columns=_shown(header))
    return Columns(found["order"], found["time"], found["item"], found.get("quantity"), found.get("price"))


def read_row(row: Sequence[str], columns: Columns, clock: Clock) -> PastLine | str:
    """What a row says, or the id of the message that says why it cannot be taken."""
    needed = max(columns.order, columns.time, columns.item)
    if len(row) <= needed:
        return "history-row-short"
    order, item = row[columns.order].strip(), row[columns.item].strip()
    if not order:
        return "history-no-order"
    if not item:
        return "history-no-item"
    if not is_safe(order + item) or len(order) > LONGEST_TEXT or len(item) > LONGEST_TEXT:
        return "history-unsafe"
    if columns.quantity is not None and (wrong := _why_not_quantity(_cell(row, columns.quantity))) is not None:
        return wrong
    minute = clock.minute(row[columns.time].strip())
    if isinstance(minute, str):
        return minute
    price = _number(_cell(row, columns.price)) if columns.price is not None else None
    return PastLine(order, minute, item, price is not None)


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _why_not_quantity(text: str) -> str | None:
    if not text:
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


def _time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for shape in TIMES:
        try:
            return datetime.strptime(text, shape)  # noqa: DTZ007  # the shop's own clock
        except ValueError:
            continue
    return None


def _shown(header: Sequence[str]) -> str:
    """The names in a file, as far as they can be shown."""
    return ", ".join(name for name in header[:20] if is_safe(name))[:200]
