"""Exchanges in one act: goods of a sale are returned and pay for others, and the difference is paid either way."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TypeAlias

from pos.domain.errors import Refused
from pos.domain.money import Money, total
from pos.domain.order.exchange import EXCHANGE, EXCHANGE_NAME, Exchange, RefundReason, SaleNumber, Way
from pos.domain.order.order import Order, Tender, TenderKind, TenderState
from pos.domain.order.questions import Reason
from pos.domain.people import Right
from pos.domain.refunds.refund import TERMINAL_KINDS, CashReason, Refund
from pos.domain.refunds.remaining import Remaining, first_by, in_proportion, remaining, without
from pos.domain.sale.finished import Finished
from pos.domain.value import replace
from pos.register.gate import Ask, Change, given
from pos.register.needs import allowed
from pos.register.questions import restart_read_delay
from pos.register.scene import Scene, View
from pos.register.verbs.drawer import with_drawer
from pos.register.verbs.finishing import frozen, sold
from pos.register.verbs.numbering import numbered
from pos.register.verbs.other_tills import refunded_here
from pos.register.verbs.refunding import begun, by_way, in_a_shop, terminals_first, what_is_left
from pos.store import Fact, RefundKept, Store
from pos.wording.sentences import label_id


def an_empty_order(scene: Scene) -> Order:
    """The open order, if it has no lines. Raises `Refused`: `exchange-hold-first`, and in practice."""
    in_a_shop(scene)
    if scene.order.lines or scene.order.is_frozen:
        raise Refused("exchange-hold-first")
    return scene.order


@given(allowed(Right.REFUND, an_empty_order))
def exchange(
    scene: Scene, order: Order, of: SaleNumber, counts: Sequence[tuple[int, int]], reason: RefundReason
) -> Change[None]:
    """Make the open order, which must be empty, an exchange for parts of a sale. `counts` says how many of which lines
    are returned.

    Nothing is returned before the order is paid, and taking this back leaves the sale unchanged. Neither question is
    asked: both were asked for the sale. Raises `Refused` as `refund` does, and `exchange-hold-first` if the order has
    lines.
    """
    left = what_is_left(scene.store, of)
    draft = begun(scene, left, dict(counts), reason)
    taken = Exchange(draft.id, of, tuple(counts), reason, draft.total)
    moved = replace(order, exchange=taken, exempt=Reason.EXCHANGE, serving_mode=left.sale.serving_mode)
    return replace(scene.moved(restart_read_delay(moved, scene.now), result=None), reason=label_id(reason))


# called by the verbs of payment


def with_credit(scene: Scene, order: Order) -> Order:
    """A frozen order whose first tender is the credit of its returned goods, if it is an exchange.

    Raises `Refused` if these goods were refunded meanwhile.
    """
    if not order.credit:
        return order
    credit_of(scene, order)
    return replace(order, tenders=(*order.tenders, _tender(scene, order, order.credit, TenderState.APPROVED)))


def without_credit(order: Order) -> Order:
    """The order without its credit, if no other tender pays for it any more."""
    others = (tender for tender in order.tenders if tender.kind != EXCHANGE)
    if order.exchange is None or any(tender.counts or tender.is_open for tender in others):
        return order
    return _let_go(order, TenderState.GIVEN_BACK)


def credit_facts(scene: Scene, order: Order) -> tuple[Fact, ...]:
    """The facts that an unfinished payment needs for the goods that are returned: from the first tender on nobody else
    can refund them; once the payment is given up, they can again."""
    if scene.order.exchange is None:
        return ()
    kept = scene.store.refunds.begun(scene.order.exchange.refund)
    draft = credit_of(scene, order) if kept is None and order.is_frozen else None
    if draft is not None:
        return (RefundKept(draft),)
    return (RefundKept(kept, dropped=True),) if kept is not None and not order.is_frozen else ()


def credit_of(scene: Scene, order: Order) -> Refund | None:
    """The refund that pays for an order, wholly or in part: as it was begun, or as it would be now. None for an order
    that is no exchange. Raises `Refused` if the goods were refunded meanwhile."""
    if order.exchange is None:
        return None
    kept = scene.store.refunds.begun(order.exchange.refund)
    if kept is not None:
        return kept
    left = what_is_left(scene.store, order.exchange.of)
    draft = begun(scene, left, dict(order.exchange.counts), order.exchange.reason)
    if draft.total != order.exchange.credit:
        raise Refused("exchange-changed", amount=draft.total)
    came = in_proportion(draft.total, left.ways)
    draft = replace(draft, id=order.exchange.refund, for_order=order.id, exchanged=came)
    return by_way(scene, draft, Way(EXCHANGE, draft.total, EXCHANGE_NAME), TenderState.APPROVED)


def give_difference(scene: Scene, back: Money, kind: TenderKind) -> Change[Finished | None]:
    """The returned goods are worth as much as the order or more: pay the customer the difference, and finish the order.
    It goes by a kind of tender as far as money came in by it, and the rest by the other ways; terminals are asked
    first, one after the other, after the commit.

    Raises `Refused` for a kind by which none came in. A difference that a terminal declined may go in cash.
    """
    order = frozen(scene)
    draft = credit_of(scene, order)
    if draft is None or order.exchange is None:
        raise Refused("not-at-payment")
    left, price = what_is_left(scene.store, order.exchange.of), draft.total - back
    plan = dict(_plans(order, left, back)).get(kind)
    if plan is None:
        without(left.ways, (Way(kind, back),))  # says how much came in by it
        raise Refused("not-at-payment")
    in_cash = _more_than_came(left, plan)
    rest = left.ways if in_cash else without(left.ways, plan)
    draft = replace(draft, tenders=(), exchanged=in_proportion(price, rest), planned=plan)
    draft = replace(draft, in_cash=CashReason.DECLINED if in_cash else None)
    draft = by_way(scene, draft, Way(EXCHANGE, price, EXCHANGE_NAME), TenderState.APPROVED)
    waits = any(way.kind in TERMINAL_KINDS for way in plan)
    state = TenderState.INTENT if waits else TenderState.APPROVED
    order = replace(order, tenders=(*order.tenders, _tender(scene, order, price, state)))
    order, facts = numbered(scene, order)
    return _next_way_back(scene, order, draft, facts)


WaysBack: TypeAlias = tuple[tuple[TenderKind, tuple[Way, ...]], ...]
"""The kinds of tender to choose from, each with the ways by which a difference goes back then."""


def ways_back(view: View, store: Store, back: Money) -> WaysBack:
    """How `give_difference` can pay the difference. Without a difference, cash."""
    order = view.order
    sale = None
    if order.exchange is not None:
        sale = store.sales.by_number(order.exchange.of.series, order.exchange.of.number)
    if order.exchange is None or sale is None:
        return ()
    return _plans(order, remaining(sale, store.refunds.of_sale(order.exchange.of)), back)


def _plans(order: Order, left: Remaining, back: Money) -> WaysBack:
    """For each kind by which money came in, an amount by it as far as that goes, and the rest by the other ways. Where
    all came in by platforms, cash stands for these."""
    if not back:
        return ((TenderKind.CASH, ()),)
    kinds = [kind for kind in (TenderKind.CASH, *TERMINAL_KINDS) if left.way(kind)]
    plans = {kind: terminals_first(first_by(back, kind, left.ways)) for kind in kinds or (TenderKind.CASH,)}
    if _was_declined(order) and left.way(TenderKind.CASH) < back:
        plans = {TenderKind.CASH: (), **plans} | {TenderKind.CASH: (Way(TenderKind.CASH, back),)}
    return tuple(plans.items())


def _more_than_came(left: Remaining, plan: Sequence[Way]) -> bool:
    return any(way.kind == TenderKind.CASH and way.amount > left.way(way.kind) for way in plan)


def _next_way_back(scene: Scene, order: Order, draft: Refund, facts: Sequence[Fact]) -> Change[Finished | None]:
    """Continue with the planned ways of a difference: ask the next terminal; if none is left, pay the rest and finish
    the order."""
    exchange = order.exchange
    if exchange is None:
        raise Refused("not-at-payment")
    while draft.planned:
        way, rest = draft.planned[0], draft.planned[1:]
        if way.kind in TERMINAL_KINDS:
            draft = replace(by_way(scene, draft, way, TenderState.INTENT), planned=rest)
            order = replace(_with_credit_in(order, TenderState.INTENT), exchange=replace(exchange, asked=way))
            moved: Change[Finished | None] = scene.moved(order, result=None, facts=(*facts, RefundKept(draft)))
            return replace(moved, asks=(Ask(draft.last_tried, draft.id),))
        draft = replace(by_way(scene, draft, way, TenderState.APPROVED), planned=rest)
    order = replace(_with_credit_in(order, TenderState.APPROVED), exchange=replace(exchange, asked=None))
    change = sold(scene, order, facts, draft)
    return with_drawer(scene, change) if draft.cash else change


def difference_says(scene: Scene, state: TenderState) -> Change[Finished | None]:
    """Record what the terminal answered when it was asked to pay the difference, or a part of it. If it declines after
    another has paid, what it declined goes in cash; if nothing went back yet, the order can be changed again."""
    order, draft = scene.order, credit_of(scene, scene.order)
    waiting = None if draft is None else draft.open_tender
    if draft is None or waiting is None:
        raise Refused("no-tender-open")
    answered = replace(waiting, state=state)
    draft = replace(draft, tenders=tuple(answered if one.id == waiting.id else one for one in draft.tenders))
    if state is TenderState.APPROVED:
        draft, facts = refunded_here(scene, draft)
        return _next_way_back(scene, order, draft, facts)
    if state is not TenderState.DECLINED:
        return scene.moved(_with_credit_in(order, state), result=None, facts=(RefundKept(draft),))
    if any(one.counts and one.kind in TERMINAL_KINDS for one in draft.tenders):
        in_cash = total(way.amount for way in draft.planned if way.kind == TenderKind.CASH) + draft.declined
        others = tuple(way for way in draft.planned if way.kind != TenderKind.CASH)
        draft, facts = refunded_here(scene, draft)
        draft = replace(draft, planned=(*others, Way(TenderKind.CASH, in_cash)), in_cash=CashReason.DECLINED)
        return _next_way_back(scene, order, draft, facts)
    thawed = replace(_let_go(order, state), settled=())
    return scene.moved(thawed, result=None, facts=(RefundKept(draft, dropped=True),))


def _with_credit_in(order: Order, state: TenderState) -> Order:
    """The order with its credit in a state, as long as a terminal is asked."""
    tenders = tuple(replace(one, state=state) if one.is_open else one for one in order.tenders)
    return replace(order, tenders=tenders)


def _was_declined(order: Order) -> bool:
    """Whether a terminal declined to pay the difference."""
    return any(tender.state is TenderState.DECLINED for tender in order.tenders if tender.kind == EXCHANGE)


def _tender(scene: Scene, order: Order, amount: Money, state: TenderState) -> Tender:
    number = len(order.tenders) + 1
    return Tender(number, EXCHANGE, amount, amount, state, scene.now, name=EXCHANGE_NAME)


def _let_go(order: Order, state: TenderState) -> Order:
    """The order without its credit. If the goods are returned after all, it is another refund."""
    tenders = tuple(
        replace(tender, state=state) if tender.kind == EXCHANGE and (tender.counts or tender.is_open) else tender
        for tender in order.tenders
    )
    taken = None if order.exchange is None else replace(order.exchange, refund=uuid.uuid4().hex, asked=None)
    return replace(order, tenders=tenders, exchange=taken)
