"""A write-off: what a staff meal, a remake or waste becomes when it is ended. It is counted, and no sale."""

from __future__ import annotations

from datetime import date, datetime

from pos.domain.menu.items import ServingMode
from pos.domain.menu.menu import Menu, Shop
from pos.domain.money import Money
from pos.domain.order.order import LineItem, Purpose
from pos.domain.order.sent import FirstTicket, Sent
from pos.domain.text import LocalText
from pos.domain.value import value


@value
class WriteOffLine:
    """One row of a write-off. `worth` is what it costs by the menu, VAT included, without bundles; `cost` is what it
    costs the shop, None where the menu does not say. `allergens`, `accepted` and `left_out` are as in a
    `SaleLine`."""

    sku: str
    name: LocalText
    details: tuple[LocalText, ...]
    note: str
    quantity: int
    worth: Money
    cost: Money | None
    allergens: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    left_out: tuple[LocalText, ...] = ()


@value
class WriteOff:
    """An order that was ended without a sale. `number` is 0 until the store has given it the next of its till's series
    for write-offs; `call_number` is 0 where nobody waits for it. `cost` is None where the menu knows the cost of no
    line."""

    order_id: str
    till: str
    series: str
    number: int
    call_number: int
    purpose: Purpose
    at: datetime
    business_day: date
    cashier: str
    language: str
    serving_mode: ServingMode
    shop: Shop
    lines: tuple[WriteOffLine, ...]
    worth: Money
    cost: Money | None
    note: str = ""
    allergens: tuple[str, ...] = ()
    kitchen_slip: bool = False
    sent: Sent | None = None
    remakes: FirstTicket | None = None


@value
class WriteOffSum:
    """How many write-offs there were of a purpose, what they were worth by the menu, and what they cost the shop as far
    as the menu says, both in øre."""

    purpose: Purpose
    count: int
    worth_minor: int
    cost_minor: int


def cost_of(menu: Menu, line: LineItem) -> Money | None:
    """What a line costs the shop, before VAT; None for an item whose cost the menu does not say."""
    each = menu.items[line.sku].cost.minor
    if not each:
        return None
    each += sum(menu.modifiers[modifier].cost.minor for modifier in line.modifiers)
    return Money(each * line.quantity)
