"""What was sent to the kitchen before payment."""

from __future__ import annotations

from datetime import datetime

from pos.domain.menu.items import ServingMode
from pos.domain.text import LocalText
from pos.domain.value import value


@value
class KitchenLine:
    """A quantity of an item as the kitchen makes it. `left_out` are those details that are parts left out; `allergens`
    are noted on this line alone; `accepted` are the noted ones that the customer accepted in it."""

    quantity: int
    name: LocalText
    details: tuple[LocalText, ...] = ()
    left_out: tuple[LocalText, ...] = ()
    note: str = ""
    allergens: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()

    @property
    def is_special(self) -> bool:
        """Whether it differs from the menu: such a line comes first."""
        return bool(self.note or self.allergens or self.accepted or self.left_out)


@value
class FirstTicket:
    """The ticket that a later one extends, corrects or makes again: the order's name on it, and its time."""

    name: LocalText
    at: datetime


@value
class Sent:
    """The order as last sent to the kitchen; `name` and `at` are those of the first ticket."""

    name: LocalText
    at: datetime
    lines: tuple[KitchenLine, ...] = ()
    serving_mode: ServingMode | None = None
    allergens: tuple[str, ...] = ()
    note: str = ""
