"""Staff meals, remakes and waste: rung like any order, at nothing, ended with `A`, counted, and never a sale."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.counter import Counter
from pos.counter.printing import print_owed
from pos.devices import FakePrinter
from pos.domain.errors import Refused
from pos.domain.order.order import WRITE_OFF_PURPOSES, Purpose
from pos.domain.sale.sale import Style
from pos.domain.sale.write_offs import WriteOff
from pos.office.report import bring_up_to_date, make_report
from pos.office.report.files import report_csv, report_json
from pos.office.report.summary import sentences
from pos.plain.lines import take
from pos.plain.speech import hear
from pos.register import shelf
from pos.register.verbs import aside, checkout, paying, ringing
from pos.wording import wording
from tests.builders import MENU, NOW, PAIRINGS, kr
from tests.office_acts import put_menu
from tests.register.shops import again, lines, ring, settle_questions
from tests.rig import Cashier, a_cashier

STAFF, REMAKE, WASTE = ((",", "m", key) for key in "123")
COUNTED = "SELECT series, number, purpose, units, worth_minor, cashier FROM write_offs"


def count(cashier: Cashier, table: str) -> int:
    return int(cashier.register.store.file.conn.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])


def to_the_end(cashier: Cashier) -> Cashier:
    """From ringing to where it is ended or paid: the first choice of all that is asked."""
    cashier.press("enter")
    for _ in range(9):
        keys = {"stop": "=", "choice": "1", "serving": "2", "question": "n"}
        state = cashier.counter.state
        if state == "payment":
            return cashier
        cashier.press(keys[state])
    raise AssertionError(cashier.counter.state)


def written_off(cashier: Cashier) -> WriteOff:
    done = cashier.counter.paid
    assert isinstance(done, WriteOff)
    return done


@pytest.mark.parametrize(("keys", "purpose"), list(zip((STAFF, REMAKE, WASTE), WRITE_OFF_PURPOSES, strict=True)))
def test_each_reason_sets_the_lines_to_nothing_and_a_ends_the_order(
    cashier: Cashier, keys: tuple[str, ...], purpose: Purpose
) -> None:
    cashier.press("b", "+", *keys)
    assert cashier.said == "purpose-set"
    priced = cashier.register.view.priced
    assert (priced.total, priced.tax, priced.lines[0].total, priced.discounts) == (kr(0), kr(0), kr(0), ())
    to_the_end(cashier).press("a")
    done = written_off(cashier)
    assert (done.purpose, done.series, done.number, done.worth) == (purpose, "U1", 1, kr(238))
    conn = cashier.register.store.file.conn
    assert conn.execute(COUNTED).fetchall() == [("U1", 1, purpose, 2, 23800, "Kari")]
    assert [count(cashier, table) for table in ("sale", "sales", "sale_basket", "decision", "tender")] == [0] * 5


def test_neither_question_is_asked_and_what_goes_in_and_where_it_is_eaten_is(cashier: Cashier) -> None:
    cashier.press("b", *STAFF, "enter")
    assert cashier.counter.state in ("choice", "serving")
    to_the_end(cashier)
    assert cashier.register.view.order.questions == ()
    assert cashier.press(*REMAKE).counter.state == "payment"


def test_of_waste_nobody_is_asked_where_it_is_eaten_and_no_number_is_called(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press(*WASTE, "enter")
    assert cashier.counter.state == "payment"
    assert written_off(cashier.press("a")).call_number == 0
    assert count(cashier, "call_number") == 0


def test_what_somebody_waits_for_has_the_shops_next_call_number(cashier: Cashier) -> None:
    ring(cashier, "bag")
    settle_questions(cashier)
    cashier.press("a")
    ring(cashier, "cheeseburger")
    cashier.press(*REMAKE)
    assert written_off(to_the_end(cashier).press("a")).call_number == 2


@pytest.mark.parametrize("key", ["k", "v", "s", "d", "f", "/", "1", "0", "."])
def test_where_nobody_pays_no_key_takes_money(cashier: Cashier, key: str) -> None:
    cashier.press("b", *STAFF)
    to_the_end(cashier).press(key)
    assert (cashier.said, cashier.counter.state, cashier.register.view.order.tenders) == ("not-a-sale", "payment", ())


def test_enter_and_the_keys_of_a_question_end_nothing(cashier: Cashier) -> None:
    cashier.press("b", *WASTE)
    to_the_end(cashier).press("enter", "j", "n", "y", "+", "-", "b")
    assert (cashier.counter.state, count(cashier, "write_off")) == ("payment", 0)


def test_it_is_undone_like_any_act_and_made_a_sale_again_by_a_key(cashier: Cashier) -> None:
    cashier.press("b", *STAFF, "backspace")
    assert (cashier.register.view.order.purpose, cashier.register.view.priced.total) == (Purpose.SALE, kr(119))
    cashier.press(*WASTE, ",", "m", "0")
    assert (cashier.said, cashier.register.view.priced.total) == ("purpose-sale-again", kr(119))
    settle_questions(cashier.press("enter", "1"))
    cashier.press("a")
    assert (count(cashier, "sale"), count(cashier, "write_off")) == (1, 0)


def test_at_a_question_it_ends_the_asking_and_backspace_brings_the_same_question_back(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    question = cashier.register.view.order.questions[0]
    cashier.press(*STAFF)
    assert cashier.counter.state == "payment"
    cashier.press("backspace")
    assert cashier.counter.state == "question"
    assert cashier.register.view.order.questions[0].offer == question.offer


def test_it_stays_with_an_order_that_is_held_recalled_or_found_after_a_restart(cashier: Cashier, folder: Path) -> None:
    cashier.press("b", *REMAKE, "f9")
    assert cashier.register.view.order.purpose is Purpose.SALE
    cashier.press("f10")
    at = again(cashier, folder)
    assert (lines(at), at.register.view.order.purpose) == (["1 cheeseburger-meal-m"], Purpose.REMAKE)


def test_no_order_becomes_one_once_money_is_there(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    settle_questions(cashier)
    cashier.press(*"50", "a", ",", "m")
    assert cashier.said == "purpose-after-giving-back"
    with pytest.raises(Refused, match="order-frozen"):
        cashier.register.do(checkout.set_purpose, Purpose.STAFF)
    cashier.press("k", ",", "m")
    assert cashier.said == "tender-open"


def test_money_that_was_given_back_lets_it_become_one(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    settle_questions(cashier)
    cashier.press(*"50", "a", "backspace", *WASTE, "a")
    assert written_off(cashier).purpose is Purpose.WASTE
    state = "SELECT state, is_sale, order_state FROM tenders"
    assert cashier.register.store.file.conn.execute(state).fetchall() == [("given_back", 0, "abandoned")]


def test_a_noted_allergy_stops_a_staff_meal_too(cashier: Cashier) -> None:
    cashier.register.do(ringing.note_allergen, "milk")
    cashier.press("b", *STAFF, "enter")
    while cashier.counter.state == "choice":
        cashier.press("1")
    assert cashier.counter.state == "stop"
    with pytest.raises(Refused, match="stop-first"):
        cashier.register.do(paying.write_off)


def test_a_sale_is_not_written_off_and_a_write_off_not_paid(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    settle_questions(cashier)
    with pytest.raises(Refused, match="not-written-off"):
        cashier.register.do(paying.write_off)
    cashier.press(*STAFF)
    for pay in (lambda: cashier.register.do(paying.pay_cash), lambda: cashier.register.do(paying.give_back)):
        with pytest.raises(Refused):
            pay()
    assert count(cashier, "sale") == 0


def test_what_was_written_off_comes_back_on_no_route(cashier: Cashier) -> None:
    cashier.press("b", *WASTE)
    order_id = cashier.register.view.order.id
    to_the_end(cashier).press("a", "enter", "f10", ",", "r", "backspace")
    assert (lines(cashier), shelf.discarded(cashier.register), shelf.held(cashier.register)) == ([], (), ())
    with pytest.raises(Refused):
        cashier.register.do(aside.recall, order_id)
    with pytest.raises(Exception, match="written off"):
        cashier.register.store.file.conn.execute("UPDATE orders SET state = 'open' WHERE order_id = ?", (order_id,))


def test_the_numbers_of_receipts_and_of_write_offs_have_no_gaps(cashier: Cashier) -> None:
    for keys in (STAFF, (), WASTE, ()):
        ring(cashier, "bag")
        settle_questions(cashier.press("escape"))
        cashier.press(*keys)
        to_the_end(cashier) if cashier.counter.state == "ringing" else None
        cashier.press("a", "enter")
    conn = cashier.register.store.file.conn
    assert conn.execute("SELECT series, number FROM write_offs ORDER BY number").fetchall() == [("U1", 1), ("U1", 2)]
    numbers = conn.execute("SELECT series, receipt_number FROM sales ORDER BY receipt_number").fetchall()
    assert numbers == [("K1", 1), ("K1", 2)]


# paper


@pytest.mark.parametrize("language", ["nb", "en"])
def test_its_paper_says_large_what_it_is_and_that_it_is_no_receipt(tmp_path: Path, language: str) -> None:
    printer = FakePrinter()
    cashier = a_cashier(tmp_path, printer=printer)
    cashier.register.language = language
    cashier.press("b", *STAFF)
    to_the_end(cashier).press("a")
    assert print_owed(cashier.register) is None
    (paper,) = printer.printed
    large = [line.left for line in paper.lines if line.style is Style.HEADING]
    assert wording(language).label(Purpose.STAFF).upper() in large
    assert "IKKE KVITTERING FOR KJØP" in large
    assert ("NOT A RECEIPT FOR A PURCHASE" in large) == (language == "en")
    assert [line.right for line in paper.lines if "119" in line.right] == [wording(language).money(kr(119))]
    assert paper.name == "U1-1"
    assert not any("kvittering" in line.left.lower() and "ikke" not in line.left.lower() for line in paper.lines)


def test_a_printer_that_fails_owes_it_and_what_is_printed_again_says_copy(tmp_path: Path) -> None:
    printer = FakePrinter()
    cashier = a_cashier(tmp_path, printer=printer)
    cashier.press("b", *WASTE)
    to_the_end(cashier).press("a")
    assert len(shelf.owed_papers(cashier.register)) == 1
    cashier.press(",", "p")
    assert [document.name for document in printer.printed] == ["U1-1"]
    a_cashier(tmp_path, printer=printer).press(",", "p")
    assert [document.name for document in printer.printed] == ["U1-1", "U1-1-copy"]


def test_the_kitchen_has_a_slip_of_what_is_made_and_none_of_waste(tmp_path: Path) -> None:
    printer = FakePrinter()
    cashier = a_cashier(tmp_path, printer=printer)
    put_menu(cashier.register.store, replace(MENU, kitchen_slip=True), PAIRINGS, NOW)
    for keys in (REMAKE, WASTE):
        cashier.press("b", *keys)
        to_the_end(cashier).press("a", "enter")
    assert print_owed(cashier.register) is None
    assert [document.name for document in printer.printed] == ["U1-1-kitchen", "U1-1", "U1-2"]


# what is counted


def test_the_report_counts_them_by_purpose_and_in_no_other_figure(cashier: Cashier) -> None:
    for keys in (STAFF, STAFF, WASTE):
        cashier.press("b", *keys)
        to_the_end(cashier).press("a", "enter")
    store = cashier.register.store
    bring_up_to_date(store)
    report = make_report(store, NOW.date())
    assert [(entry.purpose, entry.count, entry.worth_minor) for entry in report.write_offs] == [
        (Purpose.STAFF, 2, 23800),
        (Purpose.WASTE, 1, 11900),
    ]
    assert (report.is_empty, report.orders.orders, report.off_sales.discarded) == (True, 0, 0)
    told = list(sentences(report, wording("nb")))
    assert [line.split(":")[0] for line in told] == ["Personalmat", "Svinn"]
    assert json.loads(report_json(report, wording("en")))["write_offs"][0]["worth_minor"] == 23800
    assert "write_offs,staff,,worth_minor,23800" in report_csv(report, wording("en"))


def test_its_cost_is_kept_as_far_as_the_menu_says(cashier: Cashier) -> None:
    cashier.press("b", "+", *STAFF)
    to_the_end(cashier).press("a")
    cost = MENU.items["cheeseburger-meal-m"].cost.minor
    stored = cashier.register.store.file.conn.execute("SELECT cost_minor FROM write_off_lines").fetchone()
    assert stored == ((2 * cost) or None,)


def test_line_by_line_it_is_said_in_words(cashier: Cashier) -> None:
    counter = Counter(cashier.register, language="en", deliberate=True)
    for line in ("b", ", m 1"):
        take(counter, line)
    assert "Staff meal" in hear(counter).facts
    take(counter, "")
    while counter.state in ("choice", "serving"):
        take(counter, "1")
    assert hear(counter).asked == ("Staff meal: nobody pays. A ends the order.",)
    take(counter, "a")
    assert isinstance(counter.paid, WriteOff)


# whatever keys

KEYS = [*"bce123450jnk+-as.,m!=u", "enter", "escape", "backspace", "delete", "f9", "f10", "right", *[",m1"] * 3, ",m0"]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(keys=st.lists(st.sampled_from(KEYS), min_size=20, max_size=60))
def test_whatever_keys_no_write_off_is_a_sale_and_no_sale_a_write_off(
    tmp_path_factory: pytest.TempPathFactory, keys: list[str]
) -> None:
    cashier = a_cashier(tmp_path_factory.mktemp("keys"))
    conn = cashier.register.store.file.conn
    for key in keys:
        cashier.press(*(key if key[0] == "," and len(key) > 1 else (key,)))
        order = cashier.register.view.order
        assert order.is_sale or not order.is_frozen
    both = "SELECT COUNT(*) FROM sale JOIN write_off ON write_off.order_key = sale.order_key"
    assert conn.execute(both).fetchone() == (0,)
    logged = "SELECT purpose FROM write_off JOIN orders USING (order_key) WHERE orders.state <> 'abandoned'"
    assert conn.execute(logged).fetchall() == []
    money = "SELECT 1 FROM write_off JOIN tender USING (order_key) WHERE tender.state NOT IN ('declined', 'given_back')"
    assert conn.execute(money).fetchall() == []
    cashier.register.store.close()
