"""A till's shift: its float, its money, its count, X and Z."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos.devices import DrawerState, FakeDrawer
from pos.domain.errors import Refused
from pos.domain.money import ZERO
from pos.domain.order.discards import DiscardReason
from pos.domain.order.exchange import RefundReason
from pos.domain.order.order import TenderKind, TenderState
from pos.domain.prompts import PaymentPrompt
from pos.domain.shift.report import ReportSum
from pos.domain.shift.shift import CountReason, DrawerReason, MoneyReason
from pos.office.verifying import verify_all, verify_file
from pos.practice.file import practice_off, practice_on
from pos.register import OpenDrawer, ShopGate, accept
from pos.register.verbs import aside, drawer, papers, paying, refunding, reports, ringing, shift, undoing
from pos.store.journal.witness import read_witness
from tests.builders import kr
from tests.register.every_act import Till, another, at_the_terminal, part_paid, refunding_a_card, with_float
from tests.register.shops import a_folder


@pytest.fixture
def till() -> Iterator[Till]:
    for folder in a_folder():
        yield Till(folder)


def z(till: Till, cash: int) -> object:
    """Count the drawer, and close the shift."""
    till.do(shift.count_drawer, kr(cash))
    return till.do(reports.z_report)


def refusal(till: Till, *act: object) -> str:
    with pytest.raises(Refused) as refused:
        till.do(*act)  # type: ignore[arg-type]  # a verb and its arguments
    return refused.value.message_id


def test_a_shop_that_never_entered_a_float_sells_without_shifts(till: Till) -> None:
    till.sold()
    assert till.register.view.shift is None
    assert not till.register.view.has_shifts


def test_the_first_float_of_any_till_makes_every_till_wait_for_its_own(till: Till) -> None:
    with_float(till)
    other = another(till)
    other.at_payment()
    assert refusal(other, paying.pay_cash) == "float-first"
    assert refusal(other, paying.ask_terminal, TenderKind.CARD) == "float-first"
    other.do(shift.enter_float, kr(500))
    other.do(paying.pay_cash)
    other.register.store.close()


def test_every_act_of_the_till_is_bound_to_its_shift_from_the_float_to_the_z(till: Till) -> None:
    till.sold()
    with_float(till)
    till.sold()
    z(till, 1089)
    with_float(till)
    till.sold()
    bound = till.register.store.file.conn.execute("SELECT verb, shift FROM journal WHERE till = 1").fetchall()
    closed = [verb for verb, _ in bound].index("z_report")
    first = [verb for verb, _ in bound].index("enter_float")
    assert {number for _, number in bound[:first]} == {None}
    assert {number for _, number in bound[first : closed + 1]} == {1}
    assert {number for _, number in bound[closed + 1 :]} == {2}


def test_a_sale_in_the_second_of_the_z_belongs_to_exactly_one_shift(till: Till) -> None:
    with_float(till)
    till.sold()
    first = z(till, 1089)
    at = till.clock.now
    till.do(shift.enter_float, kr(1089))
    till.at_payment()
    till.clock.now = at
    till.register.do(paying.pay_cash)
    second = z(till, 1178)
    assert till.register.store.sales.last(1).paid_at == first.at  # type: ignore[union-attr, attr-defined]
    assert (first.number, first.figures.sales) == (1, ReportSum(1, kr(89)))  # type: ignore[attr-defined]
    assert (second.number, second.figures.sales, second.sales_ever) == (2, ReportSum(1, kr(89)), kr(178))  # type: ignore[attr-defined]
    assert (second.figures.first_receipt, second.figures.last_receipt) == (2, 2)  # type: ignore[attr-defined]


def test_money_in_and_out_is_tallied_by_reason_and_changes_the_expected_cash(till: Till) -> None:
    with_float(till)
    till.do(shift.pay_in, kr(200), MoneyReason.CHANGE)
    till.do(shift.pay_out, kr(49), MoneyReason.GOODS)
    till.do(shift.drop, kr(600), MoneyReason.SAFE)
    till.do(shift.drop, kr(100), MoneyReason.SAFE)
    figures = till.do(reports.x_report).figures  # type: ignore[attr-defined]
    assert [(row.id, row.sum) for row in figures.pay_ins] == [("change", ReportSum(1, kr(200)))]
    assert [(row.id, row.sum) for row in figures.pay_outs] == [("goods", ReportSum(1, kr(49)))]
    assert [(row.id, row.sum) for row in figures.drops] == [("safe", ReportSum(2, kr(700)))]
    assert figures.expected_cash == kr(1000 + 200 - 49 - 700)


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ((shift.pay_in, kr(0), MoneyReason.CHANGE), "money-absurd"),
        ((shift.pay_in, kr(0) - kr(5), MoneyReason.CHANGE), "money-absurd"),
        ((shift.pay_out, kr(1, 50), MoneyReason.GOODS), "money-no-coin"),
        ((shift.pay_out, kr(1), MoneyReason.SAFE), "no-such-choice"),
        ((shift.pay_out, kr(1), MoneyReason.TIPS), "no-such-choice"),
        ((shift.pay_out, kr(1), MoneyReason.EMPTIES), "no-such-choice"),
        ((shift.drop, kr(2_000_000), MoneyReason.SAFE), "money-absurd"),
        ((shift.drop, kr(1001), MoneyReason.SAFE), "money-not-there"),
        ((shift.pay_out, kr(1001), MoneyReason.GOODS), "money-not-there"),
        ((shift.enter_float, kr(10)), "float-entered"),
        ((shift.count_drawer, kr(10), ((1000, 2),)), "pieces-differ"),
        ((shift.explain_count, CountReason.MISSING), "nothing-to-explain"),
        ((reports.z_report,), "z-no-count"),
    ],
)
def test_impossible_amounts_are_refused_and_tally_nothing(till: Till, act: tuple[object, ...], told: str) -> None:
    with_float(till)
    before = till.do(reports.x_report).figures  # type: ignore[attr-defined]
    assert refusal(till, *act) == told
    assert till.do(reports.x_report).figures == before  # type: ignore[attr-defined]


def test_two_x_in_a_row_differ_in_nothing_but_their_time(till: Till) -> None:
    with_float(till)
    till.sold()
    one, other = till.do(reports.x_report), till.do(reports.x_report)
    assert one.at < other.at  # type: ignore[attr-defined]
    assert replace(one, at=other.at) == other  # type: ignore[type-var, attr-defined]


def test_a_count_and_its_recount_are_valid_until_something_is_sold(till: Till) -> None:
    with_float(till)
    first, may_recount = till.do(shift.count_drawer, kr(980))  # type: ignore[misc]
    assert (first.difference, first.is_explained, may_recount) == (kr(0) - kr(20), False, True)
    assert refusal(till, reports.z_report) == "z-difference"
    second, may_recount = till.do(shift.count_drawer, kr(990))  # type: ignore[misc]
    assert (second.difference, may_recount) == (kr(0) - kr(10), False)
    assert refusal(till, shift.count_drawer, kr(1000)) == "counted-twice"
    till.do(shift.explain_count, CountReason.WRONG_CHANGE)
    till.sold()
    assert refusal(till, reports.z_report) == "z-no-count"
    till.do(shift.count_drawer, kr(1089))
    report = till.do(reports.z_report)
    counts = report.figures.counts  # type: ignore[attr-defined]
    assert [(count.cash, count.difference, count.reason) for count in counts] == [
        (kr(980), kr(0) - kr(20), ""),
        (kr(990), kr(0) - kr(10), "wrong_change"),
        (kr(1089), ZERO, ""),
    ]


def test_each_terminals_total_is_kept_with_the_tills(till: Till) -> None:
    with_float(till)
    at_the_terminal(till)
    till.do(paying.terminal_says, TenderState.APPROVED)
    count, _ = till.do(shift.count_drawer, kr(1000), (), {TenderKind.CARD: kr(80), TenderKind.MOBILE: ZERO})  # type: ignore[misc]
    assert [(total.kind, total.counted, total.expected) for total in count.terminals] == [
        ("card", kr(80), kr(89)),
        ("mobile", ZERO, ZERO),
    ]
    assert not count.is_explained
    assert refusal(till, reports.z_report) == "z-difference"


def test_a_recount_keeps_terminal_totals_that_are_not_entered_again(till: Till) -> None:
    with_float(till)
    at_the_terminal(till)
    till.do(paying.terminal_says, TenderState.APPROVED)
    till.do(shift.count_drawer, kr(980), (), {TenderKind.CARD: kr(50), TenderKind.MOBILE: kr(10)})
    count, _ = till.do(shift.count_drawer, kr(1000), (), {TenderKind.MOBILE: ZERO})  # type: ignore[misc]
    assert [(total.kind, total.difference) for total in count.terminals] == [("card", -kr(39)), ("mobile", ZERO)]
    assert refusal(till, reports.z_report) == "z-difference"


def test_no_more_than_the_expected_cash_can_be_taken_out(till: Till) -> None:
    with_float(till)
    till.sold()
    assert refusal(till, shift.drop, kr(1090), MoneyReason.SAFE) == "money-not-there"
    till.do(shift.drop, kr(1089), MoneyReason.SAFE)
    with pytest.raises(Refused) as refused:
        till.do(shift.pay_out, kr(1), MoneyReason.GOODS)
    assert refused.value.values == {}  # what should lie there is told to nobody before a blind count


def test_corrections_count_removed_units_and_never_added_ones(till: Till) -> None:
    with_float(till)
    line = till.rung("cola-m", 3)
    till.do(ringing.change_quantity, line, 1)
    till.do(ringing.change_quantity, line, -1)
    till.do(undoing.take_back)
    till.do(ringing.void, line)
    till.rung("cola-m", 2)
    till.do(undoing.take_back)
    figures = till.do(reports.x_report).figures  # type: ignore[attr-defined]
    assert [(row.id, row.sum) for row in figures.corrections] == [
        ("lowered", ReportSum(1, kr(34))),
        ("removed", ReportSum(4, kr(136))),
        ("taken_back", ReportSum(2, kr(68))),
    ]
    (kari,) = figures.persons
    assert (kari.name, kari.corrections) == ("Kari", ReportSum(7, kr(238)))


def test_copies_discards_and_openings_are_counted(till: Till) -> None:
    with_float(till)
    sale = till.sold()
    till.do(papers.reserve_copy)
    till.do(papers.release_copy, sale)
    till.do(papers.reserve_copy)
    till.rung("cola-m")
    till.do(aside.abandon, DiscardReason.LEFT)
    till.do(drawer.open_drawer, DrawerReason.LOOK)
    figures = till.do(reports.x_report).figures  # type: ignore[attr-defined]
    assert figures.copies == ReportSum(1, kr(89))
    assert [(row.id, row.sum) for row in figures.discards] == [("left", ReportSum(1, kr(34)))]
    assert [(row.id, row.sum.count) for row in figures.drawer_without_sale] == [("look", 1)]
    assert figures.drawer == 1


# what stands in the way of a Z


def test_no_z_while_an_order_is_open_or_set_aside_here(till: Till) -> None:
    with_float(till)
    other = another(till)
    other.rung()
    other.do(aside.hold)
    other.register.store.close()
    till.rung()
    till.do(shift.count_drawer, kr(1000))
    assert refusal(till, reports.z_report) == "z-open-order"
    order_id = till.register.view.order.id
    till.do(aside.hold)
    assert refusal(till, reports.z_report) == "z-held-order"
    till.rung("cola-m")
    till.do(aside.discard_held, order_id, DiscardReason.LEFT)
    assert [line.sku for line in till.register.view.order.lines] == ["cola-m"]
    assert refusal(till, aside.discard_held, order_id, DiscardReason.LEFT) == "order-already-recalled"
    till.do(aside.abandon, DiscardReason.LEFT)
    assert till.do(reports.z_report).number == 1  # type: ignore[attr-defined]


def test_money_on_an_order_is_never_discarded_with_it(till: Till) -> None:
    with_float(till)
    part_paid(till)
    order_id = till.register.view.order.id
    till.do(aside.hold)
    assert refusal(till, aside.discard_held, order_id, DiscardReason.LEFT) == "held-has-money"
    till.do(shift.count_drawer, kr(1000))
    assert refusal(till, reports.z_report) == "z-money-on-order"


def test_an_unknown_payment_is_settled_or_booked_as_disputed(till: Till) -> None:
    with_float(till)
    at_the_terminal(till)
    assert refusal(till, reports.book_disputed) == "not-unknown"
    till.do(paying.terminal_says, TenderState.UNKNOWN)
    till.do(shift.count_drawer, kr(1000))
    assert refusal(till, reports.z_report) == "z-unknown-payment"
    till.do(reports.book_disputed)
    assert not isinstance(till.register.view.prompt, PaymentPrompt)
    report = till.do(reports.z_report)
    figures = report.figures  # type: ignore[attr-defined]
    assert (figures.disputed, figures.sales) == (ReportSum(1, kr(89)), ReportSum(1, kr(89)))


def test_a_forgotten_z_is_made_first_next_morning_for_its_own_day(till: Till) -> None:
    with_float(till)
    till.sold()
    day = till.register.view.day
    till.clock.pass_(1000 * 3600 * 20)
    till.at_payment()
    assert refusal(till, paying.pay_cash) == "z-first"
    till.do(aside.abandon, DiscardReason.LEFT)
    report = z(till, 1089)
    assert report.day == day  # type: ignore[attr-defined]
    assert report.at.date() == day + timedelta(days=1)  # type: ignore[attr-defined]
    with_float(till)
    till.sold()


def test_an_order_of_the_next_morning_is_no_obstacle_to_yesterdays_z(till: Till) -> None:
    with_float(till)
    till.sold()
    till.clock.pass_(1000 * 3600 * 20)
    till.rung("cola-m")
    till.do(aside.hold)
    till.at_payment()
    assert refusal(till, paying.pay_cash) == "z-first"
    assert z(till, 1089).number == 1  # type: ignore[attr-defined]
    till.do(shift.enter_float, kr(1000))
    till.do(paying.pay_cash)
    assert till.do(reports.x_report).figures.sales == ReportSum(1, kr(89))  # type: ignore[attr-defined]
    till.do(shift.count_drawer, kr(1089))
    assert refusal(till, reports.z_report) == "z-held-order"
    assert verify_all(till.register.store).finding is None


def test_an_order_of_yesterday_is_an_obstacle_whenever_it_is_continued(till: Till) -> None:
    with_float(till)
    till.rung("cola-m")
    till.clock.pass_(1000 * 3600 * 20)
    till.rung("cola-m")
    till.do(shift.count_drawer, kr(1000))
    assert refusal(till, reports.z_report) == "z-open-order"


def test_a_night_past_midnight_is_one_shift_and_waiting_customers_are_served(till: Till) -> None:
    with_float(till)
    till.clock.pass_(1000 * 3600 * 16 + 1000 * 60 * 30)  # a quarter past five
    till.sold()
    assert till.register.view.day != till.register.view.shift.day  # type: ignore[union-attr]
    assert z(till, 1089).figures.sales == ReportSum(1, kr(89))  # type: ignore[attr-defined]


def test_a_z_is_made_once_whoever_tries(till: Till) -> None:
    import sqlite3

    with_float(till)
    report = z(till, 1000)
    assert refusal(till, reports.z_report) == "float-first"
    conn = till.register.store.file.conn
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        conn.execute(
            "INSERT INTO shift_report SELECT 99, shift_id, till_id, kind, 2, business_day, at_us, offset_s, body "
            "FROM shift_report WHERE kind = 'z'"
        )
    conn.rollback()
    for sql in ("UPDATE shift_report SET body = ''", "DELETE FROM shift_report", "DELETE FROM shift_tally"):
        with pytest.raises(sqlite3.IntegrityError, match="stays"):
            conn.execute(sql)
        conn.rollback()
    assert till.register.store.reports.by_number(1, 1) == report


def test_a_file_with_shifts_verifies_and_is_rebuilt(till: Till, folder: Path) -> None:
    with_float(till)
    till.sold()
    till.do(shift.count_drawer, kr(1080))
    till.do(shift.explain_count, CountReason.NOT_FOUND)
    till.do(reports.x_report)
    till.do(reports.z_report)
    assert verify_all(till.register.store).finding is None


def test_refunds_are_subtracted_from_goods_tenders_and_taxes_and_listed_themselves(till: Till) -> None:
    with_float(till)
    till.sold()
    sale = till.sold()
    till.do(refunding.refund, sale.number, ((1, 1),), RefundReason.MADE_WRONG)
    report = z(till, 1089)
    figures = report.figures  # type: ignore[attr-defined]
    assert (figures.sales, figures.returns, figures.net_sales) == (ReportSum(2, kr(178)), ReportSum(1, kr(89)), kr(89))
    assert [(row.id, row.sum) for row in figures.tenders] == [("cash", ReportSum(1, kr(89)))]
    assert [(row.id, row.sum) for row in figures.groups] == [("food", ReportSum(1, kr(89)))]
    assert [(row.gross, row.amount) for row in figures.taxes] == [(sale.total, sale.tax)]
    assert (report.sales_ever, report.returns_ever, report.net_ever) == (kr(178), kr(89), kr(89))  # type: ignore[attr-defined]
    assert verify_all(till.register.store).finding is None


def test_no_z_while_the_outcome_of_a_refund_is_unknown(till: Till) -> None:
    with_float(till)
    refund = refunding_a_card(till)
    till.do(shift.count_drawer, kr(1000))
    assert refusal(till, reports.z_report) == "z-open-refund"
    till.do(refunding.refund_says, refund, TenderState.APPROVED)
    assert till.do(reports.z_report).figures.returns == ReportSum(1, kr(89))  # type: ignore[attr-defined]


# the drawer


def with_drawer(till: Till) -> FakeDrawer:
    """Give the till a drawer that it opens."""
    fake = FakeDrawer()
    till.register.devices = replace(till.register.devices, drawer=fake)
    till.register.drawer = fake.stands
    return fake


def test_nothing_is_sold_while_the_drawer_is_open_or_does_not_answer(till: Till) -> None:
    fake = with_drawer(till)
    till.at_payment()
    for stands, told in ((DrawerState.OPEN, "drawer-open"), (DrawerState.UNKNOWN, "drawer-unknown")):
        fake.stands = stands
        assert refusal(till, paying.pay_cash) == told
        assert refusal(till, paying.ask_terminal, TenderKind.CARD) == told
    fake.stands = DrawerState.CLOSED
    assert till.register.do(paying.pay_cash).asks == (OpenDrawer(),)


def test_cash_opens_the_drawer_and_each_opening_is_counted(till: Till) -> None:
    with_drawer(till)
    till.at_payment()
    assert till.register.do(shift.enter_float, kr(1000)).asks == (OpenDrawer(),)
    till.register.do(paying.pay_cash)
    at_the_terminal(till)
    assert till.register.do(paying.terminal_says, TenderState.APPROVED).asks == ()
    till.do(drawer.open_drawer, DrawerReason.GIVE_CHANGE)
    figures = till.do(reports.x_report).figures  # type: ignore[attr-defined]
    assert (figures.drawer_with_sale, figures.drawer) == (1, 3)
    assert [(row.id, row.sum.count) for row in figures.drawer_without_sale] == [("float", 1), ("give_change", 1)]
    assert verify_all(till.register.store).finding is None


# what is counted elsewhere, and what somebody did to the file


def test_practice_is_tallied_and_in_no_sum(till: Till) -> None:
    with_float(till)
    register = till.register
    gate = ShopGate(register.store, register.country, till.clock, "Kari")
    gate.do(practice_on, "token", "1", 1)
    gate.do(practice_off, "token", (3, kr(357)))
    gate.do(practice_on, "unknown", "1", 1)
    gate.do(practice_off, "unknown", None)
    figures = till.do(reports.x_report).figures  # type: ignore[attr-defined]
    assert (figures.practice, figures.sales, figures.expected_cash) == (ReportSum(3, kr(357)), ReportSum(), kr(1000))
    assert [(person.name, person.practice) for person in figures.persons] == [("Kari", ReportSum(3, kr(357)))]


@pytest.mark.parametrize(
    ("table", "tampering"),
    [
        ("shift_report", "UPDATE shift_report SET body = replace(body, '8900', '8800') WHERE kind = 'z'"),
        ("shift_report", "DELETE FROM shift_report WHERE kind = 'x'"),
        ("shift_tally", "UPDATE shift_tally SET amount_minor = amount_minor - 100 WHERE what = 'drop'"),
        ("shift_tally", "INSERT INTO shift_tally SELECT 99, 1, 'copy', '', 1, 1, 5, '', 0, 0 FROM shift_tally LIMIT 1"),
        ("shift_count", "UPDATE shift_count SET cash_minor = expected_minor"),
        ("shift_count_reason", "UPDATE shift_count_reason SET reason = 'missing'"),
        ("shift", "UPDATE shift SET sales_before_minor = 0 WHERE number = 2"),
    ],
)
def test_every_edit_of_a_shift_behind_the_tills_back_is_found(till: Till, table: str, tampering: str) -> None:
    with_float(till)
    till.sold()
    till.do(shift.drop, kr(500), MoneyReason.SAFE)
    till.do(reports.x_report)
    till.do(shift.count_drawer, kr(580))
    till.do(shift.explain_count, CountReason.NOT_FOUND)
    till.do(reports.z_report)
    conn = till.register.store.file.conn
    for (name,) in conn.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'shift%'"
    ).fetchall():
        conn.execute(f"DROP TRIGGER {name}")
    assert conn.execute(tampering).rowcount == 1
    conn.commit()
    finding = verify_file(till.register.store).finding
    assert finding is not None
    assert finding.table == table


def test_no_shift_is_given_the_number_of_one_that_only_the_witness_remembers(till: Till, tmp_path: Path) -> None:
    """A file that went back gives the next shift a new number, whether or not a shift is current."""
    path, before, in_first = till.register.store.path, tmp_path / "before.db", tmp_path / "in_first.db"
    shutil.copy(path, before)
    till.do(shift.enter_float, kr(1000))
    witness = read_witness(path)
    assert witness is not None
    assert ("S1", 1) in [(entry.series, entry.number) for entry in witness.given]
    shutil.copy(path, in_first)
    for _ in range(2):
        z(till, 1000)
        till.do(shift.enter_float, kr(1000))
    assert till.register.view.shift is not None
    assert till.register.view.shift.number == 3
    till.register.store.close()
    lost = path.with_name("shop.db.head").read_bytes()
    for copy in (before, in_first):
        path.with_name("shop.db.head").write_bytes(lost)
        shutil.copy(copy, path)
        again = Till(path.parent)
        accept(ShopGate(again.register.store, again.register.country, again.clock))
        if copy is in_first:
            z(again, 1000)
        again.do(shift.enter_float, kr(1000))
        assert again.register.view.shift is not None
        assert again.register.view.shift.number == 4
        assert verify_all(again.register.store).finding is None
        again.register.store.close()


def test_no_z_is_given_the_number_of_one_that_only_the_witness_remembers(till: Till, tmp_path: Path) -> None:
    """A file that went back uses no number twice: the next Z follows the last one given out."""
    register = till.register
    till.do(shift.enter_float, kr(1000))
    path = register.store.path
    before = tmp_path / "before.db"
    shutil.copy(path, before)
    assert z(till, 1000).number == 1  # type: ignore[attr-defined]  # a report
    witness = read_witness(path)
    assert witness is not None
    assert ("Z1", 1) in [(entry.series, entry.number) for entry in witness.given]
    register.store.close()
    shutil.copy(before, path)
    again = Till(path.parent)
    accept(ShopGate(again.register.store, again.register.country, again.clock))
    assert z(again, 1000).number == 2  # type: ignore[attr-defined]  # a report
    assert verify_all(again.register.store).finding is None
