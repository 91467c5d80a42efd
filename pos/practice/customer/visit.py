"""A visit: one simulated customer at the register. Its log is derived from the changes of the order."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.errors import Refused
from pos.domain.menu.allergens import AllergenCard
from pos.domain.menu.items import ModifierGroup
from pos.domain.order.order import Order
from pos.domain.order.questions import OfferKind, Outcome, Reason
from pos.domain.prompts import (
    ModifierPrompt,
    PaymentPrompt,
    Prompt,
    QuestionPrompt,
    Ringing,
    ServingPrompt,
    SlotPrompt,
    StopPrompt,
    TerminalPrompt,
)
from pos.domain.selling.selling import age_limits
from pos.domain.value import replace
from pos.practice.customer.log import Log
from pos.practice.customer.register import moment_with, paid_order
from pos.register import Register
from pos.training import (
    Did,
    Meaning,
    PracticeWay,
    Reply,
    Round,
    RoundStep,
    Scenario,
    answer,
    answer_to_question,
    proof_of_age,
    survey,
    topic,
)
from pos.training import begin as begin_round
from pos.training.rounds import due, keyed, query_answered, replied, said, shown, taken_back, tendered
from pos.wording import wording


class Visit(Log):
    """One customer at the counter. `round` is the whole record, and is what is stored."""

    @classmethod
    def begin(
        cls, register: Register, scenario: Scenario, seed: int, way: PracticeWay, *, waits: bool = False
    ) -> Visit:
        """Begin with an empty order. The customer speaks at once, unless they wait."""
        moment = moment_with(register, (wanted.sku for wanted in scenario.wants))
        visit = cls(register, begin_round(scenario, seed, way, register.view.order, moment, register.language), None)
        if not waits:
            visit.start()
        return visit

    @classmethod
    def resume(cls, register: Register, played: Round) -> Visit:
        """Resume a customer; the time in between is not counted."""
        passed = max((step.at for step in played.steps), default=0.0)
        visit = cls(register, played, register.timeline.ticks() - passed)
        visit.observe()
        return visit

    # what the customer does

    def start(self) -> None:
        """Let the customer begin to speak, and start their time."""
        self.came = self.register.timeline.ticks()
        self.speak_next()

    def speak_next(self) -> None:
        """Say the next utterance, if there is one and no question of the customer is open."""
        place = self.heard
        if self.has_more and self.query is None:
            asks = self.scenario.says[place].query is not None
            self.note(RoundStep(Did.QUERY if asks else Did.SPOKE, self.at, query=place))

    def ask_again(self) -> None:
        """Ask the customer to repeat their words; it costs seconds."""
        self.note(RoundStep(Did.ASKED_AGAIN, self.at))

    def tell(self, given: str) -> None:
        """Answer the customer's question; the score says whether it was right. Raises `Refused` if there is none."""
        if self.query is None:
            raise Refused("practice-nobody-asked")
        place, query = self.query
        self.note(query_answered(place, given, self.at))
        reply = answer_to_question(self.customer, query, given, self.register.view.menu)
        self.note(RoundStep(Did.REPLIED, self.at, reply=reply))

    # what the trainee says

    def say(self) -> None:
        """Record that the words on the screen were said; only now the customer answers. Raises `Refused`."""
        prompt = self.register.view.prompt
        match prompt:
            case QuestionPrompt():
                self._say_question(prompt)
            case PaymentPrompt():
                self._ask_payment(prompt)
            case StopPrompt() | SlotPrompt() | ModifierPrompt() | ServingPrompt():
                self.note(RoundStep(Did.REPLIED, self.at, offer=topic(prompt), reply=self._answer(prompt)))
            case _:
                raise Refused("practice-nothing-to-say")

    def check_heard(self) -> None:
        """Raise `Refused` `practice-say-first` if the customer has not answered the till's prompt."""
        if not self.has_heard(self.register.view.prompt):
            raise Refused("practice-say-first")

    def ask_age(self) -> None:
        """Ask for proof of age. Raises `Refused` if nothing in the order has an age limit."""
        least = self.age_limit
        if least is None:
            raise Refused("practice-no-age-limit")
        if self.round.first(Did.ASKED_AGE) is not None:
            raise Refused("practice-has-answered")
        self.note(
            RoundStep(Did.ASKED_AGE, self.at), RoundStep(Did.REPLIED, self.at, reply=proof_of_age(self.customer, least))
        )

    def call_help(self) -> None:
        """Count a call for help."""
        self.note(RoundStep(Did.HELPED, self.at))

    @property
    def age_limit(self) -> int | None:
        """The highest age limit in the order, or None."""
        register = self.register
        return max(age_limits(register.view.order, register.view.menu, register.country.age_limit), default=None)

    def _say_question(self, prompt: QuestionPrompt) -> None:
        offer = prompt.question.offer
        step = self.last_shown(offer.kind)
        if step is None or self.has_replied(offer.kind, offer.id):
            raise Refused("practice-has-answered")
        self.note(said(step, self.at))
        self.note(replied(offer.kind, offer.id, self._answer(prompt, self.times(offer.kind, offer.id)), self.at))

    def _ask_payment(self, prompt: PaymentPrompt) -> None:
        if self.last_tendered is not None:
            raise Refused("practice-has-answered")
        changed = sum(step.reply is not None and step.reply.means is Meaning.CHANGES for step in self.round.steps)
        reply = self._answer(prompt, changed)
        if reply.means is Meaning.PAYS:
            self.note(tendered(reply, self.at))
        else:
            self.note(RoundStep(Did.REPLIED, self.at, reply=reply))

    def _answer(self, prompt: Prompt, turn: int = 0) -> Reply:
        return answer(self.customer, prompt, self.register.view.order, self.register.view.moment, turn)

    def leave(self, kind: OfferKind, reason: Reason | None) -> None:
        """In practice without prompts: decide to ask nothing in this question, rightly or not."""
        self.note(keyed(kind, Outcome.NOT_APPLICABLE, self.at, reason=reason))

    # what the register did

    def observe(self) -> None:
        """Add to the log what has been done to the order since. A paid order ends the round."""
        register = self.register
        if register.view.order.id != self.round.order.id:
            self._leave()
            return
        before, order = self.round.order, register.view.order
        prompt = register.view.prompt
        if before.lines != order.lines and isinstance(prompt, Ringing):
            self.note(RoundStep(Did.RANG, self.at))
        if order.checking_out and self.round.first(Did.CHECKED_OUT) is None:
            self.note(RoundStep(Did.CHECKED_OUT, self.at))
            self._due_by_hand()
        for kind in OfferKind:
            self.note(*self._answered(kind, before, order))
        self.note(*self._exempted(before, order))
        if isinstance(prompt, QuestionPrompt):
            self._show(prompt)
        if isinstance(prompt, TerminalPrompt) and len(order.tenders) > len(before.tenders):
            self.note(RoundStep(Did.REPLIED, self.at, reply=self._answer(prompt)))
        self.round = self.round.seen(order, at_payment=isinstance(prompt, PaymentPrompt | TerminalPrompt))

    def _leave(self) -> None:
        paid = paid_order(self.register)
        if paid is not None and paid.id == self.round.order.id and not self.round.is_finished:
            self.round = self.round.seen(paid, at_payment=True).then(RoundStep(Did.PAID, self.at))

    def _due_by_hand(self) -> None:
        """In practice without prompts, both questions are due once the order is complete."""
        if self.by_hand:
            order, moment = self.register.view.order, self.register.view.moment
            self.note(*(due(survey(order, kind, moment), self.at) for kind in OfferKind))

    def _answered(self, kind: OfferKind, before: Order, order: Order) -> Iterator[RoundStep]:
        """The steps for an answer that was keyed, changed or undone."""
        if self.by_hand:
            return
        was, now = before.question(kind), order.question(kind)
        had = (was.answer, self._choice(before, kind)) if was is not None else (None, None)
        has = (now.answer, self._choice(order, kind)) if now is not None else (None, None)
        is_gone = has[0] is had[0] and has[1] is None  # the line that the answer brought was voided: no other answer
        if now is not None and now.answer is not None and has != had and not is_gone:
            count = now.count if now.answer is Outcome.ACCEPTED else 0
            yield keyed(kind, now.answer, self.at, offer=now.offer.id, choice=has[1], count=count)
        elif had[0] is not None and has[0] is None:
            yield taken_back(kind, self.at)

    def _choice(self, order: Order, kind: OfferKind) -> str | None:
        """The flavour that came with an answer."""
        menu = self.register.view.menu
        for line in reversed(order.lines):
            if line.offered is kind:
                group: ModifierGroup | None = menu.required_group(menu.items[line.sku])
                if group is not None:
                    return next((entry.id for entry in group.modifiers if entry.id in line.modifiers), None)
        return None

    def _exempted(self, before: Order, order: Order) -> Iterator[RoundStep]:
        """The steps for *Not for this customer*, which covers both questions, shown or not."""
        was, now = _said_reason(before.exempt), _said_reason(order.exempt)
        if was == now:
            return
        moment = self.register.view.moment
        for kind in OfferKind:
            question = order.question(kind)
            if question is not None and question.answer is not None:
                continue
            if now is None:
                yield taken_back(kind, self.at)
                continue
            if not any(step.did in (Did.DUE, Did.SHOWN) for step in self.round.of(kind)):
                yield due(survey(order, kind, moment), self.at)
            yield keyed(kind, Outcome.NOT_APPLICABLE, self.at, reason=now)

    def _show(self, prompt: QuestionPrompt) -> None:
        """Log the offer on the screen, unless it was there before."""
        question = prompt.question
        last = self.last_shown(question.kind)
        if last is not None and (last.offer, last.count) == (question.offer.id, question.count):
            return
        register = self.register
        found = survey(register.view.order, question.kind, register.view.moment)
        if not any(step.did is Did.DUE for step in self.round.of(question.kind)):
            self.note(due(found, self.at))
        said_words = wording(register.view.order.language or register.language).question(prompt, register.view.menu)
        unsafe = unsafe_for(self.scenario, prompt.allergens)
        self.note(replace(shown(prompt, found, len(said_words.split()), self.at), count=question.count, unsafe=unsafe))


def unsafe_for(scenario: Scenario, card: AllergenCard) -> str:
    """An allergen that the customer mentioned and that the offer may contain; empty if it is safe."""
    return next((name for name in sorted(scenario.allergens) if not card.is_safe_for((name,))), "")


def _said_reason(reason: Reason | None) -> Reason | None:
    return None if reason is Reason.BY_HAND else reason
