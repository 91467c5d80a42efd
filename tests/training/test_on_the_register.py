"""A simulated customer is served on the real register, verb by verb, as the practice room does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import pytest

from pos.country import norway
from pos.devices import Devices, FakePrinter, ManualTerminal
from pos.domain.menu.items import ServingMode
from pos.domain.order.order import TenderKind, TenderState
from pos.domain.order.questions import OfferKind, Outcome, Reason
from pos.domain.prompts import PaymentPrompt, QuestionPrompt, ServingPrompt, TerminalPrompt
from pos.register import Register
from pos.register.verbs import answering, checkout, paying, ringing, stock
from pos.store import open_store
from pos.training import (
    Customer,
    Did,
    Meaning,
    PracticeWay,
    Reply,
    Round,
    RoundStep,
    Scenario,
    Wanted,
    answer,
    begin,
    generate,
    paid_order,
    right_answer,
    score,
    survey,
)
from pos.training.rounds import due, keyed, query_answered, replied, said, shown, tendered
from pos.wording import wording
from tests.builders import no_draws
from tests.rig import Clock, ask_terminal
from tests.templates import SHIPPED, begin_file
from tests.training.shop import menu, moment_of, scenarios


@dataclass
class Practice:
    """A register with the shipped menu, and a clock that the trainee moves."""

    register: Register
    clock: Clock

    def serve(self, entry: Scenario, seed: int = 1) -> Round:
        """Serve one customer as well as can be; what happened is written down as it happens."""
        self.clock.now = moment_of(entry).now
        for sku in entry.sold_out:
            self.register.do(stock.eighty_six, sku)
        self.customer = Customer(entry, seed)
        self.round = begin(entry, seed, PracticeWay.GUIDED, self.register.view.order, self.register.view.moment)
        self._ring(entry)
        self.register.do(checkout.checkout)
        self._note(RoundStep(Did.CHECKED_OUT, self.at))
        turns = 0
        while self.register.view.finished is None:
            self.clock.pass_(1000)
            prompt = self.register.view.prompt
            paying = isinstance(prompt, PaymentPrompt)
            self.round = self.round.seen(self.register.view.order, at_payment=paying)
            reply = answer(
                self.customer, prompt, self.register.view.order, self.register.view.moment, turns if paying else 0
            )
            turns += paying
            self._answer(prompt, reply)
        for sku in entry.sold_out:
            self.register.do(stock.restore, sku)
        return self.round.then(RoundStep(Did.PAID, self.at))

    @property
    def at(self) -> float:
        """Seconds since the customer came."""
        return (self.clock.now - moment_of(self.customer.scenario).now).total_seconds()

    def _note(self, *steps: RoundStep) -> None:
        self.round = self.round.then(*steps)

    def _ring(self, entry: Scenario) -> None:
        register = self.register
        for place, words in enumerate(entry.says):
            self.clock.pass_(333 * len(words.words.nb.split()))
            if words.query is not None:
                self._note(query_answered(place, right_answer(words.query, menu(), entry.serving_mode), self.at))
        for wanted in entry.wants:
            self.clock.pass_(2000)
            self._ring_wanted(wanted)
        if any(menu().items[wanted.sku].age_limit for wanted in entry.wants):
            self._note(RoundStep(Did.ASKED_AGE, self.at))
        for name in sorted(entry.allergens):
            register.do(ringing.note_allergen, name)
        for code in entry.codes:
            register.do(ringing.add_code, code)
        if entry.language is not None:
            register.do(ringing.speak, entry.language)

    def _ring_wanted(self, wanted: Wanted) -> None:
        line = self.register.do(ringing.ring, wanted.sku, wanted.quantity).result
        for slot, sku in wanted.fillings:
            self.register.do(ringing.fill, line, slot, sku)
        for name in wanted.modifiers:
            self.register.do(ringing.modify, line, name)
        if wanted.size_said:
            self.register.do(ringing.confirm_size, line)

    def _answer(self, prompt: object, reply: Reply) -> None:
        register = self.register
        match prompt:
            case QuestionPrompt():
                self._ask(prompt, reply)
            case ServingPrompt():
                register.do(ringing.serve, ServingMode(reply.choice or ""))
            case PaymentPrompt() if reply.means is Meaning.CHANGES:
                self._change()
            case PaymentPrompt():
                self._note(tendered(reply, self.at))
                self._pay(reply)
            case TerminalPrompt():
                order = register.view.order
                register.do(paying.terminal_says, TenderState(reply.means.value))
                self._settle(order)
            case _:
                register.do(checkout.choose, reply.choice or "")

    def _ask(self, prompt: QuestionPrompt, reply: Reply) -> None:
        register, kind, rest = self.register, prompt.question.kind, self.customer.scenario.rest
        found = survey(register.view.order, kind, register.view.moment)
        if rest is not None:
            register.do(checkout.not_for_customer, rest)
            both = [(each, survey(register.view.order, each, register.view.moment)) for each in OfferKind]
            for each, there in both:
                self._note(due(there, self.at), keyed(each, Outcome.NOT_APPLICABLE, self.at, reason=rest))
            return
        words = len(wording("nb").question(prompt, menu()).split())
        step = shown(prompt, found, words, self.at)
        self.clock.now += timedelta(seconds=words / 3)
        self._note(due(found, step.at), step, said(step, self.at))
        self._note(replied(kind, prompt.question.offer.id, reply, self.at))
        self.clock.pass_(2000)
        self._key(kind, prompt, reply)

    def _key(self, kind: OfferKind, prompt: QuestionPrompt, reply: Reply) -> None:
        register = self.register
        if reply.means is Meaning.NO:
            register.do(answering.no)
            self._note(keyed(kind, Outcome.DECLINED, self.at, offer=prompt.question.offer.id))
            return
        while reply.offer is not None and self._offer() != reply.offer:
            register.do(answering.next_candidate, 1)
            self.clock.pass_(500)
        while reply.count and self._count() > reply.count:
            register.do(answering.change_offer_count, -1)
        offer = self._offer()
        register.do(answering.yes, reply.choice)
        fields = {"offer": offer, "choice": reply.choice, "count": reply.count}
        self._note(keyed(kind, Outcome.ACCEPTED, self.at, **fields))  # type: ignore[arg-type]

    def _offer(self) -> str:
        prompt = self.register.view.prompt
        assert isinstance(prompt, QuestionPrompt)
        return prompt.question.offer.id

    def _count(self) -> int:
        prompt = self.register.view.prompt
        assert isinstance(prompt, QuestionPrompt)
        return prompt.question.count

    def _change(self) -> None:
        late, register = self.customer.scenario.late, self.register
        assert late is not None
        register.do(checkout.go_back)
        for sku in late.without:
            register.do(
                ringing.change_quantity, next(line.id for line in register.view.order.lines if line.sku == sku), -1
            )
        for wanted in late.wants:
            self._ring_wanted(wanted)
        register.do(checkout.checkout)

    def _pay(self, reply: Reply) -> None:
        assert reply.pays is not None
        order = self.register.view.order
        if reply.pays.kind is TenderKind.CASH:
            self.register.do(paying.pay_cash, reply.pays.handed)
        else:
            ask_terminal(self.register, reply.pays.kind, reply.pays.amount)
        self._settle(order)

    def _settle(self, before: object) -> None:
        sale = self.register.view.finished
        if sale is not None:
            order = paid_order(before, sale.tenders)  # type: ignore[arg-type]  # the order as it stood
            self.round = self.round.seen(order, at_payment=True)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    begin_file(tmp_path / "practice.db", SHIPPED)
    store = open_store(tmp_path / "practice.db")
    clock = Clock()
    register = Register(
        store, Devices(FakePrinter(), ManualTerminal()), norway(), clock, draws=lambda seed: no_draws, till="1"
    )
    yield Practice(register, clock)
    store.close()


def test_every_scenario_can_be_served_on_the_register_without_losing_a_point(practice: Practice) -> None:
    lost = {}
    for entry in scenarios():
        scored = score(practice.serve(entry), menu())
        if scored.total < 100:
            lost[entry.id] = [(line.message_id, line.lost) for line in scored.lines if line.lost > 0]
    assert lost == {}


def test_generated_customers_can_be_served_too(practice: Practice) -> None:
    totals = [score(practice.serve(generate(menu(), seed, 1 + seed % 5), seed), menu()).total for seed in range(30)]
    assert min(totals) >= 98


def test_the_same_round_is_played_again_exactly(practice: Practice) -> None:
    """But for how many words the questions have, and what saying them takes: each order has a wording of its own."""
    entry = next(entry for entry in scenarios() if entry.id == "five-alike")
    first, second = practice.serve(entry, 4), practice.serve(entry, 4)
    done = [[replace(step, words=0, at=0.0) for step in played.steps] for played in (first, second)]
    assert done[0] == done[1]


def test_a_customer_who_should_not_be_asked_leaves_two_decisions(practice: Practice) -> None:
    entry = next(entry for entry in scenarios() if entry.rest is Reason.CHILD)
    practice.serve(entry)
    sale = practice.register.view.finished
    assert sale is not None
    assert [(row.outcome, row.reason) for row in sale.ledger] == [(Outcome.NOT_APPLICABLE, Reason.CHILD)] * 2


@pytest.mark.bench
def test_customers_served_a_second(practice: Practice) -> None:
    entries = [replace(entry, late=None) for entry in scenarios()]
    began = perf_counter()
    rounds = [practice.serve(entry, seed) for seed in range(4) for entry in entries]
    serving = perf_counter() - began
    began = perf_counter()
    for played in rounds:
        score(played, menu())
    scoring = perf_counter() - began
    print(f"\n{len(rounds) / serving:.0f} customers a second; scoring {len(rounds) / scoring:.0f} a second")
