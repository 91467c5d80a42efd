"""Listening at the live counter: what a trainer heard, compared with the till's guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pos.domain.order.questions import OfferKind, Outcome
from pos.insights.figures.figures import is_too_fast
from pos.store import HeardQuestion, LedgerEntry, Store

ORDERS = 10
"""The most orders listened to at a time."""


@dataclass(frozen=True, slots=True)
class Overheard:
    """One question of a live order that somebody may have said."""

    entry: LedgerEntry

    @property
    def kind(self) -> OfferKind:
        """Which of the two."""
        return self.entry.row.kind

    @property
    def guess(self) -> bool:
        """Whether the till takes it for said: asked, and not refused in less than half the words' speaking time."""
        row = self.entry.row
        if row.outcome in (Outcome.NOT_ASKED, Outcome.NOT_APPLICABLE):
            return False
        return not is_too_fast(row)

    def heard(self, said: bool) -> HeardQuestion:
        """The trainer's mark, compared with the guess."""
        return HeardQuestion(self.entry.order_id, self.kind.value, said, self.guess)


def overheard(shop: Store, since: datetime, cashier: str = "") -> tuple[Overheard, ...]:
    """The questions of the orders paid since, of one cashier or of all; those that never came are left out."""
    return tuple(
        Overheard(entry)
        for entry in shop.ledger.rows(since=since)
        if entry.row.shown_at is not None and (not cashier or entry.cashier == cashier)
    )


def agreement(heard: Sequence[HeardQuestion]) -> tuple[int, int]:
    """In how many of how many the till's guess was what the trainer heard."""
    return sum(entry.said == entry.guessed for entry in heard), len(heard)
