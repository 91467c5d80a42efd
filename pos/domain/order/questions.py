"""The two questions of an order: their candidates, the one shown, and the answer."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pos.domain.menu.items import Sku
from pos.domain.menu.paths import Words
from pos.domain.money import ZERO, Money
from pos.domain.value import replace, value


class OfferKind(StrEnum):
    """Question 1 is always an up-sell, question 2 always a cross-sell."""

    UPSELL = "upsell"
    CROSS_SELL = "cross_sell"

    @property
    def number(self) -> int:
        """1 or 2."""
        return 1 if self is OfferKind.UPSELL else 2


class Outcome(StrEnum):
    """The outcome of a kind of offer in an order."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"
    NOT_APPLICABLE = "not_applicable"


class Reason(StrEnum):
    """Why a question does not apply. The list is closed, and ordered: if several apply, the first one is shown."""

    SOLD_OUT = "sold_out"
    ALLERGEN = "allergen"
    REFUSED_BEFORE = "refused_before"
    ALREADY_IN_ORDER = "already_in_order"
    SIZE_STATED = "size_stated"
    DAYPART = "daypart"
    TOP_STEP = "top_step"
    NOTHING_TO_OFFER = "nothing_to_offer"
    CHILD = "child"
    LEFT_ALONE = "left_alone"
    STAFF = "staff"
    NOT_PRESENT = "not_present"
    """A delivery, or somebody on the telephone."""
    EXCHANGE = "exchange"
    """Both questions were asked for the sale whose goods are returned."""
    CONTROL = "control"
    BY_HAND = "by_hand"
    """Practice only: the trainee asks unprompted. A shop's till refuses such an order."""


HERE_REASONS = (Reason.CHILD, Reason.LEFT_ALONE, Reason.STAFF)
"""The reasons for a customer at the counter."""

SAID_REASONS = (*HERE_REASONS, Reason.NOT_PRESENT)
"""The reasons that the cashier may give: *not for this customer*."""


@value
class Offer:
    """A thing we could propose. An up-sell raises `lines` to `sku` or puts `modifier` on them; a
    cross-sell adds one of `sku` because of `lines`. `words` are in the one wording that the order has of it; `units`
    is how many the lines hold, `margin` what a yes to all of them adds, before VAT."""

    kind: OfferKind
    id: str
    lines: tuple[int, ...]
    words: Words
    sku: Sku | None = None
    modifier: str | None = None
    units: int = 1
    priority: int = 0
    margin: Money = ZERO
    propensity: float = 1.0
    """The probability with which it was chosen; 1 while the manager decides."""
    second: bool = False
    """Whether the order already has something of the kind, as for a second drink."""

    def chosen_with(self, propensity: float) -> Offer:
        """The same with a propensity. Faster than `replace`, which would take a tenth of the time of choosing."""
        beside = self.sku, self.modifier, self.units, self.priority, self.margin
        return Offer(self.kind, self.id, self.lines, self.words, *beside, propensity, self.second)


@value
class Question:
    """The frozen question of a kind: at most three candidates, ranked, and the one shown.

    `shown_at` is when it first appeared, `presented_at` when what is on the screen now did; `count` is how many are
    offered; `gain` is what the answer added to the order's total, `margin` its margin before VAT, and `order_total` the
    total afterwards; `phrase` and `spoken_words` are the form of the words shown when it was answered, and their
    number; `answer_ms` is the time to the answer, None if the machine cannot tell.
    """

    kind: OfferKind
    candidates: tuple[Offer, ...]
    shown_at: datetime
    presented_at: datetime
    shown: int = 0
    count: int = 1
    answer: Outcome | None = None
    answered_at: datetime | None = None
    gain: Money = ZERO
    phrase: str = ""
    spoken_words: int = 0
    margin: Money = ZERO
    order_total: Money | None = None
    answer_ms: int | None = None

    @property
    def offer(self) -> Offer:
        """The offer shown."""
        return self.candidates[self.shown]

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answer is None

    def turned_to(self, place: int, at: datetime) -> Question:
        """The question with another of its candidates shown, for all the lines that it covers."""
        return replace(self, shown=place, count=self.candidates[place].units, presented_at=at)


@value
class NotApplicable:
    """A kind of offer that does not apply, and why."""

    kind: OfferKind
    reason: Reason


@value
class Decision:
    """The outcome of a kind of offer in an order: one of two that every sale has."""

    kind: OfferKind
    outcome: Outcome
    reason: Reason | None = None
    question: Question | None = None
