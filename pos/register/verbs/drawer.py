"""The verbs of the cash drawer: opening it without a sale, and recording that it failed."""

from __future__ import annotations

from typing import TypeVar

from pos.devices import DrawerState
from pos.domain.people import Right
from pos.domain.shift.shift import WITH_SALE, DrawerReason, Shift, Tallied
from pos.domain.value import replace
from pos.register.gate import Change, OpenDrawer, given, verb
from pos.register.needs import a_shift_with_float, allowed
from pos.register.scene import Scene
from pos.store import DrawerFailed, Fact, TalliesMade, TallyRow
from pos.wording.sentences import label_id

R = TypeVar("R")


@given(allowed(Right.OPEN_DRAWER, a_shift_with_float))
def open_drawer(scene: Scene, shift: Shift, reason: DrawerReason) -> Change[None]:
    """Open the drawer without a sale, for a reason. A drawer without a wire is opened with its key, and counted as
    well."""
    facts = scene.tallied(TallyRow(Tallied.DRAWER, reason=reason))
    return Change(None, facts=facts, asks=(OpenDrawer(),), reason=label_id(reason))


@verb
def drawer_failed(scene: Scene, problem: str) -> Change[None]:
    """Record that the drawer did not open."""
    return Change(None, facts=(DrawerFailed(problem),))


def with_drawer(scene: Scene, change: Change[R], why: str = WITH_SALE) -> Change[R]:
    """The change, for which the drawer opens after the commit, and which the shift counts. Unchanged if the till opens
    no drawer."""
    if scene.drawer is DrawerState.NONE:
        return change
    shift = scene.shift_id if change.shift is None else change.shift
    opened = TallyRow(Tallied.DRAWER, reason=why)
    facts = change.facts if shift is None else _with_tally(change.facts, TalliesMade(shift, (opened,)))
    return replace(change, facts=facts, asks=(*change.asks, OpenDrawer()))


def _with_tally(facts: tuple[Fact, ...], more: TalliesMade) -> tuple[Fact, ...]:
    """The facts of an act with further tallies of its shift, merged into one fact."""
    counted = [fact for fact in facts if isinstance(fact, TalliesMade)]
    rest = tuple(fact for fact in facts if not isinstance(fact, TalliesMade))
    return (*rest, replace(more, rows=(*(row for fact in counted for row in fact.rows), *more.rows)))
