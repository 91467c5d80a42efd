"""Orders sent to the kitchen before payment, corrected by later changes, on a printer of its own that may fail."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.counter.printing import print_owed
from pos.devices import Devices, FakePrinter
from pos.domain.order.exchange import RefundReason
from pos.domain.order.sent import FirstTicket
from pos.domain.prompts import PaymentPrompt
from pos.domain.sale.in_kitchen import PartKind, PartRef
from pos.domain.sale.sale import Document, Sale, Style
from pos.domain.sale.tickets import ticket_of
from pos.register import Setup, shelf
from pos.register.verbs import answering, checkout, kitchen, paying, refunding
from pos.store import TicketSent
from tests.builders import NOW
from tests.register.every_act import Till
from tests.register.shops import again, ring_tile, settle_questions, take_all_back
from tests.rig import Cashier, a_cashier


def in_kitchen(folder: Path, *, till: str = "1", cashier: Cashier | None = None) -> tuple[Cashier, FakePrinter]:
    """A cashier whose till has a printer in the kitchen."""
    cashier = cashier or a_cashier(folder, till=till)
    register, printer = cashier.register, FakePrinter()
    register.devices = Devices(FakePrinter(), register.devices.terminal, printer)
    register.setup = Setup(patience=register.setup.patience, kitchen_slips=True)
    register.look()
    return cashier, printer


def send(cashier: Cashier) -> None:
    """Send the order to the kitchen."""
    cashier.press(",", "k")


def pay(cashier: Cashier) -> Sale:
    """Go through the questions, and pay in cash."""
    cashier.press("enter")
    settle_questions(cashier)
    cashier.press("a")
    print_owed(cashier.register)
    assert isinstance(cashier.counter.paid, Sale)
    return cashier.counter.paid


def texts(document: Document) -> list[str]:
    """The texts of a paper."""
    return [line.left.strip() for line in document.lines if line.left]


def loud(document: Document) -> list[str]:
    """The texts in large letters."""
    return [line.left.strip() for line in document.lines if line.style is Style.HEADING]


def test_a_till_with_a_printer_in_the_kitchen_has_its_slips_there_whatever_the_shop_says(folder: Path) -> None:
    cashier, printer = in_kitchen(folder)
    ring_tile(cashier, "salad")
    pay(cashier)
    receipts = cashier.register.devices.printer
    assert isinstance(receipts, FakePrinter)
    assert [document.name for document in printer.printed] == ["K1-1-kitchen"]
    assert [document.name for document in receipts.printed] == ["K1-1"]


def test_what_was_sent_by_hand_is_not_sent_again_when_it_is_paid(folder: Path) -> None:
    cashier, printer = in_kitchen(folder)
    ring_tile(cashier, "cheeseburger")
    send(cashier)
    assert cashier.said == "kitchen-sent"
    ring_tile(cashier, "cola-m")
    sale = pay(cashier)
    first, rest = printer.printed
    assert "1 cheeseburger" in texts(first)
    assert "1 cheeseburger" not in texts(rest)
    assert {"1 cola-m, m", "TILLEGG"} <= set(texts(rest))
    assert loud(rest)[:2] == ["TILLEGG", f"Nr. {sale.call_number}"]


def test_an_order_that_was_sent_whole_has_no_slip_when_it_is_paid(folder: Path) -> None:
    cashier, printer = in_kitchen(folder)
    ring_tile(cashier, "salad")
    send(cashier)
    sale = pay(cashier)
    assert (len(printer.printed), sale.kitchen_slip) == (1, False)


def test_nothing_new_is_refused_and_so_is_an_empty_order(folder: Path) -> None:
    cashier, printer = in_kitchen(folder)
    send(cashier)
    assert cashier.said == "order-empty"
    ring_tile(cashier, "salad")
    send(cashier)
    send(cashier)
    assert (cashier.said, len(printer.printed)) == ("nothing-to-send", 1)


def test_taking_back_takes_back_no_ticket_and_the_correction_says_what_is_not_wanted(folder: Path) -> None:
    cashier, printer = in_kitchen(folder)
    ring_tile(cashier, "cheeseburger")
    ring_tile(cashier, "cola-m")
    send(cashier)
    cashier.press("backspace")
    assert len(cashier.register.view.order.lines) == 1
    send(cashier)
    assert cashier.said == "kitchen-corrected"
    correction = printer.printed[-1]
    assert "RETTELSE" in loud(correction)
    assert "UTGÅR 1 cola-m, m" in loud(correction)
    assert any("cheeseburger" in entry and "Til bongen" in entry for entry in texts(correction))
    take_all_back(cashier.register)
    assert cashier.register.view.order.sent is not None


def test_an_allergy_that_is_noted_after_it_was_sent_is_told_in_large_letters(folder: Path) -> None:
    cashier, printer = in_kitchen(folder)
    ring_tile(cashier, "cheeseburger")
    send(cashier)
    cashier.press("!", "7", "escape")
    send(cashier)
    assert loud(printer.printed[-1])[0] == "RETTELSE"
    assert "ALLERGI MELK" in loud(printer.printed[-1])


def test_a_discarded_order_is_called_off_and_sent_whole_when_it_is_brought_back(folder: Path) -> None:
    cashier, printer = in_kitchen(folder)
    ring_tile(cashier, "salad")
    send(cashier)
    cashier.press(",", "a", "1")
    assert "UTGÅR 1 salad" in loud(printer.printed[-1])
    cashier.press(",", "r")
    send(cashier)
    assert "1 salad" in texts(printer.printed[-1])


def test_what_was_sent_is_known_at_another_till_and_after_a_crash(folder: Path) -> None:
    cashier, _ = in_kitchen(folder)
    ring_tile(cashier, "salad")
    send(cashier)
    cashier.press(",", "h")
    other, printer = in_kitchen(folder, cashier=again(cashier, folder, "2"))
    other.press(",", "r")
    ring_tile(other, "cola-m")
    pay(other)
    (slip,) = printer.printed
    assert ("1 salad" in texts(slip), "1 cola-m, m" in texts(slip)) == (False, True)


def test_a_silent_printer_in_the_kitchen_owes_its_ticket_and_holds_up_nothing(folder: Path) -> None:
    cashier, printer = in_kitchen(folder)
    printer.problem = "out of paper"
    ring_tile(cashier, "salad")
    send(cashier)
    assert cashier.said == "kitchen-paper-owed"
    sale = pay(cashier)
    assert sale.receipt_number == 1
    assert [paper.kind.value for paper in shelf.owed_papers(cashier.register)] == ["kitchen_ticket"]
    printer.problem = ""
    cashier.press(",", "o")
    assert (cashier.said, len(printer.printed)) == ("owed-printed", 1)


def test_waste_of_what_the_kitchen_was_sent_calls_it_off(folder: Path) -> None:
    cashier, printer = in_kitchen(folder)
    ring_tile(cashier, "salad")
    send(cashier)
    cashier.press(",", "m", "3", "enter")
    settle_questions(cashier)
    cashier.press("a")
    print_owed(cashier.register)
    assert "UTGÅR 1 salad" in loud(printer.printed[-1])


@pytest.mark.parametrize(("minutes", "told"), [(5, 1), (121, 0)])
def test_a_correction_of_what_is_paid_names_its_ticket_while_somebody_may_be_making_it(
    folder: Path, minutes: int, told: int
) -> None:
    till = Till(folder)
    sale = till.sold()
    till.clock.pass_(minutes * 60_000)
    scene = till.register._scene_of(till.register.look())
    facts = kitchen.correction(scene, sale, {0: 1})
    assert len(facts) == told
    for fact in facts:
        assert isinstance(fact, TicketSent)
        assert (fact.ticket.cancelled[0].quantity, fact.ticket.first is not None) == (1, True)
        assert fact.ticket.call_number == sale.call_number


def test_there_is_no_correction_of_what_the_kitchen_has_done(folder: Path) -> None:
    till = Till(folder)
    sale = till.sold()
    ref = till.register.store.kitchen.sale_ref(sale.order_id)
    assert ref is not None
    till.do(kitchen.say_done, sale.order_id, (ref,))
    assert kitchen.correction(till.register._scene_of(till.register.look()), sale, {0: 1}) == ()


def test_a_refund_tells_the_kitchen_what_is_not_wanted_any_more(folder: Path) -> None:
    till = Till(folder)
    sale = till.sold()
    till.do(refunding.refund, sale.number, ((1, 1),), RefundReason.CHANGED_MIND)
    (part,) = (part for part in till.register.store.kitchen.open_parts(NOW) if part.ref.kind is PartKind.TICKET)
    assert ([line.name.nb for line in part.ticket.cancelled], part.ticket.lines) == (["cheeseburger"], ())
    assert part.ticket.first == FirstTicket(ticket_of(sale).name, sale.paid_at)


def test_a_remake_of_a_number_that_is_typed_first_names_its_ticket(folder: Path) -> None:
    cashier, printer = in_kitchen(folder)
    ring_tile(cashier, "salad")
    sale = pay(cashier)
    cashier.press("enter", *str(sale.call_number), ",", "m", "2")
    assert cashier.said == "purpose-remake-of"
    ring_tile(cashier, "salad")
    cashier.press("enter")
    settle_questions(cashier)
    cashier.press("a")
    print_owed(cashier.register)
    remake = printer.printed[-1]
    assert "ERSTATNING" in texts(remake)
    assert any(f"Nr. {sale.call_number}" in entry and "Til bongen" in entry for entry in texts(remake))
    assert "TILLEGG" not in texts(remake)


def test_a_remake_of_a_number_that_nobody_has_is_refused(folder: Path) -> None:
    cashier, _ = in_kitchen(folder)
    cashier.press("7", "7", ",", "m", "2")
    assert (cashier.said, cashier.register.view.order.is_sale) == ("remake-of-unknown", True)


def test_there_is_no_correction_of_what_was_sent_and_is_done(folder: Path) -> None:
    till = Till(folder)
    till.rung()
    till.do(kitchen.send_to_kitchen)
    till.clock.pass_()
    order = till.register.view.order
    till.do(checkout.checkout)
    while not isinstance(till.register.view.prompt, PaymentPrompt):
        till.do(answering.no)
    sale = till.do(paying.pay_cash)
    assert isinstance(sale, Sale)
    assert not ticket_of(sale).says_something
    scene = till.register._scene_of(till.register.look())
    assert len(kitchen.correction(scene, sale, {0: 1})) == 1
    till.do(kitchen.say_done, order.id, (PartRef(PartKind.TICKET, 1),))
    assert kitchen.correction(till.register._scene_of(till.register.look()), sale, {0: 1}) == ()


def test_in_practice_there_is_no_kitchen(folder: Path) -> None:
    cashier, _ = in_kitchen(folder)
    register = cashier.register
    register.setup = replace(register.setup, is_practice=True)
    register.look()
    cashier.press(",")
    assert "k" not in [entry.key for entry in cashier.counter.panel.entries(cashier.counter)]  # type: ignore[union-attr]  # More is open
