"""The commands of payment. Enter is none of them, and no key that answers a question approves a payment."""

from __future__ import annotations

from pos.counter import keys
from pos.counter.bare import BareCounter
from pos.counter.commands.base import Command, states
from pos.counter.states import State, Tone, say
from pos.domain.errors import Refused
from pos.domain.money import Money
from pos.domain.order import TenderKind, TenderState

PAYMENT = states(State.PAYMENT)
LONGEST_AMOUNT = 5


class TypeAmount(Command):
    """Digits: an amount in whole kroner, for a part or for cash handed over."""

    id, keys, states, in_footer = "type-amount", tuple(keys.DIGITS), PAYMENT, False

    def run(self, counter: BareCounter, key: str) -> None:
        if len(counter.digits) >= LONGEST_AMOUNT:
            counter.digits = ""
            raise Refused("scan-at-payment")
        counter.digits += key


class EnterPaysNothing(Command):
    """Enter ends no sale: a code scanned at payment goes nowhere, an amount that somebody typed stays for A or K."""

    id, keys, states, in_footer = "enter-pays-nothing", (keys.ENTER,), PAYMENT, False

    def run(self, counter: BareCounter, key: str) -> None:
        if not counter.digits:
            raise Refused("enter-pays-nothing")
        if not counter.scanner.fast:
            raise Refused("digits-then-cash")
        counter.forget_typed()
        raise Refused("scan-at-payment")


def amount_typed(counter: BareCounter) -> Money | None:
    """The kroner typed, taken; None when nothing was."""
    typed = counter.take_digits()
    return None if typed is None else Money.of(typed)


class Cash(Command):
    """Cash: what was typed, or exactly what is due."""

    id, keys, states = "cash-exact", ("a",), PAYMENT

    def run(self, counter: BareCounter, key: str) -> None:
        pay_cash(counter, amount_typed(counter))


class Note(Command):
    """One of the three likeliest amounts."""

    states = PAYMENT
    place: int

    def run(self, counter: BareCounter, key: str) -> None:
        if counter.digits:
            raise Refused("digits-then-cash")
        pay_cash(counter, counter.register.likely_notes()[self.place])


class FirstNote(Note):
    """The likeliest amount."""

    id, keys, place = "cash-1", ("s",), 0


class SecondNote(Note):
    """The second likeliest amount."""

    id, keys, place = "cash-2", ("d",), 1


class ThirdNote(Note):
    """The third likeliest amount."""

    id, keys, place = "cash-3", ("f",), 2


def pay_cash(counter: BareCounter, handed: Money | None) -> None:
    """Take cash; less than is due is a part payment, and said so."""
    counter.register.pay_cash(handed)
    counter.finish_if_paid()
    if counter.paid is None and handed is not None:
        counter.message = say("part-paid", amount=handed)


class Terminal(Command):
    """Card or mobile: all that is due, or the part typed."""

    states = PAYMENT
    kind: TenderKind

    def run(self, counter: BareCounter, key: str) -> None:
        show_answer(counter, counter.register.ask_terminal(self.kind, amount_typed(counter)))


class Card(Terminal):
    """Card."""

    id, keys, kind = "card", ("k",), TenderKind.CARD


class Mobile(Terminal):
    """Mobile."""

    id, keys, kind = "mobile", ("v",), TenderKind.MOBILE


class TerminalSays(Command):
    """What the terminal showed."""

    states = states(State.TERMINAL)
    answer: TenderState

    def run(self, counter: BareCounter, key: str) -> None:
        counter.register.terminal_says(self.answer)
        show_answer(counter, self.answer)


def show_answer(counter: BareCounter, answer: TenderState) -> None:
    """Show what the terminal answered, whoever told the till: it may have completed the payment."""
    counter.finish_if_paid()
    if answer is TenderState.DECLINED:
        counter.message = say("terminal-declined", Tone.BAD)
    elif answer is TenderState.UNKNOWN:
        counter.message = say("terminal-unknown", Tone.BAD)


class Approved(TerminalSays):
    """The terminal approved it."""

    id, keys, answer = "approved", ("+",), TenderState.APPROVED


class Declined(TerminalSays):
    """The terminal declined it."""

    id, keys, answer = "declined", ("-",), TenderState.DECLINED


class Unknown(TerminalSays):
    """Nobody knows yet."""

    id, keys, answer = "unknown", ("u",), TenderState.UNKNOWN


COMMANDS: tuple[Command, ...] = (
    Cash(),
    FirstNote(),
    SecondNote(),
    ThirdNote(),
    Card(),
    Mobile(),
    Approved(),
    Declined(),
    Unknown(),
    TypeAmount(),
    EnterPaysNothing(),
)
