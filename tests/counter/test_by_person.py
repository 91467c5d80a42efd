"""Payment by person: lines are chosen, their share of the price is typed, and the last person pays the rest."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.counter.panels.paying import ByPersonPanel
from pos.domain.money import ZERO, total
from pos.domain.order.order import TenderKind
from pos.register.verbs import checkout, ringing
from tests.builders import BOTTLED, NOW, PAIRINGS, TAKE_AWAY, kr
from tests.office_acts import put_menu
from tests.register.shops import a_folder, ring_tile
from tests.rig import Cashier, a_cashier


def at_payment(cashier: Cashier, *skus: str) -> Cashier:
    for sku in skus:
        ring_tile(cashier, sku, "1")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.register.do(checkout.checkout)
    while cashier.counter.state.value == "question":
        cashier.press("n")
    return cashier


def amounts(cashier: Cashier) -> list[int]:
    sale = cashier.register.view.finished
    assert sale is not None
    return [tender.amount.minor for tender in sale.tenders if tender.counts]


def test_three_friends_pay_for_what_they_had(cashier: Cashier) -> None:
    at_payment(cashier, "cheeseburger", "salad", "latte")
    cashier.press("/", "1", "enter")
    assert cashier.counter.digits == "89"
    cashier.press("k", "+", "/", "1", "enter")
    assert cashier.counter.digits == "72"
    cashier.press("k", "+", "k", "+")
    assert amounts(cashier) == [8900, 7200, 4600]


def test_some_of_a_line_are_one_persons_and_what_was_paid_for_is_not_shown_again(cashier: Cashier) -> None:
    at_payment(cashier, "double", "double", "double")
    cashier.press("/", "1", "1", "enter", "k", "+", "/")
    panel = cashier.counter.panel
    assert isinstance(panel, ByPersonPanel)
    row, done = panel.rows(cashier.counter)
    assert done.id == "done"
    assert (row.label.values["left"], row.label.values["amount"]) == (1, kr(119))


def test_who_pays_for_a_bottle_pays_its_deposit(cashier: Cashier) -> None:
    put_menu(cashier.register.store, BOTTLED, PAIRINGS, NOW)
    at_payment(cashier, "double", "cola-m", "cola-m")
    cashier.press("/", "2", "enter")
    assert cashier.counter.digits == "36"
    cashier.press("k", "+", "k", "+")
    assert amounts(cashier) == [3600, 11900 + 3600]


def test_a_discount_is_shared_and_the_last_pays_the_rest_to_the_ore(cashier: Cashier) -> None:
    at_payment(cashier, "cheeseburger", "fries-m", "cola-m")
    assert cashier.register.view.priced.total == kr(119)
    cashier.press("/", "2", "enter")
    assert cashier.counter.digits == "26,36"
    cashier.press("k", "+", "/", "1", "enter", "k", "+", "k", "+")
    assert sum(amounts(cashier)) == 11900


def test_all_that_is_left_is_typed_as_nothing_so_that_any_key_takes_it(cashier: Cashier) -> None:
    at_payment(cashier, "cheeseburger", "latte")
    cashier.press("/", "1", "2", "enter")
    assert cashier.counter.digits == ""
    cashier.press("a")
    assert amounts(cashier) == [13500]


def test_a_declined_card_leaves_its_lines_to_be_chosen_again(cashier: Cashier) -> None:
    at_payment(cashier, "cheeseburger", "latte")
    cashier.press("/", "1", "enter", "k", "-", "/")
    panel = cashier.counter.panel
    assert isinstance(panel, ByPersonPanel)
    assert len(panel.rows(cashier.counter)) == 3


def test_the_last_row_takes_what_is_chosen_for_a_finger(cashier: Cashier) -> None:
    at_payment(cashier, "cheeseburger", "latte")
    cashier.press("/", "1", "3")
    assert (cashier.counter.digits, cashier.counter.panel) == ("89", None)


def test_escape_changes_nothing_and_a_key_again_takes_a_line_out(cashier: Cashier) -> None:
    at_payment(cashier, "cheeseburger", "latte")
    cashier.press("/", "1", "escape")
    assert cashier.counter.digits == ""
    cashier.press("/", "1", "1", "enter")
    assert cashier.counter.digits == ""
    assert cashier.register.view.order.paid == ZERO


def test_it_is_not_there_for_one_thing(cashier: Cashier) -> None:
    at_payment(cashier, "cheeseburger")
    cashier.press("/")
    assert cashier.said == "wrong-key"


def test_the_next_order_begins_with_nothing_shared(cashier: Cashier) -> None:
    at_payment(cashier, "cheeseburger", "latte")
    cashier.press("/", "1", "enter", "k", "+", "k", "+", "enter")
    assert cashier.counter.shared == ()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(["cheeseburger", "fries-m", "cola-m", "latte", "double"]), min_size=2, max_size=5),
    st.data(),
)
def test_the_parts_of_all_persons_are_the_whole(skus: list[str], data: st.DataObject) -> None:
    for folder in a_folder():
        cashier = at_payment(a_cashier(folder), *skus)
        whole = cashier.register.view.priced.total
        for _ in range(3):
            cashier.press("/")
            panel = cashier.counter.panel
            assert isinstance(panel, ByPersonPanel)
            keys = [entry.key for entry in panel.entries(cashier.counter)][:-1]
            cashier.press(*data.draw(st.lists(st.sampled_from(keys), max_size=4)) if keys else (), "enter")
            if cashier.counter.digits:
                cashier.press("k", "+")
        cashier.press("v", "+")
        sale = cashier.register.view.finished
        assert sale is not None
        paid = [tender for tender in sale.tenders if tender.counts]
        assert total(tender.amount for tender in paid) == whole
        assert paid[-1].kind is TenderKind.MOBILE
