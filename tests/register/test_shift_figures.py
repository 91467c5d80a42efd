"""Random days: whatever is done at a till, its reports agree to the øre with the journal."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.errors import Refused
from pos.domain.menu.items import ArticleGroup
from pos.domain.order.discards import DiscardReason
from pos.domain.order.exchange import RefundReason
from pos.domain.order.order import Purpose, TenderKind, TenderState
from pos.domain.order.tips import Tip
from pos.domain.prompts import ModifierPrompt, QuestionPrompt, SlotPrompt
from pos.domain.shift.report import ShiftReport, total_of
from pos.domain.shift.shift import CountReason, DrawerReason, MoneyReason
from pos.office.verifying import verify_file
from pos.register import Verb
from pos.register.verbs import (
    answering,
    aside,
    checkout,
    drawer,
    papers,
    paying,
    refunding,
    reports,
    ringing,
    shift,
    tipping,
    undoing,
)
from tests.builders import BOTTLED, EAT_IN, NOW, PAIRINGS, TAKE_AWAY, kr
from tests.office_acts import put_menu
from tests.register.every_act import Till
from tests.register.reckoning import Reckoned, reckoned
from tests.register.shops import a_folder

SKUS = ("cheeseburger", "cola-m", "shake-m", "kids-meal")


class Day:
    """A till at which random actions are tried. Those that do not fit are refused."""

    def __init__(self, folder: Path) -> None:
        self.till = Till(folder)
        put_menu(self.till.register.store, replace(BOTTLED, most_tip=kr(30)), PAIRINGS, NOW)
        self.made: list[ShiftReport] = []

    def attempt(self, verb: Verb, *args: object) -> object:  # type: ignore[type-arg]  # any verb
        with suppress(Refused):
            return self.till.do(verb, *args)
        return None

    def ring(self, number: int) -> None:
        self.attempt(ringing.serve, EAT_IN if number % 3 else TAKE_AWAY)
        self.attempt(ringing.ring, SKUS[number % len(SKUS)], 1 + number % 3)

    def correct(self, number: int) -> None:
        lines = self.till.register.view.order.lines
        if lines and number % 3 == 0:
            self.attempt(ringing.void, lines[number % len(lines)].id)
        elif lines and number % 3 == 1:
            self.attempt(ringing.change_quantity, lines[number % len(lines)].id, -1 if number % 2 else 1)
        else:
            self.attempt(undoing.take_back)

    def _to_payment(self, number: int) -> None:
        self.attempt(checkout.checkout)
        for _ in range(12):
            match self.till.register.view.prompt:
                case QuestionPrompt(choices=None) if number % 5 == 0:
                    self.attempt(answering.yes)
                case QuestionPrompt():
                    self.attempt(answering.no)
                case SlotPrompt(choices=choices):
                    self.attempt(checkout.choose, choices[0])
                case ModifierPrompt(group=group):
                    self.attempt(checkout.choose, group.modifiers[0].id)

    def pay(self, number: int) -> None:
        """Go to payment, and pay: cash, in two parts, by card, or by card with an unknown outcome. Some leave a tip."""
        self._to_payment(number)
        if number % 3:
            self.attempt(tipping.note_tip, Tip(kr(number)) if number % 3 == 1 else Tip())
        match number % 4:
            case 0:
                self.attempt(paying.pay_cash, None if number % 8 else kr(200))
            case 1:
                self.attempt(paying.pay_cash, kr(20))
                self._by_card(TenderState.APPROVED)
            case 2:
                self._by_card(TenderState.DECLINED if number % 8 == 2 else TenderState.APPROVED)
            case _:
                self._by_card(TenderState.UNKNOWN)
                self.attempt(reports.book_disputed)

    def _by_card(self, answer: TenderState) -> None:
        self.attempt(paying.ask_terminal, TenderKind.CARD)
        self.attempt(tipping.note_tip, Tip(kr(7, 50)))
        self.attempt(paying.terminal_says, answer)

    def write_off(self, number: int) -> None:
        self.attempt(checkout.set_purpose, Purpose.STAFF)
        self._to_payment(number)
        self.attempt(paying.write_off)

    def leave(self, number: int) -> None:
        self.attempt(aside.abandon, DiscardReason.LEFT)

    def hold(self, number: int) -> None:
        self.attempt(aside.hold)

    def bring_back(self, number: int) -> None:
        held = self.till.register.store.orders.held()
        if held and number % 2:
            self.attempt(aside.discard_held, held[0].order_id, DiscardReason.MISTAKE)
        elif held:
            self.attempt(aside.recall, held[0].order_id)

    def refund(self, number: int) -> None:
        sale = self.till.register.store.sales.last(1)
        if sale is not None:
            self.attempt(refunding.refund, sale.number, ((1, 1),), RefundReason.MADE_WRONG)
            for begun in self.till.register.store.refunds.open():
                self.attempt(refunding.refund_says, begun.id, TenderState.APPROVED)

    def copy(self, number: int) -> None:
        with suppress(Refused):
            done, _ = self.till.do(papers.reserve_copy)  # type: ignore[misc]
            if number % 3 == 0:
                self.attempt(papers.release_copy, done)

    def move(self, number: int) -> None:
        every = (shift.pay_in, MoneyReason.CHANGE), (shift.pay_out, MoneyReason.GOODS), (shift.drop, MoneyReason.SAFE)
        verb, reason = every[number % 3]
        self.attempt(verb, kr(1 + number), reason)

    def open_drawer(self, number: int) -> None:
        self.attempt(drawer.open_drawer, DrawerReason.LOOK)

    def read(self, number: int) -> None:
        report = self.attempt(reports.x_report)
        if isinstance(report, ShiftReport):
            self.made.append(report)
            again = self.attempt(reports.x_report)
            assert isinstance(again, ShiftReport)
            assert replace(again, at=report.at) == report

    def close(self, number: int) -> None:
        """Count, explain and close; and enter the next float, unless something stands in the way."""
        self.attempt(shift.count_drawer, kr(number))
        self.attempt(shift.explain_count, CountReason.NOT_FOUND)
        report = self.attempt(reports.z_report)
        if isinstance(report, ShiftReport):
            self.made.append(report)
            self.attempt(shift.enter_float, kr(100 + number))

    def sleep(self, number: int) -> None:
        """Let some minutes pass, or a night, or set the clock back by an hour."""
        if number % 4:
            self.till.clock.pass_(1000 * 3600 * 16 if number > 37 else 60_000 * number)
        else:
            self.till.clock.set(timedelta(hours=-1))


DEEDS: tuple[Callable[[Day, int], None], ...] = (
    *(Day.ring, Day.ring, Day.ring, Day.ring, Day.pay, Day.pay, Day.pay, Day.pay),
    *(Day.correct, Day.write_off, Day.leave, Day.hold, Day.bring_back, Day.refund, Day.copy),
    *(Day.move, Day.open_drawer, Day.read, Day.close, Day.sleep),
)
DAYS = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 40)), min_size=20, max_size=60)


def assert_agrees(report: ShiftReport, told: Reckoned) -> None:
    """Check every figure of a shift's last report against the journal."""
    figures = report.figures
    assert (figures.sales.count, figures.sales.amount.minor) == (len(told.sales), sum(told.sales))
    assert (figures.returns.count, figures.returns.amount.minor) == (len(told.returns), sum(told.returns))
    assert {row.id: row.sum.amount.minor for row in figures.tenders} == {**told.tenders}
    assert figures.rounding.minor == told.rounding
    assert (figures.tips.count, figures.tips.amount.minor) == (len(told.tips), sum(told.tips))
    balance = figures.net_sales + figures.rounding + figures.tips.amount + figures.on_orders + figures.other_tills
    assert total_of(figures.tenders).amount == balance
    assert {row.tax.id: (row.gross.minor, row.amount.minor) for row in figures.taxes} == {
        tax: (told.gross[tax], told.tax[tax]) for tax in told.gross
    }
    assert total_of(figures.groups).amount == figures.net_sales
    assert sum(row.sum.count for row in figures.groups if row.id != ArticleGroup.DEPOSIT) == told.units
    deposits = [row.sum.amount.minor for row in figures.groups if row.id == ArticleGroup.DEPOSIT]
    assert sum(deposits) == told.deposits
    assert (figures.float.minor, figures.expected_cash.minor) == (told.float, told.expected)
    assert (figures.copies.count, figures.drawer) == (told.copies, told.openings)
    discards = total_of(figures.discards)
    assert (discards.count, discards.amount.minor) == (len(told.discards), sum(told.discards))
    written_off = total_of(figures.write_offs)
    assert (written_off.count, written_off.amount.minor) == (len(told.write_offs), sum(told.write_offs))
    assert (figures.disputed.count, figures.disputed.amount.minor) == (len(told.disputed), sum(told.disputed))
    assert total_of(figures.corrections).count == told.removed
    persons = figures.persons
    assert sum(person.sales.amount.minor for person in persons) == sum(told.sales)
    assert sum(person.tips.amount.minor for person in persons) == sum(told.tips)
    assert sum(person.corrections.count for person in persons) == told.removed


def assert_day_agrees(folder: Path, deeds: list[tuple[Callable[[Day, int], None], int]]) -> int:
    """Do random actions, read the shift once more, and check all reports against the journal. Returns how many there
    are."""
    day = Day(folder)
    day.attempt(shift.enter_float, kr(1000))
    for deed, number in deeds:
        deed(day, number)
    day.read(0)
    register = day.till.register
    told = reckoned(register.store.path)
    last = {report.shift: report for report in day.made}
    for number, report in last.items():
        assert_agrees(report, told[number])
    closed = [report for report in day.made if report.number]
    assert [report.number for report in closed] == [*range(1, len(closed) + 1)]
    of_closed = [amount for one in told.values() if one.is_closed for amount in one.sales]
    assert sum(report.figures.sales.amount.minor for report in closed) == sum(of_closed)
    sold = [report.sales_ever for report in day.made]
    returned = [report.returns_ever for report in day.made]
    assert (sold, returned) == (sorted(sold), sorted(returned))
    assert sold[-1].minor == sum(amount for one in told.values() for amount in one.sales)
    assert verify_file(register.store).finding is None
    register.store.close()
    return len(day.made)


@settings(max_examples=8, deadline=None)
@given(DAYS)
def test_a_random_days_reports_agree_with_the_journal(deeds: list[tuple[Callable[[Day, int], None], int]]) -> None:
    for folder in a_folder():
        assert assert_day_agrees(folder, deeds) >= 1


@pytest.mark.soak
@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 40)), min_size=60, max_size=200))
def test_many_long_random_days_agree_with_the_journal(deeds: list[tuple[Callable[[Day, int], None], int]]) -> None:
    for folder in a_folder():
        assert assert_day_agrees(folder, deeds) >= 1
