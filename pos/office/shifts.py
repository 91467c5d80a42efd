"""A till's shift, read without the till: an X of the one that runs."""

from __future__ import annotations

from pos.domain.errors import Refused
from pos.domain.shift.report import ReportKind, ShiftReport
from pos.register import Change, ShopScene, verb
from pos.register.verbs.reports import report_of
from pos.store import ReportMade, Till


@verb
def read_shift(scene: ShopScene, till: Till, person: str = "") -> Change[ShiftReport]:
    """Make an X of the shift that runs at a till; it is kept as one that was made there. Raises `Refused`
    `no-shift-runs`."""
    shift = scene.store.shifts.current(till.id)
    if shift is None:
        raise Refused("no-shift-runs")
    _, menu = scene.store.menu.current()
    report = report_of(scene, menu, till, shift, ReportKind.X, person)
    return Change(report, facts=(ReportMade(shift.id, report),))
