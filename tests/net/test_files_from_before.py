"""Files that an earlier program made, in the middle of a day: every till goes on where it was.

They were made at commit 776af89, whose orders stood in an order log (`make_before` says how). `going_on` has what that
program showed on a copy of each file, key by key: the same is shown now, and the same is in the file at the end.
"""

from __future__ import annotations

import lzma
import shutil
from collections.abc import Iterator

import pytest

from pos.counter import Counter
from pos.counter.printing import print_owed
from pos.domain.order.order import TenderState
from pos.domain.prompts import PaymentPrompt, QuestionPrompt, StopPrompt, TerminalPrompt
from pos.domain.sale.sale import Sale
from pos.register import shelf
from tests.net.days import Recorded, difference, play
from tests.net.kept import GOING_ON_FILE, kept
from tests.net.make_before import GOING_ON, LATER, MADE
from tests.net.seen import every_paper
from tests.net.shops import BEFORE, open_shop
from tests.net.till import Office, Till
from tests.rig import Clock

TILLS = [(name, till) for name, tills in GOING_ON.items() for till in tills]


def recorded(name: str, till: str) -> tuple[dict[str, list[str]], Recorded]:
    """The columns of the views, and how a till went on."""
    columns, days = kept(GOING_ON_FILE)
    return columns, next(day for day in days if day.name == f"{name}, till {till}")


@pytest.mark.parametrize(("name", "till"), TILLS)
def test_a_till_goes_on_as_the_program_did_that_made_its_file(name: str, till: str) -> None:
    columns, day = recorded(name, till)
    differs = difference(day, play(day, columns))
    assert not differs, f"\n{differs}"


@pytest.mark.parametrize("name", [name for name in MADE if (BEFORE / f"{name}.papers.xz").exists()])
def test_every_paper_is_printed_again_byte_for_byte(name: str) -> None:
    folder = open_shop(name)
    office = Office(folder)
    papers = "\n".join(every_paper(office.store))
    office.store.close()
    shutil.rmtree(folder)
    assert papers == lzma.decompress((BEFORE / f"{name}.papers.xz").read_bytes()).decode()


@pytest.fixture
def tills() -> Iterator[dict[str, Till]]:
    """The tills that a test has opened, by their names."""
    opened: dict[str, Till] = {}
    yield opened
    for till in opened.values():
        till.close()
        shutil.rmtree(till.folder, ignore_errors=True)


def opened(tills: dict[str, Till], name: str, till: str) -> Counter:
    """The counter of a till on a copy of a file."""
    clock = Clock()
    clock.pass_(LATER * 60_000)
    tills[till] = Till(open_shop(name), till, clock, 0.5, others_run=False, deliberate=False)
    return tills[till].counter


def rung(counter: Counter) -> list[str]:
    return [f"{line.quantity} {line.sku}" for line in counter.register.view.order.lines]


def test_an_order_that_is_being_rung_has_its_notes_and_its_allergy(tills: dict[str, Till]) -> None:
    order = opened(tills, "counter", "1").register.view.order
    first, second = order.lines
    assert (first.modifiers, first.size_said) == (("no-onion",), True)
    assert (second.modifiers, second.note) == (("no-onion", "no-cheese"), "uten is")
    assert order.allergens == {"milk"}


def test_question_2_is_open_and_question_1_stays_answered(tills: dict[str, Till]) -> None:
    counter = opened(tills, "counter", "2")
    prompt = counter.prompt
    assert isinstance(prompt, QuestionPrompt)
    assert (prompt.number, prompt.question.offer.sku, prompt.difference.more.minor) == (2, "shake-m", 4500)
    tills["2"].key("backspace")
    assert isinstance(counter.prompt, QuestionPrompt)
    assert (counter.prompt.number, rung(counter)) == (1, ["1 cheeseburger"])


def test_a_question_keeps_the_chosen_count(tills: dict[str, Till]) -> None:
    prompt = opened(tills, "counter", "5").prompt
    assert isinstance(prompt, QuestionPrompt)
    assert (prompt.question.offer.units, prompt.question.count) == (5, 3)


def test_a_part_in_cash_stays_paid(tills: dict[str, Till]) -> None:
    prompt = opened(tills, "counter", "3").prompt
    assert isinstance(prompt, PaymentPrompt)
    assert (prompt.due.minor, prompt.paid.minor) == (3900, 5000)


@pytest.mark.parametrize(("till", "state"), [("4", TenderState.INTENT), ("14", TenderState.UNKNOWN)])
def test_a_payment_at_the_terminal_waits_for_its_answer(tills: dict[str, Till], till: str, state: TenderState) -> None:
    counter = opened(tills, "counter", till)
    prompt = counter.prompt
    assert isinstance(prompt, TerminalPrompt)
    assert (prompt.tender.state, prompt.tender.amount.minor) == (state, 8900)
    tills[till].key("+")
    assert counter.paid is not None


def test_held_orders_have_their_payments(tills: dict[str, Till]) -> None:
    held = shelf.held(opened(tills, "counter", "5").register)
    assert [(entry.order.paid.minor, entry.order.open_tender is not None) for entry in held] == [
        (4000, False),
        (0, True),
    ]


def test_papers_that_are_owed_come_out_once_the_printer_works(tills: dict[str, Till]) -> None:
    counter = opened(tills, "counter", "6")
    assert [paper.kind.value for paper in shelf.owed_papers(counter.register)] == ["kitchen_slip", "receipt"]
    assert print_owed(counter.register) is None
    assert [document.name for document in tills["6"].printer.printed] == ["K6-1-kitchen", "K6-1"]


def test_a_discarded_order_comes_back_with_its_reason_told(tills: dict[str, Till]) -> None:
    counter = opened(tills, "counter", "7")
    (discarded,) = shelf.discarded(counter.register)
    assert (discarded.reason.value, len(discarded.order.lines)) == ("changed_mind", 1)


def test_a_staff_meal_is_counted_and_waste_goes_on(tills: dict[str, Till]) -> None:
    counter = opened(tills, "counter", "7")
    till = counter.register.till
    first = counter.register.store.write_offs.last(till.id)
    assert first is not None
    assert (first.purpose.value, first.number) == ("staff", 1)
    tills["7"].key("a")
    second = counter.register.store.write_offs.last(till.id)
    assert second is not None
    assert (second.purpose.value, second.number) == ("waste", 2)


def test_a_code_is_on_the_order_that_carries_it_and_used_ones_stay_used(tills: dict[str, Till]) -> None:
    _, day = recorded("counter", "8")
    counter = opened(tills, "counter", "8")
    assert counter.register.view.next_visit_line is not None
    for key in (",", "a", "1"):
        tills["8"].key(key)
    said = []
    for code in (day.codes[1], day.codes[0]):
        tills["8"].scan(code)
        said.append(counter.message.message_id if counter.message is not None else None)
    assert said == ["next-visit-used", "next-visit-waits"]


def test_what_is_sold_out_stays_out(tills: dict[str, Till]) -> None:
    entries = shelf.sold_out(opened(tills, "sold_out", "3").register)
    assert [(entry.modifier, entry.sku, entry.all_sizes) for entry in entries] == SOLD_OUT
    (machine,) = (entry for entry in shelf.sold_out(opened(tills, "machine", "2").register) if entry.machine)
    assert machine.machine == "grill"


SOLD_OUT = [
    ("no-onion", None, False),
    (None, "double", False),
    (None, "fries-m", True),
    (None, "cola-m", False),
]


def test_an_order_with_an_allergy_still_stops(tills: dict[str, Till]) -> None:
    prompt = opened(tills, "counter", "13").prompt
    assert isinstance(prompt, StopPrompt)
    assert prompt.stops[0].contains == ("milk",)


def test_a_part_that_was_paid_by_an_earlier_menu_is_still_of_that_menu(tills: dict[str, Till]) -> None:
    counter = opened(tills, "menus", "1")
    assert (counter.register.view.priced.total.minor, counter.register.view.order.paid.minor) == (12_400, 5000)


def test_an_order_is_taken_back_through_what_was_packed(tills: dict[str, Till]) -> None:
    counter = opened(tills, "long", "2")
    seen = [rung(counter)]
    for _ in range(5):
        tills["2"].key("backspace")
        seen.append(rung(counter))
    assert (seen[0], seen[-2:]) == (["3 cheeseburger"], [["2 cheeseburger"], ["1 cheeseburger"]])


def test_numbers_go_on_without_a_gap(tills: dict[str, Till]) -> None:
    counter = opened(tills, "long", "1")
    for key in ("n", "n", "a"):
        tills["1"].key(key)
    sale = counter.paid
    assert isinstance(sale, Sale)
    assert (sale.series, sale.receipt_number) == ("K1", 61)
