"""The commands of practice: what a trainee says, and what else the customer needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pos.counter import Command, Counter, State, Tone, keys, say
from pos.counter.commands.base import states
from pos.counter.commands.paying import Card, Cash, FirstNote, Mobile, SecondNote, ThirdNote
from pos.counter.commands.ringing import Enter, NextOrder
from pos.domain.errors import Refused
from pos.domain.questions import OfferKind
from pos.practice import panels
from pos.training import Way

if TYPE_CHECKING:
    from pos.practice.counter import PracticeCounter

ASKED = states(State.QUESTION, State.SERVING, State.CHOICE, State.PAYMENT)
LISTENING = states(State.RINGING, State.SERVING, State.CHOICE, State.QUESTION)


def practice(counter: Counter) -> PracticeCounter:
    """The counter as what it is: these commands stand on no other."""
    from pos.practice.counter import PracticeCounter

    assert isinstance(counter, PracticeCounter)
    return counter


class SayAloud(Command):
    """I have said it: only then the customer answers."""

    id, keys, states = "practice-say", (keys.SPACE,), ASKED

    def run(self, counter: Counter, key: str) -> None:
        practice(counter).say_aloud()


class GoOn(Command):
    """Yes? – the customer says the next thing."""

    id, keys, states = "practice-go-on", ("j",), states(State.RINGING)

    def fits(self, counter: Counter) -> bool:
        visit = practice(counter).visit
        return visit.has_more and visit.query is None

    def run(self, counter: Counter, key: str) -> None:
        practice(counter).speak_on()


class SayAgain(Command):
    """Say again? The words come back; it costs seconds."""

    id, keys, states = "practice-again", ("s",), LISTENING

    def run(self, counter: Counter, key: str) -> None:
        practice(counter).visit.ask_again()
        practice(counter).changed()


class Answer(Command):
    """Answer what the customer wants to know."""

    id, keys, states = "practice-answer", ("a",), states(State.RINGING, State.QUESTION)

    def fits(self, counter: Counter) -> bool:
        return practice(counter).visit.query is not None

    def run(self, counter: Counter, key: str) -> None:
        counter.panel = panels.AnswerQuery()


class ShowCard(Command):
    """In a pair: the card, for the colleague who plays the customer."""

    id, keys, states = "practice-card", ("v",), LISTENING

    def fits(self, counter: Counter) -> bool:
        return practice(counter).way is Way.PAIR

    def run(self, counter: Counter, key: str) -> None:
        counter.panel = panels.Card()


class AskFirst(Command):
    """On your own: what to ask as question 1."""

    states = states(State.RINGING, State.PAYMENT)
    kind: ClassVar[OfferKind]

    def fits(self, counter: Counter) -> bool:
        there = practice(counter)
        return there.way is Way.ON_YOUR_OWN and bool(counter.register.order.lines) and not there.visit.has_more

    def run(self, counter: Counter, key: str) -> None:
        there = practice(counter)
        if there.register.order.is_frozen or there.visit.last_tendered is not None:
            raise Refused("practice-too-late")
        counter.panel = panels.Candidates(self.kind)


class AskUpsell(AskFirst):
    """On your own: what to ask as question 1."""

    id, keys, kind = "practice-ask-1", ("j",), OfferKind.UPSELL


class AskCrossSell(AskFirst):
    """On your own: what to ask as question 2."""

    id, keys, kind = "practice-ask-2", ("n",), OfferKind.CROSS_SELL


class EnterInPractice(Enter):
    """Checkout, once the customer has said everything."""

    def run(self, counter: Counter, key: str) -> None:
        there = practice(counter)
        if counter.digits or not counter.register.order.lines:
            super().run(counter, key)
        elif there.visit.query is not None and not there.warned:
            there.warned = True
            counter.message = say("practice-customer-waits", Tone.BAD)
        elif there.visit.has_more and there.visit.query is None:
            there.speak_on()
            counter.message = say("practice-not-all")
        else:
            super().run(counter, key)


class Heard(Command):
    """A payment key waits until the customer has said how they pay."""

    def run(self, counter: Counter, key: str) -> None:
        if practice(counter).visit.last_tendered is None:
            raise Refused("practice-ask-payment")
        super().run(counter, key)


class CashHeard(Heard, Cash):
    """Cash, after the customer has said so."""


class FirstNoteHeard(Heard, FirstNote):
    """The likeliest amount, after the customer has said so."""


class SecondNoteHeard(Heard, SecondNote):
    """The second likeliest amount, after the customer has said so."""


class ThirdNoteHeard(Heard, ThirdNote):
    """The third likeliest amount, after the customer has said so."""


class CardHeard(Heard, Card):
    """Card, after the customer has said so."""


class MobileHeard(Heard, Mobile):
    """Mobile, after the customer has said so."""


class NextCustomer(NextOrder):
    """The next customer."""

    def run(self, counter: Counter, key: str) -> None:
        there = practice(counter)
        if there.result is None:
            raise Refused("practice-tick-first")
        there.go_on()


class MoreInPractice(Command):
    """Everything else of practice."""

    id, keys = "more-commands", (",",)
    states = states(
        State.RINGING, State.PAID, State.CHOICE, State.SERVING, State.QUESTION, State.PAYMENT, State.TERMINAL
    )

    def run(self, counter: Counter, key: str) -> None:
        counter.panel = panels.MoreInPractice()


PRACTICE: tuple[Command, ...] = (
    SayAloud(),
    Answer(),
    ShowCard(),
    AskUpsell(),
    AskCrossSell(),
    GoOn(),
    EnterInPractice(),
    CashHeard(),
    FirstNoteHeard(),
    SecondNoteHeard(),
    ThirdNoteHeard(),
    CardHeard(),
    MobileHeard(),
    NextCustomer(),
    SayAgain(),
    MoreInPractice(),
)

INSTEAD = frozenset({"hold", "recall"})
"""What a shop's counter can do and practice cannot: an order set aside has no customer to come back."""
