"""The two questions of an order: their candidates, the one shown, and the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from pos.domain.menu.items import Sku
from pos.domain.menu.paths import Words
from pos.domain.money import ZERO, Money
from pos.domain.value import value


class OfferKind(StrEnum):
    """Question 1 is always an up-sell, question 2 always a cross-sell."""

    UPSELL = "upsell"
    CROSS_SELL = "cross_sell"

    @property
    def number(self) -> int:
        """1 or 2."""
        return 1 if self is OfferKind.UPSELL else 2


class Outcome(StrEnum):
    """What became of a kind in an order."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"
    NOT_APPLICABLE = "not_applicable"


class Reason(StrEnum):
    """Why a question does not apply. The list is closed.

    Of the reasons why there is nothing to offer, the first here says most about an order.
    """

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
    """It takes the place of what goes back of a sale, of which both were asked."""
    CONTROL = "control"
    BY_HAND = "by_hand"
    """Practice only: the trainee asks unprompted. A shop's register refuses such an order."""


HERE_REASONS = (Reason.CHILD, Reason.LEFT_ALONE, Reason.STAFF)
"""The reasons that somebody who stands at the counter can give."""

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
    """How likely it was to be chosen; 1 while the choice is the manager's."""
    second: bool = False
    """Whether the order has something of its sort already: a second drink."""

    def chosen_with(self, propensity: float) -> Offer:
        """The same, with how likely it was to be chosen. `replace` would take a tenth of what choosing does."""
        beside = self.sku, self.modifier, self.units, self.priority, self.margin
        return Offer(self.kind, self.id, self.lines, self.words, *beside, propensity, self.second)


@value
class Question:
    """The frozen question of a kind: at most three candidates, ranked, and the one shown.

    `shown_at` is when it first appeared, `presented_at` when what is on the screen now did; `count` is how many
    are meant; `gain` is what the answer added to the order's total, `margin` what it left of that before VAT, and
    `order_total` what the order came to with it; `phrase` and `spoken_words` are which words stood when it was
    answered, and how many; `answer_ms` is how long the answer took, None if the machine cannot tell.
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
        """Whether it still waits for an answer."""
        return self.answer is None

    def turned_to(self, place: int, at: datetime) -> Question:
        """The question with another of its candidates shown, for all of the lines that it covers."""
        return replace(self, shown=place, count=self.candidates[place].units, presented_at=at)


@value
class NotApplicable:
    """A kind that nothing could be asked for, and why."""

    kind: OfferKind
    reason: Reason


@value
class Decision:
    """What became of a kind in an order: one of two that every sale has."""

    kind: OfferKind
    outcome: Outcome
    reason: Reason | None = None
    question: Question | None = None
