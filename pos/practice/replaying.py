"""A round step by step: what was expected beside what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pos.domain.menu import Menu
from pos.domain.questions import OfferKind, Outcome
from pos.training import Did, Meaning, Reply, Round, Step, right_answer
from pos.training.speaking import wanted_text
from pos.wording import Wording


@dataclass(frozen=True, slots=True)
class Beat:
    """One moment of a round: when, what the customer said, what was expected, what was done, and whether it fits."""

    at: float
    customer: str
    expected: str
    done: str
    fits: bool | None


def beats(played: Round, menu: Menu, words: Wording) -> list[Beat]:
    """Everything that happened, in turn."""
    return list(_beats(played, menu, words))


def _beats(played: Round, menu: Menu, words: Wording) -> Iterator[Beat]:
    replies: dict[OfferKind, Reply] = {}
    for step in played.steps:
        if step.kind is not None:
            if step.did is Did.REPLIED and step.reply is not None:
                replies[step.kind] = step.reply
            beat = _of_question(played, step, replies.get(step.kind), words)
        else:
            beat = _of_visit(played, step, menu, words)
        if beat is not None:
            yield beat


def _of_visit(played: Round, step: Step, menu: Menu, words: Wording) -> Beat | None:
    match step.did:
        case Did.SPOKE | Did.QUERY:
            said = words.local(played.scenario.says[step.query or 0].words)
            return Beat(step.at, said, "", "", None)
        case Did.TOLD:
            query = played.scenario.says[step.query or 0].query
            right = right_answer(query, menu, played.scenario.serving_mode) if query is not None else ""
            return Beat(step.at, "", right, step.given or "", step.given == right)
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


def _order_beat(played: Round, step: Step, menu: Menu, words: Wording) -> Beat:
    order = played.rung or played.order
    wanted = "; ".join(words.local(wanted_text(entry, menu)) for entry in played.scenario.wants)
    rung = "; ".join(f"{line.quantity} {words.item_name(menu.items[line.sku])}" for line in order.lines)
    return Beat(step.at, "", wanted, rung, None)


def _of_question(played: Round, step: Step, reply: Reply | None, words: Wording) -> Beat | None:
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
            expected = _expected(played, reply, words)
            done = words.outcome(step.outcome) if step.outcome is not None else ""
            return Beat(step.at, "", expected, done, _keyed_right(played, step, reply))
        case Did.TAKEN_BACK:
            return Beat(step.at, "", "", words.text("replay-taken-back", number=number), None)
    return None


def _expected(played: Round, reply: Reply | None, words: Wording) -> str:
    if played.rests is not None:
        return words.outcome(Outcome.NOT_APPLICABLE)
    if reply is None:
        return words.text("replay-say-first")
    return words.outcome(Outcome.DECLINED if reply.means is Meaning.NO else Outcome.ACCEPTED)


def _keyed_right(played: Round, step: Step, reply: Reply | None) -> bool:
    if played.rests is not None:
        return step.outcome is Outcome.NOT_APPLICABLE
    if reply is None:
        return False
    return (step.outcome is Outcome.DECLINED) is (reply.means is Meaning.NO)
