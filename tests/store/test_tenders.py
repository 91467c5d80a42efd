"""Every tender stands in the view, whatever became of it and of its order; older files are read as far as they go."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pos.domain.money import Money
from pos.domain.order.order import Order, Tender, TenderKind, TenderState
from pos.store import Store, Till, open_store
from pos.store.file.codec import to_json
from pos.store.file.connection import StoreFile
from pos.store.migrations.steps import STEPS, m021_tenders, migrate
from tests.store.acting import abandon, enter_till, finish, keep
from tests.store.samples import NOON, later, rung, sale

VIEW = (
    "SELECT order_id, number, kind, state, order_state, is_sale, receipt_number FROM tenders ORDER BY order_id, number"
)
INTENT, UNKNOWN, APPROVED = TenderState.INTENT, TenderState.UNKNOWN, TenderState.APPROVED
DECLINED, GIVEN_BACK = TenderState.DECLINED, TenderState.GIVEN_BACK


def with_tenders(name: str, *states: TenderState, call_number: int = 0) -> Order:
    """An order with a tender in each of these states."""
    tenders = tuple(
        Tender(number, TenderKind.CARD, Money.of(10), Money.of(10), state, later(number))
        for number, state in enumerate(states, start=1)
    )
    return replace(rung(name, "burger", call_number=call_number), tenders=tenders)


def write(store: Store, till: Till, name: str, *states: TenderState) -> Order:
    return keep(store, till.id, "tender", with_tenders(name, *states), None, later(9), cashier="Kari").order


def rows(store: Store) -> list[tuple[object, ...]]:
    return store.file.conn.execute(VIEW).fetchall()


def test_a_tender_stands_there_in_each_of_its_states(store: Store, till: Till) -> None:
    for states in ((INTENT,), (UNKNOWN,), (DECLINED,), (DECLINED, APPROVED), (DECLINED, GIVEN_BACK)):
        order = write(store, till, "a", *states)
        assert rows(store) == [
            ("a", number, "card", state, "open", 0, None) for number, state in enumerate(states, start=1)
        ]
    abandon(store, till.id, order, None, later(20))
    assert rows(store) == [
        ("a", 1, "card", "declined", "abandoned", 0, None),
        ("a", 2, "card", "given_back", "abandoned", 0, None),
    ]


def test_a_sale_has_all_that_was_tried_for_it(store: Store, till: Till) -> None:
    write(store, till, "a", DECLINED)
    finish(store, sale("a"), with_tenders("a", DECLINED, APPROVED), till.id, None, later(10))
    assert rows(store) == [("a", 1, "card", "declined", "paid", 1, 1), ("a", 2, "card", "approved", "paid", 1, 1)]


def test_when_a_tender_changed_and_who_took_it_is_kept(store: Store, till: Till) -> None:
    write(store, till, "a", UNKNOWN)
    keep(store, till.id, "terminal", with_tenders("a", DECLINED), None, later(60), cashier="Ola")
    query = "SELECT cashier, at, changed_at, business_day FROM tenders"
    assert store.file.conn.execute(query).fetchall() == [
        ("Kari", later(1).isoformat(), later(60).isoformat(), "2026-11-20")
    ]


# files from before


LOG = """
    INSERT INTO order_log (order_id, till_id, verb, at, cashier, parent, body)
    VALUES (:order_id, :till_id, :verb, :at, 'Kari', NULL, '')
"""


def add_old(
    conn: sqlite3.Connection, order: Order, state: str, verbs: Sequence[str], till_id: int = 1, sold: bool = False
) -> None:
    """An order of an older file with its log; the body stands at its last row."""
    conn.execute(
        "INSERT INTO orders (order_id, till_id, call_number, state, opened_at) VALUES (?, ?, ?, ?, ?)",
        (order.id, till_id, order.call_number, state, later(0).isoformat()),
    )
    for second, verb in enumerate(verbs):
        row = {"order_id": order.id, "till_id": till_id, "verb": verb, "at": later(second).isoformat()}
        seq = conn.execute(LOG, row).lastrowid
        conn.execute("INSERT INTO order_body VALUES (?, ?)", (seq, to_json(order)))
    conn.execute("UPDATE orders SET head_seq = ? WHERE order_id = ?", (seq, order.id))
    if sold:
        conn.execute(
            """
            INSERT INTO sale (
                order_id, till_id, till, series, receipt_number, call_number, paid_at, paid_unix, cashier, language,
                serving_mode, total_minor, vat_minor, rounding_minor, change_minor, note, body, business_day
            ) VALUES (
                ?, 1, 'Till 1', 'K1', (SELECT COUNT(*) + 1 FROM sale), ?, ?, ?, 'Kari', 'nb', 'eat_in', 1000, 0, 0, 0,
                '', '', '2026-11-20'
            )
            """,
            (order.id, order.call_number, later(30).isoformat(), int(later(30).timestamp())),
        )
        sale_id = conn.execute("SELECT MAX(id) FROM sale").fetchone()[0]
        counted = [tender for tender in order.tenders if tender.counts]
        for number, tender in enumerate(counted, start=1):
            conn.execute(
                "INSERT INTO tender VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?)",
                (
                    sale_id,
                    number,
                    tender.kind,
                    tender.state,
                    tender.amount.minor,
                    tender.handed.minor,
                    NOON.isoformat(),
                ),
            )


def an_older_file(path: Path) -> None:
    """Sales, one after a card that was declined; a part that was given back; open and held orders with payments."""
    file = StoreFile(path, 1)
    migrate(file, STEPS[: STEPS.index(m021_tenders)])
    with file.writing() as conn:
        conn.execute("INSERT INTO till (name, series, call_number) VALUES ('Till 1', 'K1', 57), ('Till 2', 'K2', 3)")
        add_old(conn, with_tenders("a", APPROVED, call_number=3), "paid", ["ring", "ask_card", "paid"], sold=True)
        verbs = ["ring", "ask_card", "terminal_declined", "paid"]
        add_old(conn, with_tenders("b", DECLINED, APPROVED, call_number=4), "paid", verbs, sold=True)
        given_back = with_tenders("c", GIVEN_BACK, call_number=5)
        add_old(conn, given_back, "abandoned", ["ring", "pay_cash", "give_back", "abandon"])
        add_old(conn, with_tenders("d", UNKNOWN, call_number=6), "open", ["ring", "ask_card", "terminal_unknown"])
        add_old(conn, with_tenders("e", call_number=6), "open", ["ring"], till_id=2)
        add_old(conn, with_tenders("f", call_number=444), "held", ["ring", "hold"])
        conn.execute("UPDATE orders SET held_at = ? WHERE order_id = 'f'", (later(5).isoformat(),))
    file.close()


def test_an_older_file_gets_a_row_for_every_tender_that_its_log_knows(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    an_older_file(path)
    store = open_store(path)
    assert rows(store) == [
        ("a", 1, "card", "approved", "paid", 1, 1),
        ("b", 1, "card", "declined", "paid", 1, 2),
        ("b", 2, "card", "approved", "paid", 1, 2),
        ("c", 1, "card", "given_back", "abandoned", 0, None),
        ("d", 1, "card", "unknown", "open", 0, None),
    ]
    changed = dict(store.file.conn.execute("SELECT order_id || number, changed_at FROM tenders").fetchall())
    assert changed["b1"] == changed["c1"] == later(2).isoformat()
    assert store.file.conn.execute("PRAGMA foreign_key_check").fetchall() == []
    store.close()


def test_open_and_held_orders_of_an_older_file_keep_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    an_older_file(path)
    store = open_store(path)
    first, second = store.orders.current(1), store.orders.current(2)
    assert first is not None
    assert second is not None
    assert (first.order.call_number, second.order.call_number) == (6, 6)
    assert [held.call_number for held in store.orders.held()] == [444]
    new = enter_till(store, "Till 3")
    given = []
    for n in range(4):
        order = keep(store, new.id, "ring", rung(f"new{n}", "burger", call_number=0), None, NOON).order
        paid = replace(order, tenders=with_tenders("x", APPROVED).tenders)
        given.append(finish(store, sale(order.id), paid, new.id, None, NOON).call_number)
    assert given == [7, 8, 9, 10]
    finished = finish(
        store, sale("e"), replace(second.order, tenders=with_tenders("x", APPROVED).tenders), 2, None, NOON
    )
    assert finished.call_number == 6
    store.close()
