"""The verbs of reports: the X, which reads a shift, and the Z, which closes it."""

from __future__ import annotations

import pos
from pos.domain.errors import Refused
from pos.domain.menu.menu import Menu
from pos.domain.order.order import TenderState
from pos.domain.people import Right
from pos.domain.prompts import TerminalPrompt
from pos.domain.sale.finished import Finished
from pos.domain.shift.report import ReportKind, ShiftReport
from pos.domain.shift.shift import Shift, Tallied
from pos.domain.value import replace
from pos.register.gate import Change, given
from pos.register.needs import a_shift, a_shift_with_float, a_waiting_terminal, allowed
from pos.register.scene import Scene
from pos.register.shop_gate import ShopScene
from pos.register.verbs.paying import terminal_says
from pos.register.verbs.reckoning import figures_of, in_the_way
from pos.store import ReportMade, ShiftBegun, TallyRow, Till

SHORT_HASH = 16
"""How many hexadecimal digits of a row's hash stand on a Z."""


@given(allowed(Right.CLOSE_SHIFT, a_shift))
def x_report(scene: Scene, shift: Shift) -> Change[ShiftReport]:
    """Read the shift: all its figures; nothing changes (kassasystemforskrifta § 2-8-2). It needs the right to count,
    because it says how much cash is expected."""
    report = report_of(scene, scene.menu, scene.till, shift, ReportKind.X, _by(scene))
    return Change(report, facts=(ReportMade(shift.id, report),))


@given(allowed(Right.CLOSE_SHIFT, a_shift_with_float))
def z_report(scene: Scene, shift: Shift) -> Change[ShiftReport]:
    """Close the shift for good (§ 2-8-3). The same act begins the till's next shift, which waits for its float.

    Raises `Refused` `z-…` for the first obstacle: see `in_the_way`.
    """
    for found in in_the_way(scene, scene.store, shift):
        raise Refused(f"z-{found.what.replace('_', '-')}", amount=found.amount)
    report = report_of(scene, scene.menu, scene.till, shift, ReportKind.Z, _by(scene))
    head = scene.store.journal.head()
    number = scene.store.reports.next_number(scene.till.id)
    report = replace(report, number=number, head_seq=head.seq, head_hash=head.hash.hex()[:SHORT_HASH])
    following = scene.store.shifts.after(shift, report.sales_ever, report.returns_ever)
    return Change(
        report, facts=(ReportMade(shift.id, report), ShiftBegun(following)), concerns_all=True, gives_number=True
    )


def report_of(scene: ShopScene, menu: Menu, till: Till, shift: Shift, kind: ReportKind, person: str) -> ShiftReport:
    """The report of a till's shift as it is now, without its number."""
    figures = figures_of(scene.store, menu, shift)
    return ShiftReport(
        kind=kind,
        number=0,
        shift=shift.number,
        till=till.name,
        till_id=till.id,
        series=till.series,
        day=shift.day or scene.day,
        at=scene.now,
        person=person,
        shop=menu.shop,
        file=scene.store.journal.file_id(),
        version=pos.__version__,
        figures=figures,
        sales_ever=shift.sales_before + figures.sales.amount,
        returns_ever=shift.returns_before + figures.returns.amount,
    )


def _by(scene: Scene) -> str:
    """The name of the person who makes a report: whoever approved it, or is at the till."""
    return scene.cashier if scene.approver is None else scene.approver.name


@given(allowed(Right.CLOSE_SHIFT, a_waiting_terminal))
def book_disputed(scene: Scene, prompt: TerminalPrompt) -> Change[Finished | None]:
    """Count a payment whose outcome is unknown: the sale stands, and the shift counts the amount as disputed. Raises
    `Refused` `not-unknown` while the terminal may still answer."""
    if prompt.tender.state is not TenderState.UNKNOWN:
        raise Refused("not-unknown")
    change = terminal_says.run(scene, TenderState.APPROVED)
    facts = scene.tallied(TallyRow(Tallied.DISPUTED, 1, prompt.tender.taken))
    return replace(change, facts=(*change.facts, *facts))
