"""The open orders in the kitchen: their parts put together, and how long they have waited.

Apart from what the store needs, so that the start of a till does not load it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from pos.domain.menu.items import ServingMode
from pos.domain.order.order import Purpose
from pos.domain.order.sent import KitchenLine
from pos.domain.sale.in_kitchen import KitchenPart, PartKind, PartRef
from pos.domain.sale.tickets import difference
from pos.domain.text import LocalText
from pos.domain.value import value

LATE = timedelta(minutes=10)
"""An order that has waited this long is late."""


@value
class KitchenOrder:
    """An open order in the kitchen. `since` is the time of its oldest open part, `lines` what is to be made of all
    parts, `cancelled` what was sent and is called off. `is_changed` says that allergens, note or serving mode differ
    from the first ticket; `is_paid` whether it is paid, or need not be."""

    order_id: str
    call_number: int
    name: LocalText
    till: str
    since: datetime
    purpose: Purpose
    serving_mode: ServingMode | None
    channel_name: LocalText | None
    allergens: tuple[str, ...]
    note: str
    lines: tuple[KitchenLine, ...]
    cancelled: tuple[KitchenLine, ...]
    is_changed: bool
    is_paid: bool
    parts: tuple[PartRef, ...]

    def minutes(self, now: datetime) -> int:
        """The whole minutes that it has waited; 0 if the clock was set back."""
        return max(0, int((now - self.since) / timedelta(minutes=1)))

    @property
    def is_called_off(self) -> bool:
        """Whether all of the order is cancelled: it is still shown, but nothing is left to make."""
        return bool(self.cancelled) and not self.lines

    def is_late(self, now: datetime) -> bool:
        """Whether it has waited too long."""
        return not self.is_called_off and now - self.since >= LATE


def open_orders(parts: Iterable[KitchenPart]) -> tuple[KitchenOrder, ...]:
    """The orders of some parts, the longest waiting first; orders whose parts are all done are left out."""
    of_order: dict[str, list[KitchenPart]] = {}
    for part in sorted(parts, key=_place):
        of_order.setdefault(part.ticket.order_id, []).append(part)
    found = (_together(some) for some in of_order.values() if any(part.ticket.says_something for part in some))
    return tuple(sorted(found, key=lambda order: (order.since, order.order_id)))


def _place(part: KitchenPart) -> tuple[bool, int]:
    """Which part says more of an order than the one before, however the clock was set in between: what was paid or
    written off says all of it, and a correction of that changes no allergy."""
    return part.ref.kind is not PartKind.TICKET, part.ref.id


def _together(parts: list[KitchenPart]) -> KitchenOrder:
    tickets = [part.ticket for part in parts]
    latest = next((ticket for ticket in reversed(tickets) if ticket.call_number), tickets[-1])
    last = tickets[-1]
    cancelled = tuple(line for ticket in tickets for line in ticket.cancelled)
    made, _ = difference((line for ticket in tickets for line in ticket.lines), cancelled)
    lines = sorted(made, key=lambda line: not line.is_special)
    return KitchenOrder(
        order_id=last.order_id,
        call_number=latest.call_number,
        name=latest.name,
        till=last.till,
        since=min(ticket.at for ticket in tickets if ticket.says_something),
        purpose=last.purpose,
        serving_mode=last.serving_mode,
        channel_name=last.channel_name,
        allergens=last.allergens,
        note=last.note,
        lines=tuple(lines),
        cancelled=cancelled,
        is_changed=any(ticket.is_changed for ticket in tickets),
        is_paid=any(part.ref.kind is not PartKind.TICKET for part in parts),
        parts=tuple(part.ref for part in parts),
    )
