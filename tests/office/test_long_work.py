"""Long work of the office, in slices that hold the lock briefly: cut off anywhere, it comes to the same in the end."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.errors import Refused
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Pairing
from pos.domain.money import Money
from pos.office.history.forgetting import drop_if_empty, drop_unused_items, forget
from pos.office.learning.counting import count_orders
from pos.office.learning.learning import learn, let_unapproved
from pos.store import Store
from pos.store.file.connection import StoreFile
from pos.store.menu import menu
from pos.store.menu import sql as menu_sql
from pos.store.menu.pairings_beside import PairingsBeside
from pos.wording import wording
from tests.builders import MENU, NOW, PAIRINGS
from tests.office.history.taking import import_history
from tests.office_acts import gate, put_menu
from tests.rig import shop_file

HEAD = "order,time,item,quantity,price\n"
COUNTS = ("learned_kin", "learned_pair", "learned_state")
PAST = ("history_item", "history_file", "history_order", "history_part")


class PowerCut(BaseException):
    """Nothing in the program catches it."""


@pytest.fixture(autouse=True)
def one_step_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos.store.file.connection.HOLD", 0.0)
    monkeypatch.setattr("pos.store.file.connection.PART", 3)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = shop_file(tmp_path)
    yield opened
    opened.close()


def history(folder: Path, name: str, orders: int = 12) -> Path:
    """Orders of two or three things; of two such files the orders from the seventh on are the same."""
    lines = [
        f"{number},2025-03-{1 + number:02}T12:00:00,{item},1,10\n"
        for number in range(orders)
        for item in ("Cheeseburger", f"{name if number < 6 else 'Thing'} {number}", "Cola")[: 2 + number % 2]
    ]
    path = folder / f"{name}.csv"
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return path


def take(store: Store, path: Path) -> None:
    import_history(store, path, wording("en"), NOW)


def rows(store: Store, *tables: str) -> list[tuple[object, ...]]:
    """All rows of tables, with what is different each time left out."""
    with store.file.reading() as conn:
        return [row for table in tables for row in conn.execute(f"SELECT * FROM {table}").fetchall()]


@contextmanager
def cut_off_at(transaction: int) -> Iterator[None]:
    """The power is cut at the end of the so-manieth transaction, before its commit."""
    sound, begun = StoreFile.writing, 0

    @contextmanager
    def writing(file: StoreFile) -> Iterator[sqlite3.Connection]:
        nonlocal begun
        begun += 1
        with sound(file) as conn:
            yield conn
            if begun == transaction:
                raise PowerCut

    StoreFile.writing = writing  # type: ignore[method-assign]  # for the time of the cut
    try:
        with suppress(PowerCut):
            yield
    finally:
        StoreFile.writing = sound  # type: ignore[method-assign]  # as it was


def transactions(act: Callable[[], object]) -> int:
    """How many transactions something takes."""
    with counting() as counted:
        act()
    return counted[0]


@contextmanager
def counting() -> Iterator[list[int]]:
    sound, counted = StoreFile.writing, [0]

    @contextmanager
    def writing(file: StoreFile) -> Iterator[sqlite3.Connection]:
        counted[0] += 1
        with sound(file) as conn:
            yield conn

    StoreFile.writing = writing  # type: ignore[method-assign]  # for as long as it is counted
    try:
        yield counted
    finally:
        StoreFile.writing = sound  # type: ignore[method-assign]  # as it was


def test_an_import_cut_off_in_any_transaction_comes_to_the_same(tmp_path: Path) -> None:
    paths = history(tmp_path, "first"), history(tmp_path, "second")
    whole = shop_file(tmp_path / "whole")
    take(whole, paths[0])
    number = transactions(lambda: take(whole, paths[1]))
    assert number > 4, "it is not cut in slices"
    for place in range(1, number + 1):
        store = shop_file(tmp_path / f"cut-{place}")
        take(store, paths[0])
        with cut_off_at(place):
            take(store, paths[1])
        take(store, paths[1])
        assert rows(store, *PAST) == rows(whole, *PAST), place
        store.close()
    whole.close()


def test_a_file_forgotten_in_slices_is_forgotten_whole_wherever_it_was_cut_off(tmp_path: Path) -> None:
    paths = history(tmp_path, "first"), history(tmp_path, "second")
    alone = shop_file(tmp_path / "alone")
    take(alone, paths[0])
    take(alone, paths[1])
    number = transactions(lambda: forget(gate(alone), alone.history.files()[1]))
    for place in range(1, number + 1):
        store = shop_file(tmp_path / f"cut-{place}")
        take(store, paths[0])
        take(store, paths[1])
        with cut_off_at(place):
            forget(gate(store), store.history.files()[1])
        if len(store.history.files()) > 1:
            forget(gate(store), store.history.files()[1])
        drop_unused_items(gate(store))
        assert rows(store, *PAST) == rows(alone, *PAST), place
        store.close()
    alone.close()


def test_a_file_with_orders_left_stays_on_the_list(store: Store, tmp_path: Path) -> None:
    take(store, history(tmp_path, "first"))
    assert not drop_if_empty(gate(store), store.history.files()[0].id)
    assert len(store.history.files()) == 1
    with store.file.reading() as conn:
        assert conn.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_counting_cut_off_in_any_transaction_counts_each_order_once(tmp_path: Path) -> None:
    past = history(tmp_path, "first")
    whole = shop_file(tmp_path / "whole")
    take(whole, past)
    number = transactions(lambda: count_orders(whole))
    assert number > 4, "it is not cut in slices"
    for place in range(1, number + 1):
        store = shop_file(tmp_path / f"cut-{place}")
        take(store, past)
        with cut_off_at(place):
            count_orders(store)
        count_orders(store)
        assert store.counts.counted() == whole.counts.counted(), place
        assert rows(store, "learned_state") == rows(whole, "learned_state"), place
        store.close()
    whole.close()


def test_of_two_that_count_at_once_one_is_refused_and_each_order_counts_once(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(store, history(tmp_path, "first"))
    other, sound, called = shop_file(tmp_path), StoreFile.write_in_slices, False

    def overtaken(file: StoreFile, steps: Iterator[Callable[[sqlite3.Connection], None]]) -> None:
        nonlocal called
        if called:
            sound(file, steps)
            return
        called = True
        first = next(steps)
        sound(file, iter([first]))
        count_orders(other)
        sound(file, steps)

    monkeypatch.setattr(StoreFile, "write_in_slices", overtaken)
    with pytest.raises(Refused, match="learn-counted-elsewhere"):
        count_orders(store)
    monkeypatch.undo()
    counted = other.counts.counted()
    assert counted.orders == 12
    assert count_orders(store) == 0
    assert store.counts.counted() == counted
    other.close()


def test_what_is_learned_is_asked_whole_after_it_was_cut_off(tmp_path: Path) -> None:
    lines = [
        f"{number},2025-03-{1 + number % 28:02}T12:00:00,{item},1,10\n"
        for number in range(200)
        for item in (("cheeseburger", "cola-m") if number % 4 == 0 else ("naan",))
    ]
    past = tmp_path / "habits.csv"
    past.write_text(HEAD + "".join(lines), encoding="utf-8")
    whole = shop_file(tmp_path / "whole")
    take(whole, past)
    learn(gate(whole))
    number = transactions(lambda: let_unapproved(gate(whole), unapproved=True))
    assert any(pairing.origin == "learned" for pairing in whole.menu.pairings())
    for place in range(1, number + 1):
        store = shop_file(tmp_path / f"cut-{place}")
        take(store, past)
        learn(gate(store))
        with cut_off_at(place):
            let_unapproved(gate(store), unapproved=True)
        let_unapproved(gate(store), unapproved=True)
        assert store.menu.pairings() == whole.menu.pairings(), place
        store.close()
    whole.close()


def test_a_menu_is_prepared_again_when_another_was_loaded_meanwhile(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sku, item = next(iter(MENU.items.items()))
    dearer = replace(MENU, items={**MENU.items, sku: replace(item, price=item.price + Money(100))})
    dearest = replace(MENU, items={**MENU.items, sku: replace(item, price=item.price + Money(300))})
    other, sound, called = shop_file(tmp_path), menu._prepared, 0

    def overtaken(*what: object) -> object:
        nonlocal called
        called += 1
        if called == 1:
            put_menu(other, dearer, PAIRINGS, NOW)
        return sound(*what)  # type: ignore[arg-type]  # whatever it was called with

    before = store.menu.version()
    monkeypatch.setattr(menu, "_prepared", overtaken)
    put_menu(store, dearest, PAIRINGS, NOW)
    assert store.menu.version() == before + 2
    assert store.menu.load() == dearest
    kept = store.menu.kept(before + 1)
    assert kept is not None
    assert kept.items[sku].price == dearer.items[sku].price
    changes = store.file.conn.execute("SELECT old_minor, new_minor FROM price_change WHERE sku = ?", (sku,)).fetchall()
    assert changes[-1] == (dearer.items[sku].price.minor, dearest.items[sku].price.minor)
    other.close()


def test_each_column_of_the_menus_tables_is_written(store: Store) -> None:
    for name, statement in vars(menu_sql).items():
        if isinstance(statement, str) and "INSERT INTO" in statement:
            table, columns = re.findall(r"INSERT INTO (\w+) \(([^)]*)\)", statement)[0]
            written = {column.strip() for column in columns.split(",")}
            there = {row[1] for row in store.file.conn.execute(f"PRAGMA table_info({table})")}
            assert there - written <= ({"id"} if table == "price_change" else set()), name


def two_menus() -> tuple[Menu, tuple[Pairing, ...]]:
    """A menu with an item more than the small one, and pairings that offer it."""
    item = next(iter(MENU.items.values()))
    new = replace(item, sku="new", tile=False, plu=None, barcode=None, meal=None)
    one = replace(PAIRINGS[0], sku="new", category=None, offered="new")
    pairings = [replace(one, id=f"new-{number}") for number in range(5)]
    return replace(MENU, items={**MENU.items, "new": new}), (*PAIRINGS, *pairings)


def test_a_menu_with_many_pairings_that_is_cut_off_anywhere_leaves_one_menu_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(menu, "FEW", 2)
    larger, pairings = two_menus()
    whole = shop_file(tmp_path / "whole")
    number = transactions(lambda: put_menu(whole, larger, pairings, NOW))
    assert number > 4, "it is not cut in slices"
    came = set[bool]()
    for place in range(1, number + 1):
        store = shop_file(tmp_path / f"cut-{place}")
        before = store.menu.version()
        with cut_off_at(place):
            put_menu(store, larger, pairings, NOW)
        is_new = store.menu.version() > before
        came.add(is_new)
        assert store.menu.load() == (larger if is_new else MENU)
        assert store.menu.pairings() == (pairings if is_new else PAIRINGS)
        put_menu(store, MENU, PAIRINGS, NOW)
        assert (store.menu.load(retired=False), store.menu.pairings()) == (MENU, PAIRINGS)
        put_menu(store, larger, pairings, NOW)
        assert (store.menu.load(), store.menu.pairings()) == (larger, pairings)
        assert tables_beside(store) == [], place
        assert store.file.conn.execute("PRAGMA foreign_key_check").fetchall() == []
        assert store.file.conn.execute("PRAGMA foreign_keys").fetchone() == (1,)
        store.close()
    assert came == {False, True}
    whole.close()


def tables_beside(store: Store) -> list[tuple[str]]:
    sql = "SELECT name FROM sqlite_schema WHERE name IN ('pairing_next', 'pairing_old')"
    return store.file.conn.execute(sql).fetchall()


def test_a_load_that_another_one_overtakes_is_begun_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(menu, "FEW", 2)
    larger, pairings = two_menus()
    other, sound, called = shop_file(tmp_path), PairingsBeside.write, 0

    def overtaken(beside: PairingsBeside, rows: object) -> None:
        nonlocal called
        called += 1
        sound(beside, rows)  # type: ignore[arg-type]  # whatever it was called with
        if called == 1:
            put_menu(other, MENU, PAIRINGS, NOW)

    before = store.menu.version()
    monkeypatch.setattr(PairingsBeside, "write", overtaken)
    put_menu(store, larger, pairings, NOW)
    assert store.menu.version() == before + 2
    assert (store.menu.load(), store.menu.pairings()) == (larger, pairings)
    assert other.menu.pairings() == pairings
    other.close()
