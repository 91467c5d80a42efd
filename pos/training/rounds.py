"""A round: the log of one practice customer, from the first word to the paid order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pos.domain.asking.offers import why_nothing
from pos.domain.moment import Moment
from pos.domain.order.order import LineItem, Order, Tender
from pos.domain.order.questions import OfferKind, Outcome, Reason
from pos.domain.prompts import QuestionPrompt
from pos.domain.value import replace
from pos.training.customer.customers import Reply
from pos.training.customer.fit import Choice, Survey
from pos.training.customer.scenarios import Scenario, wanted_order


class PracticeWay(StrEnum):
    """The ways to practise: the till asks as in service; it asks nothing; against the clock; with a colleague."""

    GUIDED = "guided"
    ON_YOUR_OWN = "on-your-own"
    DRILL = "drill"
    PAIR = "pair"

    @property
    def message_id(self) -> str:
        """The id of its name in the catalogues."""
        return f"way-{self.value}"


class Did(StrEnum):
    """The kind of a step. `DUE`: a question was due, because checkout reached it. `SHOWN`: an offer was shown, or
    chosen by the trainee. `SAID`: the trainee said the words (Space). `KEYED`: an answer was keyed, right or wrong.
    `ASKED_AGE`: the trainee asked for proof of age. `HELPED`: the trainee called for help."""

    SPOKE = "spoke"
    RANG = "rang"
    ASKED_AGAIN = "asked_again"
    QUERY = "query"
    TOLD = "told"
    CHECKED_OUT = "checked_out"
    DUE = "due"
    SHOWN = "shown"
    SAID = "said"
    REPLIED = "replied"
    KEYED = "keyed"
    TAKEN_BACK = "taken_back"
    TENDERED = "tendered"
    PAID = "paid"
    ASKED_AGE = "asked_age"
    HELPED = "helped"


class Tick(StrEnum):
    """What a colleague can tick after playing the customer."""

    CLEAR = "clear"
    FRIENDLY = "friendly"
    NO_PRESSING = "no-pressing"


@dataclass(frozen=True, slots=True)
class RoundStep:
    """One step, `at` seconds after the customer came.

    Steps of a question have `kind`, `offer`, `fit`, `best`, `why_not` and `words` (their number). Keyed answers have
    `outcome`, `choice`, `count` and `reason`. The customer's answers have `reply`. `query` is the index of the
    utterance with the customer's question, and `given` the answer they got. `unsafe` names an allergen of the offer
    that the customer had mentioned. The answer to another prompt has the prompt's `topic` as its `offer`.
    """

    did: Did
    at: float
    kind: OfferKind | None = None
    offer: str | None = None
    fit: float = 0.0
    best: float = 0.0
    why_not: Reason | None = None
    words: int = 0
    outcome: Outcome | None = None
    choice: str | None = None
    count: int = 0
    reason: Reason | None = None
    reply: Reply | None = None
    query: int | None = None
    given: str | None = None
    unsafe: str = ""


@dataclass(frozen=True, slots=True)
class ReplacedLines:
    """The lines that a yes to a question of this kind replaced, as they were before."""

    kind: OfferKind
    lines: tuple[LineItem, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One customer who is being served or was served.

    Four states of the order are kept: `rung` before a yes added to it; `asked` when payment was first reached; `wished`
    after that, before another yes (a late wish can lead to one more question); `order` now, or as it was paid. `owed`
    are the questions that are due for this customer's order if it is rung correctly, so that a wrong mark does not
    avoid them. `replaced` are the lines replaced by the current answers. `language` is the till's. `ticks` are a
    colleague's in pair practice.
    """

    scenario: Scenario
    seed: int
    way: PracticeWay
    order: Order
    rung: Order | None = None
    asked: Order | None = None
    wished: Order | None = None
    steps: tuple[RoundStep, ...] = ()
    owed: frozenset[OfferKind] = frozenset()
    ticks: frozenset[Tick] = frozenset()
    replaced: tuple[ReplacedLines, ...] = ()
    language: str = "nb"

    @property
    def is_finished(self) -> bool:
        """Whether the customer has paid; only then is the round scored."""
        return any(step.did is Did.PAID for step in self.steps)

    @property
    def rests(self) -> Reason | None:
        """Why this customer should not be asked anything; None if they should."""
        return self.scenario.rest

    def seen(self, order: Order, *, at_payment: bool) -> Round:
        """The round after a verb, given the order now and whether the till is at payment.

        `rung` follows the order until a yes changes it or payment is reached; `asked` until payment is reached.
        """
        taken = _accepted(order)
        follows = self.asked is None and not taken
        wishes = self.asked is not None and taken == _accepted(self.asked)
        return replace(
            self,
            order=order,
            rung=order if follows or self.rung is None else self.rung,
            asked=order if at_payment and self.asked is None else self.asked,
            wished=order if wishes else self.wished,
            replaced=tuple(_replaced(self, order)),
        )

    @property
    def own_order(self) -> Order:
        """The order without what the answers to the two questions brought, and with what they replaced.

        It is what the trainee rang, early or late, to be compared with what the customer ordered.
        """
        there = {line.offered for line in self.order.lines}
        own = [line for line in self.order.lines if line.offered is None]
        back = [line for entry in self.replaced if entry.kind in there for line in entry.lines]
        return replace(self.order, lines=(*own, *back))

    def then(self, *steps: RoundStep) -> Round:
        """The round with more steps."""
        return replace(self, steps=(*self.steps, *steps))

    def of(self, kind: OfferKind) -> tuple[RoundStep, ...]:
        """The steps of one question."""
        return tuple(step for step in self.steps if step.kind is kind)

    def first(self, did: Did) -> RoundStep | None:
        """The first step of a kind."""
        return next((step for step in self.steps if step.did is did), None)

    def every(self, did: Did) -> Iterator[RoundStep]:
        """All steps of a kind."""
        return (step for step in self.steps if step.did is did)


def _accepted(order: Order) -> int:
    return sum(question.answer is Outcome.ACCEPTED for question in order.questions)


def _replaced(before: Round, order: Order) -> Iterator[ReplacedLines]:
    """The lines that the current yeses replaced: known for earlier ones, computed for a new one."""
    for kind in OfferKind:
        question, was = order.question(kind), before.order.question(kind)
        if question is None or question.answer is not Outcome.ACCEPTED:
            continue
        if was is not None and was.answer is Outcome.ACCEPTED:
            yield from (entry for entry in before.replaced if entry.kind is kind)
        else:
            gone = _units(before.order, kind) - _units(order, kind)
            yield ReplacedLines(kind, tuple(replace(line, quantity=count) for line, count in gone.items()))


def _units(order: Order, kind: OfferKind) -> Counter[LineItem]:
    """The units of each line, without what offers of a kind brought."""
    found: Counter[LineItem] = Counter()
    for line in order.lines:
        if line.offered is not kind:
            found[replace(line, id=0, quantity=0)] += line.quantity
    return found


def begin(scenario: Scenario, seed: int, way: PracticeWay, order: Order, moment: Moment, language: str = "nb") -> Round:
    """A new round: `order` is empty, `moment` is the counter before anything was marked."""
    wanted = wanted_order(scenario, moment.menu, order.opened_at)
    owed = frozenset(kind for kind in OfferKind if why_nothing(wanted, kind, moment) is None)
    return Round(scenario, seed, way, order, owed=owed, language=language)


def paid_order(order: Order, tenders: Iterable[Tender]) -> Order:
    """The order as it was paid: as it was before the last tender, with the tenders of its sale."""
    by_id = {tender.id: tender for tender in (*order.tenders, *tenders)}
    return replace(order, tenders=tuple(by_id[number] for number in sorted(by_id)))


def due(found: Survey, at: float) -> RoundStep:
    """The step for a question that is due, with what could have been asked."""
    return RoundStep(Did.DUE, at, found.kind, best=found.best)


def shown(prompt: QuestionPrompt, found: Survey, words: int, at: float) -> RoundStep:
    """The step for an offer that the till showed; `words` is the number of words of the question.

    The till's first choice is the shop's own and counts as the best; other candidates count by their fit.
    """
    offer = prompt.question.offer
    choice = next(entry for entry in found.choices if entry.offer_id == offer.id)
    fit = found.best if prompt.question.shown == 0 else found.fit_of(choice)
    return RoundStep(Did.SHOWN, at, offer.kind, offer.id, fit, found.best, words=words)


def chosen(choice: Choice, found: Survey, words: int, at: float) -> RoundStep:
    """The step for an offer that the trainee chose."""
    fit = found.fit_of(choice)
    return RoundStep(Did.SHOWN, at, choice.kind, choice.offer_id, fit, found.best, choice.why_not, words)


def said(shown_step: RoundStep, at: float) -> RoundStep:
    """The step for saying the words of the offer shown."""
    return replace(shown_step, did=Did.SAID, at=at)


def replied(kind: OfferKind, offer: str, reply: Reply, at: float) -> RoundStep:
    """The step for the customer's answer to a question."""
    return RoundStep(Did.REPLIED, at, kind, offer, reply=reply)


def keyed(
    kind: OfferKind,
    outcome: Outcome,
    at: float,
    *,
    offer: str | None = None,
    choice: str | None = None,
    count: int = 0,
    reason: Reason | None = None,
) -> RoundStep:
    """The step for a keyed answer: yes, no, not asked, or not for this customer with its reason."""
    return RoundStep(Did.KEYED, at, kind, offer, outcome=outcome, choice=choice, count=count, reason=reason)


def taken_back(kind: OfferKind, at: float) -> RoundStep:
    """The step for undoing a keyed answer."""
    return RoundStep(Did.TAKEN_BACK, at, kind)


def query_answered(query: int, given: str, at: float) -> RoundStep:
    """The step for answering the customer's question in the utterance at this index."""
    return RoundStep(Did.TOLD, at, query=query, given=given)


def tendered(reply: Reply, at: float) -> RoundStep:
    """The step for the customer saying how they pay; the tender that follows is in the order."""
    return RoundStep(Did.TENDERED, at, reply=reply)
