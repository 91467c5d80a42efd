"""The commands of payment. Enter does not pay, and no key that answers a question approves a payment."""

from __future__ import annotations

from pos.counter import keys
from pos.counter.commands.base import Command, states
from pos.counter.counter_state import CounterState
from pos.counter.panels.paying import due, note_tip, open_by_person
from pos.counter.panels.refunding import finish_if_paid
from pos.counter.states import State, Tone, say
from pos.domain.errors import Refused
from pos.domain.money import DECIMALS, Money, total
from pos.domain.order.order import TenderKind, TenderState
from pos.domain.order.tips import Tip
from pos.register.verbs import paying

PAYMENT = states(State.PAYMENT)
TERMINAL = states(State.TERMINAL)
LONGEST_AMOUNT = 5
"""The most digits before the decimal sign."""
SIGNS = (",", ".")
"""Both are the decimal sign after a digit, in every language."""


class EndWriteOff(Command):
    """Finish a staff meal, a remake or waste: nobody pays."""

    id, keys, states = "write-off", ("a",), PAYMENT

    def fits(self, counter: CounterState) -> bool:
        return not counter.view.order.is_sale

    def run(self, counter: CounterState, key: str) -> None:
        counter.do(paying.write_off)
        counter.forget_typed()
        finish_if_paid(counter)


class NothingToPay(Command):
    """Refuse payment keys for an order that costs nothing."""

    id, keys, states, in_footer = "nothing-to-pay", (*keys.DIGITS, "s", "d", "f", "k", "v", "/", "."), PAYMENT, False

    def fits(self, counter: CounterState) -> bool:
        return not counter.view.order.is_sale

    def run(self, counter: CounterState, key: str) -> None:
        raise Refused("not-a-sale", purpose=counter.view.order.purpose)


class TakesMoney(Command):
    """A command that takes money in the shop, or types an amount."""

    states = PAYMENT

    def fits(self, counter: CounterState) -> bool:
        return counter.view.order.is_sale and counter.view.platform is None


class TakesTip(TakesMoney):
    """A command that is there where the shop takes tips."""

    def has_use(self, counter: CounterState) -> bool:
        return bool(counter.view.menu.most_tip)


class TypeAmount(TakesMoney):
    """Type digits of an amount: a part payment, or cash handed over."""

    id, keys, states, in_footer = "type-amount", tuple(keys.DIGITS), PAYMENT, False

    def run(self, counter: CounterState, key: str) -> None:
        refuse_while_notes_lie(counter)
        whole, sign, decimals = split_amount(counter.digits)
        counter.is_amount_cut |= len(decimals) >= DECIMALS if sign else len(whole) >= LONGEST_AMOUNT
        if sign and len(decimals) >= DECIMALS:
            raise Refused("amount-decimals", typed=counter.digits, most=DECIMALS)
        if not sign and len(whole) >= LONGEST_AMOUNT:
            raise Refused("amount-too-long", typed=counter.digits, most=LONGEST_AMOUNT)
        counter.digits += key


class DecimalSign(Command):
    """After a digit, comma and point are the decimal sign. A second one is refused, and the typed amount stays."""

    id, keys, states, in_footer = "decimal-sign", SIGNS, PAYMENT, False

    def fits(self, counter: CounterState) -> bool:
        return bool(counter.digits)

    def run(self, counter: CounterState, key: str) -> None:
        if split_amount(counter.digits)[1]:
            raise Refused("amount-one-sign", typed=counter.digits)
        counter.digits += key


class TypeTip(TakesTip, TypeAmount):
    """Digits while the terminal is asked: what the customer leaves there as a tip."""

    id, states = "type-tip", TERMINAL


class TipDecimalSign(DecimalSign, TakesTip):
    """The decimal sign in what is typed there."""

    id, states = "tip-decimal-sign", TERMINAL


class EnterPaysNothing(Command):
    """Enter pays nothing: a code scanned at payment has no effect, and a typed amount stays for A or K."""

    id, keys, states, in_footer = "enter-pays-nothing", (keys.ENTER,), PAYMENT, False

    def run(self, counter: CounterState, key: str) -> None:
        if not counter.digits:
            raise Refused("enter-pays-nothing")
        if not counter.scanner.fast:
            raise Refused("digits-then-cash")
        counter.forget_typed()
        raise Refused("scan-at-payment")


def split_amount(typed: str) -> tuple[str, str, str]:
    """The parts of a typed amount: kroner, decimal sign ('' while there is none) and decimals."""
    sign = next((sign for sign in SIGNS if sign in typed), "")
    whole, _, decimals = typed.partition(sign) if sign else (typed, "", "")
    return whole, sign, decimals


def amount_typed(counter: CounterState) -> Money | None:
    """The typed amount: `200`, `200,5` or `200.50`; None if nothing was typed."""
    if not counter.digits:
        return None
    whole, _, decimals = split_amount(counter.digits)
    return Money.of(int(whole), int(decimals.ljust(DECIMALS, "0")))


def amount_meant(counter: CounterState) -> Money | None:
    """The typed amount; None if nothing was typed. Raises `Refused` `amount-cut` if one of its digits was refused: of
    `1.000,00` only `1.00` was taken, which nobody meant."""
    if counter.digits and counter.is_amount_cut:
        raise Refused("amount-cut", typed=counter.digits)
    return amount_typed(counter)


def refuse_while_notes_lie(counter: CounterState) -> None:
    """Raises `Refused` `notes-lie-there` while notes are laid down that are not booked yet."""
    if counter.cash_laid is not None:
        raise Refused("notes-lie-there", amount=counter.cash_laid)


class LeaveTip(TakesTip):
    """The amount typed is a tip. Nothing typed: the change is one, or what was noted is taken back."""

    id, keys, states, in_footer = "tip", ("t",), PAYMENT | TERMINAL, False

    def run(self, counter: CounterState, key: str) -> None:
        typed = amount_meant(counter)
        if typed is not None:
            note_tip(counter, Tip(typed) if typed else None)
        else:
            note_tip(counter, Tip() if counter.view.order.tip is None else None)
        counter.digits, counter.is_amount_cut = "", False


class TakeTipBack(TakesTip):
    """While the terminal is asked: take back a digit, or the tip."""

    id, keys, states, in_footer = "take-tip-back", (keys.BACKSPACE, "ctrl+z"), TERMINAL, False

    def fits(self, counter: CounterState) -> bool:
        return super().fits(counter) and (bool(counter.digits) or counter.view.order.tip is not None)

    def run(self, counter: CounterState, key: str) -> None:
        if counter.digits:
            counter.digits, counter.is_amount_cut = counter.digits[:-1], False
        else:
            note_tip(counter, None)


class PlatformPays(Command):
    """Book all that is due on the platform that the customer paid."""

    id, keys, states = "platform", ("a",), PAYMENT

    def fits(self, counter: CounterState) -> bool:
        return counter.view.platform is not None

    def run(self, counter: CounterState, key: str) -> None:
        counter.do(paying.pay_by_platform)
        counter.forget_typed()
        finish_if_paid(counter)


class PlatformHasPaid(Command):
    """Refuse other payments for an order paid by platform."""

    id, states, in_footer = "platform-only", PAYMENT, False
    keys = ("s", "d", "f", "k", "v", "/", keys.ENTER, *keys.DIGITS)

    def fits(self, counter: CounterState) -> bool:
        return counter.view.platform is not None

    def run(self, counter: CounterState, key: str) -> None:
        platform = counter.view.platform
        counter.forget_typed()
        if platform is not None:
            raise Refused("platform-has-paid", name=platform.name)


class Cash(TakesMoney):
    """Cash: what was typed or what lies there, or exactly what is due."""

    id, keys, states = "cash-exact", ("a",), PAYMENT

    def run(self, counter: CounterState, key: str) -> None:
        typed = amount_meant(counter)
        pay_cash(counter, typed if typed is not None else counter.cash_laid)


class LayNote(TakesMoney):
    """Lay down one of the country's three notes. Once they cover what is due, they are booked as one tender."""

    states = PAYMENT
    place: int

    def run(self, counter: CounterState, key: str) -> None:
        if counter.digits:
            raise Refused("digits-then-cash")
        register = counter.register
        note = register.country.notes[self.place]
        wanted, laid = register.view.cash_due, total((*counter.laid, note))
        if laid >= wanted:
            pay_cash(counter, laid)
        else:
            counter.laid = (*counter.laid, note)
            counter.message = say("notes-laid", laid=laid, missing=wanted - laid)


class LayFirstNote(LayNote):
    """The smallest of the three."""

    id, keys, place = "cash-1", ("s",), 0


class LaySecondNote(LayNote):
    """The second."""

    id, keys, place = "cash-2", ("d",), 1


class LayThirdNote(LayNote):
    """The largest."""

    id, keys, place = "cash-3", ("f",), 2


def pay_cash(counter: CounterState, handed: Money | None) -> None:
    """Take cash. Less than is due is a part payment, with a message. If it is refused, the typed amount stays."""
    counter.do(paying.pay_cash, handed)
    counter.forget_typed()
    finish_if_paid(counter)
    if counter.paid is None and handed is not None:
        tell_part(counter, handed)


def tell_part(counter: CounterState, amount: Money) -> None:
    """Say that a part is paid, and what is still due."""
    counter.message = say("part-paid", amount=amount, due=due(counter))


class ByPersonKey(TakesMoney):
    """Payment by person: choose the lines that a person pays for."""

    id, keys, states = "by-person", ("/",), PAYMENT

    def fits(self, counter: CounterState) -> bool:
        return super().fits(counter) and counter.view.order.units > 1

    def run(self, counter: CounterState, key: str) -> None:
        refuse_while_notes_lie(counter)
        open_by_person(counter)


class ByTerminal(TakesMoney):
    """Card or mobile: all that is due, or the typed part."""

    states = PAYMENT
    kind: TenderKind

    def run(self, counter: CounterState, key: str) -> None:
        refuse_while_notes_lie(counter)
        part = amount_meant(counter)
        counter.do(paying.ask_terminal, self.kind, part)
        counter.forget_typed()
        tenders = counter.view.order.tenders  # none if it was the last payment, and the next order has begun
        show_answer(counter, tenders[-1].state if tenders else TenderState.APPROVED)


class ByCard(ByTerminal):
    """Card."""

    id, keys, kind = "card", ("k",), TenderKind.CARD


class ByMobile(ByTerminal):
    """Mobile."""

    id, keys, kind = "mobile", ("v",), TenderKind.MOBILE


class TerminalSays(Command):
    """The terminal's answer."""

    states = TERMINAL
    answer: TenderState

    def run(self, counter: CounterState, key: str) -> None:
        if counter.digits:
            raise Refused("digits-then-tip", typed=counter.digits)
        counter.do(paying.terminal_says, self.answer)
        show_answer(counter, self.answer)


def show_answer(counter: CounterState, answer: TenderState) -> None:
    """Show the terminal's answer, which may have completed the payment."""
    finish_if_paid(counter)
    if answer is TenderState.DECLINED:
        counter.message = say("terminal-declined", Tone.BAD)
    elif answer is TenderState.UNKNOWN:
        counter.message = say("terminal-unknown", Tone.BAD)
    elif answer is TenderState.APPROVED and counter.paid is None:
        tell_part(counter, counter.view.order.tenders[-1].taken)


class Approved(TerminalSays):
    """The terminal approved it."""

    id, keys, answer = "approved", ("+",), TenderState.APPROVED


class Declined(TerminalSays):
    """The terminal declined it."""

    id, keys, answer = "declined", ("-",), TenderState.DECLINED


class NotKnown(TerminalSays):
    """The terminal's answer is not known yet."""

    id, keys, answer = "unknown", ("u",), TenderState.UNKNOWN


COMMANDS: tuple[Command, ...] = (
    EndWriteOff(),
    NothingToPay(),
    PlatformPays(),
    PlatformHasPaid(),
    Cash(),
    LayFirstNote(),
    LaySecondNote(),
    LayThirdNote(),
    ByCard(),
    ByMobile(),
    ByPersonKey(),
    Approved(),
    Declined(),
    NotKnown(),
    LeaveTip(),
    TypeAmount(),
    DecimalSign(),
    TypeTip(),
    TipDecimalSign(),
    TakeTipBack(),
    EnterPaysNothing(),
)
