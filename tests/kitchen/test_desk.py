"""The kitchen's desk: open orders, marking as done, taking back; several tills and kitchens on one file; looking does
not write."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pos.domain.order.discards import DiscardReason
from pos.domain.order.exchange import RefundReason
from pos.domain.order.order import Purpose
from pos.domain.sale.in_kitchen import WAITS
from pos.domain.sale.kitchen_orders import LATE
from pos.kitchen.desk import KitchenDesk
from pos.office.verifying import verify_all
from pos.register.verbs import aside, checkout, kitchen, paying, refunding, ringing
from pos.ui.kitchen.cards import page
from tests.kitchen.rig import a_kitchen, a_till, rows
from tests.register.every_act import ALL_OF_IT


def open_in(desk: KitchenDesk) -> list[list[str]]:
    """The lines of each order on the desk."""
    desk.follow()
    return [[f"{line.quantity} {line.name.nb}" for line in order.lines] for order in desk.orders]


def said(desk: KitchenDesk) -> str | None:
    """The id of the desk's message."""
    return None if desk.message is None else desk.message.message_id


def test_paid_orders_of_all_tills_are_open_until_done_the_oldest_first(folder: Path) -> None:
    first = a_till(folder)
    second = a_till(folder, "2", first.clock)
    desk = a_kitchen(first)
    first.sold("cheeseburger")
    second.sold("cola-m")
    assert open_in(desk) == [["1 cheeseburger"], ["1 cola-m, m"]]
    assert [order.till for order in desk.orders] == ["1", "2"]
    desk.press("1")
    assert (said(desk), open_in(desk)) == ("kitchen-done", [["1 cola-m, m"]])


def test_an_order_keeps_its_key_and_a_free_key_is_not_reused_at_once(folder: Path) -> None:
    till = a_till(folder)
    desk = a_kitchen(till)
    for _ in range(3):
        till.sold("cola-m")
    desk.follow()
    desk.press("1")
    till.sold("cheeseburger")
    desk.follow()
    assert list(desk.keys.values()) == ["2", "3", "4"]
    desk.press("1")
    assert (said(desk), len(desk.orders)) == ("kitchen-wrong-key", 3)


def test_what_is_done_can_be_taken_back_once(folder: Path) -> None:
    till = a_till(folder)
    desk = a_kitchen(till)
    till.sold("cola-m")
    desk.follow()
    desk.press("1")
    assert open_in(desk) == []
    desk.press("backspace")
    assert (said(desk), open_in(desk)) == ("kitchen-open-again", [["1 cola-m, m"]])
    desk.press("backspace")
    assert (said(desk), len(desk.orders)) == ("kitchen-nothing-to-take-back", 1)


def test_two_kitchens_see_each_others_marks_and_nothing_is_done_twice(folder: Path) -> None:
    till = a_till(folder)
    till.sold("cola-m")
    one, other = a_kitchen(till), a_kitchen(till)
    one.press("1")
    other.press("1")
    assert (said(other), open_in(other)) == ("kitchen-done-already", [])


def test_a_sent_order_is_open_and_a_later_ticket_reopens_it(folder: Path) -> None:
    till = a_till(folder)
    desk = a_kitchen(till)
    till.rung("cheeseburger")
    till.do(kitchen.send_to_kitchen)
    assert open_in(desk) == [["1 cheeseburger"]]
    assert not desk.orders[0].call_number
    desk.done(desk.orders[0])
    sale = till.sold("cola-m")
    assert open_in(desk) == [["1 cola-m, m"]]
    assert desk.orders[0].call_number == sale.call_number


def test_what_is_sent_and_paid_is_one_order(folder: Path) -> None:
    till = a_till(folder)
    desk = a_kitchen(till)
    till.rung("cheeseburger")
    till.do(kitchen.send_to_kitchen)
    till.clock.pass_()
    till.sold("cola-m")
    assert open_in(desk) == [["1 cheeseburger", "1 cola-m, m"]]
    desk.press("1")
    assert open_in(desk) == []


def test_a_discarded_order_is_called_off_on_the_desk(folder: Path) -> None:
    till = a_till(folder)
    desk = a_kitchen(till)
    till.rung("cheeseburger")
    till.do(kitchen.send_to_kitchen)
    till.do(aside.abandon, DiscardReason.CHANGED_MIND)
    assert open_in(desk) == [[]]
    assert [line.name.nb for line in desk.orders[0].cancelled] == ["cheeseburger"]


def test_a_remake_is_made_and_waste_is_not(folder: Path) -> None:
    till = a_till(folder)
    desk = a_kitchen(till)
    for purpose in (Purpose.WASTE, Purpose.REMAKE):
        till.rung("cola-m")
        till.do(checkout.set_purpose, purpose)
        till.do(checkout.checkout)
        till.do(paying.write_off)
    desk.follow()
    assert [order.purpose for order in desk.orders] == [Purpose.REMAKE]


def test_an_order_that_is_wholly_called_off_stays_visible_and_is_not_late(folder: Path) -> None:
    till = a_till(folder)
    desk = a_kitchen(till)
    sale = till.sold("cheeseburger")
    till.do(refunding.refund, sale.number, ALL_OF_IT, RefundReason.TOO_SLOW)
    till.clock.pass_(LATE // timedelta(milliseconds=1))
    assert open_in(desk) == [[]]
    (order,) = desk.orders
    assert (order.is_called_off, order.is_late(desk.now)) == (True, False)
    head = "".join(segment.text for segment in page(desk, 80, 24).rows[0])
    assert "0 åpne" in head
    assert "ventet lenge" not in head
    desk.press("1")
    assert open_in(desk) == []


def test_an_order_becomes_late_and_disappears_after_two_hours(folder: Path) -> None:
    till = a_till(folder)
    desk = a_kitchen(till)
    till.sold("cola-m")
    desk.follow()
    assert not desk.orders[0].is_late(desk.now)
    till.clock.pass_(LATE // timedelta(milliseconds=1))
    assert desk.follow()
    assert desk.orders[0].is_late(desk.now)
    till.clock.pass_(WAITS // timedelta(milliseconds=1))
    assert open_in(desk) == []


def test_looking_writes_nothing_and_reads_the_file_only_when_it_has_changed(folder: Path) -> None:
    till = a_till(folder)
    till.sold("cola-m")
    watch = sqlite3.connect(till.register.store.path)
    version, seq = watch.execute("PRAGMA data_version").fetchone(), rows(till.register.store)
    desk = a_kitchen(till)
    version = watch.execute("PRAGMA data_version").fetchone()
    asked: list[str] = []
    desk._store.file.conn.set_trace_callback(asked.append)
    for _ in range(5):
        assert not desk.follow()
    assert set(asked) == {"PRAGMA data_version"}
    till.clock.pass_(60_000)
    desk.follow()
    assert watch.execute("PRAGMA data_version").fetchone() == version
    assert rows(till.register.store) == seq
    watch.close()


def test_a_file_that_is_locked_leaves_what_was_known_and_comes_back(folder: Path) -> None:
    till = a_till(folder)
    desk = a_kitchen(till)
    till.sold("cola-m")
    desk.follow()
    other = sqlite3.connect(till.register.store.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    desk.press("1")
    assert (said(desk), desk.is_silent, len(desk.orders)) == ("database-locked", True, 1)
    other.execute("ROLLBACK")
    other.close()
    desk.press("1")
    assert (desk.is_silent, open_in(desk)) == (False, [])


def test_tickets_and_marks_are_rebuilt_from_the_journal(folder: Path) -> None:
    till = a_till(folder)
    till.register.setup = replace(till.register.setup, kitchen_slips=True)
    desk = a_kitchen(till)
    till.rung("cheeseburger")
    till.do(kitchen.send_to_kitchen)
    till.do(ringing.note, "delt i to")
    till.do(kitchen.send_to_kitchen)
    till.sold("cola-m")
    desk.follow()
    desk.press("1")
    desk.press("backspace")
    assert verify_all(till.register.store).finding is None
