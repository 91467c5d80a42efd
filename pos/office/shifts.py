"""Makes an X of a till's current shift from outside the till."""

from __future__ import annotations

from pos.domain.errors import Refused
from pos.domain.shift.report import ReportKind, ShiftReport
from pos.register import Change, ShopScene, verb
from pos.register.verbs.reports import report_of
from pos.store import ReportMade, Till


@verb
def read_shift(scene: ShopScene, till: Till, person: str = "") -> Change[ShiftReport]:
    """Make an X of a till's current shift. It is stored like one made at the till. Raises `Refused` `no-shift-runs`."""
    shift = scene.store.shifts.current(till.id)
    if shift is None:
        raise Refused("no-shift-runs")
    _, menu = scene.store.menu.current()
    report = report_of(scene, menu, till, shift, ReportKind.X, person)
    return Change(report, facts=(ReportMade(shift.id, report),))
