"""The verb of taking back: it writes a new row with the order as it was before the last act."""

from __future__ import annotations

from pos.domain.errors import Refused
from pos.domain.money import ZERO, total
from pos.domain.order.order import Order
from pos.domain.shift.shift import CorrectionKind, Tallied
from pos.domain.value import replace
from pos.register.gate import Change, verb
from pos.register.questions import before_last_act, restart_read_delay, undo_events, undoable_part
from pos.register.scene import Scene
from pos.store import Fact, Move, TallyRow


@verb
def take_back(scene: Scene) -> Change[None]:
    """Take the last act back. What comes back and cannot be sold any more waits for the stop at checkout, as in a
    recalled order. Raises `Refused` once money was handed over, and if there is nothing to take back."""
    if scene.order.is_frozen:
        raise Refused("order-frozen")
    earlier, parent = _before(scene)
    events = undo_events(scene.order, earlier, scene.now)
    move = Move(restart_read_delay(earlier, scene.now), scene.seq, parent, events=tuple(events), restores=True)
    return Change(None, (move,), _fewer(scene, earlier))


def _fewer(scene: Scene, earlier: Order) -> tuple[Fact, ...]:
    """The fact that the shift counts a correction, if taking back leaves fewer units: their price before discounts."""
    units = scene.order.units - earlier.units
    if units <= 0 or scene.shift is None:
        return ()
    before = total(line.gross for line in scene.priced.lines)
    after = total(line.gross for line in scene.moment_of(earlier).price(earlier).lines)
    return scene.tallied(TallyRow(Tallied.CORRECTION, units, max(ZERO, before - after), CorrectionKind.TAKEN_BACK))


def _before(scene: Scene) -> tuple[Order, int | None]:
    """The order before the last act that the cashier can undo, and the row before that.

    Declined and returned payments stay: a tender is never taken back.
    """
    seq, now, ringing = scene.parent, scene.order, not scene.order.checking_out
    there = undoable_part(now, ringing)
    while seq is not None:
        row = scene.store.orders.at(seq)
        if undoable_part(row.order, ringing) != there:
            earlier = before_last_act(row.order, now)
            kept = replace(earlier, call_number=now.call_number, ordinal=now.ordinal, tenders=now.tenders)
            return replace(kept, settled=(), said=now.said, sent=now.sent), row.parent
        seq = row.parent
    empty = Order(now.id, now.call_number, now.opened_at)
    empty = replace(empty, tenders=now.tenders, ordinal=now.ordinal, said=now.said, sent=now.sent)
    if undoable_part(empty, ringing) == there:
        raise Refused("nothing-to-take-back")
    return empty, None
