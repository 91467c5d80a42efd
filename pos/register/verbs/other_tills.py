"""Money that was taken at one till for an order that another has: each shift counts what lies in its own drawer."""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.order.exchange import EXCHANGE
from pos.domain.order.order import Order, Tender
from pos.domain.refunds.refund import Refund
from pos.domain.shift.shift import Tallied
from pos.domain.value import replace
from pos.register.scene import Scene
from pos.store import Fact, MoneyMoved, TallyRow


def brought_from(scene: Scene, till_id: int, order: Order) -> tuple[Fact, ...]:
    """That an order with money on it comes here from another till: whatever becomes of it here, that till has taken
    what is on it."""
    return _moved(scene, till_id, (tender for tender in order.tenders if tender.counts))


def approved_for(scene: Scene, tender: Tender) -> tuple[Fact, ...]:
    """That a payment counts that was begun at another till, whose terminal has it."""
    till_id = scene.store.tenders.tried_at(scene.order.id, tender.id)
    return () if till_id is None else _moved(scene, till_id, (tender,))


def refunded_here(scene: Scene, draft: Refund) -> tuple[Refund, tuple[Fact, ...]]:
    """A refund that goes on at this till, and that another has paid what went back of it so far, if it was there."""
    till = scene.store.tills.find(draft.till)
    if till is None or till.id == scene.till.id:
        return draft, ()
    given = (tender for tender in draft.tenders if tender.counts)
    return replace(draft, till=scene.till.name), _moved(scene, till.id, given, -1)


def _moved(scene: Scene, till_id: int, tenders: Iterable[Tender], sign: int = 1) -> tuple[Fact, ...]:
    if till_id == scene.till.id:
        return ()
    rows = tuple(
        TallyRow(Tallied.OTHER_TILL, sign, sign * tender.taken, tender.kind)
        for tender in tenders
        if tender.kind != EXCHANGE
    )
    taken = scene.store.shifts.current(till_id)
    if not rows or (taken is None and scene.shift is None):
        return ()
    return (MoneyMoved(None if taken is None else taken.id, scene.shift_id, rows),)
