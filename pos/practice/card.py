"""The card of a pair: what a colleague needs to play the customer."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.offers import propose
from pos.domain.prompts import PaymentPrompt, question_prompt
from pos.domain.questions import OfferKind, Outcome, Question
from pos.practice.visit import Visit
from pos.training import answer, answer_question, wanted_order
from pos.training.speaking import wanted_text
from pos.wording import Wording


def card(visit: Visit, words: Wording) -> list[str]:
    """The card, line by line: what is said, what is wanted, what is answered, how it is paid."""
    return list(_card(visit, words))


def _card(visit: Visit, words: Wording) -> Iterator[str]:
    scenario, menu = visit.scenario, visit.register.menu
    yield words.text("card-you-are", name=words.local(scenario.title))
    yield words.text(f"card-mood-{scenario.mood.value}")
    yield ""
    yield words.text("card-say")
    yield from (f"  «{words.local(said.words)}»" for said in scenario.says)
    yield words.text("card-want")
    yield from (f"  {words.local(wanted_text(entry, menu))}" for entry in scenario.wants)
    yield words.text("card-answer")
    yield from _answers(visit, words)


def _answers(visit: Visit, words: Wording) -> Iterator[str]:
    """What this customer answers to what the till would ask of the order rung rightly."""
    register, customer = visit.register, visit.customer
    order = wanted_order(visit.scenario, register.menu, register.now)
    moment = register.moment_with(line.sku for line in order.lines)
    for kind in OfferKind:
        found = propose(order, kind, moment, lambda: 0.5)
        if not isinstance(found, Question):
            yield f"  {kind.number}: {words.outcome(Outcome.NOT_APPLICABLE)}"
            continue
        prompt = question_prompt(order, found, None, moment)
        reply = answer_question(customer, prompt, order, moment)
        yield f"  {kind.number}: «{words.local(reply.words)}»"
    due = moment.price(order).total
    turn = 1 if visit.scenario.late is not None else 0
    pays = answer(customer, PaymentPrompt(due, due - due, ()), order, moment, turn)
    if visit.scenario.late is not None:
        yield f"  – «{words.local(visit.scenario.late.words)}»"
    yield f"  – «{words.local(pays.words)}»"
