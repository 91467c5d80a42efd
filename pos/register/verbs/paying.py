"""The verbs of payment: tenders, one after the other; the sale that the last one makes; and write-offs."""

from __future__ import annotations

from pos.domain.errors import Refused
from pos.domain.money import ZERO, Money
from pos.domain.order.exchange import EXCHANGE
from pos.domain.order.order import Order, Tender, TenderKind, TenderState
from pos.domain.prompts import PaymentPrompt, TerminalPrompt
from pos.domain.sale.finished import Finished
from pos.domain.shift.shift import Tallied
from pos.domain.value import replace
from pos.register.following import check_flow
from pos.register.gate import Ask, Change, by_anyone, given, verb
from pos.register.needs import a_payment_due, a_payment_here, a_waiting_terminal, an_open_order, may_sell, payment
from pos.register.scene import Scene
from pos.register.verbs.closing import make_write_off
from pos.register.verbs.drawer import with_drawer
from pos.register.verbs.exchanging import (
    credit_facts,
    credit_of,
    difference_says,
    give_difference,
    with_credit,
    without_credit,
)
from pos.register.verbs.finishing import frozen, sold
from pos.register.verbs.kitchen import called_off, has_slip
from pos.register.verbs.numbering import numbered
from pos.register.verbs.other_tills import approved_for
from pos.register.verbs.tipping import check_tip
from pos.store import OrderState, TallyRow, WrittenOff


@given(may_sell(a_payment_here))
def pay_cash(scene: Scene, prompt: PaymentPrompt, handed: Money | None = None) -> Change[Finished | None]:
    """Take cash: `handed`, or exactly what is due. Less than that is a part payment.

    If returned goods are worth as much as the order or more, the difference is given in cash. Raises `Refused` for an
    amount that nobody hands over (`cash-absurd`) or that no coins make (`cash-no-coin`). A noted tip comes on top of
    what is due, and is not rounded: `tip-no-coin`, `tip-not-handed` for no more than the tip, and `tip-too-large` for
    change that is one.
    """
    if _gives_back(scene, prompt, handed):
        return give_difference(scene, prompt.back, TenderKind.CASH)
    country = scene.country
    due, rounded, tip = prompt.due, country.round_cash(prompt.due), scene.order.tip_said
    wanted = rounded + tip
    given_cash = wanted if handed is None else handed
    too_much = given_cash > country.largest_cash or given_cash - wanted >= country.largest_change
    if given_cash < ZERO or too_much or (not given_cash and wanted):
        raise Refused("cash-absurd", amount=given_cash)
    if given_cash.minor % country.cash_unit.minor:
        raise Refused("cash-no-coin", amount=given_cash, unit=country.cash_unit)
    if tip.minor % country.cash_unit.minor:
        raise Refused("tip-no-coin", amount=tip, unit=country.cash_unit)
    if given_cash >= wanted:
        change = given_cash - wanted
        if scene.order.tip is not None and scene.order.tip.is_change:
            check_tip(scene, change)
            change = ZERO
        tender = _tender(scene, TenderKind.CASH, due, given_cash, TenderState.APPROVED)
        tender = replace(tender, rounding=rounded - due, change=change)
    elif given_cash <= tip:
        raise Refused("tip-not-handed", amount=given_cash, tip=tip)
    else:
        tender = _tender(scene, TenderKind.CASH, given_cash - tip, given_cash, TenderState.APPROVED)
    return with_drawer(scene, _taken(scene, _with_tender(scene, tender)))


@given(may_sell(a_payment_due))
def pay_by_platform(scene: Scene, prompt: PaymentPrompt) -> Change[Finished | None]:
    """Book all that is due on the platform that the customer paid. Raises `Refused` for an order of another channel."""
    channel = scene.platform
    if channel is None:
        raise Refused("no-platform")
    tender = _tender(scene, channel.id, prompt.due, prompt.due, TenderState.APPROVED)
    return _taken(scene, _with_tender(scene, replace(tender, name=channel.name)))


@given(may_sell(a_payment_here))
def ask_terminal(
    scene: Scene, prompt: PaymentPrompt, kind: TenderKind, amount: Money | None = None
) -> Change[Finished | None]:
    """Record that a card or mobile payment is being tried. The terminal is asked after the commit.

    `amount` is a part of what is due; None is all of it. A noted tip comes on top. If returned goods are worth more
    than the order, the terminal is asked to pay the difference back.
    """
    if _gives_back(scene, prompt, amount):
        return give_difference(scene, prompt.back, kind)
    part = prompt.due if amount is None else amount
    if part <= ZERO or part > prompt.due:
        raise Refused("part-absurd", amount=part, due=prompt.due)
    tender = _tender(scene, kind, part, part + scene.order.tip_said, TenderState.INTENT)
    return replace(_taken(scene, _with_tender(scene, tender)), asks=(Ask(tender),))


@by_anyone
@given(a_waiting_terminal)
def terminal_says(scene: Scene, prompt: TerminalPrompt, state: TenderState) -> Change[Finished | None]:
    """Record the terminal's answer: approved, declined or unknown. Unknown keeps waiting for one of the others."""
    if prompt.tender.kind == EXCHANGE:
        return difference_says(scene, state)
    tender = replace(prompt.tender, state=state)
    change = _changed(scene, tender)
    return replace(change, facts=(*change.facts, *approved_for(scene, tender))) if tender.counts else change


@verb
def give_back(scene: Scene) -> Change[Money]:
    """Give the last part payment back, with its tip. Returns its amount. Without any payment left, the order can be
    changed again."""
    if scene.order.open_tender is not None:
        raise Refused("tender-open")
    paid = (tender for tender in reversed(scene.order.tenders) if tender.counts and tender.kind != EXCHANGE)
    last = next(paid, None)
    if last is None:
        raise Refused("nothing-to-take-back")
    change = _changed(scene, replace(last, state=TenderState.GIVEN_BACK))
    given_back = Change(last.taken, change.moves, change.facts)
    return with_drawer(scene, given_back) if last.kind == TenderKind.CASH else given_back


@given(an_open_order)
def write_off(scene: Scene, order: Order) -> Change[Finished | None]:
    """Finish a staff meal, a remake or waste: no sale, and nobody pays.

    Raises `Refused` `not-written-off` for a sale, or if checkout still has a prompt.
    """
    if order.is_sale:
        raise Refused("not-written-off")
    payment(scene)
    check_flow(order, scene.setup)
    order, facts = numbered(scene, order) if order.purpose.is_made else called_off(scene, order)
    draft = make_write_off(order, scene.moment, scene.till, scene.cashier, order.language or scene.language)
    series, number = scene.store.write_offs.next_number(scene.till.id)
    call_number = order.call_number if order.purpose.is_made else 0
    done = replace(draft, series=series, number=number, call_number=call_number, kitchen_slip=has_slip(scene, draft))
    counted = scene.tallied(TallyRow(Tallied.WRITE_OFF, 1, done.worth, done.purpose))
    facts = (*facts, WrittenOff(done), *counted)
    return scene.left(OrderState.ABANDONED, order, facts=facts, result=done, finished=done)


# what verbs share


def _tender(scene: Scene, kind: str, amount: Money, handed: Money, state: TenderState) -> Tender:
    return Tender(len(scene.order.tenders) + 1, kind, amount, handed, state, scene.now)


def _gives_back(scene: Scene, prompt: PaymentPrompt, amount: Money | None) -> bool:
    """Whether the returned goods of an exchange are worth as much as the order or more. Raises `Refused` if an amount
    was given then."""
    if not scene.order.credit or prompt.due:
        return False
    if amount is not None:
        raise Refused("exchange-gives-back", amount=prompt.back)
    return True


def _with_tender(scene: Scene, tender: Tender) -> Order:
    """The order with one more tender. The first tender freezes it."""
    order = with_credit(scene, frozen(scene))
    return replace(order, tenders=(*order.tenders, replace(tender, id=len(order.tenders) + 1)))


def _changed(scene: Scene, tender: Tender) -> Change[Finished | None]:
    """The change that a tender's new state makes. An order without any payment follows the menu again."""
    tenders = tuple(tender if entry.id == tender.id else entry for entry in scene.order.tenders)
    order = without_credit(replace(scene.order, tenders=tenders))
    return _taken(scene, order if order.is_frozen else replace(order, settled=()))


def _taken(scene: Scene, order: Order) -> Change[Finished | None]:
    """The change to the order with its tenders as they are: if they complete the payment, it becomes a sale."""
    check_flow(order, scene.setup)
    if not order.is_sale:
        raise Refused("not-a-sale", purpose=order.purpose)
    order, facts = numbered(scene, _without_paid_tip(order))
    total = scene.moment_of(order).price(order).total
    if order.open_tender is not None or order.paid < total or not order.is_frozen:
        return scene.moved(order, result=None, facts=(*facts, *credit_facts(scene, order)))
    return sold(scene, order, facts, credit_of(scene, order))


def _without_paid_tip(order: Order) -> Order:
    """The order without the tip that was noted, if its last tender has left it."""
    is_paid = order.tip_said and order.tenders and order.tenders[-1].counts and order.tenders[-1].tip
    return replace(order, tip=None) if is_paid else order
