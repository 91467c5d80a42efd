"""Listening at the live counter: compares what a trainer heard with the till's guess."""

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
    """One question of a live order that may have been said."""

    entry: LedgerEntry

    @property
    def kind(self) -> OfferKind:
        """Which of the two questions it is."""
        return self.entry.row.kind

    @property
    def guess(self) -> bool:
        """Whether the till counts it as said: asked, and not refused in less than half the time that the words take."""
        row = self.entry.row
        if row.outcome in (Outcome.NOT_ASKED, Outcome.NOT_APPLICABLE):
            return False
        return not is_too_fast(row)

    def heard(self, said: bool) -> HeardQuestion:
        """The trainer's mark, compared with the guess."""
        return HeardQuestion(self.entry.order_id, self.kind.value, said, self.guess)


def overheard(shop: Store, since: datetime, cashier: str = "") -> tuple[Overheard, ...]:
    """The questions of orders paid since a time, of one cashier or of all. Questions that were never shown are left
    out."""
    return tuple(
        Overheard(entry)
        for entry in shop.ledger.rows(since=since)
        if entry.row.shown_at is not None and (not cashier or entry.cashier == cashier)
    )


def agreement(heard: Sequence[HeardQuestion]) -> tuple[int, int]:
    """The number of questions for which the till's guess was right, and the number of all."""
    return sum(entry.said == entry.guessed for entry in heard), len(heard)
