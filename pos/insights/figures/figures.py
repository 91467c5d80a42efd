"""The figures of asking: how often questions were shown, said and accepted, and what they added."""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.money import ZERO, Money, total
from pos.domain.order.questions import Outcome
from pos.domain.sale.ledger import LedgerRow
from pos.domain.value import value

WORDS_A_SECOND = 3
"""How fast people speak at a counter."""


@value
class Figures:
    """Counts of one kind, or of both together. `said` is shown, less not asked, less what was refused too fast to
    have been said; `gain` is what accepted offers still in the order added."""

    shown: int = 0
    not_asked: int = 0
    too_fast: int = 0
    accepted: int = 0
    not_applicable: int = 0
    gain: Money = ZERO

    @property
    def said(self) -> int:
        """Questions that a customer can have heard."""
        return self.shown - self.not_asked - self.too_fast

    @property
    def offer_rate(self) -> float | None:
        """Said of eligible, 0 to 1; None before anything could have been asked."""
        return self.said / self.shown if self.shown else None

    @property
    def take_rate(self) -> float | None:
        """Accepted of said, 0 to 1; None before anything was said."""
        return self.accepted / self.said if self.said else None


def is_too_fast(row: LedgerRow) -> bool:
    """Whether a refusal came in less than half the time that saying the words takes; False if its time is unknown."""
    return (
        row.outcome is Outcome.DECLINED and row.seconds is not None and sooner_than_said(row.seconds, row.spoken_words)
    )


def sooner_than_said(seconds: float, spoken_words: int) -> bool:
    """Whether an answer took less than half the time that the words need to be said."""
    return seconds < spoken_words / WORDS_A_SECOND / 2


def figures(rows: Iterable[LedgerRow]) -> Figures:
    """Count rows of the ledger."""
    counted = list(rows)
    asked = [row for row in counted if row.outcome is not Outcome.NOT_APPLICABLE]
    return Figures(
        shown=len(asked),
        not_asked=sum(row.outcome is Outcome.NOT_ASKED for row in asked),
        too_fast=sum(is_too_fast(row) for row in asked),
        accepted=sum(row.outcome is Outcome.ACCEPTED for row in asked),
        not_applicable=len(counted) - len(asked),
        gain=total(row.gain for row in asked),
    )
