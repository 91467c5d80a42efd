"""Money that was taken at one till for an order that another has: each shift counts what lies in its own drawer."""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.order.exchange import EXCHANGE
from pos.domain.order.order import Order, Tender
from pos.domain.shift.shift import Tallied
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


def _moved(scene: Scene, till_id: int, tenders: Iterable[Tender]) -> tuple[Fact, ...]:
    if till_id == scene.till.id:
        return ()
    rows = tuple(
        TallyRow(Tallied.OTHER_TILL, 1, tender.taken, tender.kind) for tender in tenders if tender.kind != EXCHANGE
    )
    taken = scene.store.shifts.current(till_id)
    if not rows or (taken is None and scene.shift is None):
        return ()
    return (MoneyMoved(None if taken is None else taken.id, scene.shift_id, rows),)
