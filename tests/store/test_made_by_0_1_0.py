"""A file that version 0.1.0 made: seven tills were in the middle of something, and go on where they were.

`made_by_0_1_0/shop.db.xz` was played with that version's plain mode, on the menu that it shipped; `receipts.txt` is
what it printed of the four sales, each as an original and as a copy.
"""

from __future__ import annotations

import lzma
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.counter import Counter
from pos.counter.printing import print_owed
from pos.country import norway
from pos.devices import Devices, FakePrinter, ManualTerminal
from pos.devices.layout import rows
from pos.domain.prompts import PaymentPrompt, QuestionPrompt, Ringing, ServingPrompt, TerminalPrompt
from pos.domain.sale.sale import Sale
from pos.register import Register, shelf
from pos.store import open_store
from pos.wording.receipt import receipt
from tests.builders import no_draws
from tests.rig import Cashier, Clock

MADE = Path(__file__).parent / "made_by_0_1_0"
LATER = datetime(2026, 11, 30, 13, 30, tzinfo=UTC)
"""Half an hour after the file was made."""

PAGE = "\f\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a fresh copy of the file."""
    (tmp_path / "shop.db").write_bytes(lzma.decompress((MADE / "shop.db.xz").read_bytes()))
    return tmp_path


def at_till(folder: Path, till: str) -> Cashier:
    """A cashier at a till of the file."""
    clock = Clock(LATER)
    register = Register(
        open_store(folder / "shop.db"),
        Devices(FakePrinter(), ManualTerminal()),
        norway(),
        clock,
        draws=lambda seed: no_draws,
        till=till,
        cashier="Kari",
    )
    return Cashier(register, clock)


def paid(cashier: Cashier, *keys: str) -> Sale:
    """The sale that keys end in."""
    cashier.press(*keys)
    sale = cashier.counter.paid
    assert sale is not None, (cashier.said, cashier.counter.prompt)
    return sale


def asks(counter: Counter) -> type[object]:
    return type(counter.prompt)


def test_an_order_that_was_being_rung_goes_on(folder: Path) -> None:
    for till in ("1", "5"):
        cashier = at_till(folder, till)
        assert asks(cashier.counter) is Ringing
        assert [line.sku for line in cashier.register.view.order.lines] == ["cheeseburger-meal-m"]
        cashier.press("enter")
        assert asks(cashier.counter) is ServingPrompt
        assert paid(cashier, "2", "n", "n", "a").total.minor == 11_900


def test_a_question_that_was_open_is_the_same_question(folder: Path) -> None:
    cashier = at_till(folder, "4")
    prompt = cashier.counter.prompt
    assert isinstance(prompt, QuestionPrompt)
    assert (prompt.number, prompt.difference.more.minor) == (2, 3_900)
    sale = paid(cashier, "2", "a")
    query = "SELECT decision FROM offer_ledger WHERE order_id = ?"
    decided = cashier.register.store.file.conn.execute(query, (sale.order_id,)).fetchall()
    assert (sale.total.minor, decided) == (19_300, [("accepted",), ("accepted",)])


@pytest.mark.parametrize(("till", "due"), [("2", 13_900), ("7", 7_900)])
def test_a_payment_at_the_terminal_still_waits_for_its_answer(folder: Path, till: str, due: int) -> None:
    cashier = at_till(folder, till)
    assert asks(cashier.counter) is TerminalPrompt
    assert paid(cashier, "+").total.minor == due


def test_a_part_that_was_paid_stays_paid(folder: Path) -> None:
    cashier = at_till(folder, "3")
    prompt = cashier.counter.prompt
    assert isinstance(prompt, PaymentPrompt)
    assert (prompt.due.minor, prompt.paid.minor) == (23_800, 11_900)
    assert paid(cashier, "a").total.minor == 35_700


def test_an_order_at_payment_is_paid_under_its_number(folder: Path) -> None:
    cashier = at_till(folder, "6")
    assert asks(cashier.counter) is PaymentPrompt
    assert paid(cashier, "a").series == "K6"


def test_an_order_that_was_set_aside_is_recalled_at_any_till(folder: Path) -> None:
    cashier = at_till(folder, "8")
    assert len(shelf.held(cashier.register)) == 1
    cashier.press("f10")
    (line,) = cashier.register.view.order.lines
    assert (line.sku, line.modifiers) == ("cheeseburger-meal-m", ("no-onion",))


def test_numbers_go_on_and_what_was_owed_is_printed(folder: Path) -> None:
    cashier = at_till(folder, "1")
    assert [sale.receipt_number for sale in cashier.register.store.receipts.owed(cashier.register.till.id)] == [4]
    assert print_owed(cashier.register) is None
    assert paid(cashier, "enter", "2", "n", "n", "a").receipt_number == 5


def test_a_next_visit_code_is_still_good(folder: Path) -> None:
    cashier = at_till(folder, "8")
    cashier.press("b", *"4935357479", "enter")
    assert cashier.said == "next-visit-taken"


def test_receipts_are_printed_again_byte_for_byte(folder: Path) -> None:
    store = open_store(folder / "shop.db")
    printed = []
    for number in range(1, 5):
        sale = store.sales.by_number("K1", number)
        assert sale is not None
        for copy in (False, True):
            document = receipt(sale, norway().headings, copy=copy)
            printed.append("\n".join(row for line in document.lines for row in rows(line, 42)))
    assert PAGE.join(printed) == (MADE / "receipts.txt").read_text(encoding="utf-8")
