"""Old orders are packed: every row of the log stays, and every order can be read as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from pos.domain.errors import StoreError
from pos.domain.order.order import Order
from pos.store import Store, Till, open_store
from pos.store.file import packing
from pos.store.file.codec import to_json
from pos.store.file.connection import StoreFile
from pos.store.migrations.steps import STEPS, m015_packing, migrate
from tests.store.acting import abandon, enter_till, finish, hold, keep, recall
from tests.store.conftest import OpenAgain
from tests.store.samples import NOON, later, rung, sale

LOG = "SELECT * FROM journal ORDER BY seq"
WITH_BODY = "SELECT seq FROM journal WHERE digest IS NOT NULL ORDER BY seq"
BODIES = "SELECT COUNT(*) FROM order_body"
PACKS = "SELECT COUNT(*) FROM body_pack"
OLD_ROW = """
    INSERT INTO order_log (order_id, till_id, verb, at, cashier, parent, body)
    VALUES (:order_id, 1, 'ring', :at, 'Kari', :parent, :body)
"""
OLD_ORDER = """
    INSERT INTO orders (order_id, till_id, call_number, state, opened_at, head_seq)
    VALUES (:order_id, 1, 1, :state, :at, NULL)
"""
OLD_HEAD = "UPDATE orders SET head_seq = (SELECT MAX(seq) FROM order_log) WHERE order_id = :order_id"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four bodies in a pack, and the last six rows left alone: a few orders are enough."""
    monkeypatch.setattr(packing, "PACK", 4)
    monkeypatch.setattr(packing, "PLAIN", 6)


def sell(store: Store, till: Till, name: str) -> None:
    """An order of four rows."""
    first = keep(store, till.id, "ring", rung(name, "burger"), None, NOON, cashier="Kari").seq
    second = keep(store, till.id, "ring", rung(name, "burger", "cola"), first, later(1), cashier="Kari").seq
    third = keep(store, till.id, "void", rung(name, "burger"), second, later(2), cashier="Kari").seq
    finish(store, sale(name), rung(name, "burger", "cola"), till.id, third, later(3))


def pack_all(store: Store) -> int:
    """Pack until there is nothing to do; how often there was."""
    packs = 0
    while store.orders.pack():
        packs += 1
    return packs


def count(store: Store, sql: str) -> int:
    ((number,),) = store.file.conn.execute(sql).fetchall()
    return int(number)


def log_of(store: Store) -> list[tuple[object, ...]]:
    return store.file.conn.execute(LOG).fetchall()


def orders_of(store: Store) -> list[Order]:
    return [store.orders.at(seq).order for (seq,) in store.file.conn.execute(WITH_BODY).fetchall()]


def test_every_row_of_the_log_stays_and_every_order_is_read_as_it_was(
    store: Store, till: Till, open_again: OpenAgain
) -> None:
    for name in "abcdef":
        sell(store, till, name)
    before = log_of(store), orders_of(store)
    assert pack_all(store) == 4
    for one in (store, open_again()):
        assert (log_of(one), orders_of(one)) == before
        assert one.file.conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert (count(store, BODIES), len(before[0])) == (8, 24)


def test_the_orders_of_a_week_are_read_out_of_packs_as_they_were(store: Store, till: Till) -> None:
    for name in "abcdef":
        sell(store, till, name)
    before = store.learned.paid_orders(NOON - timedelta(days=7), 100)
    pack_all(store)
    assert store.learned.paid_orders(NOON - timedelta(days=7), 100) == before
    assert [order.id for _, order in before] == list("abcdef")


def test_an_order_that_is_open_or_held_stands_where_it_stood(store: Store, till: Till) -> None:
    other = enter_till(store, "Till 2")
    keep(store, other.id, "ring", rung("held", "cola"), None, NOON)
    hold(store, other.id, rung("held", "cola"), 1, NOON)
    keep(store, other.id, "ring", rung("open", "burger"), None, NOON)
    before = store.orders.held(), store.orders.current(other.id)
    for name in "abcdef":
        sell(store, till, name)
    assert pack_all(store)
    assert (store.orders.held(), store.orders.current(other.id)) == before
    abandon(store, other.id, rung("open", "burger"), 3, later(4))
    saved = recall(store, other.id, "held", later(5))
    assert store.orders.at(saved.parent or 0).order == rung("held", "cola")
    finish(store, sale("held"), saved.order, other.id, saved.seq, later(6))
    sell(store, till, "g")
    sell(store, till, "h")
    assert pack_all(store)
    assert count(store, "SELECT COUNT(*) FROM order_body WHERE seq < 4") == 0


def test_what_was_left_when_a_till_went_out_is_packed_later(store: Store, till: Till, open_again: OpenAgain) -> None:
    for name in "abcdef":
        sell(store, till, name)
    store.close()
    again = open_again()
    assert again.orders.pack()
    assert count(again, PACKS) == 1
    assert pack_all(again) == 3
    assert not again.orders.pack()


def test_of_two_tills_that_pack_the_same_rows_one_does(
    store: Store, till: Till, open_again: OpenAgain, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abcdef":
        sell(store, till, name)
    before = orders_of(store)
    other, packed = open_again(), packing._packed
    done: list[bool] = []

    def slowly(rows: Sequence[tuple[int, str]]) -> bytes:
        monkeypatch.setattr(packing, "_packed", packed)
        done.append(other.orders.pack())
        return packed(rows)

    monkeypatch.setattr(packing, "_packed", slowly)
    assert not store.orders.pack()
    assert done == [True]
    assert pack_all(store) == 3
    assert orders_of(other) == before


def an_old_file(path: Path, orders: int) -> None:
    """A file from before there were packs: so many orders that are paid, and one that is being rung, of three rows."""
    file = StoreFile(path, 1)
    migrate(file, STEPS[: STEPS.index(m015_packing)])
    file.conn.execute("INSERT INTO till (name, series) VALUES ('Till 1', 'K1')")
    with file.writing() as conn:
        for number in range(orders + 1):
            order_id, at = f"{number:03}", NOON.isoformat()
            state = "open" if number == orders else "abandoned"
            conn.execute(OLD_ORDER, {"order_id": order_id, "state": state, "at": at})
            parent = None
            for length in (1, 2, 40):
                body = to_json(rung(order_id, *["burger"] * length))
                row = {"order_id": order_id, "at": at, "parent": parent, "body": body}
                parent = conn.execute(OLD_ROW, row).lastrowid
            conn.execute(OLD_HEAD, {"order_id": order_id})
    file.close()


def test_a_file_from_before_goes_on_where_it_was_and_is_packed_bit_by_bit(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    an_old_file(path, 40)
    store = open_store(path)
    assert count(store, BODIES) == 41 * 3 + 1
    before = log_of(store), orders_of(store)
    head = store.orders.current(1)
    assert head is not None
    assert (len(head.order.lines), len(store.orders.at(head.parent or 0).order.lines)) == (40, 2)
    pages = count(store, "PRAGMA page_count")
    assert pack_all(store) == 29
    assert (log_of(store), orders_of(store)) == before
    assert store.orders.current(1) == head
    assert count(store, "PRAGMA freelist_count") > 20
    seq: int | None = head.seq
    for _ in range(5):
        seq = keep(store, 1, "ring", rung("040", *["cola"] * 40), seq, later(1)).seq
    assert count(store, "PRAGMA page_count") == pages
    store.close()


def test_a_pack_that_is_damaged_is_told_as_damage(store: Store, till: Till) -> None:
    for name in "abcdef":
        sell(store, till, name)
    pack_all(store)
    store.file.conn.execute("DROP TRIGGER body_pack_is_so")
    for pack in (
        b"",
        b"no pack",
        packing._packed([(9, "")]),
        packing.zlib.compress(b"\xff"),
        packing.zlib.compress(b"{"),
    ):
        store.file.conn.execute("UPDATE body_pack SET bodies = ?", (pack,))
        with pytest.raises(StoreError) as caught:
            store.orders.at(1)
        assert caught.value.message_id == "database-damaged"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM journal WHERE seq = 1",
        "DELETE FROM journal WHERE seq = (SELECT MAX(seq) FROM journal)",
        "UPDATE journal SET verb = 'nothing' WHERE seq = 1",
        "UPDATE journal SET person = NULL, at_us = 0 WHERE seq = 1",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 1",
        "INSERT INTO journal (seq, format, id, at_us, offset_s, verb, reason, hash) "
        "VALUES (99, 1, zeroblob(16), 0, 0, '', '', zeroblob(32))",
        "UPDATE order_body SET facts = '[]'",
        "UPDATE order_body SET body = '{}'",
        "DELETE FROM order_body WHERE seq = (SELECT MIN(seq) FROM order_body)",
        "DELETE FROM body_pack WHERE last_seq = 4",
        "UPDATE body_pack SET bodies = x''",
    ],
)
def test_the_file_itself_refuses_to_lose_any_of_it(store: Store, till: Till, statement: str) -> None:
    for name in "abc":
        sell(store, till, name)
    assert pack_all(store) == 1
    with pytest.raises(sqlite3.IntegrityError):
        store.file.conn.execute(statement)
