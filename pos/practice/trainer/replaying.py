"""A round step by step: what was expected, and what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pos.domain.menu.menu import Menu
from pos.domain.order.questions import OfferKind, Outcome
from pos.training import Did, Query, Reply, Round, RoundStep, is_right, right_answer
from pos.training.customer.speaking import wanted_text
from pos.training.scoring.asking_score import is_what_was_said
from pos.training.scoring.telling import answers_told, told_text
from pos.wording import Wording


@dataclass(frozen=True, slots=True)
class Beat:
    """One moment of a round: the time, what the customer said, what was expected, what was done, and whether they
    match."""

    at: float
    customer: str
    expected: str
    done: str
    fits: bool | None


def beats(played: Round, menu: Menu, words: Wording) -> list[Beat]:
    """All moments in order."""
    return list(_beats(played, menu, words))


def _beats(played: Round, menu: Menu, words: Wording) -> Iterator[Beat]:
    replies: dict[OfferKind, Reply] = {}
    for step in played.steps:
        if step.kind is not None:
            if step.did is Did.REPLIED and step.reply is not None:
                replies[step.kind] = step.reply
            beat = _of_question(played, step, replies.get(step.kind), menu, words)
        else:
            beat = _of_visit(played, step, menu, words)
        if beat is not None:
            yield beat


def _of_visit(played: Round, step: RoundStep, menu: Menu, words: Wording) -> Beat | None:
    match step.did:
        case Did.SPOKE | Did.QUERY:
            said = words.local(played.scenario.says[step.query or 0].words)
            return Beat(step.at, said, "", "", None)
        case Did.TOLD:
            query = played.scenario.says[step.query or 0].query
            return _told_beat(played, step, query, menu, words) if query is not None else None
        case Did.CHECKED_OUT:
            return _order_beat(played, step, menu, words)
        case Did.REPLIED | Did.TENDERED:
            said = words.local(step.reply.words) if step.reply is not None else ""
            return Beat(step.at, said, "", "", None)
        case Did.ASKED_AGAIN:
            return Beat(step.at, "", "", words.text("do-practice-again"), None)
        case Did.PAID:
            return Beat(step.at, "", "", words.text("replay-paid"), None)
    return None


def _told_beat(played: Round, step: RoundStep, query: Query, menu: Menu, words: Wording) -> Beat:
    """The customer's question, and the answer they got."""
    mode, given = played.scenario.serving_mode, step.given or ""
    right = told_text(query, right_answer(query, menu, mode), menu)
    told = told_text(query, given, menu)
    return Beat(step.at, "", words.local(right), words.local(told), is_right(query, given, menu, mode))


def _order_beat(played: Round, step: RoundStep, menu: Menu, words: Wording) -> Beat:
    order = played.rung or played.order
    wanted = "; ".join(words.local(wanted_text(entry, menu)) for entry in played.scenario.wants)
    rung = "; ".join(f"{line.quantity} {words.item_name(menu.items[line.sku])}" for line in order.lines)
    return Beat(step.at, "", wanted, rung, None)


def _of_question(played: Round, step: RoundStep, reply: Reply | None, menu: Menu, words: Wording) -> Beat | None:
    number = step.kind.number if step.kind is not None else 0
    match step.did:
        case Did.SHOWN:
            expected = words.text("replay-leave" if played.rests else "replay-ask", number=number)
            return Beat(step.at, "", expected, words.text("replay-shown", number=number, words=step.words), None)
        case Did.SAID:
            return Beat(step.at, "", "", words.text("replay-said", number=number), played.rests is None)
        case Did.REPLIED:
            return Beat(step.at, words.local(reply.words) if reply is not None else "", "", "", None)
        case Did.KEYED:
            return _keyed_beat(played, step, reply, menu, words)
        case Did.TAKEN_BACK:
            return Beat(step.at, "", "", words.text("replay-taken-back", number=number), None)
    return None


def _keyed_beat(played: Round, step: RoundStep, reply: Reply | None, menu: Menu, words: Wording) -> Beat:
    """A keyed answer, compared with the customer's."""
    done = words.outcome(step.outcome) if step.outcome is not None else ""
    if played.rests is not None:
        expected = words.outcome(Outcome.NOT_APPLICABLE)
        return Beat(step.at, "", expected, done, step.outcome is Outcome.NOT_APPLICABLE)
    if reply is None:
        return Beat(step.at, "", words.text("replay-say-first"), done, False)
    question = played.order.question(step.kind) if step.kind is not None else None
    keyed, said = answers_told(step, reply, question, menu)
    return Beat(step.at, "", words.local(said), words.local(keyed), is_what_was_said(step, reply))
