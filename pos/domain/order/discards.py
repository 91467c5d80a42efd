"""The reasons for discarding an order: a closed list, each with a key at the counter."""

from __future__ import annotations

from enum import StrEnum


class DiscardReason(StrEnum):
    """Why an order was discarded before it was paid."""

    CHANGED_MIND = "changed_mind"
    LEFT = "left"
    CANNOT_PAY = "cannot_pay"
    UNAVAILABLE = "unavailable"
    MISTAKE = "mistake"
    TEST = "test"
    UNSAID = "unsaid"
    """Without a key: set by a program, which has nobody to ask."""


SAID_DISCARD_REASONS = tuple(reason for reason in DiscardReason if reason is not DiscardReason.UNSAID)
