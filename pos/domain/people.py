"""The people who work here: their roles, and what each role may do."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pos.domain.errors import Refused
from pos.domain.value import value

LONGEST_NAME = 20
PIN_LENGTH = 4
"""As many digits each, so that the last one takes them."""
SHORTEST_BADGE, LONGEST_BADGE = 8, 40


class Role(StrEnum):
    """What somebody is in the shop."""

    CASHIER = "cashier"
    TRAINER = "trainer"
    SHIFT_LEAD = "shift_lead"
    MANAGER = "manager"


class Right(StrEnum):
    """What not everybody may do. Ringing, correcting, practice and discarding before money need no right."""

    REFUND = "refund"
    DISCOUNT = "discount"
    OPEN_DRAWER = "open_drawer"
    CHANGE_PRICE = "change_price"
    MOVE_MONEY = "move_money"
    """Float, pay-in, pay-out and drop."""
    CLOSE_SHIFT = "close_shift"
    """The count, and the Z."""


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.CASHIER: frozenset(),
    Role.TRAINER: frozenset(),
    Role.SHIFT_LEAD: frozenset(Right),
    Role.MANAGER: frozenset(Right),
}
"""A shift lead may do whatever a night can ask for: no manager is there at two."""


@value
class Person:
    """Somebody who works here. `id` is what the journal names them by; their name is unique among all."""

    id: int
    name: str
    role: Role

    def may(self, right: Right) -> bool:
        """Whether the person's role has a right."""
        return right in RIGHTS[self.role]


class NeedsRight(Refused):
    """A verb that somebody has to put their PIN or badge to who holds a right; it can be tried again so approved."""

    def __init__(self, right: Right) -> None:
        super().__init__("needs-right", right=right.value)
        self.right = right


def is_badge(code: str) -> bool:
    """Whether a code can be a badge's: letters and digits, long enough; neither an item's nor a receipt's number is."""
    return SHORTEST_BADGE <= len(code) <= LONGEST_BADGE and code.isascii() and code.isalnum() and not code.isdigit()
