"""The offer ledger: the events of offers, and the outcome of both kinds in each sale."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from pos.domain.money import ZERO, Money
from pos.domain.order.questions import OfferKind, Outcome, Reason
from pos.domain.value import value


class EventName(StrEnum):
    """What can happen to an offer."""

    SHOWN = "shown"
    PASSED = "passed"
    ANSWERED = "answered"
    TAKEN_BACK = "taken_back"
    WITHDRAWN = "withdrawn"
    CHANGED_MIND = "changed_mind"


@value
class OfferEvent:
    """An event of an offer. `outcome` and `count` (of `units`) are for an answer, `reason` is for a withdrawal."""

    name: EventName
    kind: OfferKind
    offer_id: str
    at: datetime
    outcome: Outcome | None = None
    reason: Reason | None = None
    count: int = 0
    units: int = 0


@value
class LedgerRow:
    """The outcome of one kind of offer in a finished sale: one of two that every sale has.

    `count` of `units` were accepted and `kept` of them were still in the order at payment; `gain` is what those added
    to the total, `margin` their margin before VAT. `spoken_words` is the number of words of the question, `propensity`
    the probability of choosing the offer; `order_total` is the order's total after the answer, None without one.
    `phrase` is the form of the words, `wording` the id of the wording; `second` says that the order already had
    something of the kind.
    """

    kind: OfferKind
    outcome: Outcome
    reason: Reason | None = None
    offer_id: str | None = None
    offered: str | None = None
    units: int = 0
    count: int = 0
    kept: int = 0
    gain: Money = ZERO
    shown_at: datetime | None = None
    answered_at: datetime | None = None
    phrase: str = ""
    spoken_words: int = 0
    propensity: float = 1.0
    margin: Money = ZERO
    order_total: Money | None = None
    wording: str = ""
    second: bool = False
    answer_ms: int | None = None

    @property
    def seconds(self) -> float | None:
        """From the question to its answer; None without one, or if unknown because the clock was set back."""
        if self.shown_at is None or self.answered_at is None:
            return None
        if self.answer_ms is not None:
            return self.answer_ms / 1000
        seconds = (self.answered_at - self.shown_at).total_seconds()
        return seconds if seconds >= 0 else None


class KindFacts(NamedTuple):
    """One kind of a finished sale, for sums: amounts in øre, times in microseconds since 1970, `second` 1 or 0."""

    outcome: str
    reason: str | None
    offer: str | None
    kept: int
    gain: int
    margin: int
    shown_us: int | None
    answered_us: int | None
    phrase: str
    spoken_words: int
    order_total: int | None
    wording: str
    second: int
    answer_ms: int | None

    def less(self, lost: LostFacts) -> KindFacts:
        """The kind less what a refund took away."""
        return self._replace(kept=self.kept - lost.kept, gain=self.gain - lost.gain, margin=self.margin - lost.margin)


class LostFacts(NamedTuple):
    """What a refund takes from one kind of a sale, for sums, in øre."""

    kept: int = 0
    gain: int = 0
    margin: int = 0


class SaleFacts(NamedTuple):
    """A finished sale, for sums: its id, the local minute of the day and the business day of payment, the cashier, the
    price of its goods in øre, its channel (None: the counter), and both kinds."""

    id: int
    minute: int
    business_day: str
    cashier: str
    total: int
    channel: str | None
    upsell: KindFacts
    cross_sell: KindFacts

    def less(self, total: int, upsell: LostFacts, cross_sell: LostFacts) -> SaleFacts:
        """The sale less a refund: of its total, and of both kinds."""
        return self._replace(
            total=self.total - total,
            upsell=self.upsell.less(upsell),
            cross_sell=self.cross_sell.less(cross_sell),
        )


class RefundFacts(NamedTuple):
    """A refund, for sums: its id in the file, and its sale before and after it."""

    id: int
    before: SaleFacts
    after: SaleFacts
