"""People at the counter: keys that sign in, lock, and approve."""

from __future__ import annotations

from dataclasses import replace

from pos.counter import State
from pos.counter.panels.people import ApprovePanel, SignInPanel
from pos.domain.people import Right
from pos.register import Change, Scene, allowed, given
from pos.register.needs import nothing
from pos.wording.compile import messages
from tests.builders import MENU, NOW, PAIRINGS
from tests.office_acts import put_menu
from tests.rig import Cashier
from tests.staff import BADGE, PINS, at_the_till

OPENED: list[str] = []


@given(allowed(Right.OPEN_DRAWER, nothing))
def opened(scene: Scene, proved: None) -> Change[None]:
    """A verb that needs a right, for these tests."""
    OPENED.append(scene.approver.name if scene.approver is not None else "")
    return Change(None)


def test_a_shop_without_people_says_so_once(cashier: Cashier) -> None:
    cashier.counter.say_whether_anybody_signs_in()
    assert cashier.said == "nobody-entered"
    cashier.press("b")
    assert (cashier.said, cashier.counter.state) == (None, State.RINGING)


def test_four_digits_sign_in(cashier: Cashier) -> None:
    at_the_till(cashier, None)
    assert cashier.counter.state is State.SIGN_IN
    cashier.press(*PINS["Kari"])
    assert (cashier.said, cashier.counter.state, cashier.register.view.cashier) == ("signed-in", State.RINGING, "Kari")


def test_another_person_takes_five_keys_and_the_order_stays(cashier: Cashier) -> None:
    at_the_till(cashier)
    cashier.press("b", "enter", "2")
    before, state = cashier.register.view.order, cashier.counter.state
    keys = ("f2", *PINS["Ola"])
    assert len(keys) == 5
    cashier.press(*keys)
    assert (cashier.register.view.cashier, cashier.register.view.order, cashier.counter.state) == ("Ola", before, state)


def test_while_nobody_is_there_no_key_does_anything_else(cashier: Cashier) -> None:
    at_the_till(cashier, None)
    for key in ("b", "enter", "escape", "k", "a", "f9", ",", "tab", "backspace"):
        cashier.press(key)
        assert cashier.counter.state is State.SIGN_IN
        assert not cashier.register.view.order.lines
    cashier.press("q")
    assert cashier.counter.closing


def test_a_wrong_key_promises_no_way_out_while_nobody_is_there(cashier: Cashier) -> None:
    at_the_till(cashier, None)
    cashier.press("w")
    assert cashier.said == "wrong-key-alone"
    cashier.press("9", "0", "0", "2", "f2", "w")
    assert cashier.said == "wrong-key-in-panel"


def test_a_badge_is_scanned_and_an_item_is_not_rung(cashier: Cashier) -> None:
    at_the_till(cashier, None)
    cashier.counter.scan("7038010000000")
    assert (cashier.said, cashier.register.view.person) == ("scan-in-pin", None)
    cashier.counter.scan(BADGE)
    assert cashier.register.view.cashier == "Ola"


def test_a_badge_changes_the_person_while_ringing_and_pays_nothing_at_payment(cashier: Cashier) -> None:
    at_the_till(cashier)
    cashier.press("b")
    cashier.counter.scan(BADGE)
    assert (cashier.register.view.cashier, len(cashier.register.view.order.lines)) == ("Ola", 1)


def test_escape_stays_with_who_is_there(cashier: Cashier) -> None:
    at_the_till(cashier)
    cashier.press("f2", "4", "escape")
    assert (cashier.counter.state, cashier.register.view.cashier) == (State.RINGING, "Kari")
    cashier.press("f2", "o")
    assert (cashier.counter.state, cashier.register.view.person) == (State.SIGN_IN, None)


def test_what_is_typed_is_not_seen(cashier: Cashier) -> None:
    at_the_till(cashier, None)
    cashier.press("4", "7")
    panel = cashier.counter.panel
    assert isinstance(panel, SignInPanel)
    assert panel.shown == "●●"
    cashier.press("enter")
    assert (cashier.said, panel.shown) == ("pin-too-short", "●●")


def test_an_idle_till_signs_its_person_out_if_the_shop_wants(cashier: Cashier) -> None:
    at_the_till(cashier)
    put_menu(cashier.register.store, replace(MENU, lock_after=5), PAIRINGS, NOW)
    cashier.press("b")
    cashier.clock.pass_(4 * 60_000)
    cashier.counter.look_after_idle()
    assert cashier.register.view.cashier == "Kari"
    cashier.clock.pass_(61_000)
    cashier.counter.look_after_idle()
    assert (cashier.register.view.person, cashier.counter.state) == (None, State.SIGN_IN)
    assert len(cashier.register.view.order.lines) == 1


def test_what_needs_a_right_is_done_once_somebody_approves_it(cashier: Cashier) -> None:
    at_the_till(cashier)
    OPENED.clear()
    counter = cashier.counter
    counter._attempt(lambda: counter.do(opened))
    assert (counter.state, OPENED) == (State.APPROVE, [])
    cashier.press(*PINS["Kari"])
    assert (cashier.said, counter.state, OPENED) == ("not-allowed", State.APPROVE, [])
    cashier.press(*PINS["Ola"])
    assert (counter.state, OPENED, counter.approver) == (State.RINGING, ["Ola"], None)


def test_escape_leaves_what_needs_a_right_undone(cashier: Cashier) -> None:
    at_the_till(cashier)
    OPENED.clear()
    counter = cashier.counter
    counter._attempt(lambda: counter.do(opened))
    cashier.press("escape")
    assert (counter.state, OPENED) == (State.RINGING, [])


def test_every_right_has_a_title() -> None:
    for right in Right:
        panel = ApprovePanel(right, lambda: None, None)
        assert panel.title.message_id in messages("nb")
