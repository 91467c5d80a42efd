"""Sold out until a time, by item and by machine; receipts printed, owed, and copied once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.counter.panels.sold_out import end_of_day
from pos.counter.printing import print_owed
from pos.devices import Devices, FakePrinter
from pos.domain.errors import DeviceError
from pos.domain.sale.finished import Paper
from pos.domain.sale.sale import PaperKind, ReceiptState
from pos.domain.text import LocalText
from pos.register import shelf
from pos.register.verbs import papers, ringing
from tests.builders import MENU, NOW, PAIRINGS
from tests.office_acts import put_menu
from tests.register.shops import again, asked, lines, ring, settle_questions
from tests.rig import Cashier, a_cashier

HOUR = 3_600_000


@pytest.mark.parametrize(("span", "hours"), [("1", 1), ("2", 2), ("3", 4)])
def test_an_item_is_sold_out_for_so_long_and_comes_back_by_itself(cashier: Cashier, span: str, hours: int) -> None:
    cashier.press(",", "s", "b", span)
    assert cashier.said == "marked-sold-out"
    cashier.clock.pass_(hours * HOUR - 10_000)
    cashier.press("b")
    assert (lines(cashier), cashier.said) == ([], "sold-out-item")
    cashier.clock.pass_(10_000)
    cashier.press("b")
    assert lines(cashier) == ["1 cheeseburger-meal-m"]


def test_sold_out_for_the_day_ends_at_five_in_the_morning(cashier: Cashier) -> None:
    cashier.press(",", "s", "b", "4")
    (entry,) = shelf.sold_out(cashier.register)
    assert entry.until is not None
    assert entry.until.isoformat() == "2026-11-24T05:00:00+01:00"


def test_sold_out_until_further_notice_stays_so(cashier: Cashier) -> None:
    cashier.press(",", "s", "b", "5")
    cashier.clock.pass_(90 * 24 * HOUR)
    cashier.press("b")
    assert cashier.said == "sold-out-item"


def test_a_digit_brings_back_what_was_sold_out(cashier: Cashier) -> None:
    cashier.press(",", "s", "b", "5", ",", "s", "1", "escape", "b")
    assert lines(cashier) == ["1 cheeseburger-meal-m"]


def test_a_machine_that_is_down_takes_all_that_it_makes_with_it(cashier: Cashier) -> None:
    cashier.press(",", "s", "right", "b", "m", "1")
    assert cashier.said == "marked-all-sold-out"
    cashier.press("right", "b")
    assert shelf.sold_out(cashier.register)[0].machine == "grill"
    for sku in ("cheeseburger", "double", "cheeseburger-meal-m"):
        with pytest.raises(Exception, match="sold-out-item"):
            cashier.register.do(ringing.ring, sku)
    cashier.clock.pass_(HOUR)
    cashier.register.do(ringing.ring, "double")


GRILL = LocalText("grillen", "the grill")


def machine_said(cashier: Cashier, message_id: str) -> object:
    """What the open panel calls the machine in one of its rows."""
    assert cashier.counter.panel is not None
    rows = cashier.counter.panel.entries(cashier.counter)
    (label,) = [row.label for row in rows if row.label.message_id == message_id]
    return label.values["machine"]


def test_a_machine_is_called_by_its_name(cashier: Cashier) -> None:
    cashier.press(",", "s", "right", "b")
    assert machine_said(cashier, "whole-machine") == GRILL
    cashier.press("m", "1", ",", "s")
    assert machine_said(cashier, "sold-out-machine-row") == GRILL
    cashier.press("1", "b", "m", "5", ",", "s")
    assert machine_said(cashier, "sold-out-machine-open-row") == GRILL


def test_a_question_calls_the_machine_by_its_name(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("right", "u")
    assert machine_said(cashier, "gone-machine") == GRILL


def test_a_machine_that_the_menu_does_not_know_any_more_is_called_by_its_id(cashier: Cashier) -> None:
    cashier.press(",", "s", "right", "b", "m", "1")
    put_menu(cashier.register.store, replace(MENU, machines={}), PAIRINGS, NOW)
    cashier.register.catch_up()
    cashier.press(",", "s")
    assert machine_said(cashier, "sold-out-machine-row") == LocalText("grill", "grill")


def test_a_day_ends_at_five_also_when_the_clocks_are_put_back(cashier: Cashier) -> None:
    cashier.clock.now = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
    assert f"{end_of_day(cashier.counter):%d %H:%M %z}" == "25 05:00 +0100"
    cashier.clock.now = datetime(2026, 10, 24, 4, tzinfo=UTC)
    assert f"{end_of_day(cashier.counter):%d %H:%M %z}" == "25 05:00 +0100"


def test_what_one_till_sold_out_is_sold_out_at_the_other(cashier: Cashier, folder: Path) -> None:
    other = again(cashier, folder, "2")
    cashier.press(",", "s", "b", "1")
    other.press("b")
    assert other.said == "sold-out-item"


def test_a_tile_keeps_its_letter_when_another_sells_out(cashier: Cashier) -> None:
    before = cashier.counter.tiles()
    cashier.press(",", "s", "b", "1")
    assert cashier.counter.tiles() == before


def test_what_is_offered_and_gone_gives_way_to_the_next_best(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("right")
    assert asked(cashier) == "double"
    cashier.press("u", "1")
    (entry,) = shelf.sold_out(cashier.register)
    assert (entry.sku, entry.machine) == ("double", None)
    assert asked(cashier) == "cheeseburger-meal-m"


def test_a_machine_that_fails_at_the_question_stops_what_the_order_has_from_it(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("right", "u", "2")
    (entry,) = shelf.sold_out(cashier.register)
    assert (entry.sku, entry.machine) == (None, "grill")
    assert cashier.counter.state == "stop"
    cashier.press("delete")
    assert lines(cashier) == []


def test_a_modifier_that_is_offered_and_gone_gives_way_too(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("left")
    assert asked(cashier) == "extra-bacon"
    cashier.press("u", "1")
    (entry,) = shelf.sold_out(cashier.register)
    assert entry.modifier == "extra-bacon"
    assert asked(cashier) not in (None, "extra-bacon")


# paper


def sell(cashier: Cashier) -> str:
    """A salad paid in cash; returns the order's id."""
    if cashier.counter.paid is not None:
        cashier.press("enter")
    ring(cashier, "salad")
    settle_questions(cashier)
    cashier.press("a")
    assert cashier.counter.paid is not None
    return cashier.counter.paid.order_id


def with_printer(folder: Path, problem: str = "", *, begun: bool = False) -> tuple[Cashier, FakePrinter]:
    cashier = a_cashier(folder)
    printer = FakePrinter(problem, begun=begun)
    cashier.register.devices = Devices(printer, cashier.register.devices.terminal)
    return cashier, printer


def test_a_receipt_is_owed_until_a_printer_took_it(folder: Path) -> None:
    cashier, printer = with_printer(folder, "out of paper")
    first, second = sell(cashier), sell(cashier)
    assert print_owed(cashier.register) is not None
    assert [sale.order_id for sale in cashier.register.store.receipts.owed(cashier.register.till.id)] == [first, second]
    printer.problem = ""
    cashier.press(",", "o")
    assert cashier.said == "owed-printed"
    assert cashier.register.store.receipts.owed(cashier.register.till.id) == ()
    cashier.press(",", "o")
    assert cashier.said == "nothing-owed"
    assert len(printer.printed) == 2


def headings(printer: FakePrinter) -> list[bool]:
    """Of each document that was printed, whether it says that it is a copy."""
    return [any("KOPI" in line.left for line in document.lines) for document in printer.printed]


def test_what_never_began_is_printed_later_as_the_original(folder: Path) -> None:
    cashier, printer = with_printer(folder, "no line")
    sell(cashier)
    print_owed(cashier.register)
    printer.problem = ""
    print_owed(cashier.register)
    assert headings(printer) == [False]


def test_what_broke_off_is_printed_later_as_a_copy(folder: Path) -> None:
    cashier, printer = with_printer(folder, "jammed", begun=True)
    order = sell(cashier)
    print_owed(cashier.register)
    assert cashier.register.store.receipts.state(order) is ReceiptState.PRINTING
    printer.problem, printer.begun = "", False
    print_owed(cashier.register)
    assert headings(printer) == [False, True]
    assert cashier.register.store.receipts.owed(cashier.register.till.id) == ()


def test_a_crash_while_printing_leaves_the_receipt_owed_as_a_copy(folder: Path) -> None:
    cashier, _ = with_printer(folder)
    order = sell(cashier)
    (sale,) = cashier.register.store.receipts.owed(cashier.register.till.id)
    cashier.register.do(papers.begin_paper, Paper(PaperKind.RECEIPT, sale))
    later, printer = with_printer(folder)
    assert [entry.order_id for entry in later.register.store.receipts.owed(later.register.till.id)] == [order]
    print_owed(later.register)
    assert headings(printer) == [True]


def test_the_last_receipt_is_copied_once(folder: Path) -> None:
    cashier, printer = with_printer(folder)
    sell(cashier)
    print_owed(cashier.register)
    cashier.press(",", "p")
    assert (cashier.counter.state, cashier.said) == ("receipt", "copy-printed")
    cashier.press("escape", ",", "p")
    assert cashier.said == "one-copy-only"
    assert headings(printer) == [False, True]


def test_a_receipt_that_is_still_owed_is_printed_itself_before_any_copy(folder: Path) -> None:
    cashier, printer = with_printer(folder, "out of paper")
    sell(cashier)
    cashier.press(",", "p")
    assert cashier.said == "printer-failed"
    printer.problem = ""
    cashier.press(",", "p")
    assert cashier.said == "owed-printed"
    assert headings(printer) == [False]
    cashier.press(",", "p")
    assert headings(printer) == [False, True]


def test_why_a_receipt_is_owed_is_kept_in_the_till_s_language(cashier: Cashier) -> None:
    sell(cashier)
    (sale,) = cashier.register.store.receipts.owed(cashier.register.till.id)
    busy = DeviceError("printer-failed", problem=LocalText("den er opptatt", "it is busy"))
    cashier.register.do(papers.paper_failed, Paper(PaperKind.RECEIPT, sale), busy)
    assert cashier.register.store.receipts.attempts(sale.order_id) == (0, "den er opptatt")


def test_a_copy_that_no_printer_took_is_not_used_up(folder: Path) -> None:
    cashier, printer = with_printer(folder)
    sell(cashier)
    print_owed(cashier.register)
    printer.problem = "out of paper"
    cashier.press(",", "p")
    assert cashier.said == "printer-failed"
    printer.problem = ""
    cashier.press("escape", ",", "p")
    assert headings(printer) == [False, True]


def test_a_copy_that_broke_off_is_used_up(folder: Path) -> None:
    cashier, printer = with_printer(folder)
    sell(cashier)
    print_owed(cashier.register)
    printer.problem, printer.begun = "jammed", True
    cashier.press(",", "p")
    printer.problem, printer.begun = "", False
    cashier.press("escape", ",", "p")
    assert cashier.said == "one-copy-only"


def test_without_a_sale_there_is_nothing_to_copy(cashier: Cashier) -> None:
    cashier.press(",", "p")
    assert cashier.said == "no-sale-yet"


def test_after_a_restart_the_last_sale_can_still_be_copied(folder: Path) -> None:
    cashier, _ = with_printer(folder)
    sell(cashier)
    print_owed(cashier.register)
    later, printer = with_printer(folder)
    later.press(",", "p")
    assert later.said == "copy-printed"
    assert headings(printer) == [True]
