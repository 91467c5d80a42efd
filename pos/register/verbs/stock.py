"""The verbs of what is sold out, and of rush hours. They hold for a till or for all tills, whatever the order."""

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
    """Mark an item, everything made on a machine, or a modifier as sold out until a time (None: until it is restored).

    With `all_sizes` an item is sold out in every size. An open question that offers it changes to the next best
    offer.
    """
    return Change(None, facts=(MarkedOut(sku, machine, until, modifier, all_sizes),), concerns_all=True)


@verb
def restore(
    scene: Scene, sku: Sku | None = None, machine: str | None = None, modifier: str | None = None
) -> Change[None]:
    """Remove the mark from an item (in all sizes, if it was marked so), a machine or a modifier. Recorded only if it
    was marked."""
    if not scene.store.stock.is_marked(sku, machine, modifier):
        return Change(None)
    return Change(None, facts=(Restored(sku, machine, modifier),), concerns_all=True)


@by_anyone
@verb
def begin_marks_again(scene: Scene) -> Change[None]:
    """Let marks that lie in the future begin now, and keep their length. After the clock was set back they would last
    too long."""
    later = [entry for entry in scene.store.stock.all_entries() if entry.at > scene.now]
    moved = [(entry, None if entry.until is None else scene.now + (entry.until - entry.at)) for entry in later]
    facts = [MarkedOut(e.sku, e.machine, until, e.modifier, e.all_sizes) for e, until in moved]
    return Change(None, facts=tuple(facts), concerns_all=True)


@verb
def set_rush(scene: Scene, rush: bool) -> Change[None]:
    """Shorten the words of both questions while there is a queue, or not. Neither question is dropped."""
    return Change(None, facts=(SettingSet(scene.till.id, RUSH, "yes" if rush else "no"),), concerns_all=True)
