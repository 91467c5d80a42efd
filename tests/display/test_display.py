"""The customer's display: what one till rings, asks and is paid, from a file that is open read-only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.country import norway
from pos.display.display import CustomerDisplay, Ordering, Thanks, Welcome
from pos.domain.errors import StoreError
from pos.domain.money import ZERO
from pos.domain.order.order import TenderKind, TenderState
from pos.domain.order.tips import Tip
from pos.register.verbs import answering, checkout, paying, ringing, tipping
from pos.store import open_to_read
from tests.builders import BOTTLED, NOW, PAIRINGS, kr
from tests.kitchen.rig import a_till
from tests.office_acts import put_menu
from tests.register.every_act import Till
from tests.register.shops import a_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    yield from a_folder()


def a_display(till: Till, name: str = "1", language: str = "nb") -> CustomerDisplay:
    """A display on the till's file, with the same clock, as in another process."""
    store = open_to_read(till.register.store.path, wait=0.1)
    return CustomerDisplay(store, norway(), till.clock, name, language)


def ordering(display: CustomerDisplay) -> Ordering:
    """The shown order."""
    display.follow()
    assert isinstance(display.shown, Ordering)
    return display.shown


def test_an_order_is_shown_as_it_is_rung(folder: Path) -> None:
    till = a_till(folder)
    display = a_display(till)
    assert isinstance(display.shown, Welcome)
    till.rung("cheeseburger", 2)
    shown = ordering(display)
    assert [(line.quantity, line.name.nb) for line in shown.lines] == [(2, "cheeseburger"), (0, "To burgere")]
    assert shown.lines[1].amount < ZERO
    assert (shown.total, shown.due) == (till.register.view.priced.total, None)
    till.do(ringing.ring, "cola-m")
    assert len(ordering(display).lines) == 3


def test_deposits_stand_under_the_lines(folder: Path) -> None:
    till = a_till(folder)
    put_menu(till.register.store, BOTTLED, PAIRINGS, NOW)
    till.rung("cola-m", 2)
    shown = ordering(a_display(till))
    assert [(line.name.nb, line.amount) for line in shown.lines] == [("cola-m, m", kr(68)), ("Pant", kr(4))]
    assert shown.total == kr(72)


def test_the_question_stands_with_its_price_in_the_order_s_language(folder: Path) -> None:
    till = a_till(folder)
    display = a_display(till)
    till.do(ringing.speak, "en")
    till.asked()
    asked = ordering(display).asked
    assert asked is not None
    assert asked.price == "30 kroner"
    assert asked.price in asked.text
    assert display.language == "en"
    till.do(answering.no)
    again = ordering(display).asked
    assert again is not None
    assert again.text != asked.text


def test_what_is_due_paid_and_given_back_and_then_thanks_and_the_number(folder: Path) -> None:
    till = a_till(folder)
    display = a_display(till)
    till.at_payment()
    total = till.register.view.priced.total
    assert (ordering(display).due, ordering(display).asked) == (total, None)
    till.do(paying.pay_cash, kr(20))
    assert (ordering(display).due, ordering(display).paid) == (total - kr(20), kr(20))
    till.do(paying.ask_terminal, TenderKind.CARD, kr(10))
    assert ordering(display).at_terminal
    till.do(paying.terminal_says, TenderState.DECLINED)
    sale = till.do(paying.pay_cash, kr(200))
    display.follow()
    assert display.shown == Thanks(sale.call_number, sale.total, kr(220), sale.change, "nb")  # type: ignore[attr-defined]  # a sale
    assert sale.change > ZERO  # type: ignore[attr-defined]


def test_a_tip_is_in_what_is_due_and_on_a_line_of_its_own(folder: Path) -> None:
    till = a_till(folder)
    put_menu(till.register.store, replace(till.register.view.menu, most_tip=kr(200)), PAIRINGS, NOW)
    display = a_display(till)
    till.at_payment()
    total = till.register.view.priced.total
    till.do(tipping.note_tip, Tip(kr(20)))
    assert (ordering(display).total, ordering(display).due, ordering(display).tip) == (total, total + kr(20), kr(20))
    till.do(paying.ask_terminal, TenderKind.CARD)
    assert (ordering(display).due, ordering(display).tip) == (total + kr(20), kr(20))
    till.do(paying.terminal_says, TenderState.APPROVED)
    display.follow()
    assert isinstance(display.shown, Thanks)
    assert (display.shown.total, display.shown.handed, display.shown.tip) == (total, total + kr(20), kr(20))


def test_thanks_end_with_the_next_order_or_after_a_minute(folder: Path) -> None:
    till = a_till(folder)
    display = a_display(till)
    till.sold()
    display.follow()
    assert isinstance(display.shown, Thanks)
    till.rung("cola-m")
    assert ordering(display).lines
    till.sold("cola-m")
    display.follow()
    assert isinstance(display.shown, Thanks)
    till.clock.pass_(61_000)
    display.follow()
    assert isinstance(display.shown, Welcome)


def test_it_follows_its_own_till_only_even_if_that_opens_later(folder: Path) -> None:
    first = a_till(folder)
    display = a_display(first, "2")
    first.rung()
    display.follow()
    assert isinstance(display.shown, Welcome)
    second = a_till(folder, "2", first.clock)
    second.rung("cola-m")
    assert [line.name.nb for line in ordering(display).lines] == ["cola-m, m"]


def test_nothing_in_the_file_or_beside_it_is_written(folder: Path) -> None:
    till = a_till(folder)
    till.rung()
    till.register.store.witness.bear()
    watch = sqlite3.connect(till.register.store.path)
    before, version = sorted(path.name for path in folder.iterdir()), watch.execute("PRAGMA data_version").fetchone()
    content = till.register.store.path.read_bytes()
    display = a_display(till)
    for _ in range(3):
        display.follow()
    assert ordering(display).lines
    assert watch.execute("PRAGMA data_version").fetchone() == version
    watch.close()
    assert till.register.store.path.read_bytes() == content
    assert sorted(path.name for path in folder.iterdir()) == before
    with pytest.raises(StoreError):
        display._store.file.prove_writable()


def test_the_file_is_read_again_only_after_a_commit(folder: Path) -> None:
    till = a_till(folder)
    till.rung()
    display = a_display(till)
    asked: list[str] = []
    display._store.file.conn.set_trace_callback(asked.append)
    for _ in range(5):
        assert not display.follow()
    assert set(asked) == {"PRAGMA data_version"}


def test_a_file_that_is_locked_leaves_what_was_known_and_comes_back(folder: Path) -> None:
    till = a_till(folder)
    till.rung()
    display = a_display(till)
    other = sqlite3.connect(till.register.store.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert display.follow()
    assert (display.is_silent, isinstance(display.shown, Ordering)) == (True, True)
    other.execute("ROLLBACK")
    other.close()
    till.do(checkout.checkout)
    assert ordering(display).asked is not None
    assert not display.is_silent


def test_an_older_file_is_left_to_a_till(folder: Path) -> None:
    path = folder / "shop.db"
    with sqlite3.connect(path) as conn:
        conn.execute("PRAGMA user_version = 36")
    with pytest.raises(StoreError) as raised:
        open_to_read(path)
    assert raised.value.message_id == "database-older"
