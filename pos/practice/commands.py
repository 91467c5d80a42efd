"""The commands of practice: what the trainee says to the customer, and the till's commands with a customer."""

from __future__ import annotations

from typing import ClassVar

from pos.counter import COMMANDS, Command, CounterState, State, Tone, keys, say
from pos.counter.commands.base import states
from pos.counter.commands.checking_out import Choose, ConfirmLine, EatIn, No, TakeAway, Yes, YesInChoice
from pos.counter.commands.opening import Help, More
from pos.counter.commands.paying import (
    Approved,
    ByCard,
    ByMobile,
    Cash,
    LayFirstNote,
    LaySecondNote,
    LayThirdNote,
    refuse_while_notes_lie,
)
from pos.counter.commands.ringing import Enter, NextOrder
from pos.domain.errors import Refused
from pos.domain.order.questions import OfferKind
from pos.practice.sitting import between, panels
from pos.practice.sitting.sitting import Sitting
from pos.training import Did, Meaning, PracticeWay

ASKED = states(State.STOP, State.QUESTION, State.SERVING, State.CHOICE, State.PAYMENT)
LISTENING = states(State.RINGING, State.STOP, State.SERVING, State.CHOICE, State.QUESTION)


class OfPractice(Command):
    """A command that needs the sitting."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting


class SayAloud(OfPractice):
    """Tell the program that the words were said. Only then does the customer answer."""

    id, keys, states = "practice-say", (keys.SPACE,), ASKED

    def run(self, counter: CounterState, key: str) -> None:
        self.sitting.visit.say()


class GoOn(OfPractice):
    """Let the customer say the next thing."""

    id, keys, states = "practice-go-on", ("j", "y"), states(State.RINGING)

    def fits(self, counter: CounterState) -> bool:
        visit = self.sitting.visit
        return visit.has_more and visit.query is None

    def run(self, counter: CounterState, key: str) -> None:
        self.sitting.visit.speak_next()


class SayAgain(OfPractice):
    """Ask the customer to repeat their words; it costs seconds."""

    id, keys, states = "practice-again", ("s",), LISTENING

    def run(self, counter: CounterState, key: str) -> None:
        self.sitting.visit.ask_again()


class Answer(OfPractice):
    """Answer a question of the customer."""

    id, keys, states = "practice-answer", ("a",), states(State.RINGING, State.QUESTION)

    def fits(self, counter: CounterState) -> bool:
        return self.sitting.visit.query is not None

    def run(self, counter: CounterState, key: str) -> None:
        counter.panel = panels.AnswerQueryPanel(self.sitting.visit)


class ShowCard(OfPractice):
    """Show the card to the colleague who plays the customer."""

    id, keys, states = "practice-card", ("v",), LISTENING

    def fits(self, counter: CounterState) -> bool:
        return self.sitting.way is PracticeWay.PAIR

    def run(self, counter: CounterState, key: str) -> None:
        counter.panel = panels.CardPanel(self.sitting.visit)


class AskByHand(OfPractice):
    """Choose what to ask, when the till asks nothing."""

    states = states(State.RINGING, State.PAYMENT)
    kind: ClassVar[OfferKind]

    def fits(self, counter: CounterState) -> bool:
        on_their_own = self.sitting.way is PracticeWay.ON_YOUR_OWN
        return on_their_own and bool(counter.view.order.lines) and not self.sitting.visit.has_more

    def run(self, counter: CounterState, key: str) -> None:
        if counter.view.order.is_frozen or self.sitting.visit.last_tendered is not None:
            raise Refused("practice-too-late")
        counter.panel = panels.CandidatesPanel(self.sitting.visit, self.kind)


class AskUpsell(AskByHand):
    """Choose the upsell to ask."""

    id, keys, kind = "practice-ask-1", ("j", "y"), OfferKind.UPSELL


class AskCrossSell(AskByHand):
    """Choose the cross-sell to ask."""

    id, keys, kind = "practice-ask-2", ("n",), OfferKind.CROSS_SELL


class EnterInPractice(OfPractice, Enter):
    """Checkout, refused until the customer has said everything."""

    def run(self, counter: CounterState, key: str) -> None:
        visit = self.sitting.visit
        if counter.digits or not counter.view.order.lines:
            super().run(counter, key)
        elif visit.query is not None and not self.sitting.warned:
            self.sitting.warned = True
            counter.message = say("practice-customer-waits", Tone.BAD)
        elif visit.has_more and visit.query is None:
            visit.speak_next()
            counter.message = say("practice-not-all")
        else:
            super().run(counter, key)


class PaysAsSaid(OfPractice):
    """A payment key, refused until the customer has said how they pay."""

    def run(self, counter: CounterState, key: str) -> None:
        if self.sitting.visit.last_tendered is None:
            raise Refused("practice-ask-payment")
        super().run(counter, key)


class CashHeard(PaysAsSaid, Cash):
    """Cash, after the customer has said so."""


class FirstNoteHeard(PaysAsSaid, LayFirstNote):
    """The smallest note, after the customer has said so."""


class SecondNoteHeard(PaysAsSaid, LaySecondNote):
    """The second note, after the customer has said so."""


class ThirdNoteHeard(PaysAsSaid, LayThirdNote):
    """The largest note, after the customer has said so."""


class CardHeard(PaysAsSaid, ByCard):
    """Card, after the customer has said so."""


class MobileHeard(PaysAsSaid, ByMobile):
    """Mobile, after the customer has said so."""


class AnswersAsSaid(OfPractice):
    """An answer, refused until the trainee has said the words."""

    def run(self, counter: CounterState, key: str) -> None:
        self.sitting.visit.check_heard()
        super().run(counter, key)


class YesHeard(AnswersAsSaid, Yes):
    """Yes, after the customer has said something."""


class YesInChoiceHeard(AnswersAsSaid, YesInChoice):
    """Yes in a choice, after the customer has said something."""


class NoHeard(AnswersAsSaid, No):
    """No, after the customer has said something."""


class EatInHeard(AnswersAsSaid, EatIn):
    """Eat in, after the customer has said so."""


class TakeAwayHeard(AnswersAsSaid, TakeAway):
    """Take away, after the customer has said so."""


class ChooseHeard(AnswersAsSaid, Choose):
    """A choice, after the customer has named it."""


class ConfirmLineHeard(AnswersAsSaid, ConfirmLine):
    """Confirm a line with a noted allergen, after the customer has said so."""


class ApprovedHeard(OfPractice, Approved):
    """Approved, after the customer has held a card or phone to the terminal."""

    def run(self, counter: CounterState, key: str) -> None:
        shown = self.sitting.visit.at_terminal
        if shown is None or shown.means is Meaning.NOTHING:
            raise Refused("practice-no-card")
        super().run(counter, key)


class AskAge(OfPractice):
    """Ask the customer for proof of age."""

    id, keys, states = "practice-ask-age", ("k",), states(State.RINGING)

    def fits(self, counter: CounterState) -> bool:
        visit = self.sitting.visit
        return visit.age_limit is not None and visit.round.first(Did.ASKED_AGE) is None

    def run(self, counter: CounterState, key: str) -> None:
        self.sitting.visit.ask_age()


class CallHelp(OfPractice, Help):
    """Show what each key does; calls for help are counted."""

    def run(self, counter: CounterState, key: str) -> None:
        self.sitting.visit.call_help()
        super().run(counter, key)


class NextCustomer(OfPractice, NextOrder):
    """The next customer."""

    def run(self, counter: CounterState, key: str) -> None:
        if self.sitting.result is None:
            raise Refused("practice-tick-first")
        self.sitting.go_on()


class MoreInPractice(OfPractice, More):
    """The menu of everything else in practice."""

    def run(self, counter: CounterState, key: str) -> None:
        refuse_while_notes_lie(counter)
        counter.panel = between.MoreInPracticePanel(self.sitting)


PRACTICE: tuple[type[OfPractice], ...] = (
    SayAloud,
    Answer,
    ShowCard,
    AskUpsell,
    AskCrossSell,
    GoOn,
    EnterInPractice,
    CashHeard,
    FirstNoteHeard,
    SecondNoteHeard,
    ThirdNoteHeard,
    CardHeard,
    MobileHeard,
    YesHeard,
    NoHeard,
    YesInChoiceHeard,
    EatInHeard,
    TakeAwayHeard,
    ChooseHeard,
    ConfirmLineHeard,
    ApprovedHeard,
    AskAge,
    CallHelp,
    NextCustomer,
    SayAgain,
    MoreInPractice,
)

WITHOUT = frozenset({"hold", "recall"})
"""Commands of the shop's counter that practice does not have: a customer whose order is held would not come back."""


def commands_of_practice(sitting: Sitting) -> tuple[Command, ...]:
    """The commands of practice, and the shop's commands that it does not replace."""
    own = [command(sitting) for command in PRACTICE]
    replaced = {command.id for command in own} | WITHOUT
    return (*own, *(command for command in COMMANDS if command.id not in replaced))
