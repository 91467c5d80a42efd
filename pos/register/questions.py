"""The questions of an order as time goes on: proposed, checked again, withdrawn, taken back."""

from __future__ import annotations

from datetime import datetime

from pos.domain.asking.exploring import Draws
from pos.domain.asking.offers import propose, still_eligible, why_withdrawn
from pos.domain.moment import Moment
from pos.domain.order.order import Order, open_slots, put_line
from pos.domain.order.questions import OfferKind, Question, Reason
from pos.domain.prompts import kind_to_propose
from pos.domain.sale.ledger import EventName, OfferEvent
from pos.domain.value import replace


def advanced(order: Order, moment: Moment, draws: Draws) -> tuple[Order, list[OfferEvent]]:
    """Withdraw questions that no longer fit, and propose the next one. Does neither while ringing, nor after the first
    tender.

    An order that is no sale keeps its open questions, in case it becomes a sale again.
    """
    events: list[OfferEvent] = []
    if not order.checking_out or order.is_frozen:
        return order, events
    order = _without_one_answer(order, moment)
    if not order.is_sale:
        return order, events
    for question in order.questions:
        if question.is_open:
            order = _refresh_question(order, question, moment, events)
    kind = kind_to_propose(order, moment)
    while kind is not None:
        proposed = propose(order, kind, moment, draws)
        if isinstance(proposed, Reason):
            break
        order = order.with_question(proposed)
        events.append(_event(EventName.SHOWN, proposed, moment.now))
        kind = kind_to_propose(order, moment)
    return order, events


def _without_one_answer(order: Order, moment: Moment) -> Order:
    """The order with every open slot filled that has only one choice, without a supplement.

    The caller compares the orders and says what was filled.
    """
    menu = moment.menu
    for line in order.lines:
        slots = open_slots(menu, line)
        found = [(slot.id, sku) for slot in slots if (sku := moment.only_choice(slot)) is not None]
        if found:
            order = put_line(order, replace(line, fillings=(*line.fillings, *found)))
    return order


def _refresh_question(order: Order, question: Question, moment: Moment, events: list[OfferEvent]) -> Order:
    """The order with an open question reduced to the offers that still fit, or without the question if none does. Adds
    the outcomes of the others to `events`."""
    candidates = still_eligible(question, order, moment)
    shown = next((place for place, offer in enumerate(candidates) if offer.id == question.offer.id), None)
    if shown is None:
        reason = why_withdrawn(question.offer, order, moment)
        events.append(replace(_event(EventName.WITHDRAWN, question, moment.now), reason=reason))
    if not candidates:
        return order.without_question(question.kind)
    fresh = replace(question, candidates=candidates, shown=shown or 0)
    if shown is None:
        fresh = fresh.turned_to(0, moment.now)
        events.append(_event(EventName.SHOWN, fresh, moment.now))
    elif candidates != question.candidates:
        fresh = replace(fresh, count=_kept_count(question, fresh.offer.units))
    return order.with_question(fresh)


def undo_events(now_order: Order, earlier: Order, at: datetime) -> list[OfferEvent]:
    """The events that take back the answers which the earlier order did not have."""
    return [
        _event(EventName.TAKEN_BACK, entry, at)
        for entry in now_order.questions
        if not entry.is_open and _is_open_in(earlier, entry.kind)
    ]


def _event(name: EventName, question: Question, at: datetime) -> OfferEvent:
    """An event of the offer that the question shows."""
    return OfferEvent(name, question.kind, question.offer.id, at, units=question.offer.units)


def restart_read_delay(order: Order, now: datetime) -> Order:
    """The order with its open question shown anew at `now`: an answer within 300 ms is too soon. Source: rule 8."""
    questions = tuple(replace(entry, presented_at=now) if entry.is_open else entry for entry in order.questions)
    return replace(order, questions=questions)


def _is_open_in(order: Order, kind: OfferKind) -> bool:
    question = order.question(kind)
    return question is None or question.is_open


def _kept_count(question: Question, units: int) -> int:
    """The count of an offer after its lines changed: all of them, if it was all before."""
    return units if question.count == question.offer.units else min(question.count, units)


def undoable_part(order: Order, ringing: bool) -> Order:
    """The part of an order that taking back can change: not the appearance of a question, nor payments, nor what was
    sent to the kitchen.

    While ringing, neither checkout nor going back counts as an act, nor what they change: a question left open, or
    none. At a prompt, the checkout that led there is the last act.
    """
    questions = tuple(replace(entry, presented_at=entry.shown_at) for entry in order.questions)
    if ringing or not order.checking_out:
        questions = tuple(entry for entry in questions if not entry.is_open)
    if ringing:
        exempt = None if order.exempt is Reason.CONTROL else order.exempt
        order = replace(order, checking_out=False, exempt=exempt)
    bare = replace(order, tenders=(), settled=(), call_number=0, ordinal=0, menu_version=0, said=None, frozen_at=None)
    return replace(bare, questions=questions, sent=None, tip=None)


def before_last_act(earlier: Order, now_order: Order) -> Order:
    """The order after taking back: a taken-back answer opens its question again; for anything else, a cashier who was
    ringing stays at ringing. Source: rule 9."""
    if now_order.checking_out or _said(earlier, now_order):
        return earlier
    return replace(earlier, checking_out=False)


def _said(earlier: Order, now_order: Order) -> bool:
    """Whether a question that is open in the earlier order is answered in the later one."""
    was = {line.id: (line.fillings, line.modifiers, line.confirmed) for line in earlier.lines}
    now = {line.id: (line.fillings, line.modifiers, line.confirmed) for line in now_order.lines}
    chose = any(was[line_id] != now[line_id] for line_id in was.keys() & now.keys())
    return chose or _answers(earlier) != _answers(now_order)


def _answers(order: Order) -> tuple[object, ...]:
    answered = tuple((entry.kind, entry.answer) for entry in order.questions if not entry.is_open)
    return order.serving_mode, order.exempt, answered
