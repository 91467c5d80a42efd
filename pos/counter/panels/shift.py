"""The panels of cash and shift: float, money in and out, the drawer, reports, and the way to the count and the Z."""

from __future__ import annotations

from functools import partial
from typing import TypeAlias

from pos.counter.counter_state import CounterState, Entry, Panel, TextPanel
from pos.counter.panels.closing import open_closing
from pos.counter.panels.counting import begin_count
from pos.counter.panels.lists import ListPanel, ListRow
from pos.counter.panels.shift_paper import show_report
from pos.counter.states import Say, State, Tone, say
from pos.domain.errors import Refused
from pos.domain.money import Money
from pos.domain.shift.report import ShiftReport
from pos.domain.shift.shift import DrawerReason, MoneyReason, Tallied, money_reasons
from pos.register import Scene, Verb, shelf
from pos.register.verbs import drawer, reports, shift
from pos.wording.shift_report import report_paper

MOST_PAST = 60
"""How many earlier Z reports are listed: two months of one a day."""

Move: TypeAlias = Verb[Scene, [Money, MoneyReason], None]

MOVES: dict[Tallied, tuple[Move, str]] = {
    Tallied.PAY_IN: (shift.pay_in, "pay-in-done"),
    Tallied.PAY_OUT: (shift.pay_out, "pay-out-done"),
    Tallied.DROP: (shift.drop, "drop-done"),
}
"""The verb of each way of moving money, and the message afterwards."""


class CashAndShiftPanel(Panel):
    """Everything about the till's cash, a letter each."""

    state = State.SHIFT
    title = say("title-shift")

    def entries(self, counter: CounterState) -> list[Entry]:
        """Before the float, only the float and earlier reports."""
        running = counter.view.shift
        past = Entry("r", say("shift-past"), open_past)
        if running is None or running.float is None:
            look = [Entry("x", say("shift-x"), read_shift)] if running is not None else []
            return [Entry("f", say("shift-float"), partial(_open, panel=FloatPanel)), *look, past]
        return [
            Entry("i", say("shift-pay-in"), partial(open_money, what=Tallied.PAY_IN)),
            Entry("u", say("shift-pay-out"), partial(open_money, what=Tallied.PAY_OUT)),
            Entry("d", say("shift-drop"), partial(open_money, what=Tallied.DROP)),
            Entry("s", say("shift-open-drawer"), partial(_open, panel=WhyDrawerPanel)),
            Entry("c", say("shift-count"), begin_count),
            Entry("x", say("shift-x"), read_shift),
            Entry("z", say("shift-z"), open_closing),
            past,
        ]


class AmountPanel(TextPanel):
    """An amount of money, typed; Enter takes it."""

    state = State.MONEY
    longest = 12
    hint = "hint-money"

    def scan(self, counter: CounterState, code: str) -> bool:
        """Refuse a code: it is no amount."""
        raise Refused("scan-in-amount")

    def amount(self) -> Money:
        """The typed amount. Raises `BadInput`."""
        return Money.parse(self.typed.strip())

    def close(self, counter: CounterState) -> None:
        """Go back to the panel before."""
        counter.panel = CashAndShiftPanel()


class FloatPanel(AmountPanel):
    """Asks for the shift's float."""

    title = say("title-float")

    def take(self, counter: CounterState) -> None:
        """Enter the float: the shift begins."""
        begun = counter.do(shift.enter_float, self.amount())
        counter.panel = None
        counter.message = counter.message or say("float-done", Tone.GOOD, amount=begun.float, number=begun.number)


class MovedPanel(AmountPanel):
    """Asks how much money is put into the drawer or taken out."""

    def __init__(self, what: Tallied) -> None:
        super().__init__()
        self.what = what
        self.title = say(f"title-{what.replace('_', '-')}")

    def take(self, counter: CounterState) -> None:
        """Go on to the reason."""
        counter.panel = WhyMovedPanel(self.what, self.amount())


class WhyMovedPanel(Panel):
    """Asks why money is moved: a digit for each reason."""

    state = State.SHIFT

    def __init__(self, what: Tallied, amount: Money) -> None:
        self.what, self.amount = what, amount
        self.title = say("title-reason-of", amount=amount)

    def entries(self, counter: CounterState) -> list[Entry]:
        reasons = money_reasons(self.what, counter.view.menu)
        return [
            Entry(str(place), say("plain-row", name=reason), partial(self._move, reason=reason))
            for place, reason in enumerate(reasons, start=1)
        ]

    def _move(self, counter: CounterState, reason: MoneyReason) -> None:
        verb, told = MOVES[self.what]
        counter.do(verb, self.amount, reason)
        counter.panel = None
        counter.message = counter.message or say(told, Tone.GOOD, amount=self.amount)

    def close(self, counter: CounterState) -> None:
        """Go back to the amount."""
        counter.panel = MovedPanel(self.what)


class WhyDrawerPanel(Panel):
    """Asks why the drawer is opened without a sale: a digit for each reason."""

    state = State.SHIFT
    title = say("title-drawer-reason")

    def entries(self, counter: CounterState) -> list[Entry]:
        return [
            Entry(str(place), say("plain-row", name=reason), partial(open_drawer, reason=reason))
            for place, reason in enumerate(DrawerReason, start=1)
        ]

    def close(self, counter: CounterState) -> None:
        """Go back to the panel before."""
        counter.panel = CashAndShiftPanel()


class PastReportsPanel(ListPanel):
    """The till's earlier Z reports, the latest first. Choosing one shows it."""

    state = State.SHIFT
    title = say("title-past-z")

    def rows(self, counter: CounterState) -> list[ListRow]:
        """Number, day and sales of each."""
        return [
            ListRow(report.number, past_row(report), partial(show_report, report=report))
            for report in shelf.past_reports(counter.register, MOST_PAST)
        ]


def past_row(report: ShiftReport) -> Say:
    """The row of a Z in the list."""
    sold = report.figures.net_sales
    return say("past-z-row", number=str(report.number), day=report.day, amount=sold)


def open_shift(counter: CounterState) -> None:
    """Open the panel of the till's cash. Raises `Refused` in practice."""
    if counter.view.setup.is_practice:
        raise Refused("no-shift-in-practice")
    counter.panel = CashAndShiftPanel()


def open_past(counter: CounterState) -> None:
    """Show the list of earlier Z reports. Raises `Refused` if there are none."""
    if not shelf.past_reports(counter.register, 1):
        raise Refused("no-z-yet")
    counter.panel = PastReportsPanel()


def open_money(counter: CounterState, what: Tallied) -> None:
    """Ask how much money is moved."""
    counter.panel = MovedPanel(what)


def open_drawer(counter: CounterState, reason: DrawerReason) -> None:
    """Open the drawer without a sale; a drawer without a wire is opened with its key."""
    counter.do(drawer.open_drawer, reason)
    counter.panel = None
    has_wire = counter.register.devices.drawer.is_integrated
    counter.message = counter.message or say("drawer-opened" if has_wire else "drawer-noted", Tone.GOOD)


def read_shift(counter: CounterState) -> None:
    """Make an X, print it and show it."""
    report = counter.do(reports.x_report)
    counter.message = counter.printing.report(report_paper(report, counter.language, counter.view.country.headings))
    show_report(counter, report)


def _open(counter: CounterState, panel: type[Panel]) -> None:
    counter.panel = panel()
