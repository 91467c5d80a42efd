"""What the kitchen has been told of an order before it was paid."""

from __future__ import annotations

from datetime import datetime

from pos.domain.menu.items import ServingMode
from pos.domain.text import LocalText
from pos.domain.value import value


@value
class KitchenLine:
    """So many of one thing, as the kitchen makes it. `left_out` are those of the details that are parts left out;
    `allergens` are noted on this line alone, `accepted` the noted ones that the customer accepted in it."""

    quantity: int
    name: LocalText
    details: tuple[LocalText, ...] = ()
    left_out: tuple[LocalText, ...] = ()
    note: str = ""
    allergens: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()

    @property
    def is_special(self) -> bool:
        """Whether it is not as the menu has it: such a line comes first."""
        return bool(self.note or self.allergens or self.accepted or self.left_out)


@value
class FirstTicket:
    """The ticket that a later one adds to, corrects or makes again: what it called the order, and when it was
    written."""

    name: LocalText
    at: datetime


@value
class Sent:
    """The order as it was last sent to the kitchen; `name` is what the first ticket called it, `at` when that was."""

    name: LocalText
    at: datetime
    lines: tuple[KitchenLine, ...] = ()
    serving_mode: ServingMode | None = None
    allergens: tuple[str, ...] = ()
    note: str = ""
