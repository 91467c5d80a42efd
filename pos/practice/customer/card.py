"""The card in pair practice: what a colleague needs to play the customer."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.asking.offers import propose
from pos.domain.order.order import Tender, TenderState
from pos.domain.order.questions import OfferKind, Question
from pos.domain.prompts import PaymentPrompt, question_prompt
from pos.domain.value import replace
from pos.practice.customer.register import moment_with
from pos.practice.customer.visit import Visit
from pos.training import answer, answer_question, wanted_line, wanted_order
from pos.training.customer.speaking import wanted_text
from pos.wording import Wording


def card(visit: Visit, words: Wording) -> list[str]:
    """The lines of the card: what the customer says, wants, answers, and how they pay."""
    return list(_card(visit, words))


def _card(visit: Visit, words: Wording) -> Iterator[str]:
    scenario, menu = visit.scenario, visit.register.view.menu
    yield words.text("card-you-are", name=words.local(scenario.title))
    yield words.text(f"card-mood-{scenario.mood.value}")
    yield words.text("card-say")
    yield from (f"  {words.quoted(words.local(said.words))}" for said in scenario.says)
    yield words.text("card-want")
    yield from (f"  {words.local(wanted_text(entry, menu))}" for entry in scenario.wants)
    yield words.text("card-answer")
    yield from _choices(visit, words)
    yield from _answers(visit, words)


def _choices(visit: Visit, words: Wording) -> Iterator[str]:
    """The customer's answers about drinks and flavours, where they eat, and their age."""
    scenario, menu = visit.scenario, visit.register.view.menu
    for wanted in scenario.wants:
        line = wanted_line(wanted, menu)
        for slot in menu.meal_slots(menu.items[wanted.sku]):
            filling = line.filling(slot.id)
            if filling is not None and (slot.ask or slot.default is None):
                yield f"  {words.local(slot.name)}: {words.quoted(words.item_name(menu.items[filling]))}"
    yield f"  {words.text('card-serving')} {words.quoted(words.serving_mode(scenario.serving_mode))}"
    if scenario.age is not None:
        yield f"  {words.text('do-practice-ask-age')}: {words.quoted(str(scenario.age))}"


def _answers(visit: Visit, words: Wording) -> Iterator[str]:
    """The customer's answers to what the till would ask about the right order, and how they pay."""
    register, customer = visit.register, visit.customer
    order = wanted_order(visit.scenario, register.view.menu, register.now)
    moment = moment_with(register, (line.sku for line in order.lines))
    for kind in OfferKind:
        asked, found = words.text("card-question", number=kind.number), propose(order, kind, moment, lambda: 0.5)
        if not isinstance(found, Question):
            yield f"  {asked}: {words.text('card-not-asked')}"
            continue
        prompt = question_prompt(order, found, None, moment)
        reply = answer_question(customer, prompt, order, moment)
        yield f"  {asked}: {words.quoted(words.local(reply.words))}"
    due, paying = moment.price(order).total, words.text("card-paying")
    if visit.scenario.late is not None:
        yield f"  {paying}: {words.quoted(words.local(visit.scenario.late.words))}"
    turn = 1 if visit.scenario.late is not None else 0
    tenders: tuple[Tender, ...] = ()
    for number, payment in enumerate(visit.scenario.payments, start=1):
        prompt_now = PaymentPrompt(due, due - due, ())
        reply = answer(customer, prompt_now, replace(order, tenders=tenders), moment, turn)
        yield f"  {paying}: {words.quoted(words.local(reply.words))}"
        if payment.declined:
            yield f"  {words.text('card-declined')}"
        state = TenderState.DECLINED if payment.declined else TenderState.APPROVED
        tenders = (*tenders, Tender(number, payment.kind, due, due, state, register.now))
