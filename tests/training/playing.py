"""Trainees that follow a policy: they ring, tell and take payment as they should, and ask as their policy has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from pos.domain.asking.upgrades import accept
from pos.domain.moment import Moment
from pos.domain.order.order import Order, Tender, TenderState
from pos.domain.order.questions import OfferKind, Outcome, Question, Reason
from pos.domain.prompts import PaymentPrompt, decision, question_prompt
from pos.training import (
    Choice,
    Customer,
    Did,
    Meaning,
    PracticeWay,
    Reply,
    Round,
    RoundStep,
    Scenario,
    Survey,
    answer,
    answer_question,
    answer_unfit,
    begin,
    laid_out,
    right_answer,
    survey,
    wanted_line,
    wanted_order,
)
from pos.training.rounds import chosen, due, keyed, query_answered, said, tendered
from pos.wording import wording

WORDS_A_SECOND = 3


@dataclass(frozen=True)
class Move:
    """What a trainee does about a question: ask `choice` (aloud, unless `silent`; not too `fast`), or leave it."""

    choice: Choice | None = None
    leave: Outcome = Outcome.NOT_ASKED
    reason: Reason | None = None
    silent: bool = False
    fast: bool = False
    key: Callable[[Reply], Outcome] | None = None


Policy = Callable[[Survey, tuple[Choice, ...], Scenario, Random], Move]


def first_right(found: Survey) -> Choice | None:
    """What the till itself would ask."""
    return next((choice for choice in found.choices if choice.offer_id == found.first), None)


def perfect(found: Survey, laid: tuple[Choice, ...], scenario: Scenario, draws: Random) -> Move:
    """Asks whoever should be asked for what fits, and nobody else."""
    if scenario.rest is not None:
        return Move(leave=Outcome.NOT_APPLICABLE, reason=scenario.rest)
    choice = max((choice for choice in laid if choice.why_not is None), key=found.fit_of, default=None)
    return Move(choice) if choice is not None else Move(leave=Outcome.NOT_APPLICABLE)


def ask_anything(found: Survey, laid: tuple[Choice, ...], scenario: Scenario, draws: Random) -> Move:
    """Asks everybody for whatever comes to mind."""
    return Move(draws.choice(laid)) if laid else Move()


def never_ask(found: Survey, laid: tuple[Choice, ...], scenario: Scenario, draws: Random) -> Move:
    """Presses 0 and goes on."""
    return Move()


def first_offer(found: Survey, laid: tuple[Choice, ...], scenario: Scenario, draws: Random) -> Move:
    """Asks everybody for the first thing on the list."""
    return Move(laid[0]) if laid else Move()


def fast_no(found: Survey, laid: tuple[Choice, ...], scenario: Scenario, draws: Random) -> Move:
    """Presses N before anything was said."""
    return Move(first_right(found) or (laid[0] if laid else None), silent=True)


def fast_space(found: Survey, laid: tuple[Choice, ...], scenario: Scenario, draws: Random) -> Move:
    """Claims to have said what nobody can have said so fast."""
    return replace(perfect(found, laid, scenario, draws), fast=True)


def rest_all(found: Survey, laid: tuple[Choice, ...], scenario: Scenario, draws: Random) -> Move:
    """Declares every customer a child alone."""
    return Move(leave=Outcome.NOT_APPLICABLE, reason=Reason.CHILD)


def at_random(found: Survey, laid: tuple[Choice, ...], scenario: Scenario, draws: Random) -> Move:
    """Does anything at all, and keys anything."""
    moves: list[Move] = [Move(), rest_all(found, laid, scenario, draws)]
    if laid:
        asking = Move(draws.choice(laid), key=lambda reply: draws.choice([Outcome.ACCEPTED, Outcome.DECLINED]))
        moves += [asking, replace(asking, silent=True)]
    return draws.choice(moves)


POLICIES: dict[str, Policy] = {
    "perfect": perfect,
    "always ask anything": ask_anything,
    "never ask": never_ask,
    "always first offer": first_offer,
    "fast no": fast_no,
    "random": at_random,
    "fast space": fast_space,
    "everybody is a child": rest_all,
}


@dataclass
class Player:
    """One trainee serving one customer, without a screen."""

    scenario: Scenario
    seed: int
    policy: Policy
    way: PracticeWay
    moment: Moment
    tweak: Callable[[Order], Order] = lambda order: order
    at: float = 0.0
    draws: Random = field(init=False)
    customer: Customer = field(init=False)
    round: Round = field(init=False)
    order: Order = field(init=False)

    def __post_init__(self) -> None:
        self.draws = Random(f"{self.scenario.id}/{self.seed}")
        self.customer = Customer(self.scenario, self.seed)
        self.order = wanted_order(self.scenario, self.moment.menu, self.moment.now)
        self.round = begin(self.scenario, self.seed, self.way, self.order, self.moment)
        self.order = self.tweak(self.order)

    def play(self) -> Round:
        """From the first word to the paid order."""
        self._listen()
        self._note(RoundStep(Did.CHECKED_OUT, self.at))
        self._see()
        for kind in OfferKind:
            if decision(self.order, kind, self.moment) is None or self.way is PracticeWay.ON_YOUR_OWN:
                self._ask(kind)
        self._see(at_payment=True)
        self._pay()
        return self.round

    def _note(self, *steps: RoundStep) -> None:
        self.round = self.round.then(*steps)

    def _see(self, at_payment: bool = False) -> None:
        self.round = self.round.seen(self.order, at_payment=at_payment)

    def _listen(self) -> None:
        for place, words in enumerate(self.scenario.says):
            self.at += len(words.words.nb.split()) / WORDS_A_SECOND
            if words.query is not None:
                given = right_answer(words.query, self.moment.menu, self.scenario.serving_mode)
                self._note(query_answered(place, given, self.at))
        if any(self.moment.menu.items[wanted.sku].age_limit for wanted in self.scenario.wants):
            self._note(RoundStep(Did.ASKED_AGE, self.at))
        self.at += 5.0 * sum(wanted.quantity for wanted in self.scenario.wants)

    def _ask(self, kind: OfferKind) -> None:
        found = survey(self.order, kind, self.moment)
        self._note(due(found, self.at))
        own = self.way is PracticeWay.ON_YOUR_OWN
        shown = first_right(found)
        laid = laid_out(found, self.seed) if own else (shown,) if shown is not None else ()
        move = self.policy(found, laid, self.scenario, self.draws)
        if move.choice is None:
            self.at += 1.0
            self._note(keyed(kind, move.leave, self.at, reason=move.reason))
            return
        self._put(move, move.choice, found)

    def _put(self, move: Move, choice: Choice, found: Survey) -> None:
        words = len(wording("nb").local(choice.words.say).split())
        step = chosen(choice, found, words, self.at)
        self._note(step)
        if move.silent:
            self.at += 0.4
            self._note(keyed(choice.kind, Outcome.DECLINED, self.at, offer=choice.offer_id))
            return
        self.at += 0.2 if move.fast else words / WORDS_A_SECOND
        self._note(said(step, self.at))
        reply, question = self._reply(choice, found)
        self.at += len(reply.words.nb.split()) / WORDS_A_SECOND + 1.0
        self._note(RoundStep(Did.REPLIED, self.at, choice.kind, choice.offer_id, reply=reply))
        outcome = Outcome.DECLINED if reply.means is Meaning.NO else Outcome.ACCEPTED
        if move.key is not None:
            outcome = move.key(reply)
        self._key(outcome, reply, choice, question)

    def _reply(self, choice: Choice, found: Survey) -> tuple[Reply, Question | None]:
        if choice.offer is None:
            return answer_unfit(self.customer, choice), None
        others = [entry.offer for entry in found.choices if entry.offer is not None and entry is not choice]
        now = self.moment.now
        question = Question(choice.kind, (choice.offer, *others), now, now, count=choice.offer.units)
        previous = decision(self.order, OfferKind.UPSELL, self.moment)
        prompt = question_prompt(self.order, question, previous, self.moment)
        return answer_question(self.customer, prompt, self.order, self.moment), question

    def _key(self, outcome: Outcome, reply: Reply, choice: Choice, question: Question | None) -> None:
        offer_id = reply.offer or choice.offer_id
        yes = outcome is Outcome.ACCEPTED
        flavour, count = (reply.choice, reply.count) if yes else (None, 0)
        self._note(keyed(choice.kind, outcome, self.at, offer=offer_id, choice=flavour, count=count))
        if question is None:
            return
        offer = next(entry for entry in question.candidates if entry.id == offer_id)
        if yes:
            self.order = accept(self.order, offer, count or 1, self.moment, flavour)
        self.order = self.order.with_question(
            replace(question, candidates=(offer,), answer=outcome, answered_at=self.moment.now)
        )
        self._see()

    def _pay(self) -> None:
        late = self.scenario.late
        if late is not None:
            for sku in late.without:
                row = next(line for line in self.order.lines if line.sku == sku)
                self.order = replace(self.order, lines=tuple(line for line in self.order.lines if line is not row))
            for wanted in late.wants:
                line = replace(wanted_line(wanted, self.moment.menu), id=self.order.next_line)
                self.order = replace(self.order, lines=(*self.order.lines, line), next_line=line.id + 1)
        total = self.moment.price(self.order).total
        while self.order.paid < total:
            self.at += 5.0
            prompt = PaymentPrompt(total - self.order.paid, self.order.paid, ())
            reply = answer(self.customer, prompt, self.order, self.moment, turn=1)
            assert reply.pays is not None
            self._note(tendered(reply, self.at))
            amount = reply.pays.amount or prompt.due
            state = TenderState.DECLINED if reply.pays.declined else TenderState.APPROVED
            number = len(self.order.tenders) + 1
            tender = Tender(number, reply.pays.kind, amount, reply.pays.handed or amount, state, self.moment.now)
            self.order = replace(self.order, tenders=(*self.order.tenders, tender))
        self._see()
        self._note(RoundStep(Did.PAID, self.at))
