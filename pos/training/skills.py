"""The skills that can be practised, and grades for the schedule of repetitions."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Skill(StrEnum):
    """One skill of a seller. The first five are about both questions, by kind of order."""

    ASK_SINGLE = "ask-single"
    ASK_MEAL = "ask-meal"
    ASK_SMALL = "ask-small"
    ASK_HOURS = "ask-hours"
    ASK_GROUP = "ask-group"
    SIZES_SAID = "sizes-said"
    SLOTS = "slots"
    CHANGES = "changes"
    ALLERGENS = "allergens"
    CUSTOMER_ASKS = "customer-asks"
    SOLD_OUT = "sold-out"
    SERVING_MODE = "serving-mode"
    PROOF_OF_AGE = "proof-of-age"
    COUPON = "coupon"
    CORRECTIONS = "corrections"
    CHANGED_MIND = "changed-mind"
    LANGUAGE = "language"
    CASH = "cash"
    CARD = "card"
    SPLIT_PAYMENT = "split-payment"
    NOT_FOR_CUSTOMER = "not-for-customer"
    TAKING_NO = "taking-no"
    HEARING_RIGHT = "hearing-right"
    PUTTING_RIGHT = "putting-right"
    PACE = "pace"

    @property
    def message_id(self) -> str:
        """The id of its name in the catalogues."""
        return f"skill-{self.value}"


class Grade(IntEnum):
    """How well a skill was shown once, in the four grades of spaced repetition (numbered as in FSRS)."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4

    @property
    def message_id(self) -> str:
        """The id of its name in the catalogues."""
        return f"grade-{self.name.lower()}"
