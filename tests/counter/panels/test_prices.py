"""A new price by its keys, and keys that are none."""

from __future__ import annotations

from pos.counter import State
from tests.builders import kr
from tests.rig import Cashier
from tests.staff import PINS, at_the_till


def test_a_price_is_changed_by_tile_and_amount(cashier: Cashier) -> None:
    cashier.press(",", "e")
    tiles = cashier.counter.tiles()
    letter = next(letter for letter, item in tiles.items() if item.sku == "cheeseburger-meal-m")
    cashier.press(letter, *"129,50", "enter")
    assert (cashier.said, cashier.counter.state) == ("price-changed", State.RINGING)
    assert cashier.register.view.menu.items["cheeseburger-meal-m"].price.minor == 12950


def test_what_is_on_the_chosen_line_is_meant_by_enter(cashier: Cashier) -> None:
    cashier.press("b", ",", "e", "enter", *"125", "enter")
    assert cashier.register.view.priced.total == kr(125)


def test_what_is_no_price_stays_to_be_put_right(cashier: Cashier) -> None:
    cashier.press("b", ",", "e", "enter", *"0", "enter")
    assert (cashier.said, cashier.counter.state) == ("price-impossible", State.PRICE)
    cashier.press("backspace", *"abc", "enter")
    assert cashier.said == "not-an-amount"
    cashier.press("escape", "escape")
    assert (cashier.counter.state, cashier.register.view.priced.total) == (State.RINGING, kr(119))


def test_a_cashier_needs_a_shift_lead_and_what_was_typed_stands(cashier: Cashier) -> None:
    at_the_till(cashier)
    cashier.press("b", ",", "e", "enter", *"125", "enter")
    assert cashier.counter.state is State.APPROVE
    cashier.press(*PINS["Ola"])
    assert (cashier.counter.state, cashier.register.view.priced.total) == (State.RINGING, kr(125))
    assert cashier.said == "new-price"  # the open order has it
    row = cashier.register.store.file.conn.execute(
        """
        SELECT p.name, a.name FROM journal AS j
        JOIN person AS p ON p.id = j.person JOIN person AS a ON a.id = j.approver
        WHERE j.verb = 'change_price'
        """
    ).fetchone()
    assert tuple(row) == ("Kari", "Ola")


def test_nobody_is_asked_for_a_pin_for_what_is_no_price(cashier: Cashier) -> None:
    at_the_till(cashier)
    cashier.press("b", ",", "e", "enter", "0", "enter")
    assert (cashier.said, cashier.counter.state) == ("price-impossible", State.PRICE)
