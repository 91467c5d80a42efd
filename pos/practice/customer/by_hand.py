"""A question that the trainee asks unprompted: the offer, its words, and the answer."""

from __future__ import annotations

from pos.domain.asking.offers import MOST_OF_AN_OFFER
from pos.domain.errors import Refused
from pos.domain.menu.items import ModifierGroup
from pos.domain.order.questions import Offer, OfferKind, Outcome, Question
from pos.domain.prompts import QuestionPrompt, decision, question_prompt
from pos.domain.value import replace
from pos.practice.customer.register import settle_by_hand
from pos.practice.customer.visit import Visit, unsafe_for
from pos.training import Choice, RoundStep, Survey, answer_question, answer_unfit
from pos.training.rounds import chosen, keyed, replied, said
from pos.wording import wording


class ByHand:
    """One question that the trainee asks unprompted. A choice that must not be offered has words too: the customer says
    what they think of it."""

    def __init__(self, visit: Visit, choice: Choice) -> None:
        self.visit = visit
        self.choice = choice
        order, now = visit.register.view.order, visit.register.now
        lines = choice.lines or tuple(line.id for line in order.lines[:1])
        offer = choice.offer or Offer(choice.kind, choice.offer_id, lines, choice.words, choice.sku, choice.modifier)
        self.question = Question(choice.kind, (offer,), now, now, count=offer.units)
        self._step: RoundStep | None = None

    @property
    def prompt(self) -> QuestionPrompt:
        """The question as a prompt on the current order."""
        register = self.visit.register
        order, moment = register.view.order, register.view.moment
        previous = decision(order, OfferKind.UPSELL, moment) if self.choice.kind is OfferKind.CROSS_SELL else None
        return question_prompt(order, self.question, previous, moment)

    @property
    def choices(self) -> ModifierGroup | None:
        """The flavours to choose from with a yes."""
        return self.prompt.choices

    def words(self, language: str) -> str:
        """The words of the question."""
        return wording(language).question(self.prompt, self.visit.register.view.menu)

    def begin(self, found: Survey) -> None:
        """Record what the trainee has chosen to ask."""
        register = self.visit.register
        count = len(self.words(register.view.order.language or register.language).split())
        unsafe = unsafe_for(self.visit.scenario, self.prompt.allergens)
        step = chosen(self.choice, found, count, self.visit.at)
        self._step = replace(step, count=self.question.count, unsafe=unsafe)
        self.visit.note(self._step)

    def mean(self, delta: int) -> None:
        """Change how many are meant."""
        most = self.question.offer.units if self.choice.kind is OfferKind.UPSELL else MOST_OF_AN_OFFER
        if not 1 <= self.question.count + delta <= most:
            raise Refused("no-such-choice")
        self.question = replace(self.question, count=self.question.count + delta)

    def say(self) -> None:
        """Record that the words were said; the customer answers."""
        visit, offer = self.visit, self.choice.offer_id
        if self._step is None or visit.has_replied(self.choice.kind, offer):
            raise Refused("practice-has-answered")
        visit.note(said(self._step, visit.at))
        turn = visit.times(self.choice.kind, offer)
        if self.choice.offer is None:
            reply = answer_unfit(visit.customer, self.choice, turn)
        else:
            register = visit.register
            reply = answer_question(visit.customer, self.prompt, register.view.order, register.view.moment, turn)
        visit.note(replied(self.choice.kind, offer, reply, visit.at))

    def answer(self, outcome: Outcome, choice: str | None = None) -> None:
        """Key the customer's answer. A yes to a permitted offer is added to the order."""
        visit, yes = self.visit, outcome is Outcome.ACCEPTED
        if not visit.has_replied(self.choice.kind, self.choice.offer_id):
            raise Refused("practice-say-first")
        count = self.question.count if yes else 0
        if self.choice.offer is not None:
            question = replace(self.question, candidates=(self.choice.offer,))
            visit.register.do(settle_by_hand, question, outcome, count, choice)
        elif yes:
            raise Refused("practice-not-offered")
        offer = self.choice.offer_id
        visit.note(keyed(self.choice.kind, outcome, visit.at, offer=offer, choice=choice, count=count))
