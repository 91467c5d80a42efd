"""A file that another program puts in WAL mode while tills run: nothing is written to it meanwhile, and it is turned
back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos.domain.errors import StoreError
from pos.register import FileTurnedBack
from pos.store import Store, open_store
from tests.office_acts import set_shop
from tests.rig import Cashier, Clock, a_register
from tests.templates import begin_file

LIGHTS = "SELECT value FROM shop_setting WHERE key = 'lights'"


def turned_to_wal(path: Path) -> sqlite3.Connection:
    """Another program that has put the file in WAL mode and reads it."""
    other = sqlite3.connect(path, isolation_level=None)
    assert other.execute("PRAGMA journal_mode = WAL").fetchall() == [("wal",)]
    other.execute("SELECT COUNT(*) FROM sale").fetchall()
    return other


@pytest.fixture
def open_till(tmp_path: Path) -> Iterator[Callable[[float], Store]]:
    begin_file(tmp_path / "shop.db")
    opened: list[Store] = []

    def open_one(wait: float) -> Store:
        opened.append(open_store(tmp_path / "shop.db", wait=wait))
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


def journal_mode(store: Store) -> str:
    with store.file.reading() as conn:
        (mode,) = conn.execute("PRAGMA journal_mode").fetchone()
    return str(mode)


def test_a_running_till_turns_a_file_back_that_nobody_else_has_open(open_till: Callable[[float], Store]) -> None:
    store = open_till(0.05)
    turned_to_wal(store.path).close()
    set_shop(store, "lights", "on")
    assert journal_mode(store) == "delete"
    assert store.file.was_wal
    assert not store.path.with_name("shop.db-wal").exists()


def test_while_another_program_keeps_it_in_wal_nothing_is_written(open_till: Callable[[float], Store]) -> None:
    store = open_till(0.05)
    other = turned_to_wal(store.path)
    for _ in range(2):
        with pytest.raises(StoreError, match="database-wal"):
            set_shop(store, "lights", "on")
    assert other.execute(LIGHTS).fetchall() == []
    other.execute("INSERT INTO shop_setting VALUES ('lights', 'off')")
    other.close()
    assert store.settings.get("lights") == "off", "what the other program wrote is lost"
    set_shop(store, "lights", "on")
    assert journal_mode(store) == "delete"


def test_a_till_waits_for_the_other_program_and_goes_on(
    open_till: Callable[[float], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.store.file.connection.SAY_AFTER", 0.0)
    store = open_till(20)
    other = turned_to_wal(store.path)
    store.file.on_wait = other.close
    set_shop(store, "lights", "on")
    assert store.settings.get("lights") == "on"


def test_tills_that_have_looked_at_it_let_go_so_that_one_can_turn_it_back(
    open_till: Callable[[float], Store],
) -> None:
    first, second = open_till(0.05), open_till(0.05)
    before = second.changes()
    turned_to_wal(first.path).close()
    assert second.settings.get("lights") is None  # it has looked, and holds the file in WAL
    noticed = second.changes()
    assert noticed != before
    second.file.leave_wal()
    set_shop(first, "lights", "on")
    assert second.settings.get("lights") == "on"
    assert journal_mode(first) == journal_mode(second) == "delete"
    assert second.changes() not in (before, noticed)


def test_looking_for_news_does_not_wait_for_whoever_keeps_it_in_wal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = a_register(tmp_path)
    register.store.file._wait = 1000
    slept: list[float] = []
    monkeypatch.setattr("pos.store.file.connection.sleep", slept.append)
    other = turned_to_wal(tmp_path / "shop.db")
    assert register.catch_up()
    assert register.store.file.is_let_go
    assert not register.catch_up()
    register.look()
    assert register.store.file.is_let_go
    assert slept == []
    other.close()
    assert register.catch_up()
    assert journal_mode(register.store) == "delete"
    assert register.take_news() == (FileTurnedBack(),)
    register.store.close()


def test_a_till_that_starts_says_that_another_program_keeps_it_in_wal(tmp_path: Path) -> None:
    begin_file(tmp_path / "shop.db")
    other = turned_to_wal(tmp_path / "shop.db")
    with pytest.raises(StoreError, match="database-wal"):
        open_store(tmp_path / "shop.db", wait=0.05)
    other.close()
    open_store(tmp_path / "shop.db").close()


def test_the_cashier_is_told_and_no_key_is_lost(tmp_path: Path) -> None:
    clock = Clock()
    cashier = Cashier(a_register(tmp_path, clock=clock), clock)
    cashier.press("b")
    other = turned_to_wal(tmp_path / "shop.db")
    cashier.press("b")
    assert cashier.said == "database-wal"
    assert [line.quantity for line in cashier.register.view.order.lines] == [1]
    other.close()
    cashier.press("b")
    assert cashier.said == "database-was-wal"
    assert sum(line.quantity for line in cashier.register.view.order.lines) == 2
    cashier.press("b")
    assert cashier.said != "database-was-wal"
