"""How a customer pays: the next of their ways, for what is due."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.money import MINOR_PER_KRONE, Money
from pos.domain.order import TenderKind
from pos.domain.text import LocalText
from pos.training.draws import pick
from pos.training.phrases import (
    PAYING_CARD,
    PAYING_CASH,
    PAYING_EXACT,
    PAYING_MOBILE,
    PAYING_PART,
    PAYING_REST,
    Bank,
)
from pos.training.scenarios import Payment, Scenario
from pos.training.speaking import filled, money_text

HUNDRED = Money.of(100)
LAST_RESORT = Payment(TenderKind.CARD)
"""What is left after all of a scenario's ways is put on a card that works."""


@dataclass(frozen=True, slots=True)
class Pays:
    """A payment as it is made: `amount` of what is due (None: all), `handed` in cash (None: exactly what is due)."""

    kind: TenderKind
    amount: Money | None = None
    handed: Money | None = None
    declined: bool = False


def pays_now(scenario: Scenario, due: Money, tried: int, seed: int) -> tuple[LocalText, Pays]:
    """The words and the payment when `tried` payments were taken or declined before; `due` is to the øre."""
    payment = scenario.payments[tried] if tried < len(scenario.payments) else LAST_RESORT
    amount = payment.amount if payment.amount is not None and payment.amount < due else None
    pays = Pays(payment.kind, amount, _handed(payment, amount, due), payment.declined)
    words = pick(_bank(pays), seed, scenario.id, "pays", str(tried))
    shown = pays.handed or pays.amount
    words = filled(words, amount=money_text(shown)) if shown is not None else words
    if tried and amount is None and scenario.payments[0].amount is not None:
        rest = pick(PAYING_REST, seed, "rest")
        words = LocalText(rest.nb + words.nb, rest.en + words.en)
    return words, pays


def _handed(payment: Payment, amount: Money | None, due: Money) -> Money | None:
    """The cash in the hand: what they meant to give, or the next whole hundred when that no longer covers it."""
    if payment.kind is not TenderKind.CASH:
        return None
    if amount is not None:
        return amount
    if payment.hands is None or payment.hands >= _krone_up(due):
        return payment.hands
    return Money(-(-due.minor // HUNDRED.minor) * HUNDRED.minor)


def _krone_up(amount: Money) -> Money:
    return Money(-(-amount.minor // MINOR_PER_KRONE) * MINOR_PER_KRONE)


def _bank(pays: Pays) -> Bank:
    if pays.amount is not None:
        return PAYING_PART[pays.kind.value]
    if pays.kind is TenderKind.CASH:
        return PAYING_EXACT if pays.handed is None else PAYING_CASH
    return PAYING_CARD if pays.kind is TenderKind.CARD else PAYING_MOBILE
