"""How a perfect trainee goes from checkout to the score: one key after the other, for whatever the till asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.counter import State, keys
from pos.domain.money import MINOR_PER_KRONE, Money
from pos.domain.order.order import TenderKind
from pos.domain.order.questions import HERE_REASONS
from pos.domain.prompts import (
    ModifierPrompt,
    PaymentPrompt,
    QuestionPrompt,
    ServingPrompt,
    SlotPrompt,
    StopPrompt,
    TerminalPrompt,
)
from pos.register.verbs import ringing
from pos.training import Did, Meaning, Pays, Reply
from pos.training.scoring.rubric import WORDS_A_SECOND
from pos.wording import wording

if TYPE_CHECKING:
    from tests.practice.rigs import Rig


def last_reply(rig: Rig) -> Reply:
    """What the customer answered last."""
    steps = rig.sitting.visit.round.steps
    return next(step.reply for step in reversed(steps) if step.reply is not None)


def step(rig: Rig) -> None:
    """Do what the till asks for next."""
    match rig.counter.prompt:
        case QuestionPrompt() as prompt:
            answer_question(rig, prompt)
        case ServingPrompt():
            rig.think(1).press("space")
            rig.think(1).press("1" if last_reply(rig).choice == "eat_in" else "2")
        case StopPrompt():
            rig.think(1).press("space")
            rig.think(1).press("=" if last_reply(rig).means is Meaning.YES else "delete")
        case SlotPrompt() as slot:
            rig.think(1).press("space")
            count_down(rig, slot.count)
            rig.think(1).press(keys.CHOICE_KEYS[slot.choices.index(last_reply(rig).choice or "")])
        case ModifierPrompt() as group:
            rig.think(1).press("space")
            count_down(rig, group.count)
            ids = [entry.id for entry in group.group.modifiers]
            rig.think(1).press(keys.CHOICE_KEYS[ids.index(last_reply(rig).choice or "")])
        case PaymentPrompt():
            pay(rig)
        case TerminalPrompt():
            rig.think(1).press("-" if last_reply(rig).means is Meaning.DECLINED else "+")
        case _:
            rig.press("enter")


def answer_question(rig: Rig, prompt: QuestionPrompt) -> None:
    """Say the words slowly enough, listen, key what was heard."""
    rest = rig.sitting.visit.scenario.rest
    if rest is not None:
        rig.think(1).press("x", str(HERE_REASONS.index(rest) + 1))
        return
    register = rig.counter.register
    words = wording(register.view.order.language or register.language).question(prompt, register.view.menu)
    rig.think(len(words.split()) / WORDS_A_SECOND).press("space")
    key_reply(rig, prompt, last_reply(rig))


def count_down(rig: Rig, count: int) -> None:
    """For how many of a line the customer has answered."""
    rig.press(*["-"] * (count - (last_reply(rig).count or count)))


def key_reply(rig: Rig, prompt: QuestionPrompt, reply: Reply) -> None:
    """The key for what the customer said."""
    rig.think(len(reply.words.nb.split()) / WORDS_A_SECOND)
    if reply.means is Meaning.NO:
        rig.press("n")
        return
    if reply.means is Meaning.ANOTHER:
        ids = [offer.id for offer in prompt.question.candidates]
        rig.press(*["right"] * (ids.index(reply.offer or "") - prompt.question.shown))
    # A number that is said counts down from all of them.
    while isinstance(now := rig.counter.prompt, QuestionPrompt) and now.question.count > reply.count > 0:
        rig.press("-")
    if reply.choice is not None and prompt.choices is not None:
        ids = [entry.id for entry in prompt.choices.modifiers]
        rig.press(str(ids.index(reply.choice) + 1))
    else:
        rig.press("j")


def pay(rig: Rig) -> None:
    """Ask how they pay, and take that; a change of mind first."""
    rig.think(2).press("space")
    reply = last_reply(rig)
    if reply.means is Meaning.CHANGES:
        change_mind(rig)
        return
    assert reply.pays is not None
    take(rig, reply.pays)


def take(rig: Rig, pays: Pays) -> None:
    """Take a payment as it was said."""
    amount = pays.handed if pays.kind is TenderKind.CASH else pays.amount
    digits = "" if amount is None else _kroner(amount)
    rig.press(*digits, {"cash": "a", "card": "k", "mobile": "v"}[pays.kind.value])


def _kroner(amount: Money) -> str:
    kroner, ore = divmod(amount.minor, MINOR_PER_KRONE)
    assert not ore
    return str(kroner)


def change_mind(rig: Rig) -> None:
    """Go back to ringing, do what the customer wishes, and go on to payment again."""
    late = rig.sitting.visit.scenario.late
    assert late is not None
    rig.press("escape")
    register = rig.counter.register
    for sku in late.without:
        row = next(line for line in register.view.order.lines if line.sku == sku)
        register.do(ringing.change_quantity, row.id, -1)
    for wanted in late.wants:
        register.do(ringing.ring, wanted.sku, wanted.quantity)
    rig.press("enter")


def has(rig: Rig, did: Did) -> bool:
    """Whether something of a sort has happened in this round."""
    return any(step.did is did for step in rig.sitting.visit.round.steps)


def check_to(rig: Rig, state: State) -> None:
    """Do what the till asks for until it is in a state."""
    for _ in range(60):
        if rig.counter.state is state or rig.sitting.result is not None:
            return
        step(rig)
    raise AssertionError(f"never came to {state}")
