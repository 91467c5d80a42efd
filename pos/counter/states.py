"""The states of the counter: what is on the screen decides what a key means."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from pos.domain.errors import PosError
from pos.domain.prompts import (
    ModifierPrompt,
    PaymentPrompt,
    Prompt,
    QuestionPrompt,
    ServingPrompt,
    SlotPrompt,
    StopPrompt,
    TerminalPrompt,
)
from pos.domain.value import value


class State(StrEnum):
    """One for each prompt, and one for each panel that can lie over ringing."""

    RINGING = "ringing"
    CATEGORIES = "categories"
    FIND = "find"
    LINE = "line"
    SLOT = "slot"
    ALLERGENS = "allergens"
    MORE = "more"
    HELD = "held"
    DISCARD = "discard"
    DISCOUNT = "discount"
    PRICE = "price"
    SHOP_NOW = "shop_now"
    PURPOSE = "purpose"
    SOLD_OUT = "sold_out"
    HOW_LONG = "how_long"
    NOTE = "note"
    COUPON = "coupon"
    SHIFT = "shift"
    MONEY = "money"
    COUNT = "count"
    CLOSING = "closing"
    HELP = "help"
    SIGN_IN = "sign_in"
    APPROVE = "approve"
    RECEIPT = "receipt"
    STOP = "stop"
    CHOICE = "choice"
    SERVING = "serving"
    QUESTION = "question"
    NOT_NOW = "not_now"
    GONE = "gone"
    PAYMENT = "payment"
    GIVE_BACK = "give_back"
    TERMINAL = "terminal"
    REFUND_NUMBER = "refund_number"
    REFUND = "refund"
    REFUND_WAITING = "refund_waiting"
    PAID = "paid"


_OF_PROMPTS: dict[type[object], State] = {
    StopPrompt: State.STOP,
    SlotPrompt: State.CHOICE,
    ModifierPrompt: State.CHOICE,
    ServingPrompt: State.SERVING,
    QuestionPrompt: State.QUESTION,
    PaymentPrompt: State.PAYMENT,
    TerminalPrompt: State.TERMINAL,
}


def state_of(prompt: Prompt) -> State:
    """The state of a prompt without a panel over it."""
    return _OF_PROMPTS.get(type(prompt), State.RINGING)


class Tone(StrEnum):
    """The tone of a message."""

    PLAIN = "plain"
    GOOD = "good"
    BAD = "bad"


@value
class Say:
    """A sentence of the catalogues, with its values."""

    message_id: str
    values: dict[str, object] = field(default_factory=dict)
    tone: Tone = Tone.PLAIN


def say(message_id: str, tone: Tone = Tone.PLAIN, **values: object) -> Say:
    """A sentence to show: `say("held", count=2)`."""
    return Say(message_id, values, tone)


def say_error(error: PosError) -> Say:
    """The sentence of an error."""
    return Say(error.message_id, dict(error.values), Tone.BAD)
