"""Write-offs: finished staff meals, remakes and waste. They are counted, and are no sales."""

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
    """A line of a write-off. `worth` is its menu price, VAT included, without bundles; `cost` is what it costs the
    shop, None if unknown. `allergens`, `accepted` and `left_out` are as in a `SaleLine`."""

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
    """An order that was finished without a sale. `number` is 0 until the store has given it the next one of its till's
    series for write-offs; `call_number` is 0 if nobody waits for it. `cost` is None if the menu has the cost of no
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
    """How many write-offs there were for a purpose, their menu price, and their known cost, both in øre."""

    purpose: Purpose
    count: int
    worth_minor: int
    cost_minor: int


def cost_of(menu: Menu, line: LineItem) -> Money | None:
    """The cost of a line, before VAT; None if the menu does not have it."""
    each = menu.items[line.sku].cost.minor
    if not each:
        return None
    each += sum(menu.modifiers[modifier].cost.minor for modifier in line.modifiers)
    return Money(each * line.quantity)
