"""The kitchen's slip: printed once, at payment, without prices, with parts left out and allergies first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.counter.printing import print_owed
from pos.devices import Devices, FakePrinter
from pos.domain.menu.items import Modifier
from pos.domain.sale.sale import Document, Style
from pos.register import shelf
from pos.register.verbs import ringing
from tests.builders import MENU, NOW, PAIRINGS, text
from tests.office_acts import put_menu
from tests.register.shops import ring_tile, settle_questions, the_line
from tests.rig import Cashier, a_cashier


def in_kitchen(folder: Path, problem: str = "", *, begun: bool = False) -> tuple[Cashier, FakePrinter]:
    """A cashier in a shop that prints slips."""
    cashier = a_cashier(folder)
    put_menu(cashier.register.store, replace(MENU, kitchen_slip=True), PAIRINGS, NOW)
    cashier.register.catch_up()
    printer = FakePrinter(problem, begun=begun)
    cashier.register.devices = Devices(printer, cashier.register.devices.terminal)
    return cashier, printer


def sell(cashier: Cashier, *skus: str, keys: tuple[str, ...] = ()) -> None:
    """Ring things, press what else there is to press, and pay in cash."""
    if cashier.counter.paid is not None:
        cashier.press("enter")
    for sku in skus or ("salad",):
        ring_tile(cashier, sku)
    cashier.press(*keys, "enter")
    settle_questions(cashier)
    cashier.press("a")
    assert cashier.counter.paid is not None


def texts(document: Document) -> list[str]:
    """The texts of a paper."""
    return [line.left.strip() for line in document.lines if line.left]


def slips(printer: FakePrinter) -> list[Document]:
    """The slips among what was printed."""
    return [document for document in printer.printed if "kitchen" in document.name]


def test_a_slip_comes_out_once_before_the_receipt(folder: Path) -> None:
    cashier, printer = in_kitchen(folder)
    sell(cashier)
    print_owed(cashier.register)
    print_owed(cashier.register)
    assert ["kitchen" in document.name for document in printer.printed] == [True, False]


def test_without_the_shop_s_wish_there_is_no_slip(folder: Path) -> None:
    cashier = a_cashier(folder)
    sell(cashier)
    assert [paper.kind.value for paper in shelf.owed_papers(cashier.register)] == ["receipt"]


def test_a_slip_has_no_prices_and_a_large_call_number(folder: Path) -> None:
    cashier, printer = in_kitchen(folder)
    sell(cashier, "cheeseburger-meal-m")
    assert cashier.counter.paid is not None
    number = cashier.counter.paid.call_number
    print_owed(cashier.register)
    (slip,) = slips(printer)
    assert any(line.style is Style.HEADING and str(number) in line.left for line in slip.lines)
    assert not any("119" in line.left + line.right for line in slip.lines)
    assert "cola-m" in texts(slip)


def test_what_is_left_out_and_noted_comes_first(folder: Path) -> None:
    cashier, printer = in_kitchen(folder)
    ring_tile(cashier, "cola-m")
    ring_tile(cashier, "cheeseburger")
    cashier.press(".", "1", "escape")
    cashier.register.do(ringing.note, "delt i to", the_line(cashier, "cheeseburger").id)
    sell(cashier, "fries-m")
    print_owed(cashier.register)
    (slip,) = slips(printer)
    said = texts(slip)
    assert said.index("1 cheeseburger") < said.index("1 cola-m, m")
    assert any(line.left.strip() == "UTEN LØK" and line.style is Style.HEADING for line in slip.lines)
    assert any("delt i to" in text for text in said)


@pytest.mark.parametrize(("language", "loud"), [("nb", "ALLERGI MELK"), ("en", "ALLERGY MILK")])
def test_an_allergy_stands_in_large_letters_and_beside_the_line_what_was_accepted(
    folder: Path, language: str, loud: str
) -> None:
    cashier, printer = in_kitchen(folder)
    cashier.register.language = language
    sell(cashier, "cola-m", "cheeseburger", keys=("!", "7", "escape"))
    print_owed(cashier.register)
    (slip,) = slips(printer)
    assert any(line.left == loud and line.style is Style.HEADING for line in slip.lines)
    said = texts(slip)
    place = said.index("1 cheeseburger")
    assert loud.split()[1] in said[place + 1]
    assert place < said.index("1 cola-m, m")


def test_an_allergy_of_one_line_stands_at_that_line(folder: Path) -> None:
    cashier, printer = in_kitchen(folder)
    sell(cashier, "cola-m", "cheeseburger", keys=("!", "space", "7", "escape"))
    print_owed(cashier.register)
    (slip,) = slips(printer)
    said = texts(slip)
    assert said.index("ALLERGI MELK") == said.index("1 cheeseburger") + 1


def test_a_printer_that_fails_stops_no_sale_and_the_slip_is_owed(folder: Path) -> None:
    cashier, printer = in_kitchen(folder, "out of paper")
    sell(cashier)
    assert print_owed(cashier.register) is not None
    assert [paper.kind.value for paper in shelf.owed_papers(cashier.register)] == ["kitchen_slip", "receipt"]
    printer.problem = ""
    cashier.press(",", "o")
    assert cashier.said == "owed-printed"
    assert shelf.owed_papers(cashier.register) == ()
    assert [document.name.endswith("again") for document in slips(printer)] == [False]


def test_a_slip_that_broke_off_says_that_it_may_have_been_printed_before(folder: Path) -> None:
    cashier, printer = in_kitchen(folder, "jammed", begun=True)
    sell(cashier)
    print_owed(cashier.register)
    printer.problem, printer.begun = "", False
    print_owed(cashier.register)
    assert ["KAN VÆRE SKREVET UT FØR" in texts(slip) for slip in slips(printer)] == [False, True]


def test_what_is_left_out_is_what_the_menu_says_and_not_what_a_name_begins_with(folder: Path) -> None:
    cashier, printer = in_kitchen(folder)
    menu = cashier.register.view.menu
    group = replace(
        menu.groups["burger-changes"],
        modifiers=(
            Modifier("dry", text("Tørr", "Dry"), leaves_out=True),
            Modifier("no-1", text("No. 1-saus", "No 1 sauce")),
        ),
    )
    put_menu(cashier.register.store, replace(menu, groups={**menu.groups, group.id: group}), PAIRINGS, NOW)
    cashier.register.catch_up()
    sell(cashier, "cheeseburger", keys=(".", "1", "2", "escape"))
    print_owed(cashier.register)
    slip, receipt = printer.printed
    loud = [line.left.strip() for line in slip.lines if line.style is Style.HEADING]
    assert "TØRR" in loud
    assert "No. 1-saus" in texts(slip)
    assert {"TØRR", "No. 1-saus"} <= {*texts(receipt)}


def test_nothing_stands_as_accepted_once_its_allergy_is_taken_off_again(folder: Path) -> None:
    cashier, printer = in_kitchen(folder)
    sell(cashier, "cheeseburger", keys=("!", "7", "escape", "enter", "=", "escape", "!", "7", "escape"))
    print_owed(cashier.register)
    assert not any("MELK" in entry for entry in texts(printer.printed[0]))
