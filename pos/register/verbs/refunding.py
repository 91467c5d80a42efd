"""The verbs of refunds: a sale is returned, wholly or in part, and its money goes back by the way that it came in."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TypeAlias

from pos.country import Signable
from pos.domain.errors import Refused
from pos.domain.money import ZERO, total
from pos.domain.order.exchange import RefundReason, SaleNumber, Way
from pos.domain.order.order import Tender, TenderKind, TenderState
from pos.domain.people import Right
from pos.domain.pricing.taxes import tax_rows
from pos.domain.refunds.refund import TERMINAL_KINDS, CashReason, Refund
from pos.domain.refunds.remaining import (
    Counts,
    Remaining,
    gains_lost,
    in_proportion,
    part_of,
    remaining,
    without,
)
from pos.domain.value import replace
from pos.register.gate import Ask, Change, Verb, given, verb
from pos.register.needs import allowed
from pos.register.scene import Scene, View
from pos.register.verbs.drawer import with_drawer
from pos.register.verbs.kitchen import correction
from pos.register.verbs.other_tills import refunded_here
from pos.register.verbs.signing import check_signing, signed
from pos.store import Fact, Refunded, RefundKept, Store
from pos.wording.sentences import label_id

Further: TypeAlias = Verb[Scene, [str], Refund]
"""A verb that continues a refund, by its id."""


def in_a_shop(scene: Scene) -> None:
    """A need: this is not practice, where nothing was sold that could be returned. Raises `Refused`."""
    if scene.setup.is_practice:
        raise Refused("no-refunds-in-practice")


@given(allowed(Right.REFUND, in_a_shop))
def refund(
    scene: Scene,
    shop: None,
    of: SaleNumber,
    counts: Sequence[tuple[int, int]],
    reason: RefundReason,
    ways: Sequence[Way] = (),
) -> Change[Refund]:
    """Refund parts of a sale: `counts` are pairs of a line's place, from 1, and a quantity. The money goes by `ways`,
    within what came in by each, or else in proportion. The result has a number if the refund is finished; otherwise its
    terminal is asked after the commit.

    Raises `Refused`: as `what_is_left` does, `refund-nothing`, `refund-too-much`, `refund-way-too-much`, and
    `refund-ways-differ` if the ways do not add up to the refund.
    """
    left = what_is_left(scene.store, of)
    check_signing(scene)
    draft = begun(scene, left, dict(counts), reason)
    planned = tuple(way for way in ways if way.amount) or in_proportion(draft.total, left.ways)
    if total(way.amount for way in planned) != draft.total:
        raise Refused("refund-ways-differ", amount=draft.total)
    without(left.ways, planned)
    return _next_way(scene, replace(draft, planned=terminals_first(planned)))


@verb
def refund_says(scene: Scene, refund: str, state: TenderState) -> Change[Refund]:
    """Record the terminal's answer to a refund, whichever till began it: approved, declined or unknown. Unknown keeps
    waiting for one of the others. Raises `Refused` if no refund waits."""
    draft = _draft(scene, refund)
    waiting = draft.open_tender
    if draft.for_order is not None:
        raise Refused("exchange-elsewhere", number=draft.of.name)
    if waiting is None:
        raise Refused("no-tender-open")
    answered = replace(waiting, state=state)
    tenders = tuple(answered if entry.id == waiting.id else entry for entry in draft.tenders)
    draft = replace(draft, tenders=tenders)
    if state is TenderState.APPROVED:
        return _next_way(scene, *refunded_here(scene, draft))
    return Change(draft, facts=(RefundKept(draft),))


@verb
def refund_again(scene: Scene, refund: str) -> Change[Refund]:
    """Ask the terminal once more for an amount that it declined. Raises `Refused` if it declined none."""
    draft, facts = refunded_here(scene, _declined(scene, refund))
    last = draft.last_tried
    again = Way(last.kind, draft.declined, last.name)
    return _next_way(scene, replace(draft, planned=(again, *draft.planned)), facts)


@given(allowed(Right.REFUND, in_a_shop))
def refund_in_cash(scene: Scene, shop: None, refund: str, reason: CashReason) -> Change[Refund]:
    """Pay a declined amount in cash, for a reason. Raises `Refused` if the terminal declined none."""
    draft, facts = refunded_here(scene, _declined(scene, refund))
    cash = Way(TenderKind.CASH, draft.declined)
    planned = terminals_first((*draft.planned, cash))
    return replace(_next_way(scene, replace(draft, planned=planned, in_cash=reason), facts), reason=label_id(reason))


@verb
def drop_refund(scene: Scene, refund: str) -> Change[Refund]:
    """Give up a refund of which the terminal declined everything: nothing is returned.

    Raises `Refused` if it did not, and `refund-partly-given` if some of the money went back already.
    """
    draft = _declined(scene, refund)
    if draft.given:
        raise Refused("refund-partly-given", amount=draft.given)
    return Change(draft, facts=(RefundKept(draft, dropped=True),))


# what verbs share


def what_is_left(store: Store, of: SaleNumber) -> Remaining:
    """What of a sale can still be refunded.

    Raises `Refused`: `refund-no-such-sale`, `refund-open` while another refund of it is unfinished, and
    `refund-all-gone`.
    """
    sale = store.sales.by_number(of.series, of.number)
    if sale is None:
        raise Refused("refund-no-such-sale", number=of.name)
    waiting = store.refunds.open_of(of)
    if waiting is not None:
        raise Refused("refund-open", number=of.name, till=waiting.till)
    left = remaining(sale, store.refunds.of_sale(of))
    if not left.lines:
        raise Refused("refund-all-gone", number=of.name)
    return left


def begun(view: View, left: Remaining, counts: Counts, reason: RefundReason) -> Refund:
    """A new refund of parts of a sale, without a number and without tenders."""
    sale, lines = left.sale, part_of(left, counts)
    rows = tax_rows(part for entry in lines for part in entry.line.everything)
    return Refund(
        id=uuid.uuid4().hex,
        of=sale.number,
        of_order=sale.order_id,
        of_paid_at=sale.paid_at,
        till=view.till.name,
        series="",
        number=0,
        call_number=sale.call_number,
        reason=reason,
        at=view.now,
        business_day=view.day,
        cashier=view.cashier,
        language=sale.language,
        serving_mode=sale.serving_mode,
        shop=view.menu.shop,
        lines=lines,
        tax_rows=rows,
        tenders=(),
        total=total(entry.line.due for entry in lines),
        tax=total(row.amount for row in rows),
        gains=gains_lost(left, counts),
        leaves_nothing=all(counts.get(number, 0) == count for number, count in left.counts.items()),
    )


def finished(scene: Scene, draft: Refund) -> Refund:
    """The finished refund, after all its money went back: with the next number of this till's series."""
    series, number = scene.store.refunds.next_number(scene.till.id)
    counted = tuple(tender for tender in draft.tenders if tender.counts)
    return replace(
        draft,
        till=scene.till.name,
        series=series,
        number=number,
        at=scene.now,
        business_day=scene.day,
        cashier=scene.cashier,
        tenders=counted,
        planned=(),
        rounding=total(tender.rounding for tender in counted),
    )


def by_way(scene: Scene, draft: Refund, way: Way, state: TenderState) -> Refund:
    """The refund with a tender more. Cash is rounded."""
    handed = scene.country.round_cash(way.amount) if way.kind == TenderKind.CASH else way.amount
    rounding = handed - way.amount
    tender = Tender(
        len(draft.tenders) + 1, way.kind, way.amount, handed, state, scene.now, rounding=rounding, name=way.name
    )
    return replace(draft, tenders=(*draft.tenders, tender))


def _next_way(scene: Scene, draft: Refund, facts: tuple[Fact, ...] = ()) -> Change[Refund]:
    """Continue with the planned ways: ask the next terminal; if none is left, pay the rest and finish the refund.
    `facts` are what else becomes true."""
    why = label_id(draft.reason)
    while draft.planned:
        way, rest = draft.planned[0], draft.planned[1:]
        if way.kind in TERMINAL_KINDS:
            draft = replace(by_way(scene, draft, way, TenderState.INTENT), planned=rest)
            return Change(draft, facts=(*facts, RefundKept(draft)), asks=(Ask(draft.last_tried, draft.id),), reason=why)
        draft = replace(by_way(scene, draft, way, TenderState.APPROVED), planned=rest)
    done = finished(scene, draft)
    signature = signed(scene, signable(done))
    change = Change(
        done, facts=(*facts, *signature, Refunded(done), *not_made(scene, done)), reason=why, gives_number=True
    )
    in_cash = any(tender.kind == TenderKind.CASH for tender in done.tenders)
    return with_drawer(scene, change) if in_cash else change


def signable(done: Refund) -> Signable:
    """What is signed of a finished refund."""
    return Signable(done.at, done.name, -done.total, done.tax - done.total)


def not_made(scene: Scene, done: Refund) -> tuple[Fact, ...]:
    """The corrections that tell the kitchen not to make refunded goods."""
    sale = scene.store.sales.by_number(done.of.series, done.of.number)
    gone = {entry.number - 1: entry.line.quantity for entry in done.lines}
    return () if sale is None else correction(scene, sale, gone)


def terminals_first(ways: Sequence[Way]) -> tuple[Way, ...]:
    """The ways in order: those of a terminal, which can decline, before cash."""
    return tuple(sorted(ways, key=lambda way: way.kind not in TERMINAL_KINDS))


def _draft(scene: Scene, refund: str) -> Refund:
    draft = scene.store.refunds.begun(refund)
    if draft is None:
        raise Refused("refund-over")
    return draft


def _declined(scene: Scene, refund: str) -> Refund:
    draft = _draft(scene, refund)
    if draft.for_order is not None:
        raise Refused("exchange-elsewhere", number=draft.of.name)
    if draft.open_tender is not None:
        raise Refused("tender-open")
    if draft.declined <= ZERO:
        raise Refused("refund-over")
    return draft
