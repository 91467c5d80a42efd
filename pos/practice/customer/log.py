"""The log of a visit, and what can be read off it: nothing else is kept of a customer."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.order.questions import OfferKind
from pos.domain.prompts import Prompt, QuestionPrompt
from pos.domain.text import LocalText
from pos.register import Register
from pos.training import Customer, Did, Meaning, PracticeWay, Query, Reply, Round, RoundStep, Scenario, topic
from pos.training.customer.paying import is_awaited, taken_for


class Log:
    """One customer's round at a register. `came` is when they began to speak, in ticks; None while they wait."""

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
        """Seconds since the customer came; none pass while they wait."""
        return 0.0 if self.came is None else max(0.0, self.register.timeline.ticks() - self.came)

    @property
    def heard(self) -> int:
        """How many utterances have been said."""
        return sum(step.did in (Did.SPOKE, Did.QUERY) for step in self.round.steps)

    @property
    def has_more(self) -> bool:
        """Whether the customer has not said everything yet."""
        return self.heard < len(self.scenario.says)

    @property
    def query(self) -> tuple[int, Query] | None:
        """What the customer wants to know, with the place of the utterance; None when nothing waits for an answer."""
        answered = {step.query for step in self.round.every(Did.TOLD)}
        for step in self.round.every(Did.QUERY):
            query = self.scenario.says[step.query or 0].query
            if step.query not in answered and query is not None:
                return step.query or 0, query
        return None

    @property
    def last_tendered(self) -> Reply | None:
        """How the customer said they pay, while it has not been taken: of cash the last note may be missing."""
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
        """Everything that the customer has said, with when."""
        for step in self.round.steps:
            if step.did in (Did.SPOKE, Did.QUERY):
                yield step.at, self.scenario.says[step.query or 0].words
            elif step.reply is not None and step.did in (Did.REPLIED, Did.TENDERED):
                yield step.at, step.reply.words

    def last_shown(self, kind: OfferKind) -> RoundStep | None:
        """What was last put on the screen, or chosen, in a question."""
        return next((step for step in reversed(self.round.of(kind)) if step.did is Did.SHOWN), None)

    def has_replied(self, kind: OfferKind, offer: str) -> bool:
        """Whether the customer has answered to an offer since it was last shown."""
        for step in reversed(self.round.of(kind)):
            if step.did is Did.REPLIED and step.offer == offer:
                return True
            if step.did is Did.SHOWN:
                return False
        return False

    def has_heard(self, prompt: Prompt) -> bool:
        """Whether the customer has answered what the till asks, so that an answer may be keyed.

        Of a question counts an answer to this offer, or one that led to it.
        """
        if isinstance(prompt, QuestionPrompt):
            offer = prompt.question.offer.id
            replies = (step for step in self.round.of(prompt.question.kind) if step.did is Did.REPLIED)
            return any(offer in (step.offer, step.reply.offer if step.reply else None) for step in replies)
        return any(step.kind is None and step.offer == topic(prompt) for step in self.round.every(Did.REPLIED))

    def rang_since(self, before: Round) -> bool:
        """Whether something was rung that was not in an earlier state of the round."""
        return any(step.did is Did.RANG for step in self.round.steps[len(before.steps) :])

    @property
    def times_again(self) -> int:
        """How often the customer was asked to say it again."""
        return sum(1 for _ in self.round.every(Did.ASKED_AGAIN))

    def times(self, kind: OfferKind, offer: str) -> int:
        """How often the customer has answered to an offer."""
        return sum(step.did is Did.REPLIED and step.offer == offer for step in self.round.of(kind))

    def note(self, *steps: RoundStep) -> None:
        """Put steps into the log."""
        if steps:
            self.round = self.round.then(*steps)
