"""Cash and shift at the counter: float, money, count, X and Z, by their keys."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.counter import State
from pos.counter.panels.paper import ReceiptPanel
from pos.counter.printing import print_owed
from pos.devices import DrawerState, FakeDrawer
from pos.domain.errors import Refused
from pos.register.verbs import aside, shift
from pos.ui.blocks.keys import format_say
from pos.wording import wording
from tests.builders import kr
from tests.register.shops import ring, settle_questions
from tests.rig import Cashier
from tests.staff import PINS, at_the_till


def keyed(cashier: Cashier, text: str) -> Cashier:
    """Keys as they are written: `k` a key, `{enter}` one with a name."""
    for part in text.split():
        cashier.press(*([part[1:-1]] if part.startswith("{") else part))
    return cashier


@pytest.fixture
def open_shift(cashier: Cashier) -> Cashier:
    return keyed(cashier, ", zf 1000 {enter}")


def sell(cashier: Cashier, sku: str = "cheeseburger") -> None:
    """A sale in exact cash."""
    ring(cashier, sku)
    settle_questions(cashier)
    cashier.press("a")
    cashier.press("enter")


def printed(cashier: Cashier) -> list[str]:
    """The names of the printed documents."""
    return [document.name for document in cashier.register.devices.printer.printed]  # type: ignore[attr-defined]


def test_the_float_is_typed_and_begins_the_shift(cashier: Cashier) -> None:
    keyed(cashier, ", z")
    assert [entry.key for entry in cashier.counter.panel.entries(cashier.counter)] == ["f", "r"]  # type: ignore[union-attr]
    keyed(cashier, "f 12 {backspace} 000 {enter}")
    assert cashier.said == "float-done"
    assert cashier.register.view.shift.float == kr(1000)  # type: ignore[union-attr]


def test_no_amount_and_one_that_does_not_fit_are_told_as_such(cashier: Cashier) -> None:
    keyed(cashier, ", zf {enter}")
    assert (cashier.said, cashier.counter.state) == ("amount-missing", State.MONEY)
    keyed(cashier, "123456789012")
    assert cashier.counter.message is None
    keyed(cashier, "3")
    assert cashier.said == "text-full"
    keyed(cashier, "{enter}")
    assert (cashier.said, cashier.counter.state) == ("amount-absurd", State.MONEY)


def test_a_malformed_amount_stays_to_be_corrected(cashier: Cashier) -> None:
    keyed(cashier, ", zf 12x {enter}")
    assert (cashier.said, cashier.counter.state) == ("not-an-amount", State.MONEY)
    keyed(cashier, "{backspace} ,50 {enter}")
    assert cashier.said == "money-no-coin"
    keyed(cashier, "{escape} {escape}")
    assert cashier.counter.panel is None
    assert cashier.register.view.shift is None


def test_without_a_float_the_till_says_what_to_do_and_the_order_waits(open_shift: Cashier) -> None:
    cashier = keyed(open_shift, ", zc 1000 {enter} {enter} {enter} , zz z {enter}")
    ring(cashier, "cheeseburger")
    settle_questions(cashier)
    cashier.press("a")
    assert (cashier.said, cashier.counter.state) == ("float-first", State.PAYMENT)
    keyed(cashier, ", zf 500 {enter} a")
    assert cashier.counter.state is State.PAID


def test_a_forgotten_z_is_reported_at_the_start_and_with_the_first_item_rung(open_shift: Cashier) -> None:
    sell(open_shift)
    open_shift.press("b")
    assert open_shift.said is None
    open_shift.press(",", "a", "2")
    open_shift.clock.pass_(1000 * 3600 * 20)
    open_shift.press("b")
    assert (open_shift.said, len(open_shift.register.view.order.lines)) == ("z-first", 1)
    open_shift.press("b")
    assert (open_shift.said, open_shift.counter.state) == (None, State.RINGING)
    open_shift.clock.pass_(1000 * 3600 * 24)
    open_shift.register.catch_up()
    open_shift.counter.say_what_the_shift_lacks()
    assert open_shift.said == "z-first"
    open_shift.press("b")
    assert open_shift.said != "z-first"


def test_a_missing_float_is_reported_at_sign_in(open_shift: Cashier) -> None:
    keyed(open_shift, ", zc 1000 {enter} {enter} {enter} , zz z {escape}")
    at_the_till(open_shift)
    assert open_shift.said == "float-first"
    open_shift.press("b")
    assert (open_shift.said, len(open_shift.register.view.order.lines)) == (None, 1)


def test_money_moves_with_a_reason(open_shift: Cashier) -> None:
    for keys, said in (("zi 200 {enter} 1", "pay-in-done"), ("zu 49 {enter} 1", "pay-out-done")):
        assert keyed(open_shift, f", {keys}").said == said
    assert keyed(open_shift, ", zd 600 {enter} 1").said == "drop-done"
    assert keyed(open_shift, ", zs 3").said == "drawer-noted"
    keyed(open_shift, ", zx")
    figures = open_shift.register.store.reports  # the X is on the screen and printed
    assert isinstance(open_shift.counter.panel, ReceiptPanel)
    assert printed(open_shift) == ["K1-X"]
    assert figures.next_number(1) == 1


def test_the_expected_cash_is_not_shown_before_the_count_is_recorded(open_shift: Cashier) -> None:
    sell(open_shift)
    keyed(open_shift, ", zc")
    shown = [open_shift.counter.panel.title]  # type: ignore[union-attr]
    keyed(open_shift, "1069 {enter}")
    shown.append(open_shift.counter.panel.title)  # type: ignore[union-attr]
    keyed(open_shift, "{enter}")
    shown.append(open_shift.counter.panel.title)  # type: ignore[union-attr]
    assert [kr(1089) in title.values.values() for title in shown] == [False] * 3
    keyed(open_shift, "0 {enter}")
    title = open_shift.counter.panel.title  # type: ignore[union-attr]
    assert (title.message_id, title.values["difference"]) == ("title-count-less", kr(20))
    keyed(open_shift, "c 1079 {enter} {enter} {enter}")
    assert open_shift.counter.panel.title.values["difference"] == kr(10)  # type: ignore[union-attr]
    assert "c" not in [entry.key for entry in open_shift.counter.panel.entries(open_shift.counter)]  # type: ignore[union-attr]
    assert keyed(open_shift, "1").said == "count-explained"
    counts = open_shift.register.store.shifts.counts(1)
    assert [(count.cash, count.reason) for count in counts] == [(kr(1069), ""), (kr(1079), "wrong_change")]


def test_a_count_shows_every_difference_and_leads_back_to_the_z(open_shift: Cashier) -> None:
    ring(open_shift, "cheeseburger")
    settle_questions(open_shift)
    keyed(open_shift, "k + , zz")
    keyed(open_shift, "c 980 {enter} 50 {enter} {enter}")
    said = format_say(wording("nb"), open_shift.counter.panel.title)  # type: ignore[union-attr]
    assert said == "Kontant -20,00 · Kort -39,00. Hvorfor?"
    keyed(open_shift, "{escape} g c 1000 {enter} {enter} {enter}")
    said = format_say(wording("nb"), open_shift.counter.panel.title)  # type: ignore[union-attr]
    assert said == "Kort -39,00. Hvorfor?"
    keyed(open_shift, "{escape} g")
    assert "c" not in [entry.key for entry in open_shift.counter.panel.entries(open_shift.counter)]  # type: ignore[union-attr]
    keyed(open_shift, "1")
    assert (open_shift.said, open_shift.counter.state) == ("count-explained", State.CLOSING)
    assert [entry.key for entry in open_shift.counter.panel.entries(open_shift.counter)][-1] == "z"  # type: ignore[union-attr]


def test_a_third_count_is_refused_before_anything_is_counted_or_a_pin_asked_for(open_shift: Cashier) -> None:
    keyed(open_shift, ", zc 1000 {enter} {enter} {enter} , zc 1000 {enter} {enter} {enter} , zc")
    assert (open_shift.said, open_shift.counter.state) == ("counted-twice", State.SHIFT)
    at_the_till(open_shift)
    with pytest.raises(Refused) as refused:
        open_shift.register.do(shift.count_drawer, kr(1000))
    assert refused.value.message_id == "counted-twice"


def test_tab_while_counting_pieces_is_refused_with_a_message(open_shift: Cashier) -> None:
    assert keyed(open_shift, ", zc {tab} {tab}").said == "count-pieces-already"


def test_notes_and_coins_are_counted_one_after_the_other(open_shift: Cashier) -> None:
    keyed(open_shift, ", zc {tab} {enter} 1 {enter} {enter} 3 {enter} {escape} {escape} 2 {enter} 3 {enter} {enter}")
    assert open_shift.counter.panel.title.values["amount"] == kr(1200)  # type: ignore[union-attr]
    keyed(open_shift, "{enter} {enter} {enter} {enter} {enter} {enter}")
    (count,) = open_shift.register.store.shifts.counts(1)
    assert (count.cash, count.difference) == (kr(1200), kr(200))
    assert dict(count.pieces)[20_000] == 2


def test_the_z_lists_its_obstacles_and_clears_them(open_shift: Cashier) -> None:
    for sku in ("cheeseburger", "cola-m"):
        ring(open_shift, sku)
        open_shift.press("f9")
    open_shift.press("b")
    keyed(open_shift, ", zz")
    panel = open_shift.counter.panel
    assert [entry.key for entry in panel.entries(open_shift.counter)] == ["o", "b", "h", "c"]  # type: ignore[union-attr]
    keyed(open_shift, "z")
    assert open_shift.said == "wrong-key-in-panel"
    assert keyed(open_shift, "h 2").said == "z-discarded"
    assert keyed(open_shift, "o 2").said == "z-discarded"
    keyed(open_shift, "c 1000 {enter} {enter} {enter}")
    assert open_shift.said == "count-agrees"
    assert [entry.key for entry in open_shift.counter.panel.entries(open_shift.counter)] == ["z"]  # type: ignore[union-attr]
    assert keyed(open_shift, "z").said == "z-done"
    assert printed(open_shift)[-1] == "K1-Z1"
    assert open_shift.register.store.reports.by_number(1, 1) is not None
    keyed(open_shift, "{escape} , zr 1")
    assert isinstance(open_shift.counter.panel, ReceiptPanel)


@pytest.mark.parametrize(("answer", "sales"), [("+", 1), ("-", 0), ("d", 1)])
def test_an_unknown_payment_is_settled_where_the_z_finds_it(open_shift: Cashier, answer: str, sales: int) -> None:
    ring(open_shift, "cheeseburger")
    settle_questions(open_shift)
    keyed(open_shift, "k u")
    open_shift.register.do(aside.hold)
    open_shift.counter.start_over()
    keyed(open_shift, f", zz 1 {answer}")
    assert open_shift.said == "z-settled"
    assert open_shift.register.store.sales.count() == sales
    rows = [entry.key for entry in open_shift.counter.panel.entries(open_shift.counter)]  # type: ignore[union-attr]
    assert rows == (["c", "p"] if sales else ["b", "h", "c"])


def test_a_held_order_is_paid_on_the_way_to_the_z(open_shift: Cashier) -> None:
    for sku in ("cheeseburger", "cola-m"):
        ring(open_shift, sku)
        open_shift.press("f9")
    keyed(open_shift, ", zz b {escape}")
    assert open_shift.counter.state is State.CLOSING
    keyed(open_shift, "b 2")
    assert (open_shift.said, open_shift.counter.panel) == ("z-brought-back", None)
    assert [line.sku for line in open_shift.register.view.order.lines] == ["cola-m"]
    settle_questions(open_shift)
    keyed(open_shift, "a , zz b 1")
    assert [line.sku for line in open_shift.register.view.order.lines] == ["cheeseburger"]


def test_a_disputed_payment_moves_no_order_before_its_pin(open_shift: Cashier) -> None:
    ring(open_shift, "cheeseburger")
    settle_questions(open_shift)
    keyed(open_shift, "k u")
    open_shift.register.do(aside.hold)
    open_shift.counter.start_over()
    ring(open_shift, "cola-m")
    at_the_till(open_shift)
    before = open_shift.register.view.order
    keyed(open_shift, ", zz 1 d")
    assert open_shift.counter.state is State.APPROVE
    open_shift.press("escape", "escape", "escape")
    assert open_shift.register.view.order == before
    keyed(open_shift, ", zz 1 d")
    open_shift.press(*PINS["Ola"])
    assert (open_shift.said, open_shift.register.store.sales.count()) == ("z-settled", 1)


def test_the_row_of_unprinted_papers_goes_once_they_are_printed(open_shift: Cashier) -> None:
    sell(open_shift)
    register = open_shift.register
    keyed(open_shift, ", zz")
    shown = [entry.key for entry in open_shift.counter.panel.entries(open_shift.counter)]  # type: ignore[union-attr]
    assert print_owed(register) is None
    later = [entry.key for entry in open_shift.counter.panel.entries(open_shift.counter)]  # type: ignore[union-attr]
    assert (shown, later) == (["c", "p"], ["c"])


def test_the_drawer_opens_for_cash_and_stands_in_the_way_while_it_is_open(open_shift: Cashier) -> None:
    fake = FakeDrawer()
    register = open_shift.register
    register.devices, register.drawer = replace(register.devices, drawer=fake), fake.stands
    sell(open_shift)
    assert fake.opened == 1
    fake.stands = DrawerState.OPEN
    ring(open_shift, "cheeseburger")
    settle_questions(open_shift)
    assert keyed(open_shift, "a").said == "drawer-open"
    fake.stands, fake.problem = DrawerState.CLOSED, "no paper"
    assert keyed(open_shift, "a").said == "drawer-failed"
    assert (open_shift.counter.state, register.store.sales.count()) == (State.PAID, 2)
