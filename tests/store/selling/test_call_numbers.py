"""Call numbers: one series for the shop, given with the first tender, none that somebody still waits with."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

from pos.domain.money import Money
from pos.domain.order.order import Order, Tender, TenderKind, TenderState
from pos.store import Store, Till, open_store
from tests.store.acting import abandon, enter_till, finish, hold, keep, recall
from tests.store.samples import NOON, rung, sale

HOUR = timedelta(hours=1)


def tendered(order: Order, state: TenderState = TenderState.APPROVED, at: datetime = NOON) -> Order:
    """The order with one tender in that state."""
    return replace(order, tenders=(Tender(1, TenderKind.CARD, Money.of(10), Money.of(10), state, at),))


def begin(store: Store, till: Till, name: str, at: datetime = NOON) -> Order:
    return keep(store, till.id, "ring", rung(name, "burger", call_number=0), None, at).order


def sell(store: Store, till: Till, name: str, at: datetime = NOON) -> int:
    order = begin(store, till, name, at)
    return finish(store, sale(name, at), tendered(order), till.id, None, at).call_number


def test_an_order_has_no_number_before_its_first_tender(store: Store, till: Till) -> None:
    order = begin(store, till, "a")
    assert order.call_number == 0
    asked = keep(store, till.id, "ask_card", tendered(order, TenderState.INTENT), None, NOON).order
    assert asked.call_number == 1
    declined = keep(store, till.id, "terminal_declined", tendered(asked, TenderState.DECLINED), None, NOON).order
    assert declined.call_number == 1
    assert finish(store, sale("a"), tendered(declined), till.id, None, NOON).call_number == 1
    assert sell(store, till, "b") == 2


def test_orders_that_are_given_up_before_a_tender_use_no_number(store: Store, till: Till) -> None:
    for name in "abc":
        abandon(store, till.id, begin(store, till, name), None, NOON)
    assert sell(store, till, "d") == 1


def test_two_tills_have_one_series(store: Store, till: Till) -> None:
    other = enter_till(store, "Till 2")
    assert [sell(store, (till, other)[n % 2], f"o{n}") for n in range(6)] == [1, 2, 3, 4, 5, 6]


def test_after_99_comes_1_once_two_hours_have_passed(store: Store, till: Till) -> None:
    given_ = [sell(store, till, f"o{n}", NOON + n * timedelta(minutes=2)) for n in range(120)]
    assert given_ == [*range(1, 100), *range(1, 22)]


def test_a_number_of_the_last_two_hours_is_passed_over(store: Store, till: Till) -> None:
    assert sell(store, till, "first") == 1
    for n in range(98):
        sell(store, till, f"o{n}", NOON + HOUR)
    assert sell(store, till, "next", NOON + 2 * HOUR) == 1
    assert sell(store, till, "full", NOON + 2 * HOUR) == 2  # all wait: the one given longest ago


def test_a_number_of_an_order_that_is_unpaid_is_passed_over_however_old(store: Store, till: Till) -> None:
    asked = keep(store, till.id, "ask_card", tendered(begin(store, till, "a"), TenderState.UNKNOWN), None, NOON).order
    hold(store, till.id, asked, None, NOON)
    assert [sell(store, till, f"o{n}", NOON + n * HOUR) for n in range(1, 100)][-2:] == [99, 2]


def test_where_all_are_waited_with_no_unpaid_order_has_to_share_its_number(store: Store, till: Till) -> None:
    asked = keep(store, till.id, "ask_card", tendered(begin(store, till, "a"), TenderState.UNKNOWN), None, NOON).order
    hold(store, till.id, asked, None, NOON)
    assert [sell(store, till, f"o{n}", NOON + HOUR) for n in range(1, 100)][-2:] == [99, 2]


def test_a_number_is_waited_with_from_the_payment_on(store: Store, till: Till) -> None:
    asked = keep(store, till.id, "ask_card", tendered(begin(store, till, "a"), TenderState.UNKNOWN), None, NOON).order
    hold(store, till.id, asked, None, NOON)
    later = NOON + 9 * HOUR
    for n in range(98):
        sell(store, till, f"o{n}", NOON + HOUR)
    recall(store, till.id, "a", later)
    assert finish(store, sale("a", later), tendered(asked), till.id, None, later).call_number == 1
    assert sell(store, till, "next", later + HOUR) == 2


def test_a_clock_that_was_set_back_gives_no_number_twice(store: Store, till: Till) -> None:
    assert sell(store, till, "a", NOON + 5 * HOUR) == 1
    assert [sell(store, till, f"o{n}", NOON) for n in range(99)] == [*range(2, 100), 1]


def test_two_tills_that_pay_at_once_never_call_one_number(path: Path, store: Store) -> None:
    called: list[int] = []

    def play(name: str) -> None:
        mine = open_store(path, wait=30)
        till = enter_till(mine, name)
        called.extend(sell(mine, till, f"{name}-{n}") for n in range(20))
        mine.close()

    threads = [Thread(target=play, args=(name,)) for name in ("Till 1", "Till 2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(called) == list(range(1, 41))
