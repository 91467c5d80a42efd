"""Practice changes nothing of the shop's file but the record that it was on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from pos.counter.printing import print_copy, print_owed
from pos.country import norway
from pos.domain.errors import BadInput, Refused
from pos.domain.money import Money
from pos.domain.sale.sale import Document
from pos.practice import open_practice
from pos.register.verbs import next_visit
from tests.builders import NOW
from tests.office_acts import gate, put_menu
from tests.practice.rigs import a_rig, serve, shipped_shop
from tests.register.visits import a_code, a_till, giving_folder

HEADING = norway().headings.training


OF_PRACTICE = ("training_period", "practice_on", "practice_off")


def dump(path: Path) -> list[str]:
    """Every statement that would make the file again, without the records of practice."""
    conn = sqlite3.connect(path)
    lines = [line for line in conn.iterdump() if not any(name in line for name in OF_PRACTICE)]
    conn.close()
    return lines


def first_line(document: Document) -> str:
    return document.lines[0].left


@pytest.mark.parametrize("orders", [6, pytest.param(50, marks=pytest.mark.soak)])
def test_orders_in_practice_change_nothing_of_the_shops_but_their_record(folder: Path, orders: int) -> None:
    shipped_shop(folder).close()
    before = dump(folder / "shipped.db")
    rig = a_rig(folder)
    total = Money()
    for _ in range(orders):
        serve(rig)
        assert rig.counter.paid is not None
        total += rig.counter.paid.total
        rig.next_customer()
    rig.period.end()
    assert dump(folder / "shipped.db") == before
    (period,) = shipped_shop(folder).periods.all()
    assert (period.count, period.total, period.till) == (orders, total, "1")
    assert period.off_at is not None


def test_practice_that_nobody_ended_is_closed_at_the_next_start_with_what_was_counted(folder: Path) -> None:
    rig = a_rig(folder, "plain-meal")
    serve(rig)
    assert rig.counter.paid is not None
    total = rig.counter.paid.total
    rig.store.close()
    a_rig(folder)
    first, second = shipped_shop(folder).periods.all()
    assert (first.count, first.total) == (1, total)
    assert first.off_at is not None
    assert second.off_at is None


def test_every_kind_of_receipt_says_that_it_is_none_for_a_purchase(folder: Path) -> None:
    rig = a_rig(folder, "plain-meal")
    serve(rig)
    register = rig.counter.register
    print_owed(register)
    print_copy(register)
    original, copy = rig.printer.printed
    assert first_line(original) == HEADING
    assert [line.left for line in copy.lines[:3] if line.left][-1] == HEADING
    assert not any("Salgskvittering" in line.left for document in (original, copy) for line in document.lines)
    assert rig.counter.paid is not None
    assert rig.counter.paid.series == "Ø1"


def test_practice_gives_no_code_and_knows_none_of_the_shops(folder: Path) -> None:
    shop = a_till(giving_folder())
    code = a_code(shop)
    shop.store.close()
    rig = a_rig(folder)
    assert shipped_shop(folder).menu.load().next_visit is not None
    assert rig.counter.register.view.menu.next_visit is None
    with pytest.raises(Refused, match="next-visit-unknown"):
        rig.counter.register.do(next_visit.redeem, code)
    for _ in range(4):
        serve(rig)
        assert rig.counter.paid is not None
        assert rig.counter.paid.next_visit is None
        rig.next_customer()


def test_the_shops_own_file_is_refused(folder: Path) -> None:
    shop = shipped_shop(folder)
    with pytest.raises(BadInput) as raised:
        open_practice(shop.path, gate(shop))
    assert raised.value.message_id == "practice-same-file"


def test_a_new_menu_of_the_shop_is_copied_and_the_same_one_is_not(folder: Path) -> None:
    shop = shipped_shop(folder)
    store = open_practice(folder / "practice.db", gate(shop)).store
    version = store.menu.version()
    store.close()
    store = open_practice(folder / "practice.db", gate(shop)).store
    assert store.menu.version() == version
    store.close()
    put_menu(shop, shop.menu.load(retired=False), shop.menu.pairings(), NOW)
    assert open_practice(folder / "practice.db", gate(shop)).store.menu.version() == version + 1
