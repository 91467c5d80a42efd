"""Finishing a sale: once, with a number without gaps, all of it or nothing."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from pos.domain.asking.wordings import wording_id
from pos.domain.errors import Refused, StoreError
from pos.domain.money import Money
from pos.domain.sale.sale import Sale
from pos.store import Move, OrderState, Sold, Store, Till, open_store
from pos.store.file.connection import StoreFile
from pos.store.learning.baskets import unpacked
from pos.store.migrations.steps import STEPS, m010_baskets, migrate
from tests.builders import taxed
from tests.store.acting import abandon, an_act, enter_till, finish, hold, keep, write
from tests.store.conftest import OpenAgain
from tests.store.samples import ALL_WORDS, NOON, events, full_order, later, ledger, rung, sale

COUNTS = """
    SELECT
        (SELECT COUNT(*) FROM sale), (SELECT COUNT(*) FROM sale_line), (SELECT COUNT(*) FROM sale_discount),
        (SELECT COUNT(*) FROM sale_tax), (SELECT COUNT(*) FROM tender), (SELECT COUNT(*) FROM decision),
        (SELECT COUNT(*) FROM receipt), (SELECT MAX(receipt_number) FROM till)
"""


def sell(store: Store, till: Till, name: str) -> Sale:
    keep(store, till.id, "ring", rung(name, "burger"), None, NOON)
    paid = replace(rung(name, "burger"), tenders=full_order().tenders)
    return finish(store, sale(name), paid, till.id, None, NOON)


def test_a_sale_comes_back_as_it_was(store: Store, till: Till, open_again: OpenAgain) -> None:
    seq = keep(store, till.id, "ring", full_order(), None, NOON, events()).seq
    finished = finish(store, sale(), full_order(), till.id, seq, NOON)
    assert finished == replace(sale(), series="K1", receipt_number=1, call_number=full_order().call_number)
    store.close()
    again = open_again()
    found = (again.sales.of_order("order-1"), again.sales.last(till.id), again.sales.by_number("K1", 1))
    assert found == (finished,) * 3
    assert again.ledger.events("order-1") == events()


def test_a_paid_order_is_not_open_any_more(store: Store, till: Till) -> None:
    sell(store, till, "a")
    assert store.orders.current(till.id) is None
    with pytest.raises(Refused, match="order-not-open"):
        keep(store, till.id, "ring", rung("a", "cola"), None, NOON, head=1)


def test_what_was_never_sold_is_not_found(store: Store, till: Till) -> None:
    assert store.sales.count() == 0
    found = (store.sales.of_order("a"), store.sales.last(till.id), store.sales.by_number("K1", 1))
    assert found == (None, None, None)


def test_an_order_that_became_a_sale_becomes_no_second_one(store: Store, till: Till) -> None:
    first = sell(store, till, "a")
    with pytest.raises(Refused, match="order-not-open"):
        finish(store, sale("a", cashier="Ola"), rung("a", "burger"), till.id, None, later(5), head=1)
    with pytest.raises(StoreError):  # nor from where it stands
        finish(store, sale("a", cashier="Ola"), rung("a", "burger"), till.id, None, later(5))
    assert store.sales.last(till.id) == first
    assert store.file.conn.execute(COUNTS).fetchone() == (1, 2, 2, 2, 2, 2, 1, 1)


def test_a_number_that_is_not_the_next_one_is_given_to_no_sale(store: Store, till: Till) -> None:
    sell(store, till, "a")
    saved = keep(store, till.id, "ring", rung("b", "burger"), None, NOON)
    for number in (1, 3):
        sold = Sold(sale("b", series="K1", receipt_number=number), saved.order, "")
        with pytest.raises(StoreError):
            write(
                store,
                an_act(store, till.id, "pay", NOON),
                [Move(saved.order, saved.seq, saved.seq, OrderState.PAID)],
                [sold],
            )
    assert store.sales.count() == 1
    assert store.orders.current(till.id) == saved


def test_an_order_that_was_set_aside_meanwhile_becomes_no_sale(store: Store, till: Till) -> None:
    seen = keep(store, till.id, "ring", rung("a", "burger"), None, NOON).seq
    hold(store, till.id, rung("a", "burger"), None, NOON)
    with pytest.raises(Refused, match="order-not-open"):
        finish(store, sale("a"), rung("a", "burger"), till.id, None, NOON, head=seen)
    assert store.sales.count() == 0
    assert sell(store, till, "b").receipt_number == 1


@pytest.mark.parametrize("table", ["sale", "sale_line", "sale_discount", "sale_tax", "tender", "decision", "receipt"])
def test_a_sale_that_fails_half_way_leaves_nothing_and_uses_no_number(store: Store, till: Till, table: str) -> None:
    store.file.conn.execute(
        f"CREATE TEMP TRIGGER fail BEFORE INSERT ON main.{table} BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    with pytest.raises(StoreError):
        sell(store, till, "a")
    assert store.file.conn.execute(COUNTS).fetchone() == (0, 0, 0, 0, 0, 0, 0, 0)
    store.file.conn.execute("DROP TRIGGER fail")
    finished = finish(store, sale("a"), rung("a", "burger"), till.id, None, NOON)
    assert finished.receipt_number == 1


def test_a_sale_whose_commit_raised_but_was_stored_is_found_by_its_act(store: Store, till: Till) -> None:
    class Deaf:
        """A connection whose commit works and then says that it did not."""

        def __init__(self, conn: sqlite3.Connection) -> None:
            self.conn = conn

        def __getattr__(self, name: str) -> object:
            return getattr(self.conn, name)

        def execute(self, sql: str, *values: object) -> object:
            done = self.conn.execute(sql, *values)  # type: ignore[arg-type]
            if sql == "COMMIT":
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorcode = sqlite3.SQLITE_IOERR
                raise error
            return done

    saved = keep(store, till.id, "ring", rung("a", "burger"), None, NOON)
    act = an_act(store, till.id, "pay", NOON)
    sold = Sold(sale("a", series="K1", receipt_number=1), saved.order, "")
    conn = store.file.conn
    store.file.conn = Deaf(conn)  # type: ignore[assignment]
    with pytest.raises(StoreError) as caught:
        write(store, act, [Move(saved.order, saved.seq, saved.seq, OrderState.PAID)], [sold])
    assert caught.value.message_id == "database-unwritable"
    store.file.conn = conn
    assert store.journal.rows_of(act.id, saved.seq) == (saved.seq + 1,)
    assert store.sales.last(till.id) == sold.sale


def test_each_till_has_numbers_without_gaps_while_both_sell(path: Path, store: Store) -> None:
    def work(name: str) -> None:
        own = open_store(path, wait=30)
        till = enter_till(own, name)
        for number in range(8):
            sell(own, till, f"{name}-{number}")
        own.close()

    threads = [Thread(target=work, args=(name,)) for name in ("Till 1", "Till 2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = "SELECT receipt_number FROM sale WHERE till = 'Till 1' AND series = ? ORDER BY id"
    for series in ("K1", "K2"):
        assert store.file.conn.execute(numbers, (series,)).fetchall() == [(number,) for number in range(1, 9)]


SELL_UNTIL_KILLED = """
import sys
from pathlib import Path
from pos.store import open_store
from tests.store.acting import enter_till
from tests.store.test_sales import sell

store = open_store(Path(sys.argv[1]), wait=30)
till = enter_till(store, "Till 1")
for number in range(10_000):
    print(sell(store, till, f"{sys.argv[2]}-{number}").receipt_number, flush=True)
"""


def test_a_kill_loses_no_sale_that_was_told_and_makes_no_gap(path: Path, store: Store) -> None:
    told: list[int] = []
    for turn in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", SELL_UNTIL_KILLED, str(path), str(turn)], stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            told += [int(child.stdout.readline()) for _ in range(5 + turn)]
            child.kill()
        current = store.orders.current(1)
        if current is not None:
            abandon(store, 1, current.order, None, NOON)
    stored = [number for (number,) in store.file.conn.execute("SELECT receipt_number FROM sale ORDER BY id")]
    assert stored == list(range(1, len(stored) + 1))
    assert set(told) <= set(stored)
    assert len(told) == 18
    assert store.file.conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_the_views_show_a_sale_with_its_units(store: Store, till: Till) -> None:
    keep(store, till.id, "checkout", full_order(), None, NOON, events())
    finish(store, sale(), full_order(), till.id, None, NOON)
    one = "SELECT series, receipt_number, till, cashier, units, gross_minor, discount_minor, total_minor FROM sales"
    assert store.file.conn.execute(one).fetchall() == [("K1", 1, "Till 1", "Kari", 3, 53600, 5300, 29900)]
    lines = "SELECT number, sku, quantity, total_minor, vat_rate FROM sale_lines ORDER BY number"
    assert store.file.conn.execute(lines).fetchall() == [(1, "meal-l", 2, 25000, 1500), (2, "shake", 1, 4900, 2500)]
    tenders = "SELECT kind, state, amount_minor, handed_minor, rounding_minor FROM tenders ORDER BY number"
    assert store.file.conn.execute(tenders).fetchall() == [
        ("card", "declined", 10000, 10000, 0),
        ("cash", "approved", 21720, 50000, -20),
    ]
    offers = """
        SELECT kind, decision, reason, offer, kept, gain_minor, seconds, phrase, propensity, times_shown, times_passed,
            times_taken_back, times_withdrawn
        FROM offer_ledger ORDER BY kind DESC
    """
    assert store.file.conn.execute(offers).fetchall() == [
        ("upsell", "accepted", None, "burger:2", 1, 1500, 2.5, "many", 0.25, 1, 1, 0, 0),
        ("cross_sell", "not_applicable", "sold_out", None, 0, 0, None, "", 1.0, 0, 0, 0, 1),
    ]


def test_a_line_of_several_rates_has_one_row_for_each_in_the_view(store: Store, till: Till) -> None:
    both_rates = (taxed(15, Money(20_000), Money(2_609)), taxed(25, Money(5_000), Money(1_000)))
    meal, shake = sale().lines
    mixed = sale(lines=(replace(meal, parts=both_rates), shake))
    keep(store, till.id, "checkout", full_order(), None, NOON, events())
    finish(store, mixed, full_order(), till.id, None, NOON)
    taxes = "SELECT number, vat_rate, gross_minor, vat_minor FROM sale_line_taxes ORDER BY number, vat_rate"
    assert store.file.conn.execute(taxes).fetchall() == [
        (1, 1500, 20000, 2609),
        (1, 2500, 5000, 1000),
        (2, 2500, 4900, 980),
    ]
    lines = "SELECT number, tax, vat_rate FROM sale_lines ORDER BY number"
    assert store.file.conn.execute(lines).fetchall() == [(1, None, None), (2, "mva-25", 2500)]
    stored = store.sales.last(till.id)
    assert stored is not None
    assert stored.lines == mixed.lines


def test_a_sale_stands_in_the_journal_once_and_comes_out_of_its_pack(store: Store, till: Till) -> None:
    keep(store, till.id, "checkout", full_order(), None, NOON, events())
    sold = finish(store, sale(), full_order(), till.id, None, NOON)
    assert store.file.conn.execute("SELECT body FROM sale").fetchall() == [("",)]
    for number in range(400):
        keep(store, till.id, "ring", rung("next", "burger"), None, later(number))
    while store.orders.pack():
        pass
    ((left,),) = store.file.conn.execute("SELECT COUNT(*) FROM order_body WHERE facts LIKE '%sold%'").fetchall()
    assert left == 0
    assert store.sales.last(till.id) == sold
    assert store.receipts.owed(till.id) == (sold,)


def test_the_ledger_is_read_in_the_order_of_payment(store: Store, till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos.store.offers.ledger.SLICE", 2)
    for number in range(5):
        keep(store, till.id, "ring", rung(f"o{number}", "burger"), None, NOON)
        paid = sale(f"o{number}", later(number * 60 + 0.5))
        finish(store, paid, rung(f"o{number}", "burger"), till.id, None, NOON)
    entries = list(store.ledger.rows())
    assert [entry.order_id for entry in entries] == [f"o{number // 2}" for number in range(10)]
    assert tuple(entry.row for entry in entries[:2]) == ledger()
    first = entries[0]
    assert (first.paid_at, first.till, first.cashier, first.total) == (later(0.5), "Till 1", "Kari", sale().total)
    assert [entry.order_id for entry in store.ledger.rows(later(180.5))] == ["o3", "o3", "o4", "o4"]
    assert [entry.order_id for entry in store.ledger.rows(later(180.6))] == ["o4", "o4"]


def baskets_of(store: Store) -> list[tuple[int, set[str]]]:
    """Each sale's number and the SKUs of its basket."""
    skus = store.counts.skus()
    rows = store.file.conn.execute("SELECT sale_id, items FROM sale_basket ORDER BY sale_id").fetchall()
    return [(sale_id, {skus[number] for number in unpacked(items)}) for sale_id, items in rows]


def test_a_sale_keeps_what_the_customer_got_in_one_row(store: Store, till: Till) -> None:
    for name in ("a", "b"):
        sell(store, till, name)
    got = {*sale("a").goods}
    assert baskets_of(store) == [(1, got), (2, got)]
    assert sorted(store.counts.skus().values()) == sorted(got)


def test_sales_from_before_there_were_baskets_get_theirs(tmp_path: Path) -> None:
    file = StoreFile(tmp_path / "before.db", 1)
    migrate(file, STEPS[: STEPS.index(m010_baskets)])
    file.conn.execute("PRAGMA foreign_keys = OFF")
    add = "INSERT INTO sale_line VALUES (?, ?, ?, '', '', '[]', '', 1, 1, 1, 0, 1, 1500, 0)"
    file.conn.executemany(add, [(1, 1, "b"), (1, 2, "a"), (1, 3, "b"), (7, 1, "c")])
    migrate(file)
    assert baskets_of(Store(file)) == [(1, {"a", "b"}), (7, {"c"})]
    file.close()


def test_what_was_said_can_be_read_when_the_menu_has_other_words(store: Store, till: Till) -> None:
    seq = keep(store, till.id, "ring", full_order(), None, NOON).seq
    wording = wording_id(ALL_WORDS)
    said = replace(sale(), ledger=tuple(replace(row, wording=wording if row.offer_id else "") for row in ledger()))
    finish(store, said, full_order(), till.id, seq, NOON)
    assert store.wordings.said() == {wording: ALL_WORDS.say}
    rows = store.file.conn.execute("SELECT wording, wording_nb FROM offer_ledger ORDER BY kind DESC").fetchall()
    assert rows == [(wording, ALL_WORDS.say.nb), (None, None)]
