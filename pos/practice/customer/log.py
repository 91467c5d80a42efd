"""The log of a visit, and what is derived from it. Nothing else is stored about a customer."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.order.questions import OfferKind
from pos.domain.prompts import Prompt, QuestionPrompt
from pos.domain.text import LocalText
from pos.register import Register
from pos.training import Customer, Did, Meaning, PracticeWay, Query, Reply, Round, RoundStep, Scenario, topic
from pos.training.customer.paying import is_awaited, taken_for


class Log:
    """One customer's round at a register. `came` is the tick at which they began to speak; None while they wait."""

    def __init__(self, register: Register, played: Round, came: float | None) -> None:
        self.register = register
        self.round = played
        self.came = came
        self.customer = Customer(played.scenario, played.seed)

    # what is there

    @property
    def scenario(self) -> Scenario:
        """Who the customer is."""
        return self.round.scenario

    @property
    def by_hand(self) -> bool:
        """Whether the till asks nothing."""
        return self.round.way is PracticeWay.ON_YOUR_OWN

    @property
    def at(self) -> float:
        """Seconds since the customer began to speak; 0 while they wait."""
        return 0.0 if self.came is None else max(0.0, self.register.timeline.ticks() - self.came)

    @property
    def heard(self) -> int:
        """The number of utterances that were said."""
        return sum(step.did in (Did.SPOKE, Did.QUERY) for step in self.round.steps)

    @property
    def has_more(self) -> bool:
        """Whether the customer has more to say."""
        return self.heard < len(self.scenario.says)

    @property
    def query(self) -> tuple[int, Query] | None:
        """The customer's open question with the index of its utterance; None if there is none."""
        answered = {step.query for step in self.round.every(Did.TOLD)}
        for step in self.round.every(Did.QUERY):
            query = self.scenario.says[step.query or 0].query
            if step.query not in answered and query is not None:
                return step.query or 0, query
        return None

    @property
    def last_tendered(self) -> Reply | None:
        """How the customer said they pay, until the payment is taken; for cash the last note may be missing."""
        replies = [step.reply for step in self.round.every(Did.TENDERED) if step.reply is not None]
        said = [reply.pays for reply in replies if reply.pays is not None]
        taken = taken_for(said, self.round.order.tenders)
        return replies[-1] if said and is_awaited(taken[len(said) - 1]) else None

    @property
    def at_terminal(self) -> Reply | None:
        """What the customer did when a payment was last sent to the terminal."""
        replies = (step.reply for step in reversed(self.round.steps) if step.did is Did.REPLIED and step.kind is None)
        found = next(replies, None)
        known = found is not None and found.means in (Meaning.APPROVED, Meaning.DECLINED, Meaning.NOTHING)
        return found if known else None

    def spoken(self) -> Iterator[tuple[float, LocalText]]:
        """Everything that the customer has said, with the time."""
        for step in self.round.steps:
            if step.did in (Did.SPOKE, Did.QUERY):
                yield step.at, self.scenario.says[step.query or 0].words
            elif step.reply is not None and step.did in (Did.REPLIED, Did.TENDERED):
                yield step.at, step.reply.words

    def last_shown(self, kind: OfferKind) -> RoundStep | None:
        """The offer of a question that was last shown or chosen."""
        return next((step for step in reversed(self.round.of(kind)) if step.did is Did.SHOWN), None)

    def has_replied(self, kind: OfferKind, offer: str) -> bool:
        """Whether the customer has answered an offer since it was last shown."""
        for step in reversed(self.round.of(kind)):
            if step.did is Did.REPLIED and step.offer == offer:
                return True
            if step.did is Did.SHOWN:
                return False
        return False

    def has_heard(self, prompt: Prompt) -> bool:
        """Whether the customer has answered the till's prompt, so that the answer may be keyed.

        For a question, an answer to this offer counts, or to one that led to it.
        """
        if isinstance(prompt, QuestionPrompt):
            offer = prompt.question.offer.id
            replies = (step for step in self.round.of(prompt.question.kind) if step.did is Did.REPLIED)
            return any(offer in (step.offer, step.reply.offer if step.reply else None) for step in replies)
        return any(step.kind is None and step.offer == topic(prompt) for step in self.round.every(Did.REPLIED))

    def rang_since(self, before: Round) -> bool:
        """Whether something was rung since an earlier state of the round."""
        return any(step.did is Did.RANG for step in self.round.steps[len(before.steps) :])

    @property
    def times_again(self) -> int:
        """How often the customer was asked to repeat their words."""
        return sum(1 for _ in self.round.every(Did.ASKED_AGAIN))

    def times(self, kind: OfferKind, offer: str) -> int:
        """How often the customer has answered an offer."""
        return sum(step.did is Did.REPLIED and step.offer == offer for step in self.round.of(kind))

    def note(self, *steps: RoundStep) -> None:
        """Add steps to the log."""
        if steps:
            self.round = self.round.then(*steps)
