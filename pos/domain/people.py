"""The people who work here: their roles, and what each role may do."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pos.domain.errors import Refused
from pos.domain.value import value

LONGEST_NAME = 20
PIN_LENGTH = 4
"""Digits of every PIN, so that the last digit submits it."""
SHORTEST_BADGE, LONGEST_BADGE = 8, 40


class Role(StrEnum):
    """The role of a person in the shop."""

    CASHIER = "cashier"
    TRAINER = "trainer"
    SHIFT_LEAD = "shift_lead"
    MANAGER = "manager"


class Right(StrEnum):
    """What needs a right. Ringing, correcting, practice and discarding before payment need none."""

    REFUND = "refund"
    DISCOUNT = "discount"
    OPEN_DRAWER = "open_drawer"
    CHANGE_PRICE = "change_price"
    MOVE_MONEY = "move_money"
    """Float, pay-in, pay-out and drop."""
    CLOSE_SHIFT = "close_shift"
    """The count and the Z."""


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.CASHIER: frozenset(),
    Role.TRAINER: frozenset(),
    Role.SHIFT_LEAD: frozenset(Right),
    Role.MANAGER: frozenset(Right),
}
"""The rights of each role. A shift lead has all that a night shift needs, when no manager is there."""


@value
class Person:
    """A person who works here. The journal refers to `id`; `name` is unique."""

    id: int
    name: str
    role: Role

    def may(self, right: Right) -> bool:
        """Whether the person's role has a right."""
        return right in RIGHTS[self.role]


class NeedsRight(Refused):
    """The verb needs a right that the person lacks. It can be repeated with somebody's approval."""

    def __init__(self, right: Right) -> None:
        super().__init__("needs-right", right=right.value)
        self.right = right


def is_badge(code: str) -> bool:
    """Whether a code has the form of a badge: letters and digits, long enough. Numbers of items and receipts have
    not."""
    return SHORTEST_BADGE <= len(code) <= LONGEST_BADGE and code.isascii() and code.isalnum() and not code.isdigit()


HIDDEN = "●" * SHORTEST_BADGE


def unsaid(code: str, most: int, *, has_people: bool) -> str:
    """A code as a message shows it: its first characters. Nothing of a code that may be somebody's badge: `has_people`
    says whether anybody signs in here."""
    return HIDDEN if has_people and is_badge(code) else code[:most]
