"""How a customer pays: the next of their ways, for what is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos.domain.money import MINOR_PER_KRONE, Money
from pos.domain.order.order import Tender, TenderKind, TenderState
from pos.domain.text import LocalText
from pos.training.customer.draws import pick
from pos.training.customer.phrases import (
    PAYING_CARD,
    PAYING_CASH,
    PAYING_EXACT,
    PAYING_MOBILE,
    PAYING_PART,
    PAYING_REST,
    Bank,
)
from pos.training.customer.scenarios import Payment, Scenario
from pos.training.customer.speaking import filled, money_text

HUNDRED = Money.of(100)
LAST_RESORT = Payment(TenderKind.CARD)
"""The payment after all of a scenario's own: the rest, on a card that works."""


@dataclass(frozen=True, slots=True)
class Pays:
    """A payment as it is made: `amount` of what is due (None: all), `handed` in cash (None: exactly what is due)."""

    kind: TenderKind
    amount: Money | None = None
    handed: Money | None = None
    declined: bool = False


@dataclass(frozen=True, slots=True)
class TakenInRound:
    """What the trainee took for one payment of the customer; `pays` is None for tenders that nobody spoke of."""

    pays: Pays | None
    tenders: tuple[Tender, ...]


def ways_tried(payments: Sequence[Payment], tenders: Sequence[Tender]) -> int:
    """How many of their ways to pay a customer has used up.

    Notes in a row are one way. A tender that was given back does not count; nor does one that was declined although the
    scenario has it approved.
    """
    place, last = 0, None
    for tender in tenders:
        payment = payments[place] if place < len(payments) else LAST_RESORT
        missed = tender.state is TenderState.DECLINED and not payment.declined
        if tender.state is TenderState.GIVEN_BACK or missed:
            continue
        if not (tender.kind is last is TenderKind.CASH):
            place += 1
        last = tender.kind
    return place


def taken_for(said: Sequence[Pays], tenders: Sequence[Tender]) -> tuple[TakenInRound, ...]:
    """What was taken, payment by payment in the order in which the customer spoke of them.

    Several notes in a row belong to one payment in cash. A tender that was declined although the customer can pay so
    belongs to the payment that they meant. Tenders that were given back are left out.
    """
    left = [tender for tender in tenders if tender.state is not TenderState.GIVEN_BACK]
    found: list[TakenInRound] = []
    for pays in said:
        some: list[Tender] = []
        while left and left[0].state is TenderState.DECLINED and not pays.declined:
            some.append(left.pop(0))
        some += left[:1]
        del left[:1]
        while pays.kind is TenderKind.CASH and some and left and _is_more_cash(pays, some, left[0]):
            some.append(left.pop(0))
        found.append(TakenInRound(pays, tuple(some)))
    return (*found, *(TakenInRound(None, (tender,)) for tender in left))


def _is_more_cash(pays: Pays, some: Sequence[Tender], tender: Tender) -> bool:
    """Whether the next tender is another note of the same payment."""
    if tender.kind is not TenderKind.CASH or some[-1].kind is not TenderKind.CASH:
        return False
    return pays.handed is None or sum(entry.handed.minor for entry in some) < pays.handed.minor


def is_awaited(taken: TakenInRound) -> bool:
    """Whether there is more to take of what the customer holds out: nothing was, or not all of their notes."""
    pays = taken.pays
    if pays is None or not taken.tenders:
        return True
    if all(tender.state is TenderState.DECLINED for tender in taken.tenders) and not pays.declined:
        return True
    cash = [tender for tender in taken.tenders if tender.kind is TenderKind.CASH]
    if pays.kind is not TenderKind.CASH or not cash or pays.handed is None:
        return False
    return sum(tender.handed.minor for tender in cash) < pays.handed.minor


def is_as_said(taken: TakenInRound) -> bool:
    """Whether the tenders are of the kind and amount that the customer said."""
    pays = taken.pays
    if pays is None or not taken.tenders:
        return False
    if pays.kind is TenderKind.CASH:
        cash = all(tender.kind is TenderKind.CASH for tender in taken.tenders)
        return cash and pays.handed in (None, Money(sum(tender.handed.minor for tender in taken.tenders)))
    tender = taken.tenders[0]
    declined = tender.state is TenderState.DECLINED
    is_right = tender.kind is pays.kind and declined is pays.declined and pays.amount in (None, tender.amount)
    return is_right and len(taken.tenders) == 1


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
