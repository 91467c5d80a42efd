"""The verbs of what is sold out, and of the queue: what holds for a till or for all of them, whatever the order."""

from __future__ import annotations

from datetime import datetime

from pos.domain.menu.items import Sku
from pos.register.gate import Change, by_anyone, verb
from pos.register.scene import Scene
from pos.store.selling.stock import MarkedOut, Restored
from pos.store.selling.tills import RUSH, SettingSet


@verb
def eighty_six(
    scene: Scene,
    sku: Sku | None = None,
    machine: str | None = None,
    until: datetime | None = None,
    *,
    modifier: str | None = None,
    all_sizes: bool = False,
) -> Change[None]:
    """Mark an item, everything that a machine makes, or a modifier as sold out until a time (None: until it is
    restored).

    With `all_sizes` an item is sold out in every size. An open question that offers it changes to the next best offer.
    """
    return Change(None, facts=(MarkedOut(sku, machine, until, modifier, all_sizes),), concerns_all=True)


@verb
def restore(
    scene: Scene, sku: Sku | None = None, machine: str | None = None, modifier: str | None = None
) -> Change[None]:
    """An item (in all its sizes, if it was out so), a machine or a modifier is there again. What was not marked leaves
    no trace."""
    if not scene.store.stock.is_marked(sku, machine, modifier):
        return Change(None)
    return Change(None, facts=(Restored(sku, machine, modifier),), concerns_all=True)


@by_anyone
@verb
def begin_marks_again(scene: Scene) -> Change[None]:
    """Let what was marked at a time that has not been yet last from now, as long as it was marked for: the clock has
    been set back, and would keep it out for as long as it was ahead."""
    later = [entry for entry in scene.store.stock.all_entries() if entry.at > scene.now]
    moved = [(entry, None if entry.until is None else scene.now + (entry.until - entry.at)) for entry in later]
    facts = [MarkedOut(e.sku, e.machine, until, e.modifier, e.all_sizes) for e, until in moved]
    return Change(None, facts=tuple(facts), concerns_all=True)


@verb
def set_rush(scene: Scene, rush: bool) -> Change[None]:
    """Fewer words in both questions while there is a queue; neither is dropped."""
    return Change(None, facts=(SettingSet(scene.till.id, RUSH, "yes" if rush else "no"),), concerns_all=True)
